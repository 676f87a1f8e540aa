//! What a request is authenticated by.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use domain::cookies::Cookie;
use domain::{Actor, ClientInfo, Error, Token, accounts};

use super::client_ip::ClientIp;
use super::cookie::cookie;
use crate::state::AppState;

/// How much of a `User-Agent` header is kept, in characters.
const MAX_USER_AGENT: usize = 300;

/// What a request is authenticated by: a handler that lives long does it again and again.
#[derive(Clone, Debug)]
pub struct RequestCredentials {
    session: Option<String>,
    client: ClientInfo,
}

impl RequestCredentials {
    /// The actor of the request. Counts as a use of the session.
    pub async fn authenticate(&self, state: &AppState) -> Result<Actor, Error> {
        accounts::authenticate_request(&state.services, self.session.as_deref(), self.client.clone()).await
    }

    /// The actor of a request that the user did not cause.
    pub async fn authenticate_background(&self, state: &AppState) -> Result<Actor, Error> {
        accounts::authenticate_background_request(&state.services, self.session.as_deref(), self.client.clone()).await
    }
}

impl FromRequestParts<AppState> for RequestCredentials {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let ClientIp(ip) = ClientIp::from_request_parts(parts, state).await?;
        let session = cookie(state, &parts.headers, Cookie::AccountSession);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let user_agent = agent.map(|agent| agent.chars().take(MAX_USER_AGENT).collect());
        let device_token = cookie(state, &parts.headers, Cookie::KnownDevice);
        let device_token = device_token.and_then(|token| Token::from_browser(&token));
        Ok(Self { session, client: ClientInfo { ip: Some(ip), user_agent, device_token } })
    }
}
