//! The moments of an attempt: what happened, or which check was made of the response and what it
//! compares. The text is in `timeline.ftl` of the message catalogue.

use messages::{has, message};
use model::EventKind;

/// The text of a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventText {
    /// What happened, or the name of the check.
    pub label: String,
    /// For checks: what is compared.
    pub compared: Option<String>,
}

/// The text of a kind of moment.
#[must_use]
pub fn event_text(kind: EventKind) -> EventText {
    let key = format!("timeline-{}", kind.as_str());
    let compared = format!("{key}.compared");
    EventText { label: message(&key, &[]), compared: has(&compared).then(|| message(&compared, &[])) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_moment_has_a_label_of_its_own() {
        let labels: HashSet<_> = EventKind::ALL.iter().map(|kind| event_text(*kind).label).collect();
        assert_eq!(labels.len(), EventKind::ALL.len());
    }

    #[test]
    fn every_check_says_what_it_compares() {
        for kind in EventKind::ALL {
            let EventText { label, compared } = event_text(*kind);
            assert!(!label.ends_with('.'), "{label}");
            assert!(compared.as_ref().is_none_or(|compared| compared.ends_with('.')), "{label}");
            assert!(!kind.as_str().starts_with("check-") || compared.is_some(), "{label}");
        }
    }
}
