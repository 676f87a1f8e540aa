//! The vendor's staff: accounts with a role in support, and those of them that sign in as
//! people of the vendor's own team.

use model::SupportRole;
use model::ids::{AccountId, PersonId, TeamId};
use sea_orm::prelude::Json;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use crate::accounts::Account;
use crate::entities::{account_sessions, accounts, people, teams};
use crate::people::Person;
use crate::teams::Team;
use crate::{Result, Timestamp, Tx};

/// The staff that may sign in, by e-mail address.
pub async fn active(db: &impl ConnectionTrait) -> Result<Vec<Account>> {
    let staff = accounts::Entity::find()
        .filter(accounts::Column::SupportRole.is_not_null())
        .filter(accounts::Column::DeactivatedAt.is_null());
    Ok(staff.order_by_asc(accounts::Column::Email).all(db).await?)
}

/// Every account that is or was of the staff: with a role, or of a person of the vendor's.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Account>> {
    let of_staff = accounts::Column::SupportRole.is_not_null().or(accounts::Column::PersonId.is_not_null());
    Ok(accounts::Entity::find().filter(of_staff).order_by_asc(accounts::Column::Email).all(db).await?)
}

fn select_administrators() -> Select<accounts::Entity> {
    accounts::Entity::find()
        .filter(accounts::Column::SupportRole.eq(SupportRole::Administrator.as_str()))
        .filter(accounts::Column::DeactivatedAt.is_null())
        .order_by_asc(accounts::Column::Id)
}

/// The administrators that may sign in.
pub async fn administrators(db: &impl ConnectionTrait) -> Result<Vec<AccountId>> {
    let administrators = select_administrators().all(db).await?;
    Ok(administrators.iter().map(Account::account_id).collect())
}

/// The administrators that may sign in, locked until the transaction ends: of two that are
/// taken away at the same time, the second sees that the first is gone.
pub async fn lock_administrators(tx: &Tx) -> Result<Vec<AccountId>> {
    let administrators = select_administrators().lock(LockType::NoKeyUpdate).all(tx).await?;
    Ok(administrators.iter().map(Account::account_id).collect())
}

/// Gives an account a role in support, or takes it.
pub async fn set_role(tx: &Tx, account: AccountId, role: Option<SupportRole>) -> Result<()> {
    let role = role.map(|role| role.as_str().to_owned());
    let row = accounts::ActiveModel { support_role: Set(role), ..Default::default() };
    update(tx, account, row).await
}

/// Deactivates an account, or with `None` activates it.
pub async fn set_deactivated(tx: &Tx, account: AccountId, at: Option<Timestamp>) -> Result<()> {
    let row = accounts::ActiveModel { deactivated_at: Set(at), ..Default::default() };
    update(tx, account, row).await
}

/// Makes an account a person's own, with a password that nobody knows.
pub async fn link(tx: &Tx, account: AccountId, person: PersonId, password_hash: String) -> Result<()> {
    let row = accounts::ActiveModel {
        person_id: Set(Some(person.as_uuid())),
        password_hash: Set(password_hash),
        deactivated_at: Set(None),
        ..Default::default()
    };
    update(tx, account, row).await
}

async fn update(tx: &Tx, account: AccountId, row: accounts::ActiveModel) -> Result<()> {
    accounts::Entity::update_many().set(row).filter(accounts::Column::Id.eq(account.as_uuid())).exec(tx).await?;
    Ok(())
}

/// The account of a person.
pub async fn by_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Option<Account>> {
    Ok(accounts::Entity::find().filter(accounts::Column::PersonId.eq(person.as_uuid())).one(db).await?)
}

/// The accounts of a team's people, each with its person.
pub async fn of_people(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<(Account, Person)>> {
    let accounts = accounts::Entity::find().filter(accounts::Column::PersonId.is_not_null()).all(db).await?;
    let ids: Vec<_> = accounts.iter().filter_map(|account| account.person_id).collect();
    let people = people::Entity::find()
        .filter(people::Column::TeamId.eq(team.as_uuid()))
        .filter(people::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let person = |id| people.iter().find(|person| Some(person.id) == id).cloned();
    Ok(accounts.into_iter().filter_map(|account| person(account.person_id).map(|person| (account, person))).collect())
}

/// When the account's latest session began that has not ended, and whether one has proved a
/// second factor.
pub async fn sessions_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(Option<Timestamp>, bool)> {
    let sessions = account_sessions::Entity::find()
        .filter(account_sessions::Column::AccountId.eq(account.as_uuid()))
        .all(db)
        .await?;
    let latest = sessions.iter().map(|session| session.created_at).max();
    Ok((latest, sessions.iter().any(|session| session.second_factor_at.is_some())))
}

/// The team that is marked as the vendor's.
pub async fn vendor_team(db: &impl ConnectionTrait) -> Result<Option<Team>> {
    Ok(teams::Entity::find().filter(teams::Column::IsVendor.eq(true)).one(db).await?)
}

/// Marks a team as the vendor's, or takes the mark off, and says which of its groups are
/// which role.
///
/// # Errors
/// [`crate::Error::Exists`] if another team is marked.
pub async fn set_vendor_team(tx: &Tx, team: TeamId, is_vendor: bool, roles: Option<Json>) -> Result<()> {
    let row = teams::ActiveModel { is_vendor: Set(is_vendor), vendor_roles: Set(roles), ..Default::default() };
    teams::Entity::update_many().set(row).filter(teams::Column::Id.eq(team.as_uuid())).exec(tx).await?;
    Ok(())
}
