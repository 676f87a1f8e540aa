//! Addresses that are none of a team's: what whoever comes there is told has a reference, by
//! which support finds what the address was. The newest are remembered in the memory of this
//! replica and all are in its log: anybody can make them up, so they cost no row.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use model::attempts::StrayArrival;
use model::{FindingCode, Reference};

use super::SignOnError;
use crate::Services;
use crate::row_budget::{self, BudgetOwner, RowKind};

/// So many are remembered.
const NEWEST: usize = 300;
/// What stood where a slug stands is kept to this length.
const SLUG_CHARS: usize = 60;

/// The newest arrivals at unknown addresses.
#[derive(Debug, Default)]
pub(crate) struct UnknownAddresses(Mutex<VecDeque<StrayArrival>>);

impl UnknownAddresses {
    fn remember(&self, arrival: StrayArrival) {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        newest.truncate(NEWEST - 1);
        newest.push_front(arrival);
    }

    /// The one with a reference, if it is still remembered.
    pub(crate) fn by_reference(&self, reference: &str) -> Option<StrayArrival> {
        let newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        newest.iter().find(|arrival| arrival.reference.as_str() == reference).cloned()
    }
}

/// Somebody came to an address that is none of a team's.
pub(super) fn refuse_unknown(services: &Services, slug: &str) -> SignOnError {
    if let Err(error) = row_budget::charge(services, RowKind::UnknownAddress, 1, &[BudgetOwner::of_request()]) {
        return error.into();
    }
    let reference = Reference::new(services.random_bytes());
    let slug: String = slug.chars().filter(|c| !c.is_control()).take(SLUG_CHARS).collect();
    tracing::info!(slug, %reference, "address of no team");
    services.unknown_addresses.remember(StrayArrival { reference: reference.clone(), slug, at: services.now() });
    SignOnError::refused(FindingCode::TeamNotActive, Some(reference), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_are_remembered() {
        let unknown = UnknownAddresses::default();
        let arrival = |number: usize| StrayArrival {
            reference: Reference::from_stored(format!("SSO-{number}")),
            slug: "contosso-000000".to_owned(),
            at: model::Timestamp::UNIX_EPOCH,
        };
        for number in 0..1_000 {
            unknown.remember(arrival(number));
        }
        assert!(unknown.by_reference("SSO-999").is_some() && unknown.by_reference("SSO-700").is_some());
        assert!(unknown.by_reference("SSO-699").is_none());
    }
}
