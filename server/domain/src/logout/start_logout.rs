//! A person signs out here.

use model::{RevisionState, TeamSlug};
use saml::authn_request::RequestId;
use saml::logout::{LogoutRequest, SessionIndexes};
use store::federated_sessions::UnfinishedSignIns;
use store::people::{self, PersonSession};
use store::sent_logout_requests::{self, SentLogoutRequest};
use store::teams::Team;
use store::{revisions, teams};

use super::LIFETIME;
use super::end_sessions::end_open_attempts;
use super::logout_events::LogoutEvent;
use crate::applications::{SessionSelection, tell_applications};
use crate::name_id::HasNameId as _;
use crate::sign_in::Finding;
use crate::{Error, Services, Token, cached, token};

/// `Reason` of a request that the person made (core §3.7.3).
const BY_USER: &str = "urn:oasis:names:tc:SAML:2.0:logout:user";

/// What came of signing out here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartedLogout {
    /// Whose person it was, if there was a session.
    pub team: Option<TeamSlug>,
    /// Where signing out goes on.
    pub next: LogoutNext,
}

impl StartedLogout {
    const NOBODY: Self = Self { team: None, next: LogoutNext::Done };
}

/// Where signing out goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoutNext {
    /// Nowhere: it was here only.
    Done,
    /// At the identity provider, by this address.
    IdentityProvider(String),
}

/// Ends the session that the cookie carries, and the sign-ins at the same team that this
/// browser has on their way: in another tab they would sign the person in again behind their
/// back. If the team's live revision has a Logout URL, says where to go on, and remembers the
/// request that goes there. `return_to` is where the person goes once the identity provider has answered:
/// an address that the caller has checked.
#[tracing::instrument(skip_all, fields(team = tracing::field::Empty))]
pub async fn start_logout(
    services: &Services,
    cookie: Option<&str>,
    browser: Option<&str>,
    return_to: Option<&str>,
) -> Result<StartedLogout, Error> {
    let Some(cookie) = cookie else { return Ok(StartedLogout::NOBODY) };
    let hash = token::hash(cookie);
    let tx = services.db.begin().await?;
    let Some(session) = people::session(&tx, &hash, services.now()).await? else { return Ok(StartedLogout::NOBODY) };
    let Some(team) = teams::by_id(&tx, session.team_id).await? else { return Ok(StartedLogout::NOBODY) };
    tracing::Span::current().record("team", team.slug.as_str());
    if let Some(browser) = browser {
        let own = UnfinishedSignIns::ByBrowser(&token::hash(browser));
        end_open_attempts(services, &tx, &team, own, &Finding::signed_out_here()).await?;
    }
    people::delete_session(&tx, &hash).await?;
    tell_applications(services, &tx, SessionSelection::These(&[hash])).await?;
    store::commit(tx).await?;
    // the session has ended whatever comes of the rest
    let next = request_logout(services, &session, &team, return_to).await.unwrap_or_else(|error| {
        error.log();
        LogoutNext::Done
    });
    Ok(StartedLogout { team: Some(team.slug.clone()), next })
}

async fn request_logout(
    services: &Services,
    session: &PersonSession,
    team: &Team,
    return_to: Option<&str>,
) -> Result<LogoutNext, Error> {
    let db = services.db.connection();
    let live = revisions::in_state(db, team.team_id(), RevisionState::Live).await?;
    let Some(live) = live else { return Ok(LogoutNext::Done) };
    let Some(destination) = live.idp.and_then(|idp| idp.slo_url) else { return Ok(LogoutNext::Done) };
    let signer = cached::signer(services, team.team_id(), &live.options).await?;
    let id = RequestId::from_random(services.random_bytes());
    let relay_state = Token::new(&*services.random);
    let now = services.now();
    let session_indexes: Vec<_> =
        SessionIndexes::from_lines(session.session_index.as_deref()).iter().map(str::to_owned).collect();
    let issuer = team.slug.clone();
    let request = LogoutRequest {
        id: &id,
        issuer: issuer.as_str(),
        destination: &destination,
        issue_instant: now,
        not_on_or_after: Some(now + LIFETIME),
        reason: Some(BY_USER),
        name_id: &session.name_id(),
        session_indexes: &session_indexes,
    };
    let location = request.redirect_url(relay_state.reveal(), signer.as_deref())?;
    let logout = SentLogoutRequest {
        request_id: id.to_string(),
        team_id: team.id,
        revision_id: live.id,
        relay_state_hash: relay_state.hash(),
        expires_at: now + LIFETIME,
        return_to: return_to.map(str::to_owned),
        attempt_id: session.attempt_id,
    };
    sent_logout_requests::insert(&services.db.autocommit(), logout).await?;
    LogoutEvent::sent(&destination).record(services, team, session.attempt_id).await;
    tracing::info!(team = team.slug.as_str(), "signing out at the identity provider");
    Ok(LogoutNext::IdentityProvider(location.to_string()))
}
