//! Between [`Jwk`] and the keys that OpenSSL computes with.

use model::SigningAlgorithm;
use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey, EcKeyRef};
use openssl::error::ErrorStack;
use openssl::nid::Nid;
use openssl::pkey::{HasPublic, Id, PKey, PKeyRef, Public};
use openssl::rsa::Rsa;

use super::{JoseError, Jwk, base64url};

/// An RSA key has so many bits.
pub(super) const RSA_BITS: std::ops::RangeInclusive<u32> = 2048..=8192;
/// A coordinate of P-256 in bytes.
const COORDINATE: i32 = 32;

impl Jwk {
    /// The public half of a key, with its thumbprint for a `kid`.
    pub(super) fn of(key: &PKeyRef<impl HasPublic>, algorithm: SigningAlgorithm) -> Result<Self, JoseError> {
        let members = members(key, algorithm);
        drop(ErrorStack::get());
        let mut jwk = members.map_err(|_| JoseError::OpenSsl { operation: "write the public key" })?;
        jwk.key_use = Some("sig".to_owned());
        jwk.alg = Some(algorithm.as_str().to_owned());
        jwk.kid = Some(jwk.thumbprint()?);
        Ok(jwk)
    }

    /// The key, checked.
    pub(super) fn public_key(&self) -> Result<PKey<Public>, JoseError> {
        let key = match self.algorithm()? {
            SigningAlgorithm::Rs256 => self.rsa(),
            SigningAlgorithm::Es256 => self.p256(),
            SigningAlgorithm::EdDsa => self.ed25519(),
        };
        drop(ErrorStack::get());
        key
    }

    fn rsa(&self) -> Result<PKey<Public>, JoseError> {
        let n = number(self.n.as_deref())?;
        let e = number(self.e.as_deref())?;
        let is_size = u32::try_from(n.num_bits()).is_ok_and(|bits| RSA_BITS.contains(&bits));
        // a long exponent makes verification slow
        let is_exponent = (2..=32).contains(&e.num_bits()) && e.is_odd();
        if !is_size || !is_exponent || !n.is_odd() {
            return Err(JoseError::RsaSize);
        }
        Rsa::from_public_components(n, e).and_then(PKey::from_rsa).map_err(|_| JoseError::Key)
    }

    fn p256(&self) -> Result<PKey<Public>, JoseError> {
        let x = number_of(&coordinate(self.x.as_deref())?)?;
        let y = number_of(&coordinate(self.y.as_deref())?)?;
        // OpenSSL checks that the point is on the curve
        let key = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)
            .and_then(|group| EcKey::from_public_key_affine_coordinates(&group, &x, &y));
        key.and_then(PKey::from_ec_key).map_err(|_| JoseError::Key)
    }

    fn ed25519(&self) -> Result<PKey<Public>, JoseError> {
        PKey::public_key_from_raw_bytes(&coordinate(self.x.as_deref())?, Id::ED25519).map_err(|_| JoseError::Key)
    }
}

fn number(text: Option<&str>) -> Result<BigNum, JoseError> {
    // what is longer than any key's number is not even decoded
    let text = text.filter(|text| text.len() <= 2048).ok_or(JoseError::Key)?;
    number_of(&base64url::decode(text).ok_or(JoseError::Key)?)
}

fn number_of(bytes: &[u8]) -> Result<BigNum, JoseError> {
    BigNum::from_slice(bytes).map_err(|_| JoseError::Key)
}

fn coordinate(text: Option<&str>) -> Result<[u8; 32], JoseError> {
    text.and_then(base64url::decode).and_then(|bytes| bytes.try_into().ok()).ok_or(JoseError::Key)
}

/// The members that are the key.
fn members(key: &PKeyRef<impl HasPublic>, algorithm: SigningAlgorithm) -> Result<Jwk, ErrorStack> {
    match algorithm {
        SigningAlgorithm::Rs256 => {
            let rsa = key.rsa()?;
            let (n, e) = (base64url::encode(&rsa.n().to_vec()), base64url::encode(&rsa.e().to_vec()));
            Ok(Jwk { n: Some(n), e: Some(e), ..Jwk::of_type("RSA") })
        }
        SigningAlgorithm::Es256 => {
            let (x, y) = coordinates(&*key.ec_key()?)?;
            let crv = Some("P-256".to_owned());
            Ok(Jwk { crv, x: Some(base64url::encode(&x)), y: Some(base64url::encode(&y)), ..Jwk::of_type("EC") })
        }
        SigningAlgorithm::EdDsa => {
            let x = base64url::encode(&key.raw_public_key()?);
            Ok(Jwk { crv: Some("Ed25519".to_owned()), x: Some(x), ..Jwk::of_type("OKP") })
        }
    }
}

fn coordinates(key: &EcKeyRef<impl HasPublic>) -> Result<(Vec<u8>, Vec<u8>), ErrorStack> {
    let (mut x, mut y) = (BigNum::new()?, BigNum::new()?);
    key.public_key().affine_coordinates(key.group(), &mut x, &mut y, &mut *BigNumContext::new()?)?;
    Ok((x.to_vec_padded(COORDINATE)?, y.to_vec_padded(COORDINATE)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(json: &str) -> Result<PKey<Public>, JoseError> {
        serde_json::from_str::<Jwk>(json).unwrap().public_key()
    }

    #[test]
    fn a_point_that_is_not_on_the_curve_is_refused() {
        // RFC 7515, appendix A.3.1
        let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
        let y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
        let point = |x: &str, y: &str| key(&format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}"}}"#)).map(drop);
        assert_eq!(point(x, y), Ok(()));
        let zero = "A".repeat(43);
        for (x, y) in [(y, x), (x, x), (&zero, &zero), (x, ""), (x, &y[..42]), (x, &format!("{y}=")), (x, "%")] {
            assert_eq!(point(x, y), Err(JoseError::Key), "{x} {y}");
        }
    }

    #[test]
    fn an_rsa_key_that_is_too_weak_or_too_slow_is_refused() {
        let rsa = |bytes: usize, e: &str| {
            let n = base64url::encode(&vec![0xff; bytes]);
            key(&format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}"}}"#)).map(drop)
        };
        assert_eq!(rsa(256, "AQAB"), Ok(()));
        assert_eq!(rsa(1024, "Aw"), Ok(()));
        for (bytes, e) in [(128, "AQAB"), (255, "AQAB"), (1025, "AQAB"), (256, "AQ"), (256, "BA"), (256, "")] {
            assert_eq!(rsa(bytes, e), Err(JoseError::RsaSize), "{bytes} {e}");
        }
        assert_eq!(rsa(256, "AQAAAAAB"), Err(JoseError::RsaSize));
        assert_eq!(rsa(2000, "AQAB"), Err(JoseError::Key));
    }

    #[test]
    fn an_ed25519_key_has_32_bytes() {
        for bytes in [0, 31, 33] {
            let x = base64url::encode(&vec![1; bytes]);
            let read = key(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#));
            assert_eq!(read.map(drop), Err(JoseError::Key), "{bytes}");
        }
    }
}
