//! A team's people, whom single sign-on provisioned, as its members see them: the list, a person's
//! page, and what admins do with somebody: end sessions, deactivate, reactivate, erase. Whoever may
//! read the reports of sign-ins may read this, too.

mod erase;
mod export;
mod list;
mod page;
mod sessions;
mod state;

pub use erase::erase;
pub(crate) use erase::erase_inactive;
pub use export::PeopleExport;
pub use list::list;
pub use page::page;
pub use sessions::{end_session, end_sessions};
pub use state::{deactivate, reactivate};

use model::ids::PersonId;
use store::people::{self, Person};
use store::person_attempts::PersonAttempts;
use store::teams::Team;
use store::{ConnectionTrait, Tx};

use crate::{Action, Actor, Error, vendor_roles};

/// The team's person whom an address or a form names.
async fn find_person(db: &impl ConnectionTrait, team: &Team, id: &str) -> Result<Person, Error> {
    let id: PersonId = id.parse().map_err(|_| Error::NotFound)?;
    people::by_id(db, team.team_id(), id).await?.ok_or(Error::NotFound)
}

/// A person whom the actor may do something with, and their team, which is locked: a sign-in at the
/// same time is over before, or comes after.
async fn lock_person(tx: &Tx, actor: &Actor, slug: &str, id: &str) -> Result<(Team, Person), Error> {
    let (team, _) = actor.authorize_and_lock_team(tx, slug, Action::ManagePeople).await?;
    let person = find_person(tx, &team, id).await?;
    // people of the vendor's team may be support
    vendor_roles::require_right_to_change_support_sign_in(actor, &team)?;
    Ok((team, person))
}

/// What the audit trail calls a person: their address, or else their name identifier.
fn audit_name(person: &Person) -> String {
    person.profile.email.as_ref().map_or_else(|| person.name_id.clone(), ToString::to_string)
}

/// The person's sign-ins, and what they are found by.
fn attempts_of(person: &Person) -> PersonAttempts {
    let email = person.profile.email.as_ref().map(|email| email.as_str().to_lowercase());
    let name_id = person.name_id.to_lowercase();
    let subjects = email.into_iter().filter(|email| *email != name_id).chain([name_id.clone()]).collect();
    PersonAttempts { team: person.team_id, person: person.id, name_id: person.name_id.clone(), subjects }
}
