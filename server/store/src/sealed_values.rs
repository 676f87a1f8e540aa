//! Every column that holds sealed values, read and replaced alike: for sealing them anew after a
//! new key was put first in the configuration.

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::Result;
use crate::attempt_documents::DocumentKind;
use crate::code::Code;
use crate::entities::{attempt_documents, attempts, outbox, signing_keys, sp_keys, totp_secrets};

/// A column of sealed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealedColumn {
    /// Private keys of teams.
    SpPrivateKey,
    /// Keys that tokens are signed with.
    SigningKey,
    /// Seeds of authenticator apps.
    TotpSeed,
    /// Both parts of a mail that waits.
    MailBody,
    /// The XML of a request of ours.
    SamlRequest,
    /// The XML of a response.
    SamlResponse,
}

impl SealedColumn {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::SpPrivateKey, Self::SigningKey, Self::TotpSeed, Self::MailBody, Self::SamlRequest, Self::SamlResponse];

    /// Its name, which every value of the column is bound to.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SpPrivateKey => "sp_keys.private_key",
            Self::SigningKey => "signing_keys.private_key",
            Self::TotpSeed => "totp_secrets.seed",
            Self::MailBody => "outbox.sealed_body",
            Self::SamlRequest => "attempt_documents.request",
            Self::SamlResponse => "attempt_documents.response",
        }
    }
}

/// A sealed value, and what it is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedValue {
    /// Its row; of a document its attempt.
    pub row: Uuid,
    /// Whose it is: a team, or an account; nil for a mail or a signing key, which are nobody's.
    pub owner: Uuid,
    /// The value.
    pub sealed: Vec<u8>,
}

/// Values of a column after a row, in the order of their rows.
pub async fn batch(
    db: &impl ConnectionTrait,
    column: SealedColumn,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<SealedValue>> {
    match column {
        SealedColumn::SpPrivateKey => {
            use sp_keys::Column;
            owned(db, sp_keys::Entity::find(), [Column::Id, Column::TeamId, Column::PrivateKey], after, limit).await
        }
        SealedColumn::TotpSeed => {
            use totp_secrets::Column;
            owned(db, totp_secrets::Entity::find(), [Column::Id, Column::AccountId, Column::Seed], after, limit).await
        }
        SealedColumn::SigningKey => {
            use signing_keys::Column;
            let columns = page(signing_keys::Entity::find(), Column::Id, after, limit);
            let columns = columns.select_only().columns([Column::Id, Column::PrivateKey]);
            of_nobody(db, columns).await
        }
        SealedColumn::MailBody => {
            use outbox::Column;
            let rows = outbox::Entity::find().filter(Column::SealedBody.is_not_null());
            let columns = page(rows, Column::Id, after, limit).select_only().columns([Column::Id, Column::SealedBody]);
            of_nobody(db, columns).await
        }
        SealedColumn::SamlRequest => documents(db, DocumentKind::Request, after, limit).await,
        SealedColumn::SamlResponse => documents(db, DocumentKind::Response, after, limit).await,
    }
}

async fn owned<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: Select<E>,
    [id, owner, sealed]: [E::Column; 3],
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<SealedValue>> {
    let columns = page(rows, id, after, limit).select_only().columns([id, owner, sealed]);
    let values: Vec<(Uuid, Uuid, Vec<u8>)> = columns.into_tuple().all(db).await?;
    Ok(values.into_iter().map(|(row, owner, sealed)| SealedValue { row, owner, sealed }).collect())
}

fn page<E: EntityTrait>(rows: Select<E>, id: E::Column, after: Option<Uuid>, limit: u64) -> Select<E> {
    let rows = match after {
        Some(after) => rows.filter(id.gt(after)),
        None => rows,
    };
    rows.order_by_asc(id).limit(limit)
}

/// A document belongs to the team of its attempt.
async fn documents(
    db: &impl ConnectionTrait,
    kind: DocumentKind,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<SealedValue>> {
    use attempt_documents::Column;
    let attempt =
        attempt_documents::Entity::belongs_to(attempts::Entity).from(Column::AttemptId).to(attempts::Column::Id).into();
    let rows =
        attempt_documents::Entity::find().join(JoinType::InnerJoin, attempt).filter(Column::Kind.eq(Code::from(kind)));
    let columns = page(rows, Column::AttemptId, after, limit)
        .select_only()
        .column(Column::AttemptId)
        .column(attempts::Column::TeamId)
        .column(Column::Sealed);
    let values: Vec<(Uuid, Uuid, Vec<u8>)> = columns.into_tuple().all(db).await?;
    Ok(values.into_iter().map(|(row, owner, sealed)| SealedValue { row, owner, sealed }).collect())
}

/// Puts a value in the place of another, if that is still there. `false`: somebody else replaced
/// or removed it.
pub async fn replace(
    db: &impl ConnectionTrait,
    column: SealedColumn,
    old: &SealedValue,
    sealed: Vec<u8>,
) -> Result<bool> {
    match column {
        SealedColumn::SpPrivateKey => {
            use sp_keys::Column;
            update::<sp_keys::Entity>(db, Column::PrivateKey, Column::Id.eq(old.row), old, sealed).await
        }
        SealedColumn::TotpSeed => {
            use totp_secrets::Column;
            update::<totp_secrets::Entity>(db, Column::Seed, Column::Id.eq(old.row), old, sealed).await
        }
        SealedColumn::SigningKey => {
            use signing_keys::Column;
            update::<signing_keys::Entity>(db, Column::PrivateKey, Column::Id.eq(old.row), old, sealed).await
        }
        SealedColumn::MailBody => {
            use outbox::Column;
            update::<outbox::Entity>(db, Column::SealedBody, Column::Id.eq(old.row), old, sealed).await
        }
        SealedColumn::SamlRequest => replace_document(db, DocumentKind::Request, old, sealed).await,
        SealedColumn::SamlResponse => replace_document(db, DocumentKind::Response, old, sealed).await,
    }
}

async fn replace_document(
    db: &impl ConnectionTrait,
    kind: DocumentKind,
    old: &SealedValue,
    sealed: Vec<u8>,
) -> Result<bool> {
    use attempt_documents::Column;
    let is_row = Column::AttemptId.eq(old.row).and(Column::Kind.eq(Code::from(kind)));
    update::<attempt_documents::Entity>(db, Column::Sealed, is_row, old, sealed).await
}

async fn of_nobody<E: EntityTrait>(db: &impl ConnectionTrait, columns: Select<E>) -> Result<Vec<SealedValue>> {
    let values: Vec<(Uuid, Vec<u8>)> = columns.into_tuple().all(db).await?;
    Ok(values.into_iter().map(|(row, sealed)| SealedValue { row, owner: Uuid::nil(), sealed }).collect())
}

async fn update<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    is_row: SimpleExpr,
    old: &SealedValue,
    sealed: Vec<u8>,
) -> Result<bool> {
    let replaced = E::update_many()
        .col_expr(column, Expr::value(sealed))
        .filter(is_row)
        .filter(column.eq(old.sealed.clone()))
        .exec(db)
        .await?;
    Ok(replaced.rows_affected == 1)
}
