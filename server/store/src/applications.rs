//! The vendor's applications: what is registered, their secrets, and which teams may use them.

use model::ids::{ApplicationId, ApplicationSecretId, TeamId};
use model::{ApplicationKind, ApplicationProblem, ApplicationSettings};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::code::Code;
use crate::entities::{application_problems, application_secrets, application_teams, applications};
use crate::row::{all, one, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// An application of the vendor's.
    Application in applications {
        /// Its identifier.
        id: ApplicationId,
        /// Its `client_id`.
        client_id: String,
        /// Its name, as people read it.
        name: String,
        /// What kind of client it is.
        kind: ApplicationKind,
        /// Whether every team may use it; otherwise those that are listed.
        is_for_all_teams: bool,
        /// What is registered of it.
        settings: ApplicationSettings,
        /// When it was registered.
        created_at: Timestamp,
        /// When it was last changed.
        updated_at: Timestamp,
        /// The version of its logo, if it has one.
        logo_version: Option<String>,
        /// Since when it gets no sign-ins.
        disabled_at: Option<Timestamp>,
    }
}

row! {
    /// A secret of an application.
    ApplicationSecret in application_secrets {
        /// Its identifier.
        id: ApplicationSecretId,
        /// The application.
        application_id: ApplicationId,
        /// SHA-256 of the secret.
        secret_hash: Vec<u8>,
        /// Its last characters, to tell two apart.
        hint: String,
        /// When it was made.
        created_at: Timestamp,
        /// Until when it works.
        expires_at: Option<Timestamp>,
        /// When the application last authenticated with it, to the hour.
        last_used_at: Option<Timestamp>,
    }
}

row! {
    /// A request of an application that was refused.
    RefusedRequest in application_problems {
        /// Its identifier.
        id: Uuid,
        /// The application.
        application_id: ApplicationId,
        /// When.
        at: Timestamp,
        /// Why; a code of a newer version is not known.
        code: Code<ApplicationProblem>,
        /// What was expected.
        expected: Option<String>,
        /// What came.
        actual: Option<String>,
    }
}

/// Adds an application.
///
/// # Errors
/// [`crate::Error::Exists`] if the client ID is taken.
pub async fn insert(db: &impl ConnectionTrait, application: Application) -> Result<()> {
    let row: applications::ActiveModel = application.into();
    applications::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Replaces what is registered of an application.
pub async fn update(db: &impl ConnectionTrait, application: Application) -> Result<()> {
    let row: applications::ActiveModel = application.into();
    applications::Entity::update(row).exec(db).await?;
    Ok(())
}

/// Every application, by name.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Application>> {
    all(db, applications::Entity::find().order_by_asc(applications::Column::Name)).await
}

/// The application with this identifier.
pub async fn by_id(db: &impl ConnectionTrait, id: ApplicationId) -> Result<Option<Application>> {
    one(db, applications::Entity::find_by_id(id.as_uuid())).await
}

/// The application with this client ID.
pub async fn by_client_id(db: &impl ConnectionTrait, client_id: &str) -> Result<Option<Application>> {
    one(db, applications::Entity::find().filter(applications::Column::ClientId.eq(client_id))).await
}

/// That an application `p` is not disabled and that a team `t` may use it, for statements that say more.
pub(crate) const USABLE_BY_TEAM: &str = "p.disabled_at IS NULL AND (p.is_for_all_teams OR EXISTS (\
     SELECT 1 FROM application_teams x WHERE x.application_id = p.id AND x.team_id = t.id))";

/// The applications that are not disabled and that the team may use, by name.
pub async fn of_team(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<Application>> {
    let listed = Query::select()
        .column(application_teams::Column::ApplicationId)
        .from(application_teams::Entity)
        .and_where(application_teams::Column::TeamId.eq(team.as_uuid()))
        .to_owned();
    let is_for_team = Condition::any()
        .add(applications::Column::IsForAllTeams.eq(true))
        .add(applications::Column::Id.in_subquery(listed));
    let applications = applications::Entity::find()
        .filter(applications::Column::DisabledAt.is_null())
        .filter(is_for_team)
        .order_by_asc(applications::Column::Name);
    all(db, applications).await
}

/// The teams that are listed for the application.
pub async fn listed_teams(db: &impl ConnectionTrait, application: ApplicationId) -> Result<Vec<TeamId>> {
    let listed = application_teams::Entity::find()
        .select_only()
        .column(application_teams::Column::TeamId)
        .filter(application_teams::Column::ApplicationId.eq(application.as_uuid()));
    let teams: Vec<Uuid> = listed.into_tuple().all(db).await?;
    Ok(teams.into_iter().map(TeamId::from).collect())
}

/// Replaces the teams that are listed for the application.
pub async fn set_listed_teams(tx: &Tx, application: ApplicationId, teams: &[TeamId]) -> Result<()> {
    application_teams::Entity::delete_many()
        .filter(application_teams::Column::ApplicationId.eq(application.as_uuid()))
        .exec(tx)
        .await?;
    for team in teams {
        let row =
            application_teams::ActiveModel { application_id: Set(application.as_uuid()), team_id: Set(team.as_uuid()) };
        let once = OnConflict::new().do_nothing().to_owned();
        application_teams::Entity::insert(row).on_conflict(once).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Adds a secret.
pub async fn insert_secret(db: &impl ConnectionTrait, secret: ApplicationSecret) -> Result<()> {
    let row: application_secrets::ActiveModel = secret.into();
    application_secrets::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The secrets of an application that have not expired, newest first.
pub async fn secrets(
    db: &impl ConnectionTrait,
    application: ApplicationId,
    now: Timestamp,
) -> Result<Vec<ApplicationSecret>> {
    let expires_at = application_secrets::Column::ExpiresAt;
    let secrets = application_secrets::Entity::find()
        .filter(application_secrets::Column::ApplicationId.eq(application.as_uuid()))
        .filter(Condition::any().add(expires_at.is_null()).add(expires_at.gt(now)))
        .order_by_desc(application_secrets::Column::CreatedAt)
        .order_by_desc(application_secrets::Column::Id);
    all(db, secrets).await
}

/// Ends a secret at a moment, unless it ends before.
pub async fn expire_secret(db: &impl ConnectionTrait, secret: ApplicationSecretId, at: Timestamp) -> Result<()> {
    let row = application_secrets::ActiveModel { expires_at: Set(Some(at)), ..Default::default() };
    let expires_at = application_secrets::Column::ExpiresAt;
    application_secrets::Entity::update_many()
        .set(row)
        .filter(application_secrets::Column::Id.eq(secret.as_uuid()))
        .filter(Condition::any().add(expires_at.is_null()).add(expires_at.gt(at)))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes a secret. `false`: the application has none with this identifier.
pub async fn delete_secret(
    db: &impl ConnectionTrait,
    application: ApplicationId,
    secret: ApplicationSecretId,
) -> Result<bool> {
    let deleted = application_secrets::Entity::delete_many()
        .filter(application_secrets::Column::Id.eq(secret.as_uuid()))
        .filter(application_secrets::Column::ApplicationId.eq(application.as_uuid()))
        .exec(db)
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// Notes that a secret was used.
pub async fn secret_used(db: &impl ConnectionTrait, secret: ApplicationSecretId, now: Timestamp) -> Result<()> {
    application_secrets::Entity::update_many()
        .col_expr(application_secrets::Column::LastUsedAt, Expr::value(now))
        .filter(application_secrets::Column::Id.eq(secret.as_uuid()))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes that a request was refused.
pub async fn insert_refused_request(db: &impl ConnectionTrait, request: RefusedRequest) -> Result<()> {
    let row: application_problems::ActiveModel = request.into();
    application_problems::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// An application's requests that were refused, newest first.
pub async fn refused_requests(
    db: &impl ConnectionTrait,
    application: ApplicationId,
    limit: u64,
) -> Result<Vec<RefusedRequest>> {
    let refused = application_problems::Entity::find()
        .filter(application_problems::Column::ApplicationId.eq(application.as_uuid()))
        .order_by_desc(application_problems::Column::At)
        .limit(limit);
    all(db, refused).await
}

/// Deletes what was refused before a moment, and says how many there were.
pub async fn delete_refused_requests(db: &impl ConnectionTrait, before: Timestamp) -> Result<u64> {
    let old = application_problems::Entity::delete_many().filter(application_problems::Column::At.lte(before));
    Ok(old.exec(db).await?.rows_affected)
}

/// The salt that people's subjects of a sector are made with: this one, unless the sector has one.
pub async fn sector_salt(db: &impl ConnectionTrait, sector: &str, new_salt: Vec<u8>) -> Result<Vec<u8>> {
    use crate::entities::pairwise_sectors as sectors;
    let row = sectors::ActiveModel { sector: Set(sector.to_owned()), salt: Set(new_salt) };
    let once = OnConflict::column(sectors::Column::Sector)
        .value(sectors::Column::Salt, Expr::col((sectors::Entity, sectors::Column::Salt)))
        .to_owned();
    Ok(sectors::Entity::insert(row).on_conflict(once).exec_with_returning(db).await?.salt)
}

/// Whether the application may be used by the team, and has not been disabled meanwhile: asked again at
/// every step.
pub async fn is_allowed(db: &impl ConnectionTrait, application: ApplicationId, team: TeamId) -> Result<bool> {
    let listed = Query::select()
        .expr(Expr::val(1))
        .from(application_teams::Entity)
        .and_where(application_teams::Column::ApplicationId.eq(application.as_uuid()))
        .and_where(application_teams::Column::TeamId.eq(team.as_uuid()))
        .to_owned();
    let allowed = applications::Entity::find_by_id(application.as_uuid())
        .filter(applications::Column::DisabledAt.is_null())
        .filter(applications::Column::IsForAllTeams.eq(true).or(Expr::exists(listed)));
    Ok(allowed.one(db).await?.is_some())
}
