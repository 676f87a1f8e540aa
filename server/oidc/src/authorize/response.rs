//! The answer that the browser takes back (RFC 6749 §4.1.2, RFC 9207 §2, Form Post Response Mode §2).

use super::ResponseMode;
use crate::error::OAuthError;
use crate::query::with_parameters;

/// What the application is answered.
#[derive(Clone, Copy, Debug)]
pub enum AuthorizationResponse<'a> {
    /// The person signed in.
    Code {
        /// What the application exchanges for tokens.
        code: &'a str,
    },
    /// The request was refused, or nobody signed in.
    Error(&'a OAuthError),
}

/// What the browser is told to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseDelivery {
    /// To go to this address.
    Redirect(String),
    /// To post these fields. Their values have to be escaped as HTML asks.
    FormPost {
        /// Where to.
        action: String,
        /// Names and values.
        fields: Vec<(&'static str, String)>,
    },
}

/// Addresses an answer: with `code`, or `error` and `error_description`, and with `state` and `iss`.
/// A query that the redirect address has is kept.
#[must_use]
pub fn deliver(
    response: AuthorizationResponse<'_>,
    redirect_uri: &str,
    mode: ResponseMode,
    state: Option<&str>,
    issuer: &str,
) -> ResponseDelivery {
    let mut fields = match response {
        AuthorizationResponse::Code { code } => vec![("code", code.to_owned())],
        AuthorizationResponse::Error(error) => vec![
            ("error", error.code.as_str().to_owned()),
            ("error_description", error.description.clone().into_owned()),
        ],
    };
    fields.extend(state.map(|state| ("state", state.to_owned())));
    // so that a client of several providers knows whose answer it is
    fields.push(("iss", issuer.to_owned()));
    match mode {
        ResponseMode::Query => ResponseDelivery::Redirect(with_parameters(redirect_uri, &fields)),
        ResponseMode::FormPost => ResponseDelivery::FormPost { action: redirect_uri.to_owned(), fields },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::OAuthErrorCode;

    const ISSUER: &str = "https://login.example";

    #[test]
    fn a_code_goes_into_the_query_beside_what_is_there() {
        let code = AuthorizationResponse::Code { code: "abc" };
        let delivery = deliver(code, "https://app.example/cb?a=1", ResponseMode::Query, Some("x&y=é"), ISSUER);
        let address =
            "https://app.example/cb?a=1&code=abc&state=x%26y%3D%C3%A9&iss=https%3A%2F%2Flogin.example".to_owned();
        assert_eq!(delivery, ResponseDelivery::Redirect(address));
    }

    #[test]
    fn an_error_goes_into_the_form() {
        let error = OAuthError::new(OAuthErrorCode::AccessDenied, "no");
        let delivery = deliver(
            AuthorizationResponse::Error(&error),
            "https://app.example/cb?a=1",
            ResponseMode::FormPost,
            None,
            ISSUER,
        );
        let fields = [("error", "access_denied"), ("error_description", "no"), ("iss", ISSUER)];
        let fields = fields.map(|(name, value)| (name, value.to_owned())).to_vec();
        assert_eq!(delivery, ResponseDelivery::FormPost { action: "https://app.example/cb?a=1".to_owned(), fields });
    }
}
