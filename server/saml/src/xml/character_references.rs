//! References in text: `&amp;` and `&#38;` (XML 1.0 §4.1).

use memchr::memchr;

use super::prefilter_error::PrefilterError;
use super::xml_error::XmlError;

/// Entities beyond the five and characters that XML cannot hold are rejected (XML 1.0 §4.1,
/// §2.2): parsers differ in what they make of them.
pub(super) fn check_references(xml: &str) -> Result<(), PrefilterError> {
    let mut rest = xml;
    while let Some((_, after)) = split_at_byte(rest, b'&') {
        let (name, behind) = split_at_byte(after, b';').ok_or(XmlError::ReferenceUnclosed)?;
        let known = match name.strip_prefix('#') {
            None => matches!(name, "amp" | "lt" | "gt" | "quot" | "apos"),
            Some(number) => is_xml_character(number),
        };
        if !known {
            return Err(XmlError::ReferenceUnknown.into());
        }
        rest = behind;
    }
    Ok(())
}

fn is_xml_character(number: &str) -> bool {
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

/// What is before and behind the first such byte, which is ASCII.
pub(super) fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let (before, from) = text.split_at_checked(memchr(byte, text.as_bytes())?)?;
    Some((before, from.get(1..)?))
}
