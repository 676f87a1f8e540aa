//! Our own keys: what tokens are signed with.

use std::fmt;

use model::SigningAlgorithm;
use openssl::ec::{EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Private};
use openssl::rsa::Rsa;
use openssl::sign::Signer;
use serde::Serialize;
use zeroize::Zeroizing;

use super::public_key::RSA_BITS;
use super::{JoseError, Jwk, base64url};

/// The size of an RSA key that is made here, in bits.
const BITS: u32 = 2048;
/// No private key is longer in PKCS #8, in bytes.
const MAX_PKCS8: usize = 16 * 1024;

/// A private key and its public half, parsed once. It never shows in debug output.
#[derive(Clone)]
pub struct SigningKey {
    private: PKey<Private>,
    algorithm: SigningAlgorithm,
    jwk: Jwk,
    kid: String,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("algorithm", &self.algorithm).field("kid", &self.kid).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Header<'a> {
    alg: &'a str,
    kid: &'a str,
    typ: &'a str,
}

impl SigningKey {
    /// Makes a key: RSA with 2048 bits, one on P-256, or one on Ed25519.
    ///
    /// This is the one exception to this crate's rule that randomness is passed in: OpenSSL's own
    /// generator takes no seed from outside.
    pub fn generate(algorithm: SigningAlgorithm) -> Result<Self, JoseError> {
        let made = match algorithm {
            SigningAlgorithm::Rs256 => Rsa::generate(BITS).and_then(PKey::from_rsa),
            SigningAlgorithm::Es256 => EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)
                .and_then(|group| EcKey::generate(&group))
                .and_then(PKey::from_ec_key),
            SigningAlgorithm::EdDsa => PKey::generate_ed25519(),
        };
        // a failure's story must not be there for the next user of OpenSSL to find
        drop(ErrorStack::get());
        Self::new(algorithm, made.map_err(|_| JoseError::OpenSsl { operation: "make a key" })?)
    }

    /// Takes up a key that was stored, in PKCS #8 and DER. It must be one for that algorithm.
    pub fn from_pkcs8(algorithm: SigningAlgorithm, der: &[u8]) -> Result<Self, JoseError> {
        if der.len() > MAX_PKCS8 {
            return Err(JoseError::Pkcs8);
        }
        let read = PKey::private_key_from_pkcs8(der).ok().filter(|key| is_for(key, algorithm));
        drop(ErrorStack::get());
        Self::new(algorithm, read.ok_or(JoseError::Pkcs8)?)
    }

    fn new(algorithm: SigningAlgorithm, private: PKey<Private>) -> Result<Self, JoseError> {
        let jwk = Jwk::of(&private, algorithm)?;
        let kid = jwk.thumbprint()?;
        Ok(Self { private, algorithm, jwk, kid })
    }

    /// The private key in PKCS #8 and DER, in a buffer that is overwritten when dropped.
    pub fn private_key_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, JoseError> {
        let der = self.private.private_key_to_pkcs8();
        drop(ErrorStack::get());
        der.map(Zeroizing::new).map_err(|_| JoseError::OpenSsl { operation: "write the private key" })
    }

    /// What it signs with.
    #[must_use]
    pub const fn algorithm(&self) -> SigningAlgorithm {
        self.algorithm
    }

    /// Its name: the SHA-256 thumbprint of the public half in Base64url (RFC 7638).
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half, as the JWK Set shows it.
    #[must_use]
    pub const fn jwk(&self) -> &Jwk {
        &self.jwk
    }

    /// Signs claims: a JWS in compact serialization (RFC 7515 §7.1), with `alg`, `kid` and that `typ`.
    pub fn sign(&self, typ: &str, claims: &impl Serialize) -> Result<String, JoseError> {
        let header = Header { alg: self.algorithm.as_str(), kid: &self.kid, typ };
        let header = serde_json::to_vec(&header).map_err(|_| JoseError::Claims)?;
        let claims = serde_json::to_vec(claims).map_err(|_| JoseError::Claims)?;
        let signed = format!("{}.{}", base64url::encode(&header), base64url::encode(&claims));
        let signature = self.signature(signed.as_bytes());
        drop(ErrorStack::get());
        let signature = signature.map_err(|_| JoseError::OpenSsl { operation: "sign" })?;
        Ok(format!("{signed}.{}", base64url::encode(&signature)))
    }

    fn signature(&self, bytes: &[u8]) -> Result<Vec<u8>, ErrorStack> {
        let with_sha256 = || Signer::new(MessageDigest::sha256(), &self.private)?.sign_oneshot_to_vec(bytes);
        match self.algorithm {
            SigningAlgorithm::Rs256 => with_sha256(),
            SigningAlgorithm::Es256 => raw_of_ecdsa(&with_sha256()?),
            SigningAlgorithm::EdDsa => Signer::new_without_digest(&self.private)?.sign_oneshot_to_vec(bytes),
        }
    }
}

/// r and s with 32 bytes each (RFC 7518 §3.4), of what OpenSSL calls a signature.
fn raw_of_ecdsa(der: &[u8]) -> Result<Vec<u8>, ErrorStack> {
    let signature = EcdsaSig::from_der(der)?;
    let mut raw = signature.r().to_vec_padded(32)?;
    raw.extend(signature.s().to_vec_padded(32)?);
    Ok(raw)
}

fn is_for(key: &PKey<Private>, algorithm: SigningAlgorithm) -> bool {
    match algorithm {
        SigningAlgorithm::Rs256 => key.id() == Id::RSA && RSA_BITS.contains(&key.bits()),
        SigningAlgorithm::Es256 => {
            key.ec_key().is_ok_and(|key| key.group().curve_name() == Some(Nid::X9_62_PRIME256V1))
        }
        SigningAlgorithm::EdDsa => key.id() == Id::ED25519,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jose::{JwkSet, jws};

    #[test]
    fn a_stored_key_signs_like_the_one_that_was_made() {
        for &algorithm in SigningAlgorithm::ALL {
            let made = SigningKey::generate(algorithm).unwrap();
            let stored = SigningKey::from_pkcs8(algorithm, &made.private_key_pkcs8().unwrap()).unwrap();
            assert_eq!(stored.kid(), made.kid());
            assert_eq!(stored.algorithm(), algorithm);
            let token = stored.sign("at+jwt", &json!({ "sub": "a" })).unwrap();
            let jws = jws::verify(&token, &JwkSet { keys: vec![made.jwk().clone()] }).unwrap();
            assert_eq!(jws.payload, br#"{"sub":"a"}"#);
            assert_eq!(jws.header.typ.as_deref(), Some("at+jwt"));
            assert_eq!(jws.header.kid.as_deref(), Some(made.kid()));
        }
    }

    #[test]
    fn the_ed25519_signature_of_rfc_8037_is_made() {
        let seed = base64url::decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        let private = PKey::private_key_from_raw_bytes(&seed, Id::ED25519).unwrap();
        let key = SigningKey::new(SigningAlgorithm::EdDsa, private).unwrap();
        assert_eq!(key.jwk().x.as_deref(), Some("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"));
        assert_eq!(key.kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
        let signature = key.signature(b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc").unwrap();
        let expected = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        assert_eq!(base64url::encode(&signature), expected);
    }

    #[test]
    fn a_key_for_another_algorithm_is_refused() {
        for &made in SigningAlgorithm::ALL {
            let der = SigningKey::generate(made).unwrap().private_key_pkcs8().unwrap();
            for &other in SigningAlgorithm::ALL.iter().filter(|&&other| other != made) {
                assert_eq!(SigningKey::from_pkcs8(other, &der).map(drop), Err(JoseError::Pkcs8));
            }
        }
    }

    #[test]
    fn weak_keys_and_other_curves_are_refused() {
        let weak = PKey::from_rsa(Rsa::generate(1024).unwrap()).unwrap().private_key_to_pkcs8().unwrap();
        assert_eq!(SigningKey::from_pkcs8(SigningAlgorithm::Rs256, &weak).map(drop), Err(JoseError::Pkcs8));
        let group = EcGroup::from_curve_name(Nid::SECP384R1).unwrap();
        let other = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap().private_key_to_pkcs8().unwrap();
        assert_eq!(SigningKey::from_pkcs8(SigningAlgorithm::Es256, &other).map(drop), Err(JoseError::Pkcs8));
        for der in [&[][..], b"x", &vec![0x30; MAX_PKCS8 + 1]] {
            assert_eq!(SigningKey::from_pkcs8(SigningAlgorithm::Es256, der).map(drop), Err(JoseError::Pkcs8));
        }
    }

    #[test]
    fn an_ecdsa_signature_has_64_bytes_even_if_r_is_short() {
        let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
        for number in 0..600 {
            assert_eq!(key.signature(&[u8::try_from(number % 256).unwrap()]).unwrap().len(), 64);
        }
    }

    #[test]
    fn debug_output_shows_no_private_key() {
        let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
        let debug = format!("{key:?}");
        assert_eq!(debug, format!("SigningKey {{ algorithm: EdDsa, kid: {:?}, .. }}", key.kid()));
    }
}
