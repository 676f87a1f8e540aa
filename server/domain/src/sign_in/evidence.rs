//! Evidence for findings: the connection's certificates and keys, and the certificates that the
//! response names. It tells an administrator which certificate is missing; nothing here decides.

use std::cell::OnceCell;

use chrono::TimeDelta;
use model::{FindingValue, Timestamp};
use saml::certificate::SigningCertificate;
use saml::response::{GatedResponse, Rejection};
use saml::sp_key::SpKey;

use super::finding::{named_certificates, thumbprints};

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
    /// When the request was made that it answers.
    requested_at: Option<Timestamp>,
    /// When the message came.
    received_at: Option<Timestamp>,
    /// The message, if it was read at all.
    message: Option<&'a GatedResponse>,
    /// The certificates that the message says it is signed with.
    named: OnceCell<Vec<SigningCertificate>>,
    /// The certificates that the message says it is encrypted to.
    encrypted_to: OnceCell<Vec<SigningCertificate>>,
}

impl<'a> Evidence<'a> {
    /// Of a message that passed the gate.
    pub(super) fn of(
        gated: &'a GatedResponse,
        certificates: &'a [SigningCertificate],
        keys: &'a [SpKey],
        requested_at: Option<Timestamp>,
        received_at: Timestamp,
    ) -> Self {
        let (named, encrypted_to) = (OnceCell::new(), OnceCell::new());
        let received_at = Some(received_at);
        Self { certificates, keys, requested_at, received_at, message: Some(gated), named, encrypted_to }
    }

    /// Of a message that was not even read.
    pub(super) fn none() -> Self {
        let (named, encrypted_to) = (OnceCell::new(), OnceCell::new());
        let (requested_at, received_at) = (None, None);
        Self { certificates: &[], keys: &[], requested_at, received_at, message: None, named, encrypted_to }
    }

    /// How far the clock that wrote the message is off, by what cannot be otherwise: it is issued before our
    /// request was made, or after now. A person who takes their time makes neither.
    pub(super) fn clock_offset(&self) -> Option<TimeDelta> {
        clock_offset(self.message?.issue_instant()?, self.requested_at, self.received_at?)
    }

    /// Whether it answers a request that was open.
    pub(super) const fn is_answer(&self) -> bool {
        self.requested_at.is_some()
    }

    /// Whether the message says that it was made at the moment at which it came.
    pub(super) fn is_made_just_now(&self) -> bool {
        let issued = self.message.and_then(GatedResponse::issue_instant);
        issued.zip(self.received_at).is_some_and(|(issued, received)| (received - issued).abs() <= JUST_NOW)
    }

    /// When the message came.
    pub(super) const fn received_at(&self) -> Option<Timestamp> {
        self.received_at
    }

    /// The certificates that the message names as its signers.
    pub(super) fn named_certificates(&self) -> &[SigningCertificate] {
        self.named.get_or_init(|| self.parse(GatedResponse::named_certificates))
    }

    /// Whether a finding has asked for certificates that the message names.
    #[cfg(test)]
    pub(super) fn has_parsed(&self) -> bool {
        self.named.get().is_some() || self.encrypted_to.get().is_some()
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
        self.named_certificates().iter().filter(|named| !is_ours(named)).collect()
    }

    /// The connection's certificate that signed out of its validity, as the rejection says.
    pub(super) fn signer_out_of_time(&self, rejection: &Rejection) -> Option<FindingValue> {
        let is_it = |certificate: &&SigningCertificate| match rejection {
            Rejection::CertificateExpired { not_after } => certificate.not_after() == *not_after,
            Rejection::CertificateNotYetValid { not_before } => certificate.not_before() == *not_before,
            _ => false,
        };
        self.certificates.iter().find(is_it).map(|certificate| named_certificates(std::iter::once(certificate)))
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

/// A browser posts a response within seconds; the rest is what clocks differ by.
const JUST_NOW: TimeDelta = TimeDelta::seconds(90);

/// Less is within what clocks differ by and messages travel.
pub(super) const CLOCK_TOLERANCE: TimeDelta = TimeDelta::seconds(30);

/// Ahead: positive. Behind: negative, and at least so far.
fn clock_offset(issued: Timestamp, requested_at: Option<Timestamp>, now: Timestamp) -> Option<TimeDelta> {
    let ahead = Some(issued - now).filter(|ahead| *ahead > CLOCK_TOLERANCE);
    let behind = requested_at.map(|at| issued - at).filter(|behind| *behind < -CLOCK_TOLERANCE);
    ahead.or(behind)
}

fn parse_certificates(ders: &[Vec<u8>]) -> Vec<SigningCertificate> {
    ders.iter().take(MAX_NAMED_CERTIFICATES).filter_map(|der| SigningCertificate::from_der(der).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_told_from_a_person_who_takes_their_time() {
        let at = |minute: u32, second: u32| -> Timestamp {
            format!("2026-11-23T12:{minute:02}:{second:02}Z").parse().unwrap()
        };
        let (requested, now) = (Some(at(20, 0)), at(29, 0));
        assert_eq!(clock_offset(at(20, 1), requested, now), None, "the answer was kept for nine minutes");
        assert_eq!(clock_offset(at(19, 40), requested, now), None, "what clocks differ by");
        assert_eq!(clock_offset(at(10, 0), requested, now), Some(TimeDelta::minutes(-10)));
        assert_eq!(clock_offset(at(39, 0), requested, now), Some(TimeDelta::minutes(10)));
        assert_eq!(clock_offset(at(10, 0), None, now), None, "nobody knows when it was asked for");
    }
}
