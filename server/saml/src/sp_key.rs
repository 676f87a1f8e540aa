//! Our own key: what we sign requests with, and what identity providers encrypt to.
//!
//! It is RSA with 2048 bits because Entra verifies signed requests by RSA-SHA256 only. The
//! certificate around it is self-signed: an identity provider takes it from our metadata and
//! trusts it because an administrator brought it (metadata §2.4.1.1).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use openssl::asn1::{Asn1Integer, Asn1Time};
use openssl::bn::BigNum;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::rsa::Rsa;
use openssl::sign::Signer;
use openssl::x509::extension::{BasicConstraints, KeyUsage, SubjectKeyIdentifier};
use openssl::x509::{X509, X509Builder, X509Name, X509NameBuilder};
use zeroize::Zeroizing;

use crate::certificate::{CertificateError, SigningCertificate};

/// The size of a key that is made here, in bits.
const BITS: u32 = 2048;
/// No common name is longer (RFC 5280, ub-common-name).
const COMMON_NAME_CHARS: usize = 64;

/// Why a key cannot be made or used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpKeyError {
    /// A common name that no certificate can carry.
    #[error("the certificate's common name must have 1 to {COMMON_NAME_CHARS} characters, none of them a control")]
    CommonName,
    /// A validity that ends before it begins.
    #[error("the certificate must end after it begins")]
    Validity,
    /// The private key is no RSA key in PKCS #8 and DER.
    #[error("the private key is not an RSA key in PKCS #8: restore the stored key or generate a new one")]
    PrivateKey,
    /// The certificate cannot be read.
    #[error("the certificate of our own key cannot be used: {0}")]
    Certificate(#[from] CertificateError),
    /// The certificate is some other key's.
    #[error("the private key and the certificate do not belong together: restore both from the same backup")]
    Mismatch,
    /// A document to be signed that has no canonical form, being too long or not XML.
    #[error("the document cannot be signed: is an entity id or an address in it very long?")]
    Unsignable,
    /// OpenSSL failed for no reason of the key's.
    #[error("OpenSSL could not {operation}")]
    OpenSsl {
        /// What it was asked to do.
        operation: &'static str,
    },
}

/// The service provider's private key and its certificate. They belong together, and the
/// key never shows in debug output.
#[derive(Clone)]
pub struct SpKey {
    private: PKey<Private>,
    certificate: SigningCertificate,
}

impl fmt::Debug for SpKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SpKey").field("thumbprint_sha256", &self.thumbprint_sha256()).finish_non_exhaustive()
    }
}

impl SpKey {
    /// Makes a key and signs its certificate with it.
    ///
    /// This is the one exception to this crate's rule that randomness is passed in: a key's
    /// primes come from OpenSSL's own generator, which takes no seed from outside. The
    /// certificate's serial number is the caller's; its first bits are overwritten to keep
    /// it positive and of one length (RFC 5280 §4.1.2.2).
    pub fn generate(
        common_name: &str,
        serial: [u8; 16],
        not_before: DateTime<Utc>,
        not_after: DateTime<Utc>,
    ) -> Result<Self, SpKeyError> {
        let is_name = (1..=COMMON_NAME_CHARS).contains(&common_name.chars().count());
        if !is_name || common_name.chars().any(char::is_control) {
            return Err(SpKeyError::CommonName);
        }
        if not_before.timestamp() >= not_after.timestamp() {
            return Err(SpKeyError::Validity);
        }
        let made = make(common_name, serial, not_before, not_after);
        // a failure's story must not be there for the next user of OpenSSL to find
        drop(ErrorStack::get());
        let (private, certificate) = made.map_err(|_| SpKeyError::OpenSsl { operation: "make the key" })?;
        Ok(Self { private, certificate: SigningCertificate::from_der(&certificate)? })
    }

    /// Takes up a key that was stored. The two must belong together.
    pub fn from_parts(private_pkcs8_der: &[u8], certificate_der: &[u8]) -> Result<Self, SpKeyError> {
        let read = take_up(private_pkcs8_der, certificate_der);
        drop(ErrorStack::get());
        read
    }

    /// The private key in PKCS #8 and DER, in a buffer that is overwritten when dropped.
    pub fn private_key_der(&self) -> Result<Zeroizing<Vec<u8>>, SpKeyError> {
        let der = self.private.private_key_to_pkcs8();
        der.map(Zeroizing::new).map_err(|_| SpKeyError::OpenSsl { operation: "write the private key" })
    }

    /// The certificate, as identity providers get it.
    #[must_use]
    pub fn certificate(&self) -> &SigningCertificate {
        &self.certificate
    }

    /// The certificate in DER.
    #[must_use]
    pub fn certificate_der(&self) -> &[u8] {
        self.certificate.der()
    }

    /// The certificate as PEM text (RFC 7468).
    #[must_use]
    pub fn certificate_pem(&self) -> String {
        self.certificate.to_pem()
    }

    /// The certificate in Base64 on one line, as an `X509Certificate` element holds it
    /// (xmldsig §4.4.4).
    #[must_use]
    pub fn certificate_base64(&self) -> String {
        STANDARD.encode(self.certificate.der())
    }

    /// SHA-1 over the certificate in upper-case hexadecimal: the thumbprint that Entra shows.
    #[must_use]
    pub fn thumbprint_sha1(&self) -> String {
        self.certificate.thumbprint_sha1()
    }

    /// SHA-256 over the certificate in upper-case hexadecimal.
    #[must_use]
    pub fn thumbprint_sha256(&self) -> String {
        self.certificate.thumbprint_sha256()
    }

    /// The certificate is valid from.
    #[must_use]
    pub fn not_before(&self) -> DateTime<Utc> {
        self.certificate.not_before()
    }

    /// The certificate is valid until, inclusive.
    #[must_use]
    pub fn not_after(&self) -> DateTime<Utc> {
        self.certificate.not_after()
    }

    /// The private key, for decryption.
    #[must_use]
    pub(crate) fn private_key(&self) -> &PKey<Private> {
        &self.private
    }

    /// Signs with RSASSA-PKCS1-v1_5 and SHA-256 (RFC 8017 §8.2).
    pub(crate) fn sign_rsa_sha256(&self, bytes: &[u8]) -> Result<Vec<u8>, SpKeyError> {
        let sign = || Signer::new(MessageDigest::sha256(), &self.private)?.sign_oneshot_to_vec(bytes);
        let signed = sign();
        drop(ErrorStack::get());
        signed.map_err(|_| SpKeyError::OpenSsl { operation: "sign" })
    }
}

fn take_up(private_pkcs8_der: &[u8], certificate_der: &[u8]) -> Result<SpKey, SpKeyError> {
    let private = PKey::private_key_from_pkcs8(private_pkcs8_der).map_err(|_| SpKeyError::PrivateKey)?;
    if private.rsa().is_err() {
        return Err(SpKeyError::PrivateKey);
    }
    let certificate = SigningCertificate::from_der(certificate_der)?;
    let public = X509::from_der(certificate_der).and_then(|certificate| certificate.public_key());
    let public = public.map_err(|_| SpKeyError::OpenSsl { operation: "read the certificate's key" })?;
    if private.public_eq(&public) { Ok(SpKey { private, certificate }) } else { Err(SpKeyError::Mismatch) }
}

/// A new key and its certificate in DER.
fn make(
    common_name: &str,
    serial: [u8; 16],
    not_before: DateTime<Utc>,
    not_after: DateTime<Utc>,
) -> Result<(PKey<Private>, Vec<u8>), ErrorStack> {
    let private = PKey::from_rsa(Rsa::generate(BITS)?)?;
    let name = name(common_name)?;
    let mut builder = X509::builder()?;
    // counted from 0: version 3
    builder.set_version(2)?;
    builder.set_serial_number(&*serial_number(serial)?)?;
    builder.set_subject_name(&name)?;
    builder.set_issuer_name(&name)?;
    builder.set_not_before(&*Asn1Time::from_unix(not_before.timestamp())?)?;
    builder.set_not_after(&*Asn1Time::from_unix(not_after.timestamp())?)?;
    builder.set_pubkey(&private)?;
    extend(&mut builder)?;
    builder.sign(&private, MessageDigest::sha256())?;
    let certificate = builder.build().to_der()?;
    Ok((private, certificate))
}

fn name(common_name: &str) -> Result<X509Name, ErrorStack> {
    let mut name = X509NameBuilder::new()?;
    name.append_entry_by_nid(Nid::COMMONNAME, common_name)?;
    Ok(name.build())
}

fn serial_number(mut serial: [u8; 16]) -> Result<Asn1Integer, ErrorStack> {
    let [first, ..] = &mut serial;
    *first = (*first & 0x7f) | 0x40;
    BigNum::from_slice(&serial)?.to_asn1_integer()
}

/// What the key is for: to sign and to be encrypted to, not to issue certificates.
fn extend(builder: &mut X509Builder) -> Result<(), ErrorStack> {
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(KeyUsage::new().critical().digital_signature().key_encipherment().build()?)?;
    let identifier = SubjectKeyIdentifier::new().build(&builder.x509v3_context(None, None))?;
    builder.append_extension(identifier)
}
