//! How many rows somebody without rights can make us store (decision 24).
//!
//! Every write that an anonymous or unprivileged request causes is of a [`RowKind`] and is charged
//! (`Services::charge`) before it is made: to the address it comes from and the networks around it, to the
//! account or the team that it is for, and to the budget that all of a replica's visitors share.
//! What is over budget is not written: the request gets 429, or an answer that needs no row.
//! Budgets are in the memory of this replica. What must hold for all replicas together is counted
//! in the database besides: open sign-ins a team (`sign_in::start`), teams an account
//! ([`crate::throttling`]).

mod budgets;
mod limiter;
mod network;
mod owner;

pub(crate) use budgets::{BudgetOwner, RowBudgets, RowKind};
pub use limiter::{Budget, Limiter, LimiterKey};
pub use network::Network;
pub(crate) use owner::units;
pub use owner::with_request_address;
