//! Single logout (core §3.7, profiles §4.4): requests and responses, ours written, the
//! identity provider's verified and read.
//!
//! By redirect, which is all that Entra speaks, or by POST. A request must be signed, or
//! anybody could sign people out with a link. A response by redirect may come unsigned,
//! because Entra does not promise to sign it, and says so in
//! [`ReceivedLogoutResponse::signed`].
//!
//! Left to the caller: that the ID of a received message is new, and whose session a
//! request means.

mod checks;
mod error;
mod receive;
mod write;

pub use error::LogoutError;
pub use receive::{LogoutExpected, LogoutMessage, ReceivedLogoutRequest, ReceivedLogoutResponse};
pub use write::{LogoutRequest, LogoutResponse, LogoutStatus};

/// Whom a logout is about, exactly as the assertion named the person (core §2.2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameId {
    /// The identifier.
    pub value: String,
    /// Its format.
    pub format: Option<String>,
    /// The domain that it means somebody in.
    pub name_qualifier: Option<String>,
    /// The service provider that it means somebody at.
    pub sp_name_qualifier: Option<String>,
}
