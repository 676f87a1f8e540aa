//! How rows leave the store: as plain structs with typed fields, made from an entity's model.

use model::application::LogoutProblem;
use model::audit::ActorKind;
use model::ids::{
    AccountId, ApplicationId, ApplicationSecretId, AttemptId, AuthorizationId, CertificateId, InvitationId, PersonId,
    RevisionId, SpKeyId, TeamId,
};
use model::members::GroupRole;
use model::sign_in::Profile;
use model::support::TeamListFilter;
use model::{
    ApplicationProblem, ApplicationSettings, AuditAction, Claim, ClaimMapping, FindingCode, IdentityProvider, Scopes,
    SignInOptions, TeamSlug,
};
use sea_orm::prelude::{Json, Uuid};
use sea_orm::{ConnectionTrait, EntityTrait, Iden, Iterable, Select};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::code::{Code, StoredCode};
use crate::{Error, Result, Timestamp};

/// A field of a struct that a column of type `C` holds.
pub(crate) trait FromColumn<C>: Sized {
    /// The field's value.
    ///
    /// # Errors
    /// [`Error::UnknownValue`] if the column holds something that this version does not write.
    fn from_column(value: C, table: &'static str, column: &'static str) -> Result<Self>;

    /// What the column holds for it.
    fn into_column(self) -> C;
}

macro_rules! kept_as_they_are {
    ($($type:ty),+) => {$(
        impl FromColumn<$type> for $type {
            fn from_column(value: $type, _table: &'static str, _column: &'static str) -> Result<Self> {
                Ok(value)
            }

            fn into_column(self) -> $type {
                self
            }
        }
    )+};
}

kept_as_they_are!(String, bool, i32, i64, Timestamp, Vec<u8>, Uuid, Json);
kept_as_they_are!(
    Code<ActorKind>,
    Code<ApplicationProblem>,
    Code<AuditAction>,
    Code<FindingCode>,
    Code<IdentityProvider>
);

macro_rules! identifiers {
    ($($id:ty),+) => {$(
        impl FromColumn<Uuid> for $id {
            fn from_column(value: Uuid, _table: &'static str, _column: &'static str) -> Result<Self> {
                Ok(value.into())
            }

            fn into_column(self) -> Uuid {
                self.as_uuid()
            }
        }
    )+};
}

identifiers!(AccountId, AttemptId, CertificateId, InvitationId, PersonId, RevisionId, SpKeyId, TeamId);
identifiers!(ApplicationId, ApplicationSecretId, AuthorizationId);

macro_rules! kept_as_json {
    ($($type:ty),+) => {$(
        impl FromColumn<Json> for $type {
            fn from_column(value: Json, table: &'static str, column: &'static str) -> Result<Self> {
                from_json(value, table, column)
            }

            fn into_column(self) -> Json {
                to_json(&self)
            }
        }
    )+};
}

kept_as_json!(ApplicationSettings, ClaimMapping, SignInOptions, Profile, TeamListFilter);
kept_as_json!(Vec<Claim>, Vec<GroupRole>, Vec<String>);

/// The value of a JSON column.
pub(crate) fn from_json<T: DeserializeOwned>(value: Json, table: &'static str, column: &'static str) -> Result<T> {
    serde_json::from_value(value).map_err(|_| Error::UnknownValue { table, column })
}

/// What a JSON column holds for a value.
pub(crate) fn to_json(value: &impl Serialize) -> Json {
    // structs and lists of texts, truth values and options of these always serialise
    serde_json::to_value(value).unwrap_or_default()
}

impl FromColumn<String> for LogoutProblem {
    fn from_column(value: String, table: &'static str, column: &'static str) -> Result<Self> {
        value.parse().map_err(|_| Error::UnknownValue { table, column })
    }

    fn into_column(self) -> String {
        self.to_string()
    }
}

impl FromColumn<String> for Scopes {
    fn from_column(value: String, _table: &'static str, _column: &'static str) -> Result<Self> {
        Ok(value.into())
    }

    fn into_column(self) -> String {
        self.into()
    }
}

impl FromColumn<String> for TeamSlug {
    fn from_column(value: String, table: &'static str, column: &'static str) -> Result<Self> {
        value.parse().map_err(|_| Error::UnknownValue { table, column })
    }

    fn into_column(self) -> String {
        self.to_string()
    }
}

impl<E: StoredCode> FromColumn<Code<E>> for E {
    fn from_column(value: Code<E>, table: &'static str, column: &'static str) -> Result<Self> {
        value.known().ok_or(Error::UnknownValue { table, column })
    }

    fn into_column(self) -> Code<E> {
        Code::Known(self)
    }
}

impl<C, T: FromColumn<C>> FromColumn<Option<C>> for Option<T> {
    fn from_column(value: Option<C>, table: &'static str, column: &'static str) -> Result<Self> {
        value.map(|value| T::from_column(value, table, column)).transpose()
    }

    fn into_column(self) -> Option<C> {
        self.map(T::into_column)
    }
}

/// A public struct with a field for each column of a table, its conversion from a row, and
/// the row that it is inserted as.
macro_rules! row {
    (
        $(#[$doc:meta])*
        $name:ident in $entity:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl TryFrom<$crate::entities::$entity::Model> for $name {
            type Error = $crate::Error;

            fn try_from(row: $crate::entities::$entity::Model) -> $crate::Result<Self> {
                use $crate::row::FromColumn;
                Ok(Self {
                    $($field: FromColumn::from_column(row.$field, stringify!($entity), stringify!($field))?,)+
                })
            }
        }

        impl From<$name> for $crate::entities::$entity::ActiveModel {
            fn from(row: $name) -> Self {
                use $crate::row::FromColumn;
                Self { $($field: ::sea_orm::ActiveValue::Set(FromColumn::into_column(row.$field)),)+ }
            }
        }
    };
}
pub(crate) use row;

/// Databases take only so many values in one statement.
pub(crate) const ROWS_PER_STATEMENT: usize = 500;

/// The one row that a query finds, if it finds one.
pub(crate) async fn one<E, T>(db: &impl ConnectionTrait, query: Select<E>) -> Result<Option<T>>
where
    E: EntityTrait,
    T: TryFrom<E::Model, Error = Error>,
{
    query.one(db).await?.map(T::try_from).transpose()
}

/// Every row that a query finds.
pub(crate) async fn all<E, T>(db: &impl ConnectionTrait, query: Select<E>) -> Result<Vec<T>>
where
    E: EntityTrait,
    T: TryFrom<E::Model, Error = Error>,
{
    query.all(db).await?.into_iter().map(T::try_from).collect()
}

/// All columns of a table, which a statement calls by one letter, under names with that letter.
pub(crate) fn columns<C: Iterable + Iden>(letter: &str) -> String {
    columns_named::<C>(letter, &format!("{letter}_"))
}

/// The same under their own names, which one table of a statement may keep: a row is read faster by these, since
/// no name has to be put together for each value.
pub(crate) fn own_columns<C: Iterable + Iden>(letter: &str) -> String {
    columns_named::<C>(letter, "")
}

fn columns_named<C: Iterable + Iden>(letter: &str, prefix: &str) -> String {
    let named = |column: C| {
        let name = column.to_string();
        format!("{letter}.{name} AS {prefix}{name}")
    };
    C::iter().map(named).collect::<Vec<_>>().join(", ")
}
