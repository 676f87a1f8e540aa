//! Columns that hold the code of an enum.

use std::str::FromStr;

use sea_orm::sea_query::{ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ActiveValue, ColIdx, DbErr, IntoActiveValue, QueryResult, TryFromU64, TryGetError, TryGetable, Value};

/// What the store can keep as a code: an enum for which strum derives `EnumString` and
/// `IntoStaticStr`.
pub trait StoredCode: Copy + FromStr + Into<&'static str> {}

impl<E: Copy + FromStr + Into<&'static str>> StoredCode for E {}

/// A stored code. A newer version of this program may have written one that this version does
/// not know; the row can still be read, and whoever needs the value gets an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Code<E> {
    /// One that this version knows.
    Known(E),
    /// Any other text.
    Unknown(String),
}

impl<E: StoredCode> Code<E> {
    fn from_text(text: String) -> Self {
        text.parse().map_or(Self::Unknown(text), Self::Known)
    }

    /// The code as it is stored.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(value) => (*value).into(),
            Self::Unknown(text) => text,
        }
    }

    /// The value, if this version knows it.
    pub fn known(self) -> Option<E> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }
}

impl<E> From<E> for Code<E> {
    fn from(value: E) -> Self {
        Self::Known(value)
    }
}

impl<E: StoredCode> From<Code<E>> for Value {
    fn from(code: Code<E>) -> Self {
        code.as_str().to_owned().into()
    }
}

impl<E: StoredCode> TryGetable for Code<E> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        String::try_get_by(row, index).map(Self::from_text)
    }
}

impl<E: StoredCode> ValueType for Code<E> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <String as ValueType>::try_from(value).map(Self::from_text)
    }

    fn type_name() -> String {
        <String as ValueType>::type_name()
    }

    fn array_type() -> ArrayType {
        <String as ValueType>::array_type()
    }

    fn column_type() -> ColumnType {
        <String as ValueType>::column_type()
    }
}

impl<E> Nullable for Code<E> {
    fn null() -> Value {
        <String as Nullable>::null()
    }
}

impl<E: StoredCode> IntoActiveValue<Self> for Code<E> {
    fn into_active_value(self) -> ActiveValue<Self> {
        ActiveValue::Set(self)
    }
}

// asked for of every column of a primary key
impl<E> TryFromU64 for Code<E> {
    fn try_from_u64(_number: u64) -> Result<Self, DbErr> {
        Err(DbErr::ConvertFromU64("Code"))
    }
}

#[cfg(test)]
mod tests {
    use model::TeamStatus;

    use super::*;

    #[test]
    fn a_code_reads_back_even_if_this_version_does_not_know_it() {
        let known = Code::from_text("in_review".to_owned());
        assert_eq!(known, Code::Known(TeamStatus::InReview));
        assert_eq!(known.as_str(), "in_review");
        let unknown = Code::<TeamStatus>::from_text("archived".to_owned());
        assert_eq!(unknown.clone().known(), None);
        assert_eq!(unknown.as_str(), "archived");
    }
}
