//! Values that users read as text.

/// What users read for a value.
pub trait Text {
    /// The text in the language of the request.
    fn text(&self) -> String;
}
