//! Teams, their members, and the set-up steps they ticked off.

use std::collections::HashMap;

use model::ids::{AccountId, TeamId};
use model::members::GroupRole;
use model::{IdentityProvider, Role, SetupStep, TeamSlug, TeamStatus};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::code::Code;
use crate::entities::{accounts, members, setup_confirmations, teams};
use crate::row::{FromColumn as _, all, one, row};
use crate::{Result, Timestamp, team_index};

row! {
    /// A team: a tenant.
    Team in teams {
        /// Its identifier.
        id: TeamId,
        /// Its part of addresses.
        slug: TeamSlug,
        /// Its name.
        name: String,
        /// Where it is in its life.
        status: TeamStatus,
        /// What support said with its last decision.
        status_words: Option<String>,
        /// Since when it waits for review.
        submitted_at: Option<Timestamp>,
        /// When it was created.
        created_at: Timestamp,
        /// Whether all its members need a second factor.
        second_factor_required: bool,
        /// Whether its people sign in as support.
        is_vendor: bool,
        /// Which of its groups are which role in support.
        vendor_roles: Option<Vec<GroupRole>>,
        /// Which identity provider it chose to be named; a newer version may know more of them.
        identity_provider: Option<Code<IdentityProvider>>,
    }
}

impl Team {
    /// Its identifier.
    #[must_use]
    pub const fn team_id(&self) -> TeamId {
        self.id
    }
}

/// Adds a team.
///
/// # Errors
/// [`Error::Exists`] if the slug is taken.
pub async fn insert(db: &impl ConnectionTrait, team: Team) -> Result<()> {
    let id = team.id;
    let row: teams::ActiveModel = team.into();
    teams::Entity::insert(row).exec_without_returning(db).await?;
    team_index::refresh(db, id).await
}

/// The team with this slug.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &TeamSlug) -> Result<Option<Team>> {
    one(db, teams::Entity::find().filter(teams::Column::Slug.eq(slug.as_str()))).await
}

/// The team that an address or a form names by its slug; nobody has what is no slug.
pub async fn by_slug_text(db: &impl ConnectionTrait, slug: &str) -> Result<Option<Team>> {
    match slug.parse::<TeamSlug>() {
        Ok(slug) => by_slug(db, &slug).await,
        Err(_) => Ok(None),
    }
}

/// A team by its identifier.
pub async fn by_id(db: &impl ConnectionTrait, id: TeamId) -> Result<Option<Team>> {
    one(db, teams::Entity::find_by_id(id.as_uuid())).await
}

/// The teams with these identifiers, in no order.
pub async fn by_ids(db: &impl ConnectionTrait, ids: impl IntoIterator<Item = TeamId>) -> Result<Vec<Team>> {
    let ids = ids.into_iter().map(TeamId::as_uuid);
    all(db, teams::Entity::find().filter(teams::Column::Id.is_in(ids))).await
}

/// All teams, newest first.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Team>> {
    let teams = teams::Entity::find().order_by_desc(teams::Column::CreatedAt).order_by_desc(teams::Column::Id);
    all(db, teams).await
}

/// How many teams are in each state that occurs.
pub async fn counts(db: &impl ConnectionTrait) -> Result<Vec<(TeamStatus, u64)>> {
    let mut counts = Vec::new();
    for status in TeamStatus::ALL.iter().copied() {
        let count = teams::Entity::find().filter(teams::Column::Status.eq(status.as_str())).count(db).await?;
        counts.push((status, count));
    }
    Ok(counts)
}

/// What changes when a team goes from one status to another.
#[derive(Clone, Debug)]
pub struct Transition {
    /// Where the team was when this was decided.
    pub from: TeamStatus,
    /// Where it goes.
    pub to: TeamStatus,
    /// What support says with it.
    pub words: Option<String>,
    /// Since when it waits for review, if it does from now on.
    pub submitted_at: Option<Timestamp>,
    /// When this happens.
    pub at: Timestamp,
}

/// Changes a team's status, if it still is where the caller saw it. `false`: somebody else
/// was quicker, and nothing was changed.
pub async fn change_status(db: &impl ConnectionTrait, id: TeamId, transition: Transition) -> Result<bool> {
    let row = teams::ActiveModel {
        status: Set(transition.to.into()),
        status_words: Set(transition.words),
        submitted_at: Set(transition.submitted_at),
        ..Default::default()
    };
    let changed = teams::Entity::update_many()
        .set(row)
        .filter(teams::Column::Id.eq(id.as_uuid()))
        .filter(teams::Column::Status.eq(transition.from.as_str()))
        .exec(db)
        .await?;
    let is_changed = changed.rows_affected == 1;
    if is_changed {
        team_index::set_status(db, id, transition.to, transition.at).await?;
    }
    Ok(is_changed)
}

/// Renames a team.
pub async fn rename(db: &impl ConnectionTrait, id: TeamId, name: &str) -> Result<()> {
    let row = teams::ActiveModel { name: Set(name.to_owned()), ..Default::default() };
    teams::Entity::update_many().set(row).filter(teams::Column::Id.eq(id.as_uuid())).exec(db).await?;
    team_index::refresh(db, id).await
}

/// Says which identity provider a team uses; none leaves it to what its values look like.
pub async fn set_identity_provider(
    db: &impl ConnectionTrait,
    id: TeamId,
    provider: Option<IdentityProvider>,
) -> Result<()> {
    let row = teams::ActiveModel { identity_provider: Set(provider.map(Code::Known)), ..Default::default() };
    teams::Entity::update_many().set(row).filter(teams::Column::Id.eq(id.as_uuid())).exec(db).await?;
    team_index::refresh(db, id).await
}

/// Makes an account a member of a team.
pub async fn add_member(
    db: &impl ConnectionTrait,
    team: TeamId,
    account: AccountId,
    role: Role,
    now: Timestamp,
) -> Result<()> {
    let row = members::ActiveModel {
        team_id: Set(team.as_uuid()),
        account_id: Set(account.as_uuid()),
        role: Set(role.into()),
        created_at: Set(now),
    };
    members::Entity::insert(row).exec_without_returning(db).await?;
    team_index::refresh(db, team).await
}

/// The role of an account in a team, if it is a member.
pub async fn role(db: &impl ConnectionTrait, team: TeamId, account: AccountId) -> Result<Option<Role>> {
    let member = members::Entity::find_by_id((team.as_uuid(), account.as_uuid())).one(db).await?;
    member.map(|member| Role::from_column(member.role, "members", "role")).transpose()
}

/// The teams of an account with its role in each, by name.
pub async fn of_account(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<(Team, Role)>> {
    let memberships = members::Entity::find().filter(members::Column::AccountId.eq(account.as_uuid())).all(db).await?;
    let mut roles = HashMap::with_capacity(memberships.len());
    for membership in memberships {
        roles.insert(membership.team_id, Role::from_column(membership.role, "members", "role")?);
    }
    let teams = teams::Entity::find().filter(teams::Column::Id.is_in(roles.keys().copied()));
    let teams: Vec<Team> = all(db, teams.order_by_asc(teams::Column::Name).order_by_asc(teams::Column::Id)).await?;
    Ok(teams.into_iter().filter_map(|team| roles.get(&team.id.as_uuid()).map(|role| (team, *role))).collect())
}

/// The e-mail addresses and roles of a team's members, in the order they came.
pub async fn members(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<(String, Role)>> {
    let rows = members::Entity::find()
        .filter(members::Column::TeamId.eq(team.as_uuid()))
        .order_by_asc(members::Column::CreatedAt)
        .order_by_asc(members::Column::AccountId)
        .all(db)
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.account_id).collect();
    let accounts = accounts::Entity::find().filter(accounts::Column::Id.is_in(ids)).all(db).await?;
    let mut members = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(account) = accounts.iter().find(|account| account.id == row.account_id) {
            members.push((account.email.clone(), Role::from_column(row.role, "members", "role")?));
        }
    }
    Ok(members)
}

/// Notes that an admin ticked a set-up step off; again is no error.
pub async fn confirm_step(db: &impl ConnectionTrait, team: TeamId, step: SetupStep, now: Timestamp) -> Result<()> {
    let row = setup_confirmations::ActiveModel {
        team_id: Set(team.as_uuid()),
        step: Set(step.into()),
        confirmed_at: Set(now),
    };
    let once = OnConflict::columns([setup_confirmations::Column::TeamId, setup_confirmations::Column::Step])
        .do_nothing()
        .to_owned();
    setup_confirmations::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(())
}

/// The set-up steps that were ticked off.
pub async fn confirmed_steps(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<SetupStep>> {
    let rows = setup_confirmations::Entity::find()
        .filter(setup_confirmations::Column::TeamId.eq(team.as_uuid()))
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|row| row.step.known()).collect())
}
