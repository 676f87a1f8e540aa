//! Sets of public keys (RFC 7517 §5).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::jwk::PrivateMembers;
use super::{JoseError, Jwk};

/// A JWK Set has no more keys than that.
pub(super) const MAX_KEYS: usize = 20;
/// A JWK Set in JSON is no longer than that, in bytes.
const MAX_JSON: usize = 64 * 1024;

/// Public keys for signatures (RFC 7517 §5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    /// The keys.
    pub keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct RawJwkSet {
    keys: Vec<Value>,
}

impl JwkSet {
    /// Reads a set that somebody registers: at most 20 keys and 64 KB. Keys of an unknown `kty`, and
    /// keys for encryption, are left out; a private or secret key, and a weak one, is refused, and so
    /// is a set without a key that can be used.
    pub fn parse(json: &str) -> Result<Self, JoseError> {
        if json.len() > MAX_JSON {
            return Err(JoseError::TooLarge);
        }
        let raw: RawJwkSet = serde_json::from_str(json).map_err(|_| JoseError::KeySet)?;
        if raw.keys.len() > MAX_KEYS {
            return Err(JoseError::TooManyKeys);
        }
        let read: Result<Vec<Option<Jwk>>, JoseError> = raw.keys.into_iter().map(read_key).collect();
        let keys: Vec<Jwk> = read?.into_iter().flatten().collect();
        if keys.is_empty() { Err(JoseError::NoKey) } else { Ok(Self { keys }) }
    }
}

/// A key of a set: none if it is not for us.
fn read_key(key: Value) -> Result<Option<Jwk>, JoseError> {
    let private = PrivateMembers::deserialize(&key).map_err(|_| JoseError::Key)?;
    // first of all, and for all types: whoever pastes a secret has to know
    if private.any() {
        return Err(JoseError::PrivateKey);
    }
    let is_known = matches!(key.get("kty").and_then(Value::as_str), Some("RSA" | "EC" | "OKP"));
    let is_encryption = key.get("use").and_then(Value::as_str) == Some("enc");
    if !is_known || is_encryption {
        return Ok(None);
    }
    let key: Jwk = serde_json::from_value(key).map_err(|_| JoseError::Key)?;
    key.public_key()?;
    Ok(Some(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ED25519: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

    fn set(keys: &[&str]) -> Result<usize, JoseError> {
        JwkSet::parse(&format!(r#"{{"keys":[{}],"other":1}}"#, keys.join(","))).map(|set| set.keys.len())
    }

    #[test]
    fn keys_of_other_types_and_for_encryption_are_left_out() {
        let encryption = r#"{"kty":"RSA","use":"enc"}"#;
        assert_eq!(set(&[ED25519, r#"{"kty":"AKP","pub":5}"#, r#"{"x":5}"#, encryption]), Ok(1));
        assert_eq!(set(&[encryption]), Err(JoseError::NoKey));
        assert_eq!(set(&[]), Err(JoseError::NoKey));
    }

    #[test]
    fn a_private_or_secret_key_is_refused_and_the_message_says_so() {
        let private = ED25519.replace("\"x\"", "\"d\":\"AQAB\",\"x\"");
        for key in [&private, r#"{"kty":"oct","k":"AQAB"}"#, r#"{"kty":"RSA","use":"enc","d":null}"#] {
            assert_eq!(set(&[ED25519, key]), Err(JoseError::PrivateKey), "{key}");
        }
        assert!(JoseError::PrivateKey.to_string().contains("private"));
    }

    #[test]
    fn other_curves_and_broken_keys_are_refused() {
        let other = ED25519.replace("Ed25519", "Ed448");
        assert_eq!(set(&[&other]), Err(JoseError::Curve));
        assert_eq!(set(&[r#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#]), Err(JoseError::RsaSize));
        assert_eq!(set(&[r#"{"kty":"RSA","n":5,"e":"AQAB"}"#]), Err(JoseError::Key));
        assert_eq!(set(&["5"]), Err(JoseError::Key));
    }

    #[test]
    fn a_set_has_at_most_20_keys_and_64_kb() {
        assert_eq!(set(&[ED25519; MAX_KEYS]), Ok(MAX_KEYS));
        assert_eq!(set(&[ED25519; MAX_KEYS + 1]), Err(JoseError::TooManyKeys));
        assert_eq!(JwkSet::parse(&" ".repeat(MAX_JSON + 1)), Err(JoseError::TooLarge));
    }

    #[test]
    fn what_is_no_set_is_refused() {
        for json in ["", "[]", "{}", r#"{"keys":5}"#, ED25519, r#"{"keys":[],"keys":[]}"#] {
            assert_eq!(JwkSet::parse(json), Err(JoseError::KeySet), "{json}");
        }
    }
}
