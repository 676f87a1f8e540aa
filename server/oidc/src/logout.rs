//! Sign-out: asked for by an application (RP-Initiated Logout 1.0), and told to it (Back-Channel
//! Logout 1.0).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::OAuthError;
use crate::id_token;
use crate::jose::{JwkSet, jws};
use crate::parameters::Parameters;
use crate::query::with_parameters;

/// The `typ` that a logout token is signed with (Back-Channel Logout §2.4).
pub const TYP: &str = "logout+jwt";
/// How long a logout token is to be taken, in seconds.
const LIFETIME: i64 = 120;
/// The longest hint, in bytes.
const MAX_HINT: usize = 16 * 1024;
/// The longest address, in bytes.
const MAX_ADDRESS: usize = 1024;
/// The longest `state`, in bytes.
const MAX_STATE: usize = 2048;
/// The longest `client_id` and `ui_locales`, in bytes.
const MAX_NAME: usize = 256;

/// A request to sign out (RP-Initiated Logout §2). Nothing of it is trusted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndSessionRequest {
    /// An ID token of the session: [`verify_id_token_hint`].
    pub id_token_hint: Option<String>,
    /// Who asks. It must be the audience of the hint.
    pub client_id: Option<String>,
    /// Where the browser is to go then. It must be registered.
    pub post_logout_redirect_uri: Option<String>,
    /// What goes with it: [`with_state`].
    pub state: Option<String>,
    /// The languages that the person prefers.
    pub ui_locales: Option<String>,
}

impl EndSessionRequest {
    /// Reads the query or the form: values that are too long, or have control characters, are
    /// `invalid_request`.
    pub fn parse(parameters: &Parameters) -> Result<Self, OAuthError> {
        Ok(Self {
            id_token_hint: parameters.get_text("id_token_hint", MAX_HINT)?,
            client_id: parameters.get_text("client_id", MAX_NAME)?,
            post_logout_redirect_uri: parameters.get_text("post_logout_redirect_uri", MAX_ADDRESS)?,
            state: parameters.get_text("state", MAX_STATE)?,
            ui_locales: parameters.get_text("ui_locales", MAX_NAME)?,
        })
    }
}

/// What an ID token says of the session that is to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdTokenHint {
    /// To which client it was issued: its `aud`.
    pub client_id: String,
    /// Of whom it is, as this client knows the person.
    pub sub: String,
    /// Of which session, as this client knows it.
    pub sid: Option<String>,
}

#[derive(Deserialize)]
struct HintClaims {
    iss: String,
    sub: String,
    aud: String,
    sid: Option<String>,
}

/// Verifies that a hint is an ID token of ours. It may have expired: who signs out late is signed out
/// (RP-Initiated Logout §4). Every error is `invalid_request`.
pub fn verify_id_token_hint(token: &str, keys: &JwkSet, issuer: &str) -> Result<IdTokenHint, OAuthError> {
    let refused = |why: &str| OAuthError::invalid_request(format!("The id_token_hint is refused: {why}"));
    let jws = jws::verify(token, keys).map_err(|error| refused(&error.to_string()))?;
    // access tokens and logout tokens have the same issuer and keys
    if jws.header.typ.as_deref().is_none_or(|typ| !typ.eq_ignore_ascii_case(id_token::TYP)) {
        return Err(refused("it is a token of another kind"));
    }
    let claims: HintClaims = serde_json::from_slice(&jws.payload).map_err(|_| refused("it has no iss, sub and aud"))?;
    if claims.iss != issuer {
        return Err(refused("it is another issuer's"));
    }
    Ok(IdTokenHint { client_id: claims.aud, sub: claims.sub, sid: claims.sid })
}

/// What a client is told when a session ended (Back-Channel Logout §2.4). It never has a nonce, so
/// that it is never taken for an ID token.
#[derive(Clone, Debug, Serialize)]
pub struct LogoutTokenClaims<'a> {
    /// Who says it.
    pub iss: &'a str,
    /// Whose sessions ended: all of them, if there is no `sid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<&'a str>,
    /// To whom: the client id.
    pub aud: &'a str,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// Until when it is to be taken, in seconds since 1970: two minutes later.
    pub exp: i64,
    /// Its own name, which no other token has.
    pub jti: &'a str,
    events: Events,
    /// Which session ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Events {
    #[serde(rename = "http://schemas.openid.net/event/backchannel-logout")]
    backchannel_logout: Empty,
}

/// `{}`
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Empty {}

impl<'a> LogoutTokenClaims<'a> {
    /// The claims of a token that is made now. At least one of `sub` and `sid` has to be given.
    #[must_use]
    pub fn new(
        iss: &'a str,
        aud: &'a str,
        sub: Option<&'a str>,
        sid: Option<&'a str>,
        jti: &'a str,
        now: DateTime<Utc>,
    ) -> Self {
        let iat = now.timestamp();
        Self { iss, sub, aud, iat, exp: iat.saturating_add(LIFETIME), jti, events: Events::default(), sid }
    }
}

/// Where the browser goes after a sign-out: the registered address, with the request's `state`.
#[must_use]
pub fn with_state(address: &str, state: Option<&str>) -> String {
    let state: Vec<_> = state.map(|state| ("state", state.to_owned())).into_iter().collect();
    with_parameters(address, &state)
}

#[cfg(test)]
mod tests {
    use model::SigningAlgorithm;
    use serde_json::{Value, json};

    use super::*;
    use crate::access_token;
    use crate::jose::SigningKey;

    const ISSUER: &str = "https://login.example";

    fn hint(typ: &str, claims: &Value) -> Result<IdTokenHint, OAuthError> {
        let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
        let keys = JwkSet { keys: vec![key.jwk().clone()] };
        verify_id_token_hint(&key.sign(typ, claims).unwrap(), &keys, ISSUER)
    }

    #[test]
    fn an_expired_id_token_is_a_good_hint() {
        let claims = json!({ "iss": ISSUER, "sub": "s", "aud": "c", "sid": "x", "exp": 1 });
        let expected = IdTokenHint { client_id: "c".to_owned(), sub: "s".to_owned(), sid: Some("x".to_owned()) };
        assert_eq!(hint("JWT", &claims), Ok(expected));
    }

    #[test]
    fn a_token_of_another_kind_or_issuer_is_no_hint() {
        let claims = json!({ "iss": ISSUER, "sub": "s", "aud": "c" });
        for typ in [TYP, access_token::TYP, ""] {
            assert!(hint(typ, &claims).is_err(), "{typ}");
        }
        assert!(hint("JWT", &json!({ "iss": "https://evil.example", "sub": "s", "aud": "c" })).is_err());
        assert!(hint("JWT", &json!({ "iss": ISSUER, "aud": "c" })).is_err());
    }

    #[test]
    fn a_hint_by_another_key_is_refused() {
        let [own, other] = [(); 2].map(|()| SigningKey::generate(SigningAlgorithm::EdDsa).unwrap());
        let token = other.sign("JWT", &json!({ "iss": ISSUER, "sub": "s", "aud": "c" })).unwrap();
        assert!(verify_id_token_hint(&token, &JwkSet { keys: vec![own.jwk().clone()] }, ISSUER).is_err());
    }

    #[test]
    fn a_request_is_read_and_bounded() {
        let parse = |query: &str| EndSessionRequest::parse(&Parameters::parse_query(query).unwrap());
        let request = parse("client_id=c&state=s&logout_hint=x").unwrap();
        assert_eq!((request.client_id.as_deref(), request.state.as_deref()), (Some("c"), Some("s")));
        assert_eq!(request.id_token_hint, None);
        assert!(parse(&format!("state={}", "s".repeat(2049))).is_err());
        assert!(parse("post_logout_redirect_uri=https://a.example/%0d%0ax").is_err());
    }

    #[test]
    fn a_logout_token_has_its_event_and_two_minutes() {
        let now = DateTime::from_timestamp(1000, 0).unwrap();
        let claims = LogoutTokenClaims::new(ISSUER, "c", None, Some("x"), "j", now);
        let expected = json!({
            "iss": ISSUER, "aud": "c", "iat": 1000, "exp": 1120, "jti": "j", "sid": "x",
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        });
        assert_eq!(serde_json::to_value(claims).unwrap(), expected);
    }

    #[test]
    fn the_state_goes_back_with_the_browser() {
        assert_eq!(with_state("https://app.example/?a", Some("x y")), "https://app.example/?a&state=x+y");
        assert_eq!(with_state("https://app.example/?a", None), "https://app.example/?a");
    }
}
