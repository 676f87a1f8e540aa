//! The moments of an attempt: what happened, or which check was made of the response and what it
//! compares. The text is in `timeline.ftl` of the message catalogue.

use messages::{Text as _, has, message};
use model::attempts::{AttemptEvent, MetadataAnswer};
use model::{EventKind, FindingCode, TeamStatus};

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

/// What came, as it is shown: values as they are, and the text of what is stored as a code.
#[must_use]
pub fn actual_text(event: &AttemptEvent) -> Option<String> {
    let actual = event.actual.as_deref()?;
    let text = match (event.kind, event.finding) {
        (EventKind::MetadataAsked, _) => serde_json::from_str(actual).ok().map(|answer: MetadataAnswer| answer.text()),
        (_, Some(FindingCode::TeamNotActive)) => TeamStatus::parse(actual).map(|status| status.text()),
        _ => None,
    };
    Some(text.unwrap_or_else(|| actual.to_owned()))
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
