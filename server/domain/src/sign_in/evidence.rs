//! Evidence for findings: the connection's certificates and keys, and the certificates that the
//! response names. It tells an administrator which certificate is missing; nothing here decides.

use std::cell::OnceCell;

use model::FindingValue;
use saml::certificate::SigningCertificate;
use saml::response::GatedResponse;
use saml::sp_key::SpKey;

use super::finding::thumbprints;

/// How many of the certificates that a message names are read.
const MAX_NAMED_CERTIFICATES: usize = 4;

/// What a response is compared with, and what it says of itself. The certificates that it names are
/// parsed when a finding asks for them: a sign-in that passes every check costs none of that.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    /// The connection's certificates.
    pub(super) certificates: &'a [SigningCertificate],
    /// The team's keys, the current one first.
    keys: &'a [SpKey],
    /// The message, if it was read at all.
    message: Option<&'a GatedResponse>,
    /// The certificates that the message says it is signed with.
    named: OnceCell<Vec<SigningCertificate>>,
    /// The certificates that the message says it is encrypted to.
    encrypted_to: OnceCell<Vec<SigningCertificate>>,
}

impl<'a> Evidence<'a> {
    /// Of a message that passed the gate.
    pub(super) const fn of(
        gated: &'a GatedResponse,
        certificates: &'a [SigningCertificate],
        keys: &'a [SpKey],
    ) -> Self {
        Self { certificates, keys, message: Some(gated), named: OnceCell::new(), encrypted_to: OnceCell::new() }
    }

    /// Of a message that was not even read.
    pub(super) const fn none() -> Self {
        Self { certificates: &[], keys: &[], message: None, named: OnceCell::new(), encrypted_to: OnceCell::new() }
    }

    fn named(&self) -> &[SigningCertificate] {
        self.named.get_or_init(|| self.parse(GatedResponse::named_certificates))
    }

    fn encrypted_to(&self) -> &[SigningCertificate] {
        self.encrypted_to.get_or_init(|| self.parse(GatedResponse::recipient_certificates))
    }

    fn parse(&self, ders: impl FnOnce(&GatedResponse) -> Vec<Vec<u8>>) -> Vec<SigningCertificate> {
        self.message.map(|message| parse_certificates(&ders(message))).unwrap_or_default()
    }

    /// The certificates that the message names as its signers and that the connection lacks.
    pub(super) fn unknown_certificates(&self) -> Vec<&SigningCertificate> {
        let is_ours = |named: &SigningCertificate| self.certificates.iter().any(|ours| ours.der() == named.der());
        self.named().iter().filter(|named| !is_ours(named)).collect()
    }

    /// The certificates that it is encrypted to, as Entra shows them.
    pub(super) fn recipients(&self) -> Option<FindingValue> {
        let recipients = self.encrypted_to();
        (!recipients.is_empty()).then(|| thumbprints(recipients.iter()))
    }

    /// The certificate that it should be encrypted to.
    pub(super) fn own_key(&self) -> Option<FindingValue> {
        self.keys.first().map(|key| FindingValue::text(key.thumbprint_sha1()))
    }

    /// Whether the message says that it is encrypted to a key of ours that has been replaced.
    pub(super) fn is_encrypted_to_old_key(&self) -> bool {
        let is = |key: &SpKey| self.encrypted_to().iter().any(|to| to.thumbprint_sha256() == key.thumbprint_sha256());
        self.keys.iter().skip(1).any(is) && !self.keys.first().is_some_and(is)
    }

    /// The certificate of the connection with a thumbprint.
    pub(super) fn certificate(&self, thumbprint_sha256: &str) -> Option<&'a SigningCertificate> {
        self.certificates.iter().find(|certificate| certificate.thumbprint_sha256() == thumbprint_sha256)
    }
}

fn parse_certificates(ders: &[Vec<u8>]) -> Vec<SigningCertificate> {
    ders.iter().take(MAX_NAMED_CERTIFICATES).filter_map(|der| SigningCertificate::from_der(der).ok()).collect()
}
