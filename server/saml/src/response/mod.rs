//! Responses (core §3.3.3, profiles §4.1.4), from the posted form value to an assertion that
//! may be believed.
//!
//! 1. [`GatedResponse::decode`] lets through what has the one shape that honest identity
//!    providers send. Nothing is verified yet.
//! 2. [`GatedResponse::validate`] checks the signature, takes the canonical bytes that were
//!    signed, and checks and reads those, never again what was posted.
//!
//! Left to the caller, because they need a store or a clock: rate limits, a blocking thread
//! with `catch_unwind`, the replay guard ([`VerifiedAssertion::assertion_id`] until
//! [`VerifiedAssertion::replay_until`]), and that the browser is the one that began the sign-in.

mod assertion;
mod authn_statement;
mod check;
mod conditions;
mod document;
mod encrypted_assertion;
mod envelope;
mod expected;
mod gated_response;
mod invisible_characters;
mod problems;
mod rejection;
mod shape;
mod shape_error;
mod signature;
mod signature_engine;
mod signed_message;
mod subject;
mod validate;
mod validation_context;

pub use crate::trust::{Trust, ValidityPolicy};
pub use crate::xml::{Construct, XmlError};
pub use assertion::{Attribute, VerifiedAssertion};
pub use check::{Check, CheckResult, CheckedValue, SignedBy, SignedParts};
pub use expected::{CLOCK_SKEW, ExpectedAuthn, ExpectedRequest, ExpectedResponse};
pub use gated_response::{GatedResponse, RESPONSE_LIMIT, decode_deflated, decode_lossy, is_logout_message};
pub use problems::{ConfirmationError, InternalFault, NameIdError, TimedPart};
pub use rejection::Rejection;
pub use shape_error::ShapeError;
pub use signature_engine::SignatureEngine;
pub(crate) use signed_message::verify as verify_signed_message;
pub use validate::ValidationReport;
