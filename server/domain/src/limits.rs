//! Brakes on guessing secrets and on making us send mail, per account and per address, in
//! the database, so that replicas agree.
//!
//! Each attempt is counted before it is looked at. A few are free; then each makes the next
//! one wait, twice as long as the one before, up to [`LONGEST_WAIT`]: nobody is ever locked
//! out for good, and nobody can lock another out for longer. An account's count is forgotten
//! when the secret was right, an address's goes back by one (else whoever has one account
//! could guess at others for ever), and both after a while without attempts.
//!
//! A browser that has signed in to an account before is counted apart from everybody else
//! ([`Counted`]): whoever guesses at the account from elsewhere cannot make it wait.

mod unwritten;

use std::net::IpAddr;

use chrono::TimeDelta;
use model::Timestamp;
use model::ids::{AccountId, TeamId};
use sha2::{Digest as _, Sha256};
use store::Tx;
use store::limits::{self, Limit};
pub(crate) use unwritten::UnwrittenCounts;

use crate::account_sessions::known_devices;
use crate::row_budget::{self, Network, Payer, Row};
use crate::{Actor, Error, Services};

/// The longest wait that an attempt causes.
pub const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// The wait after the first attempt that is not free; each further one doubles it.
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(2);
/// After this long without an attempt the count begins anew.
pub(crate) const MEMORY: TimeDelta = TimeDelta::hours(2);

/// What is attempted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A password, to sign in.
    SignIn,
    /// A password or factor, to confirm a sensitive act.
    Confirm,
    /// A code of a second factor, or a recovery code.
    SecondFactor,
    /// A mailed link, or what is typed with it.
    Link,
    /// Mail to an address that somebody typed: sign-up, forgotten password.
    Mail,
    /// Mail that a signed-in account causes: invitations, links.
    Invitation,
    /// A challenge for a passkey, asked for by nobody in particular.
    Challenge,
    /// A password that is being chosen, to say how guessable it is.
    Estimate,
    /// Metadata that we fetch from somebody else's server.
    Metadata,
    /// A team that somebody creates.
    Team,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Confirm => "confirm",
            Self::SecondFactor => "second_factor",
            Self::Link => "link",
            Self::Mail => "mail",
            Self::Invitation => "invitation",
            Self::Challenge => "challenge",
            Self::Estimate => "estimate",
            Self::Metadata => "metadata",
            Self::Team => "team",
        }
    }

    /// How many attempts are free: by account, by team, and by address, behind which there may
    /// be a whole company.
    const fn free(self, subject: &Subject<'_>) -> i32 {
        match (subject, self) {
            (Subject::Account(_) | Subject::Device(_), Self::Mail) => 3,
            (Subject::Address(_), Self::Estimate | Self::Challenge) => 150,
            (Subject::Address(_), Self::Invitation) => 100,
            (Subject::Account(_) | Subject::Device(_), Self::Invitation)
            | (Subject::Address(_) | Subject::Team(_), _) => 30,
            (Subject::Account(_) | Subject::Device(_), _) => 5,
        }
    }
}

/// What attempts are counted by.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
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

impl Subject<'_> {
    /// Whether somebody has shown before who this is: it is no name that anybody can make up.
    const fn is_known(&self) -> bool {
        matches!(self, Self::Device(_) | Self::Team(_))
    }

    /// What its attempts are counted under, each with how many are free: an address's under the
    /// wider networks around it as well.
    fn counters(&self, purpose: Purpose) -> Vec<(Vec<u8>, i32)> {
        let free = purpose.free(self);
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

/// Counts an attempt by each of these subjects.
///
/// # Errors
/// [`Error::TooManyRequests`] if one of them must wait; the attempt must not be looked at then.
pub(crate) async fn count(services: &Services, purpose: Purpose, subjects: &[Subject<'_>]) -> Result<(), Error> {
    let now = services.now();
    let tx = services.db.begin().await?;
    let (mut written, mut new) = (Vec::new(), Vec::new());
    for subject in subjects {
        for (hash, free) in subject.counters(purpose) {
            let fresh = fresh(purpose, hash, now);
            let is_written = subject.is_known() || limits::is_counted(&tx, &fresh).await?;
            let limit = if is_written { limits::lock(&tx, fresh).await? } else { services.unwritten_counts.of(fresh) };
            if limit.blocked_until > now {
                return Err(Error::TooManyRequests { retry_after: limit.blocked_until - now });
            }
            if is_written { &mut written } else { &mut new }.push((limit, free));
        }
    }
    let network = payer(subjects);
    let in_memory = !new.is_empty() && row_budget::pay(services, Row::Count, 1, &[network]).is_err();
    if in_memory {
        row_budget::pay(services, Row::UnwrittenCount, 1, &[network])?;
    }
    pay_for_mail(services, purpose, subjects)?;
    if in_memory {
        let counted = services.unwritten_counts.count(&new, now);
        counted.map_err(|retry_after| Error::TooManyRequests { retry_after })?;
    } else {
        for (limit, free) in &new {
            let limit = limits::lock(&tx, limit.clone()).await?;
            if limit.blocked_until > now {
                return Err(Error::TooManyRequests { retry_after: limit.blocked_until - now });
            }
            written.push((limit, *free));
        }
    }
    for (limit, free) in written {
        limits::save(&tx, counted(limit, free, now)).await?;
    }
    store::commit(tx).await?;
    if !in_memory {
        for (limit, _) in &new {
            services.unwritten_counts.forget(limit);
        }
    }
    Ok(())
}

/// Whoever makes us write mail pays for it: an account, or the address that it is asked from.
/// A browser that the account knows is no stranger.
fn pay_for_mail(services: &Services, purpose: Purpose, subjects: &[Subject<'_>]) -> Result<(), Error> {
    let account = subjects.iter().find_map(|subject| match subject {
        Subject::Account(name) => Some(*name),
        Subject::Device(_) | Subject::Address(_) | Subject::Team(_) => None,
    });
    let payer = match (purpose, account) {
        // which is counted by the identifier of who is signed in
        (Purpose::Invitation, Some(id)) => {
            id.parse::<uuid::Uuid>().map_or_else(|_| payer(subjects), |id| Payer::Account(id.into()))
        }
        (Purpose::Mail, Some(_)) => payer(subjects),
        _ => return Ok(()),
    };
    row_budget::pay(services, Row::Mail, 1, &[payer])
}

/// The address among the subjects, or the one that this request came from.
fn payer(subjects: &[Subject<'_>]) -> Payer {
    let address = subjects.iter().find_map(|subject| match subject {
        Subject::Address(ip) => Some(Payer::Network(ip.map(Network::from))),
        Subject::Account(_) | Subject::Device(_) | Subject::Team(_) => None,
    });
    address.unwrap_or_else(Payer::here)
}

fn fresh(purpose: Purpose, subject: Vec<u8>, now: Timestamp) -> Limit {
    Limit {
        purpose: purpose.as_str().to_owned(),
        subject,
        attempts: 0,
        last_at: now,
        blocked_until: now,
        expires_at: now + MEMORY,
    }
}

fn counted(limit: Limit, free: i32, now: Timestamp) -> Limit {
    let before = if now - limit.last_at > MEMORY { 0 } else { limit.attempts };
    let attempts = before.saturating_add(1);
    Limit { attempts, last_at: now, blocked_until: now + wait(attempts - free), expires_at: now + MEMORY, ..limit }
}

/// How long the next attempt waits after so many that were not free.
fn wait(over: i32) -> TimeDelta {
    let Ok(doublings) = u32::try_from(over - 1) else { return TimeDelta::zero() };
    FIRST_WAIT.checked_mul(1 << doublings.min(20)).map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT))
}

/// Teams that an account may create a day.
const TEAMS_A_DAY: i32 = 20;

/// Counts a team that an account creates, in the transaction that does; refused until the day
/// that began with the first of them is over.
pub(crate) async fn count_team(services: &Services, tx: &Tx, account: AccountId) -> Result<(), Error> {
    let now = services.now();
    let id = account.to_string();
    let (subject, _) = Subject::Account(&id).counters(Purpose::Team).remove(0);
    let first = Limit { expires_at: now + TimeDelta::days(1), ..fresh(Purpose::Team, subject, now) };
    let day = limits::lock(tx, first.clone()).await?;
    let day = if day.expires_at <= now { first } else { day };
    if day.attempts >= TEAMS_A_DAY {
        return Err(Error::TooManyRequests { retry_after: day.expires_at - now });
    }
    Ok(limits::save(tx, Limit { attempts: day.attempts + 1, last_at: now, ..day }).await?)
}

/// Forgets the attempts of these subjects: the secret was right. Of an address only the one
/// attempt is taken back: its others may have been at other accounts.
pub(crate) async fn forget(services: &Services, purpose: Purpose, subjects: &[Subject<'_>]) -> Result<(), Error> {
    let now = services.now();
    for subject in subjects {
        for (hash, _) in subject.counters(purpose) {
            let count = fresh(purpose, hash, now);
            match subject {
                Subject::Account(_) | Subject::Device(_) => {
                    services.unwritten_counts.forget(&count);
                    limits::forget(services.db.connection(), purpose.as_str(), &count.subject).await?;
                }
                Subject::Address(_) | Subject::Team(_) => take_back(services, count).await?,
            }
        }
    }
    Ok(())
}

async fn take_back(services: &Services, count: Limit) -> Result<(), Error> {
    let now = services.now();
    services.unwritten_counts.take_back(&count, now);
    let tx = services.db.begin().await?;
    if !limits::is_counted(&tx, &count).await? {
        return Ok(());
    }
    let limit = limits::lock(&tx, count).await?;
    // the wait that this attempt caused goes, too: it was no guess
    let attempts = limit.attempts.saturating_sub(1).max(0);
    limits::save(&tx, Limit { attempts, blocked_until: now, ..limit }).await?;
    Ok(store::commit(tx).await?)
}

/// What attempts on one account are counted by.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    name: String,
    device: Option<String>,
    ip: Option<IpAddr>,
}

impl Counted {
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
    pub(crate) fn subjects(&self) -> Vec<Subject<'_>> {
        match &self.device {
            Some(device) => vec![Subject::Device(device)],
            None => vec![Subject::Account(&self.name), Subject::Address(self.ip)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end_at_a_quarter_of_an_hour() {
        let seconds = |over| wait(over).num_seconds();
        assert_eq!([seconds(-3), seconds(0), seconds(1), seconds(2), seconds(9)], [0, 0, 2, 4, 512]);
        assert_eq!([seconds(10), seconds(40), seconds(i32::MAX)], [900, 900, 900]);
    }
}
