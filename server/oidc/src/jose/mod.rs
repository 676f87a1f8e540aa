//! JSON Web Keys and Signatures (RFC 7515, RFC 7517, RFC 7518, RFC 8037), no more of them than the
//! provider needs: RS256, ES256 and `EdDSA` with Ed25519. `none` and HMAC do not exist here.
//!
//! * [`Jwk`], [`JwkSet`]: public keys, theirs and ours.
//! * [`SigningKey`]: a key of ours.
//! * [`jws`]: signed texts, read.

pub(crate) mod base64url;
mod jwk;
mod jwk_set;
pub mod jws;
mod public_key;
mod signing_key;

pub use jwk::Jwk;
pub use jwk_set::JwkSet;
pub use jws::{Header, Jws};
pub use signing_key::SigningKey;

use serde::{Deserialize as _, Deserializer, de::IgnoredAny};

/// Why a key or a signed text cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JoseError {
    /// A signed text, or a key set, that is too long.
    #[error("it is too large")]
    TooLarge,
    /// A text that is no JWS in compact serialization (RFC 7515 §3.1).
    #[error("it is not a signed JWT: header, payload and signature in Base64url with dots between them")]
    Malformed,
    /// A signature algorithm that is not known here: `none` and HS256 among them.
    #[error("its algorithm is not supported: sign with RS256, ES256 or EdDSA")]
    UnsupportedAlgorithm,
    /// A header that asks for an extension (RFC 7515 §4.1.11).
    #[error("its header has crit: sign without extensions")]
    CriticalHeader,
    /// No key fits the header: none has its `kid`, or those that have it are of another algorithm.
    #[error("none of the registered keys has its kid and its algorithm")]
    UnknownKey,
    /// The signature is not of the key that the header names.
    #[error("its signature is wrong")]
    Signature,
    /// A text that is no JWK Set (RFC 7517 §5).
    #[error("this is not a JWK Set: paste JSON such as {{\"keys\": [...]}}")]
    KeySet,
    /// More keys than anybody needs.
    #[error("a JWK Set has at most {max} keys here: leave out the old ones", max = jwk_set::MAX_KEYS)]
    TooManyKeys,
    /// No key that can be used for signatures.
    #[error("there is no key for signatures: give an RSA key, or one on P-256 or Ed25519")]
    NoKey,
    /// A key that must not leave its owner.
    #[error("there is a private or secret key: give the public keys only, and replace this key")]
    PrivateKey,
    /// A key without its members, or with members that are no key.
    #[error("a key cannot be read: check its members and that they are Base64url without padding")]
    Key,
    /// An RSA key that is too weak or too slow, or whose exponent is odd company.
    #[error("an RSA key has 2048 to 8192 bits and a common exponent such as 65537")]
    RsaSize,
    /// A curve that is not known here.
    #[error("a key is on the curve P-256 or Ed25519")]
    Curve,
    /// The private key is not one for its algorithm in PKCS #8.
    #[error("the private key is not one for its algorithm in PKCS #8: restore the stored key or make a new one")]
    Pkcs8,
    /// Claims that are no JSON.
    #[error("the claims cannot be written as JSON")]
    Claims,
    /// OpenSSL failed for no reason of the key's.
    #[error("OpenSSL could not {operation}")]
    OpenSsl {
        /// What it was asked to do.
        operation: &'static str,
    },
}

/// Whether a member is there at all, even as `null`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}
