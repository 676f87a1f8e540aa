//! Ending all that there is of a person, or of everybody: sessions of people, sessions of the
//! vendor's staff, who come by the same door, and codes on their way to a session.

use std::collections::{BTreeMap, BTreeSet};

use model::AuditAction;
use model::ids::AccountId;
use saml::logout::NameId;
use store::attempts::{self, Attempt, Failure, status};
use store::teams::Team;
use store::{Tx, accounts, members, sign_outs};

use super::GivenName as _;
use crate::audit::{self, Event};
use crate::sign_on::{Told, note_end};
use crate::{Actor, Error, Services};

/// Whose sessions end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose<'a> {
    /// Everybody's of the team.
    Everybodys,
    /// Those of a person of the team.
    Named(Named<'a>),
}

/// A person as a logout request names them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    /// Who.
    pub(crate) name_id: &'a NameId,
    /// Which sessions; none means all.
    pub(crate) session_indexes: &'a [String],
    /// Who calls them so.
    pub(crate) idp_entity_id: &'a str,
}

/// What was ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ended {
    /// How many sessions, and codes on their way to one.
    pub(crate) count: u64,
    /// How the identity provider calls them.
    pub(crate) session_indexes: BTreeSet<String>,
}

/// Ends them, in the transaction of whatever is the reason: the team is locked first, so that a
/// sign-in at the same time is over before, and ended, or comes after, and is asked whether it
/// is still good ([`crate::sign_on`] holds the team).
pub(crate) async fn end(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    whose: Whose<'_>,
    why: &Told,
) -> Result<Ended, Error> {
    members::lock(tx, team.team_id()).await?;
    let mut ended = match whose {
        Whose::Everybodys => {
            Ended { count: sign_outs::end_team(tx, team.team_id()).await?, session_indexes: BTreeSet::new() }
        }
        Whose::Named(named) => end_named(services, tx, actor, team, &named).await?,
    };
    for attempt in codes(services, tx, team, whose).await? {
        ended.count += u64::from(end_code(services, tx, team, &attempt, why).await?);
        ended.session_indexes.extend(attempt.session_index);
    }
    Ok(ended)
}

async fn end_named(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    named: &Named<'_>,
) -> Result<Ended, Error> {
    let (id, value) = (team.team_id(), &named.name_id.value);
    let mut session_indexes = BTreeSet::new();
    let mut of_people = Vec::new();
    for session in sign_outs::sessions_of_people(tx, id, value).await? {
        if named.means(team, &session.given_name(), session.session_index.as_deref()) {
            of_people.push(session.token_hash);
            session_indexes.extend(session.session_index);
        }
    }
    let (mut of_staff, mut accounts) = (Vec::new(), BTreeMap::<AccountId, u64>::new());
    for session in sign_outs::sessions_of_staff(tx, id, value).await? {
        if named.means(team, &session.given_name(), session.session_index.as_deref()) {
            *accounts.entry(session.account_id.into()).or_default() += 1;
            of_staff.push(session.token_hash);
            session_indexes.extend(session.session_index);
        }
    }
    let count = sign_outs::end_people(tx, &of_people).await? + sign_outs::end_staff(tx, &of_staff).await?;
    for (account, ended) in accounts {
        record_staff(services, tx, actor, account, ended).await?;
    }
    Ok(Ended { count, session_indexes })
}

async fn record_staff(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: AccountId,
    ended: u64,
) -> Result<(), Error> {
    let Some(account) = accounts::by_id(tx, account).await? else { return Ok(()) };
    let event = Event::vendor(AuditAction::SignedOutByIdp).on(account.email);
    let words = format!("{ended} ended");
    audit::record(services, tx, actor, event.detail(words)).await
}

async fn codes(services: &Services, tx: &Tx, team: &Team, whose: Whose<'_>) -> Result<Vec<Attempt>, Error> {
    let (id, now) = (team.team_id(), services.now());
    let Whose::Named(named) = whose else { return Ok(sign_outs::codes_in_flight(tx, id, None, now).await?) };
    let codes = sign_outs::codes_in_flight(tx, id, Some(&named.name_id.value), now).await?;
    let is_meant = |code: &Attempt| named.means(team, &code.given_name(), code.session_index.as_deref());
    Ok(codes.into_iter().filter(is_meant).collect())
}

/// Ends an attempt whose code was not redeemed yet. `false`: it was, at this moment.
async fn end_code(services: &Services, tx: &Tx, team: &Team, attempt: &Attempt, why: &Told) -> Result<bool, Error> {
    let failure = Failure { expected: why.expected.clone(), actual: why.actual.clone(), ..Failure::of(why.code) };
    let ended =
        attempts::fail(tx, team.team_id(), attempt.id.into(), status::VERIFIED, failure, services.now()).await?;
    if ended {
        note_end(services, tx, attempt, why.clone()).await?;
    }
    Ok(ended)
}

impl Named<'_> {
    fn means(&self, team: &Team, named: &NameId, session_index: Option<&str>) -> bool {
        let is_meant = self.session_indexes.is_empty()
            || session_index.is_some_and(|index| self.session_indexes.iter().any(|meant| meant == index));
        is_meant && self.name_id.means(named, self.idp_entity_id, &team.slug)
    }
}
