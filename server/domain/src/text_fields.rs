//! Text that people write into a form: without blanks around it, and bounded.

use model::FieldProblem;

use crate::Error;

/// What was written, if anything was.
///
/// # Errors
/// [`Error::Invalid`], at the field, for more than `max` characters.
pub(crate) fn optional_text<'a>(field: &str, text: &'a str, max: usize) -> Result<Option<&'a str>, Error> {
    match text.trim() {
        "" => Ok(None),
        text if text.chars().count() > max => Err(Error::field(field, FieldProblem::TooLong { max })),
        text => Ok(Some(text)),
    }
}

/// The same where it must not be empty: `missing` says so.
///
/// # Errors
/// [`Error::Invalid`], at the field.
pub(crate) fn required_text<'a>(
    field: &str,
    text: &'a str,
    max: usize,
    missing: FieldProblem,
) -> Result<&'a str, Error> {
    optional_text(field, text, max)?.ok_or_else(|| Error::field(field, missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_nothing_and_the_last_character_that_fits_counts() {
        assert!(matches!(optional_text("reason", " \n ", 3), Ok(None)));
        assert!(matches!(optional_text("reason", " äöü ", 3), Ok(Some("äöü"))));
        assert!(matches!(optional_text("reason", "four", 3), Err(Error::Invalid(_))));
        assert!(matches!(required_text("words", " ", 3, FieldProblem::ExplanationMissing), Err(Error::Invalid(_))));
    }
}
