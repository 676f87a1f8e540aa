//! Client assertions: a JWT that the client signed for us (RFC 7523 §3, Core §9).

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;

use crate::error::OAuthError;
use crate::jose::{JwkSet, jws};
use crate::numeric_date::NumericDate;

/// How far ahead an assertion may expire.
const MAX_LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How far the client's clock may be off.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);
/// The longest `jti`, in bytes.
const MAX_JTI: usize = 256;

/// What an assertion has to say.
#[derive(Clone, Copy, Debug)]
pub struct AssertionPolicy<'a> {
    /// Who it has to be.
    pub client_id: &'a str,
    /// For whom it may be: the issuer, or the token endpoint.
    pub audiences: &'a [&'a str],
    /// Now.
    pub now: DateTime<Utc>,
}

/// What to remember of an assertion, so that it is good once only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssertionId {
    /// Its name, unique among this client's.
    pub jti: String,
    /// Until when it has to be remembered: its `exp`, and the leeway of 60 seconds.
    pub expires_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: NumericDate,
    nbf: Option<NumericDate>,
    iat: Option<NumericDate>,
    jti: String,
}

/// RFC 7519 §4.1.3.
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn has_any(&self, accepted: &[&str]) -> bool {
        let is_accepted = |audience: &String| accepted.contains(&audience.as_str());
        match self {
            Self::One(audience) => is_accepted(audience),
            Self::Several(audiences) => audiences.iter().any(is_accepted),
        }
    }
}

/// Why an assertion is refused. Each is told to the client as `invalid_client`, with words for its developer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssertionRejection {
    /// Its times do not fit our clock: the client's is off, or it sends an assertion that it made before.
    #[error("{error}")]
    ClockSkew {
        /// The time in it that does not fit.
        named: DateTime<Utc>,
        /// What the client is told.
        error: OAuthError,
    },
    /// Anything else.
    #[error(transparent)]
    Refused(#[from] OAuthError),
}

impl From<AssertionRejection> for OAuthError {
    fn from(rejection: AssertionRejection) -> Self {
        match rejection {
            AssertionRejection::ClockSkew { error, .. } | AssertionRejection::Refused(error) => error,
        }
    }
}

/// Verifies an assertion by the client's registered keys. The caller has to refuse a `jti` that it
/// remembers.
pub fn verify_client_assertion(
    assertion: &str,
    keys: &JwkSet,
    policy: &AssertionPolicy<'_>,
) -> Result<AssertionId, AssertionRejection> {
    let jws = jws::verify(assertion, keys)
        .map_err(|error| OAuthError::invalid_client(format!("The client_assertion is refused: {error}")))?;
    let claims: Claims = serde_json::from_slice(&jws.payload).map_err(|_| {
        OAuthError::invalid_client("The client_assertion needs iss, sub, aud, exp and jti, each once and of its type")
    })?;
    check_names(&claims, policy)?;
    check_times(&claims, policy.now)?;
    let expires_at = claims.exp.0.checked_add_signed(LEEWAY).unwrap_or(claims.exp.0);
    Ok(AssertionId { jti: claims.jti, expires_at })
}

fn check_names(claims: &Claims, policy: &AssertionPolicy<'_>) -> Result<(), OAuthError> {
    if claims.iss != policy.client_id || claims.sub != policy.client_id {
        return Err(OAuthError::invalid_client("The iss and sub of the client_assertion must be the client_id"));
    }
    if !claims.aud.has_any(policy.audiences) {
        let description = "The aud of the client_assertion must be the issuer or the token endpoint";
        return Err(OAuthError::invalid_client(description));
    }
    if !(1..=MAX_JTI).contains(&claims.jti.len()) || claims.jti.contains(char::is_control) {
        return Err(OAuthError::invalid_client("The jti of the client_assertion must have 1 to 256 bytes"));
    }
    Ok(())
}

fn check_times(claims: &Claims, now: DateTime<Utc>) -> Result<(), AssertionRejection> {
    let skewed = |named: NumericDate, description: &'static str| {
        Err(AssertionRejection::ClockSkew { named: named.0, error: OAuthError::invalid_client(description) })
    };
    let mut starts = [claims.nbf, claims.iat].into_iter().flatten();
    if let Some(start) = starts.find(|start| start.0.signed_duration_since(now) > LEEWAY) {
        return skewed(start, "The client_assertion is of the future: set the client's clock");
    }
    let remaining = claims.exp.0.signed_duration_since(now);
    if remaining <= -LEEWAY {
        return skewed(
            claims.exp,
            "The client_assertion has expired: make one for each request, and set the client's clock",
        );
    }
    if remaining > MAX_LIFETIME + LEEWAY {
        return Err(OAuthError::invalid_client("The client_assertion must expire within 10 minutes").into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::SigningAlgorithm;
    use serde_json::{Value, json};

    use super::*;
    use crate::error::OAuthErrorCode;
    use crate::jose::SigningKey;

    const NOW: i64 = 1_800_000_000;

    fn claims() -> Value {
        json!({ "iss": "id", "sub": "id", "aud": "https://login.example", "exp": NOW + 300, "iat": NOW, "jti": "j" })
    }

    /// The good claims with one changed; `null` leaves it out.
    fn with(name: &str, value: Value) -> Value {
        let mut claims = claims();
        let members = claims.as_object_mut().unwrap();
        members.remove(name);
        if !value.is_null() {
            members.insert(name.to_owned(), value);
        }
        claims
    }

    fn verify_by(key: &SigningKey, claims: &Value) -> Result<AssertionId, AssertionRejection> {
        let keys = JwkSet { keys: vec![key.jwk().clone()] };
        let now = DateTime::from_timestamp(NOW, 0).unwrap();
        let audiences = ["https://login.example", "https://login.example/token"];
        let policy = AssertionPolicy { client_id: "id", audiences: &audiences, now };
        verify_client_assertion(&key.sign("JWT", claims).unwrap(), &keys, &policy)
    }

    fn verify(claims: &Value) -> Result<AssertionId, AssertionRejection> {
        verify_by(&SigningKey::generate(SigningAlgorithm::EdDsa).unwrap(), claims)
    }

    #[test]
    fn a_good_assertion_is_taken_by_every_algorithm() {
        for &algorithm in SigningAlgorithm::ALL {
            let id = verify_by(&SigningKey::generate(algorithm).unwrap(), &claims()).unwrap();
            let expires_at = DateTime::from_timestamp(NOW + 360, 0).unwrap();
            assert_eq!(id, AssertionId { jti: "j".to_owned(), expires_at });
        }
    }

    #[test]
    fn an_assertion_may_be_for_several_or_within_the_leeway() {
        for (name, value) in [
            ("aud", json!(["https://other.example", "https://login.example/token"])),
            ("exp", json!(NOW - 59)),
            ("exp", json!(NOW + 660)),
            ("exp", json!(300.5 + f64::from(1_800_000_000))),
            ("iat", json!(NOW + 60)),
            ("iat", Value::Null),
            ("nbf", json!(NOW - 5)),
        ] {
            assert!(verify(&with(name, value.clone())).is_ok(), "{name} {value}");
        }
    }

    #[test]
    fn an_assertion_that_says_something_else_is_refused() {
        for (name, value) in [
            ("iss", json!("other")),
            ("iss", Value::Null),
            ("sub", json!("other")),
            ("aud", json!("https://login.example/")),
            ("aud", json!([])),
            ("aud", json!([["https://login.example"]])),
            ("aud", Value::Null),
            ("exp", json!(NOW - 60)),
            ("exp", json!(NOW + 661)),
            ("exp", json!("1800000300")),
            ("exp", json!(1e300)),
            ("exp", json!(i64::MAX)),
            ("exp", Value::Null),
            ("nbf", json!(NOW + 61)),
            ("iat", json!(NOW + 61)),
            ("jti", Value::Null),
            ("jti", json!("")),
            ("jti", json!("j".repeat(257))),
            ("jti", json!(5)),
        ] {
            let error = OAuthError::from(verify(&with(name, value.clone())).unwrap_err());
            assert_eq!(error.code, OAuthErrorCode::InvalidClient, "{name} {value}");
        }
    }

    #[test]
    fn a_clock_that_is_off_is_told_from_what_is_wrong_otherwise() {
        let time = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
        for (name, value, named) in [
            ("iat", json!(NOW + 3600), Some(time(NOW + 3600))),
            ("nbf", json!(NOW + 61), Some(time(NOW + 61))),
            ("exp", json!(NOW - 3600), Some(time(NOW - 3600))),
            // it is made to last too long, by whatever clock
            ("exp", json!(NOW + 3600), None),
            ("sub", json!("other"), None),
        ] {
            let skewed = match verify(&with(name, value.clone())).unwrap_err() {
                AssertionRejection::ClockSkew { named, .. } => Some(named),
                AssertionRejection::Refused(_) => None,
            };
            assert_eq!(skewed, named, "{name} {value}");
        }
    }

    #[test]
    fn an_assertion_by_another_key_is_refused() {
        let [own, other] = [(); 2].map(|()| SigningKey::generate(SigningAlgorithm::Es256).unwrap());
        let keys = JwkSet { keys: vec![own.jwk().clone()] };
        let policy = AssertionPolicy {
            client_id: "id",
            audiences: &["https://login.example"],
            now: DateTime::from_timestamp(NOW, 0).unwrap(),
        };
        let assertion = other.sign("JWT", &claims()).unwrap();
        let error = OAuthError::from(verify_client_assertion(&assertion, &keys, &policy).unwrap_err());
        assert_eq!(error.code, OAuthErrorCode::InvalidClient);
    }
}
