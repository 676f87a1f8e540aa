//! Text in the encodings in which it is saved: PowerShell's `>` writes UTF-16, and metadata may
//! declare one of before Unicode.

/// How long a declaration may be that is looked into.
const DECLARATION_BYTES: usize = 200;

/// What windows-1252 has in place of the control characters U+0080 to U+009F of ISO-8859-1;
/// everybody who declares the latter means the former.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// A text in an encoding that is not read, or in none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not text in UTF-8{}", declared.as_ref().map(|name| format!(", but in {name}")).unwrap_or_default())]
pub struct UnsupportedEncoding {
    /// What it says that it is in.
    pub declared: Option<String>,
}

/// Reads a text in UTF-8 or UTF-16, with or without a byte order mark, and XML that declares
/// ISO-8859-1 or windows-1252. A declaration that no longer holds is taken out of it.
pub fn decode_text(content: &[u8]) -> Result<String, UnsupportedEncoding> {
    let text = match content {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        [first, 0, ..] if *first != 0 => utf16(content, u16::from_le_bytes)?,
        [0, second, ..] if *second != 0 => utf16(content, u16::from_be_bytes)?,
        _ => return eight_bit(content),
    };
    Ok(undeclared(text.trim_start_matches('\u{feff}')))
}

fn utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<String, UnsupportedEncoding> {
    let unknown = UnsupportedEncoding { declared: None };
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(unknown);
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().map_err(|_| unknown)
}

fn eight_bit(content: &[u8]) -> Result<String, UnsupportedEncoding> {
    let declared = declared(content);
    match declared.as_deref() {
        None | Some("utf-8" | "utf8") => match std::str::from_utf8(content) {
            Ok(text) => Ok(text.trim_start_matches('\u{feff}').to_owned()),
            Err(_) => Err(UnsupportedEncoding { declared: None }),
        },
        Some("iso-8859-1" | "iso_8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252") => {
            Ok(undeclared(&content.iter().map(|byte| windows_1252(*byte)).collect::<String>()))
        }
        // every other one that a declaration of ASCII can be read in has ASCII in common
        Some(_) if content.is_ascii() => Ok(undeclared(&String::from_utf8_lossy(content))),
        Some(_) => Err(UnsupportedEncoding { declared }),
    }
}

fn windows_1252(byte: u8) -> char {
    let special = usize::from(byte).checked_sub(0x80).and_then(|index| WINDOWS_1252.get(index));
    special.copied().unwrap_or(char::from(byte))
}

/// The encoding that an XML declaration names, in lower case.
fn declared(content: &[u8]) -> Option<String> {
    // with a byte order mark it is UTF-8, whatever it says
    let head = content.get(..content.len().min(DECLARATION_BYTES))?;
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    let (declaration, _) = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value, _) = encoding(declaration)?;
    Some(value.to_ascii_lowercase())
}

/// What is before, in and behind the value of `encoding` in a declaration.
fn encoding(declaration: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = declaration.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, behind) = after.strip_prefix(quote)?.split_once(quote)?;
    Some((before, value, behind))
}

/// Without the name of an encoding that it is no longer in.
fn undeclared(text: &str) -> String {
    let text = text.trim_start();
    let parts = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    match parts.and_then(|(declaration, rest)| Some((encoding(declaration)?, rest))) {
        Some(((before, _, behind), rest)) => format!("<?xml{}{behind}?>{rest}", before.trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><a b=\"ä\"/>";
    const READ: &str = "<?xml version=\"1.0\"?><a b=\"ä\"/>";

    fn utf16_of(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf16_is_read_with_a_mark_and_without() {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            for text in [XML.to_owned(), format!("\u{feff}{XML}"), format!("\u{feff}\u{feff}{XML}")] {
                assert_eq!(decode_text(&utf16_of(&text, bytes)).as_deref(), Ok(READ), "{text:?}");
            }
        }
        let unknown = Err(UnsupportedEncoding { declared: None });
        assert_eq!(decode_text(&[0xff, 0xfe, b'a']), unknown, "half a character");
        assert_eq!(decode_text(&[0xff, 0xfe, 0x00, 0xd8]), unknown, "half a pair");
    }

    #[test]
    fn what_is_declared_is_what_it_is_read_in() {
        assert_eq!(decode_text(format!("\u{feff}{XML}").as_bytes()).as_deref(), Ok(XML));
        for name in ["ISO-8859-1", "windows-1252"] {
            let head = format!("<?xml version='1.0' encoding='{name}' standalone='yes'?>");
            let content = [head.as_bytes(), b"<a b='\xe4\x80'/>"].concat();
            let read = "<?xml version='1.0' standalone='yes'?><a b='ä€'/>";
            assert_eq!(decode_text(&content).as_deref(), Ok(read), "{name}");
        }
        let other = XML.replace("utf-8", "ISO-8859-7");
        assert_eq!(decode_text(other.replace('ä', "a").as_bytes()), Ok(READ.replace('ä', "a")));
        let declared = Some("iso-8859-7".to_owned());
        assert_eq!(decode_text(other.as_bytes()), Err(UnsupportedEncoding { declared }));
        assert_eq!(decode_text(b"<a b='\xe4'/>"), Err(UnsupportedEncoding { declared: None }));
    }
}
