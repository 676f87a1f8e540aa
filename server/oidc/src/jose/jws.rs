//! Signed texts in compact serialization (RFC 7515 §3.1), read.

use model::SigningAlgorithm;
use openssl::bn::BigNum;
use openssl::ecdsa::EcdsaSig;
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::pkey::{PKey, Public};
use openssl::sign::Verifier;
use serde::Deserialize;
use serde_json::Value;

use super::jwk_set::MAX_KEYS;
use super::{JoseError, Jwk, JwkSet, base64url, present};

/// A signed text is no longer than that, in bytes.
const MAX_TOKEN: usize = 16 * 1024;

/// A signed text whose signature was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jws {
    /// What the signature is.
    pub header: Header,
    /// What was signed.
    pub payload: Vec<u8>,
}

/// The header of a signed text (RFC 7515 §4.1), as far as it is heeded. Keys that a header brings
/// along (`jwk`, `jku`, `x5c`) are never used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The algorithm.
    pub alg: SigningAlgorithm,
    /// Which key signed it.
    pub kid: Option<String>,
    /// What kind of token it is.
    pub typ: Option<String>,
}

#[derive(Deserialize)]
struct RawHeader {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    #[serde(default, deserialize_with = "present")]
    crit: bool,
}

/// The three parts of a signed text, undecoded.
struct Parts<'a> {
    header: &'a str,
    payload: &'a str,
    signature: &'a str,
}

impl<'a> Parts<'a> {
    fn of(token: &'a str) -> Option<Self> {
        let (header, rest) = token.split_once('.')?;
        let (payload, signature) = rest.split_once('.')?;
        (!signature.contains('.')).then_some(Self { header, payload, signature })
    }

    /// What was signed (RFC 7515 §5.1).
    fn signed(&self, token: &'a str) -> &'a str {
        token.get(..self.header.len() + 1 + self.payload.len()).unwrap_or_default()
    }
}

/// The fully specified name of `EdDSA` with Ed25519 (RFC 9864 §2.2).
pub const ED25519: &str = "Ed25519";

/// Verifies a signed text of at most 16 KB by the keys that have its `kid`, or none, and that are of
/// its algorithm.
pub fn verify(token: &str, keys: &JwkSet) -> Result<Jws, JoseError> {
    if token.len() > MAX_TOKEN {
        return Err(JoseError::TooLarge);
    }
    let parts = Parts::of(token).ok_or(JoseError::Malformed)?;
    let header = read_header(parts.header)?;
    let signature = base64url::decode(parts.signature).ok_or(JoseError::Malformed)?;
    let mut verdict = Err(JoseError::UnknownKey);
    for key in keys.keys.iter().take(MAX_KEYS).filter(|key| fits(key, &header)) {
        let signed = parts.signed(token).as_bytes();
        if key.public_key().is_ok_and(|key| is_signed(&key, header.alg, signed, &signature)) {
            let payload = base64url::decode(parts.payload).ok_or(JoseError::Malformed)?;
            return Ok(Jws { header, payload });
        }
        verdict = Err(JoseError::Signature);
    }
    verdict
}

/// What a signed text says, whoever wrote it: good for looking up whose keys to verify it by, and for
/// nothing else.
#[must_use]
pub fn payload_unverified(token: &str) -> Option<Value> {
    if token.len() > MAX_TOKEN {
        return None;
    }
    serde_json::from_slice(&base64url::decode(Parts::of(token)?.payload)?).ok()
}

fn read_header(text: &str) -> Result<Header, JoseError> {
    let json = base64url::decode(text).ok_or(JoseError::Malformed)?;
    let RawHeader { alg, kid, typ, crit } = serde_json::from_slice(&json).map_err(|_| JoseError::Malformed)?;
    if crit {
        return Err(JoseError::CriticalHeader);
    }
    // RFC 9864 gives EdDSA with this curve a name of its own, which newer clients write
    let alg = if alg == ED25519 { SigningAlgorithm::EdDsa } else { parse_algorithm(&alg)? };
    Ok(Header { alg, kid, typ })
}

fn parse_algorithm(alg: &str) -> Result<SigningAlgorithm, JoseError> {
    SigningAlgorithm::parse(alg).ok_or(JoseError::UnsupportedAlgorithm)
}

/// Whether a key may have made that header's signature. One without a `kid` may have made any.
fn fits(key: &Jwk, header: &Header) -> bool {
    let is_named = match (&header.kid, &key.kid) {
        (Some(named), Some(kid)) => named == kid,
        _ => true,
    };
    is_named && key.is_for(header.alg)
}

fn is_signed(key: &PKey<Public>, algorithm: SigningAlgorithm, signed: &[u8], signature: &[u8]) -> bool {
    let verify = || match algorithm {
        SigningAlgorithm::Rs256 => {
            // of the key's length, to the byte (RFC 8017 §8.2.2)
            let is_long = signature.len() == key.size();
            Ok(is_long && Verifier::new(MessageDigest::sha256(), key)?.verify_oneshot(signature, signed)?)
        }
        SigningAlgorithm::Es256 => match der_of_ecdsa(signature)? {
            Some(der) => Verifier::new(MessageDigest::sha256(), key)?.verify_oneshot(&der, signed),
            None => Ok(false),
        },
        SigningAlgorithm::EdDsa => Verifier::new_without_digest(key)?.verify_oneshot(signature, signed),
    };
    let is_signed: Result<bool, ErrorStack> = verify();
    drop(ErrorStack::get());
    is_signed.unwrap_or(false)
}

/// What OpenSSL calls a signature, of r and s with 32 bytes each (RFC 7518 §3.4).
fn der_of_ecdsa(signature: &[u8]) -> Result<Option<Vec<u8>>, ErrorStack> {
    let Some((r, s)) = signature.split_at_checked(32).filter(|(_, s)| s.len() == 32) else { return Ok(None) };
    EcdsaSig::from_private_components(BigNum::from_slice(r)?, BigNum::from_slice(s)?)?.to_der().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::SigningKey;

    const ES256_KEY: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#;
    const ES256: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    fn keys(keys: &[&SigningKey]) -> JwkSet {
        JwkSet { keys: keys.iter().map(|key| key.jwk().clone()).collect() }
    }

    fn with_header(header: &str, token: &str) -> String {
        format!("{}.{}", base64url::encode(header.as_bytes()), token.split_once('.').unwrap().1)
    }

    #[test]
    fn the_es256_example_of_rfc_7515_verifies() {
        let set = JwkSet::parse(ES256_KEY).unwrap();
        let jws = verify(ES256, &set).unwrap();
        assert_eq!(jws.payload, b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
        assert_eq!(jws.header, Header { alg: SigningAlgorithm::Es256, kid: None, typ: None });
    }

    #[test]
    fn the_ed25519_example_of_rfc_8037_verifies() {
        let key = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
        let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        let jws = verify(token, &JwkSet::parse(key).unwrap()).unwrap();
        assert_eq!(jws.payload, b"Example of Ed25519 signing");
    }

    #[test]
    fn a_changed_payload_or_signature_is_refused() {
        for &algorithm in SigningAlgorithm::ALL {
            let key = SigningKey::generate(algorithm).unwrap();
            let token = key.sign("JWT", &"good").unwrap();
            assert!(verify(&token, &keys(&[&key])).is_ok());
            let (signed, signature) = token.rsplit_once('.').unwrap();
            let payload = token.replace(&base64url::encode(b"\"good\""), &base64url::encode(b"\"evil\""));
            let half = signature.get(..signature.len() / 2).unwrap();
            for bad in [payload, format!("{signed}."), format!("{signed}.AAAA"), format!("{signed}.{signature}AAAA")] {
                let verdict = verify(&bad, &keys(&[&key]));
                assert!(matches!(verdict, Err(JoseError::Signature | JoseError::Malformed)), "{algorithm:?} {bad}");
            }
            assert!(verify(&format!("{signed}.{half}"), &keys(&[&key])).is_err());
        }
    }

    #[test]
    fn an_ecdsa_signature_of_zeros_is_refused() {
        let set = JwkSet::parse(ES256_KEY).unwrap();
        let signed = ES256.rsplit_once('.').unwrap().0;
        let zeros = format!("{signed}.{}", base64url::encode(&[0; 64]));
        assert_eq!(verify(&zeros, &set), Err(JoseError::Signature));
        let der = der_of_ecdsa(&base64url::decode(ES256.rsplit_once('.').unwrap().1).unwrap()).unwrap().unwrap();
        assert_eq!(verify(&format!("{signed}.{}", base64url::encode(&der)), &set), Err(JoseError::Signature));
    }

    #[test]
    fn a_header_cannot_choose_an_algorithm_that_is_not_the_keys() {
        let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
        let token = key.sign("JWT", &"good").unwrap();
        for alg in ["none", "None", "HS256", "PS256", "RS512", "ES384", "", "es256"] {
            let bad = with_header(&format!(r#"{{"alg":"{alg}"}}"#), &token);
            assert_eq!(verify(&bad, &keys(&[&key])), Err(JoseError::UnsupportedAlgorithm), "{alg}");
        }
        for alg in ["RS256", "EdDSA"] {
            let bad = with_header(&format!(r#"{{"alg":"{alg}"}}"#), &token);
            assert_eq!(verify(&bad, &keys(&[&key])), Err(JoseError::UnknownKey), "{alg}");
        }
    }

    #[test]
    fn the_kid_chooses_the_key() {
        let [one, other] = [(); 2].map(|()| SigningKey::generate(SigningAlgorithm::EdDsa).unwrap());
        let token = one.sign("JWT", &"good").unwrap();
        assert!(verify(&token, &keys(&[&other, &one])).is_ok());
        assert_eq!(verify(&token, &keys(&[&other])), Err(JoseError::UnknownKey));
        let mut renamed = keys(&[&one]);
        renamed.keys[0].kid = Some("other".to_owned());
        assert_eq!(verify(&token, &renamed), Err(JoseError::UnknownKey));
        renamed.keys[0].kid = None;
        assert!(verify(&token, &renamed).is_ok());
        assert_eq!(verify(&token, &JwkSet::default()), Err(JoseError::UnknownKey));
    }

    #[test]
    fn a_critical_header_is_refused() {
        for crit in ["[\"exp\"]", "[]", "null"] {
            let bad = with_header(&format!(r#"{{"alg":"ES256","crit":{crit}}}"#), ES256);
            assert_eq!(verify(&bad, &JwkSet::parse(ES256_KEY).unwrap()), Err(JoseError::CriticalHeader), "{crit}");
        }
    }

    #[test]
    fn what_is_no_compact_jws_is_refused() {
        let set = JwkSet::parse(ES256_KEY).unwrap();
        let twice = with_header(r#"{"alg":"ES256","alg":"none"}"#, ES256);
        for bad in ["", "..", "a.b", &format!("{ES256}."), &format!("{ES256}="), &format!(" {ES256}"), &twice] {
            assert_eq!(verify(bad, &set), Err(JoseError::Malformed), "{bad}");
        }
        assert_eq!(verify(&"a".repeat(MAX_TOKEN + 1), &set), Err(JoseError::TooLarge));
    }

    #[test]
    fn a_payload_can_be_looked_at_before_it_is_verified() {
        assert_eq!(payload_unverified(ES256).unwrap()["iss"], "joe");
        for bad in ["", "a.b", "..", "e30.e30.e30.e30"] {
            assert_eq!(payload_unverified(bad), None, "{bad}");
        }
    }
}
