//! Responses (core §3.3.3, profiles §4.1.4), from the posted form value to an assertion that
//! may be believed.
//!
//! 1. [`GatedResponse::decode`] lets through what has the one shape that honest identity
//!    providers send. Nothing is verified yet.
//! 2. [`GatedResponse::verify`] checks the signature, takes the canonical bytes that were
//!    signed, and checks and reads those, never again what was posted.
//!
//! Left to the caller, because they need a store or a clock: rate limits, a blocking thread
//! with `catch_unwind`, the replay guard ([`VerifiedAssertion::assertion_id`] until
//! [`VerifiedAssertion::replay_until`]), and that the browser is the one that asked.

mod assertion;
mod checks;
mod envelope;
mod gate;
mod rejection;
mod signature;
mod verify;

use chrono::{DateTime, TimeDelta, Utc};
use roxmltree::Node;

use crate::certificate::SigningCertificate;
use crate::names::{ASSERTION, PROTOCOL};
use crate::xml::{attribute, child, is};
use checks::Checks;
use envelope::Envelope;
use gate::{Content, wrong};

pub use crate::xml::Construct;
pub use assertion::{Attribute, SignedParts, VerifiedAssertion};
pub use gate::RESPONSE_LIMIT;
pub use rejection::Rejection;

/// How far apart clocks may be, unless somebody says otherwise.
pub const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(3);

/// Whom a tenant trusts.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'a> {
    /// The identity provider's entity id, exactly.
    pub idp_entity_id: &'a str,
    /// The certificates it may sign with. With none, nothing is accepted.
    pub certificates: &'a [SigningCertificate],
}

/// What a response must say to be meant for us, each exactly.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Our entity id for this tenant.
    pub sp_entity_id: &'a str,
    /// The address it was posted to, of this tenant.
    pub acs_url: &'a str,
    /// The ID of the request it answers.
    pub in_response_to: &'a str,
    /// How far apart clocks may be: [`CLOCK_SKEW`].
    pub clock_skew: TimeDelta,
}

/// A response that passed the gate: safe to be looked at, not to be believed.
#[derive(Clone, Debug)]
pub struct GatedResponse {
    xml: String,
    envelope: Envelope,
    content: Content,
    hint: Option<String>,
}

impl GatedResponse {
    /// Decodes the `SAMLResponse` form value (bindings §3.5.4) and lets it through the gate.
    pub fn decode(saml_response_form_value: &str) -> Result<Self, Rejection> {
        gate::decode(saml_response_form_value)
    }

    /// The request that the response says it answers: a hint to look an attempt up by, which
    /// anybody can have written.
    #[must_use]
    pub fn in_response_to(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Verifies the signature and every condition (core §2.5.1, profiles §4.1.4.3).
    pub fn verify(
        &self,
        trust: &Trust<'_>,
        expected: &Expected<'_>,
        now: DateTime<Utc>,
    ) -> Result<VerifiedAssertion, Rejection> {
        if trust.certificates.is_empty() {
            return Err(Rejection::NotConfigured);
        }
        self.envelope.succeeded()?;
        let (id, on_assertion, on_response) = match &self.content {
            Content::Nothing => return Err(wrong("the response has no assertion")),
            Content::Encrypted => return Err(Rejection::Encrypted),
            Content::Assertion { id, on_assertion, on_response } => (id, on_assertion, on_response),
        };
        let signatures: Vec<_> = on_assertion.iter().chain(on_response).collect();
        let verified = verify::verify(&self.xml, &signatures, trust.certificates, now)?;
        let document = gate::parse(&verified.canonical)?;
        let root = document.root_element();
        let checks = Checks { trust, expected, now };
        let assertion = if on_response.is_some() {
            same(root, PROTOCOL, "Response", &self.envelope.id)?;
            Envelope::read(root)?.check_signed(&checks)?;
            let inner = child(root, ASSERTION, "Assertion").map_err(|_| wrong("there are several assertions"))?;
            inner.ok_or(wrong("the response has no assertion"))?
        } else {
            self.envelope.check_unsigned(&checks)?;
            root
        };
        same(assertion, ASSERTION, "Assertion", id)?;
        let parts = match (on_assertion, on_response) {
            (Some(_), Some(_)) => SignedParts::Both,
            (None, Some(_)) => SignedParts::Response,
            (_, None) => SignedParts::Assertion,
        };
        assertion::read(assertion, &checks, parts, verified.certificate)
    }
}

/// What came out of the signature check must be the very element that the gate saw.
fn same(node: Node<'_, '_>, namespace: &str, name: &str, id: &str) -> Result<(), Rejection> {
    if is(node, namespace, name) && attribute(node, "ID") == Some(id) {
        Ok(())
    } else {
        Err(wrong("something else is signed than what the response carries"))
    }
}
