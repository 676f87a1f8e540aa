//! The SAML 2.0 service provider as pure functions: bytes, trust and time in, verdict out.
//!
//! Nothing here reads a clock, draws randomness, opens a connection or knows a tenant; the
//! caller passes all of that in. The crate is the sole user of samael and, through it, of
//! the C libraries libxml2 and libxmlsec1, which give a second opinion on signatures.
//!
//! * [`response`]: what an identity provider posts, from form value to verified assertion.
//! * [`authn_request`]: what we send to sign somebody in; [`logout`]: to sign somebody out, both ways.
//! * [`redirect`] and [`post`]: the bindings they travel in.
//! * [`sp_key`]: the key we sign with and are encrypted to.
//! * [`certificate`]: the identity provider's signing certificates.
//! * [`metadata`]: theirs, read; ours, written.
//!
//! Sections named `core`, `bindings`, `profiles` and `metadata` are those of the OASIS SAML
//! 2.0 documents of the same name; `xmldsig` is the W3C's XML Signature.

pub mod authn_request;
pub mod certificate;
mod encoding;
pub mod logout;
pub mod metadata;
mod names;
pub mod post;
pub mod redirect;
pub mod response;
mod signature_method;
pub mod sp_key;
mod xml;

pub use encoding::{UnknownEncoding, decode_text};
pub use xml::{Line, pretty};
