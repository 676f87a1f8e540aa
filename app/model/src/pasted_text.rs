//! Cleans pasted values of what copying adds: invisible characters, line breaks, blanks. They are removed
//! where that cannot change the meaning, and rejected otherwise.

use crate::FieldProblem;

/// No more of a value is quoted, in characters.
const QUOTED: usize = 120;

/// Reads one address or identifier as it was pasted: without what is around it, invisible
/// characters and line breaks. Empty if nothing else was there.
///
/// # Errors
/// [`FieldProblem::SeveralAddresses`] if another one begins in a line of its own, and
/// [`FieldProblem::ForbiddenCharacter`] for a blank or a control character within: taken out, it
/// would be another address.
pub fn single_line(text: &str) -> Result<String, FieldProblem> {
    let lines: Vec<String> = text
        .split(is_line_break)
        .map(|line| strip_invisible(line).trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if lines.iter().skip(1).any(|line| begins_anew(line)) {
        return Err(FieldProblem::SeveralAddresses);
    }
    let joined = lines.concat();
    // in some scripts they decide how letters join; in an address of ASCII they are stray
    let joined =
        if joined.chars().all(|c| c.is_ascii() || is_joiner(c)) { joined.replace(is_joiner, "") } else { joined };
    match joined.chars().find(|c| c.is_whitespace() || c.is_control() || is_joiner(*c)) {
        Some(found) => Err(FieldProblem::ForbiddenCharacter { character: found }),
        None => Ok(joined),
    }
}

/// A text without invisible characters that have no meaning: zero-width spaces, byte order marks, soft
/// hyphens, directional marks.
#[must_use]
pub fn strip_invisible(text: &str) -> String {
    text.replace(is_invisible, "")
}

/// A value from outside, fit to be quoted in a sentence.
#[must_use]
pub fn quotable(text: &str) -> String {
    strip_invisible(text).chars().filter(|c| !c.is_control()).take(QUOTED).collect()
}

/// Whether nobody sees the character, and it stands for nothing.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'
            ..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
    )
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Tabs are what is between the cells of a table.
const fn is_line_break(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn begins_anew(line: &str) -> bool {
    let start = line.get(..8).unwrap_or(line).to_ascii_lowercase();
    ["https://", "http://", "urn:"].into_iter().any(|scheme| start.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(character: char) -> Result<String, FieldProblem> {
        Err(FieldProblem::ForbiddenCharacter { character })
    }

    #[test]
    fn invisible_characters_are_removed() {
        for text in [
            "https://idp.example/sso",
            "\u{feff}https://idp.example/sso\u{200b}",
            "https://idp.\u{ad}example/\u{200b}sso",
            "\u{202a}https://idp.example/sso\u{202c}",
            "https://idp\u{200e}.example\u{2060}/sso",
            "\u{a0} https://idp.example/sso\u{3000}\u{200b} ",
            "https://idp.example\r\n/sso\r\n",
            "https://idp.example\u{2028}   /sso",
            "https://idp.exa\u{200d}mple/sso",
        ] {
            assert_eq!(single_line(text).as_deref(), Ok("https://idp.example/sso"), "{text:?}");
        }
        for nothing in ["", " \t\r\n", "\u{200b}\u{feff}", "\u{a0}"] {
            assert_eq!(single_line(nothing).as_deref(), Ok(""), "{nothing:?}");
        }
    }

    #[test]
    fn blanks_and_control_characters_inside_are_rejected() {
        assert_eq!(single_line("https://idp.example/a b"), refused(' '));
        assert_eq!(single_line("https://idp.example/a\u{a0}b"), refused('\u{a0}'));
        assert_eq!(single_line("https://idp.example/a\u{2003}b"), refused('\u{2003}'));
        assert_eq!(single_line("urn:a\u{7}b"), refused('\u{7}'));
        assert_eq!(single_line("urn:نامه\u{200c}ای"), refused('\u{200c}'));
        for several in ["https://a.example\nhttps://b.example", "urn:a\tHTTP://b.example", "a\r\nurn:b"] {
            assert_eq!(single_line(several), Err(FieldProblem::SeveralAddresses), "{several:?}");
        }
    }
}
