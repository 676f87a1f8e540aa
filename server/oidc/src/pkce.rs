//! Proof Key for Code Exchange (RFC 7636), with S256 only: `plain` protects from nobody who sees the
//! authorization request.

use std::fmt;
use std::str::FromStr;

use openssl::sha::sha256;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::jose::base64url;

/// The SHA-256 of a code verifier, which the authorization request carries (RFC 7636 §4.2).
/// Its text has 43 characters of Base64url.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CodeChallenge([u8; 32]);

/// A text that is no code challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code challenge is the SHA-256 of the code verifier in Base64url without padding: 43 characters")]
pub struct InvalidCodeChallenge;

impl CodeChallenge {
    /// The challenge of a verifier of our own.
    #[must_use]
    pub fn of(verifier: &str) -> Self {
        Self(sha256(verifier.as_bytes()))
    }

    /// Whether this is the challenge of that verifier, in constant time. A verifier has 43 to 128
    /// unreserved characters (RFC 7636 §4.1).
    #[must_use]
    pub fn verify(&self, verifier: &str) -> bool {
        let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        (43..=128).contains(&verifier.len())
            && verifier.bytes().all(is_unreserved)
            && bool::from(sha256(verifier.as_bytes()).ct_eq(&self.0))
    }
}

impl FromStr for CodeChallenge {
    type Err = InvalidCodeChallenge;

    fn from_str(text: &str) -> Result<Self, InvalidCodeChallenge> {
        let bytes = base64url::decode(text).filter(|_| text.len() == 43);
        bytes.and_then(|bytes| bytes.try_into().ok()).map(Self).ok_or(InvalidCodeChallenge)
    }
}

impl TryFrom<String> for CodeChallenge {
    type Error = InvalidCodeChallenge;

    fn try_from(text: String) -> Result<Self, InvalidCodeChallenge> {
        text.parse()
    }
}

impl From<CodeChallenge> for String {
    fn from(challenge: CodeChallenge) -> Self {
        base64url::encode(&challenge.0)
    }
}

impl fmt::Display for CodeChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64url::encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_rfc_verifies() {
        let challenge: CodeChallenge = CHALLENGE.parse().unwrap();
        assert!(challenge.verify(VERIFIER));
    }

    #[test]
    fn a_code_verifier_that_differs_is_refused() {
        let challenge: CodeChallenge = CHALLENGE.parse().unwrap();
        for verifier in ["", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK", CHALLENGE, &VERIFIER.repeat(3)] {
            assert!(!challenge.verify(verifier), "{verifier}");
        }
    }

    #[test]
    fn a_code_verifier_of_the_wrong_form_is_refused_even_if_its_hash_fits() {
        let fits = |verifier: &str| CodeChallenge(sha256(verifier.as_bytes())).verify(verifier);
        assert!(fits(&"a".repeat(43)) && fits(&"~".repeat(128)));
        for verifier in ["a".repeat(42), "a".repeat(129), "é".repeat(43), "+".repeat(43), " ".repeat(43)] {
            assert!(!fits(&verifier), "{verifier}");
        }
    }

    #[test]
    fn a_challenge_is_43_characters_of_base64url() {
        let padded = format!("{CHALLENGE}=");
        let loose = CHALLENGE.replace("-cM", "-cN");
        for text in ["", VERIFIER.get(1..).unwrap(), &padded, &loose, &CHALLENGE.replace('-', "+")] {
            assert_eq!(text.parse::<CodeChallenge>(), Err(InvalidCodeChallenge), "{text}");
        }
    }

    #[test]
    fn a_stored_challenge_reads_back() {
        let challenge: CodeChallenge = CHALLENGE.parse().unwrap();
        let json = serde_json::to_string(&challenge).unwrap();
        assert_eq!(json, format!("\"{CHALLENGE}\""));
        assert_eq!(serde_json::from_str::<CodeChallenge>(&json).unwrap(), challenge);
        assert!(serde_json::from_str::<CodeChallenge>("\"x\"").is_err());
    }
}
