//! Values from a document as people see them.

/// They are shown and stored, so they are cut to this length.
const SHOWN_CHARS: usize = 300;

/// A value as it may be shown and stored.
pub(super) fn shown(value: &str) -> String {
    if value.len() <= SHOWN_CHARS && value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return value.to_owned();
    }
    let visible = value.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character });
    visible.take(SHOWN_CHARS).collect()
}

/// One value, or none.
pub(super) fn one(value: Option<&str>) -> String {
    value.unwrap_or("nobody").to_owned()
}

/// Several.
pub(super) fn list(values: &[String]) -> String {
    if values.is_empty() { "nobody in particular".to_owned() } else { shown(&values.join(", ")) }
}
