//! Single logout (core §3.7, profiles §4.4): requests and responses, ours written, the
//! identity provider's verified and read.
//!
//! By redirect, which is all that Entra speaks, or by POST. A request must be signed, or
//! anybody could sign people out with a link. A response by redirect may come unsigned,
//! because Entra does not promise to sign it, and says so in
//! [`ReceivedLogoutResponse::signed`].
//!
//! Left to the caller: that the ID of a received message is new, and to remember a request for
//! assertions that come after it ([`NameId::matches`] says whom it is about).

mod error;
mod expected;
mod outgoing;
mod received;
mod validator;

pub use crate::name_id::NameId;
pub use crate::session_indexes::{SessionIndexError, SessionIndexes};
pub use error::LogoutRejection;
pub use expected::ExpectedLogoutMessage;
pub use outgoing::{LogoutRequest, LogoutResponse, LogoutStatus};
pub use received::{LogoutMessage, ReceivedLogoutRequest, ReceivedLogoutResponse};
