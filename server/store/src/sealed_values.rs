//! Every column that holds sealed values, read and replaced alike: for sealing them anew after a
//! new key was put first in the configuration.

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _, Func, SimpleExpr};
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

    /// Whether it holds kept messages, of which every sign-in has two.
    #[must_use]
    pub const fn is_of_messages(self) -> bool {
        matches!(self, Self::SamlRequest | Self::SamlResponse)
    }

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

/// Values of a column that do not begin with this, after a row, in the order of their rows.
pub async fn batch_without_header(
    db: &impl ConnectionTrait,
    column: SealedColumn,
    header: &[u8],
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<SealedValue>> {
    let batch = Batch { header, after, limit };
    match column {
        SealedColumn::SpPrivateKey => {
            use sp_keys::Column;
            owned(db, sp_keys::Entity::find(), [Column::Id, Column::TeamId, Column::PrivateKey], batch).await
        }
        SealedColumn::TotpSeed => {
            use totp_secrets::Column;
            owned(db, totp_secrets::Entity::find(), [Column::Id, Column::AccountId, Column::Seed], batch).await
        }
        SealedColumn::SigningKey => {
            use signing_keys::Column;
            of_nobody(db, signing_keys::Entity::find(), [Column::Id, Column::PrivateKey], batch).await
        }
        SealedColumn::MailBody => {
            use outbox::Column;
            let rows = outbox::Entity::find().filter(Column::SealedBody.is_not_null());
            of_nobody(db, rows, [Column::Id, Column::SealedBody], batch).await
        }
        SealedColumn::SamlRequest => documents(db, DocumentKind::Request, batch).await,
        SealedColumn::SamlResponse => documents(db, DocumentKind::Response, batch).await,
    }
}

/// Which values are read at a time.
#[derive(Clone, Copy)]
struct Batch<'a> {
    header: &'a [u8],
    after: Option<Uuid>,
    limit: u64,
}

impl Batch<'_> {
    /// In the order of a column, those whose value begins otherwise.
    fn of<E: EntityTrait>(self, rows: Select<E>, id: E::Column, sealed: E::Column) -> Select<E> {
        let length = i32::try_from(self.header.len()).unwrap_or(i32::MAX);
        // the database sends what is to be done, and nothing else
        let start = Func::cust("substr").arg(Expr::col(sealed.as_column_ref())).arg(1).arg(length);
        let rows = rows.filter(Expr::expr(start).ne(self.header.to_vec()));
        let rows = match self.after {
            Some(after) => rows.filter(id.gt(after)),
            None => rows,
        };
        rows.order_by_asc(id).limit(self.limit)
    }
}

async fn owned<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: Select<E>,
    [id, owner, sealed]: [E::Column; 3],
    batch: Batch<'_>,
) -> Result<Vec<SealedValue>> {
    let columns = batch.of(rows, id, sealed).select_only().columns([id, owner, sealed]);
    let values: Vec<(Uuid, Uuid, Vec<u8>)> = columns.into_tuple().all(db).await?;
    Ok(values.into_iter().map(|(row, owner, sealed)| SealedValue { row, owner, sealed }).collect())
}

async fn of_nobody<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: Select<E>,
    [id, sealed]: [E::Column; 2],
    batch: Batch<'_>,
) -> Result<Vec<SealedValue>> {
    let columns = batch.of(rows, id, sealed).select_only().columns([id, sealed]);
    let values: Vec<(Uuid, Vec<u8>)> = columns.into_tuple().all(db).await?;
    Ok(values.into_iter().map(|(row, sealed)| SealedValue { row, owner: Uuid::nil(), sealed }).collect())
}

/// A document belongs to the team of its attempt.
async fn documents(db: &impl ConnectionTrait, kind: DocumentKind, batch: Batch<'_>) -> Result<Vec<SealedValue>> {
    use attempt_documents::Column;
    let attempt =
        attempt_documents::Entity::belongs_to(attempts::Entity).from(Column::AttemptId).to(attempts::Column::Id).into();
    let rows =
        attempt_documents::Entity::find().join(JoinType::InnerJoin, attempt).filter(Column::Kind.eq(Code::from(kind)));
    let columns = batch
        .of(rows, Column::AttemptId, Column::Sealed)
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
