//! The checks that logout requests and responses share.

use chrono::{DateTime, TimeDelta, Utc};
use roxmltree::Node;

use super::error::LogoutRejection;
use super::expected::ExpectedLogoutMessage;
use crate::identifiers::{ASSERTION, NAME_ID_FORMAT_ENTITY};
use crate::trust::Trust;
use crate::xml::{DuplicateChild, attribute, child, parse_instant, text};

/// A message arrives at once. An older one was kept by somebody.
const MAX_AGE: TimeDelta = TimeDelta::minutes(10);
/// Quoted values are displayed, so their length is limited.
const DISPLAY_CHARS: usize = 200;

/// Where an Entra tenant's entity id begins, and where its logout responses may say they
/// come from instead.
const ENTRA: &str = "https://sts.windows.net/";
const ENTRA_LOGOUT: &str = "https://login.microsoftonline.com/";

/// Whom a message must be from, for whom, and when: what it is checked against.
pub(super) struct LogoutValidator<'a> {
    pub(super) trust: &'a Trust<'a>,
    pub(super) expected: &'a ExpectedLogoutMessage<'a>,
    pub(super) now: DateTime<Utc>,
}

/// What both messages say of themselves.
pub(super) struct MessageHeader {
    pub(super) id: String,
    pub(super) issue_instant: DateTime<Utc>,
}

impl LogoutValidator<'_> {
    /// Checks the parts that both messages have. A signature counts at one address only, so a
    /// signed message must say which (bindings §3.4.5.2, §3.5.5.2): another
    /// team may trust the same key.
    pub(super) fn check_header(
        &self,
        root: Node<'_, '_>,
        is_signed: bool,
        is_response: bool,
    ) -> Result<MessageHeader, LogoutRejection> {
        if attribute(root, "Version") != Some("2.0") {
            return Err(LogoutRejection::InvalidPart { part: "Version" });
        }
        self.check_issuer(root, is_response)?;
        let destination = attribute(root, "Destination");
        let expected = self.expected.slo_url;
        match destination {
            Some(actual) if actual != expected => {
                let (expected, actual) = (shortened(expected), shortened(actual));
                return Err(LogoutRejection::WrongDestination { expected, actual });
            }
            None if is_signed => return Err(LogoutRejection::DestinationMissing { expected: shortened(expected) }),
            Some(_) | None => {}
        }
        let issue_instant = self.check_issue_instant(root)?;
        let id = attribute(root, "ID").filter(|id| !id.is_empty() && id.len() <= 256);
        Ok(MessageHeader { id: id.ok_or(LogoutRejection::InvalidPart { part: "ID" })?.to_owned(), issue_instant })
    }

    fn check_issuer(&self, root: Node<'_, '_>, is_response: bool) -> Result<(), LogoutRejection> {
        let wrong = LogoutRejection::InvalidPart { part: "Issuer" };
        let issuer = child(root, ASSERTION, "Issuer").map_err(duplicate_part)?.ok_or_else(|| wrong.clone())?;
        if attribute(issuer, "Format").is_some_and(|format| format != NAME_ID_FORMAT_ENTITY) {
            return Err(wrong);
        }
        let (expected, actual) = (self.trust.idp_entity_id, text(issuer));
        if actual == expected || (is_response && is_entra_alias(expected, &actual)) {
            return Ok(());
        }
        Err(LogoutRejection::WrongIssuer { expected: shortened(expected), actual: shortened(&actual) })
    }

    fn check_issue_instant(&self, root: Node<'_, '_>) -> Result<DateTime<Utc>, LogoutRejection> {
        let issue_instant =
            instant(root, "IssueInstant")?.ok_or(LogoutRejection::InvalidPart { part: "IssueInstant" })?;
        let oldest =
            self.now.checked_sub_signed(MAX_AGE + self.expected.clock_skew).unwrap_or(DateTime::<Utc>::MIN_UTC);
        if oldest <= issue_instant && issue_instant <= self.with_skew(self.now) {
            return Ok(issue_instant);
        }
        Err(LogoutRejection::ImplausibleTime { issue_instant, now: self.now })
    }

    /// Checks that the end, if one is given, is not over, and returns it.
    pub(super) fn check_not_on_or_after(&self, root: Node<'_, '_>) -> Result<Option<DateTime<Utc>>, LogoutRejection> {
        let not_on_or_after = instant(root, "NotOnOrAfter")?;
        match not_on_or_after.filter(|until| self.now >= self.with_skew(*until)) {
            Some(not_on_or_after) => Err(LogoutRejection::Expired { not_on_or_after, now: self.now }),
            None => Ok(not_on_or_after),
        }
    }

    /// Checks that the response answers the request that was sent, and returns the request's ID.
    pub(super) fn check_in_response_to(&self, root: Node<'_, '_>) -> Result<String, LogoutRejection> {
        let actual = attribute(root, "InResponseTo").ok_or(LogoutRejection::InvalidPart { part: "InResponseTo" })?;
        match self.expected.in_response_to {
            Some(expected) if expected == actual => Ok(actual.to_owned()),
            Some(expected) => {
                Err(LogoutRejection::UnknownRequest { expected: shortened(expected), actual: shortened(actual) })
            }
            None => Err(LogoutRejection::Unsolicited { actual: shortened(actual) }),
        }
    }

    fn with_skew(&self, instant: DateTime<Utc>) -> DateTime<Utc> {
        instant.checked_add_signed(self.expected.clock_skew).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// Entra answers under another issuer than it asserts: the same tenant on its sign-in host.
fn is_entra_alias(entity_id: &str, actual: &str) -> bool {
    let tenant = entity_id.strip_prefix(ENTRA).and_then(|rest| rest.strip_suffix('/'));
    let is_tenant = |tenant: &&str| !tenant.is_empty() && !tenant.contains('/');
    let answered = actual.strip_prefix(ENTRA_LOGOUT).and_then(|rest| rest.strip_suffix('/'));
    tenant.filter(is_tenant).is_some_and(|tenant| answered == Some(tenant))
}

/// Reads an instant whose year is plausible, before anything computes with it.
fn instant(root: Node<'_, '_>, part: &'static str) -> Result<Option<DateTime<Utc>>, LogoutRejection> {
    attribute(root, part).map(|text| parse_instant(text).map_err(|_| LogoutRejection::InvalidPart { part })).transpose()
}

/// The error for an element that may stand only once.
pub(super) fn duplicate_part(duplicate: DuplicateChild) -> LogoutRejection {
    LogoutRejection::InvalidPart { part: duplicate.0 }
}

/// A value that may be displayed: shortened, without control characters.
pub(super) fn shortened(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(DISPLAY_CHARS).collect()
}
