//! The HTTP-Redirect binding (bindings §3.4): a message deflated, in Base64, in a query,
//! whose signature is a parameter beside it.

mod decode;
mod encode;
mod signature;

pub(crate) use decode::inflate;
pub use decode::{MESSAGE_LIMIT, RedirectError, RedirectMessage, decode};
pub(crate) use encode::OutgoingMessage;
pub(crate) use signature::verify_if_signed;
pub use signature::{RedirectSignatureError, verify};
