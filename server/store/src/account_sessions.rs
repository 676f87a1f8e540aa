//! Sessions of accounts.

use std::sync::LazyLock;

use model::ids::{AccountId, TeamId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult as _, QueryFilter, QueryOrder,
    Statement,
};

use crate::accounts::Account;
use crate::entities::{account_sessions, accounts, person_sessions, viewed_teams};
use crate::row::{all, columns, one, row};
use crate::viewed_teams::ViewedTeam;
use crate::{Result, Timestamp, Tx};

row! {
    /// A session of an account.
    AccountSession in account_sessions {
        /// SHA-256 of the cookie's token.
        token_hash: Vec<u8>,
        /// The account.
        account_id: AccountId,
        /// When it began.
        created_at: Timestamp,
        /// When it was last used.
        last_used_at: Timestamp,
        /// When it ends, however much it is used.
        expires_at: Timestamp,
        /// The address that it began from.
        ip: Option<String>,
        /// The browser that it began in.
        user_agent: Option<String>,
        /// The password was right, the second factor is still to come.
        awaiting_factor: bool,
        /// When it proved a second factor.
        second_factor_at: Option<Timestamp>,
        /// When it last proved who it is, for sensitive actions.
        authenticated_at: Option<Timestamp>,
        /// The vendor's own team, if it came from a sign-in at its identity provider.
        team_id: Option<TeamId>,
        /// The name identifier of that sign-in.
        name_id: Option<String>,
        /// The format of the name identifier.
        name_id_format: Option<String>,
        /// Who gave the name identifier.
        name_qualifier: Option<String>,
        /// For whom the name identifier was given.
        sp_name_qualifier: Option<String>,
        /// The identity provider's names of its session, one a line.
        session_index: Option<String>,
    }
}

/// Adds a session.
pub async fn insert(db: &impl ConnectionTrait, session: AccountSession) -> Result<()> {
    let row: account_sessions::ActiveModel = session.into();
    account_sessions::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A session with what each of its requests needs.
#[derive(Clone, Debug)]
pub struct SessionWithAccount {
    /// The session.
    pub session: AccountSession,
    /// The account.
    pub account: Account,
    /// The team that the session sees as its members do now, if it sees one.
    pub viewed_team: Option<ViewedTeam>,
}

static BY_TOKEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, {} FROM account_sessions s JOIN accounts a ON a.id = s.account_id \
         LEFT JOIN viewed_teams v ON v.session_hash = s.token_hash AND v.until > $2 \
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_used_at > $3",
        columns::<account_sessions::Column>("s"),
        columns::<accounts::Column>("a"),
        columns::<viewed_teams::Column>("v"),
    )
});

/// The session of a token's hash, unless it has expired or was last used before `idle_since`.
pub async fn by_token(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<SessionWithAccount>> {
    let values = [token_hash.to_vec().into(), now.into(), idle_since.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), BY_TOKEN.as_str(), values);
    let Some(row) = db.query_one_raw(statement).await? else { return Ok(None) };
    let viewed = Option::<viewed_teams::Model>::from_query_result(&row, "v_")?;
    Ok(Some(SessionWithAccount {
        session: account_sessions::Model::from_query_result(&row, "s_")?.try_into()?,
        account: accounts::Model::from_query_result(&row, "a_")?.try_into()?,
        viewed_team: viewed.map(ViewedTeam::try_from).transpose()?,
    }))
}

/// Notes that a session was used.
pub async fn touch(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<()> {
    let row = account_sessions::ActiveModel {
        token_hash: Set(token_hash.to_vec()),
        last_used_at: Set(now),
        ..Default::default()
    };
    account_sessions::Entity::update_many()
        .set(row)
        .filter(account_sessions::Column::TokenHash.eq(token_hash.to_vec()))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn delete(db: &impl ConnectionTrait, token_hash: &[u8]) -> Result<()> {
    account_sessions::Entity::delete_by_id(token_hash.to_vec()).exec(db).await?;
    Ok(())
}

/// The sessions of an account that have neither expired nor been idle since `idle_since`,
/// the last used one first.
pub async fn list(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Vec<AccountSession>> {
    let sessions = account_sessions::Entity::find()
        .filter(account_sessions::Column::AccountId.eq(account.as_uuid()))
        .filter(account_sessions::Column::ExpiresAt.gt(now))
        .filter(account_sessions::Column::LastUsedAt.gt(idle_since))
        .order_by_desc(account_sessions::Column::LastUsedAt)
        .order_by_asc(account_sessions::Column::TokenHash);
    all(db, sessions).await
}

/// Takes a session out, to put another one in its place. Of two that try at the same time,
/// one gets it.
pub async fn take(tx: &Tx, token_hash: &[u8]) -> Result<Option<AccountSession>> {
    let found = one(tx, account_sessions::Entity::find_by_id(token_hash.to_vec())).await?;
    let deleted = account_sessions::Entity::delete_by_id(token_hash.to_vec()).exec(tx).await?;
    Ok(found.filter(|_| deleted.rows_affected == 1))
}

/// Ends all sessions of an account but one, and says how many.
pub async fn end_all(tx: &Tx, account: AccountId, except: Option<&[u8]>) -> Result<u64> {
    let sessions =
        account_sessions::Entity::delete_many().filter(account_sessions::Column::AccountId.eq(account.as_uuid()));
    let sessions = match except {
        Some(hash) => sessions.filter(account_sessions::Column::TokenHash.ne(hash.to_vec())),
        None => sessions,
    };
    Ok(sessions.exec(tx).await?.rows_affected)
}

/// Ends every session there is, of accounts and of people, and says how many these were.
pub async fn end_all_accounts_and_people(tx: &Tx) -> Result<u64> {
    let accounts = account_sessions::Entity::delete_many().exec(tx).await?;
    let people = person_sessions::Entity::delete_many().exec(tx).await?;
    Ok(accounts.rows_affected + people.rows_affected)
}
