//! Who pays for a row, and for how many units of it.

use std::net::IpAddr;

use super::budgets::BudgetOwner;
use super::network::Network;
use crate::{Actor, Identity};

tokio::task_local! {
    static NETWORK: Network;
}

/// Handles a request from this address: what is written for a stranger meanwhile is
/// charged to its network ([`BudgetOwner::of_request`]).
pub async fn with_request_address<T>(ip: IpAddr, handle: impl Future<Output = T>) -> T {
    NETWORK.scope(ip.into(), handle).await
}

impl BudgetOwner {
    /// The network of the request that is being handled, for what knows no actor.
    pub(crate) fn of_request() -> Self {
        Self::Network(NETWORK.try_with(|network| *network).ok())
    }

    /// The account that asks, or the address it asks from.
    pub(crate) fn of_actor(actor: &Actor) -> Self {
        match &actor.identity {
            Identity::Account(account) | Identity::AwaitingSecondFactor(account) => Self::Account(account.id),
            Identity::Anonymous | Identity::Operator | Identity::Portal => {
                Self::Network(actor.client.ip.map(Network::from))
            }
        }
    }
}

/// So many bytes in units of this many KB, at least one.
pub(crate) fn units(bytes: usize, kb: usize) -> i32 {
    i32::try_from(bytes.div_ceil(kb * 1024).max(1)).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!([0, 1, 1024, 1025, 262_144].map(|bytes| units(bytes, 1)), [1, 1, 1, 2, 256]);
    }
}
