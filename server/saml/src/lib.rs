//! The SAML 2.0 service provider as pure functions: bytes, trust and time in, verdict out.
//!
//! Nothing here reads a clock, draws randomness, opens a connection or knows a tenant; the
//! caller passes all of that in. The crate is the sole user of samael and, through it, of
//! the C libraries libxml2 and libxmlsec1, which give a second opinion on signatures.
//!
//! * [`response`]: what an identity provider posts, from form value to verified assertion.
//! * [`authn_request`]: what we send to sign somebody in; [`logout`]: to sign somebody out, both ways.
//! * [`bindings`]: how messages travel, by HTTP-Redirect and by HTTP-POST.
//! * [`sp_key`]: the key we sign with and are encrypted to.
//! * [`certificate`]: the identity provider's signing certificates.
//! * [`metadata`]: theirs, read; ours, written.
//! * [`upload`]: a file of an administrator's, which holds certificates or metadata.
//! * [`raw_deflate`]: how messages are compressed.
//! * [`ErrorCode`]: what is wrong, to be stored and put into words by the caller.
//!
//! Sections named `core`, `bindings`, `profiles` and `metadata` are those of the OASIS SAML
//! 2.0 documents of the same name; `xmldsig` is the W3C's XML Signature.

pub mod authn_request;
mod base64_text;
pub mod bindings;
pub mod certificate;
mod display;
mod error_code;
mod identifiers;
mod invisible;
pub mod logout;
pub mod metadata;
mod name_id;
pub mod raw_deflate;
pub mod response;
mod session_indexes;
mod signature_method;
pub mod sp_key;
mod text_encoding;
mod trust;
pub mod upload;
mod xml;

pub use error_code::ErrorCode;
pub use text_encoding::{UnsupportedEncoding, decode_text};
pub use xml::{PrettyLine, pretty_print};
