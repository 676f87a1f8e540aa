//! How the answer travels.

use serde::{Deserialize, Serialize};

use crate::error::OAuthError;
use crate::parameters::Parameters;

/// How the answer travels (OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode §2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseMode {
    /// In the query of the address.
    #[default]
    Query,
    /// As a form that the browser posts.
    FormPost,
}

/// How an error travels: as the request asks for, or in the query where that cannot be read.
#[must_use]
pub fn requested_response_mode(parameters: &Parameters) -> ResponseMode {
    response_mode(parameters).unwrap_or_default()
}

/// The mode that the request asks for.
pub(super) fn response_mode(parameters: &Parameters) -> Result<ResponseMode, OAuthError> {
    match parameters.get("response_mode") {
        None | Some("query") => Ok(ResponseMode::Query),
        Some("form_post") => Ok(ResponseMode::FormPost),
        Some("fragment") => Err(OAuthError::invalid_request(
            "A code is not sent in a fragment: leave out response_mode, or send query or form_post",
        )),
        Some(_) => Err(OAuthError::invalid_request("The response_mode is not known: send query or form_post")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requested(mode: &str) -> Parameters {
        Parameters::parse_query(&format!("response_mode={mode}")).unwrap()
    }

    #[test]
    fn a_mode_that_is_known_is_taken() {
        for (mode, expected) in
            [("form_post", ResponseMode::FormPost), ("query", ResponseMode::Query), ("", ResponseMode::Query)]
        {
            assert_eq!(response_mode(&requested(mode)), Ok(expected), "{mode}");
            assert_eq!(requested_response_mode(&requested(mode)), expected, "{mode}");
        }
    }

    #[test]
    fn another_mode_is_refused_in_the_query() {
        for mode in ["fragment", "query.jwt", "web_message", "Query"] {
            assert!(response_mode(&requested(mode)).is_err(), "{mode}");
            assert_eq!(requested_response_mode(&requested(mode)), ResponseMode::Query, "{mode}");
        }
    }
}
