//! Single logout (core §3.7, profiles §4.4): requests and responses, ours written, the
//! identity provider's verified and read.
//!
//! By redirect, which is all that Entra speaks, or by POST. A request must be signed, or
//! anybody could sign people out with a link. A response by redirect may come unsigned,
//! because Entra does not promise to sign it, and says so in
//! [`ReceivedLogoutResponse::signed`].
//!
//! Left to the caller: that the ID of a received message is new, and to remember a request for
//! assertions that come after it ([`NameId::means`] says whom it is about).

mod checks;
mod error;
mod name_id;
mod receive;
mod session_indexes;
mod write;

pub use error::LogoutError;
pub use name_id::NameId;
pub use receive::{LogoutExpected, LogoutMessage, ReceivedLogoutRequest, ReceivedLogoutResponse};
pub use session_indexes::{SessionIndexError, SessionIndexes};
pub use write::{LogoutRequest, LogoutResponse, LogoutStatus};
