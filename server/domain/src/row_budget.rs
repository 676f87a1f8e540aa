//! Who pays for a row: how much somebody without rights can make us store (decision 24).
//!
//! Every write that an anonymous or unprivileged request causes is a [`Row`] and is paid for
//! ([`pay`]) before it is made: by the address it comes from, by the account or the team that
//! it is for, and in total by all of a replica's visitors. What nobody can pay for is not
//! written: the request gets 429, or an answer that needs no row. Budgets are in the memory
//! of this replica. What must hold for all replicas together is counted in the database
//! besides: open sign-ins a team (`sign_on::start`), teams an account ([`crate::limits`]).

mod limiter;
mod network;

use std::net::IpAddr;

use chrono::TimeDelta;
pub use limiter::{Budget, Limiter};
use model::Timestamp;
use model::ids::{AccountId, TeamId};
pub use network::Network;

use crate::{Actor, Error, Services, Who};

/// What is stored for somebody who may be anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Row {
    /// A refused form, at most 4 KB of it (`form_states`).
    RefusedForm,
    /// A sign-in on its way to the identity provider: an attempt, two events, the request.
    /// Given back when it comes back verified.
    Attempt,
    /// The same where many are open already, of the team or in all: places that are kept for
    /// addresses that began few, so that one address keeps nobody else out.
    LastAttempts,
    /// The same for a test, which a member of the team starts.
    TestAttempt,
    /// What came and was refused: its events, and an attempt of its own if it fits none.
    RefusedArrival,
    /// The XML of what was refused; a unit is a KB.
    RefusedXml,
    /// The XML of what was verified; a unit is a KB.
    VerifiedXml,
    /// Somebody let in, or a test that went well: events, claims, person, session; a unit is
    /// 4 KB of claims.
    SignIn,
    /// No row at all: a place in memory for an address that is none of a team's.
    UnknownAddress,
    /// The first count of a subject (`limits`).
    Count,
    /// An event of the audit trail: every one of an account's, and those of strangers that
    /// need no proof of anything.
    AuditEvent,
    /// A mail in the outbox, with the token or the unconfirmed account that goes with it.
    Mail,
    /// A challenge for a passkey (`passkey_ceremonies`).
    Challenge,
    /// A session of an account, and the browser that it knows from then on.
    Session,
    /// A verified logout request, to be remembered (`consumed_assertions`).
    Logout,
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Payer {
    /// The address that a request came from.
    Network(Option<Network>),
    /// The account that is signed in.
    Account(AccountId),
    /// The team that it is for.
    Team(TeamId),
    /// All tests of this replica together, which members of teams start.
    Tests,
    /// All strangers of this replica together.
    Strangers,
    /// All accounts of this replica together.
    Accounts,
}

tokio::task_local! {
    static NETWORK: Network;
}

/// Handles a request from this address: what is written for a stranger meanwhile is paid for
/// by its network ([`Payer::here`]).
pub async fn from_address<T>(ip: IpAddr, handle: impl Future<Output = T>) -> T {
    NETWORK.scope(ip.into(), handle).await
}

impl Payer {
    /// The network of the request that is being handled, for what knows no actor.
    pub(crate) fn here() -> Self {
        Self::Network(NETWORK.try_with(|network| *network).ok())
    }

    /// The account that asks, or the address it asks from.
    pub(crate) fn of(actor: &Actor) -> Self {
        match &actor.who {
            Who::Account(account) | Who::AwaitingFactor(account) => Self::Account(account.id),
            Who::Anonymous | Who::CommandLine | Who::Portal => Self::Network(actor.origin.ip.map(Network::from)),
        }
    }

    /// With whom it pays in common.
    const fn together(self) -> Self {
        match self {
            Self::Account(_) | Self::Tests | Self::Accounts => Self::Accounts,
            Self::Network(_) | Self::Team(_) | Self::Strangers => Self::Strangers,
        }
    }
}

/// At once, and a minute; none where somebody else pays.
type Share = Option<Budget>;

/// The budgets of a row: a network's, an account's, a team's, all strangers', all accounts'.
struct Budgets {
    network: Share,
    account: Share,
    team: Share,
    strangers: Share,
    accounts: Share,
}

const NONE: Budgets = Budgets { network: None, account: None, team: None, strangers: None, accounts: None };

impl Row {
    /// The table of decision 24. What strangers have in common adds up to less than 5 MB in any
    /// minute (`script/soak`).
    const fn budgets(self) -> Budgets {
        match self {
            Self::RefusedForm => Budgets {
                network: Some(Budget::new(30, 20)),
                account: Some(Budget::new(60, 30)),
                strangers: Some(Budget::new(80, 30)),
                accounts: Some(Budget::new(400, 200)),
                ..NONE
            },
            // a company's people come from one address, all at nine o'clock
            Self::Attempt => {
                Budgets { network: Some(Budget::new(520, 300)), strangers: Some(Budget::new(520, 120)), ..NONE }
            }
            Self::LastAttempts => {
                Budgets { network: Some(Budget::new(20, 2)), strangers: Some(Budget::new(200, 100)), ..NONE }
            }
            Self::TestAttempt => Budgets {
                account: Some(Budget::new(60, 20)),
                team: Some(Budget::new(60, 20)),
                accounts: Some(Budget::new(300, 60)),
                ..NONE
            },
            Self::RefusedArrival => Budgets {
                network: Some(Budget::new(60, 10)),
                team: Some(Budget::new(100, 6)),
                strangers: Some(Budget::new(120, 20)),
                ..NONE
            },
            Self::RefusedXml => Budgets {
                network: Some(Budget::new(512, 64)),
                team: Some(Budget::new(512, 128)),
                strangers: Some(Budget::new(512, 128)),
                ..NONE
            },
            Self::VerifiedXml => {
                Budgets { team: Some(Budget::new(16_384, 2_048)), strangers: Some(Budget::new(65_536, 16_384)), ..NONE }
            }
            Self::SignIn => {
                Budgets { team: Some(Budget::new(3_000, 600)), strangers: Some(Budget::new(10_000, 3_000)), ..NONE }
            }
            Self::UnknownAddress => Budgets { network: Some(Budget::new(30, 10)), ..NONE },
            Self::Count => {
                Budgets { network: Some(Budget::new(200, 60)), strangers: Some(Budget::new(800, 300)), ..NONE }
            }
            Self::AuditEvent => Budgets {
                network: Some(Budget::new(100, 30)),
                account: Some(Budget::new(300, 20)),
                strangers: Some(Budget::new(300, 30)),
                accounts: Some(Budget::new(5_000, 500)),
                ..NONE
            },
            Self::Mail => Budgets {
                network: Some(Budget::new(60, 10)),
                account: Some(Budget::new(60, 20)),
                strangers: Some(Budget::new(60, 30)),
                accounts: Some(Budget::new(600, 200)),
                ..NONE
            },
            Self::Challenge => Budgets {
                network: Some(Budget::new(200, 30)),
                account: Some(Budget::new(60, 30)),
                strangers: Some(Budget::new(200, 60)),
                accounts: Some(Budget::new(1_000, 500)),
                ..NONE
            },
            Self::Session => {
                Budgets { account: Some(Budget::new(60, 12)), accounts: Some(Budget::new(3_000, 1_000)), ..NONE }
            }
            Self::Logout => {
                Budgets { team: Some(Budget::new(600, 300)), strangers: Some(Budget::new(3_000, 1_500)), ..NONE }
            }
        }
    }

    const fn budget(self, payer: Payer) -> Share {
        let budgets = self.budgets();
        match payer {
            Payer::Network(_) => budgets.network,
            Payer::Account(_) => budgets.account,
            Payer::Team(_) => budgets.team,
            Payer::Tests => None,
            Payer::Strangers => budgets.strangers,
            Payer::Accounts => budgets.accounts,
        }
    }
}

/// What was paid lately, on this replica.
#[derive(Debug, Default)]
pub(crate) struct Paid(Limiter<(Row, Payer)>);

impl Paid {
    fn pay(&self, row: Row, units: i32, payers: &[Payer], now: Timestamp) -> Result<(), TimeDelta> {
        let mut paid: Vec<(Payer, Budget)> = Vec::new();
        for payer in with_those_in_common(payers) {
            let Some(budget) = row.budget(payer) else { continue };
            if let Err(wait) = self.0.pay((row, payer), budget, units, now) {
                for (payer, budget) in paid {
                    self.0.give_back(&(row, payer), budget, units);
                }
                return Err(wait);
            }
            paid.push((payer, budget));
        }
        Ok(())
    }

    /// Gives back what was paid for a row that has gone, or that became another one.
    pub(crate) fn give_back(&self, row: Row, units: i32, payers: &[Payer]) {
        for payer in with_those_in_common(payers) {
            if let Some(budget) = row.budget(payer) {
                self.0.give_back(&(row, payer), budget, units);
            }
        }
    }

    /// Forgets who owes nothing.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        self.0.forget_idle(now);
    }
}

/// Each payer, then whom they pay in common with, once.
fn with_those_in_common(payers: &[Payer]) -> impl Iterator<Item = Payer> {
    let account = payers.iter().any(|payer| payer.together() == Payer::Accounts);
    let common = if account { Payer::Accounts } else { Payer::Strangers };
    payers.iter().copied().chain(std::iter::once(common))
}

/// Pays for rows that are about to be written; a row of more than one unit says what a unit
/// is.
///
/// # Errors
/// [`Error::TooMany`] if one of the payers cannot: nothing may be written then.
pub(crate) fn pay(services: &Services, row: Row, units: i32, payers: &[Payer]) -> Result<(), Error> {
    services.paid.pay(row, units, payers, services.now()).map_err(|retry_after| {
        tracing::debug!(?row, ?payers, "not written: over budget");
        Error::TooMany { retry_after }
    })
}

/// So many bytes in units of this many KB, at least one.
pub(crate) fn units(bytes: usize, kb: usize) -> i32 {
    i32::try_from(bytes.div_ceil(kb * 1024).max(1)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_timestamp(1_795_000_000, 0).unwrap()
    }

    fn at(last: u8) -> Payer {
        Payer::Network(Some(IpAddr::from([192, 0, 2, last]).into()))
    }

    fn taken(paid: &Paid, payer: Payer) -> usize {
        (0..1_000).filter(|_| paid.pay(Row::RefusedForm, 1, &[payer], now()).is_ok()).count()
    }

    #[test]
    fn an_address_pays_for_itself_and_all_together_pay_for_no_more() {
        let paid = Paid::default();
        assert_eq!([1, 2, 3, 4].map(|last| taken(&paid, at(last))), [30, 30, 20, 0]);
        assert_eq!(taken(&paid, Payer::Account(uuid::Uuid::nil().into())), 60, "accounts have a budget of their own");
    }

    #[test]
    fn what_one_payer_cannot_pay_costs_no_other() {
        let paid = Paid::default();
        let team = Payer::Team(uuid::Uuid::nil().into());
        for _ in 0..60 {
            paid.pay(Row::RefusedArrival, 1, &[at(1), team], now()).unwrap();
        }
        for _ in 0..500 {
            assert!(paid.pay(Row::RefusedArrival, 1, &[team, at(1)], now()).is_err());
        }
        let others = (0..500).filter(|_| paid.pay(Row::RefusedArrival, 1, &[at(2), team], now()).is_ok()).count();
        assert_eq!(others, 40, "what is left of the team's 100");
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!([0, 1, 1024, 1025, 262_144].map(|bytes| units(bytes, 1)), [1, 1, 1, 2, 256]);
    }
}
