//! Parsing of the filters and cursors of lists, as URLs carry them. Anybody can write such a URL,
//! so each moment in it is bounded before anything computes with it: chrono's last
//! day overflows on the first addition, and SQLite sorts years as text.

use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, TimeDelta};
use model::{FieldProblem, Timestamp};
use store::ListPosition;

/// The moments of the years 1970 to 2999, in seconds: what a list can hold, and
/// more.
const PLAUSIBLE: Range<i64> = 0..32_503_680_000;

/// The most parts that are looked for; more do not find anybody more surely.
const MAX_PARTS: usize = 5;
/// The most characters of one.
const MAX_PART_CHARS: usize = 100;

/// A text without the blanks around it; `None` if nothing else is left.
pub(crate) fn non_empty(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// What somebody looks for, in lower case: parts of names and addresses, each of which must fit.
pub(crate) fn search_parts(text: &str) -> Vec<String> {
    // no name holds a control character, and databases refuse some
    let parts = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|part| !part.is_empty());
    parts.take(MAX_PARTS).map(|part| part.to_lowercase().chars().take(MAX_PART_CHARS).collect()).collect()
}

/// The beginning of a day, if one is given.
pub(crate) fn start_of_day(text: &str) -> Result<Option<Timestamp>, FieldProblem> {
    let Some(text) = non_empty(text) else { return Ok(None) };
    let day: NaiveDate = text.parse().map_err(|_| FieldProblem::NotADate)?;
    let start = day.and_hms_opt(0, 0, 0).map(|start| start.and_utc());
    start.and_then(if_plausible).map(Some).ok_or(FieldProblem::NotADate)
}

/// The end of a day, if one is given.
pub(crate) fn end_of_day(text: &str) -> Result<Option<Timestamp>, FieldProblem> {
    // two thousand years before the last day that could overflow
    Ok(start_of_day(text)?.map(|start| start + TimeDelta::days(1)))
}

/// A moment, if a list could hold it.
pub(crate) fn if_plausible(at: Timestamp) -> Option<Timestamp> {
    PLAUSIBLE.contains(&at.timestamp()).then_some(at)
}

/// Cuts what was found to one page; its last row, if more were found.
pub(crate) fn cut_to_page<T>(found: &mut Vec<T>, page_size: u64) -> Option<&T> {
    let page_size = usize::try_from(page_size).unwrap_or(usize::MAX);
    let is_more = found.len() > page_size;
    found.truncate(page_size);
    found.last().filter(|_| is_more)
}

/// Where a page ends, for an address.
pub(crate) fn cursor<I: Display>(ListPosition { at, id }: ListPosition<I>) -> String {
    format!("{}_{id}", at.timestamp_micros())
}

/// Where the page before ended, if an address names a place that could be ours.
pub(crate) fn parse_cursor<I: FromStr>(text: &str) -> Option<ListPosition<I>> {
    let (at, id) = text.trim().split_once('_')?;
    Some(ListPosition { at: from_micros(at)?, id: id.parse().ok()? })
}

/// A moment in milliseconds, of a cursor.
pub(crate) fn from_millis(text: &str) -> Option<Timestamp> {
    text.parse().ok().and_then(DateTime::from_timestamp_millis).and_then(if_plausible)
}

/// A moment in microseconds, of a cursor.
pub(crate) fn from_micros(text: &str) -> Option<Timestamp> {
    text.parse().ok().and_then(DateTime::from_timestamp_micros).and_then(if_plausible)
}

#[cfg(test)]
mod tests {
    use model::ids::AttemptId;

    use super::*;

    #[test]
    fn a_day_begins_and_ends() {
        let text = |at: Result<Option<Timestamp>, _>| at.map(|at| at.map(|at| at.to_rfc3339()));
        assert_eq!(text(start_of_day(" 2026-11-23 ")), Ok(Some("2026-11-23T00:00:00+00:00".to_owned())));
        assert_eq!(text(end_of_day("2999-12-31")), Ok(Some("3000-01-01T00:00:00+00:00".to_owned())));
        assert_eq!((start_of_day(" "), end_of_day("")), (Ok(None), Ok(None)));
    }

    #[test]
    fn implausible_days_are_rejected_before_any_arithmetic() {
        let texts =
            ["+262142-12-31", "-262143-01-01", "+10000-01-01", "3000-01-01", "1969-12-31", "2026-02-30", "today", "0"];
        for text in texts {
            assert_eq!(start_of_day(text), Err(FieldProblem::NotADate), "{text}");
            assert_eq!(end_of_day(text), Err(FieldProblem::NotADate), "{text}");
        }
    }

    #[test]
    fn a_page_is_cut_where_more_was_found() {
        let mut found = vec![3, 2, 1];
        assert_eq!(cut_to_page(&mut found, 3), None);
        assert_eq!(cut_to_page(&mut found, 2), Some(&2));
        assert_eq!(found, [3, 2]);
        assert_eq!(cut_to_page(&mut Vec::<u8>::new(), 2), None);
    }

    #[test]
    fn a_cursor_reads_back_and_anything_else_does_not() {
        let place = ListPosition {
            at: from_micros("1795000000123456").unwrap(),
            id: AttemptId::from(uuid::Uuid::from_u128(7)),
        };
        assert_eq!(parse_cursor(&cursor(place)), Some(place));
        for text in [
            "",
            "1",
            "1_2",
            "x_00000000-0000-0000-0000-000000000007",
            "99999999999999999999_1",
            "8210266876799999999_00000000-0000-0000-0000-000000000007",
        ] {
            assert_eq!(parse_cursor::<AttemptId>(text), None, "{text}");
        }
    }

    #[test]
    fn timestamps_of_a_cursor_are_validated() {
        assert_eq!(from_millis("1795000000123").map(|at| at.timestamp()), Some(1_795_000_000));
        assert_eq!(from_micros("1795000000123456").map(|at| at.timestamp()), Some(1_795_000_000));
        for text in
            ["", "x", "-1", "-62167219200000", "8210266876799999", "9223372036854775807", "99999999999999999999"]
        {
            assert_eq!(from_millis(text), None, "{text}");
        }
        for text in ["", "-1", "8210266876799999999", "9223372036854775807"] {
            assert_eq!(from_micros(text), None, "{text}");
        }
    }
}
