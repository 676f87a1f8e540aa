//! References in text: `&amp;` and `&#38;` (XML 1.0 §4.1).

use super::prefilter::{Refused, split};

/// Entities beyond the five and characters that XML cannot hold are refused (XML 1.0 §4.1,
/// §2.2): parsers differ in what they make of them.
pub(super) fn references(xml: &str) -> Result<(), Refused> {
    let mut rest = xml;
    while let Some((_, after)) = split(rest, b'&') {
        let (name, behind) = split(after, b';').ok_or(Refused::Malformed("a reference does not end"))?;
        let known = match name.strip_prefix('#') {
            None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
            Some(number) => is_character(number),
        };
        if !known {
            return Err(Refused::Malformed("an entity or character that XML does not know"));
        }
        rest = behind;
    }
    Ok(())
}

fn is_character(number: &str) -> bool {
    let code = match number.strip_prefix('x') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => u32::from_str_radix(digits, 16),
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse(),
        _ => return false,
    };
    // char knows no surrogates and nothing above U+10FFFF
    let character = code.ok().and_then(char::from_u32);
    character.is_some_and(
        |c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'),
    )
}
