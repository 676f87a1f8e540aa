//! Which attempt a response belongs to, decided before anything in it is verified: the one whose
//! request it names (SAML core §3.2.2, `InResponseTo`), or none, where the identity provider
//! began (profiles §4.1.5, unsolicited responses).

use std::sync::Arc;

use model::{FindingCode, FindingValue, Reference, TeamStatus};
use saml::authn_request::RequestId;
use saml::response::GatedResponse;
use store::attempts::{self, Attempt, AttemptStatus, InitiatedBy};
use store::revisions::Revision;
use store::teams::Team;

use super::attempt::{BrowserBinding, ended_by, new_attempt};
use super::finding::Finding;
use super::team::SignInTeam;
use super::{ATTEMPT_LIFETIME, SignInError};
use crate::{Services, cached, token};

/// What a response belongs to, with the revision to verify it with.
#[derive(Debug)]
pub(super) enum Correlation {
    /// It answers the request of an open attempt.
    SpInitiated { attempt: Attempt, revision: Arc<Revision> },
    /// The identity provider began, which the live revision allows. The attempt is not stored
    /// before the response is verified: anybody can send one, and as many as they like.
    IdpInitiated { attempt: Attempt, revision: Arc<Revision> },
    /// It belongs to an open attempt that it cannot complete. It is validated nevertheless, so that the report
    /// shows every problem at once.
    NotCompletable { attempt: Attempt, revision: Option<Arc<Revision>>, objection: Finding },
    /// It answers a request of another team.
    OfOtherTeam { began: Attempt },
    /// It belongs to no open attempt. Verified for the same reason.
    Unmatched { revision: Option<Arc<Revision>>, objection: Finding },
}

/// Finds out what a response belongs to; the attempt whose request it names has been looked for.
pub(super) async fn correlate(
    services: &Services,
    address: &SignInTeam,
    asked: Option<Attempt>,
    gated: &GatedResponse,
    relay_state: Option<&str>,
) -> Result<Correlation, SignInError> {
    match gated.in_response_to() {
        Some(request_id) => by_request_id(services, address, asked, request_id, relay_state).await,
        None => unsolicited(services, address, relay_state).await,
    }
}

/// The open attempt with a RelayState, which only its browser and the identity provider know.
pub(super) async fn by_relay_state(
    services: &Services,
    team: &Team,
    relay_state: Option<&str>,
) -> Result<Option<Attempt>, SignInError> {
    let Some(hash) = relay_state.map(token::hash) else { return Ok(None) };
    let attempt = attempts::by_relay_state(services.db.connection(), team.team_id(), &hash).await?;
    Ok(attempt.filter(|attempt| attempt.status == AttemptStatus::Open))
}

/// The response says which request it answers. An attempt that the identity provider began, or
/// that only records an unmatched response, never sent a request that could be answered.
async fn by_request_id(
    services: &Services,
    address: &SignInTeam,
    asked: Option<Attempt>,
    request_id: &str,
    relay_state: Option<&str>,
) -> Result<Correlation, SignInError> {
    let team = &address.team;
    let Some(attempt) = asked.filter(|attempt| attempt.initiated_by == InitiatedBy::Sp) else {
        return without_request(services, address, request_id, relay_state).await;
    };
    let revision = revision_of(services, team, &attempt).await?;
    if let Some(objection) = is_over(&attempt) {
        return Ok(Correlation::Unmatched { revision, objection });
    }
    Ok(match (objection_to(services, team, &attempt), revision) {
        (None, Some(revision)) => Correlation::SpInitiated { attempt, revision },
        (objection, revision) => {
            let objection = objection.unwrap_or(Finding::new(FindingCode::NotConfigured));
            Correlation::NotCompletable { attempt, revision, objection }
        }
    })
}

/// The response names a request that is none of this team's. What does not look like one of ours was
/// never sent by us: identity providers that begin by themselves put their own words there, although a
/// response that nobody asked for must not name any (profiles §4.1.5). Those that write them into the
/// answer to a request, too, are told by its RelayState.
async fn without_request(
    services: &Services,
    address: &SignInTeam,
    request_id: &str,
    relay_state: Option<&str>,
) -> Result<Correlation, SignInError> {
    let began = attempts::by_request_id_of_any_team(services.db.connection(), request_id).await?;
    if let Some(began) = began.filter(|began| began.team_id != address.team.id) {
        return Ok(Correlation::OfOtherTeam { began });
    }
    let is_one_of_ours = RequestId::has_form(request_id);
    if !is_one_of_ours && let Some(attempt) = by_relay_state(services, &address.team, relay_state).await? {
        return without_its_request(services, address, attempt, Some(request_id)).await;
    }
    let code = if is_one_of_ours { FindingCode::RequestUnknown } else { FindingCode::IdpInitiatedResponse };
    let (expected, actual) = (Some(FindingValue::RequestOfThisTeam), Some(FindingValue::text(request_id)));
    let revision = address.live_revision(services).await?;
    Ok(Correlation::Unmatched { revision, objection: Finding { code, expected, actual } })
}

/// The response names no request. It is allowed where the live revision of an active team says
/// so; an answer that leaves out which request it answers is recognised by its RelayState.
async fn unsolicited(
    services: &Services,
    address: &SignInTeam,
    relay_state: Option<&str>,
) -> Result<Correlation, SignInError> {
    let (team, live) = (&address.team, address.live_revision(services).await?);
    let (status, options) = (team.status, live.as_ref().map(|live| live.options.clone()));
    let is_allowed = status == TeamStatus::Active && options.is_some_and(|options| options.allow_idp_initiated);
    let revision = match live {
        Some(revision) if is_allowed => {
            let attempt = idp_initiated_attempt(services, team, &revision, relay_state);
            return Ok(Correlation::IdpInitiated { attempt, revision });
        }
        live => live,
    };
    if let Some(attempt) = by_relay_state(services, team, relay_state).await? {
        return without_its_request(services, address, attempt, None).await;
    }
    let objection = match (status, &revision) {
        (TeamStatus::Active, Some(_)) => Finding::new(FindingCode::Unsolicited),
        (TeamStatus::Active, None) => Finding::new(FindingCode::NotConfigured),
        _ => Finding::team_not_active(status),
    };
    Ok(Correlation::Unmatched { revision, objection })
}

/// The answer to a request of ours that does not name it, but nothing or something else.
async fn without_its_request(
    services: &Services,
    address: &SignInTeam,
    attempt: Attempt,
    named: Option<&str>,
) -> Result<Correlation, SignInError> {
    let revision = revision_of(services, &address.team, &attempt).await?;
    let code = FindingCode::InResponseToMissing;
    let (expected, actual) = (Some(FindingValue::text(&attempt.request_id)), named.map(FindingValue::text));
    Ok(Correlation::NotCompletable { attempt, revision, objection: Finding { code, expected, actual } })
}

/// Its request ID was never sent anywhere. `RelayState` is where to go afterwards, as
/// administrators may set it in Entra, if it is an address that we send people to.
fn idp_initiated_attempt(services: &Services, team: &Team, live: &Revision, relay_state: Option<&str>) -> Attempt {
    let request_id = RequestId::from_random(services.random_bytes());
    Attempt {
        initiated_by: InitiatedBy::Idp,
        return_to: relay_state.and_then(|to| services.settings.urls.allowed_return_url(to)),
        event_count: 1,
        ..new_attempt(services, team, Some(live), &request_id, BrowserBinding::unknown(services))
    }
}

/// The revision that an attempt began with.
async fn revision_of(
    services: &Services,
    team: &Team,
    attempt: &Attempt,
) -> Result<Option<Arc<Revision>>, SignInError> {
    let Some(revision) = attempt.revision_id else { return Ok(None) };
    Ok(cached::revision(services, team.team_id(), revision).await?)
}

/// Why an attempt takes no response any more.
fn is_over(attempt: &Attempt) -> Option<Finding> {
    if let Some(code) = ended_by(attempt) {
        let [expected, actual] = attempt.finding_values();
        return Some(Finding { code, expected, actual });
    }
    let answered = FindingValue::AnswerToRequestOf(Reference::from_stored(attempt.reference.clone()));
    (attempt.status != AttemptStatus::Open).then_some(Finding::with_actual(FindingCode::Replayed, answered))
}

/// Why an open attempt cannot be completed.
fn objection_to(services: &Services, team: &Team, attempt: &Attempt) -> Option<Finding> {
    let now = services.now();
    if attempt.expires_at <= now {
        let late = FindingValue::SecondsAfterRequest((now - attempt.created_at).num_seconds());
        let expected = Some(FindingValue::WithinMinutes(ATTEMPT_LIFETIME.num_minutes()));
        return Some(Finding { code: FindingCode::RequestExpired, expected, actual: Some(late) });
    }
    let status = team.status;
    let is_closed = status != TeamStatus::Active && (!attempt.is_test || status == TeamStatus::Suspended);
    is_closed.then(|| Finding::team_not_active(status))
}
