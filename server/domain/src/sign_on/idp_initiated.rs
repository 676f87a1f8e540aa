//! Sign-ins that begin at the identity provider: the My Apps tile of a team whose Sign on
//! URL is not filled in.
//!
//! Nothing ties such a response to the browser that brings it, so it may be somebody else's,
//! slipped in (login CSRF). The person is therefore shown who is about to be signed in and
//! asked to go on: the address works once, for a minute, and gives this browser a second
//! code; only the button that sends it makes the session.

use model::{EventKind, FindingCode, RevisionState, TeamStatus};
use saml::authn_request::RequestId;
use store::attempts::{self, Attempt, InitiatedBy};
use store::revisions::{self, Revision};
use store::teams::Team;
use store::{Tx, attempt_events};

use super::complete::{is_signed_out, not_known, not_working};
use super::findings::Told;
use super::question::{Interstitial, Visitor, question, somebody_else};
use super::receive::{Match, revision_of};
use super::refuse::by_relay_state;
use super::timeline::passed;
use super::unknown::refuse_unknown;
use super::{SignOnError, attempt, team_of};
use crate::{Error, Services, token};

/// The attempt for a response that names no request of ours, and the revision to verify it
/// with. Objected to, unless the live revision allows it.
pub(super) async fn unasked(services: &Services, team: &Team, relay_state: Option<&str>) -> Result<Match, SignOnError> {
    let live = revisions::in_state(services.db.connection(), team.team_id(), RevisionState::Live).await?;
    let (status, options) = (team.status, live.as_ref().map(|live| live.options.clone()));
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
    attempt_events::insert_first(tx, attempt.id, vec![passed(EventKind::Started)], services.now()).await?;
    Ok(())
}

/// Not stored yet. Its request ID was never sent anywhere. `RelayState` is where to go, as
/// administrators may set it in Entra, if that is a place we send people to.
fn unasked_attempt(services: &Services, team: &Team, live: &Revision, relay_state: Option<&str>) -> Attempt {
    let request_id = RequestId::from_random(services.random_bytes());
    Attempt {
        initiated_by: InitiatedBy::Idp,
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
    visitor: &Visitor<'_>,
) -> Result<Interstitial, SignOnError> {
    let Some((team, _)) = team_of(services, slug).await? else { return Err(refuse_unknown(services, slug)) };
    let tx = services.db.begin().await?;
    let attempt = attempts::by_code(&tx, team.team_id(), &token::hash(code)).await?;
    let Some(attempt) = attempt.filter(|attempt| is_unasked(attempt) && !attempt.awaits_answer) else {
        return Err(not_known(services, tx, &team).await);
    };
    if is_signed_out(&attempt) || !attempt.is_code_usable(services.now()) {
        return Err(not_working(services, tx, &team, &attempt).await);
    }
    let instead_of = somebody_else(services, &tx, &team, &attempt, visitor).await?;
    let Some(asked) = question(services, &tx, &team, &attempt, visitor.browser, instead_of).await? else {
        // at the same time by another request: it is known no more
        return Err(not_known(services, tx, &team).await);
    };
    store::commit(tx).await?;
    Ok(asked)
}

/// Whether the identity provider began this sign-in.
pub(super) fn is_unasked(attempt: &Attempt) -> bool {
    attempt.initiated_by == InitiatedBy::Idp
}
