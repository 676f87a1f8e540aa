//! The OpenID provider: the vendor's applications receive the sign-ins of people. The protocol is in the
//! crate `oidc`, as pure functions; here is who may do what with which team.
//!
//! 1. [`authorize`]: an application sends a browser. With a session of the team the browser goes straight
//!    back with a code; otherwise a sign-in starts ([`crate::sign_in`]), which carries the request and comes
//!    back to [`resume`]. [`push_request`] takes the request before (RFC 9126).
//! 2. `issue_code`: an authorization, with its code.
//! 3. [`token`]: the code, or a refresh token, becomes tokens.
//! 4. [`userinfo`], [`introspect`], [`revoke`]: what they are good for.
//! 5. [`end_session`]: an application signs a person out. What ends sessions for whatever reason tells the
//!    applications ([`crate::applications`]).
//!
//! Connection ⊂ team ⊂ application is asked at each of these steps, and once more when a response is
//! accepted.

mod authorization_checks;
mod authorize;
mod clients;
mod end_session;
mod initiate_login;
mod issue_code;
mod polis;
mod problems;
mod push_request;
mod resume;
mod team_choice;
mod token;
mod token_status;
mod trial;
mod user_claims;
mod userinfo;

pub use authorize::{AuthorizeError, AuthorizeRequest, Authorized, TeamQuestion, authorize};
pub use clients::allowed_origin;
pub use end_session::{EndSession, EndSessionError, end_session};
pub use initiate_login::{Continuation, continuations, initiate_login};
pub use polis::{polis_token, polis_userinfo};
pub use push_request::{PushedHandle, push_request};
pub use resume::resume;
pub use token::{TokenResponse, token};
pub use token_status::{introspect, revoke};
pub use trial::{begin_trial, finish_trial};
pub use userinfo::userinfo;

use chrono::TimeDelta;
use oidc::{OAuthError, OAuthErrorCode};

use crate::Error;

/// How long a code works (RFC 6749 §4.1.2 asks for ten minutes at most).
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);
/// What a request's handle begins with (RFC 9126 §2.2).
const REQUEST_URI: &str = "urn:ietf:params:oauth:request_uri:";

/// What session identifiers are made with besides the session's own secret, which nobody can guess.
const SID: &[u8] = b"sid";

/// Why an application's own request (not a browser's) was not answered.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// What the application did wrong.
    #[error(transparent)]
    Refused(#[from] OAuthError),
    /// Our own fault, or too many at once.
    #[error(transparent)]
    Other(Error),
}

impl<E: Into<Error>> From<E> for ClientError {
    fn from(error: E) -> Self {
        Self::Other(error.into())
    }
}

/// A code or refresh token that is not good.
fn invalid_grant(description: &'static str) -> ClientError {
    ClientError::Refused(OAuthError::new(OAuthErrorCode::InvalidGrant, description))
}
