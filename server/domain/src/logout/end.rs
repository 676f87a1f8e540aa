//! Ending all that there is of a person, or of everybody: sessions of people, sessions of the
//! vendor's staff, who come by the same door, and sign-ins on their way to a session.

use std::collections::{BTreeMap, BTreeSet};

use model::AuditAction;
use model::ids::AccountId;
use saml::logout::{NameId, SessionIndexes};
use store::attempts::{self, Attempt, Failure};
use store::federated_sessions::{self, UnfinishedSignIns};
use store::teams::Team;
use store::{Tx, accounts, members, support_accounts};

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

impl Ended {
    fn add(&mut self, session_indexes: Option<&str>) {
        self.session_indexes.extend(SessionIndexes::from_lines(session_indexes).iter().map(str::to_owned));
    }
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
    let name_id = match whose {
        Whose::Everybodys => None,
        Whose::Named(named) => Some(&*named.name_id.value),
    };
    federated_sessions::lock_accounts(tx, team.team_id(), name_id).await?;
    let mut ended = match whose {
        Whose::Everybodys => {
            Ended { count: federated_sessions::end_all(tx, team.team_id()).await?, ..Ended::default() }
        }
        Whose::Named(named) => end_named(services, tx, actor, team, &named).await?,
    };
    for attempt in on_their_way(services, tx, team, whose).await? {
        ended.count += u64::from(end_attempt(services, tx, team, &attempt, why).await?);
        ended.add(attempt.session_index.as_deref());
    }
    Ok(ended)
}

/// Ends sign-ins that would otherwise go on behind the back of whoever signs out, and says how
/// many there were. Locks the team, as [`end`] does.
pub(crate) async fn end_in_flight(
    services: &Services,
    tx: &Tx,
    team: &Team,
    whose: UnfinishedSignIns<'_>,
    why: &Told,
) -> Result<u64, Error> {
    members::lock(tx, team.team_id()).await?;
    let mut ended = 0;
    for attempt in federated_sessions::unfinished_sign_ins(tx, team.team_id(), whose, services.now()).await? {
        ended += u64::from(end_attempt(services, tx, team, &attempt, why).await?);
    }
    Ok(ended)
}

/// The same for an account that signs in through the vendor's own identity provider; nothing
/// for any other. Comes before the account is locked, since everything locks teams first.
pub(crate) async fn end_in_flight_of_account(
    services: &Services,
    tx: &Tx,
    account: AccountId,
    why: &Told,
) -> Result<u64, Error> {
    let account = accounts::by_id(tx, account).await?;
    let Some(person) = account.and_then(|account| account.person_id) else { return Ok(0) };
    let Some(team) = support_accounts::vendor_team(tx).await? else { return Ok(0) };
    end_in_flight(services, tx, &team, UnfinishedSignIns::ByPerson(person), why).await
}

async fn end_named(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    named: &Named<'_>,
) -> Result<Ended, Error> {
    let (id, value) = (team.team_id(), &named.name_id.value);
    let mut found = Ended::default();
    let mut of_people = Vec::new();
    for session in federated_sessions::person_sessions(tx, id, value).await? {
        if named.means(team, &session.given_name(), session.session_index.as_deref()) {
            of_people.push(session.token_hash);
            found.add(session.session_index.as_deref());
        }
    }
    let (mut of_staff, mut accounts) = (Vec::new(), BTreeMap::<AccountId, u64>::new());
    for session in federated_sessions::account_sessions(tx, id, value).await? {
        if named.means(team, &session.given_name(), session.session_index.as_deref()) {
            *accounts.entry(session.account_id).or_default() += 1;
            of_staff.push(session.token_hash);
            found.add(session.session_index.as_deref());
        }
    }
    found.count = federated_sessions::end_person_sessions(tx, &of_people).await?
        + federated_sessions::end_account_sessions(tx, &of_staff).await?;
    for (account, ended) in accounts {
        record_staff(services, tx, actor, account, ended).await?;
    }
    Ok(found)
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

async fn on_their_way(services: &Services, tx: &Tx, team: &Team, whose: Whose<'_>) -> Result<Vec<Attempt>, Error> {
    let (id, now) = (team.team_id(), services.now());
    let Whose::Named(named) = whose else {
        return Ok(federated_sessions::unfinished_sign_ins(tx, id, UnfinishedSignIns::All, now).await?);
    };
    let attempts =
        federated_sessions::unfinished_sign_ins(tx, id, UnfinishedSignIns::ByNameId(&named.name_id.value), now).await?;
    let is_meant = |attempt: &Attempt| named.means(team, &attempt.given_name(), attempt.session_index.as_deref());
    Ok(attempts.into_iter().filter(is_meant).collect())
}

/// Ends an attempt that is as it was read. `false`: it went on at this moment.
async fn end_attempt(services: &Services, tx: &Tx, team: &Team, attempt: &Attempt, why: &Told) -> Result<bool, Error> {
    let failure = Failure { expected: why.expected.clone(), actual: why.actual.clone(), ..Failure::of(why.code) };
    let ended = attempts::fail(tx, team.team_id(), attempt.id, attempt.status, failure, services.now()).await?;
    if ended {
        note_end(services, tx, attempt, why.clone()).await?;
    }
    Ok(ended)
}

impl Named<'_> {
    fn means(&self, team: &Team, named: &NameId, session_indexes: Option<&str>) -> bool {
        let own = SessionIndexes::from_lines(session_indexes);
        let is_meant = self.session_indexes.is_empty() || self.session_indexes.iter().any(|meant| own.contains(meant));
        is_meant && self.name_id.means(named, self.idp_entity_id, team.slug.as_str())
    }
}
