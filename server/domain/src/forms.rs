//! Refused forms on their way back to their page: what was typed and what is wrong with it
//! stay on the server, found by a cookie, and never stand in an address.

use chrono::TimeDelta;
use model::FormState;

use crate::cookies::{self, Cookie};
use crate::{Error, Services, Token, token};

const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// Keeps a refused form. The answer's first part is the cookie that finds it again.
pub async fn keep(services: &Services, form: &str, state: &FormState) -> (String, Result<(), Error>) {
    let token = Token::new(&*services.random);
    let expires_at = services.now() + LIFETIME;
    let kept = store::forms::keep(services.db.connection(), &token.hash(), form, state, expires_at).await;
    (cookies::set(services, Cookie::Form, &token, LIFETIME), kept.map_err(Error::from))
}

/// The refused form of the browser with this cookie, once; an empty state if there is none.
pub async fn take(services: &Services, cookie: &str, form: &str) -> Result<FormState, Error> {
    let state = store::forms::take(services.db.connection(), &token::hash(cookie), form, services.now()).await?;
    Ok(state.unwrap_or_default())
}
