//! Conditions on text that somebody types, whatever characters it is of.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{ExprTrait as _, LikeExpr, SimpleExpr};

/// The column begins with this text. A range instead of a pattern: an index finds it.
pub(crate) fn begins_with(column: impl ColumnTrait, text: &str) -> SimpleExpr {
    // the last of all characters: UTF-8 sorts as code points do
    column.gte(text).and(column.lt(format!("{text}\u{10FFFF}")))
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
