//! What is asked of logout requests and responses alike.

use chrono::{DateTime, TimeDelta, Utc};
use roxmltree::Node;

use super::{LogoutError, LogoutExpected};
use crate::names::{ASSERTION, ENTITY};
use crate::response::Trust;
use crate::xml::{Several, attribute, child, parse_instant, text};

/// A message comes at once; one that is older was kept by somebody.
const OLDEST: TimeDelta = TimeDelta::minutes(10);
/// What is quoted from a message is shown, so it is not let grow.
const SHOWN_CHARS: usize = 200;

/// Where an Entra tenant's entity id begins, and where its logout responses may say they
/// come from instead.
const ENTRA: &str = "https://sts.windows.net/";
const ENTRA_LOGOUT: &str = "https://login.microsoftonline.com/";

/// Whom a message must be from, for whom, and when.
pub(super) struct Checks<'a> {
    pub(super) trust: &'a Trust<'a>,
    pub(super) expected: &'a LogoutExpected<'a>,
    pub(super) now: DateTime<Utc>,
}

/// What both messages say of themselves.
pub(super) struct Head {
    pub(super) id: String,
    pub(super) issue_instant: DateTime<Utc>,
}

impl Checks<'_> {
    /// The parts that both messages have. A signature is worth something at one address only,
    /// so a signed message must say which (bindings §3.4.5.2, §3.5.5.2): the key may be known
    /// elsewhere, too, at another team for one.
    pub(super) fn head(&self, root: Node<'_, '_>, is_signed: bool, is_response: bool) -> Result<Head, LogoutError> {
        if attribute(root, "Version") != Some("2.0") {
            return Err(LogoutError::Part { part: "Version" });
        }
        self.issuer(root, is_response)?;
        let destination = attribute(root, "Destination");
        if destination.is_some_and(|actual| actual != self.expected.slo_url) || (destination.is_none() && is_signed) {
            let (expected, actual) = (shown(self.expected.slo_url), destination.map(shown));
            return Err(LogoutError::WrongDestination { expected, actual });
        }
        let issue_instant = self.issue_instant(root)?;
        let id = attribute(root, "ID").filter(|id| !id.is_empty() && id.len() <= 256);
        Ok(Head { id: id.ok_or(LogoutError::Part { part: "ID" })?.to_owned(), issue_instant })
    }

    fn issuer(&self, root: Node<'_, '_>, is_response: bool) -> Result<(), LogoutError> {
        let wrong = LogoutError::Part { part: "Issuer" };
        let issuer = child(root, ASSERTION, "Issuer").map_err(several)?.ok_or_else(|| wrong.clone())?;
        if attribute(issuer, "Format").is_some_and(|format| format != ENTITY) {
            return Err(wrong);
        }
        let (expected, actual) = (self.trust.idp_entity_id, text(issuer));
        if actual == expected || (is_response && is_entra_alias(expected, &actual)) {
            return Ok(());
        }
        Err(LogoutError::WrongIssuer { expected: shown(expected), actual: shown(&actual) })
    }

    fn issue_instant(&self, root: Node<'_, '_>) -> Result<DateTime<Utc>, LogoutError> {
        let issue_instant = instant(root, "IssueInstant")?.ok_or(LogoutError::Part { part: "IssueInstant" })?;
        let oldest = self.now.checked_sub_signed(OLDEST + self.expected.clock_skew).unwrap_or(DateTime::<Utc>::MIN_UTC);
        if oldest <= issue_instant && issue_instant <= self.with_skew(self.now) {
            return Ok(issue_instant);
        }
        Err(LogoutError::ImplausibleTime { issue_instant, now: self.now })
    }

    /// The time, if one is given, is not over.
    pub(super) fn not_on_or_after(&self, root: Node<'_, '_>) -> Result<Option<DateTime<Utc>>, LogoutError> {
        let not_on_or_after = instant(root, "NotOnOrAfter")?;
        match not_on_or_after.filter(|until| self.now >= self.with_skew(*until)) {
            Some(not_on_or_after) => Err(LogoutError::Expired { not_on_or_after, now: self.now }),
            None => Ok(not_on_or_after),
        }
    }

    /// Answers the very request that was sent.
    pub(super) fn in_response_to(&self, root: Node<'_, '_>) -> Result<String, LogoutError> {
        let actual = attribute(root, "InResponseTo").ok_or(LogoutError::Part { part: "InResponseTo" })?;
        if self.expected.in_response_to == Some(actual) {
            return Ok(actual.to_owned());
        }
        let expected = self.expected.in_response_to.map(shown);
        Err(LogoutError::UnknownRequest { expected, actual: shown(actual) })
    }

    fn with_skew(&self, instant: DateTime<Utc>) -> DateTime<Utc> {
        instant.checked_add_signed(self.expected.clock_skew).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// Entra answers under another name than it asserts: the same tenant's on its sign-in host.
fn is_entra_alias(entity_id: &str, actual: &str) -> bool {
    let tenant = entity_id.strip_prefix(ENTRA).and_then(|rest| rest.strip_suffix('/'));
    let is_tenant = |tenant: &&str| !tenant.is_empty() && !tenant.contains('/');
    let answered = actual.strip_prefix(ENTRA_LOGOUT).and_then(|rest| rest.strip_suffix('/'));
    tenant.filter(is_tenant).is_some_and(|tenant| answered == Some(tenant))
}

/// Reads an instant whose year is plausible, before anything computes with it.
fn instant(root: Node<'_, '_>, part: &'static str) -> Result<Option<DateTime<Utc>>, LogoutError> {
    attribute(root, part).map(|text| parse_instant(text).map_err(|_| LogoutError::Part { part })).transpose()
}

pub(super) fn several(several: Several) -> LogoutError {
    LogoutError::Part { part: several.0 }
}

/// Shortened, without control characters.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(SHOWN_CHARS).collect()
}
