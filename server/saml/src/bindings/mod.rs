//! The bindings that messages travel in (SAML bindings 2.0): HTTP-Redirect and HTTP-POST.

mod destination;
mod message_kind;
pub mod post;
pub mod redirect;

pub use destination::{RELAY_STATE_LIMIT, SendError};
pub use message_kind::MessageKind;
