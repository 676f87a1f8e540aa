//! Keyset pagination: a page of a list begins beside the row that the page before ended with.

use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, Value};

use crate::Timestamp;
use crate::row::FromColumn;

/// Where a page ends of a list that is sorted by a moment, the newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPosition<I> {
    /// The moment of the page's last row.
    pub at: Timestamp,
    /// The row: several may have the same moment.
    pub id: I,
}

/// The rows that come after the end of a page, by the columns of their moments and IDs.
pub(crate) fn is_after<C: ColumnTrait, I: FromColumn<Uuid>>(end: ListPosition<I>, column: C, id_column: C) -> Expr {
    beside((column, end.at.into()), (id_column, end.id.into_column()), true, false)
}

/// Rows on one side of a place in the order of a list, of less or of more; with the one at it or without. The place is
/// a value of the column that the list is sorted by, and the ID of the row.
pub(crate) fn beside<C: ColumnTrait>(
    (column, value): (C, Value),
    (id_column, id): (C, Uuid),
    is_less: bool,
    with_it: bool,
) -> Expr {
    let tied = match (is_less, with_it) {
        (true, true) => ColumnTrait::lte(&id_column, id),
        (true, false) => ColumnTrait::lt(&id_column, id),
        (false, true) => ColumnTrait::gte(&id_column, id),
        (false, false) => ColumnTrait::gt(&id_column, id),
    };
    let tied = ColumnTrait::eq(&column, value.clone()).and(tied);
    // the first half alone says where the index is entered or left; many rows may have the same value
    if is_less {
        ColumnTrait::lte(&column, value.clone()).and(ColumnTrait::lt(&column, value).or(tied))
    } else {
        ColumnTrait::gte(&column, value.clone()).and(ColumnTrait::gt(&column, value).or(tied))
    }
}
