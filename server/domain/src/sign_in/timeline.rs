//! The events of an attempt in the making, and the XML that is kept with them.

use chrono::TimeDelta;
use model::{CertificateView, EventKind, FindingCode, FindingValue, Timestamp, Verdict};
use saml::certificate::SigningCertificate;
use saml::response::{Check, CheckResult, CheckedValue, SignedBy, SignedParts};
use store::ConnectionTrait;
use store::attempt_documents::{self, Document, DocumentKind};
use store::attempt_events::NewEvent;
use store::attempts::Attempt;
use store::sealed_values::SealedColumn;

use super::diagnosis::diagnose;
use super::evidence::Evidence;
use super::finding::Finding;
use crate::sealed::AssociatedData;
use crate::{Error, Services, document_encoding};

/// From when on a certificate's end is worth a warning, as Entra's own first mail.
const ENDS_SOON: TimeDelta = TimeDelta::days(CertificateView::WARN_DAYS);

/// From when on a clock that is off is worth a warning: those that follow NTP differ by less than a second.
const CLOCK_WORTH_A_LOOK: TimeDelta = TimeDelta::seconds(60);

/// What a step adds to an attempt: events in order, and the response that came.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// What happened, in order.
    pub(super) events: Vec<NewEvent>,
    /// The response as it was received, to be kept for a while.
    pub(super) response: Option<String>,
}

impl Timeline {
    /// A response came: its XML, or what it held instead.
    pub(super) fn of_response(xml: String) -> Self {
        let size = FindingValue::Bytes(xml.len());
        let event = NewEvent { actual: Some(size), ..passed(EventKind::ResponseReceived) };
        Self { events: vec![event], response: Some(xml) }
    }

    /// One event, without a response to keep.
    pub(super) fn of_event(event: NewEvent) -> Self {
        Self { events: vec![event], response: None }
    }

    pub(super) fn add(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    /// The result of every check of a response.
    pub(super) fn add_checks(&mut self, checks: &[CheckResult], evidence: &Evidence<'_>) {
        self.events.extend(checks.iter().map(|result| event_of_check(result, evidence)));
    }

    /// What was signed, with which certificate, and to which key the message was encrypted.
    pub(super) fn add_signature(&mut self, signed_by: &SignedBy, evidence: &Evidence<'_>, now: Timestamp) {
        let certificate = evidence.certificate(&signed_by.certificate_thumbprint_sha256);
        if let Some(signature) = self.events.iter_mut().find(|event| event.kind == EventKind::Signature) {
            signature.finding = Some(signed_parts(signed_by.parts));
            signature.verdict = Verdict::Noted;
            signature.is_verified = true;
            signature.actual = certificate.map(|signer| FindingValue::text(signer.thumbprint_sha1()));
        }
        let ends_soon = certificate.map(SigningCertificate::not_after).filter(|end| *end - now <= ENDS_SOON);
        if let Some(end) = ends_soon {
            let code = FindingCode::CertificateEndsSoon;
            self.add(noted(EventKind::Signature, Verdict::Warned, code, FindingValue::Moment(end)));
        }
        if evidence.is_encrypted_to_old_key() {
            let recipients = evidence.recipients().unwrap_or(FindingValue::Missing);
            let event = noted(EventKind::Decryption, Verdict::Warned, FindingCode::EncryptedToOldKey, recipients);
            self.add(NewEvent { expected: evidence.own_key(), ..event });
        }
    }

    /// How far the identity provider's clock is off, where the response passed all the same.
    pub(super) fn add_clock(&mut self, evidence: &Evidence<'_>) {
        let Some(offset) = evidence.clock_offset().filter(|offset| offset.abs() >= CLOCK_WORTH_A_LOOK) else { return };
        let is_behind = offset < TimeDelta::zero();
        let code = if is_behind { FindingCode::ClockSlightlyBehind } else { FindingCode::ClockSlightlyAhead };
        let actual = FindingValue::ClockOffset { seconds: offset.num_seconds() };
        self.add(noted(EventKind::ResponseIssueInstant, Verdict::Warned, code, actual));
    }

    /// The name identifier that was received, unverified: only to find the attempt by.
    pub(super) fn received_name_id(&self) -> Option<String> {
        let named = self.events.iter().find(|event| event.kind == EventKind::NameId && event.finding.is_none());
        named.and_then(|event| event.actual.as_ref()?.as_text()).map(str::to_lowercase)
    }

    /// Only the last event: how the attempt ended.
    pub(super) fn only_end(self) -> Self {
        Self { events: self.events.into_iter().next_back().into_iter().collect(), response: None }
    }
}

/// A check or a step that passed.
pub(super) const fn passed(kind: EventKind) -> NewEvent {
    NewEvent { kind, verdict: Verdict::Passed, finding: None, expected: None, actual: None, is_verified: true }
}

/// Something with a verdict and a value, without a finding.
pub(crate) fn new_event(kind: EventKind, verdict: Verdict, actual: FindingValue) -> NewEvent {
    NewEvent { verdict, actual: Some(actual), ..passed(kind) }
}

/// Something that works, and is a finding all the same.
pub(super) fn noted(kind: EventKind, verdict: Verdict, finding: FindingCode, actual: FindingValue) -> NewEvent {
    NewEvent { verdict, finding: Some(finding), actual: Some(actual.bounded()), ..passed(kind) }
}

/// A check that failed. `is_verified`: a valid signature covers the values.
pub(super) fn failed(kind: EventKind, finding: Finding, is_verified: bool) -> NewEvent {
    let Finding { code, expected, actual } = finding.bounded();
    NewEvent { kind, verdict: Verdict::Failed, finding: Some(code), expected, actual, is_verified }
}

fn event_of_check(result: &CheckResult, evidence: &Evidence<'_>) -> NewEvent {
    let kind = kind_of(result.check);
    match &result.failure {
        None => {
            NewEvent { actual: result.actual.as_ref().map(value_of), is_verified: result.is_verified, ..passed(kind) }
        }
        Some(rejection) => {
            let finding = diagnose(rejection, evidence);
            let actual = finding.actual.clone().or_else(|| result.actual.as_ref().map(value_of));
            failed(kind, Finding { actual, ..finding }, result.is_verified)
        }
    }
}

fn value_of(checked: &CheckedValue) -> FindingValue {
    match checked {
        CheckedValue::Text(text) => FindingValue::text(text.as_str()),
        CheckedValue::Validity { not_before, not_on_or_after } => {
            let [not_before, not_on_or_after] = [not_before, not_on_or_after].map(Clone::clone);
            FindingValue::Validity { not_before, not_on_or_after }
        }
    }
}

const fn signed_parts(parts: SignedParts) -> FindingCode {
    match parts {
        SignedParts::Assertion => FindingCode::SignedAssertion,
        SignedParts::Response => FindingCode::SignedResponse,
        SignedParts::Both => FindingCode::SignedBoth,
    }
}

const fn kind_of(check: Check) -> EventKind {
    match check {
        Check::Status => EventKind::Status,
        Check::Decryption => EventKind::Decryption,
        Check::Signature => EventKind::Signature,
        Check::ResponseVersion => EventKind::ResponseVersion,
        Check::ResponseIssuer => EventKind::ResponseIssuer,
        Check::Destination => EventKind::Destination,
        Check::ResponseInResponseTo => EventKind::ResponseInResponseTo,
        Check::ResponseIssueInstant => EventKind::ResponseIssueInstant,
        Check::Version => EventKind::Version,
        Check::IssueInstant => EventKind::IssueInstant,
        Check::Issuer => EventKind::Issuer,
        Check::NameId => EventKind::NameId,
        Check::BearerConfirmation => EventKind::BearerConfirmation,
        Check::Recipient => EventKind::Recipient,
        Check::InResponseTo => EventKind::InResponseTo,
        Check::ConfirmationTime => EventKind::ConfirmationTime,
        Check::ConditionsTime => EventKind::ConditionsTime,
        Check::Audience => EventKind::Audience,
        Check::OtherConditions => EventKind::OtherConditions,
        Check::Session => EventKind::Session,
        Check::AuthnInstant => EventKind::AuthnInstant,
        Check::AuthnContext => EventKind::AuthnContext,
        Check::Attributes => EventKind::Attributes,
        Check::SecondOpinion => EventKind::SecondOpinion,
    }
}

/// Stores a document of an attempt, sealed; not at all where the configuration keeps no XML.
pub(super) async fn store_document(
    services: &Services,
    tx: &impl ConnectionTrait,
    attempt: &Attempt,
    kind: DocumentKind,
    xml: &str,
) -> Result<(), Error> {
    let Some(sealed) = seal_document(services, attempt, kind, xml)? else { return Ok(()) };
    let document = Document { attempt_id: attempt.id, kind, sealed, created_at: services.now() };
    Ok(attempt_documents::insert(tx, document).await?)
}

/// A document of an attempt, sealed; none where the configuration keeps no XML.
pub(super) fn seal_document(
    services: &Services,
    attempt: &Attempt,
    kind: DocumentKind,
    xml: &str,
) -> Result<Option<Vec<u8>>, Error> {
    if services.settings.retention.xml.is_zero() {
        return Ok(None);
    }
    let associated_data = document_associated_data(attempt, kind);
    let sealed = services.key_ring.seal(&*services.random, &document_encoding::encode(xml), &associated_data)?;
    Ok(Some(sealed))
}

/// The associated data that a document of an attempt is sealed with.
pub(crate) fn document_associated_data(attempt: &Attempt, kind: DocumentKind) -> AssociatedData {
    let column = match kind {
        DocumentKind::Request => SealedColumn::SamlRequest,
        DocumentKind::Response => SealedColumn::SamlResponse,
    };
    AssociatedData::of(column, attempt.id.as_uuid(), attempt.team_id.as_uuid())
}
