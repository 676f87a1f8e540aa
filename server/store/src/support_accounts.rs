//! Support: accounts with a role in it, and those of them that sign in as people of the vendor's
//! own team.

use model::SupportRole;
use model::ids::{AccountId, PersonId, TeamId};
use model::members::GroupRole;
use sea_orm::sea_query::{Expr, LockType, Query, UnionType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::accounts::Account;
use crate::entities::{account_sessions, accounts, people, teams};
use crate::people::Person;
use crate::row::{all, one, to_json};
use crate::teams::Team;
use crate::{Result, Timestamp, Tx};

/// Every account with a role in support, by e-mail address.
pub async fn with_role(db: &impl ConnectionTrait) -> Result<Vec<Account>> {
    let accounts = accounts::Entity::find().filter(accounts::Column::SupportRole.is_not_null());
    all(db, accounts.order_by_asc(accounts::Column::Email)).await
}

/// The accounts with a role in support that may sign in, by e-mail address.
pub async fn active(db: &impl ConnectionTrait) -> Result<Vec<Account>> {
    let accounts = accounts::Entity::find()
        .filter(accounts::Column::SupportRole.is_not_null())
        .filter(accounts::Column::DeactivatedAt.is_null());
    all(db, accounts.order_by_asc(accounts::Column::Email)).await
}

/// Every account that is or was support's: with a role, or of a person of the vendor's.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Account>> {
    // one after the other: each has an index of just these accounts
    let ids = |condition: Expr| {
        Query::select().column(accounts::Column::Id).from(accounts::Entity).and_where(condition).to_owned()
    };
    let of_people = ids(accounts::Column::PersonId.is_not_null());
    let supports = ids(accounts::Column::SupportRole.is_not_null()).union(UnionType::Distinct, of_people).to_owned();
    let accounts = accounts::Entity::find().filter(accounts::Column::Id.in_subquery(supports));
    all(db, accounts.order_by_asc(accounts::Column::Email)).await
}

fn select_administrators() -> Select<accounts::Entity> {
    accounts::Entity::find()
        .filter(accounts::Column::SupportRole.eq(SupportRole::Administrator.as_str()))
        .filter(accounts::Column::DeactivatedAt.is_null())
        .order_by_asc(accounts::Column::Id)
}

/// The administrators that may sign in.
pub async fn administrators(db: &impl ConnectionTrait) -> Result<Vec<AccountId>> {
    let administrators: Vec<Account> = all(db, select_administrators()).await?;
    Ok(administrators.iter().map(Account::account_id).collect())
}

/// The administrators that may sign in, locked until the transaction ends: of two that are
/// taken away at the same time, the second sees that the first is gone.
pub async fn lock_administrators(tx: &Tx) -> Result<Vec<AccountId>> {
    let administrators: Vec<Account> = all(tx, select_administrators().lock(LockType::NoKeyUpdate)).await?;
    Ok(administrators.iter().map(Account::account_id).collect())
}

/// Gives an account a role in support, or takes it.
pub async fn set_role(tx: &Tx, account: AccountId, role: Option<SupportRole>) -> Result<()> {
    let row = accounts::ActiveModel { support_role: Set(role.map(Into::into)), ..Default::default() };
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
    one(db, accounts::Entity::find().filter(accounts::Column::PersonId.eq(person.as_uuid()))).await
}

/// The accounts of a team's people, each with its person.
pub async fn by_people(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<(Account, Person)>> {
    let linked = accounts::Entity::find().filter(accounts::Column::PersonId.is_not_null());
    let accounts: Vec<Account> = all(db, linked).await?;
    let ids = accounts.iter().filter_map(|account| account.person_id).map(PersonId::as_uuid);
    let people =
        people::Entity::find().filter(people::Column::TeamId.eq(team.as_uuid())).filter(people::Column::Id.is_in(ids));
    let people: Vec<Person> = all(db, people).await?;
    let person = |id| people.iter().find(|person| Some(person.id) == id).cloned();
    Ok(accounts.into_iter().filter_map(|account| person(account.person_id).map(|person| (account, person))).collect())
}

/// When the account's latest session began that has not ended, and whether one has proved a
/// second factor.
pub async fn session_summary(db: &impl ConnectionTrait, account: AccountId) -> Result<(Option<Timestamp>, bool)> {
    let sessions = account_sessions::Entity::find()
        .filter(account_sessions::Column::AccountId.eq(account.as_uuid()))
        .all(db)
        .await?;
    let latest = sessions.iter().map(|session| session.created_at).max();
    Ok((latest, sessions.iter().any(|session| session.second_factor_at.is_some())))
}

/// The team that is marked as the vendor's.
pub async fn vendor_team(db: &impl ConnectionTrait) -> Result<Option<Team>> {
    one(db, teams::Entity::find().filter(teams::Column::IsVendor.eq(true))).await
}

/// Marks a team as the vendor's, or takes the mark off, and says which of its groups are
/// which role.
///
/// # Errors
/// [`crate::Error::Exists`] if another team is marked.
pub async fn set_vendor_team(tx: &Tx, team: TeamId, is_vendor: bool, roles: Option<&[GroupRole]>) -> Result<()> {
    let row = teams::ActiveModel {
        is_vendor: Set(is_vendor),
        vendor_roles: Set(roles.map(|roles| to_json(&roles))),
        ..Default::default()
    };
    teams::Entity::update_many().set(row).filter(teams::Column::Id.eq(team.as_uuid())).exec(tx).await?;
    Ok(())
}
