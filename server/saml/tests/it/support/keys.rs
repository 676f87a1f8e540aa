//! Keys and certificates: two fixed ones, which the corpus on disk is signed with, and others
//! made once per process.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::x509::{X509, X509NameBuilder};
use saml::certificate::SigningCertificate;
use saml::sp_key::SpKey;

use super::now;

/// A private key and its certificate.
pub struct Key {
    pub private: PKey<Private>,
    pub certificate: SigningCertificate,
}

/// From when until when, in days from now.
#[derive(Clone, Copy)]
pub struct Validity(pub i64, pub i64);

const GOOD: Validity = Validity(-1, 3650);

fn key(private: PKey<Private>, validity: Validity) -> Key {
    let certificate = SigningCertificate::from_der(&certificate(&private, validity)).unwrap();
    Key { private, certificate }
}

/// A self-signed certificate in DER.
pub fn certificate(private: &PKey<Private>, Validity(from, until): Validity) -> Vec<u8> {
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, "Microsoft Azure Federated SSO Certificate").unwrap();
    let name = name.build();
    let instant = |days: i64| -> DateTime<Utc> { now() + TimeDelta::days(days) };
    let time = |days: i64| Asn1Time::from_unix(instant(days).timestamp()).unwrap();
    let mut builder = X509::builder().unwrap();
    builder.set_version(2).unwrap();
    builder.set_serial_number(&BigNum::from_u32(7).unwrap().to_asn1_integer().unwrap()).unwrap();
    builder.set_subject_name(&name).unwrap();
    builder.set_issuer_name(&name).unwrap();
    builder.set_not_before(&time(from)).unwrap();
    builder.set_not_after(&time(until)).unwrap();
    builder.set_pubkey(private).unwrap();
    let is_edwards = private.id() == openssl::pkey::Id::ED25519;
    let digest = if is_edwards { MessageDigest::null() } else { MessageDigest::sha256() };
    builder.sign(private, digest).unwrap();
    builder.build().to_der().unwrap()
}

fn read(pem: &str) -> PKey<Private> {
    PKey::private_key_from_pem(pem.as_bytes()).unwrap()
}

pub fn ec_key(curve: Nid) -> PKey<Private> {
    let group = EcGroup::from_curve_name(curve).unwrap();
    PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap()
}

static RSA: LazyLock<Key> = LazyLock::new(|| key(read(include_str!("../../../testdata/keys/idp.key.pem")), GOOD));
static OTHER_RSA: LazyLock<Key> =
    LazyLock::new(|| key(read(include_str!("../../../testdata/keys/other.key.pem")), GOOD));
static P256: LazyLock<Key> = LazyLock::new(|| key(ec_key(Nid::X9_62_PRIME256V1), GOOD));
static P384: LazyLock<Key> = LazyLock::new(|| key(ec_key(Nid::SECP384R1), GOOD));
static EXPIRED: LazyLock<Key> = LazyLock::new(|| key(RSA.private.clone(), Validity(-30, -1)));
static UNREADY: LazyLock<Key> = LazyLock::new(|| key(RSA.private.clone(), Validity(1, 30)));

/// The key that Entra signs with.
pub fn rsa() -> &'static Key {
    &RSA
}

/// Somebody else's key.
pub fn other_rsa() -> &'static Key {
    &OTHER_RSA
}

pub fn p256() -> &'static Key {
    &P256
}

pub fn p384() -> &'static Key {
    &P384
}

/// The first key, with a certificate that ended yesterday.
pub fn expired() -> &'static Key {
    &EXPIRED
}

/// The first key, with a certificate that begins tomorrow.
pub fn unready() -> &'static Key {
    &UNREADY
}

static SP_KEY: LazyLock<SpKey> = LazyLock::new(|| own_key(1));
static OTHER_SP_KEY: LazyLock<SpKey> = LazyLock::new(|| own_key(2));

fn own_key(serial: u8) -> SpKey {
    SpKey::generate("Krisp SSO contoso", [serial; 16], now(), now() + TimeDelta::days(3 * 365)).unwrap()
}

/// The key that assertions are encrypted to.
pub fn sp_key() -> &'static SpKey {
    &SP_KEY
}

/// Our key before that.
pub fn other_sp_key() -> &'static SpKey {
    &OTHER_SP_KEY
}
