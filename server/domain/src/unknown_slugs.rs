//! Addresses with a slug that no team has: the error page has a reference, by which support finds
//! the address that was opened. The newest are kept in the memory of this replica and all are in
//! its log. Anybody can make them up, so they cost no row.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use model::attempts::UnknownSlug;

/// How many are kept.
const CAPACITY: usize = 300;

/// The newest unknown slugs that were opened.
#[derive(Debug, Default)]
pub(crate) struct UnknownSlugs(Mutex<VecDeque<UnknownSlug>>);

impl UnknownSlugs {
    /// Remembers one, and forgets the oldest.
    pub(crate) fn remember(&self, opened: UnknownSlug) {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        newest.truncate(CAPACITY - 1);
        newest.push_front(opened);
    }

    /// The one with a reference, if it is still remembered.
    pub(crate) fn by_reference(&self, reference: &str) -> Option<UnknownSlug> {
        let newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        newest.iter().find(|opened| opened.reference.as_str() == reference).cloned()
    }
}

#[cfg(test)]
mod tests {
    use model::Reference;

    use super::*;

    #[test]
    fn only_the_newest_are_remembered() {
        let unknown = UnknownSlugs::default();
        let opened = |number: usize| UnknownSlug {
            reference: Reference::from_stored(format!("SSO-{number}")),
            slug: "contosso-000000".to_owned(),
            at: model::Timestamp::UNIX_EPOCH,
        };
        for number in 0..1_000 {
            unknown.remember(opened(number));
        }
        assert!(unknown.by_reference("SSO-999").is_some() && unknown.by_reference("SSO-700").is_some());
        assert!(unknown.by_reference("SSO-699").is_none());
    }
}
