//! Throttling of guesses at secrets and of mail that somebody makes us send, per account and per
//! address. Counts are in the database, so that replicas agree.
//!
//! Each attempt is counted before it is looked at. A few are free; then each makes the next
//! one wait, twice as long as the one before, up to a quarter of an hour: nobody is ever locked
//! out for good, and nobody can lock another out for longer. An account's count is forgotten
//! when the secret was right, an address's goes back by one (else whoever has one account
//! could guess at others for ever), and both after a while without attempts.
//!
//! A browser that has signed in to an account before is counted apart from everybody else
//! ([`AccountThrottle`]): whoever guesses at the account from elsewhere cannot make it wait.

use std::net::IpAddr;

use chrono::TimeDelta;
use model::Timestamp;
use model::ids::{AccountId, TeamId};
use sha2::{Digest as _, Sha256};
use store::Tx;
pub use store::limits::ThrottledAction;
use store::limits::{self, Limit};

use crate::account_sessions::known_devices;
use crate::row_budget::{BudgetOwner, Network, RowKind};
use crate::throttle_counts::{counted, fresh};
use crate::{Actor, Error, Services};

/// How many attempts are free: by account, by team, and by address, behind which there may
/// be a whole company.
const fn free_attempts(action: ThrottledAction, key: &ThrottleKey<'_>) -> i32 {
    match (key, action) {
        (ThrottleKey::Account(_) | ThrottleKey::Device(_), ThrottledAction::Mail) => 3,
        (ThrottleKey::Address(_), ThrottledAction::Estimate | ThrottledAction::Challenge) => 150,
        (ThrottleKey::Address(_), ThrottledAction::Invitation) => 100,
        (ThrottleKey::Account(_) | ThrottleKey::Device(_), ThrottledAction::Invitation)
        | (ThrottleKey::Address(_) | ThrottleKey::Team(_), _) => 30,
        (ThrottleKey::Account(_) | ThrottleKey::Device(_), _) => 5,
    }
}

/// What attempts are counted by, each with a count of its own.
#[derive(Clone, Copy, Debug)]
pub enum ThrottleKey<'a> {
    /// An account's identifier, or the e-mail address that was typed, whether or not it has
    /// an account.
    Account(&'a str),
    /// A browser that has signed in to an account before, with that account.
    Device(&'a str),
    /// Where the request came from.
    Address(Option<IpAddr>),
    /// A team, whoever of it asks.
    Team(TeamId),
}

impl ThrottleKey<'_> {
    /// Whether somebody has shown before who this is: it is no name that anybody can make up.
    const fn is_known(&self) -> bool {
        matches!(self, Self::Device(_) | Self::Team(_))
    }

    /// What its attempts are counted under, each with how many are free: an address's under the
    /// wider networks around it as well.
    fn counters(&self, action: ThrottledAction) -> Vec<(Vec<u8>, i32)> {
        let free = free_attempts(action, self);
        let one = |text: String| vec![(Sha256::digest(text).to_vec(), free)];
        match self {
            Self::Account(name) => one(format!("account:{name}")),
            Self::Device(name) => one(format!("device:{name}")),
            Self::Address(None) => one("address:".to_owned()),
            Self::Address(Some(ip)) => Network::from(*ip)
                .with_wider()
                .map(|(network, times)| (Sha256::digest(format!("address:{network}")).to_vec(), free * times))
                .collect(),
            Self::Team(team) => one(format!("team:{team}")),
        }
    }
}

/// Counts an attempt by each of these keys.
///
/// # Errors
/// [`Error::TooManyRequests`] if one of them must wait; the attempt must not be looked at then.
pub(crate) async fn count_attempt(
    services: &Services,
    action: ThrottledAction,
    keys: &[ThrottleKey<'_>],
) -> Result<(), Error> {
    let (now, tx) = (services.now(), services.db.begin().await?);
    let (mut written, mut new) = (Vec::new(), Vec::new());
    for key in keys {
        for (hash, free) in key.counters(action) {
            let fresh = fresh(action, hash, now);
            let found = limits::find(&tx, &fresh).await?;
            let is_written = found.is_some() || key.is_known();
            let limit =
                found.unwrap_or_else(|| if is_written { fresh.clone() } else { services.in_memory_counts.of(fresh) });
            check_wait(&limit, now)?;
            if is_written { &mut written } else { &mut new }.push((limit, free));
        }
    }
    let network = address_owner(keys);
    let in_memory = !new.is_empty() && services.charge(RowKind::AttemptCounter, 1, &[network]).is_err();
    if in_memory {
        services.charge(RowKind::InMemoryCounter, 1, &[network])?;
    }
    charge_for_mail(services, action, keys)?;
    if in_memory {
        let counted = services.in_memory_counts.count(&new, now);
        counted.map_err(|retry_after| Error::TooManyRequests { retry_after })?;
    } else {
        written.extend(new.iter().cloned());
    }
    // one that was new before may be written by now: whoever locks does so in one order
    written.sort_by(|(one, _), (other, _)| one.subject.cmp(&other.subject));
    for (limit, free) in written {
        let locked = limits::lock(&tx, limit).await?;
        check_wait(&locked, now)?;
        limits::save(&tx, counted(locked, free, now)).await?;
    }
    store::commit(tx).await?;
    if !in_memory {
        for (limit, _) in &new {
            services.in_memory_counts.forget(limit);
        }
    }
    Ok(())
}

fn check_wait(limit: &Limit, now: Timestamp) -> Result<(), Error> {
    if limit.blocked_until > now {
        return Err(Error::TooManyRequests { retry_after: limit.blocked_until - now });
    }
    Ok(())
}

/// Mail is charged to whoever makes us write it: an account, or the address that it is asked from.
/// A browser that the account knows is no stranger.
fn charge_for_mail(services: &Services, action: ThrottledAction, keys: &[ThrottleKey<'_>]) -> Result<(), Error> {
    let account = keys.iter().find_map(|key| match key {
        ThrottleKey::Account(name) => Some(*name),
        ThrottleKey::Device(_) | ThrottleKey::Address(_) | ThrottleKey::Team(_) => None,
    });
    let owner = match (action, account) {
        // which is counted by the identifier of who is signed in
        (ThrottledAction::Invitation, Some(id)) => {
            id.parse::<uuid::Uuid>().map_or_else(|_| address_owner(keys), |id| BudgetOwner::Account(id.into()))
        }
        (ThrottledAction::Mail, Some(_)) => address_owner(keys),
        _ => return Ok(()),
    };
    services.charge(RowKind::Mail, 1, &[owner])
}

/// The address among the keys, or the one that this request came from.
fn address_owner(keys: &[ThrottleKey<'_>]) -> BudgetOwner {
    let address = keys.iter().find_map(|key| match key {
        ThrottleKey::Address(ip) => Some(BudgetOwner::Network(ip.map(Network::from))),
        ThrottleKey::Account(_) | ThrottleKey::Device(_) | ThrottleKey::Team(_) => None,
    });
    address.unwrap_or_else(BudgetOwner::of_request)
}

/// Teams that an account may create a day.
const TEAMS_A_DAY: i32 = 20;

/// Counts a team that an account creates, in the transaction that does; refused until the day
/// that began with the first of them is over.
pub(crate) async fn count_new_team(services: &Services, tx: &Tx, account: AccountId) -> Result<(), Error> {
    let now = services.now();
    let id = account.to_string();
    let (subject, _) = ThrottleKey::Account(&id).counters(ThrottledAction::Team).remove(0);
    let first = Limit { expires_at: now + TimeDelta::days(1), ..fresh(ThrottledAction::Team, subject, now) };
    let day = limits::lock(tx, first.clone()).await?;
    let day = if day.expires_at <= now { first } else { day };
    if day.attempts >= TEAMS_A_DAY {
        return Err(Error::TooManyRequests { retry_after: day.expires_at - now });
    }
    Ok(limits::save(tx, Limit { attempts: day.attempts + 1, last_at: now, ..day }).await?)
}

/// Forgets the attempts of these keys: the secret was right. Of an address only the one
/// attempt is taken back: its others may have been at other accounts.
pub(crate) async fn forget_attempts(
    services: &Services,
    action: ThrottledAction,
    keys: &[ThrottleKey<'_>],
) -> Result<(), Error> {
    let now = services.now();
    for key in keys {
        for (hash, _) in key.counters(action) {
            let count = fresh(action, hash, now);
            match key {
                ThrottleKey::Account(_) | ThrottleKey::Device(_) => {
                    services.in_memory_counts.forget(&count);
                    limits::forget(&services.db.autocommit(), action, &count.subject).await?;
                }
                ThrottleKey::Address(_) | ThrottleKey::Team(_) => take_attempt_back(services, count).await?,
            }
        }
    }
    Ok(())
}

async fn take_attempt_back(services: &Services, count: Limit) -> Result<(), Error> {
    let now = services.now();
    services.in_memory_counts.uncount(&count, now);
    let tx = services.db.begin().await?;
    if limits::find(&tx, &count).await?.is_none() {
        return Ok(());
    }
    let limit = limits::lock(&tx, count).await?;
    // the wait that this attempt caused goes, too: it was no guess
    let attempts = limit.attempts.saturating_sub(1).max(0);
    limits::save(&tx, Limit { attempts, blocked_until: now, ..limit }).await?;
    Ok(store::commit(tx).await?)
}

/// What attempts at one account are counted by.
#[derive(Clone, Debug)]
pub(crate) struct AccountThrottle {
    name: String,
    device: Option<String>,
    ip: Option<IpAddr>,
}

impl AccountThrottle {
    /// `name` is the account's identifier, or the address that was typed, in its one spelling;
    /// `account` is the account that it has, if it has one.
    pub(crate) async fn of(
        services: &Services,
        actor: &Actor,
        name: impl Into<String>,
        account: Option<AccountId>,
    ) -> Result<Self, Error> {
        let device = match account {
            Some(account) => known_devices::throttling_key(services, &actor.client, account).await?,
            None => None,
        };
        Ok(Self { name: name.into(), device, ip: actor.client.ip })
    }

    /// Of an account that has shown who it is, or half of it: no browser has attempts of its own.
    pub(crate) fn own(actor: &Actor, account: AccountId) -> Self {
        Self { name: account.to_string(), device: None, ip: actor.client.ip }
    }

    /// The account and the address; for a browser that the account knows, that browser alone.
    pub(crate) fn keys(&self) -> Vec<ThrottleKey<'_>> {
        match &self.device {
            Some(device) => vec![ThrottleKey::Device(device)],
            None => vec![ThrottleKey::Account(&self.name), ThrottleKey::Address(self.ip)],
        }
    }
}
