//! The key in a certificate, decoded once: OpenSSL 3.0 takes longer to decode a certificate
//! than to verify a signature with it.

use std::fmt;

use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Public};
use openssl::pkey_ctx::PkeyCtx;
use openssl::rsa::Padding;

use super::error::CertificateError;
use crate::signature_method::{Hash, SignatureMethod};

/// The smallest RSA key that is trusted, in bits.
const RSA_MIN_BITS: u32 = 2048;
/// The largest: OpenSSL's time grows with the square.
const RSA_MAX_BITS: u32 = 8192;

/// What kind of key a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyKind {
    /// RSA with so many bits.
    Rsa(u32),
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
}

impl KeyKind {
    fn of(public: &PKey<Public>) -> Result<Self, CertificateError> {
        let weak = |key: String| Err(CertificateError::WeakKey { key });
        match public.id() {
            Id::RSA if (RSA_MIN_BITS..=RSA_MAX_BITS).contains(&public.bits()) => Ok(Self::Rsa(public.bits())),
            Id::RSA => weak(format!("RSA {}", public.bits())),
            Id::EC => {
                let curve = public.ec_key().ok().and_then(|key| key.group().curve_name());
                match curve {
                    Some(Nid::X9_62_PRIME256V1) => Ok(Self::P256),
                    Some(Nid::SECP384R1) => Ok(Self::P384),
                    other => {
                        let named = other.and_then(|nid| nid.short_name().ok());
                        // a curve of its own has no name
                        weak(named.map_or_else(|| "EC".to_owned(), |curve| format!("EC {curve}")))
                    }
                }
            }
            Id::ED25519 => weak("Ed25519".to_owned()),
            Id::ED448 => weak("Ed448".to_owned()),
            Id::DSA => weak("DSA".to_owned()),
            Id::RSA_PSS => weak("RSA-PSS".to_owned()),
            other => weak(Nid::from_raw(other.as_raw()).short_name().unwrap_or("?").to_owned()),
        }
    }

    /// Whether the key is for RSA signatures rather than ECDSA ones.
    pub(crate) const fn is_rsa(self) -> bool {
        matches!(self, Self::Rsa(_))
    }

    /// How many bytes each half of an ECDSA signature has.
    const fn ecdsa_half_bytes(self) -> usize {
        match self {
            Self::Rsa(_) => 0,
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa(bits) => write!(f, "RSA {bits}"),
            Self::P256 => f.write_str("EC P-256"),
            Self::P384 => f.write_str("EC P-384"),
        }
    }
}

/// A public key that is strong enough.
#[derive(Clone)]
pub(crate) struct PublicKey {
    key: PKey<Public>,
    kind: KeyKind,
}

impl PublicKey {
    /// Takes a key of a kind that some allowed algorithm uses.
    pub(crate) fn new(key: PKey<Public>) -> Result<Self, CertificateError> {
        Ok(Self { kind: KeyKind::of(&key)?, key })
    }

    pub(crate) const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Whether the other is this key, too.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let same = self.kind == other.kind && self.key.public_eq(&other.key);
        // OpenSSL leaves errors in this thread's queue, where its next caller would find them
        drop(ErrorStack::get());
        same
    }

    /// Whether the signature over those bytes is this key's. Whatever cannot be verified is
    /// not.
    pub(crate) fn verify(&self, method: SignatureMethod, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match method {
            SignatureMethod::Rsa(hash) if self.kind.is_rsa() => self.verify_rsa(hash, signed, signature),
            SignatureMethod::Ecdsa(hash) if !self.kind.is_rsa() => self.verify_ecdsa(hash, signed, signature),
            _ => return false,
        };
        verified.unwrap_or_else(|_| {
            // OpenSSL leaves errors in this thread's queue, where its next caller would find them
            drop(ErrorStack::get());
            false
        })
    }

    fn verify_rsa(&self, hash: Hash, signed: &[u8], signature: &[u8]) -> Result<bool, ErrorStack> {
        let mut context = PkeyCtx::new(&self.key)?;
        context.verify_init()?;
        context.set_rsa_padding(Padding::PKCS1)?;
        context.set_signature_md(hash.md())?;
        context.verify(hash.digest(signed).as_ref(), signature)
    }

    /// XML signatures hold the two numbers side by side (RFC 6931 §2.3.6), OpenSSL wants them
    /// in DER.
    fn verify_ecdsa(&self, hash: Hash, signed: &[u8], signature: &[u8]) -> Result<bool, ErrorStack> {
        let half = self.kind.ecdsa_half_bytes();
        let Some((r, s)) = signature.split_at_checked(half).filter(|(_, s)| s.len() == half) else {
            return Ok(false);
        };
        let signature = EcdsaSig::from_private_components(BigNum::from_slice(r)?, BigNum::from_slice(s)?)?;
        signature.verify(hash.digest(signed).as_ref(), &*self.key.ec_key()?)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.kind)
    }
}
