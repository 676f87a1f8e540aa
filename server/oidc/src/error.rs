//! What a client is told when its request is refused (RFC 6749 §4.1.2.1 and §5.2).

use std::borrow::Cow;

use serde_json::json;

/// A description is cut off after that many bytes.
const MAX_DESCRIPTION: usize = 512;

/// Why a request is refused, as clients read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OAuthErrorCode {
    /// A parameter is missing, wrong or there twice (RFC 6749 §5.2).
    InvalidRequest,
    /// The client is unknown, or its proof is wrong (RFC 6749 §5.2).
    InvalidClient,
    /// The code or the refresh token is wrong, used, expired or another client's (RFC 6749 §5.2).
    InvalidGrant,
    /// The client may not ask for this (RFC 6749 §5.2).
    UnauthorizedClient,
    /// The grant type is not known (RFC 6749 §5.2).
    UnsupportedGrantType,
    /// The response type is not `code` (RFC 6749 §4.1.2.1).
    UnsupportedResponseType,
    /// The scope is missing, unknown or more than was granted (RFC 6749 §5.2).
    InvalidScope,
    /// The person or the portal said no (RFC 6749 §4.1.2.1).
    AccessDenied,
    /// Something failed that is not the client's fault (RFC 6749 §4.1.2.1).
    ServerError,
    /// The portal has too much to do, or is being changed (RFC 6749 §4.1.2.1).
    TemporarilyUnavailable,
    /// `prompt=none`, and nobody is signed in (Core §3.1.2.6).
    LoginRequired,
    /// `prompt=none`, and something has to be asked (Core §3.1.2.6).
    InteractionRequired,
    /// The `request_uri` is unknown or expired (Core §3.1.2.6, RFC 9126).
    InvalidRequestUri,
    /// Request objects are not taken (Core §3.1.2.6).
    RequestNotSupported,
    /// Request objects by reference are not taken (Core §3.1.2.6).
    RequestUriNotSupported,
    /// The `registration` parameter is not taken (Core §3.1.2.6).
    RegistrationNotSupported,
    /// The access token is wrong, expired or revoked (RFC 6750 §3.1).
    InvalidToken,
    /// The access token was issued without the scope that this needs (RFC 6750 §3.1).
    InsufficientScope,
}

impl OAuthErrorCode {
    /// Its name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::LoginRequired => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::InvalidRequestUri => "invalid_request_uri",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::RegistrationNotSupported => "registration_not_supported",
            Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
        }
    }
}

/// A refused request: the code for programs, the description for whoever reads the client's log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {description}", code.as_str())]
pub struct OAuthError {
    /// Why.
    pub code: OAuthErrorCode,
    /// What to do about it. From [`Self::new`] it is printable ASCII without `"` and `\`.
    pub description: Cow<'static, str>,
}

impl OAuthError {
    /// A refusal. Characters that no description may have (RFC 6749 §5.2) are replaced, and a long
    /// one is cut off.
    #[must_use]
    pub fn new(code: OAuthErrorCode, description: impl Into<Cow<'static, str>>) -> Self {
        Self { code, description: printable(description.into()) }
    }

    pub(crate) fn invalid_request(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(OAuthErrorCode::InvalidRequest, description)
    }

    pub(crate) fn invalid_client(description: impl Into<Cow<'static, str>>) -> Self {
        Self::new(OAuthErrorCode::InvalidClient, description)
    }

    /// The body of the answer: `error` and `error_description` (RFC 6749 §5.2).
    #[must_use]
    pub fn to_json(&self) -> String {
        json!({ "error": self.code.as_str(), "error_description": self.description }).to_string()
    }

    /// The HTTP status of the answer (RFC 6749 §5.2, RFC 6750 §3.1).
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match self.code {
            OAuthErrorCode::InvalidClient | OAuthErrorCode::InvalidToken => 401,
            OAuthErrorCode::InsufficientScope => 403,
            OAuthErrorCode::ServerError => 500,
            OAuthErrorCode::TemporarilyUnavailable => 503,
            _ => 400,
        }
    }
}

fn printable(description: Cow<'static, str>) -> Cow<'static, str> {
    let is_allowed = |char: char| matches!(char, ' '..='~') && char != '"' && char != '\\';
    if description.len() <= MAX_DESCRIPTION && description.chars().all(is_allowed) {
        return description;
    }
    let replaced = description.chars().take(MAX_DESCRIPTION).map(|char| match char {
        '"' => '\'',
        char if is_allowed(char) => char,
        _ => '?',
    });
    Cow::Owned(replaced.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_has_no_character_that_the_rfc_forbids() {
        let error = OAuthError::new(OAuthErrorCode::InvalidScope, "a \"b\" \\ c\r\nd é");
        assert_eq!(error.description, "a 'b' ? c??d ?");
        assert_eq!(error.to_json(), r#"{"error":"invalid_scope","error_description":"a 'b' ? c??d ?"}"#);
        assert_eq!(error.to_string(), "invalid_scope: a 'b' ? c??d ?");
    }

    #[test]
    fn a_long_description_is_cut_off() {
        let error = OAuthError::invalid_request("é".repeat(10_000));
        assert_eq!(error.description.len(), MAX_DESCRIPTION);
    }

    #[test]
    fn each_refusal_has_its_status() {
        for (code, status) in [
            (OAuthErrorCode::InvalidClient, 401),
            (OAuthErrorCode::InvalidToken, 401),
            (OAuthErrorCode::InsufficientScope, 403),
            (OAuthErrorCode::ServerError, 500),
            (OAuthErrorCode::TemporarilyUnavailable, 503),
            (OAuthErrorCode::InvalidGrant, 400),
            (OAuthErrorCode::LoginRequired, 400),
        ] {
            assert_eq!(OAuthError::new(code, "").http_status(), status, "{code:?}");
        }
    }
}
