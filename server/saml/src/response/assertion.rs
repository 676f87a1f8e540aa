//! The assertion (core §2.3.3), read from the bytes that were signed.
//!
//! samael's own types are not used for this: they look at local names only and ignore what they
//! do not know, also the conditions that must not be ignored (core §2.5.1.1).

use chrono::{DateTime, Utc};
use roxmltree::Node;

use super::authn_statement::{self, IdpSession};
use super::check::{Check, SignedBy, SignedParts};
use super::conditions;
use super::document::single_child;
use super::invisible_characters::reject_invisible_difference;
use super::problems::{ConfirmationError, InternalFault, TimedPart};
use super::rejection::{Rejection, missing_attribute, missing_element};
use super::subject;
use super::validation_context::{ValidationContext, later};
use crate::certificate::SigningCertificate;
use crate::display::displayable;
use crate::identifiers::{ASSERTION, BEARER};
use crate::name_id::NameId;
use crate::session_indexes::SessionIndexes;
use crate::xml::{attribute, children, elements, is_named, text};

/// An attribute of the subject (core §2.7.3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, often a URI.
    pub name: String,
    /// Its values as text, in order.
    pub values: Vec<String>,
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
    authn_context: Option<String>,
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
        self.name_id_format().is_none_or(subject::is_known_format)
    }

    /// The full identifier, as a sign-out must repeat it (core §3.7.1).
    #[must_use]
    pub fn full_name_id(&self) -> &NameId {
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

    /// When the person authenticated at the identity provider (`AuthnInstant`), the
    /// earliest time if several are said; `None` if that cannot be read.
    #[must_use]
    pub fn authn_instant(&self) -> Option<DateTime<Utc>> {
        self.authn_instant
    }

    /// How the person authenticated (`AuthnContextClassRef`), as the first statement says that says it.
    #[must_use]
    pub fn authn_context(&self) -> Option<&str> {
        self.authn_context.as_deref()
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

/// What an assertion was verified by.
#[derive(Clone, Copy)]
pub(super) struct VerifiedBy<'a> {
    pub(super) signed_parts: SignedParts,
    pub(super) certificate: &'a SigningCertificate,
    pub(super) was_encrypted: bool,
}

/// Checks a verified `Assertion`, and accepts it if every check passes.
pub(super) fn accept(
    assertion: Node<'_, '_>,
    context: &mut ValidationContext<'_>,
    verified_by: VerifiedBy<'_>,
) -> Result<VerifiedAssertion, Rejection> {
    context.is_verified = true;
    let signed_by = SignedBy {
        parts: verified_by.signed_parts,
        certificate_thumbprint_sha256: verified_by.certificate.thumbprint_sha256(),
    };
    context.signed_by = Some(signed_by.clone());
    let content = check(assertion, context);
    if let Some(rejection) = context.first_failure() {
        return Err(rejection);
    }
    let missing = Rejection::Internal { what: InternalFault::CheckWithoutValue };
    let content = content.ok_or(missing)?;
    Ok(VerifiedAssertion {
        assertion_id: attribute(assertion, "ID").ok_or(missing_attribute("Assertion", "ID"))?.to_owned(),
        issue_instant: content.issue_instant,
        replay_until: later(content.confirmed_until.max(content.valid_until), context.expected.clock_skew),
        name_id: content.name_id,
        session_indexes: content.session.indexes,
        session_not_on_or_after: content.session.not_on_or_after,
        authn_instant: content.session.authn_instant,
        authn_context: content.session.context_class,
        attributes: content.attributes.0,
        encrypted_attributes: content.attributes.1,
        signed_by,
        was_encrypted: verified_by.was_encrypted,
    })
}

/// What an assertion says, once every part of it has passed its check.
pub(super) struct AssertionContent {
    issue_instant: DateTime<Utc>,
    name_id: NameId,
    confirmed_until: DateTime<Utc>,
    valid_until: DateTime<Utc>,
    session: IdpSession,
    /// Those that can be read, and how many cannot.
    attributes: (Vec<Attribute>, usize),
}

/// Makes every check, also after a failure.
pub(super) fn check(assertion: Node<'_, '_>, context: &mut ValidationContext<'_>) -> Option<AssertionContent> {
    let version = attribute(assertion, "Version");
    let result = version.ok_or(missing_attribute("Assertion", "Version")).and_then(ValidationContext::check_version);
    context.record(Check::Version, version, result);
    let instant = attribute(assertion, "IssueInstant");
    let result = instant
        .ok_or(missing_attribute("Assertion", "IssueInstant"))
        .and_then(|instant| context.check_issue_instant(TimedPart::AssertionIssueInstant, instant));
    let issue_instant = context.record(Check::IssueInstant, instant, result);
    check_issuer(assertion, context);
    let subject = single_child(assertion, "Assertion", "Subject");
    let name = subject.clone().and_then(|subject| subject::read_name_id(subject.ok_or(Rejection::NameIdMissing)?));
    let shown_name = name.as_ref().ok().map(|name| name.value.clone());
    let name = context.record(Check::NameId, shown_name.as_deref(), name);
    let confirmed_until = subject.ok().flatten().and_then(|subject| check_bearer_confirmation(subject, context));
    let valid_until = conditions::check(assertion, context);
    let session = authn_statement::check(assertion, context);
    let attributes = context.record(Check::Attributes, None, read_attributes(assertion));
    Some(AssertionContent {
        issue_instant: issue_instant?,
        name_id: name?,
        confirmed_until: confirmed_until?,
        valid_until: valid_until?,
        session: session?,
        attributes: attributes?,
    })
}

fn check_issuer(assertion: Node<'_, '_>, context: &mut ValidationContext<'_>) {
    let issuer = single_child(assertion, "Assertion", "Issuer")
        .and_then(|issuer| issuer.map(text).ok_or(missing_element("Assertion", "Issuer")));
    let shown_issuer = issuer.as_ref().ok().cloned();
    let result = issuer.and_then(|issuer| context.check_issuer(&issuer, false));
    context.record(Check::Issuer, shown_issuer.as_deref(), result);
}

/// Checks that the bearer is confirmed as the subject (profiles §4.1.4.2), and returns until when.
/// One confirmation that holds is enough. If none does, the first one's results are recorded.
fn check_bearer_confirmation(subject: Node<'_, '_>, context: &mut ValidationContext<'_>) -> Option<DateTime<Utc>> {
    let mut first = None;
    let all = children(subject, ASSERTION, "SubjectConfirmation");
    for confirmation in all.filter(|confirmation| attribute(*confirmation, "Method") == Some(BEARER)) {
        let mut attempt = context.fork();
        let until = check_confirmation_data(confirmation, &mut attempt);
        let holds = attempt.first_failure().is_none();
        if holds || first.is_none() {
            first = Some((until, attempt.into_results()));
        }
        if holds {
            break;
        }
    }
    match first {
        Some((until, results)) => {
            context.record(Check::BearerConfirmation, Some(BEARER), Ok(()));
            context.extend(results);
            until
        }
        None => context.record(Check::BearerConfirmation, None, Err(unconfirmed(ConfirmationError::NotBearer))),
    }
}

const fn unconfirmed(what: ConfirmationError) -> Rejection {
    Rejection::NoBearerConfirmation { what }
}

fn check_confirmation_data(confirmation: Node<'_, '_>, context: &mut ValidationContext<'_>) -> Option<DateTime<Utc>> {
    let data = single_child(confirmation, "SubjectConfirmation", "SubjectConfirmationData")
        .and_then(|data| data.ok_or(unconfirmed(ConfirmationError::NoData)));
    let data = match data {
        Ok(data) => data,
        Err(rejection) => return context.record(Check::Recipient, None, Err(rejection)),
    };
    let expected = context.expected.acs_url;
    let recipient = attribute(data, "Recipient");
    let wrong_recipient =
        || Rejection::WrongRecipient { expected: displayable(expected), actual: recipient.map(displayable) };
    let result = match recipient {
        Some(recipient) if recipient == expected => Ok(()),
        actual => reject_invisible_difference("the Recipient", expected, actual.unwrap_or_default())
            .and_then(|()| Err(wrong_recipient())),
    };
    context.record(Check::Recipient, recipient, result);
    let request = attribute(data, "InResponseTo");
    let result = context.check_in_response_to(request);
    context.record(Check::InResponseTo, request, result);
    let until = attribute(data, "NotOnOrAfter");
    let result = check_confirmation_time(attribute(data, "NotBefore"), until, context);
    context.record(Check::ConfirmationTime, until, result)
}

fn check_confirmation_time(
    not_before: Option<&str>,
    until: Option<&str>,
    context: &ValidationContext<'_>,
) -> Result<DateTime<Utc>, Rejection> {
    if let Some(not_before) = not_before {
        context.check_not_before(TimedPart::BearerConfirmation, not_before)?;
    }
    context.check_not_on_or_after(TimedPart::BearerConfirmation, until.ok_or(unconfirmed(ConfirmationError::NoEnd))?)
}

/// The attributes, and how many more came encrypted by themselves (core §2.7.3.2). An encrypted
/// one does not make the others unusable.
fn read_attributes(assertion: Node<'_, '_>) -> Result<(Vec<Attribute>, usize), Rejection> {
    let mut all = Vec::new();
    let mut encrypted = 0_usize;
    for node in children(assertion, ASSERTION, "AttributeStatement").flat_map(elements) {
        if is_named(node, ASSERTION, "EncryptedAttribute") {
            encrypted = encrypted.saturating_add(1);
            continue;
        }
        let name = attribute(node, "Name").ok_or(missing_attribute("Attribute", "Name"))?.to_owned();
        let values = children(node, ASSERTION, "AttributeValue").map(text).collect();
        all.push(Attribute { name, values });
    }
    Ok((all, encrypted))
}
