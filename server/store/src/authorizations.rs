//! What applications were authorized to at sign-ins: the code, and the tokens that came of it. One column
//! ends all of that at once: `revoked_at`. `lookups` has how requests of applications find them.

mod lookups;

use model::ids::{ApplicationId, AttemptId, AuthorizationId, PersonId, RevisionId, TeamId};
use model::{ApplicationProblem, Scopes};
use sea_orm::sea_query::{Expr, ExprTrait as _, SimpleExpr};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::code::Code;
use crate::entities::{access_tokens, authorizations, refresh_tokens};
use crate::row::{ROWS_PER_STATEMENT, all, one, row};
use crate::{Result, Timestamp, Tx};
pub use lookups::{AuthorizationBasis, basis, by_access_token, by_refresh_token};

row! {
    /// What an application was authorized to at a sign-in.
    Authorization in authorizations {
        /// Its identifier.
        id: AuthorizationId,
        /// The application.
        application_id: ApplicationId,
        /// The team.
        team_id: TeamId,
        /// Who signed in.
        person_id: PersonId,
        /// The revision that the sign-in was validated with.
        revision_id: RevisionId,
        /// The sign-in.
        attempt_id: Option<AttemptId>,
        /// The session's token, hashed, until the application was told of its end.
        session_hash: Option<Vec<u8>>,
        /// The session, as the application knows it.
        sid: String,
        /// What it was authorized to.
        scopes: Scopes,
        /// The request's `nonce`.
        nonce: Option<String>,
        /// Where the code was sent.
        redirect_uri: String,
        /// The PKCE code challenge (S256).
        code_challenge: Option<String>,
        /// SHA-256 of the code.
        code_hash: Vec<u8>,
        /// Until when the code works.
        code_expires_at: Timestamp,
        /// When the code was redeemed.
        redeemed_at: Option<Timestamp>,
        /// When the person authenticated.
        authenticated_at: Timestamp,
        /// The authentication context class.
        acr: Option<String>,
        /// The authentication methods (RFC 8176).
        amr: Vec<String>,
        /// When the code was issued.
        created_at: Timestamp,
        /// When the last of its tokens has expired.
        expires_at: Timestamp,
        /// Since when nothing of it works.
        revoked_at: Option<Timestamp>,
        /// Why it was revoked, or what its code was refused for.
        problem: Option<Code<ApplicationProblem>>,
    }
}

row! {
    /// An access token.
    AccessToken in access_tokens {
        /// SHA-256 of the token.
        token_hash: Vec<u8>,
        /// What it is of.
        authorization_id: AuthorizationId,
        /// What it is for.
        scopes: Scopes,
        /// When it was issued.
        created_at: Timestamp,
        /// Until when it works.
        expires_at: Timestamp,
    }
}

row! {
    /// A refresh token.
    RefreshToken in refresh_tokens {
        /// SHA-256 of the token.
        token_hash: Vec<u8>,
        /// What it is of.
        authorization_id: AuthorizationId,
        /// What it is for.
        scopes: Scopes,
        /// When it was issued.
        created_at: Timestamp,
        /// Until when it works.
        expires_at: Timestamp,
        /// When it was used: it works once.
        used_at: Option<Timestamp>,
    }
}

/// Adds an authorization with its code.
pub async fn insert(db: &impl ConnectionTrait, authorization: Authorization) -> Result<()> {
    let row: authorizations::ActiveModel = authorization.into();
    authorizations::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The authorization that a code is of, whatever has become of it.
pub async fn by_code(db: &impl ConnectionTrait, code_hash: &[u8]) -> Result<Option<Authorization>> {
    one(db, authorizations::Entity::find().filter(authorizations::Column::CodeHash.eq(code_hash.to_vec()))).await
}

/// Uses a code up. `false`: it was used, has expired, or was revoked: of several that redeem one code at a
/// time, one succeeds.
pub async fn redeem_code(db: &impl ConnectionTrait, id: AuthorizationId, now: Timestamp) -> Result<bool> {
    use authorizations::Column;
    let redeemed = authorizations::Entity::update_many()
        .col_expr(Column::RedeemedAt, Expr::value(now))
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::RedeemedAt.is_null())
        .filter(Column::RevokedAt.is_null())
        .filter(Column::CodeExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(redeemed.rows_affected == 1)
}

/// Ends everything of an authorization, and says why. `false`: it was revoked before.
pub async fn revoke(
    db: &impl ConnectionTrait,
    id: AuthorizationId,
    why: ApplicationProblem,
    now: Timestamp,
) -> Result<bool> {
    use authorizations::Column;
    let revoked = authorizations::Entity::update_many()
        .set(authorizations::ActiveModel {
            revoked_at: Set(Some(now)),
            problem: Set(Some(why.into())),
            ..Default::default()
        })
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    Ok(revoked.rows_affected == 1)
}

/// Notes what a code was refused for, which goes on to work.
pub async fn note_problem(db: &impl ConnectionTrait, id: AuthorizationId, problem: ApplicationProblem) -> Result<()> {
    let row = authorizations::ActiveModel { problem: Set(Some(problem.into())), ..Default::default() };
    let this = authorizations::Column::Id.eq(id.as_uuid());
    authorizations::Entity::update_many().set(row).filter(this).exec(db).await?;
    Ok(())
}

/// Lets an authorization be kept for as long as its newest token works.
pub async fn keep_until(db: &impl ConnectionTrait, id: AuthorizationId, expires_at: Timestamp) -> Result<()> {
    let row = authorizations::ActiveModel { expires_at: Set(expires_at), ..Default::default() };
    let shorter = authorizations::Column::Id.eq(id.as_uuid()).and(authorizations::Column::ExpiresAt.lt(expires_at));
    authorizations::Entity::update_many().set(row).filter(shorter).exec(db).await?;
    Ok(())
}

/// Adds an access token.
pub async fn insert_access_token(db: &impl ConnectionTrait, token: AccessToken) -> Result<()> {
    let row: access_tokens::ActiveModel = token.into();
    access_tokens::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Adds a refresh token.
pub async fn insert_refresh_token(db: &impl ConnectionTrait, token: RefreshToken) -> Result<()> {
    let row: refresh_tokens::ActiveModel = token.into();
    refresh_tokens::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Uses a refresh token up. `false`: it was used or has expired.
pub async fn use_refresh_token(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<bool> {
    use refresh_tokens::Column;
    let used = refresh_tokens::Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(now))
        .filter(Column::TokenHash.eq(token_hash.to_vec()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec(db)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Deletes an access token: it works no more, and the rest of its authorization does.
pub async fn delete_access_token(db: &impl ConnectionTrait, token_hash: &[u8]) -> Result<()> {
    access_tokens::Entity::delete_by_id(token_hash.to_vec()).exec(db).await?;
    Ok(())
}

/// Sessions that end together.
#[derive(Clone, Copy, Debug)]
pub enum SessionSelection<'a> {
    /// These, by their hashes.
    These(&'a [Vec<u8>]),
    /// All of a team's.
    OfTeam(TeamId),
    /// All of a person's.
    OfPerson(TeamId, PersonId),
}

/// What applications were authorized to in sessions that end now, each told once.
pub async fn take_of_sessions(tx: &Tx, ended: SessionSelection<'_>) -> Result<Vec<Authorization>> {
    use authorizations::Column;
    let mut taken = Vec::new();
    let conditions = match ended {
        SessionSelection::OfTeam(team) => {
            vec![Column::TeamId.eq(team.as_uuid()).and(Column::SessionHash.is_not_null())]
        }
        SessionSelection::OfPerson(team, person) => {
            vec![of_person(team, person).and(Column::SessionHash.is_not_null())]
        }
        SessionSelection::These(hashes) => {
            hashes.chunks(ROWS_PER_STATEMENT).map(|some| Column::SessionHash.is_in(some.iter().cloned())).collect()
        }
    };
    for condition in conditions {
        taken.extend(all(tx, authorizations::Entity::find().filter(condition.clone())).await?);
        let row = authorizations::ActiveModel { session_hash: Set(None), ..Default::default() };
        authorizations::Entity::update_many().set(row).filter(condition).exec(tx).await?;
    }
    Ok(taken)
}

/// Ends everything of these authorizations.
pub async fn revoke_all(tx: &Tx, ids: &[AuthorizationId], why: ApplicationProblem, now: Timestamp) -> Result<()> {
    for some in ids.chunks(ROWS_PER_STATEMENT) {
        let row = authorizations::ActiveModel {
            revoked_at: Set(Some(now)),
            problem: Set(Some(why.into())),
            ..Default::default()
        };
        authorizations::Entity::update_many()
            .set(row)
            .filter(authorizations::Column::Id.is_in(some.iter().map(|id| id.as_uuid())))
            .filter(authorizations::Column::RevokedAt.is_null())
            .exec(tx)
            .await?;
    }
    Ok(())
}

fn of_person(team: TeamId, person: PersonId) -> SimpleExpr {
    use authorizations::Column;
    Column::TeamId.eq(team.as_uuid()).and(Column::PersonId.eq(person.as_uuid()))
}

/// Ends everything that applications were authorized to at a team's sign-ins, whether its session is there
/// or not.
pub async fn revoke_of_team(tx: &Tx, team: TeamId, why: ApplicationProblem, now: Timestamp) -> Result<()> {
    revoke_where(tx, authorizations::Column::TeamId.eq(team.as_uuid()), why, now).await
}

/// The same at a person's sign-ins.
pub async fn revoke_of_person(
    tx: &Tx,
    team: TeamId,
    person: PersonId,
    why: ApplicationProblem,
    now: Timestamp,
) -> Result<()> {
    revoke_where(tx, of_person(team, person), why, now).await
}

async fn revoke_where(tx: &Tx, which: SimpleExpr, why: ApplicationProblem, now: Timestamp) -> Result<()> {
    let row = authorizations::ActiveModel {
        revoked_at: Set(Some(now)),
        problem: Set(Some(why.into())),
        ..Default::default()
    };
    authorizations::Entity::update_many()
        .set(row)
        .filter(which)
        .filter(authorizations::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Moves what was authorized in a session to the one that takes its place, of the same person, and keeps
/// it at least until then.
pub async fn move_to_session(tx: &Tx, from: &[u8], to: &[u8], keep_until: Timestamp) -> Result<()> {
    let row = authorizations::ActiveModel { session_hash: Set(Some(to.to_vec())), ..Default::default() };
    let of_session = authorizations::Column::SessionHash.eq(from.to_vec());
    authorizations::Entity::update_many().set(row).filter(of_session).exec(tx).await?;
    let row = authorizations::ActiveModel { expires_at: Set(keep_until), ..Default::default() };
    let shorter =
        authorizations::Column::SessionHash.eq(to.to_vec()).and(authorizations::Column::ExpiresAt.lt(keep_until));
    authorizations::Entity::update_many().set(row).filter(shorter).exec(tx).await?;
    Ok(())
}

/// What applications were authorized to at a sign-in, and in the session that came of it, oldest first.
pub async fn of_attempt(db: &impl ConnectionTrait, team: TeamId, attempt: AttemptId) -> Result<Vec<Authorization>> {
    let found = authorizations::Entity::find()
        .filter(authorizations::Column::TeamId.eq(team.as_uuid()))
        .filter(authorizations::Column::AttemptId.eq(attempt.as_uuid()))
        .order_by_asc(authorizations::Column::CreatedAt)
        .order_by_asc(authorizations::Column::Id)
        .limit(100);
    all(db, found).await
}
