//! The XML of attempts, sealed, for a while.

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::attempts::Attempt;
use crate::entities::attempt_documents;
pub use crate::entities::attempt_documents::Model as Document;
use crate::{Result, Timestamp};

/// Values of `attempt_documents.kind`.
pub mod kind {
    /// The request that we sent.
    pub const REQUEST: &str = "request";
    /// The response that came.
    pub const RESPONSE: &str = "response";
}

/// Adds a document.
pub async fn insert(db: &impl ConnectionTrait, document: Document) -> Result<()> {
    let row: attempt_documents::ActiveModel = document.into();
    attempt_documents::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The documents of an attempt that are still kept: those since a moment.
pub async fn of(db: &impl ConnectionTrait, attempt: &Attempt, since: Timestamp) -> Result<Vec<Document>> {
    let documents = attempt_documents::Entity::find()
        .filter(attempt_documents::Column::AttemptId.eq(attempt.id))
        .filter(attempt_documents::Column::CreatedAt.gt(since));
    Ok(documents.all(db).await?)
}

/// Which kinds of documents of an attempt are still kept: those since a moment.
pub async fn kinds_of(db: &impl ConnectionTrait, attempt: &Attempt, since: Timestamp) -> Result<Vec<String>> {
    let kinds = attempt_documents::Entity::find()
        .select_only()
        .column(attempt_documents::Column::Kind)
        .filter(attempt_documents::Column::AttemptId.eq(attempt.id))
        .filter(attempt_documents::Column::CreatedAt.gt(since));
    Ok(kinds.into_tuple().all(db).await?)
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

/// Documents after a place, in the order of their keys: for sealing them anew.
pub async fn after(db: &impl ConnectionTrait, place: Option<(Uuid, String)>, limit: u64) -> Result<Vec<Document>> {
    use attempt_documents::Column;
    let mut documents = attempt_documents::Entity::find();
    if let Some((attempt, kind)) = place {
        let same = Column::AttemptId.eq(attempt).and(Column::Kind.gt(kind));
        documents = documents.filter(Column::AttemptId.gt(attempt).or(same));
    }
    let documents = documents.order_by_asc(Column::AttemptId).order_by_asc(Column::Kind);
    Ok(documents.limit(limit).all(db).await?)
}

/// Replaces what is sealed, if it is still what was read.
pub async fn replace_sealed(db: &impl ConnectionTrait, document: &Document, new: Vec<u8>) -> Result<bool> {
    use attempt_documents::Column;
    let row = attempt_documents::ActiveModel { sealed: Set(new), ..Default::default() };
    let replaced = attempt_documents::Entity::update_many()
        .set(row)
        .filter(Column::AttemptId.eq(document.attempt_id))
        .filter(Column::Kind.eq(document.kind.clone()))
        .filter(Column::Sealed.eq(document.sealed.clone()))
        .exec(db)
        .await?;
    Ok(replaced.rows_affected == 1)
}
