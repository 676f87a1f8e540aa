//! Access tokens that the vendor's own services verify (RFC 9068).

use model::Scopes;
use serde::Serialize;

/// The `typ` that an access token is signed with (RFC 9068 §2.1).
pub const TYP: &str = "at+jwt";

/// What an access token says (RFC 9068 §2.2).
#[derive(Clone, Debug, Serialize)]
pub struct AccessTokenClaims<'a> {
    /// Who issued it.
    pub iss: &'a str,
    /// For whom it acts.
    pub sub: &'a str,
    /// Which service is to take it.
    pub aud: &'a str,
    /// Until when, in seconds since 1970.
    pub exp: i64,
    /// Since when, in seconds since 1970.
    pub iat: i64,
    /// Its own name, which no other token has.
    pub jti: &'a str,
    /// Which client it was issued to.
    pub client_id: &'a str,
    /// What was granted (RFC 9068 §2.2.3).
    pub scope: &'a Scopes,
    /// When the person signed in, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_time: Option<i64>,
    /// How well the person was authenticated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<&'a str>,
    /// By what (RFC 8176).
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub amr: &'a [String],
    /// Groups (RFC 9068 §2.2.3.1).
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub groups: &'a [String],
    /// Roles (RFC 9068 §2.2.3.1).
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub roles: &'a [String],
    /// The organization's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<&'a str>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_token_has_the_claims_of_the_rfc() {
        let claims = AccessTokenClaims {
            iss: "https://login.example",
            sub: "s",
            aud: "https://api.example",
            exp: 2,
            iat: 1,
            jti: "j",
            client_id: "c",
            scope: &Scopes::from("email openid".to_owned()),
            auth_time: Some(0),
            acr: None,
            amr: &[],
            groups: &["g".to_owned()],
            roles: &[],
            org_id: None,
        };
        let expected = json!({
            "iss": "https://login.example", "sub": "s", "aud": "https://api.example", "exp": 2, "iat": 1, "jti": "j",
            "client_id": "c", "scope": "openid email", "auth_time": 0, "groups": ["g"],
        });
        assert_eq!(serde_json::to_value(claims).unwrap(), expected);
    }
}
