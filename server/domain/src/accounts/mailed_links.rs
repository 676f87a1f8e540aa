//! Looking up the one-time links that mails carry.

use crate::throttling::{self, ThrottleKey, ThrottledAction};
use crate::{Actor, Error, Services, Token};

/// What `find` finds by a link's token. Look-ups that find nothing are counted by address, but
/// for what cannot be a token at all: that is no guess.
pub(super) async fn find_by_link_token<T>(
    services: &Services,
    actor: &Actor,
    token: &str,
    find: impl Future<Output = Result<Option<T>, store::Error>>,
) -> Result<Option<T>, Error> {
    if Token::from_browser(token).is_none() {
        return Ok(None);
    }
    let counted = [ThrottleKey::Address(actor.client.ip)];
    throttling::count_attempt(services, ThrottledAction::Link, &counted).await?;
    let found = find.await?;
    if found.is_some() {
        throttling::forget_attempts(services, ThrottledAction::Link, &counted).await?;
    }
    Ok(found)
}
