//! Authentication requests (core §3.4, profiles §4.1.4.1): ours, written, and anybody's, read.
//!
//! What ours leaves out, it leaves out because of Entra: a `Subject` is an error there
//! (AADSTS900236). Unless a team's [`RequestOptions`] ask for them, so are two more: a
//! `RequestedAuthnContext` rejects people who signed in another way (AADSTS75011), and a
//! `NameIDPolicy` would overrule what the administrator chose.

mod outgoing;
mod received;

pub use outgoing::{AuthnRequest, RequestId, RequestOptions};
pub use received::{ReadRequestError, ReceivedAuthnRequest};
