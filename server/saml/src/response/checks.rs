//! The questions that are asked of response and assertion alike, and the list of answers.

use chrono::{DateTime, TimeDelta, Utc};

use super::report::{Check, CheckResult, SignedBy};
use super::shown::shown;
use super::{Expected, ExpectedRequest, Rejection, Trust, blanks};
use crate::xml::parse_instant;

/// A response is posted at once; one that is older was kept by somebody.
const OLDEST: TimeDelta = TimeDelta::minutes(10);

/// What is expected and when, and what was answered so far.
pub(super) struct Checks<'a> {
    pub(super) trust: &'a Trust<'a>,
    pub(super) expected: &'a Expected<'a>,
    pub(super) now: DateTime<Utc>,
    /// Whether what is asked now is read from verified bytes.
    pub(super) is_proven: bool,
    /// What was signed, once that is known.
    pub(super) signed_by: Option<SignedBy>,
    results: Vec<CheckResult>,
}

impl<'a> Checks<'a> {
    pub(super) fn new(trust: &'a Trust<'a>, expected: &'a Expected<'a>, now: DateTime<Utc>) -> Self {
        Self { trust, expected, now, is_proven: false, signed_by: None, results: Vec::with_capacity(24) }
    }

    /// Notes an answer, and hands on what it found.
    pub(super) fn note<T>(&mut self, check: Check, actual: Option<&str>, answer: Result<T, Rejection>) -> Option<T> {
        let (found, failure) = match answer {
            Ok(found) => (Some(found), None),
            Err(rejection) => (None, Some(rejection)),
        };
        self.results.push(CheckResult { check, actual: actual.map(shown), failure, is_proven: self.is_proven });
        found
    }

    /// The same questions to another part, whose answers are collected aside.
    pub(super) fn aside(&self) -> Self {
        Self { is_proven: self.is_proven, ..Self::new(self.trust, self.expected, self.now) }
    }

    /// Takes over answers that were collected aside.
    pub(super) fn extend(&mut self, results: Vec<CheckResult>) {
        self.results.extend(results);
    }

    /// The first failure so far.
    pub(super) fn failure(&self) -> Option<Rejection> {
        self.results.iter().find_map(|result| result.failure.clone())
    }

    pub(super) fn into_results(self) -> Vec<CheckResult> {
        self.results
    }

    pub(super) fn version(actual: &str) -> Result<(), Rejection> {
        if actual == "2.0" { Ok(()) } else { Err(Rejection::WrongVersion { actual: shown(actual) }) }
    }

    pub(super) fn issuer(&self, actual: &str, on_response: bool) -> Result<(), Rejection> {
        let expected = self.trust.idp_entity_id;
        if actual == expected {
            return Ok(());
        }
        blanks::only_difference("the issuer", expected, actual)?;
        Err(Rejection::WrongIssuer { expected: shown(expected), actual: shown(actual), on_response })
    }

    /// A response to our request must say so, exactly; one that nobody asked for must not say
    /// that it answers anything.
    pub(super) fn request(&self, actual: Option<&str>) -> Result<(), Rejection> {
        match (self.expected.request, actual) {
            (ExpectedRequest::Id(expected), Some(actual)) if actual == expected => Ok(()),
            (ExpectedRequest::Unsolicited, None) => Ok(()),
            (ExpectedRequest::Id(_), None) => Err(Rejection::Unsolicited),
            (ExpectedRequest::Id(expected), Some(actual)) => {
                Err(Rejection::UnknownRequest { expected: shown(expected), actual: shown(actual) })
            }
            (ExpectedRequest::Unsolicited, Some(actual)) => {
                Err(Rejection::UnknownRequest { expected: "no request".to_owned(), actual: shown(actual) })
            }
        }
    }

    /// Reads an instant, whose year is looked at before anything computes with it.
    pub(super) fn instant(&self, what: &'static str, text: &str) -> Result<DateTime<Utc>, Rejection> {
        parse_instant(text).map_err(|problem| Rejection::time(what, problem, text, self.now))
    }

    /// Issued at most ten minutes ago, and not in the future. Returns when.
    pub(super) fn issue_instant(&self, what: &'static str, text: &str) -> Result<DateTime<Utc>, Rejection> {
        let instant = self.instant(what, text)?;
        let oldest = earlier(self.now, OLDEST);
        if oldest <= instant && instant <= later(self.now, self.expected.clock_skew) {
            return Ok(instant);
        }
        Err(Rejection::ImplausibleTime { what, value: shown(text), now: self.now })
    }

    /// The time has come.
    pub(super) fn not_before(&self, what: &'static str, text: &str) -> Result<(), Rejection> {
        let not_before = self.instant(what, text)?;
        if not_before <= later(self.now, self.expected.clock_skew) {
            return Ok(());
        }
        Err(Rejection::NotYetValid { what, not_before, now: self.now })
    }

    /// The time is not over. Returns when it will be.
    pub(super) fn not_on_or_after(&self, what: &'static str, text: &str) -> Result<DateTime<Utc>, Rejection> {
        let not_on_or_after = self.instant(what, text)?;
        if self.now < later(not_on_or_after, self.expected.clock_skew) {
            return Ok(not_on_or_after);
        }
        Err(Rejection::Expired { what, not_on_or_after, now: self.now })
    }
}

/// An instant less some, or the beginning of time.
pub(super) fn earlier(instant: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    instant.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// An instant and some, or the end of time.
pub(super) fn later(instant: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    instant.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
