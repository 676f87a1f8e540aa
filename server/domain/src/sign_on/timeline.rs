//! The events of an attempt in the making, and what is written of them.

use chrono::TimeDelta;
use model::{EventKind, FindingCode, Timestamp, Verdict};
use saml::certificate::SigningCertificate;
use saml::response::{Check, CheckResult, SignedBy, SignedParts};
use store::attempt_documents::{self, Document, DocumentKind};
use store::attempt_events::NewEvent;
use store::attempts::Attempt;
use store::{ConnectionTrait, attempt_events};

use super::evidence::Evidence;
use super::findings::{Told, cut, second, told};
use crate::sealed::Place;
use crate::{Error, Services};

/// From when on a certificate's end is worth a warning, as Entra's own first mail.
const ENDS_SOON: TimeDelta = TimeDelta::days(60);

/// What a step adds to an attempt.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// What happened, in order.
    pub(super) events: Vec<NewEvent>,
    /// The response as it was received, to be kept for a while.
    pub(super) response: Option<String>,
}

impl Record {
    /// A response came: these are its XML, or what it held instead, and its size.
    pub(super) fn of_response(xml: String) -> Self {
        let size = format!("{} bytes", xml.len());
        let event = NewEvent { actual: Some(size), ..passed(EventKind::ResponseReceived) };
        Self { events: vec![event], response: Some(xml) }
    }

    /// Something happened, and nothing came that could be kept.
    pub(super) fn of(event: NewEvent) -> Self {
        Self { events: vec![event], response: None }
    }

    pub(super) fn add(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    /// The answer to every question that was asked of a response.
    pub(super) fn add_checks(&mut self, checks: &[CheckResult], evidence: &Evidence<'_>) {
        self.events.extend(checks.iter().map(|result| of_check(result, evidence)));
    }

    /// What proves the message: what was signed, with which certificate, and to which key it
    /// was encrypted.
    pub(super) fn add_proof(&mut self, signed_by: &SignedBy, evidence: &Evidence<'_>, now: Timestamp) {
        let certificate = evidence.certificate(&signed_by.certificate_thumbprint_sha256);
        if let Some(signature) = self.events.iter_mut().find(|event| event.kind == EventKind::Signature) {
            signature.finding = Some(signed_parts(signed_by.parts));
            signature.verdict = Verdict::Noted;
            signature.is_verified = true;
            signature.actual = certificate.map(SigningCertificate::thumbprint_sha1);
        }
        let over = certificate.map(SigningCertificate::not_after).filter(|end| *end - now <= ENDS_SOON);
        if let Some(end) = over {
            let told = noted(EventKind::Signature, Verdict::Warned, FindingCode::CertificateEndsSoon, second(end));
            self.add(told);
        }
        if evidence.is_to_old_key() {
            let to = evidence.recipients().unwrap_or_default();
            let told = noted(EventKind::Decryption, Verdict::Warned, FindingCode::EncryptedToOldKey, to);
            self.add(NewEvent { expected: evidence.own_key(), ..told });
        }
    }

    /// What was received as the person's name: only to find the attempt by.
    pub(super) fn received_name(&self) -> Option<String> {
        let named = self.events.iter().find(|event| event.kind == EventKind::NameId && event.finding.is_none());
        named.and_then(|event| event.actual.as_deref()).map(str::to_lowercase)
    }

    /// Nothing but how it ended.
    pub(super) fn without_its_story(self) -> Self {
        Self { events: self.events.into_iter().next_back().into_iter().collect(), response: None }
    }

    /// Writes all of it to an attempt that is stored.
    pub(super) async fn write(
        self,
        services: &Services,
        tx: &impl ConnectionTrait,
        attempt: &Attempt,
    ) -> Result<(), Error> {
        attempt_events::append(tx, attempt.id, self.events, services.now()).await?;
        match self.response {
            Some(xml) => keep(services, tx, attempt, DocumentKind::Response, &xml).await,
            None => Ok(()),
        }
    }
}

/// Writes down what ended an attempt from outside.
pub(crate) async fn note_end(
    services: &Services,
    tx: &impl ConnectionTrait,
    attempt: &Attempt,
    why: Told,
) -> Result<(), Error> {
    Record::of(failed(EventKind::Refused, why, true)).write(services, tx, attempt).await
}

/// As it should be.
pub(super) const fn passed(kind: EventKind) -> NewEvent {
    NewEvent { kind, verdict: Verdict::Passed, finding: None, expected: None, actual: None, is_verified: true }
}

/// Worked, and is a finding all the same.
pub(super) fn noted(kind: EventKind, verdict: Verdict, finding: FindingCode, actual: impl Into<String>) -> NewEvent {
    NewEvent { verdict, finding: Some(finding), actual: Some(cut(actual.into())), ..passed(kind) }
}

/// What ended the attempt, or would have.
pub(super) fn failed(kind: EventKind, told: Told, is_verified: bool) -> NewEvent {
    let Told { code, expected, actual } = told.cut();
    NewEvent { kind, verdict: Verdict::Failed, finding: Some(code), expected, actual, is_verified }
}

fn of_check(result: &CheckResult, evidence: &Evidence<'_>) -> NewEvent {
    let kind = kind_of(result.check);
    match &result.failure {
        None => NewEvent { actual: result.actual.clone(), is_verified: result.is_proven, ..passed(kind) },
        Some(rejection) => {
            let told = told(rejection, evidence);
            let actual = told.actual.clone().or_else(|| result.actual.clone());
            failed(kind, Told { actual, ..told }, result.is_proven)
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

/// Keeps a document of an attempt, sealed; not at all where the configuration says so.
pub(super) async fn keep(
    services: &Services,
    tx: &impl ConnectionTrait,
    attempt: &Attempt,
    kind: DocumentKind,
    xml: &str,
) -> Result<(), Error> {
    if services.settings.retention.xml.is_zero() {
        return Ok(());
    }
    let place = place(attempt, kind);
    let document = Document {
        attempt_id: attempt.id,
        kind,
        sealed: services.keyring.seal(&*services.random, xml.as_bytes(), &place)?,
        created_at: services.now(),
    };
    Ok(attempt_documents::insert(tx, document).await?)
}

/// Where a document of an attempt belongs to.
pub(crate) fn place(attempt: &Attempt, kind: DocumentKind) -> Place {
    let column = match kind {
        DocumentKind::Request => "attempt_documents.request",
        DocumentKind::Response => "attempt_documents.response",
    };
    Place { column, row: attempt.id.as_uuid(), owner: attempt.team_id.as_uuid() }
}
