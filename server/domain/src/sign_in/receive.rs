//! The Reply URL (assertion consumer service, SAML bindings §3.5): a response comes in, and is
//! believed only after every check.

use std::sync::Arc;

use model::{EventKind, FindingCode, FindingValue};
use saml::response::{GatedResponse, RESPONSE_LIMIT};
use store::attempt_events::NewEvent;
use store::attempts::Attempt;
use store::revisions::Revision;
use store::teams::Team;
use tokio::time::{Duration, Instant, sleep_until};

use super::SignInError;
use super::attempt::ResponseAttempt;
use super::correlate::{Correlation, by_relay_state, correlate};
use super::finding::Finding;
use super::issue_code::issue_code;
use super::other_reply_url::{reject_at_unknown_slug, reject_misdelivered};
use super::person_notes::relay_state_note;
use super::provision::VerifiedPerson;
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::requested_authn::RequestedAuthn;
use super::team::{SignInTeam, team_at_address, team_with_request};
use super::timeline::{Timeline, passed};
use super::undecoded::{diagnose_undecoded, is_encoded_logout_message};
use super::validate::{Validated, validate, validate_for_report};
use crate::Services;

/// An encrypted response is rejected after this time, whatever was wrong and however long it
/// took to find out: the clock must not tell which step of the decryption failed.
const REJECTION_OF_ENCRYPTED: Duration = Duration::from_millis(100);

/// What was sent to a Reply URL.
#[derive(Clone, Debug)]
pub enum ReplyUrlRequest {
    /// The form of the HTTP-POST binding (bindings §3.5.4).
    Form {
        /// `SAMLResponse`.
        saml_response: String,
        /// `RelayState`.
        relay_state: Option<String>,
    },
    /// A response in the query of a GET, by which none may come (profiles §4.1.2).
    Query {
        /// `SAMLResponse`.
        saml_response: String,
        /// `RelayState`.
        relay_state: Option<String>,
    },
    /// A reference to a response (`SAMLart`, bindings §3.6), which is none that we fetch.
    Artifact {
        /// `RelayState`.
        relay_state: Option<String>,
    },
    /// A `SAMLRequest`: identity providers send none but those of a sign-out, which have another address.
    Request {
        /// The message, encoded as it came.
        message: String,
    },
    /// A form with the answer of WS-Federation (`wresult`, §13.2.3), which is no response of SAML 2.0.
    WsFederation,
    /// A form without a response.
    NoResponse,
    /// More than is read.
    TooLarge,
}

/// Verifies a response that was sent to a team's Reply URL, provisions its person, and
/// answers with the address on the account host that redeems the one-time code.
///
/// The team comes from the address, never from the document.
#[tracing::instrument(skip_all, fields(team = tracing::field::Empty, reference = tracing::field::Empty))]
pub async fn receive(services: &Services, slug: &str, request: ReplyUrlRequest) -> Result<String, SignInError> {
    let started = Instant::now();
    let (form_value, relay_state) = match request {
        ReplyUrlRequest::Form { saml_response, relay_state } => (saml_response, relay_state),
        unreadable => {
            let address = team_at_address(services, slug).await?;
            return Err(reject_unreadable(services, &address.team, unreadable).await);
        }
    };
    let decode = move || (GatedResponse::decode(&form_value), form_value);
    let (gated, form_value) = services.spawn_blocking_limited(decode).await?;
    let gated = match gated {
        Ok(gated) => gated,
        Err(rejection) => {
            let finding = diagnose_undecoded(&rejection, &form_value);
            let (address, state) = (team_at_address(services, slug).await?, relay_state.as_deref());
            return Err(reject_undecoded(services, &address.team, state, finding, Some(&form_value)).await);
        }
    };
    let is_encrypted = gated.is_encrypted();
    let received = Box::pin(process(services, slug, gated, relay_state.as_deref())).await;
    if is_encrypted && received.is_err() {
        sleep_until(started + REJECTION_OF_ENCRYPTED).await;
    }
    received
}

/// What came holds no response that may be read.
async fn reject_unreadable(services: &Services, team: &Team, request: ReplyUrlRequest) -> SignInError {
    match request {
        ReplyUrlRequest::Form { saml_response, relay_state }
        | ReplyUrlRequest::Query { saml_response, relay_state } => {
            reject_query(services, team, relay_state.as_deref(), &saml_response).await
        }
        ReplyUrlRequest::Artifact { relay_state } => {
            let finding = instead_of_response(FindingCode::ResponseByArtifact, "SAMLart");
            reject_undecoded(services, team, relay_state.as_deref(), finding, None).await
        }
        ReplyUrlRequest::Request { message } => reject_request(services, team, message).await,
        ReplyUrlRequest::WsFederation => {
            let finding = instead_of_response(FindingCode::WsFederation, "wresult");
            reject_undecoded(services, team, None, finding, None).await
        }
        ReplyUrlRequest::NoResponse => {
            let expected = Some(FindingValue::text("SAMLResponse"));
            let finding = Finding { expected, ..Finding::new(FindingCode::ResponseMissing) };
            reject_undecoded(services, team, None, finding, None).await
        }
        ReplyUrlRequest::TooLarge => {
            let expected = Some(FindingValue::AtMostBytes(RESPONSE_LIMIT));
            let finding = Finding { expected, ..Finding::new(FindingCode::TooLarge) };
            reject_undecoded(services, team, None, finding, None).await
        }
    }
}

/// A form or query with another parameter in the place of the response.
fn instead_of_response(code: FindingCode, parameter: &str) -> Finding {
    let [expected, actual] = ["SAMLResponse", parameter].map(|name| Some(FindingValue::text(name)));
    Finding { code, expected, actual }
}

/// A response in a query, by which none may come; or the answer to a sign-out, which may, at another address.
async fn reject_query(services: &Services, team: &Team, relay_state: Option<&str>, form_value: &str) -> SignInError {
    let value = form_value.to_owned();
    let code = match services.spawn_blocking_limited(move || is_encoded_logout_message(&value)).await {
        Ok(true) => FindingCode::LogoutAtReplyUrl,
        Ok(false) => FindingCode::ResponseInQuery,
        Err(error) => return error.into(),
    };
    let relay_state = relay_state.filter(|_| code == FindingCode::ResponseInQuery);
    reject_undecoded(services, team, relay_state, Finding::new(code), Some(form_value)).await
}

/// A request of a sign-out, or another one, which is meant for an identity provider.
async fn reject_request(services: &Services, team: &Team, message: String) -> SignInError {
    let sent = "SAMLRequest";
    let finding = match services.spawn_blocking_limited(move || is_encoded_logout_message(&message)).await {
        Ok(true) => Finding::with_actual(FindingCode::LogoutAtReplyUrl, FindingValue::text(sent)),
        Ok(false) => instead_of_response(FindingCode::ResponseMissing, sent),
        Err(error) => return error.into(),
    };
    reject_undecoded(services, team, None, finding, None).await
}

/// A response that could not be decoded, or may not be, belongs to the attempt of its RelayState.
async fn reject_undecoded(
    services: &Services,
    team: &Team,
    relay_state: Option<&str>,
    finding: Finding,
    form_value: Option<&str>,
) -> SignInError {
    let timeline = match form_value {
        Some(value) => Timeline::of_response(saml::response::decode_lossy(value)),
        None => Timeline::of_event(passed(EventKind::ResponseReceived)),
    };
    let (recorder, rejection) = (AttemptRecorder::new(services, team), AttemptRejection::new(finding, timeline));
    match by_relay_state(services, team, relay_state).await {
        Ok(Some(attempt)) => recorder.reject_open(&attempt, rejection).await,
        Ok(None) => recorder.reject_unmatched(None, rejection).await,
        Err(error) => error,
    }
}

/// Correlates a response, validates it, and issues the code.
async fn process(
    services: &Services,
    slug: &str,
    gated: GatedResponse,
    relay_state: Option<&str>,
) -> Result<String, SignInError> {
    let (address, asked) = match gated.in_response_to() {
        Some(request_id) => match team_with_request(services, slug, request_id).await {
            Err(unknown @ SignInError::UnknownTeam { .. }) => {
                return Err(reject_at_unknown_slug(services, slug, request_id, unknown).await);
            }
            found => found?,
        },
        None => (team_at_address(services, slug).await?, None),
    };
    let address = &address;
    match correlate(services, address, asked, &gated, relay_state).await? {
        Correlation::SpInitiated { attempt, revision } => {
            let requested = RequestedAuthn::from_attempt(&revision.options, &attempt);
            let response = CorrelatedResponse { gated, revision, requested, note: None };
            complete(services, address, ResponseAttempt::Stored(attempt), response).await
        }
        Correlation::IdpInitiated { attempt, revision } => {
            let requested = RequestedAuthn::unsolicited(&revision.options, services.now());
            let note = relay_state_note(&attempt, relay_state);
            let response = CorrelatedResponse { gated, revision, requested, note };
            complete(services, address, ResponseAttempt::New(attempt), response).await
        }
        Correlation::NotCompletable { attempt, revision, objection } => {
            Err(reject_attempt(services, address, gated, attempt, revision.as_deref(), objection).await)
        }
        Correlation::OfOtherTeam { began } => Err(reject_misdelivered(services, &address.team, began).await),
        Correlation::Unmatched { revision, objection } => {
            let revision = revision.as_deref();
            let requested = revision.map(|revision| (revision, RequestedAuthn::named_by(&gated, &revision.options)));
            let slug = &address.slug;
            let timeline = validate_for_report(services, slug, requested, gated, &objection, false).await?;
            let rejection = AttemptRejection::new(objection, timeline);
            Err(AttemptRecorder::new(services, &address.team).reject_unmatched(revision, rejection).await)
        }
    }
}

/// A response that an attempt can be completed with, and what it is checked against.
struct CorrelatedResponse {
    gated: GatedResponse,
    /// Whose trust and options count.
    revision: Arc<Revision>,
    /// What it must answer.
    requested: RequestedAuthn,
    /// What is worth a look in how it came.
    note: Option<NewEvent>,
}

/// Completes an attempt with a response, or rejects it.
async fn complete(
    services: &Services,
    address: &SignInTeam,
    attempt: ResponseAttempt,
    response: CorrelatedResponse,
) -> Result<String, SignInError> {
    let is_malleable = response.gated.is_malleable();
    let checked = check_and_issue_code(services, address, &attempt, response).await;
    let completed = match checked {
        // our own fault ends the attempt too: otherwise its page would say that it never returned
        Err(SignInError::Other(error)) => {
            error.log();
            let rejection = AttemptRejection::of_code(FindingCode::Internal);
            Err(AttemptRecorder::new(services, &address.team).reject(&attempt, rejection).await)
        }
        completed => completed,
    };
    if is_malleable { completed.map_err(SignInError::without_reason) } else { completed }
}

async fn check_and_issue_code(
    services: &Services,
    SignInTeam { team, slug, .. }: &SignInTeam,
    attempt: &ResponseAttempt,
    CorrelatedResponse { gated, revision, requested, note }: CorrelatedResponse,
) -> Result<String, SignInError> {
    let recorder = AttemptRecorder::new(services, team);
    let validated = validate(services, slug, &revision, gated, requested, attempt.is_test).await?;
    let Validated { mut timeline, outcome } = validated;
    let assertion = match outcome {
        Ok(assertion) => assertion,
        Err(finding) => return Err(recorder.reject(attempt, AttemptRejection::new(finding, timeline)).await),
    };
    let person = VerifiedPerson::of(&assertion, &revision);
    if let Some(finding) = person.check(team, &revision, attempt, &mut timeline) {
        let rejection = AttemptRejection::new(finding, timeline).with_subject(person.subject());
        return Err(recorder.reject(attempt, rejection).await);
    }
    timeline.events.extend(note);
    issue_code(services, team, slug, attempt, &person, timeline).await
}

/// A response that its attempt cannot be completed with, whatever it says.
async fn reject_attempt(
    services: &Services,
    address: &SignInTeam,
    gated: GatedResponse,
    attempt: Attempt,
    revision: Option<&Revision>,
    objection: Finding,
) -> SignInError {
    let recorder = AttemptRecorder::new(services, &address.team);
    let timeline = async {
        let requested = revision.map(|revision| (revision, RequestedAuthn::from_attempt(&revision.options, &attempt)));
        validate_for_report(services, &address.slug, requested, gated, &objection, attempt.is_test).await
    };
    let rejection = match timeline.await {
        Ok(timeline) => AttemptRejection::new(objection, timeline),
        Err(SignInError::Other(error)) => {
            error.log();
            AttemptRejection::of_code(FindingCode::Internal)
        }
        Err(error) => return error,
    };
    recorder.reject_open(&attempt, rejection).await
}
