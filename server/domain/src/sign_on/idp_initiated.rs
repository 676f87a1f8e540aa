//! Sign-ins that begin at the identity provider: the My Apps tile of a team whose Sign on
//! URL is not filled in.
//!
//! Nothing ties such a response to the browser that brings it, so it may be somebody else's,
//! slipped in (login CSRF). The person is therefore shown who is about to be signed in and
//! asked to go on: the address works once, for a minute, and gives this browser a second
//! code; only the button that sends it makes the session.

use chrono::TimeDelta;
use model::sign_on::Profile;
use model::{EventKind, FindingCode, RevisionState, TeamSlug, TeamStatus};
use saml::authn_request::RequestId;
use store::attempts::{self, Attempt, NextCode, initiated_by};
use store::revisions::{self, Revision};
use store::teams::{self, Team};
use store::{Tx, attempt_events};

use super::complete::{not_known, not_working};
use super::findings::Told;
use super::receive::{Match, revision_of};
use super::refuse::by_relay_state;
use super::timeline::passed;
use super::unknown::refuse_unknown;
use super::{SignOnError, attempt};
use crate::cookies::{self, Cookie};
use crate::{Error, Services, Token, token};

/// How long the page may wait for its button.
const DECISION_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// The page that asks: who, into what, and the code that its button sends.
#[derive(Clone, Debug)]
pub struct Interstitial {
    /// Who is about to be signed in.
    pub profile: Profile,
    /// The name identifier.
    pub name_id: String,
    /// The team's name.
    pub team_name: String,
    /// What the button sends.
    pub code: String,
    /// The `Set-Cookie` value that binds the code to this browser.
    pub cookie: String,
}

/// The attempt for a response that names no request of ours, and the revision to verify it
/// with. Objected to, unless the live revision allows it.
pub(super) async fn unasked(services: &Services, team: &Team, relay_state: Option<&str>) -> Result<Match, SignOnError> {
    let live = revisions::in_state(services.db.connection(), team.team_id(), RevisionState::Live).await?;
    let (status, options) = (team.status()?, live.as_ref().map(Revision::options).transpose()?);
    let is_allowed = status == TeamStatus::Active && options.is_some_and(|options| options.allow_idp_initiated);
    if let (true, Some(live)) = (is_allowed, &live) {
        return Ok((Some(unasked_attempt(services, team, live, relay_state)), Some(live.clone()), None));
    }
    let unsolicited = Told::of(FindingCode::Unsolicited);
    // an answer to a request of ours that leaves out which is told apart by its RelayState
    if let Some(asked) = by_relay_state(services, team, relay_state).await? {
        let revision = revision_of(services, team, &asked).await?;
        return Ok((Some(asked), revision, Some(unsolicited)));
    }
    let told = match (status, &live) {
        (TeamStatus::Active, Some(_)) => unsolicited,
        (TeamStatus::Active, None) => Told::of(FindingCode::NotConfigured),
        _ => Told::not_active(status),
    };
    Ok((None, live, Some(told)))
}

/// Stores the attempt, now that its response was verified and somebody is let in: before,
/// anybody could have sent it, and as many as they liked.
pub(super) async fn begin_unasked(services: &Services, tx: &Tx, attempt: &Attempt) -> Result<(), Error> {
    attempts::insert(tx, attempt.clone()).await?;
    attempt_events::begin(tx, attempt.id, vec![passed(EventKind::Started)], services.now()).await?;
    Ok(())
}

/// Not stored yet. Its request ID was never sent anywhere. `RelayState` is where to go, as
/// administrators may set it in Entra, if that is a place we send people to.
fn unasked_attempt(services: &Services, team: &Team, live: &Revision, relay_state: Option<&str>) -> Attempt {
    let request_id = RequestId::from_random(services.random_bytes());
    Attempt {
        initiated_by: initiated_by::IDP.to_owned(),
        return_to: relay_state.and_then(|to| services.settings.urls.allowed_return(to)),
        event_count: 1,
        ..attempt::new(services, team, Some(live), &request_id)
    }
}

/// Opens the page that asks: gives the code of the address up for one of this browser's.
pub async fn ask(
    services: &Services,
    slug: &str,
    code: &str,
    browser: Option<&str>,
) -> Result<Interstitial, SignOnError> {
    let Ok(known) = slug.parse::<TeamSlug>() else { return Err(refuse_unknown(services, slug)) };
    let Some(team) = teams::by_slug(services.db.connection(), &known).await? else {
        return Err(refuse_unknown(services, slug));
    };
    let tx = services.db.begin().await?;
    let code_hash = token::hash(code);
    let attempt = attempts::by_code(&tx, team.team_id(), &code_hash).await?.filter(is_unasked);
    let Some(attempt) = attempt else { return Err(not_known(services, tx, &team).await) };
    if !attempts::works(&attempt, services.now()) {
        return Err(not_working(services, tx, &team, &attempt).await);
    }
    let browser = browser.and_then(Token::from_browser).unwrap_or_else(|| Token::new(&*services.random));
    let button = Token::new(&*services.random);
    let next = NextCode {
        code_hash: button.hash(),
        expires_at: services.now() + DECISION_LIFETIME,
        browser_hash: browser.hash(),
    };
    if !attempts::exchange_code(&tx, team.team_id(), &code_hash, next).await? {
        // at the same time by another request: it is known no more
        return Err(not_known(services, tx, &team).await);
    }
    store::commit(tx).await?;
    Ok(Interstitial {
        profile: attempt.profile.map(serde_json::from_value).transpose()?.unwrap_or_default(),
        name_id: attempt.name_id.unwrap_or_default(),
        team_name: team.name,
        code: button.reveal().to_owned(),
        cookie: cookies::set(services, Cookie::Browser, &browser, DECISION_LIFETIME),
    })
}

/// Whether the identity provider began this sign-in.
pub(super) fn is_unasked(attempt: &Attempt) -> bool {
    attempt.initiated_by == initiated_by::IDP
}
