//! Conditions on text that somebody types, whatever characters it is of.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Expr, ExprTrait as _, IntoColumnRef, LikeExpr, SimpleExpr};

/// The column begins with this text. A range instead of a pattern: an index finds it.
pub(crate) fn begins_with(column: impl ColumnTrait, text: &str) -> SimpleExpr {
    column_begins_with((column.entity_name(), column), text)
}

/// The same of a column of a table that has another name in the statement.
pub(crate) fn column_begins_with(column: impl IntoColumnRef + Clone, text: &str) -> SimpleExpr {
    // the last of all characters: UTF-8 sorts as code points do
    Expr::col(column.clone()).gte(text).and(Expr::col(column).lt(format!("{text}\u{10FFFF}")))
}

/// A pattern for what begins with this text.
pub(crate) fn pattern_of_beginning(text: &str) -> LikeExpr {
    LikeExpr::new(format!("{}%", escaped(text))).escape('\\')
}

/// A pattern for what has this part.
pub(crate) fn pattern_of_part(part: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escaped(part))).escape('\\')
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_as_it_is_typed() {
        assert_eq!(escaped("50%_a\\"), "50\\%\\_a\\\\");
        assert!(format!("{:?}", pattern_of_part("a%")).contains("%a\\\\%%"), "{:?}", pattern_of_part("a%"));
        assert!(format!("{:?}", pattern_of_beginning("a")).contains("\"a%\""), "{:?}", pattern_of_beginning("a"));
    }
}
