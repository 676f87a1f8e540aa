//! Browsers that have signed in to an account before. Being known gives access to nothing: a
//! known browser has failed sign-ins counted apart, so that guesses from elsewhere do not keep
//! the account's owner out.

use chrono::TimeDelta;
use model::ids::AccountId;
use store::ConnectionTrait;
use store::known_devices::{self, KnownDevice};

use crate::cookies::{self, Cookie};
use crate::{ClientInfo, Error, Services, Token};

/// For how long a browser is known after it signed in.
const DEVICE_LIFETIME: TimeDelta = TimeDelta::days(180);
/// How many browsers an account knows: more than its owner has.
const MAX_DEVICES: u64 = 50;

/// Remembers a browser that has signed in to an account, second factor included. Returns the
/// `Set-Cookie` value by which it is known.
pub(crate) async fn remember(
    services: &Services,
    tx: &impl ConnectionTrait,
    account: AccountId,
    client: &ClientInfo,
) -> Result<String, Error> {
    let now = services.now();
    let token = match &client.device_token {
        // one that we gave out: a browser may be known to several accounts
        Some(token) if known_devices::is_known(tx, &token.hash(), None, now).await? => token.clone(),
        Some(_) | None => Token::new(&*services.random),
    };
    let device = KnownDevice {
        token_hash: token.hash(),
        account_id: account,
        created_at: now,
        expires_at: now + DEVICE_LIFETIME,
    };
    known_devices::remember(tx, device).await?;
    known_devices::keep_latest(tx, account, MAX_DEVICES).await?;
    Ok(cookies::set(services, Cookie::KnownDevice, &token, DEVICE_LIFETIME))
}

/// What attempts of this browser on this account are counted under (`crate::limits`); `None` if
/// the account does not know it.
pub(crate) async fn throttling_key(
    services: &Services,
    client: &ClientInfo,
    account: AccountId,
) -> Result<Option<String>, Error> {
    let Some(token) = &client.device_token else { return Ok(None) };
    let hash = token.hash();
    let known = known_devices::is_known(services.db.connection(), &hash, Some(account), services.now()).await?;
    Ok(known.then(|| format!("{}:{hash:02x?}", account.as_uuid())))
}
