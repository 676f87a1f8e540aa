//! Logout messages that identity providers send to a team's logout address.

use model::{RevisionState, TeamSlug, Timestamp};
use saml::authn_request::RequestId;
pub use saml::bindings::MessageKind;
use saml::logout::{ExpectedLogoutMessage, LogoutMessage, LogoutResponse, LogoutStatus, ReceivedLogoutRequest};
use store::revisions::{self, Revision};
use store::sent_logout_requests::{self, SentLogoutRequest};
use store::teams::{self, Team};
use store::{ConnectionTrait, consumed_assertions, members};

use super::end_sessions::{LogoutSubject, SessionsOf, end_sessions};
use super::logout_events::LogoutEvent;
use super::{LIFETIME, LogoutError};
use crate::remembered_logouts::remember_logout;
use crate::row_budget::{BudgetOwner, RowKind};
use crate::sign_in::Finding;
use crate::{Actor, Error, Services, cached, token};

/// The binding by which a message came, with the message (SAML bindings §3.4 and §3.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// By HTTP-Redirect: the raw query.
    Redirect(String),
    /// By HTTP-POST: the form's fields.
    Post(PostedMessage),
}

/// What a posted message's form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedMessage {
    /// `SAMLRequest` or `SAMLResponse`.
    pub kind: MessageKind,
    /// Its value.
    pub message: String,
    /// `RelayState`.
    pub relay_state: Option<String>,
}

/// What came of a message: where the browser goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoutOutcome {
    /// Our own sign-out is over.
    SignedOut {
        /// Where an application wants the person, if one asked for the sign-out.
        return_to: Option<String>,
        /// Whether the identity provider says that the person is signed out there, too.
        confirmed: bool,
    },
    /// The identity provider's sign-out was done here: its answer.
    Respond(String),
    /// Done as well, but the team has no address to answer to.
    Unanswered,
}

/// Acts upon a message to a team's logout address, once it is verified to come from the
/// team's identity provider.
///
/// The team comes from the address, never from the document.
#[tracing::instrument(skip_all, fields(team = slug))]
pub async fn receive_logout_message(
    services: &Services,
    slug: &str,
    message: Binding,
) -> Result<LogoutOutcome, LogoutError> {
    let db = services.db.connection();
    let team = teams::by_slug_text(db, slug).await?.ok_or(LogoutError::NotFound)?;
    let request = own_request(services, &team, message.relay_state()).await?;
    // also for an answer to a request of an older revision: what was replaced is out of use
    let revision = live(db, &team).await?.ok_or(LogoutError::NotFound)?;
    let verified = verify(services, &team.slug, &revision, request.as_ref(), message).await;
    let attempt = request.as_ref().and_then(|request| request.attempt_id);
    if let Err(LogoutError::Refused(reason)) = &verified {
        LogoutEvent::refused(reason).record(services, &team, attempt).await;
    }
    match verified? {
        LogoutMessage::Response(response) => {
            if !sent_logout_requests::consume(&services.db.autocommit(), team.team_id(), &response.in_response_to)
                .await?
            {
                return Err(LogoutError::Repeated);
            }
            let answer = LogoutEvent::answered(&response.status, response.is_success());
            answer.record(services, &team, attempt).await;
            let return_to = request.and_then(|request| request.return_to);
            Ok(LogoutOutcome::SignedOut { return_to, confirmed: response.is_success() })
        }
        LogoutMessage::Request(request) => {
            end_sessions_of_request(services, &team, &revision, &request).await?;
            respond(services, &team, &revision, &request).await
        }
    }
}

impl Binding {
    fn relay_state(&self) -> Option<String> {
        match self {
            Self::Redirect(query) => {
                let mut fields = url::form_urlencoded::parse(query.as_bytes());
                fields.find(|(name, _)| name == "RelayState").map(|(_, value)| value.into_owned())
            }
            Self::Post(posted) => posted.relay_state.clone(),
        }
    }
}

/// The request of ours that a message may answer: found by the RelayState that only this
/// browser and the identity provider know.
async fn own_request(
    services: &Services,
    team: &Team,
    relay_state: Option<String>,
) -> Result<Option<SentLogoutRequest>, LogoutError> {
    let Some(relay_state) = relay_state else { return Ok(None) };
    let hash = token::hash(&relay_state);
    let db = services.db.connection();
    Ok(sent_logout_requests::by_relay_state(db, team.team_id(), &hash, services.now()).await?)
}

async fn verify(
    services: &Services,
    slug: &TeamSlug,
    revision: &Revision,
    request: Option<&SentLogoutRequest>,
    message: Binding,
) -> Result<LogoutMessage, LogoutError> {
    let certificates = cached::certificates(services, services.db.connection(), revision).await?;
    let idp = revision.idp.clone().ok_or(LogoutError::NotFound)?;
    let endpoints = services.settings.urls.endpoints(slug);
    let in_response_to = request.map(|logout| logout.request_id.clone());
    let policy = services.settings.saml;
    let now = services.now();
    let read = services.spawn_blocking_limited(move || {
        let trust = policy.trust(&idp.entity_id, &certificates, &[]);
        let in_response_to = in_response_to.as_deref();
        let expected =
            ExpectedLogoutMessage { slo_url: &endpoints.logout_url, in_response_to, clock_skew: policy.clock_skew };
        match &message {
            Binding::Redirect(query) => LogoutMessage::from_redirect(query, &trust, &expected, now),
            Binding::Post(PostedMessage { kind, message, relay_state }) => {
                LogoutMessage::from_post(*kind, message, relay_state.as_deref(), &trust, &expected, now)
            }
        }
    });
    Ok(read.await.map_err(Error::from)??)
}

/// Ends all sessions of the person, once for each request: repeated later it would end sessions
/// that began since. Those that would begin late because their assertion was overtaken are
/// refused when that comes.
async fn end_sessions_of_request(
    services: &Services,
    team: &Team,
    verified_with: &Revision,
    request: &ReceivedLogoutRequest,
) -> Result<(), LogoutError> {
    let id = team.team_id();
    let tx = services.db.begin().await?;
    members::lock(&tx, id).await?;
    let live = live(&tx, team).await?;
    let idp = live.filter(|live| live.id == verified_with.id).and_then(|live| live.idp.clone());
    let idp = idp.ok_or(LogoutError::Overtaken)?;
    let hash = token::hash(&format!("LogoutRequest {}", request.id));
    if !consumed_assertions::consume(&tx, id, &hash, replay_guard_until(services)).await? {
        return Err(LogoutError::Repeated);
    }
    // after the replay guard: whoever repeats one request must not use up what others need
    let is_remembered = services.charge(RowKind::RememberedLogout, 1, &[BudgetOwner::Team(id)]).is_ok();
    let sessions = SessionsOf::Subject(LogoutSubject {
        name_id: &request.name_id,
        session_indexes: &request.session_indexes,
        idp_entity_id: &idp.entity_id,
    });
    let why = Finding::signed_out(request.issue_instant);
    let ended = end_sessions(services, &tx, &Actor::portal(), team, sessions, &why).await?;
    if is_remembered {
        remember_logout(services, &tx, team, request, ended.session_indexes, replay_guard_until(services)).await?;
    } else {
        tracing::warn!(
            team = team.slug.as_str(),
            "more logouts than are remembered: what comes late of this one is let in"
        );
    }
    store::commit(tx).await?;
    tracing::info!(team = team.slug.as_str(), ended = ended.count, "signed out by the identity provider");
    Ok(())
}

/// When a request that came now will not be accepted any more: its ID may be forgotten.
fn replay_guard_until(services: &Services) -> Timestamp {
    services.now() + LIFETIME + services.settings.saml.clock_skew * 2
}

async fn live(db: &impl ConnectionTrait, team: &Team) -> Result<Option<Revision>, store::Error> {
    revisions::in_state(db, team.team_id(), RevisionState::Live).await
}

/// The answer, by the same live revision that the request was verified with.
async fn respond(
    services: &Services,
    team: &Team,
    live: &Revision,
    request: &ReceivedLogoutRequest,
) -> Result<LogoutOutcome, LogoutError> {
    let Some(destination) = live.idp.clone().and_then(|idp| idp.slo_url) else { return Ok(LogoutOutcome::Unanswered) };
    let options = live.options.clone();
    let signer = cached::signer(services, team.team_id(), &options).await?;
    let issuer = team.slug.clone();
    let response = LogoutResponse {
        id: &RequestId::from_random(services.random_bytes()),
        issuer: issuer.as_str(),
        destination: &destination,
        issue_instant: services.now(),
        in_response_to: &request.id,
        status: LogoutStatus::Success,
    };
    let relay_state = request.relay_state.as_deref().unwrap_or_default();
    match response.redirect_url(relay_state, signer.as_deref()) {
        Ok(location) => Ok(LogoutOutcome::Respond(location.into())),
        // the person is signed out here whatever the address is like
        Err(error) if error.is_destination_error() => Ok(LogoutOutcome::Unanswered),
        Err(error) => Err(Error::from(error).into()),
    }
}
