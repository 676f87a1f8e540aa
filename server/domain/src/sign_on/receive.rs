//! The Reply URL: a response comes in, and is believed only after every check.

use model::{EventKind, FindingCode, RevisionState, TeamSlug, TeamStatus};
use saml::response::{Expected, GatedResponse, RESPONSE_LIMIT, Trust, VerifiedAssertion};
use store::attempts::{self, Attempt, AttemptStatus, InitiatedBy};
use store::revisions::{self, Revision};
use store::teams::Team;
use tokio::time::{Duration, Instant, sleep_until};

use super::accept::accept;
use super::complete::is_signed_out;
use super::demands::Demands;
use super::evidence::Evidence;
use super::findings::{Told, told};
use super::idp_initiated::unasked;
use super::refuse::{Refusing, by_relay_state, refuse, refuse_stray};
use super::timeline::{Record, failed, passed};
use super::unknown::refuse_unknown;
use super::{SignOnError, team_of};
use crate::{Services, cache};

/// An encrypted response is refused after this time, whatever was wrong and however long it
/// took to find out: the clock must not tell which step of the decryption failed.
const REFUSAL_OF_ENCRYPTED: Duration = Duration::from_millis(100);

/// What was sent to a Reply URL.
#[derive(Clone, Debug)]
pub enum Posted {
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
    /// A form without a response, such as the one of another protocol.
    Nothing,
    /// More than is read.
    TooLarge,
}

/// Verifies a response that was sent to a team's Reply URL, provisions its person, and
/// answers with the address on the account host that redeems the one-time code.
///
/// The team comes from the address, never from the document.
pub async fn receive(services: &Services, slug: &str, posted: Posted) -> Result<String, SignOnError> {
    let started = Instant::now();
    let Some((team, known)) = team_of(services, slug).await? else { return Err(refuse_unknown(services, slug)) };
    let (form_value, relay_state) = match posted {
        Posted::Form { saml_response, relay_state } => (saml_response, relay_state),
        Posted::Query { saml_response, relay_state } => {
            let told = Told::of(FindingCode::ResponseInQuery);
            return Err(unread(services, &team, relay_state.as_deref(), told, Some(&saml_response)).await);
        }
        Posted::Nothing => {
            let told = Told { expected: Some("SAMLResponse".to_owned()), ..Told::of(FindingCode::ResponseMissing) };
            return Err(unread(services, &team, None, told, None).await);
        }
        Posted::TooLarge => {
            let told =
                Told { expected: Some(format!("at most {RESPONSE_LIMIT} bytes")), ..Told::of(FindingCode::TooLarge) };
            return Err(unread(services, &team, None, told, None).await);
        }
    };
    let decode = move || (GatedResponse::decode(&form_value), form_value);
    let (gated, form_value) = services.on_a_core(decode).await?;
    let gated = match gated {
        Ok(gated) => gated,
        Err(rejection) => {
            let told = told(&rejection, &Evidence::none());
            return Err(unread(services, &team, relay_state.as_deref(), told, Some(&form_value)).await);
        }
    };
    let is_encrypted = gated.is_encrypted();
    let received = examine(services, &known, &team, gated, relay_state.as_deref()).await;
    if is_encrypted && received.is_err() {
        sleep_until(started + REFUSAL_OF_ENCRYPTED).await;
    }
    received
}

/// A response that cannot be read, or may not be.
async fn unread(
    services: &Services,
    team: &Team,
    relay_state: Option<&str>,
    told: Told,
    form_value: Option<&str>,
) -> SignOnError {
    let record = match form_value {
        Some(value) => Record::of_response(saml::response::received(value)),
        None => Record::of(passed(EventKind::ResponseReceived)),
    };
    let refusing = Refusing::of(told, record);
    match by_relay_state(services, team, relay_state).await {
        Ok(Some(attempt)) => refuse(services, team, &attempt, refusing).await,
        Ok(None) => refuse_stray(services, team, None, refusing).await,
        Err(error) => error.into(),
    }
}

async fn examine(
    services: &Services,
    slug: &TeamSlug,
    team: &Team,
    gated: GatedResponse,
    relay_state: Option<&str>,
) -> Result<String, SignOnError> {
    let matched = match gated.in_response_to() {
        Some(request_id) => asked_for(services, team, request_id).await?,
        None => unasked(services, team, relay_state).await?,
    };
    let attempt = matched.0.clone();
    // what is objected to whatever the message says tells nothing about what is inside
    let is_levelled = gated.is_malleable() && matched.2.is_none();
    let judged = match (Box::pin(judge(services, slug, team, gated, matched)).await, attempt) {
        // our own fault ends the attempt too: otherwise it would be said not to have returned
        (Err(SignOnError::Internal(error)), Some(attempt)) => {
            error.log();
            let refusing = Refusing::of(Told::of(FindingCode::Internal), Record::default());
            Err(refuse(services, team, &attempt, refusing).await)
        }
        (judged, _) => judged,
    };
    if is_levelled { judged.map_err(SignOnError::levelled) } else { judged }
}

async fn judge(
    services: &Services,
    slug: &TeamSlug,
    team: &Team,
    gated: GatedResponse,
    (attempt, revision, objection): Match,
) -> Result<String, SignOnError> {
    let mut record = Record::of_response(gated.xml().to_owned());
    record.add(match &objection {
        None => passed(EventKind::RequestKnown),
        Some(told) => failed(EventKind::RequestKnown, told.clone(), false),
    });
    let examined = match &revision {
        Some(revision) => verify(services, slug, revision, gated, attempt.as_ref(), &mut record).await?,
        None => Err(Told::of(FindingCode::NotConfigured)),
    };
    match (attempt, revision, objection, examined) {
        (Some(attempt), Some(revision), None, Ok(assertion)) => {
            accept(services, team, slug, &revision, attempt, &assertion, record).await
        }
        // all checks were made, so that all that is wrong is seen at once
        (Some(attempt), _, objection, examined) => {
            let told = objection.or_else(|| examined.err()).unwrap_or(Told::of(FindingCode::Internal));
            Err(refuse(services, team, &attempt, Refusing::of(told, record)).await)
        }
        (None, revision, objection, examined) => {
            let told = objection.or_else(|| examined.err()).unwrap_or(Told::of(FindingCode::Internal));
            Err(refuse_stray(services, team, revision.as_ref(), Refusing::of(told, record)).await)
        }
    }
}

/// The open attempt that a response belongs to, the revision to look at it with, and what
/// speaks against taking it whatever it says.
pub(super) type Match = (Option<Attempt>, Option<Revision>, Option<Told>);

/// The match of a response that says which request it answers. An attempt that the identity
/// provider began, or that was refused when it came, never sent a request that could be
/// answered.
async fn asked_for(services: &Services, team: &Team, request_id: &str) -> Result<Match, SignOnError> {
    let db = services.db.connection();
    let found = attempts::by_request_id(db, team.team_id(), request_id).await?.filter(is_asked);
    let Some(attempt) = found else {
        let live = revisions::in_state(db, team.team_id(), RevisionState::Live).await?;
        let is_foreign = attempts::is_known_request(db, request_id).await?;
        let code = if is_foreign { FindingCode::RequestForeign } else { FindingCode::RequestUnknown };
        let expected = Some("the ID of a request that this team sent".to_owned());
        return Ok((None, live, Some(Told { code, expected, actual: Some(request_id.to_owned()) })));
    };
    let revision = revision_of(services, team, &attempt).await?;
    if is_signed_out(&attempt) {
        let (expected, actual) = (attempt.expected.clone(), attempt.actual.clone());
        return Ok((None, revision, Some(Told { code: FindingCode::SignedOut, expected, actual })));
    }
    if attempt.status != AttemptStatus::Open {
        let actual = Some(format!("the answer to the request of {}", attempt.reference));
        return Ok((None, revision, Some(Told { actual, ..Told::of(FindingCode::Replayed) })));
    }
    let objection = objection(services, team, &attempt);
    Ok((Some(attempt), revision, objection))
}

/// The revision that an attempt began with.
pub(super) async fn revision_of(
    services: &Services,
    team: &Team,
    attempt: &Attempt,
) -> Result<Option<Revision>, SignOnError> {
    let Some(revision) = attempt.revision_id else { return Ok(None) };
    Ok(revisions::by_id(services.db.connection(), team.team_id(), revision).await?)
}

fn is_asked(attempt: &Attempt) -> bool {
    attempt.initiated_by == InitiatedBy::Sp
}

fn objection(services: &Services, team: &Team, attempt: &Attempt) -> Option<Told> {
    let now = services.now();
    if attempt.expires_at <= now {
        let late = format!("{} seconds after the request", (now - attempt.created_at).num_seconds());
        let expected = Some(format!("within {} minutes", super::ATTEMPT_LIFETIME.num_minutes()));
        return Some(Told { code: FindingCode::RequestExpired, expected, actual: Some(late) });
    }
    let status = team.status;
    let is_closed = status != TeamStatus::Active && (!attempt.is_test || status == TeamStatus::Suspended);
    is_closed.then(|| Told::not_active(status))
}

/// Asks every question, writes each answer down, and hands on the assertion or the first
/// failure.
async fn verify(
    services: &Services,
    slug: &TeamSlug,
    revision: &Revision,
    gated: GatedResponse,
    attempt: Option<&Attempt>,
    record: &mut Record,
) -> Result<Result<VerifiedAssertion, Told>, SignOnError> {
    let certificates = cache::certificates(services, services.db.connection(), revision).await?;
    let Some(idp) = revision.idp.clone() else { return Ok(Err(Told::of(FindingCode::NotConfigured))) };
    let endpoints = services.settings.urls.endpoints(slug);
    let keys = if gated.is_encrypted() { cache::keys(services, revision.team_id).await? } else { Vec::new() };
    let (policy, now) = (services.settings.saml, services.now());
    let demands = Demands::of(&revision.options, &gated, attempt, now);
    let second_opinion = policy.second_opinion.is_asked(attempt.is_some_and(|attempt| attempt.is_test));
    let work = move || {
        let trust = Trust { second_opinion, ..policy.trust(&idp.entity_id, &certificates, &keys) };
        let expected = Expected {
            sp_entity_id: &endpoints.identifier,
            acs_url: &endpoints.reply_url,
            request: demands.request(),
            authn: demands.authn(),
            clock_skew: policy.clock_skew,
        };
        let verification = gated.examine(&trust, &expected, now);
        let mut checks = Record::default();
        let evidence = Evidence::of(&gated, &certificates, &keys);
        checks.add_checks(&verification.checks, &evidence);
        if let Some(signed_by) = &verification.signed_by {
            checks.add_proof(signed_by, &evidence, now);
        }
        let outcome = verification.outcome.map_err(|rejection| told(&rejection, &evidence));
        (checks.events, outcome)
    };
    let (events, outcome) = services.on_a_core(work).await?;
    record.events.extend(events);
    Ok(outcome)
}
