//! Logout requests are remembered: an assertion that arrives after the logout that it is covered
//! by begins no session (core §3.7.3.2).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use model::Timestamp;
use saml::logout::{NameId, ReceivedLogoutRequest, SessionIndexes};
use store::attempts::{Attempt, InitiatedBy};
use store::received_logouts::{self, ReceivedLogout};
use store::teams::Team;
use store::{ConnectionTrait, Tx};

use crate::name_id::HasNameId as _;
use crate::{Error, Services};

/// No logout is remembered longer, whatever it says of its end.
const MAX_TIME: TimeDelta = TimeDelta::hours(24);
/// Nor more of a team than these.
const MAX_PER_TEAM: u64 = 5_000;

/// Remembers a request for the sessions that it names; if it names none, for all that began
/// before, and for those that were there by their names, too. It is remembered until `least` at the
/// least: an assertion that was made before is taken for so long, which may be past the request's end.
pub(crate) async fn remember_logout(
    services: &Services,
    tx: &Tx,
    team: &Team,
    request: &ReceivedLogoutRequest,
    ended: BTreeSet<String>,
    least: Timestamp,
) -> Result<(), Error> {
    let now = services.now();
    let wanted = request.not_on_or_after.unwrap_or(least).min(now + MAX_TIME);
    let remembered = |session_index| ReceivedLogout {
        id: services.uuid(),
        team_id: team.id,
        name_id: request.name_id.value.clone(),
        name_id_format: request.name_id.format.clone(),
        name_qualifier: request.name_id.name_qualifier.clone(),
        sp_name_qualifier: request.name_id.sp_name_qualifier.clone(),
        session_index,
        issued_at: request.issue_instant,
        received_at: now,
        expires_at: wanted.max(least),
    };
    let logouts = if request.session_indexes.is_empty() {
        std::iter::once(None).chain(ended.into_iter().map(Some)).map(remembered).collect()
    } else {
        let named: BTreeSet<_> = request.session_indexes.iter().cloned().collect();
        named.into_iter().map(|index| remembered(Some(index))).collect()
    };
    Ok(received_logouts::insert(tx, team.team_id(), logouts, MAX_PER_TEAM).await?)
}

/// What an assertion says of the session that it begins.
#[derive(Clone, Debug)]
pub(crate) struct AssertedSession {
    /// Who it was.
    pub(crate) name_id: NameId,
    /// The identity provider's names of the session.
    pub(crate) session_indexes: SessionIndexes,
    /// When the assertion was made.
    pub(crate) issued_at: Timestamp,
    /// When the person proved who they are.
    pub(crate) authenticated_at: Option<Timestamp>,
}

/// The logout, if one is remembered, that is about a sign-in: when it was asked for.
pub(crate) async fn find_remembered_logout(
    services: &Services,
    db: &impl ConnectionTrait,
    team: &Team,
    idp_entity_id: &str,
    attempt: &Attempt,
    asserted: &AssertedSession,
) -> Result<Option<Timestamp>, Error> {
    let about = received_logouts::find_by_name_id(db, team.team_id(), &asserted.name_id.value, services.now()).await?;
    let ending = about.iter().find(|logout| {
        logout.name_id().matches(&asserted.name_id, idp_entity_id, team.slug.as_str())
            && is_of(logout, attempt, asserted)
    });
    Ok(ending.map(|logout| logout.issued_at))
}

fn is_of(logout: &ReceivedLogout, attempt: &Attempt, asserted: &AssertedSession) -> bool {
    match &logout.session_index {
        Some(index) => asserted.session_indexes.contains(index),
        None => began_before(logout, attempt, asserted),
    }
}

/// Whether a session that is not named began before the logout. Somebody who signs out and in
/// again at once is let in: they have proved anew who they are, or the assertion answers a
/// request that was sent after the logout, in full knowledge of it.
fn began_before(logout: &ReceivedLogout, attempt: &Attempt, asserted: &AssertedSession) -> bool {
    let answers_later = attempt.initiated_by == InitiatedBy::Sp && attempt.created_at > logout.received_at;
    let proved_at = asserted.authenticated_at.unwrap_or(asserted.issued_at);
    asserted.issued_at <= logout.issued_at || (proved_at <= logout.issued_at && !answers_later)
}
