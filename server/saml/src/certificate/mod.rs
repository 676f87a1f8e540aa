//! Signing certificates of identity providers.
//!
//! A certificate is only a container for a public key here: nobody builds a chain, because an
//! administrator named the very certificate (metadata §2.4.1.1, as Entra and others use it).
//! Its validity counts all the same: Microsoft's gallery asks that an expired one fails.

mod bundle;
mod chain;
mod error;
mod public_key;
mod signing_certificate;

pub use bundle::SkippedCertificate;
pub(crate) use bundle::{Bundle, decode};
pub(crate) use chain::{ChainRole, roles_in_chain};
pub use error::CertificateError;
pub use signing_certificate::SigningCertificate;
