//! Tokens that work once: what mailed links carry, whatever they are for.

use model::ids::{AccountId, InvitationId};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

pub use crate::column_values::TokenPurpose;
use crate::entities::one_time_tokens;
use crate::row::FromColumn as _;
use crate::{Result, Timestamp};

/// Whose a token is. It goes when they go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSubject {
    /// An account's.
    Account(AccountId),
    /// An invitation's.
    Invitation(InvitationId),
    /// Nobody's.
    Nobody,
}

impl TokenSubject {
    /// The account, if it is one.
    #[must_use]
    pub const fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(id) => Some(id),
            Self::Invitation(_) | Self::Nobody => None,
        }
    }

    /// The invitation, if it is one.
    #[must_use]
    pub const fn invitation(self) -> Option<InvitationId> {
        match self {
            Self::Invitation(id) => Some(id),
            Self::Account(_) | Self::Nobody => None,
        }
    }
}

/// A token that works once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneTimeToken {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// What it is for.
    pub purpose: TokenPurpose,
    /// Whose it is.
    pub subject: TokenSubject,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

impl TryFrom<one_time_tokens::Model> for OneTimeToken {
    type Error = crate::Error;

    fn try_from(row: one_time_tokens::Model) -> Result<Self> {
        let subject = match (row.account_id, row.invitation_id) {
            (Some(id), _) => TokenSubject::Account(id.into()),
            (None, Some(id)) => TokenSubject::Invitation(id.into()),
            (None, None) => TokenSubject::Nobody,
        };
        Ok(Self {
            token_hash: row.token_hash,
            purpose: TokenPurpose::from_column(row.purpose, "one_time_tokens", "purpose")?,
            subject,
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    }
}

/// Adds a token.
pub async fn insert(db: &impl ConnectionTrait, token: OneTimeToken) -> Result<()> {
    let row = one_time_tokens::ActiveModel {
        token_hash: Set(token.token_hash),
        purpose: Set(token.purpose.into()),
        account_id: Set(token.subject.account().map(AccountId::as_uuid)),
        invitation_id: Set(token.subject.invitation().map(InvitationId::as_uuid)),
        created_at: Set(token.created_at),
        expires_at: Set(token.expires_at),
    };
    one_time_tokens::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The token, if it still works for this purpose.
pub async fn peek(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<OneTimeToken>> {
    let token = one_time_tokens::Entity::find_by_id(token_hash.to_vec())
        .filter(one_time_tokens::Column::Purpose.eq(purpose.code()))
        .filter(one_time_tokens::Column::ExpiresAt.gt(now));
    crate::row::one(db, token).await
}

/// Uses a token up. Of two that try at the same time, one gets it.
pub async fn consume(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<OneTimeToken>> {
    let Some(token) = peek(db, token_hash, purpose, now).await? else { return Ok(None) };
    let deleted = one_time_tokens::Entity::delete_by_id(token_hash.to_vec()).exec(db).await?;
    Ok((deleted.rows_affected == 1).then_some(token))
}

/// Withdraws the tokens of a purpose and a subject: those made since a moment, or all.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    purpose: TokenPurpose,
    subject: TokenSubject,
    since: Option<Timestamp>,
) -> Result<()> {
    use one_time_tokens::Column;
    let tokens = one_time_tokens::Entity::delete_many().filter(Column::Purpose.eq(purpose.code()));
    let tokens = match subject {
        TokenSubject::Account(id) => tokens.filter(Column::AccountId.eq(id.as_uuid())),
        TokenSubject::Invitation(id) => tokens.filter(Column::InvitationId.eq(id.as_uuid())),
        TokenSubject::Nobody => tokens.filter(Column::AccountId.is_null()).filter(Column::InvitationId.is_null()),
    };
    let tokens = match since {
        Some(since) => tokens.filter(Column::CreatedAt.gte(since)),
        None => tokens,
    };
    tokens.exec(db).await?;
    Ok(())
}
