//! The budgets, and what was charged to them lately.

use chrono::TimeDelta;
use model::Timestamp;
use model::ids::{AccountId, TeamId};

use super::limiter::{Budget, Limiter, LimiterKey};
use super::network::Network;

/// What is stored for somebody who may be anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum RowKind {
    /// A refused form, at most 4 KB of it (`form_states`).
    RefusedForm,
    /// A sign-in on its way to the identity provider: an attempt, two events, the request; a
    /// unit is half a KB of where the person wants to go (`sign_in::attempt::row_budget_units`).
    /// Refunded when it comes back verified.
    Attempt,
    /// The same where strangers have used up the budget that they share: a reserve for addresses
    /// that began few, so that one address keeps nobody else out.
    ReservedAttempt,
    /// No row of its own: one of the last places of a team that has many open, reserved likewise.
    ReservedTeamAttempt,
    /// A test on its way, which a member of the team starts.
    TestAttempt,
    /// How a test ended, well or not: events and claims, which strangers can use up nothing of;
    /// a unit is 4 KB of claims.
    TestResult,
    /// The XML of a test; a unit is a KB.
    TestXml,
    /// What came and was refused: its events, and an attempt of its own if it fits none.
    RejectedResponse,
    /// The XML of what was refused; a unit is a KB.
    RejectedXml,
    /// The XML of what was verified; a unit is a KB.
    VerifiedXml,
    /// Somebody let in: events, claims, person, session; a unit is 4 KB of claims.
    SignIn,
    /// No row at all: a place in memory for an address that is none of a team's.
    UnknownAddress,
    /// The first count of a subject (`throttling`).
    AttemptCounter,
    /// No row at all: the same in memory, once strangers have used up what they have in common.
    InMemoryCounter,
    /// An event of the audit trail: every one of an account's, and those of strangers that
    /// need no proof of anything.
    AuditEvent,
    /// A mail in the outbox, with the token or the unconfirmed account that goes with it.
    Mail,
    /// A challenge for a passkey (`passkey_ceremonies`).
    PasskeyChallenge,
    /// A session of an account, and the browser that it knows from then on.
    Session,
    /// What an application is authorized to, and each set of tokens of it.
    Authorization,
    /// A request that an application pushed.
    PushedRequest,
    /// What a request of an application was refused for.
    RefusedRequest,
    /// Words about a team: a note of support's, a message of a review; a unit is 4 KB.
    TeamText,
    /// A verified logout request, to be remembered (`consumed_assertions`).
    RememberedLogout,
}

/// Whose budget a row is charged to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BudgetOwner {
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

impl BudgetOwner {
    /// The budget that it shares with others.
    const fn shared(self) -> Self {
        match self {
            Self::Account(_) | Self::Accounts => Self::Accounts,
            Self::Tests => Self::Tests,
            Self::Network(_) | Self::Team(_) | Self::Strangers => Self::Strangers,
        }
    }
}

/// The budgets of a row: a network's, an account's, a team's, all tests', all strangers', all
/// accounts'. None where another one bounds the row.
struct Budgets {
    network: Option<Budget>,
    account: Option<Budget>,
    team: Option<Budget>,
    tests: Option<Budget>,
    strangers: Option<Budget>,
    accounts: Option<Budget>,
}

const NONE: Budgets =
    Budgets { network: None, account: None, team: None, tests: None, strangers: None, accounts: None };

impl RowKind {
    /// The table of decision 24. What strangers share adds up to less than 5 MB in any
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
            Self::ReservedAttempt => {
                Budgets { network: Some(Budget::new(20, 2)), strangers: Some(Budget::new(200, 100)), ..NONE }
            }
            Self::ReservedTeamAttempt => Budgets { network: Some(Budget::new(20, 2)), ..NONE },
            Self::TestAttempt => Budgets {
                account: Some(Budget::new(60, 20)),
                team: Some(Budget::new(60, 20)),
                accounts: Some(Budget::new(300, 60)),
                ..NONE
            },
            Self::TestResult => {
                Budgets { team: Some(Budget::new(120, 20)), tests: Some(Budget::new(400, 100)), ..NONE }
            }
            Self::TestXml => {
                Budgets { team: Some(Budget::new(512, 128)), tests: Some(Budget::new(2_048, 512)), ..NONE }
            }
            Self::RejectedResponse => Budgets {
                network: Some(Budget::new(60, 10)),
                team: Some(Budget::new(100, 6)),
                strangers: Some(Budget::new(120, 20)),
                ..NONE
            },
            Self::RejectedXml => Budgets {
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
            Self::AttemptCounter => {
                Budgets { network: Some(Budget::new(200, 60)), strangers: Some(Budget::new(800, 300)), ..NONE }
            }
            Self::InMemoryCounter => Budgets { network: Some(Budget::new(60, 20)), ..NONE },
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
            Self::PasskeyChallenge => Budgets {
                network: Some(Budget::new(200, 30)),
                account: Some(Budget::new(60, 30)),
                strangers: Some(Budget::new(200, 60)),
                accounts: Some(Budget::new(1_000, 500)),
                ..NONE
            },
            Self::Session => {
                Budgets { account: Some(Budget::new(60, 12)), accounts: Some(Budget::new(3_000, 1_000)), ..NONE }
            }
            Self::Authorization => {
                Budgets { team: Some(Budget::new(6_000, 3_000)), strangers: Some(Budget::new(30_000, 12_000)), ..NONE }
            }
            Self::PushedRequest => {
                Budgets { network: Some(Budget::new(600, 600)), strangers: Some(Budget::new(3_000, 1_500)), ..NONE }
            }
            Self::RefusedRequest => {
                Budgets { network: Some(Budget::new(60, 10)), strangers: Some(Budget::new(120, 30)), ..NONE }
            }
            Self::TeamText => {
                Budgets { account: Some(Budget::new(60, 20)), accounts: Some(Budget::new(600, 200)), ..NONE }
            }
            Self::RememberedLogout => {
                Budgets { team: Some(Budget::new(600, 300)), strangers: Some(Budget::new(3_000, 1_500)), ..NONE }
            }
        }
    }

    const fn budget(self, owner: BudgetOwner) -> Option<Budget> {
        let budgets = self.budgets();
        match owner {
            BudgetOwner::Network(_) => budgets.network,
            BudgetOwner::Account(_) => budgets.account,
            BudgetOwner::Team(_) => budgets.team,
            BudgetOwner::Tests => budgets.tests,
            BudgetOwner::Strangers => budgets.strangers,
            BudgetOwner::Accounts => budgets.accounts,
        }
    }
}

impl LimiterKey for (RowKind, BudgetOwner) {
    fn is_shared(&self) -> bool {
        let (_, owner) = self;
        owner.shared() == *owner
    }
}

/// What was charged lately, on this replica.
#[derive(Debug, Default)]
pub(crate) struct RowBudgets(Limiter<(RowKind, BudgetOwner)>);

impl RowBudgets {
    /// Charges for rows that are about to be written, or says how long to wait; nothing is charged then.
    pub(crate) fn charge(
        &self,
        row: RowKind,
        units: i32,
        owners: &[BudgetOwner],
        now: Timestamp,
    ) -> Result<(), TimeDelta> {
        self.0.charge_all(shares(row, owners), units, now)
    }

    /// Refunds what was charged for a row that has gone, or that became another one.
    pub(crate) fn refund(&self, row: RowKind, units: i32, owners: &[BudgetOwner]) {
        for (key, budget) in shares(row, owners) {
            self.0.refund(&key, budget, units);
        }
    }

    /// Forgets whose budget is whole again.
    pub(crate) fn forget_idle(&self, now: Timestamp) {
        self.0.forget_idle(now);
    }
}

/// The budgets that a row is charged to: each owner's, a network's with those of the wider ones
/// around it, then the one that they share, once.
fn shares(row: RowKind, owners: &[BudgetOwner]) -> impl Iterator<Item = ((RowKind, BudgetOwner), Budget)> {
    let common = [BudgetOwner::Tests, BudgetOwner::Accounts, BudgetOwner::Strangers]
        .into_iter()
        .find(|common| owners.iter().any(|owner| owner.shared() == *common));
    let own = owners.iter().copied().filter(|owner| owner.shared() != *owner);
    own.chain(common).flat_map(widened).filter_map(move |(owner, times)| {
        let budget = row.budget(owner)?;
        Some(((row, owner), budget.times(times)))
    })
}

/// The owner, and of a network those around it, each with how many times a budget it has.
fn widened(owner: BudgetOwner) -> Vec<(BudgetOwner, i32)> {
    match owner {
        BudgetOwner::Network(Some(network)) => {
            network.with_wider().map(|(network, times)| (BudgetOwner::Network(Some(network)), times)).collect()
        }
        owner => vec![(owner, 1)],
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_timestamp(1_795_000_000, 0).unwrap()
    }

    fn at(last: u8) -> BudgetOwner {
        BudgetOwner::Network(Some(IpAddr::from([192, 0, 2, last]).into()))
    }

    fn taken(budgets: &RowBudgets, owner: BudgetOwner) -> usize {
        (0..1_000).filter(|_| budgets.charge(RowKind::RefusedForm, 1, &[owner], now()).is_ok()).count()
    }

    #[test]
    fn an_address_has_its_own_budget_and_all_share_one() {
        let budgets = RowBudgets::default();
        assert_eq!([1, 2, 3, 4].map(|last| taken(&budgets, at(last))), [30, 30, 20, 0]);
        assert_eq!(
            taken(&budgets, BudgetOwner::Account(uuid::Uuid::nil().into())),
            60,
            "accounts have a budget of their own"
        );
    }

    #[test]
    fn a_large_ipv6_allocation_has_few_budgets() {
        let budgets = RowBudgets::default();
        let from = |network: u16| {
            let ip = std::net::Ipv6Addr::new(0x2001, 0xdb8, 1, network, 0, 0, 0, 1);
            BudgetOwner::Network(Some(IpAddr::from(ip).into()))
        };
        let charged =
            |owner| (0..1_000).filter(|_| budgets.charge(RowKind::UnknownAddress, 1, &[owner], now()).is_ok()).count();
        assert_eq!([0x100, 0x101, 0x102].map(|network| charged(from(network))), [30, 30, 0], "a /56 has two");
        assert_eq!([0x200, 0x300, 0x400].map(|network| charged(from(network))), [30, 30, 0], "a /48 has four");
        budgets.refund(RowKind::UnknownAddress, 5, &[from(0x100)]);
        assert_eq!(charged(from(0x500)), 5, "what is refunded is there again for all");
        let other = BudgetOwner::Network(Some("2001:db8:2::1".parse::<IpAddr>().unwrap().into()));
        assert_eq!(charged(other), 30, "others are not stopped by it");
    }

    #[test]
    fn tests_are_charged_to_the_team_and_to_all_tests_alone() {
        let budgets = RowBudgets::default();
        let team = |number| BudgetOwner::Team(uuid::Uuid::from_u128(number).into());
        let charged = |number| {
            let owners = [BudgetOwner::Tests, team(number)];
            (0..1_000).filter(|_| budgets.charge(RowKind::TestResult, 1, &owners, now()).is_ok()).count()
        };
        assert_eq!([1, 2, 3, 4, 5].map(charged), [120, 120, 120, 40, 0]);
    }

    #[test]
    fn a_request_over_one_budget_is_charged_to_no_other() {
        let budgets = RowBudgets::default();
        let team = BudgetOwner::Team(uuid::Uuid::nil().into());
        for _ in 0..60 {
            budgets.charge(RowKind::RejectedResponse, 1, &[at(1), team], now()).unwrap();
        }
        for _ in 0..500 {
            assert!(budgets.charge(RowKind::RejectedResponse, 1, &[team, at(1)], now()).is_err());
        }
        let others =
            (0..500).filter(|_| budgets.charge(RowKind::RejectedResponse, 1, &[at(2), team], now()).is_ok()).count();
        assert_eq!(others, 40, "what is left of the team's 100");
    }
}
