//! Values from outside, made fit for a mail: a team's name must not break the subject into two
//! header fields, nor turn the direction in which the sentence around it is read.

use model::pasted_text::strip_invisible;

/// A value on one line, without control characters and marks of the direction of writing.
pub(super) fn single_line(value: &str) -> String {
    let words: Vec<String> = value.split(|c: char| c.is_whitespace() || c.is_control()).map(strip_invisible).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The lines of a text that somebody wrote, each as [`single_line`] leaves it.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.trim().split(is_line_break).map(single_line).collect()
}

const fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_break_a_line_or_turn_the_writing_around() {
        assert_eq!(single_line("Contoso\r\nBcc: eve@example.com"), "Contoso Bcc: eve@example.com");
        assert_eq!(single_line(" \u{202e}osotnoC\u{2066}\u{feff} \u{2028}Ltd\u{0}. "), "osotnoC Ltd .");
        assert_eq!(single_line("\u{202e}"), "");
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(lines("One.\r\n\r\n\u{202e}Two.\u{2029}Three.\n"), ["One.", "", "Two.", "Three."]);
        assert_eq!(lines("می\u{200c}خواهم"), ["می\u{200c}خواهم"], "joiners are part of words");
    }
}
