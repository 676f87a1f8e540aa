//! Authorizations by their tokens, and what they rest on: one statement of constant text each, since every
//! request of an application begins with them.

use std::sync::LazyLock;

use model::ids::RevisionId;
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, FromQueryResult as _, QueryResult, Statement, Value};

use super::{AccessToken, Authorization, RefreshToken};
use crate::applications::USABLE_BY_TEAM;
use crate::entities::{access_tokens, authorizations, refresh_tokens, teams};
use crate::row::columns;
use crate::teams::Team;
use crate::{Result, Timestamp};

/// What an authorization rests on, as one statement saw it.
#[derive(Clone, Debug)]
pub struct AuthorizationBasis {
    /// The team.
    pub team: Team,
    /// Whether the team may use the application ([`crate::applications::is_allowed`]).
    pub is_allowed: bool,
    /// Whether the session that it was given in has not ended.
    pub has_session: bool,
    /// The revision that is live.
    pub live: Option<RevisionId>,
}

static BASIS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, EXISTS (SELECT 1 FROM applications p WHERE p.id = $2 AND {USABLE_BY_TEAM}) AS is_allowed, \
         EXISTS (SELECT 1 FROM person_sessions s WHERE s.token_hash = $3 AND s.expires_at > $4) AS has_session, \
         l.id AS live FROM teams t LEFT JOIN revisions l ON l.team_id = t.id AND l.state = 'live' WHERE t.id = $1",
        columns::<teams::Column>("t"),
    )
});

/// What an authorization rests on now. `None`: the team is gone.
pub async fn basis(
    db: &impl ConnectionTrait,
    authorization: &Authorization,
    now: Timestamp,
) -> Result<Option<AuthorizationBasis>> {
    let [team, application] = [authorization.team_id.as_uuid(), authorization.application_id.as_uuid()];
    let values = [team.into(), application.into(), authorization.session_hash.clone().into(), now.into()];
    let Some(row) = find(db, &BASIS, values).await? else { return Ok(None) };
    let live: Option<Uuid> = row.try_get("", "live")?;
    Ok(Some(AuthorizationBasis {
        team: teams::Model::from_query_result(&row, "t_")?.try_into()?,
        is_allowed: row.try_get("", "is_allowed")?,
        has_session: row.try_get("", "has_session")?,
        live: live.map(RevisionId::from),
    }))
}

static BY_ACCESS_TOKEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {} FROM access_tokens k JOIN authorizations z ON z.id = k.authorization_id \
         WHERE k.token_hash = $1 AND k.expires_at > $2 AND z.revoked_at IS NULL",
        columns::<access_tokens::Column>("k"),
        columns::<authorizations::Column>("z"),
    )
});

/// An access token that has not expired, with what it is of, unless that was revoked.
pub async fn by_access_token(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<(AccessToken, Authorization)>> {
    let found = find(db, &BY_ACCESS_TOKEN, [token_hash.to_vec().into(), now.into()]).await?;
    let Some(row) = found else { return Ok(None) };
    let token = AccessToken::try_from(access_tokens::Model::from_query_result(&row, "k_")?)?;
    Ok(Some((token, authorization(&row)?)))
}

static BY_REFRESH_TOKEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {} FROM refresh_tokens k JOIN authorizations z ON z.id = k.authorization_id \
         WHERE k.token_hash = $1",
        columns::<refresh_tokens::Column>("k"),
        columns::<authorizations::Column>("z"),
    )
});

/// A refresh token, whatever has become of it, with what it is of.
pub async fn by_refresh_token(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
) -> Result<Option<(RefreshToken, Authorization)>> {
    let Some(row) = find(db, &BY_REFRESH_TOKEN, [token_hash.to_vec().into()]).await? else { return Ok(None) };
    let token = RefreshToken::try_from(refresh_tokens::Model::from_query_result(&row, "k_")?)?;
    Ok(Some((token, authorization(&row)?)))
}

fn authorization(row: &QueryResult) -> Result<Authorization> {
    Authorization::try_from(authorizations::Model::from_query_result(row, "z_")?)
}

async fn find<const N: usize>(
    db: &impl ConnectionTrait,
    text: &str,
    values: [Value; N],
) -> Result<Option<QueryResult>> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    Ok(db.query_one_raw(statement).await?)
}
