//! One signing certificate, read once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::x509::X509;

use super::error::CertificateError;
use super::public_key::{KeyKind, PublicKey};
use crate::signature_method::SignatureMethod;

/// A subject is displayed, so its length is limited.
const SUBJECT_CHARS: usize = 300;

/// A certificate that an identity provider signs with. Everything about it is read once,
/// when it is parsed, so that every value of this type is usable.
#[derive(Clone, Debug)]
pub struct SigningCertificate {
    der: Vec<u8>,
    base64: String,
    subject: String,
    thumbprint_sha1: String,
    thumbprint_sha256: String,
    key: PublicKey,
    not_before: DateTime<Utc>,
    not_after: DateTime<Utc>,
}

impl SigningCertificate {
    /// Reads one certificate in DER and rejects anything else, bytes behind it included.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let read = parse(der);
        // OpenSSL leaves errors in this thread's queue, where its next caller would find them
        drop(ErrorStack::get());
        read
    }

    /// The certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate as `X509Certificate` holds it.
    pub(crate) fn base64(&self) -> &str {
        &self.base64
    }

    /// The certificate as PEM text (RFC 7468).
    #[must_use]
    pub fn to_pem(&self) -> String {
        pem::encode(&pem::Pem::new("CERTIFICATE", self.der.as_slice()))
    }

    /// The subject's distinguished name, such as `CN=Microsoft Azure Federated SSO Certificate`.
    #[must_use]
    pub fn subject(&self) -> String {
        self.subject.clone()
    }

    /// SHA-1 over the DER in upper-case hexadecimal: the thumbprint that Entra shows.
    #[must_use]
    pub fn thumbprint_sha1(&self) -> String {
        self.thumbprint_sha1.clone()
    }

    /// SHA-256 over the DER in upper-case hexadecimal.
    #[must_use]
    pub fn thumbprint_sha256(&self) -> String {
        self.thumbprint_sha256.clone()
    }

    /// Such as `RSA 2048` or `EC P-256`.
    #[must_use]
    pub fn key_description(&self) -> String {
        self.key.kind().to_string()
    }

    /// Valid from.
    #[must_use]
    pub fn not_before(&self) -> DateTime<Utc> {
        self.not_before
    }

    /// Valid until, inclusive.
    #[must_use]
    pub fn not_after(&self) -> DateTime<Utc> {
        self.not_after
    }

    /// Whether `now` is within its validity.
    #[must_use]
    pub fn is_valid_at(&self, now: DateTime<Utc>) -> bool {
        self.not_before <= now && now <= self.not_after
    }

    /// Whether both hold the same key, such as a certificate and its renewal: what one verifies,
    /// the other verifies too.
    #[must_use]
    pub fn has_key_of(&self, other: &Self) -> bool {
        self.key.is_same(&other.key)
    }

    pub(crate) fn key(&self) -> KeyKind {
        self.key.kind()
    }

    /// Whether the signature over those bytes was made with this certificate's key.
    pub(crate) fn verify(&self, method: SignatureMethod, signed: &[u8], signature: &[u8]) -> bool {
        self.key.verify(method, signed, signature)
    }
}

/// One certificate is another if its bytes are: everything else follows from them.
impl PartialEq for SigningCertificate {
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for SigningCertificate {}

fn parse(der: &[u8]) -> Result<SigningCertificate, CertificateError> {
    let certificate = X509::from_der(der).map_err(|_| unreadable(der))?;
    // OpenSSL stops reading at the certificate's end: nothing may follow it
    if certificate.to_der().map_err(|_| CertificateError::Internal)? != der {
        return Err(CertificateError::Damaged);
    }
    let public = certificate.public_key().map_err(|_| CertificateError::WeakKey { key: "?".to_owned() })?;
    let digest = |algorithm| {
        let digest = certificate.digest(algorithm).map_err(|_| CertificateError::Internal)?;
        Ok(hex::encode_upper(digest))
    };
    Ok(SigningCertificate {
        der: der.to_vec(),
        base64: STANDARD.encode(der),
        subject: subject_of(&certificate),
        thumbprint_sha1: digest(MessageDigest::sha1())?,
        thumbprint_sha256: digest(MessageDigest::sha256())?,
        key: PublicKey::new(public)?,
        not_before: to_utc(certificate.not_before())?,
        not_after: to_utc(certificate.not_after())?,
    })
}

/// A DER sequence that is longer than the file, or that holds a certificate's beginning, is
/// a damaged certificate; anything else never was one.
fn unreadable(der: &[u8]) -> CertificateError {
    match der {
        [0x30, 0x82, high, low, 0x30, ..] => {
            let declared = (usize::from(*high) << 8 | usize::from(*low)).saturating_add(4);
            if declared == der.len() { CertificateError::NotACertificate } else { CertificateError::Damaged }
        }
        _ => CertificateError::NotACertificate,
    }
}

pub(super) fn subject_of(certificate: &X509) -> String {
    let mut subject = String::new();
    for entry in certificate.subject_name().entries() {
        if !subject.is_empty() {
            subject.push_str(", ");
        }
        subject.push_str(entry.object().nid().short_name().unwrap_or("?"));
        subject.push('=');
        subject.push_str(&entry.data().to_string().unwrap_or_else(|_| "?".to_owned()));
    }
    subject.chars().filter(|character| !character.is_control()).take(SUBJECT_CHARS).collect()
}

fn to_utc(time: &Asn1TimeRef) -> Result<DateTime<Utc>, CertificateError> {
    let epoch = Asn1Time::from_unix(0).map_err(|_| CertificateError::Internal)?;
    let since = epoch.diff(time).map_err(|_| CertificateError::Damaged)?;
    TimeDelta::try_days(i64::from(since.days))
        .and_then(|days| days.checked_add(&TimeDelta::seconds(i64::from(since.secs))))
        .and_then(|since| DateTime::UNIX_EPOCH.checked_add_signed(since))
        .ok_or(CertificateError::Damaged)
}
