//! The assertion (core §2.3.3), read from the bytes that were signed.
//!
//! samael's own types are not used for this: they look at local names only, drop what they
//! do not know, and with it the conditions that core §2.5.1.1 says must not be dropped.

use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::Rejection;
use super::checks::{Checks, later};
use super::gate::wrong;
use super::rejection::shown;
use crate::certificate::SigningCertificate;
use crate::names::{ASSERTION, BEARER};
use crate::xml::{attribute, child, children, elements, text};

/// A name identifier is no longer than this (core §8.3.7).
const NAME_ID_BYTES: usize = 256;

/// An attribute of the subject (core §2.7.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, often a URI.
    pub name: String,
    /// Its values as text, in order.
    pub values: Vec<String>,
}

/// What the identity provider signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedParts {
    /// The assertion, as Entra does by default.
    Assertion,
    /// The response around it.
    Response,
    /// Both.
    Both,
}

/// An assertion that passed every check. There is no other way to make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedAssertion {
    assertion_id: String,
    replay_until: DateTime<Utc>,
    name_id: String,
    name_id_format: Option<String>,
    session_index: Option<String>,
    session_not_on_or_after: Option<DateTime<Utc>>,
    attributes: Vec<Attribute>,
    signed_parts: SignedParts,
    certificate_thumbprint_sha256: String,
}

impl VerifiedAssertion {
    /// Its ID, which must be accepted once only.
    #[must_use]
    pub fn assertion_id(&self) -> &str {
        &self.assertion_id
    }

    /// When its ID may be forgotten: it is not accepted any more from then on.
    #[must_use]
    pub fn replay_until(&self) -> DateTime<Utc> {
        self.replay_until
    }

    /// Who it is about.
    #[must_use]
    pub fn name_id(&self) -> &str {
        &self.name_id
    }

    /// How that is to be read (core §8.3).
    #[must_use]
    pub fn name_id_format(&self) -> Option<&str> {
        self.name_id_format.as_deref()
    }

    /// The identity provider's name for its session, which logout needs.
    #[must_use]
    pub fn session_index(&self) -> Option<&str> {
        self.session_index.as_deref()
    }

    /// When our session must end at the latest.
    #[must_use]
    pub fn session_not_on_or_after(&self) -> Option<DateTime<Utc>> {
        self.session_not_on_or_after
    }

    /// The subject's attributes, in order.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// What was signed.
    #[must_use]
    pub fn signed_parts(&self) -> SignedParts {
        self.signed_parts
    }

    /// SHA-256 of the certificate that verified, in upper-case hexadecimal.
    #[must_use]
    pub fn certificate_thumbprint_sha256(&self) -> &str {
        &self.certificate_thumbprint_sha256
    }
}

/// Checks and reads a verified `Assertion`.
pub(super) fn read(
    assertion: Node<'_, '_>,
    checks: &Checks<'_>,
    signed_parts: SignedParts,
    certificate: &SigningCertificate,
) -> Result<VerifiedAssertion, Rejection> {
    let own = |name, otherwise| attribute(assertion, name).ok_or(wrong(otherwise));
    Checks::version(own("Version", "the assertion has no version")?)?;
    checks.issue_instant("the assertion's IssueInstant", own("IssueInstant", "the assertion has no issue instant")?)?;
    let issuer = child(assertion, ASSERTION, "Issuer").map_err(|_| wrong("the assertion names two issuers"))?;
    checks.issuer(&text(issuer.ok_or(wrong("the assertion names no issuer"))?), false)?;
    let subject = child(assertion, ASSERTION, "Subject").map_err(|_| wrong("the assertion has two subjects"))?;
    let subject = subject.ok_or(Rejection::NameIdMissing)?;
    let (name_id, name_id_format) = name_id(subject)?;
    let confirmed_until = confirmed(subject, checks)?;
    let valid_until = conditions(assertion, checks)?;
    let (session_index, session_not_on_or_after) = session(assertion, checks)?;
    Ok(VerifiedAssertion {
        assertion_id: own("ID", "the assertion has no ID")?.to_owned(),
        replay_until: later(confirmed_until.max(valid_until), checks.expected.clock_skew),
        name_id,
        name_id_format,
        session_index,
        session_not_on_or_after,
        attributes: attributes(assertion)?,
        signed_parts,
        certificate_thumbprint_sha256: certificate.thumbprint_sha256(),
    })
}

/// The subject's identifier and its format (core §2.2.3).
fn name_id(subject: Node<'_, '_>) -> Result<(String, Option<String>), Rejection> {
    if children(subject, ASSERTION, "EncryptedID").next().is_some() {
        return Err(Rejection::Encrypted);
    }
    let node = child(subject, ASSERTION, "NameID").map_err(|_| wrong("the subject has two name identifiers"))?;
    let node = node.ok_or(Rejection::NameIdMissing)?;
    if elements(node).next().is_some() {
        return Err(wrong("the name identifier has elements in it"));
    }
    let value = text(node);
    if value.trim().is_empty() {
        return Err(Rejection::NameIdMissing);
    }
    if value.len() > NAME_ID_BYTES {
        return Err(Rejection::NameIdUnusable { what: "is longer than 256 bytes" });
    }
    if value.chars().any(char::is_control) {
        return Err(Rejection::NameIdUnusable { what: "has control characters in it" });
    }
    Ok((value, attribute(node, "Format").map(str::to_owned)))
}

/// Until when the bearer is confirmed as the subject (profiles §4.1.4.2): one confirmation
/// that holds is enough, otherwise the first one's reason counts.
fn confirmed(subject: Node<'_, '_>, checks: &Checks<'_>) -> Result<DateTime<Utc>, Rejection> {
    let mut reason = None;
    for confirmation in children(subject, ASSERTION, "SubjectConfirmation") {
        if attribute(confirmation, "Method") != Some(BEARER) {
            continue;
        }
        match bearer(confirmation, checks) {
            Ok(until) => return Ok(until),
            Err(rejection) => {
                reason.get_or_insert(rejection);
            }
        }
    }
    Err(reason.unwrap_or(Rejection::NoBearerConfirmation))
}

fn bearer(confirmation: Node<'_, '_>, checks: &Checks<'_>) -> Result<DateTime<Utc>, Rejection> {
    let data = child(confirmation, ASSERTION, "SubjectConfirmationData")
        .map_err(|_| wrong("a confirmation has its data twice"))?
        .ok_or(Rejection::NoBearerConfirmation)?;
    let expected = checks.expected.acs_url;
    let recipient = attribute(data, "Recipient");
    if recipient != Some(expected) {
        return Err(Rejection::WrongRecipient { expected: shown(expected), actual: recipient.map(shown) });
    }
    checks.request(attribute(data, "InResponseTo").ok_or(Rejection::Unsolicited)?)?;
    if let Some(not_before) = attribute(data, "NotBefore") {
        checks.not_before("the bearer confirmation", not_before)?;
    }
    let until = attribute(data, "NotOnOrAfter").ok_or(Rejection::NoBearerConfirmation)?;
    checks.not_on_or_after("the bearer confirmation", until)
}

/// Until when the conditions hold (core §2.5.1). All must be there, known and kept.
fn conditions(assertion: Node<'_, '_>, checks: &Checks<'_>) -> Result<DateTime<Utc>, Rejection> {
    let conditions = child(assertion, ASSERTION, "Conditions")
        .map_err(|_| wrong("the assertion has conditions twice"))?
        .ok_or(wrong("the assertion has no conditions"))?;
    let not_before = attribute(conditions, "NotBefore").ok_or(wrong("the conditions have no beginning"))?;
    let until = attribute(conditions, "NotOnOrAfter").ok_or(wrong("the conditions have no end"))?;
    checks.not_before("the assertion", not_before)?;
    let until = checks.not_on_or_after("the assertion", until)?;
    let mut restricted = false;
    for condition in elements(conditions) {
        match (condition.tag_name().namespace(), condition.tag_name().name()) {
            (Some(ASSERTION), "AudienceRestriction") => {
                audience(condition, checks)?;
                restricted = true;
            }
            // the replay guard uses every assertion once, and none is passed on
            (Some(ASSERTION), "OneTimeUse" | "ProxyRestriction") => {}
            (_, name) => return Err(Rejection::UnknownCondition { name: shown(name) }),
        }
    }
    if restricted { Ok(until) } else { Err(wrong_audience(checks, Vec::new())) }
}

/// Within a restriction any audience will do; of several restrictions each must hold
/// (core §2.5.1.4).
fn audience(restriction: Node<'_, '_>, checks: &Checks<'_>) -> Result<(), Rejection> {
    let audiences: Vec<String> = children(restriction, ASSERTION, "Audience").map(text).collect();
    if audiences.iter().any(|audience| audience == checks.expected.sp_entity_id) {
        return Ok(());
    }
    Err(wrong_audience(checks, audiences.iter().take(10).map(|audience| shown(audience)).collect()))
}

fn wrong_audience(checks: &Checks<'_>, actual: Vec<String>) -> Rejection {
    Rejection::WrongAudience { expected: shown(checks.expected.sp_entity_id), actual }
}

/// The identity provider's session: its name, and its earliest end (core §2.7.2).
fn session(assertion: Node<'_, '_>, checks: &Checks<'_>) -> Result<(Option<String>, Option<DateTime<Utc>>), Rejection> {
    let mut index = None;
    let mut earliest: Option<DateTime<Utc>> = None;
    let mut statements = children(assertion, ASSERTION, "AuthnStatement").peekable();
    // the profile asks for one: without it nobody says that the subject signed in
    if statements.peek().is_none() {
        return Err(wrong("the assertion has no AuthnStatement"));
    }
    for statement in statements {
        index = index.or_else(|| attribute(statement, "SessionIndex").map(str::to_owned));
        if let Some(end) = attribute(statement, "SessionNotOnOrAfter") {
            let end = checks.not_on_or_after("the session at the identity provider", end)?;
            earliest = Some(earliest.map_or(end, |known| known.min(end)));
        }
    }
    Ok((index, earliest))
}

fn attributes(assertion: Node<'_, '_>) -> Result<Vec<Attribute>, Rejection> {
    let mut all = Vec::new();
    for statement in children(assertion, ASSERTION, "AttributeStatement") {
        for node in elements(statement) {
            if crate::xml::is(node, ASSERTION, "EncryptedAttribute") {
                return Err(Rejection::Encrypted);
            }
            let name = attribute(node, "Name").ok_or(wrong("an attribute has no name"))?.to_owned();
            let values = children(node, ASSERTION, "AttributeValue").map(text).collect();
            all.push(Attribute { name, values });
        }
    }
    Ok(all)
}
