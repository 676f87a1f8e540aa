//! Whom a team trusts: its identity provider, and the certificates that it signs with.

use crate::certificate::SigningCertificate;
use crate::sp_key::SpKey;

/// Whether a certificate that has expired still verifies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValidityPolicy {
    /// It does not, as Microsoft asks of gallery applications.
    #[default]
    Enforced,
    /// It does: the certificate only contains the key (metadata §2.4.1.1 leaves it open).
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
    /// Whether the second engine ([`crate::response::SignatureEngine::Samael`]) must agree with what ours accepts.
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
