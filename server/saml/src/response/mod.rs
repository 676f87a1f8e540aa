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
mod authn;
mod blanks;
mod checks;
mod conditions;
mod document;
mod encrypted;
mod engine;
mod envelope;
mod gate;
mod name_id;
mod rejection;
mod report;
mod shape;
mod shown;
mod signature;
mod verify;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};

use crate::certificate::{SigningCertificate, chain};
use crate::sp_key::SpKey;
use checks::Checks;
use document::Parsed;
use envelope::Envelope;
use shape::Content;

pub use crate::xml::Construct;
pub use assertion::{Attribute, SignedParts, VerifiedAssertion};
pub use engine::Engine;
pub use gate::{RESPONSE_LIMIT, received};
pub use rejection::Rejection;
pub use report::{Check, CheckResult, SignedBy, Verification};
pub(crate) use verify::message as verify_message;

/// How far apart clocks may be, unless somebody says otherwise.
pub const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(3);

/// Whether a certificate that has expired still verifies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValidityPolicy {
    /// It does not, as Microsoft asks of gallery applications.
    #[default]
    Enforced,
    /// It does: the certificate is a coat for a key (metadata §2.4.1.1 leaves it open).
    Ignored,
}

/// Whom a tenant trusts, and with what it decrypts.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'a> {
    /// The identity provider's entity id, exactly.
    pub idp_entity_id: &'a str,
    /// The certificates it may sign with. With none, nothing is accepted.
    pub certificates: &'a [SigningCertificate],
    /// Whether those may have expired.
    pub validity: ValidityPolicy,
    /// Our keys, the current one first. With none, nothing encrypted is accepted.
    pub decryption_keys: &'a [SpKey],
    /// Whether the second engine ([`Engine::Samael`]) must agree with what ours accepts.
    pub second_opinion: bool,
}

impl<'a> Trust<'a> {
    /// Trust in those certificates while they are valid; no keys, one engine.
    #[must_use]
    pub const fn new(idp_entity_id: &'a str, certificates: &'a [SigningCertificate]) -> Self {
        Self {
            idp_entity_id,
            certificates,
            validity: ValidityPolicy::Enforced,
            decryption_keys: &[],
            second_opinion: false,
        }
    }
}

/// Which request a response may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedRequest<'a> {
    /// The one with this ID, and no other.
    Id(&'a str),
    /// None: the identity provider started (profiles §4.1.5). A response that claims to
    /// answer something is refused even so.
    Unsolicited,
}

/// What a response must say to be meant for us, each exactly.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Our entity id for this tenant.
    pub sp_entity_id: &'a str,
    /// The address it was posted to, of this tenant.
    pub acs_url: &'a str,
    /// The request it answers.
    pub request: ExpectedRequest<'a>,
    /// What was asked of the authentication.
    pub authn: ExpectedAuthn<'a>,
    /// How far apart clocks may be: [`CLOCK_SKEW`].
    pub clock_skew: TimeDelta,
}

/// What was asked of the authentication. A request is not signed as a rule, so that the
/// person at the browser can take what it asks out: what counts is what comes back. The
/// default asks nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExpectedAuthn<'a> {
    /// With `ForceAuthn` (core §3.4.1): when the request was made, before which nobody can
    /// have authenticated in answer to it.
    pub forced_at: Option<DateTime<Utc>>,
    /// With `RequestedAuthnContext` and the comparison `exact` (core §3.3.2.2.1): the classes,
    /// one of which it must be. With none, any is taken.
    pub context_classes: &'a [String],
}

/// No chain is longer; whoever posts a message may put thousands of certificates into it.
const CHAIN: usize = 8;

/// Those of one `KeyInfo` that can have signed (xmldsig §4.4.4).
fn signers(hints: &[String]) -> Vec<Vec<u8>> {
    let ders: Vec<Option<Vec<u8>>> = hints.iter().take(CHAIN).map(|hint| STANDARD.decode(hint).ok()).collect();
    let roles = chain::roles(&ders);
    ders.into_iter().zip(roles).filter(|(_, role)| *role == chain::Role::Signer).filter_map(|(der, _)| der).collect()
}

/// A response that passed the gate: safe to be looked at, not to be believed.
#[derive(Debug)]
pub struct GatedResponse {
    parsed: Parsed,
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

    /// Whether its assertion is encrypted. A caller answers the refusal of such a response
    /// after a fixed time, so that nobody learns by the clock what decryption came to.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        matches!(self.content, Content::Encrypted { .. })
    }

    /// Whether its assertion is encrypted so that the ciphertext can be altered, with no
    /// signature around it: AES-CBC in a response that is not signed. Whoever may learn which
    /// variants of such a message get how far can decrypt it with our help, so a caller must
    /// tell strangers one reason for every refusal that comes after decryption.
    #[must_use]
    pub fn is_malleable(&self) -> bool {
        match &self.content {
            Content::Encrypted { encrypted, on_response: None } => encrypted.is_malleable(),
            Content::Encrypted { .. } | Content::Nothing | Content::Assertion { .. } => false,
        }
    }

    /// The certificates that the message says it is signed with, as DER: what anybody can
    /// have written, for telling an administrator which certificate is missing. Of a chain it
    /// is the leaf: those that issued it sign no messages, and are none to be added.
    #[must_use]
    pub fn named_certificates(&self) -> Vec<Vec<u8>> {
        let named = verify::signed(self).into_iter().filter_map(|signed| signed.signature.hints(&self.parsed).ok());
        let mut certificates: Vec<_> = named.flat_map(|hints| signers(&hints)).collect();
        certificates.dedup();
        certificates
    }

    /// The certificates that the message says its assertion is encrypted to, as DER.
    #[must_use]
    pub fn recipient_certificates(&self) -> Vec<Vec<u8>> {
        match &self.content {
            Content::Encrypted { encrypted, .. } => encrypted.recipients(),
            Content::Nothing | Content::Assertion { .. } => Vec::new(),
        }
    }

    /// The decoded XML, as received and not verified: to be kept for the tenant's
    /// administrators, never to be read by this service.
    #[must_use]
    pub fn xml(&self) -> &str {
        self.parsed.borrow_owner()
    }

    /// Verifies the signature and every condition (core §2.5.1, profiles §4.1.4.3).
    pub fn verify(
        &self,
        trust: &Trust<'_>,
        expected: &Expected<'_>,
        now: DateTime<Utc>,
    ) -> Result<VerifiedAssertion, Rejection> {
        self.examine(trust, expected, now).outcome
    }

    /// The same, with every single answer.
    #[must_use]
    pub fn examine(&self, trust: &Trust<'_>, expected: &Expected<'_>, now: DateTime<Utc>) -> Verification {
        let mut checks = Checks::new(trust, expected, now);
        let outcome = verify::response(self, &mut checks);
        let signed_by = checks.signed_by.take();
        Verification { checks: checks.into_results(), signed_by, outcome }
    }

    /// The bytes that an engine finds signed, for comparing engines: nothing is checked but
    /// the signatures.
    pub fn signed_bytes(
        &self,
        engine: Engine,
        certificates: &[SigningCertificate],
        now: DateTime<Utc>,
    ) -> Result<String, Rejection> {
        engine::signed_bytes(engine, &self.parsed, &verify::signed(self), certificates, now)
    }
}
