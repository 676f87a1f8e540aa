//! Charging for a row, before it is written.

use std::net::IpAddr;

use super::budgets::{BudgetOwner, RowKind};
use super::network::Network;
use crate::{Actor, Error, Identity, Services};

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

/// Charges for rows that are about to be written; a row of more than one unit says what a unit
/// is.
///
/// # Errors
/// [`Error::TooManyRequests`] if one of the budgets has too little left: nothing may be written then.
pub(crate) fn charge(services: &Services, row: RowKind, units: i32, owners: &[BudgetOwner]) -> Result<(), Error> {
    services.row_budgets.charge(row, units, owners, services.now()).map_err(|retry_after| {
        tracing::debug!(?row, ?owners, "not written: over budget");
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

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!([0, 1, 1024, 1025, 262_144].map(|bytes| units(bytes, 1)), [1, 1, 1, 2, 256]);
    }
}
