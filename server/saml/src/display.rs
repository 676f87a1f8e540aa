//! Values from a document, made safe to display and to store.

/// Displayed values are cut to this length.
const DISPLAY_CHARS: usize = 300;

/// A value that may be displayed and stored: shortened, without control characters.
pub(crate) fn displayable(value: &str) -> String {
    if value.len() <= DISPLAY_CHARS && value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return value.to_owned();
    }
    let visible = value.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character });
    visible.take(DISPLAY_CHARS).collect()
}

/// The value, or what is said where there is none.
pub(crate) fn or_placeholder(value: Option<&str>) -> String {
    value.unwrap_or("nobody").to_owned()
}

/// Several values in one text.
pub(crate) fn joined_or_placeholder(values: &[String]) -> String {
    if values.is_empty() { "nobody in particular".to_owned() } else { displayable(&values.join(", ")) }
}
