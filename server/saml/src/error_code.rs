//! Errors without a sentence: what is stored of them, and put into words where it is shown.

/// What is wrong, as a code and the values that its sentence needs.
pub trait ErrorCode {
    /// The code, in snake case. Databases hold it: one that was released never means anything else.
    fn code(&self) -> &'static str;

    /// The values, by their names in the sentence. What comes from a document is cut, and has no control
    /// characters.
    fn values(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
