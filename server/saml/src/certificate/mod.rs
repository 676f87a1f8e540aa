//! Signing certificates of identity providers.
//!
//! A certificate is a coat for a public key here: nobody builds a chain, because an
//! administrator named the very certificate (metadata §2.4.1.1, as Entra and others use it).
//! Its validity counts all the same: Microsoft's gallery asks that an expired one fails.

mod bundle;
pub(crate) mod chain;
mod public_key;
mod upload;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::x509::X509;

use crate::metadata::MetadataError;
use crate::signature_method::SignatureMethod;

pub use bundle::LeftOut;
pub(crate) use bundle::{Bundle, decode};
pub(crate) use public_key::KeyKind;
use public_key::PublicKey;
pub use upload::{UPLOAD_LIMIT, Upload, read_upload};

/// A subject is shown, so it is not let grow.
const SUBJECT_CHARS: usize = 300;

/// Why bytes are not signing certificates we can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// Neither a certificate in any of the known forms nor metadata.
    #[error(
        "this is not a certificate: choose the file Entra calls Certificate (Raw), Certificate (Base64) or Federation Metadata XML"
    )]
    NotACertificate,
    /// A certificate, but cut off, changed or with something behind it.
    #[error("the certificate is damaged: download it again")]
    Damaged,
    /// A private key. It must not be sent to anybody.
    #[error("this is a private key, which nobody else should ever see: choose the certificate instead")]
    PrivateKey,
    /// A key that is too weak, or of a kind that no allowed algorithm uses.
    #[error(
        "the certificate's key ({key}) cannot be used: it must be RSA with 2048 to 8192 bits, EC P-256 or EC P-384"
    )]
    WeakKey {
        /// Such as `RSA 1024`.
        key: String,
    },
    /// Metadata that is sound but names no signing certificate.
    #[error("this metadata has no signing certificate of an identity provider")]
    NoSigningCertificate,
    /// The certificate of an authority, beside the one that it issued.
    #[error("the certificate is of an authority, and stands beside the one that it issued")]
    Issuer,
    /// XML that cannot be used as metadata.
    #[error("the metadata cannot be used: {0}")]
    Metadata(Box<MetadataError>),
    /// More certificates than anybody has.
    #[error("the file has more than {limit} certificates")]
    TooMany {
        /// How many are let in.
        limit: usize,
    },
    /// A file that is too large to be one.
    #[error("the file is larger than 2 MiB, which no certificate is")]
    TooLarge,
    /// OpenSSL failed for no reason of the certificate's.
    #[error("the certificate could not be examined")]
    Internal,
}

/// A certificate that an identity provider signs with. Everything about it is read once,
/// when it is made, so holding one means that it was found sound.
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
    /// Reads one certificate in DER and refuses anything else, bytes behind it included.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        let read = parse(der);
        // a failure leaves its story in this thread's queue, where the next user of OpenSSL
        // would find it and take it for its own
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

    /// Whether both hold one key, such as a certificate and its renewal: what the one verifies,
    /// the other does.
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
    // OpenSSL stops reading at the certificate's end; what it writes must be all there was
    if certificate.to_der().map_err(|_| CertificateError::Internal)? != der {
        return Err(CertificateError::Damaged);
    }
    let public = certificate.public_key().map_err(|_| CertificateError::WeakKey { key: "unknown kind".to_owned() })?;
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
        not_before: instant(certificate.not_before())?,
        not_after: instant(certificate.not_after())?,
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

fn subject_of(certificate: &X509) -> String {
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

fn instant(time: &Asn1TimeRef) -> Result<DateTime<Utc>, CertificateError> {
    let epoch = Asn1Time::from_unix(0).map_err(|_| CertificateError::Internal)?;
    let since = epoch.diff(time).map_err(|_| CertificateError::Damaged)?;
    TimeDelta::try_days(i64::from(since.days))
        .and_then(|days| days.checked_add(&TimeDelta::seconds(i64::from(since.secs))))
        .and_then(|since| DateTime::UNIX_EPOCH.checked_add_signed(since))
        .ok_or(CertificateError::Damaged)
}
