//! Browsers that have signed in to an account before. Being one opens nothing: it gives a
//! browser attempts of its own, so that strangers' guesses do not keep the owner out.

use chrono::TimeDelta;
use model::ids::AccountId;
use store::ConnectionTrait;
use store::known_devices::{self, KnownDevice};

use crate::cookies::{self, Cookie};
use crate::{Error, Origin, Services, Token};

/// For how long a browser is known after it signed in.
const LIFETIME: TimeDelta = TimeDelta::days(180);
/// So many browsers an account knows: more than its owner has.
const MOST: u64 = 50;

/// Notes that a browser has signed in to an account, all of the way. Answers the `Set-Cookie`
/// value by which it is known.
pub(crate) async fn remember(
    services: &Services,
    tx: &impl ConnectionTrait,
    account: AccountId,
    origin: &Origin,
) -> Result<String, Error> {
    let now = services.now();
    let token = match &origin.device {
        // one that we gave out: a browser may be known to several accounts
        Some(token) if known_devices::is_known(tx, &token.hash(), None, now).await? => token.clone(),
        Some(_) | None => Token::new(&*services.random),
    };
    let device =
        KnownDevice { token_hash: token.hash(), account_id: account, created_at: now, expires_at: now + LIFETIME };
    known_devices::remember(tx, device).await?;
    known_devices::keep_latest(tx, account, MOST).await?;
    Ok(cookies::set(services, Cookie::Device, &token, LIFETIME))
}

/// By what name attempts of this browser on this account are counted; `None` if the account
/// does not know it.
pub(crate) async fn name(services: &Services, origin: &Origin, account: AccountId) -> Result<Option<String>, Error> {
    let Some(token) = &origin.device else { return Ok(None) };
    let hash = token.hash();
    let known = known_devices::is_known(services.db.connection(), &hash, Some(account), services.now()).await?;
    Ok(known.then(|| format!("{}:{hash:02x?}", account.as_uuid())))
}
