//! Name identifiers, as the store's rows hold them.

use saml::logout::NameId;
use store::account_sessions::AccountSession;
use store::attempts::Attempt;
use store::people::PersonSession;
use store::received_logouts::ReceivedLogout;

/// A row that holds a name identifier in parts.
pub(crate) trait HasNameId {
    /// The whole of it.
    fn name_id(&self) -> NameId;
}

macro_rules! has_name_id {
    ($($row:ty),+) => {
        $(impl HasNameId for $row {
            fn name_id(&self) -> NameId {
                NameId {
                    value: self.name_id.clone().unwrap_or_default(),
                    format: self.name_id_format.clone(),
                    name_qualifier: self.name_qualifier.clone(),
                    sp_name_qualifier: self.sp_name_qualifier.clone(),
                }
            }
        })+
    };
}

has_name_id!(AccountSession, Attempt);

macro_rules! always_named {
    ($($row:ty),+) => {
        $(impl HasNameId for $row {
            fn name_id(&self) -> NameId {
                NameId {
                    value: self.name_id.clone(),
                    format: self.name_id_format.clone(),
                    name_qualifier: self.name_qualifier.clone(),
                    sp_name_qualifier: self.sp_name_qualifier.clone(),
                }
            }
        })+
    };
}

always_named!(PersonSession, ReceivedLogout);
