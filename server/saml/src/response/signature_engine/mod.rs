//! The signature check behind the gate, by either of two engines that share no code: the primary
//! one (our canonicalisation of the gated tree, and OpenSSL), and samael's (libxml2 and xmlsec).
//! The primary one decides. The other is the reference of the tests and of the fuzzer, and the
//! second opinion on what the first has accepted (`docs/decisions/0009`).

mod engine;
mod primary;
mod samael;
mod signed_element;

pub use engine::SignatureEngine;
pub(super) use engine::{second_opinion, signed_bytes, verify};
pub(super) use signed_element::{SignedElement, VerifiedBytes};
