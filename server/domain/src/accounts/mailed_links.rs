//! Looking up the one-time links that mails carry.

use crate::limits::{self, Purpose, Subject};
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
    let counted = [Subject::Address(actor.client.ip)];
    limits::count(services, Purpose::Link, &counted).await?;
    let found = find.await?;
    if found.is_some() {
        limits::forget(services, Purpose::Link, &counted).await?;
    }
    Ok(found)
}
