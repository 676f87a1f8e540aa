//! The checks that response and assertion share, and the list of results.

use chrono::{DateTime, TimeDelta, Utc};

use super::check::{Check, CheckResult, CheckedValue, SignedBy};
use super::expected::{ExpectedRequest, ExpectedResponse};
use super::invisible_characters::reject_invisible_difference;
use super::problems::TimedPart;
use super::rejection::Rejection;
use crate::display::displayable;
use crate::trust::Trust;
use crate::xml::parse_instant;

/// A response is posted at once. An older one was kept by somebody.
const MAX_AGE: TimeDelta = TimeDelta::minutes(10);

/// What a response is checked against, and the results so far.
pub(super) struct ValidationContext<'a> {
    pub(super) trust: &'a Trust<'a>,
    pub(super) expected: &'a ExpectedResponse<'a>,
    pub(super) now: DateTime<Utc>,
    /// Whether the values checked now are read from verified bytes.
    pub(super) is_verified: bool,
    /// What was signed, once that is known.
    pub(super) signed_by: Option<SignedBy>,
    results: Vec<CheckResult>,
}

impl<'a> ValidationContext<'a> {
    /// With nothing checked yet.
    pub(super) fn new(trust: &'a Trust<'a>, expected: &'a ExpectedResponse<'a>, now: DateTime<Utc>) -> Self {
        Self { trust, expected, now, is_verified: false, signed_by: None, results: Vec::with_capacity(24) }
    }

    /// Records a result, and returns the value that was found.
    pub(super) fn record<T>(&mut self, check: Check, actual: Option<&str>, result: Result<T, Rejection>) -> Option<T> {
        self.push(check, actual.map(|actual| CheckedValue::Text(displayable(actual))), result)
    }

    /// Records the result of a check of how long something is valid, and returns the value that was found.
    pub(super) fn record_validity<T>(
        &mut self,
        check: Check,
        not_before: Option<&str>,
        not_on_or_after: Option<&str>,
        result: Result<T, Rejection>,
    ) -> Option<T> {
        let [not_before, not_on_or_after] = [not_before, not_on_or_after].map(|instant| instant.map(displayable));
        self.push(check, Some(CheckedValue::Validity { not_before, not_on_or_after }), result)
    }

    fn push<T>(&mut self, check: Check, actual: Option<CheckedValue>, result: Result<T, Rejection>) -> Option<T> {
        let (found, failure) = match result {
            Ok(found) => (Some(found), None),
            Err(rejection) => (None, Some(rejection)),
        };
        self.results.push(CheckResult { check, actual, failure, is_verified: self.is_verified });
        found
    }

    /// A context with the same expectations, whose results are kept apart.
    pub(super) fn fork(&self) -> Self {
        Self { is_verified: self.is_verified, ..Self::new(self.trust, self.expected, self.now) }
    }

    /// Takes over the results of a fork.
    pub(super) fn extend(&mut self, results: Vec<CheckResult>) {
        self.results.extend(results);
    }

    /// The first failure so far.
    pub(super) fn first_failure(&self) -> Option<Rejection> {
        self.results.iter().find_map(|result| result.failure.clone())
    }

    /// All results, in order.
    pub(super) fn into_results(self) -> Vec<CheckResult> {
        self.results
    }

    /// Checks a `Version`.
    pub(super) fn check_version(actual: &str) -> Result<(), Rejection> {
        if actual == "2.0" { Ok(()) } else { Err(Rejection::WrongVersion { actual: displayable(actual) }) }
    }

    /// Checks an `Issuer`.
    pub(super) fn check_issuer(&self, actual: &str, on_response: bool) -> Result<(), Rejection> {
        let expected = self.trust.idp_entity_id;
        if actual == expected {
            return Ok(());
        }
        reject_invisible_difference("the issuer", expected, actual)?;
        Err(Rejection::WrongIssuer { expected: displayable(expected), actual: displayable(actual), on_response })
    }

    /// Checks an `InResponseTo`: a response to our request must name it exactly, an unsolicited
    /// one must name none.
    pub(super) fn check_in_response_to(&self, actual: Option<&str>) -> Result<(), Rejection> {
        match (self.expected.request, actual) {
            (ExpectedRequest::Id(expected), Some(actual)) if actual == expected => Ok(()),
            (ExpectedRequest::Unsolicited, None) => Ok(()),
            (ExpectedRequest::Id(_), None) => Err(Rejection::Unsolicited),
            (ExpectedRequest::Id(expected), Some(actual)) => {
                Err(Rejection::UnknownRequest { expected: Some(displayable(expected)), actual: displayable(actual) })
            }
            (ExpectedRequest::Unsolicited, Some(actual)) => {
                Err(Rejection::UnknownRequest { expected: None, actual: displayable(actual) })
            }
        }
    }

    /// Reads an instant, whose year is looked at before anything computes with it.
    pub(super) fn read_instant(&self, what: TimedPart, text: &str) -> Result<DateTime<Utc>, Rejection> {
        parse_instant(text).map_err(|problem| Rejection::invalid_time(what, problem, text, self.now))
    }

    /// Checks that it was issued at most ten minutes ago and not in the future, and returns when.
    pub(super) fn check_issue_instant(&self, what: TimedPart, text: &str) -> Result<DateTime<Utc>, Rejection> {
        let instant = self.read_instant(what, text)?;
        let oldest = earlier(self.now, MAX_AGE);
        if oldest <= instant && instant <= later(self.now, self.expected.clock_skew) {
            return Ok(instant);
        }
        Err(Rejection::ImplausibleTime { what, value: displayable(text), now: self.now })
    }

    /// Checks that the time has come.
    pub(super) fn check_not_before(&self, what: TimedPart, text: &str) -> Result<(), Rejection> {
        let not_before = self.read_instant(what, text)?;
        if not_before <= later(self.now, self.expected.clock_skew) {
            return Ok(());
        }
        Err(Rejection::NotYetValid { what, not_before, now: self.now })
    }

    /// Checks that the time is not over, and returns when it ends.
    pub(super) fn check_not_on_or_after(&self, what: TimedPart, text: &str) -> Result<DateTime<Utc>, Rejection> {
        let not_on_or_after = self.read_instant(what, text)?;
        if self.now < later(not_on_or_after, self.expected.clock_skew) {
            return Ok(not_on_or_after);
        }
        Err(Rejection::Expired { what, not_on_or_after, now: self.now })
    }
}

/// An instant less a duration, or the earliest there is.
pub(super) fn earlier(instant: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    instant.checked_sub_signed(by).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// An instant plus a duration, or the latest there is.
pub(super) fn later(instant: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    instant.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
