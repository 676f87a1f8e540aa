//! The assertion (core §2.3.3), read from the bytes that were signed.
//!
//! samael's own types are not used for this: they look at local names only, drop what they
//! do not know, and with it the conditions that core §2.5.1.1 says must not be dropped.

use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::Rejection;
use super::authn::{self, IdpSession};
use super::blanks;
use super::checks::{Checks, later};
use super::conditions;
use super::gate::wrong;
use super::name_id;
use super::report::{Check, SignedBy};
use super::shown::shown;
use crate::certificate::SigningCertificate;
use crate::logout::{NameId, SessionIndexes};
use crate::names::{ASSERTION, BEARER};
use crate::xml::{attribute, child, children, elements, is, text};

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
    issue_instant: DateTime<Utc>,
    name_id: NameId,
    session_indexes: SessionIndexes,
    session_not_on_or_after: Option<DateTime<Utc>>,
    authn_instant: Option<DateTime<Utc>>,
    attributes: Vec<Attribute>,
    encrypted_attributes: usize,
    signed_by: SignedBy,
    was_encrypted: bool,
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

    /// When it was made.
    #[must_use]
    pub fn issue_instant(&self) -> DateTime<Utc> {
        self.issue_instant
    }

    /// Who it is about.
    #[must_use]
    pub fn name_id(&self) -> &str {
        &self.name_id.value
    }

    /// How that is to be read (core §8.3).
    #[must_use]
    pub fn name_id_format(&self) -> Option<&str> {
        self.name_id.format.as_deref()
    }

    /// Whether the format is one that SAML defines, or none is said. Of another one nothing is
    /// known but that the same identifier is the same person.
    #[must_use]
    pub fn is_name_id_format_known(&self) -> bool {
        self.name_id_format().is_none_or(name_id::is_known)
    }

    /// The whole identifier, as a sign-out must repeat it (core §3.7.1).
    #[must_use]
    pub fn whole_name_id(&self) -> &NameId {
        &self.name_id
    }

    /// The identity provider's names for its session, which logout needs.
    #[must_use]
    pub fn session_indexes(&self) -> &SessionIndexes {
        &self.session_indexes
    }

    /// When our session must end at the latest.
    #[must_use]
    pub fn session_not_on_or_after(&self) -> Option<DateTime<Utc>> {
        self.session_not_on_or_after
    }

    /// When the person proved to the identity provider who they are (`AuthnInstant`), the
    /// earliest time if several are said; `None` if that cannot be read.
    #[must_use]
    pub fn authn_instant(&self) -> Option<DateTime<Utc>> {
        self.authn_instant
    }

    /// The subject's attributes, in order.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// How many attributes came encrypted by themselves, and were left out.
    #[must_use]
    pub fn encrypted_attributes(&self) -> usize {
        self.encrypted_attributes
    }

    /// What was signed.
    #[must_use]
    pub fn signed_parts(&self) -> SignedParts {
        self.signed_by.parts
    }

    /// Whether the assertion came encrypted.
    #[must_use]
    pub fn was_encrypted(&self) -> bool {
        self.was_encrypted
    }

    /// SHA-256 of the certificate that verified, in upper-case hexadecimal.
    #[must_use]
    pub fn certificate_thumbprint_sha256(&self) -> &str {
        &self.signed_by.certificate_thumbprint_sha256
    }
}

/// How an assertion was verified.
#[derive(Clone, Copy)]
pub(super) struct Proof<'a> {
    pub(super) signed_parts: SignedParts,
    pub(super) certificate: &'a SigningCertificate,
    pub(super) was_encrypted: bool,
}

/// Checks and reads a verified `Assertion`.
pub(super) fn read(
    assertion: Node<'_, '_>,
    checks: &mut Checks<'_>,
    proof: Proof<'_>,
) -> Result<VerifiedAssertion, Rejection> {
    checks.is_proven = true;
    let signed_by =
        SignedBy { parts: proof.signed_parts, certificate_thumbprint_sha256: proof.certificate.thumbprint_sha256() };
    checks.signed_by = Some(signed_by.clone());
    let facts = examine(assertion, checks);
    if let Some(rejection) = checks.failure() {
        return Err(rejection);
    }
    let missing = Rejection::Internal { what: "a check passed without its value" };
    let facts = facts.ok_or(missing)?;
    Ok(VerifiedAssertion {
        assertion_id: attribute(assertion, "ID").ok_or(wrong("the assertion has no ID"))?.to_owned(),
        issue_instant: facts.issue_instant,
        replay_until: later(facts.confirmed_until.max(facts.valid_until), checks.expected.clock_skew),
        name_id: facts.name_id,
        session_indexes: facts.session.indexes,
        session_not_on_or_after: facts.session.not_on_or_after,
        authn_instant: facts.session.authn_instant,
        attributes: facts.attributes.0,
        encrypted_attributes: facts.attributes.1,
        signed_by,
        was_encrypted: proof.was_encrypted,
    })
}

/// What an assertion says, if every part of it can be used.
pub(super) struct Facts {
    issue_instant: DateTime<Utc>,
    name_id: NameId,
    confirmed_until: DateTime<Utc>,
    valid_until: DateTime<Utc>,
    session: IdpSession,
    /// Those that can be read, and how many cannot.
    attributes: (Vec<Attribute>, usize),
}

/// Asks everything, also after a failure.
pub(super) fn examine(assertion: Node<'_, '_>, checks: &mut Checks<'_>) -> Option<Facts> {
    let version = attribute(assertion, "Version");
    let answer = version.ok_or(wrong("the assertion has no version")).and_then(Checks::version);
    checks.note(Check::Version, version, answer);
    let instant = attribute(assertion, "IssueInstant");
    let answer = instant
        .ok_or(wrong("the assertion has no issue instant"))
        .and_then(|instant| checks.issue_instant("the assertion's IssueInstant", instant));
    let issue_instant = checks.note(Check::IssueInstant, instant, answer);
    check_issuer(assertion, checks);
    let subject = only(assertion, "Subject", "the assertion has two subjects");
    let name = subject.clone().and_then(|subject| name_id::read(subject.ok_or(Rejection::NameIdMissing)?));
    let shown_name = name.as_ref().ok().map(|name| name.value.clone());
    let name = checks.note(Check::NameId, shown_name.as_deref(), name);
    let confirmed_until = subject.ok().flatten().and_then(|subject| confirmed(subject, checks));
    let valid_until = conditions::examine(assertion, checks);
    let session = authn::examine(assertion, checks);
    let attributes = checks.note(Check::Attributes, None, attributes(assertion));
    Some(Facts {
        issue_instant: issue_instant?,
        name_id: name?,
        confirmed_until: confirmed_until?,
        valid_until: valid_until?,
        session: session?,
        attributes: attributes?,
    })
}

fn check_issuer(assertion: Node<'_, '_>, checks: &mut Checks<'_>) {
    let issuer = only(assertion, "Issuer", "the assertion names two issuers")
        .and_then(|issuer| issuer.map(text).ok_or(wrong("the assertion names no issuer")));
    let shown_issuer = issuer.as_ref().ok().cloned();
    let answer = issuer.and_then(|issuer| checks.issuer(&issuer, false));
    checks.note(Check::Issuer, shown_issuer.as_deref(), answer);
}

/// The only child of that name, if there is one.
pub(super) fn only<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
    otherwise: &'static str,
) -> Result<Option<Node<'a, 'input>>, Rejection> {
    child(node, ASSERTION, name).map_err(|_| wrong(otherwise))
}

/// Until when the bearer is confirmed as the subject (profiles §4.1.4.2): one confirmation
/// that holds is enough, otherwise the first one's answers count.
fn confirmed(subject: Node<'_, '_>, checks: &mut Checks<'_>) -> Option<DateTime<Utc>> {
    let mut first = None;
    let all = children(subject, ASSERTION, "SubjectConfirmation");
    for confirmation in all.filter(|confirmation| attribute(*confirmation, "Method") == Some(BEARER)) {
        let mut aside = checks.aside();
        let until = bearer(confirmation, &mut aside);
        let holds = aside.failure().is_none();
        if holds || first.is_none() {
            first = Some((until, aside.into_results()));
        }
        if holds {
            break;
        }
    }
    match first {
        Some((until, results)) => {
            checks.note(Check::BearerConfirmation, Some(BEARER), Ok(()));
            checks.extend(results);
            until
        }
        None => checks.note(Check::BearerConfirmation, None, Err(unconfirmed("no SubjectConfirmation is by bearer"))),
    }
}

const fn unconfirmed(what: &'static str) -> Rejection {
    Rejection::NoBearerConfirmation { what }
}

fn bearer(confirmation: Node<'_, '_>, checks: &mut Checks<'_>) -> Option<DateTime<Utc>> {
    let data = only(confirmation, "SubjectConfirmationData", "a confirmation has its data twice")
        .and_then(|data| data.ok_or(unconfirmed("the bearer confirmation has no SubjectConfirmationData")));
    let data = match data {
        Ok(data) => data,
        Err(rejection) => return checks.note(Check::Recipient, None, Err(rejection)),
    };
    let expected = checks.expected.acs_url;
    let recipient = attribute(data, "Recipient");
    let wrong_recipient = || Rejection::WrongRecipient { expected: shown(expected), actual: recipient.map(shown) };
    let answer = match recipient {
        Some(recipient) if recipient == expected => Ok(()),
        actual => blanks::only_difference("the Recipient", expected, actual.unwrap_or_default())
            .and_then(|()| Err(wrong_recipient())),
    };
    checks.note(Check::Recipient, recipient, answer);
    let request = attribute(data, "InResponseTo");
    let answer = checks.request(request);
    checks.note(Check::InResponseTo, request, answer);
    let until = attribute(data, "NotOnOrAfter");
    let answer = bearer_time(attribute(data, "NotBefore"), until, checks);
    checks.note(Check::ConfirmationTime, until, answer)
}

fn bearer_time(not_before: Option<&str>, until: Option<&str>, checks: &Checks<'_>) -> Result<DateTime<Utc>, Rejection> {
    if let Some(not_before) = not_before {
        checks.not_before("the bearer confirmation", not_before)?;
    }
    checks.not_on_or_after(
        "the bearer confirmation",
        until.ok_or(unconfirmed("the bearer confirmation has no NotOnOrAfter"))?,
    )
}

/// The attributes, and how many more came encrypted by themselves (core §2.7.3.2): what cannot
/// be read does not spoil what can.
fn attributes(assertion: Node<'_, '_>) -> Result<(Vec<Attribute>, usize), Rejection> {
    let mut all = Vec::new();
    let mut encrypted = 0_usize;
    for node in children(assertion, ASSERTION, "AttributeStatement").flat_map(elements) {
        if is(node, ASSERTION, "EncryptedAttribute") {
            encrypted = encrypted.saturating_add(1);
            continue;
        }
        let name = attribute(node, "Name").ok_or(wrong("an attribute has no name"))?.to_owned();
        let values = children(node, ASSERTION, "AttributeValue").map(text).collect();
        all.push(Attribute { name, values });
    }
    Ok((all, encrypted))
}
