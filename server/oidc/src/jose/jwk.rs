//! Public keys as JSON (RFC 7517).

use model::SigningAlgorithm;
use openssl::sha::sha256;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{JoseError, base64url, present};

/// A public key for signatures, as JSON has it. Private members are not read into it: JSON that has
/// any is refused.
///
/// What a text from outside says is checked when a [`super::JwkSet`] is parsed, and when a key is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawJwk")]
pub struct Jwk {
    /// `RSA`, `EC` or `OKP` (RFC 7518 §6.1, RFC 8037 §2).
    pub kty: String,
    /// `sig`, or left out (RFC 7517 §4.2).
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub key_use: Option<String>,
    /// The only algorithm that the key is for (RFC 7517 §4.4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// What headers name it by (RFC 7517 §4.5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// RSA: the modulus.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<String>,
    /// RSA: the exponent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
    /// EC and OKP: `P-256` or `Ed25519`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crv: Option<String>,
    /// EC: the x coordinate. OKP: the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
    /// EC: the y coordinate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
}

/// A key as it came, with what would be its private members.
#[derive(Deserialize)]
struct RawJwk {
    kty: String,
    #[serde(rename = "use")]
    key_use: Option<String>,
    alg: Option<String>,
    kid: Option<String>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    #[serde(flatten)]
    private: PrivateMembers,
}

/// What only the owner has (RFC 7518 §6.2.2, §6.3.2 and §6.4.1): one of them is enough.
#[derive(Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "one for each member")]
pub(super) struct PrivateMembers {
    #[serde(default, deserialize_with = "present")]
    d: bool,
    #[serde(default, deserialize_with = "present")]
    p: bool,
    #[serde(default, deserialize_with = "present")]
    q: bool,
    #[serde(default, deserialize_with = "present")]
    dp: bool,
    #[serde(default, deserialize_with = "present")]
    dq: bool,
    #[serde(default, deserialize_with = "present")]
    qi: bool,
    #[serde(default, deserialize_with = "present")]
    oth: bool,
    #[serde(default, deserialize_with = "present")]
    k: bool,
}

impl PrivateMembers {
    pub(super) fn any(&self) -> bool {
        self.d || self.p || self.q || self.dp || self.dq || self.qi || self.oth || self.k
    }
}

impl TryFrom<RawJwk> for Jwk {
    type Error = JoseError;

    fn try_from(raw: RawJwk) -> Result<Self, JoseError> {
        if raw.private.any() {
            return Err(JoseError::PrivateKey);
        }
        let RawJwk { kty, key_use, alg, kid, n, e, crv, x, y, private: _ } = raw;
        Ok(Self { kty, key_use, alg, kid, n, e, crv, x, y })
    }
}

impl Jwk {
    /// The SHA-256 thumbprint in Base64url (RFC 7638 §3, RFC 8037 §2): the same for the same key,
    /// whatever else is said of it.
    pub fn thumbprint(&self) -> Result<String, JoseError> {
        let member = |value: &Option<String>| value.clone().ok_or(JoseError::Key);
        // in the order of the names, without white space
        let json = match self.kty.as_str() {
            "RSA" => members_json(&[("e", member(&self.e)?), ("kty", self.kty.clone()), ("n", member(&self.n)?)]),
            "EC" => members_json(&[
                ("crv", member(&self.crv)?),
                ("kty", self.kty.clone()),
                ("x", member(&self.x)?),
                ("y", member(&self.y)?),
            ]),
            "OKP" => members_json(&[("crv", member(&self.crv)?), ("kty", self.kty.clone()), ("x", member(&self.x)?)]),
            _ => return Err(JoseError::Key),
        };
        Ok(base64url::encode(&sha256(json.as_bytes())))
    }

    /// A key that has no members yet.
    pub(super) fn of_type(kty: &str) -> Self {
        Self { kty: kty.to_owned(), key_use: None, alg: None, kid: None, n: None, e: None, crv: None, x: None, y: None }
    }

    /// The one algorithm that the key's type allows here. A header cannot choose another: that is how
    /// a public key would become the secret of an HMAC.
    pub fn algorithm(&self) -> Result<SigningAlgorithm, JoseError> {
        match (self.kty.as_str(), self.crv.as_deref()) {
            ("RSA", _) => Ok(SigningAlgorithm::Rs256),
            ("EC", Some("P-256")) => Ok(SigningAlgorithm::Es256),
            ("OKP", Some("Ed25519")) => Ok(SigningAlgorithm::EdDsa),
            _ => Err(JoseError::Curve),
        }
    }

    /// Whether the key may verify signatures of that algorithm.
    pub(super) fn is_for(&self, algorithm: SigningAlgorithm) -> bool {
        self.algorithm() == Ok(algorithm)
            && self.alg.as_deref().is_none_or(|alg| alg == algorithm.as_str())
            && self.key_use.as_deref().is_none_or(|key_use| key_use == "sig")
    }
}

/// An object of text members, in that order.
fn members_json(members: &[(&str, String)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("\"{name}\":{}", Value::from(value.as_str()))).collect();
    format!("{{{}}}", members.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumbprint_of_rfc_7638_fits() {
        let json = r#"{"kty": "RSA", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
            "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"}"#;
        let jwk: Jwk = serde_json::from_str(json).unwrap();
        assert_eq!(jwk.thumbprint().unwrap(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    #[test]
    fn the_thumbprint_of_rfc_8037_fits() {
        let json = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        let jwk: Jwk = serde_json::from_str(json).unwrap();
        assert_eq!(jwk.thumbprint().unwrap(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn a_key_without_its_members_has_no_thumbprint() {
        for json in [r#"{"kty":"RSA","e":"AQAB"}"#, r#"{"kty":"EC","crv":"P-256","x":"a"}"#, r#"{"kty":"oct"}"#] {
            let jwk: Jwk = serde_json::from_str(json).unwrap();
            assert_eq!(jwk.thumbprint(), Err(JoseError::Key), "{json}");
        }
    }

    #[test]
    fn private_members_are_refused() {
        for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            for value in ["\"AQAB\"", "null", "[]"] {
                let json = format!(r#"{{"kty":"RSA","n":"AQAB","e":"AQAB","{member}":{value}}}"#);
                let error = serde_json::from_str::<Jwk>(&json).unwrap_err();
                assert!(error.to_string().contains("private or secret key"), "{json}");
            }
        }
    }

    #[test]
    fn a_public_key_is_written_as_it_was_read() {
        let json = r#"{"kty":"OKP","use":"sig","alg":"EdDSA","kid":"a","crv":"Ed25519","x":"b"}"#;
        let jwk: Jwk = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&jwk).unwrap(), json);
    }

    #[test]
    fn a_key_is_for_one_algorithm_only() {
        let jwk = |json: &str| serde_json::from_str::<Jwk>(json).unwrap();
        assert!(jwk(r#"{"kty":"RSA"}"#).is_for(SigningAlgorithm::Rs256));
        assert!(!jwk(r#"{"kty":"RSA"}"#).is_for(SigningAlgorithm::Es256));
        assert!(!jwk(r#"{"kty":"RSA","alg":"PS256"}"#).is_for(SigningAlgorithm::Rs256));
        assert!(!jwk(r#"{"kty":"RSA","use":"enc"}"#).is_for(SigningAlgorithm::Rs256));
        assert_eq!(jwk(r#"{"kty":"EC","crv":"P-384"}"#).algorithm(), Err(JoseError::Curve));
        assert_eq!(jwk(r#"{"kty":"EC","crv":"Ed25519"}"#).algorithm(), Err(JoseError::Curve));
        assert_eq!(jwk(r#"{"kty":"oct"}"#).algorithm(), Err(JoseError::Curve));
    }
}
