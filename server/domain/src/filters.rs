//! What a list is filtered by, as a page's address carries it.

use chrono::NaiveDate;
use model::{FieldProblem, Timestamp};

/// A value that says something.
pub(crate) fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// The beginning of a day, if one is given.
pub(crate) fn day(text: &str) -> Result<Option<Timestamp>, FieldProblem> {
    let Some(text) = given(text) else { return Ok(None) };
    let day: NaiveDate = text.parse().map_err(|_| FieldProblem::NotADate)?;
    Ok(day.and_hms_opt(0, 0, 0).map(|start| start.and_utc()))
}
