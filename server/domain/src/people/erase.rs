//! Erasing a person: personal data is removed from their row, their sign-ins and their sessions. Sign-ins with
//! their references and the audit trail stay, without personal data. If the person signs in again, they are
//! provisioned as a new one.

use chrono::TimeDelta;
use model::audit::AuditDetail;
use model::ids::{PersonId, TeamId};
use model::{AuditAction, FieldProblem};
use store::people::{self, Person};
use store::teams::{self, Team};
use store::{ConnectionTrait, Tx, members, people_list, person_erasure, support_accounts};

use super::{attempts_of, find_person, lock_person};
use crate::audit::{self, NewAuditEvent};
use crate::logout::{self, SessionsOf};
use crate::sign_in::Finding;
use crate::{Action, Actor, Error, Services, vendor_roles};

/// Sign-ins in one transaction: few enough that nobody waits for them.
const SIGN_INS: u64 = 200;
/// People that one run of the sweep erases.
const PEOPLE_PER_SWEEP: u64 = 100;

/// Erases a person.
///
/// # Errors
/// [`Error::NotFound`] if there is no such person, or the actor may not; [`Error::Invalid`] if the
/// person signs in to support.
#[tracing::instrument(name = "people.erase", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn erase(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::ManagePeople).await?;
    let person = find_person(db, &team, id).await?;
    vendor_roles::require_right_to_change_support_sign_in(actor, &team)?;
    refuse_support(db, &person).await?;
    anonymize_finished(services, &person).await?;
    let tx = services.db.begin().await?;
    let (team, person) = lock_person(&tx, actor, slug, id).await?;
    refuse_support(&tx, &person).await?;
    erase_locked(services, &tx, actor, &team, &person, None).await?;
    Ok(store::commit(tx).await?)
}

/// A support account is linked to its person: without the person it would have no owner.
async fn refuse_support(db: &impl ConnectionTrait, person: &Person) -> Result<(), Error> {
    let account = support_accounts::by_person(db, person.id).await?;
    let is_open = account.is_some_and(|account| account.deactivated_at.is_none());
    if is_open { Err(Error::form(FieldProblem::PersonIsSupport)) } else { Ok(()) }
}

/// Anonymizes finished sign-ins, in short transactions that block nobody.
async fn anonymize_finished(services: &Services, person: &Person) -> Result<(), Error> {
    let attempts = attempts_of(person);
    loop {
        let tx = services.db.begin().await?;
        let gone = person_erasure::anonymize_finished(&tx, &attempts, SIGN_INS).await?;
        store::commit(tx).await?;
        if gone < SIGN_INS {
            return Ok(());
        }
    }
}

/// The rest, in a transaction that has locked the team. The audit trail calls the person by their
/// identifier alone.
async fn erase_locked(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    team: &Team,
    person: &Person,
    reason: Option<&AuditDetail>,
) -> Result<(), Error> {
    let (of_person, why) = (SessionsOf::Person(person.id), Finding::signed_out_by_team());
    logout::end_sessions(services, tx, actor, team, of_person, &why).await?;
    person_erasure::anonymize_rest(tx, &attempts_of(person)).await?;
    person_erasure::delete(tx, team.team_id(), person.id).await?;
    let event = NewAuditEvent::team(team.team_id(), AuditAction::PersonErased).target(person.id.to_string());
    let event = match reason {
        Some(reason) => event.coded_detail(reason),
        None => event,
    };
    audit::record(services, tx, actor, event).await
}

/// Erases people who have not signed in for as long as the configuration says, at most so many at a
/// time, and says how many. Deactivated people are kept: erased, they could sign in again as new ones.
pub(crate) async fn erase_inactive(services: &Services, keep: TimeDelta) -> Result<u64, Error> {
    let since = services.now() - keep;
    let found = people_list::inactive_since(services.db.connection(), since, PEOPLE_PER_SWEEP).await?;
    let mut erased = 0;
    for (team, person) in found {
        erased += u64::from(erase_if_inactive(services, team, person, keep).await?);
    }
    Ok(erased)
}

async fn erase_if_inactive(
    services: &Services,
    team: TeamId,
    person: PersonId,
    keep: TimeDelta,
) -> Result<bool, Error> {
    let Some(found) = people::by_id(services.db.connection(), team, person).await? else { return Ok(false) };
    anonymize_finished(services, &found).await?;
    let tx = services.db.begin().await?;
    members::lock(&tx, team).await?;
    let (team, person) = (teams::by_id(&tx, team).await?, people::by_id(&tx, team, person).await?);
    let Some((team, person)) = team.zip(person) else { return Ok(false) };
    // they may have signed in since, or have been deactivated
    if person.last_sign_in_at > services.now() - keep || person.deactivated_at.is_some() {
        return Ok(false);
    }
    let unused = AuditDetail::NoSignIn { days: keep.num_days() };
    erase_locked(services, &tx, &Actor::portal(), &team, &person, Some(&unused)).await?;
    store::commit(tx).await?;
    Ok(true)
}
