//! White space and other invisible characters. SAML compares values as they are (core §1.3.1),
//! so a value that differs by one is rejected, and the rejection makes the difference visible.

use super::rejection::Rejection;
use crate::display::displayable;
use crate::invisible::is_invisible;

/// Rejects a value that differs from the expected one only by invisible characters.
pub(super) fn reject_invisible_difference(what: &'static str, expected: &str, actual: &str) -> Result<(), Rejection> {
    let seen = |text: &str| -> String { text.chars().filter(|character| !is_invisible(*character)).collect() };
    if expected == actual || seen(expected) != seen(actual) {
        return Ok(());
    }
    Err(Rejection::WhiteSpace { what, expected: displayable(expected), actual: with_visible_marks(actual) })
}

/// Rejects a value that begins or ends with invisible characters.
pub(super) fn reject_surrounding(what: &'static str, value: &str) -> Result<(), Rejection> {
    let inner = value.trim_matches(is_invisible);
    if inner == value {
        return Ok(());
    }
    Err(Rejection::WhiteSpace { what, expected: displayable(inner), actual: with_visible_marks(value) })
}

/// The value with its invisible characters made visible: spaces at its ends, any other anywhere.
fn with_visible_marks(value: &str) -> String {
    let inner = value.trim_matches(' ');
    let before = value.len().saturating_sub(value.trim_start_matches(' ').len());
    let after = value.len().saturating_sub(before).saturating_sub(inner.len());
    let blanks = |number: usize| "\u{2423}".repeat(number.min(10));
    let middle: String = inner.chars().map(mark).collect();
    displayable(&[blanks(before), middle, blanks(after)].concat())
}

fn mark(character: char) -> String {
    match character {
        ' ' => " ".to_owned(),
        '\n' => "\u{23ce}".to_owned(),
        '\r' => "\u{240d}".to_owned(),
        '\t' => "\u{21e5}".to_owned(),
        blank if is_invisible(blank) => format!("[U+{:04X}]", u32::from(blank)),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_marked() {
        for (value, seen) in [
            (" a b  ", "\u{2423}a b\u{2423}\u{2423}"),
            ("\n    a\n", "\u{23ce}    a\u{23ce}"),
            ("a\t\r", "a\u{21e5}\u{240d}"),
            ("a\u{200b}b\u{a0}", "a[U+200B]b[U+00A0]"),
            ("   ", "\u{2423}\u{2423}\u{2423}"),
        ] {
            assert_eq!(with_visible_marks(value), seen);
        }
        assert_eq!(with_visible_marks(&format!("{}a", "\n".repeat(500))).chars().count(), 300);
    }

    #[test]
    fn only_an_invisible_difference_is_reported_as_one() {
        let is_rejected = |expected: &str, actual: &str| reject_invisible_difference("it", expected, actual).is_err();
        assert!(is_rejected("urn:a", "\n urn:a ") && is_rejected("urn:a", "urn:\u{ad}a"));
        assert!(!is_rejected("urn:a", "urn:a") && !is_rejected("urn:a", "urn:b "));
    }
}
