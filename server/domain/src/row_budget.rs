//! Who pays for a row: how much somebody without rights can make us store (decision 24).
//!
//! Every write that an anonymous or unprivileged request causes is a [`Row`] and is paid for
//! ([`pay`]) before it is made: by the address it comes from and the networks around it, by the
//! account or the team that it is for, and in total by all of a replica's visitors. What nobody
//! can pay for is not written: the request gets 429, or an answer that needs no row. Budgets are
//! in the memory of this replica. What must hold for all replicas together is counted in the
//! database besides: open sign-ins a team (`sign_in::start`), teams an account
//! ([`crate::limits`]).

mod limiter;
mod network;

use std::net::IpAddr;

use chrono::TimeDelta;
pub use limiter::{Budget, Limiter};
use model::Timestamp;
use model::ids::{AccountId, TeamId};
pub use network::Network;

use crate::{Actor, Error, Identity, Services};

/// What is stored for somebody who may be anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Row {
    /// A refused form, at most 4 KB of it (`form_states`).
    RefusedForm,
    /// A sign-in on its way to the identity provider: an attempt, two events, the request; a
    /// unit is half a KB of where the person wants to go (`sign_in::attempt::row_budget_units`).
    /// Given back when it comes back verified.
    Attempt,
    /// The same where strangers have used up what they have in common: places that are kept
    /// for addresses that began few, so that one address keeps nobody else out.
    LastAttempts,
    /// No row of its own: one of the last places of a team that has many open, kept likewise.
    LastOfTeam,
    /// A test on its way, which a member of the team starts.
    TestAttempt,
    /// How a test ended, well or not: events and claims, which strangers can use up nothing of;
    /// a unit is 4 KB of claims.
    TestEnd,
    /// The XML of a test; a unit is a KB.
    TestXml,
    /// What came and was refused: its events, and an attempt of its own if it fits none.
    RefusedArrival,
    /// The XML of what was refused; a unit is a KB.
    RefusedXml,
    /// The XML of what was verified; a unit is a KB.
    VerifiedXml,
    /// Somebody let in: events, claims, person, session; a unit is 4 KB of claims.
    SignIn,
    /// No row at all: a place in memory for an address that is none of a team's.
    UnknownAddress,
    /// The first count of a subject (`limits`).
    Count,
    /// No row at all: the same in memory, once strangers have used up what they have in common.
    UnwrittenCount,
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
        match &actor.identity {
            Identity::Account(account) | Identity::AwaitingSecondFactor(account) => Self::Account(account.id),
            Identity::Anonymous | Identity::Operator | Identity::Portal => {
                Self::Network(actor.client.ip.map(Network::from))
            }
        }
    }

    /// With whom it pays in common.
    const fn in_common(self) -> Self {
        match self {
            Self::Account(_) | Self::Accounts => Self::Accounts,
            Self::Tests => Self::Tests,
            Self::Network(_) | Self::Team(_) | Self::Strangers => Self::Strangers,
        }
    }
}

/// At once, and a minute; none where somebody else pays.
type Share = Option<Budget>;

/// The budgets of a row: a network's, an account's, a team's, all tests', all strangers', all
/// accounts'.
struct Budgets {
    network: Share,
    account: Share,
    team: Share,
    tests: Share,
    strangers: Share,
    accounts: Share,
}

const NONE: Budgets =
    Budgets { network: None, account: None, team: None, tests: None, strangers: None, accounts: None };

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
            Self::LastOfTeam => Budgets { network: Some(Budget::new(20, 2)), ..NONE },
            Self::TestAttempt => Budgets {
                account: Some(Budget::new(60, 20)),
                team: Some(Budget::new(60, 20)),
                accounts: Some(Budget::new(300, 60)),
                ..NONE
            },
            Self::TestEnd => Budgets { team: Some(Budget::new(120, 20)), tests: Some(Budget::new(400, 100)), ..NONE },
            Self::TestXml => {
                Budgets { team: Some(Budget::new(512, 128)), tests: Some(Budget::new(2_048, 512)), ..NONE }
            }
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
            Self::UnwrittenCount => Budgets { network: Some(Budget::new(60, 20)), ..NONE },
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
            Payer::Tests => budgets.tests,
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
        self.0.pay_each(shares(row, payers), units, now)
    }

    /// Gives back what was paid for a row that has gone, or that became another one.
    pub(crate) fn give_back(&self, row: Row, units: i32, payers: &[Payer]) {
        for (key, budget) in shares(row, payers) {
            self.0.give_back(&key, budget, units);
        }
    }

    /// Forgets who owes nothing.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        self.0.forget_idle(now);
    }
}

/// Who pays for a row, with what budget: each payer, a network with the wider ones around it,
/// then all they pay in common with, once.
fn shares(row: Row, payers: &[Payer]) -> impl Iterator<Item = ((Row, Payer), Budget)> {
    let common = [Payer::Tests, Payer::Accounts, Payer::Strangers]
        .into_iter()
        .find(|common| payers.iter().any(|payer| payer.in_common() == *common));
    let own = payers.iter().copied().filter(|payer| payer.in_common() != *payer);
    own.chain(common).flat_map(widened).filter_map(move |(payer, times)| {
        let budget = row.budget(payer)?;
        Some(((row, payer), budget.times(times)))
    })
}

/// The payer, and of a network those around it, each with how many times a budget it has.
fn widened(payer: Payer) -> Vec<(Payer, i32)> {
    match payer {
        Payer::Network(Some(network)) => {
            network.with_wider().map(|(network, times)| (Payer::Network(Some(network)), times)).collect()
        }
        payer => vec![(payer, 1)],
    }
}

/// Pays for rows that are about to be written; a row of more than one unit says what a unit
/// is.
///
/// # Errors
/// [`Error::TooManyRequests`] if one of the payers cannot: nothing may be written then.
pub(crate) fn pay(services: &Services, row: Row, units: i32, payers: &[Payer]) -> Result<(), Error> {
    services.paid.pay(row, units, payers, services.now()).map_err(|retry_after| {
        tracing::debug!(?row, ?payers, "not written: over budget");
        Error::TooManyRequests { retry_after }
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
    fn whoever_has_many_networks_of_one_has_few_budgets() {
        let paid = Paid::default();
        let from = |network: u16| {
            let ip = std::net::Ipv6Addr::new(0x2001, 0xdb8, 1, network, 0, 0, 0, 1);
            Payer::Network(Some(IpAddr::from(ip).into()))
        };
        let pays = |payer| (0..1_000).filter(|_| paid.pay(Row::UnknownAddress, 1, &[payer], now()).is_ok()).count();
        assert_eq!([0x100, 0x101, 0x102].map(|network| pays(from(network))), [30, 30, 0], "a /56 has two");
        assert_eq!([0x200, 0x300, 0x400].map(|network| pays(from(network))), [30, 30, 0], "a /48 has four");
        paid.give_back(Row::UnknownAddress, 5, &[from(0x100)]);
        assert_eq!(pays(from(0x500)), 5, "what is given back is there again for all");
        let other = Payer::Network(Some("2001:db8:2::1".parse::<IpAddr>().unwrap().into()));
        assert_eq!(pays(other), 30, "others are not stopped by it");
    }

    #[test]
    fn tests_pay_by_team_and_in_common_and_with_nobody_else() {
        let paid = Paid::default();
        let team = |number| Payer::Team(uuid::Uuid::from_u128(number).into());
        let pays = |number| {
            let payers = [Payer::Tests, team(number)];
            (0..1_000).filter(|_| paid.pay(Row::TestEnd, 1, &payers, now()).is_ok()).count()
        };
        assert_eq!([1, 2, 3, 4, 5].map(pays), [120, 120, 120, 40, 0]);
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
