//! What support's list finds, filters and sorts teams by: a row of `team_listings` and the words in
//! `team_search_terms`. The functions of this crate that write what these are made of refresh them in
//! the same transaction; what sign-ins change is brought up to date by [`crate::team_activity`].

mod sources;
mod terms;

use std::collections::BTreeSet;

use model::TeamStatus;
use model::ids::{AccountId, TeamId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::code::Code;
use crate::entities::{members, team_listings, team_search_terms, teams};
use crate::row::ROWS_PER_STATEMENT;
use crate::{Result, Timestamp};
use sources::{Activity, Sources};

pub(crate) use terms::entity_id_term;
pub use terms::search_words;

/// Teams that are brought up to date at once.
const BATCH: u64 = 200;

/// Brings up to date what a team is found by.
pub(crate) async fn refresh(db: &impl ConnectionTrait, team: TeamId) -> Result<()> {
    refresh_all(db, &[team.as_uuid()]).await
}

/// The same, of the teams of an account.
pub(crate) async fn refresh_teams_of(db: &impl ConnectionTrait, account: AccountId) -> Result<()> {
    let teams: Vec<Uuid> = members::Entity::find()
        .filter(members::Column::AccountId.eq(account.as_uuid()))
        .select_only()
        .column(members::Column::TeamId)
        .order_by_asc(members::Column::TeamId)
        .into_tuple()
        .all(db)
        .await?;
    for teams in teams.chunks(ROWS_PER_STATEMENT) {
        refresh_all(db, teams).await?;
    }
    Ok(())
}

/// Notes that a team has another status, and since when.
pub async fn set_status(db: &impl ConnectionTrait, team: TeamId, status: TeamStatus, since: Timestamp) -> Result<()> {
    let row = team_listings::ActiveModel { status: Set(status.into()), status_since: Set(since), ..Default::default() };
    let update = team_listings::Entity::update_many().set(row);
    update.filter(team_listings::Column::TeamId.eq(team.as_uuid())).exec(db).await?;
    Ok(())
}

/// Teams of `teams`, at most a statement's number of them, anew.
async fn refresh_all(db: &impl ConnectionTrait, teams: &[Uuid]) -> Result<()> {
    // of two transactions that change the same team, the second one sees what the first one did
    let known: BTreeSet<Uuid> = team_listings::Entity::find()
        .filter(team_listings::Column::TeamId.is_in(teams.iter().copied()))
        .order_by_asc(team_listings::Column::TeamId)
        .lock_exclusive()
        .all(db)
        .await?
        .into_iter()
        .map(|row| row.team_id)
        .collect();
    let new: Vec<Uuid> = teams.iter().copied().filter(|team| !known.contains(team)).collect();
    let activity = Activity::load(db, &new).await?;
    let sources = Sources::load(db, teams).await?;
    let mut listings = Vec::new();
    let mut terms = Vec::new();
    for team in sources.teams() {
        listings.push(sources.listing(team, &activity));
        let of_team = sources.terms(team).into_iter();
        terms.extend(of_team.map(|term| team_search_terms::ActiveModel { team_id: Set(team.id), term: Set(term) }));
    }
    write_listings(db, listings).await?;
    let old = team_search_terms::Column::TeamId.is_in(teams.iter().copied());
    team_search_terms::Entity::delete_many().filter(old).exec(db).await?;
    for terms in terms.chunks(ROWS_PER_STATEMENT) {
        let once = OnConflict::columns([team_search_terms::Column::TeamId, team_search_terms::Column::Term])
            .do_nothing()
            .to_owned();
        let insert = team_search_terms::Entity::insert_many(terms.to_vec());
        insert.on_conflict(once).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Adds rows; of those that are there, status and activity stay.
async fn write_listings(db: &impl ConnectionTrait, rows: Vec<team_listings::ActiveModel>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let update = OnConflict::column(team_listings::Column::TeamId)
        .update_columns([
            team_listings::Column::SortName,
            team_listings::Column::IdentityProvider,
            team_listings::Column::CertificateEndsAt,
        ])
        .to_owned();
    team_listings::Entity::insert_many(rows).on_conflict(update).exec_without_returning(db).await?;
    Ok(())
}

/// Some of the teams after `after` that have no row yet: those that were there before this version, and
/// those that a replica of the version before added.
pub async fn missing(db: &impl ConnectionTrait, after: Option<TeamId>) -> Result<Vec<TeamId>> {
    let team = Expr::col((team_listings::Entity, team_listings::Column::TeamId));
    let mut listed = Query::select();
    listed.expr(Expr::val(1)).from(team_listings::Entity).and_where(team.equals((teams::Entity, teams::Column::Id)));
    let missing = teams::Entity::find().filter(Expr::exists(listed).not());
    let missing =
        missing.filter(sea_orm::Condition::all().add_option(after.map(|after| teams::Column::Id.gt(after.as_uuid()))));
    let missing = missing.select_only().column(teams::Column::Id).order_by_asc(teams::Column::Id).limit(BATCH);
    let missing: Vec<Uuid> = missing.into_tuple().all(db).await?;
    Ok(missing.into_iter().map(TeamId::from).collect())
}

/// Adds teams that [`missing`] found.
pub async fn add(db: &impl ConnectionTrait, teams: &[TeamId]) -> Result<()> {
    let teams: Vec<Uuid> = teams.iter().map(|team| team.as_uuid()).collect();
    refresh_all(db, &teams).await
}

/// Adds every team that has no row yet: right after the migrations, in their transaction.
pub(crate) async fn add_all(db: &impl ConnectionTrait) -> std::result::Result<(), DbErr> {
    let failed = |error| DbErr::Custom(format!("cannot fill in the list of teams: {error}"));
    let mut teams = missing(db, None).await.map_err(failed)?;
    while let Some(last) = teams.last().copied() {
        add(db, &teams).await.map_err(failed)?;
        teams = missing(db, Some(last)).await.map_err(failed)?;
    }
    Ok(())
}

/// Some of the teams whose status a replica of the version before changed.
pub async fn stale_statuses(db: &impl ConnectionTrait) -> Result<Vec<(TeamId, TeamStatus)>> {
    let (team, listing) = (teams::Entity, team_listings::Entity);
    let select = Query::select()
        .columns([(team, teams::Column::Id), (team, teams::Column::Status)])
        .from(team)
        .inner_join(listing, Expr::col((team, teams::Column::Id)).equals((listing, team_listings::Column::TeamId)))
        .and_where(Expr::col((team, teams::Column::Status)).ne(Expr::col((listing, team_listings::Column::Status))))
        .limit(BATCH)
        .to_owned();
    let mut stale = Vec::new();
    for row in db.query_all(&select).await? {
        let (id, status): (Uuid, Code<TeamStatus>) = (row.try_get("", "id")?, row.try_get("", "status")?);
        stale.extend(status.known().map(|status| (TeamId::from(id), status)));
    }
    Ok(stale)
}
