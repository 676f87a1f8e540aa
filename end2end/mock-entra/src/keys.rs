//! The application's signing key and certificate, as Entra makes them: RSA with 2048 bits,
//! self-signed, for three years.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use openssl::asn1::Asn1Time;
use openssl::bn::{BigNum, MsbOption};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::{X509, X509NameBuilder};
use samael::crypto::{Crypto, CryptoProvider};
use saml::sp_key::SpKey;

/// What the certificate's subject and issuer are with Entra.
const COMMON_NAME: &str = "Microsoft Azure Federated SSO Certificate";
/// Entra's certificates last three years.
const LIFETIME: TimeDelta = TimeDelta::days(3 * 365);

/// A private key and its certificate.
#[derive(Clone)]
pub struct SigningKey {
    private_der: Vec<u8>,
    certificate: X509,
}

impl SigningKey {
    /// Makes a new one, valid from a minute ago.
    pub fn generate(now: DateTime<Utc>) -> Result<Self> {
        let not_before = now - TimeDelta::minutes(1);
        Self::valid(not_before, not_before + LIFETIME)
    }

    /// Makes a new one with that validity.
    pub fn valid(not_before: DateTime<Utc>, not_after: DateTime<Utc>) -> Result<Self> {
        let key = PKey::from_rsa(Rsa::generate(2048)?)?;
        let mut name = X509NameBuilder::new()?;
        name.append_entry_by_nid(Nid::COMMONNAME, COMMON_NAME)?;
        let name = name.build();
        let mut serial = BigNum::new()?;
        serial.rand(127, MsbOption::MAYBE_ZERO, false)?;
        let mut certificate = X509::builder()?;
        certificate.set_version(2)?;
        certificate.set_serial_number(&*serial.to_asn1_integer()?)?;
        certificate.set_subject_name(&name)?;
        certificate.set_issuer_name(&name)?;
        certificate.set_not_before(&*Asn1Time::from_unix(not_before.timestamp())?)?;
        certificate.set_not_after(&*Asn1Time::from_unix(not_after.timestamp())?)?;
        certificate.set_pubkey(&key)?;
        certificate.sign(&key, MessageDigest::sha256())?;
        Ok(Self { private_der: key.private_key_to_der()?, certificate: certificate.build() })
    }

    /// The same private key, passed off under the certificate of another.
    #[must_use]
    pub fn under_certificate_of(&self, other: &Self) -> Self {
        Self { private_der: self.private_der.clone(), certificate: other.certificate.clone() }
    }

    /// Certificate (Raw).
    pub fn certificate_der(&self) -> Result<Vec<u8>> {
        Ok(self.certificate.to_der()?)
    }

    /// Certificate (Base64).
    pub fn certificate_pem(&self) -> Result<Vec<u8>> {
        Ok(self.certificate.to_pem()?)
    }

    /// The certificate as `X509Certificate` holds it.
    pub fn certificate_base64(&self) -> Result<String> {
        Ok(STANDARD.encode(self.certificate_der()?))
    }

    /// The same key, for `saml` to sign logout messages with.
    pub fn message_signer(&self) -> Result<SpKey> {
        let private = PKey::private_key_from_der(&self.private_der)?.private_key_to_pkcs8()?;
        Ok(SpKey::from_parts(&private, &self.certificate_der()?)?)
    }

    /// Fills the empty signature of a document and returns the document without declaration.
    pub fn sign(&self, xml: &str) -> Result<String> {
        let signed = <Crypto as CryptoProvider>::sign_xml(xml, &self.private_der).context("signing failed")?;
        let body = signed.split_once("?>").map_or(signed.as_str(), |(_, body)| body);
        Ok(body.trim().to_owned())
    }
}
