//! Ends the sessions of one person of a team, or of everybody: sessions of people, sessions of
//! support's accounts, which begin by the same single sign-on, and sign-in attempts that are still
//! open.

use std::collections::{BTreeMap, BTreeSet};

use model::AuditAction;
use model::audit::AuditDetail;
use model::ids::{AccountId, PersonId};
use saml::logout::{NameId, SessionIndexes};
use store::attempts::Attempt;
use store::federated_sessions::{self, UnfinishedSignIns};
use store::teams::Team;
use store::{Tx, accounts, members, support_accounts};

use crate::applications::{SessionSelection, tell_applications};
use crate::audit::{self, NewAuditEvent};
use crate::name_id::HasNameId as _;
use crate::sign_in::{AttemptRecorder, Finding};
use crate::{Actor, Error, Services};

/// Whose sessions end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SessionsOf<'a> {
    /// Everybody's of the team.
    Everyone,
    /// Those of whom a logout request names.
    Subject(LogoutSubject<'a>),
    /// All of a person of the team, whatever their name identifier was.
    Person(PersonId),
}

/// A person as a logout request names them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LogoutSubject<'a> {
    /// Who.
    pub(crate) name_id: &'a NameId,
    /// Which sessions; none means all.
    pub(crate) session_indexes: &'a [String],
    /// Who calls them so.
    pub(crate) idp_entity_id: &'a str,
}

/// The sessions that were ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EndedSessions {
    /// How many sessions, and codes on their way to one.
    pub(crate) count: u64,
    /// How the identity provider calls them.
    pub(crate) session_indexes: BTreeSet<String>,
}

impl EndedSessions {
    fn add(&mut self, session_indexes: Option<&str>) {
        self.session_indexes.extend(SessionIndexes::from_lines(session_indexes).iter().map(str::to_owned));
    }
}

/// Ends them, in the transaction of whatever is the reason: the team is locked first, so that a
/// sign-in at the same time is over before, and ended, or comes after, and is asked whether it
/// is still good ([`crate::sign_in`] holds the team).
pub(crate) async fn end_sessions(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    sessions: SessionsOf<'_>,
    why: &Finding,
) -> Result<EndedSessions, Error> {
    members::lock(tx, team.team_id()).await?;
    match sessions {
        SessionsOf::Everyone => federated_sessions::lock_accounts(tx, team.team_id(), None).await?,
        SessionsOf::Subject(subject) => {
            federated_sessions::lock_accounts(tx, team.team_id(), Some(&*subject.name_id.value)).await?;
        }
        SessionsOf::Person(person) => {
            if let Some(account) = support_accounts::by_person(tx, person).await? {
                accounts::lock(tx, account.account_id()).await?;
            }
        }
    }
    let mut ended = match sessions {
        SessionsOf::Everyone => {
            tell_applications(services, tx, SessionSelection::OfTeam(team.team_id())).await?;
            EndedSessions { count: federated_sessions::end_all(tx, team.team_id()).await?, ..EndedSessions::default() }
        }
        SessionsOf::Subject(subject) => end_sessions_of_subject(services, tx, actor, team, &subject).await?,
        SessionsOf::Person(person) => {
            let count = end_sessions_of_person(services, tx, actor, team, person).await?;
            EndedSessions { count, ..EndedSessions::default() }
        }
    };
    let recorder = AttemptRecorder::new(services, team);
    for attempt in open_attempts(services, tx, team, sessions).await? {
        ended.count += u64::from(recorder.end_from_outside(tx, &attempt, why).await?);
        ended.add(attempt.session_index.as_deref());
    }
    Ok(ended)
}

/// Ends sign-ins that are under way, so that they cannot create a session after the sign-out, and says how
/// many there were. Locks the team, as [`end_sessions`] does.
pub(crate) async fn end_open_attempts(
    services: &Services,
    tx: &Tx,
    team: &Team,
    whose: UnfinishedSignIns<'_>,
    why: &Finding,
) -> Result<u64, Error> {
    members::lock(tx, team.team_id()).await?;
    let (recorder, mut ended) = (AttemptRecorder::new(services, team), 0);
    for attempt in federated_sessions::unfinished_sign_ins(tx, team.team_id(), whose, services.now()).await? {
        ended += u64::from(recorder.end_from_outside(tx, &attempt, why).await?);
    }
    Ok(ended)
}

/// The same for an account that signs in through the vendor's own identity provider; nothing
/// for any other. Comes before the account is locked, since everything locks teams first.
pub(crate) async fn end_open_attempts_of_account(
    services: &Services,
    tx: &Tx,
    account: AccountId,
    why: &Finding,
) -> Result<u64, Error> {
    let account = accounts::by_id(tx, account).await?;
    let Some(person) = account.and_then(|account| account.person_id) else { return Ok(0) };
    let Some(team) = support_accounts::vendor_team(tx).await? else { return Ok(0) };
    end_open_attempts(services, tx, &team, UnfinishedSignIns::ByPerson(person), why).await
}

/// Ends one session of a person, and says whether it was there still.
pub(crate) async fn end_person_session(services: &Services, tx: &Tx, token_hash: Vec<u8>) -> Result<bool, Error> {
    let this = [token_hash];
    tell_applications(services, tx, SessionSelection::These(&this)).await?;
    Ok(federated_sessions::end_person_sessions(tx, &this).await? == 1)
}

/// With what applications were given for longer than a session (`offline_access`).
async fn end_sessions_of_person(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    person: PersonId,
) -> Result<u64, Error> {
    let id = team.team_id();
    let of_person = federated_sessions::person_sessions_of(tx, id, person).await?;
    let of_person: Vec<_> = of_person.into_iter().map(|session| session.token_hash).collect();
    tell_applications(services, tx, SessionSelection::OfPerson(id, person)).await?;
    let ended = federated_sessions::end_person_sessions(tx, &of_person).await?;
    let Some(account) = support_accounts::by_person(tx, person).await? else { return Ok(ended) };
    let of_support = federated_sessions::account_sessions_of(tx, id, account.account_id()).await?;
    let of_support: Vec<_> = of_support.into_iter().map(|session| session.token_hash).collect();
    let ended_of_support = federated_sessions::end_account_sessions(tx, &of_support).await?;
    if ended_of_support > 0 {
        let event = NewAuditEvent::vendor(AuditAction::OtherSessionsEnded).target(account.email);
        audit::record(services, tx, actor, event.coded_detail(&AuditDetail::SessionsEnded { count: ended_of_support }))
            .await?;
    }
    Ok(ended + ended_of_support)
}

async fn end_sessions_of_subject(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    subject: &LogoutSubject<'_>,
) -> Result<EndedSessions, Error> {
    let (id, value) = (team.team_id(), &subject.name_id.value);
    let mut found = EndedSessions::default();
    let mut of_people = Vec::new();
    for session in federated_sessions::person_sessions(tx, id, value).await? {
        if subject.means(team, &session.name_id(), session.session_index.as_deref()) {
            of_people.push(session.token_hash);
            found.add(session.session_index.as_deref());
        }
    }
    let (mut of_support, mut accounts) = (Vec::new(), BTreeMap::<AccountId, u64>::new());
    for session in federated_sessions::account_sessions(tx, id, value).await? {
        if subject.means(team, &session.name_id(), session.session_index.as_deref()) {
            *accounts.entry(session.account_id).or_default() += 1;
            of_support.push(session.token_hash);
            found.add(session.session_index.as_deref());
        }
    }
    tell_applications(services, tx, SessionSelection::These(&of_people)).await?;
    found.count = federated_sessions::end_person_sessions(tx, &of_people).await?
        + federated_sessions::end_account_sessions(tx, &of_support).await?;
    for (account, ended) in accounts {
        record_support(services, tx, actor, account, ended).await?;
    }
    Ok(found)
}

async fn record_support(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    account: AccountId,
    ended: u64,
) -> Result<(), Error> {
    let Some(account) = accounts::by_id(tx, account).await? else { return Ok(()) };
    let event = NewAuditEvent::vendor(AuditAction::SignedOutByIdp).target(account.email);
    audit::record(services, tx, actor, event.coded_detail(&AuditDetail::SessionsEnded { count: ended })).await
}

async fn open_attempts(
    services: &Services,
    tx: &Tx,
    team: &Team,
    sessions: SessionsOf<'_>,
) -> Result<Vec<Attempt>, Error> {
    let (id, now) = (team.team_id(), services.now());
    let subject = match sessions {
        SessionsOf::Everyone => {
            return Ok(federated_sessions::unfinished_sign_ins(tx, id, UnfinishedSignIns::All, now).await?);
        }
        SessionsOf::Person(person) => {
            let of_person = UnfinishedSignIns::ByPerson(person);
            return Ok(federated_sessions::unfinished_sign_ins(tx, id, of_person, now).await?);
        }
        SessionsOf::Subject(subject) => subject,
    };
    let attempts =
        federated_sessions::unfinished_sign_ins(tx, id, UnfinishedSignIns::ByNameId(&subject.name_id.value), now)
            .await?;
    let is_meant = |attempt: &Attempt| subject.means(team, &attempt.name_id(), attempt.session_index.as_deref());
    Ok(attempts.into_iter().filter(is_meant).collect())
}

impl LogoutSubject<'_> {
    fn means(&self, team: &Team, named: &NameId, session_indexes: Option<&str>) -> bool {
        let own = SessionIndexes::from_lines(session_indexes);
        let is_meant = self.session_indexes.is_empty() || self.session_indexes.iter().any(|meant| own.contains(meant));
        is_meant && self.name_id.matches(named, self.idp_entity_id, team.slug.as_str())
    }
}
