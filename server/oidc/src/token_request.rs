//! What a client asks the token endpoint for (RFC 6749 §4.1.3 and §6, RFC 7636 §4.5).

use std::fmt;

use crate::error::{OAuthError, OAuthErrorCode};
use crate::parameters::Parameters;

/// A request for tokens. Debug output shows none of what is as good as a password.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenRequest {
    /// The code of a sign-in is exchanged.
    AuthorizationCode {
        /// The code.
        code: String,
        /// Where the code was sent to: the same as in the authorization request.
        redirect_uri: Option<String>,
        /// What the code challenge is the hash of.
        code_verifier: Option<String>,
    },
    /// A sign-in is renewed.
    RefreshToken {
        /// The refresh token.
        refresh_token: String,
        /// What is asked for, if it is less than was granted.
        scope: Option<String>,
    },
}

impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AuthorizationCode { redirect_uri, .. } => {
                f.debug_struct("AuthorizationCode").field("redirect_uri", redirect_uri).finish_non_exhaustive()
            }
            Self::RefreshToken { scope, .. } => {
                f.debug_struct("RefreshToken").field("scope", scope).finish_non_exhaustive()
            }
        }
    }
}

impl TokenRequest {
    /// Reads the form: a missing parameter is `invalid_request`, another grant type is
    /// `unsupported_grant_type`.
    pub fn parse(form: &Parameters) -> Result<Self, OAuthError> {
        let optional = |name: &str| form.get(name).map(str::to_owned);
        match form.require("grant_type")? {
            "authorization_code" => Ok(Self::AuthorizationCode {
                code: form.require("code")?.to_owned(),
                redirect_uri: optional("redirect_uri"),
                code_verifier: optional("code_verifier"),
            }),
            "refresh_token" => Ok(Self::RefreshToken {
                refresh_token: form.require("refresh_token")?.to_owned(),
                scope: optional("scope"),
            }),
            _ => Err(OAuthError::new(
                OAuthErrorCode::UnsupportedGrantType,
                "The grant_type is not supported: send authorization_code or refresh_token",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(form: &str) -> Result<TokenRequest, OAuthError> {
        TokenRequest::parse(&Parameters::parse_query(form).unwrap())
    }

    #[test]
    fn both_grants_are_read() {
        let code =
            parse("grant_type=authorization_code&code=c&code_verifier=v&redirect_uri=https://a.example").unwrap();
        let expected = TokenRequest::AuthorizationCode {
            code: "c".to_owned(),
            redirect_uri: Some("https://a.example".to_owned()),
            code_verifier: Some("v".to_owned()),
        };
        assert_eq!(code, expected);
        let refresh = parse("grant_type=refresh_token&refresh_token=r").unwrap();
        assert_eq!(refresh, TokenRequest::RefreshToken { refresh_token: "r".to_owned(), scope: None });
    }

    #[test]
    fn a_missing_parameter_and_another_grant_are_refused() {
        for (form, code) in [
            ("code=c", OAuthErrorCode::InvalidRequest),
            ("grant_type=authorization_code", OAuthErrorCode::InvalidRequest),
            ("grant_type=refresh_token&refresh_token=", OAuthErrorCode::InvalidRequest),
            ("grant_type=password&username=a", OAuthErrorCode::UnsupportedGrantType),
            ("grant_type=client_credentials", OAuthErrorCode::UnsupportedGrantType),
        ] {
            assert_eq!(parse(form).unwrap_err().code, code, "{form}");
        }
    }

    #[test]
    fn debug_output_shows_no_code_and_no_token() {
        let code = parse("grant_type=authorization_code&code=hunter2&code_verifier=hunter2").unwrap();
        let refresh = parse("grant_type=refresh_token&refresh_token=hunter2&scope=openid").unwrap();
        assert!(!format!("{code:?}{refresh:?}").contains("hunter2"));
    }
}
