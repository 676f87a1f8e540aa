//! The XML of attempts, sealed, for a while.

use model::ids::AttemptId;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::attempts::Attempt;
use crate::code::Code;
pub use crate::column_values::DocumentKind;
use crate::entities::attempt_documents;
use crate::row::{all, row};
use crate::{Result, Timestamp};

row! {
    /// The XML of an attempt.
    Document in attempt_documents {
        /// The attempt.
        attempt_id: AttemptId,
        /// Which one.
        kind: DocumentKind,
        /// The XML, sealed for this row.
        sealed: Vec<u8>,
        /// When it was kept.
        created_at: Timestamp,
    }
}

/// Adds a document.
pub async fn insert(db: &impl ConnectionTrait, document: Document) -> Result<()> {
    let row: attempt_documents::ActiveModel = document.into();
    attempt_documents::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The documents of an attempt that are still kept: those since a moment.
pub async fn kept(db: &impl ConnectionTrait, attempt: &Attempt, since: Timestamp) -> Result<Vec<Document>> {
    let documents = attempt_documents::Entity::find()
        .filter(attempt_documents::Column::AttemptId.eq(attempt.id.as_uuid()))
        .filter(attempt_documents::Column::CreatedAt.gt(since));
    all(db, documents).await
}

/// Which kinds of documents of an attempt are still kept: those since a moment.
pub async fn kept_kinds(db: &impl ConnectionTrait, attempt: &Attempt, since: Timestamp) -> Result<Vec<DocumentKind>> {
    let kinds = attempt_documents::Entity::find()
        .select_only()
        .column(attempt_documents::Column::Kind)
        .filter(attempt_documents::Column::AttemptId.eq(attempt.id.as_uuid()))
        .filter(attempt_documents::Column::CreatedAt.gt(since));
    let kinds: Vec<Code<DocumentKind>> = kinds.into_tuple().all(db).await?;
    Ok(kinds.into_iter().filter_map(Code::known).collect())
}

/// Deletes at most this many documents from before a moment, and says how many went.
pub async fn delete_before(db: &impl ConnectionTrait, before: Timestamp, limit: u64) -> Result<u64> {
    use attempt_documents::Column;
    let key = [Column::AttemptId, Column::Kind];
    let mut old = Query::select();
    old.columns(key).from(attempt_documents::Entity).and_where(Expr::col(Column::CreatedAt).lte(before)).limit(limit);
    let is_old = Expr::tuple(key.map(Expr::col)).in_subquery(old);
    Ok(attempt_documents::Entity::delete_many().filter(is_old).exec(db).await?.rows_affected)
}
