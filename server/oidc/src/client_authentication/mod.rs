//! Which client asks, and by what proof (RFC 6749 §2.3, RFC 7523 §3, Core §9).
//!
//! [`presented_client`] reads what was sent. The caller then looks the client up, and compares the
//! secret, or verifies the assertion with [`verify_client_assertion`], or sees that the client is a
//! public one.

mod assertion;
mod basic;
mod presented;

pub use assertion::{AssertionId, AssertionPolicy, AssertionRejection, verify_client_assertion};
pub use presented::{PresentedClient, SecretMethod, presented_client};
