//! The moments of an attempt: what happened, or which check was made of the response and what it
//! compares. The text is in `timeline.ftl` of the message catalogue.

use messages::{has, message, text};
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

/// What moments of an attempt are about, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventGroup {
    /// Who asked for what, and which request was answered.
    Request,
    /// The message as a whole: from whom, where to, when.
    Response,
    /// Who wrote it.
    Signature,
    /// For whom it is meant, how long, and how the person authenticated.
    Conditions,
    /// Who the person is.
    Identity,
    /// What came of it here.
    Session,
}

impl EventGroup {
    /// What the group of a kind of moment is.
    #[must_use]
    pub const fn of(kind: EventKind) -> Self {
        use EventKind as Kind;
        match kind {
            Kind::Started | Kind::RequestSent | Kind::ResponseReceived | Kind::RequestCorrelated => Self::Request,
            Kind::Status
            | Kind::ResponseVersion
            | Kind::ResponseIssuer
            | Kind::Destination
            | Kind::ResponseInResponseTo
            | Kind::ResponseIssueInstant
            | Kind::Version
            | Kind::IssueInstant
            | Kind::Issuer => Self::Response,
            Kind::Decryption | Kind::Signature | Kind::SecondOpinion | Kind::MetadataChecked => Self::Signature,
            Kind::BearerConfirmation
            | Kind::Recipient
            | Kind::InResponseTo
            | Kind::ConfirmationTime
            | Kind::ConditionsTime
            | Kind::Audience
            | Kind::OtherConditions
            | Kind::Session
            | Kind::AuthnInstant
            | Kind::AuthnContext
            | Kind::Replay => Self::Conditions,
            Kind::NameId | Kind::Attributes | Kind::Claims | Kind::PersonCreated | Kind::PersonUpdated => {
                Self::Identity
            }
            Kind::CodeIssued
            | Kind::CodeRedeemed
            | Kind::CodeReplayed
            | Kind::InterstitialShown
            | Kind::InterstitialConfirmed
            | Kind::SessionCreated
            | Kind::TestPassed
            | Kind::Rejected
            | Kind::LogoutSent
            | Kind::LogoutAnswered => Self::Session,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Request => text!("timeline-group-request"),
            Self::Response => text!("timeline-group-response"),
            Self::Signature => text!("timeline-group-signature"),
            Self::Conditions => text!("timeline-group-conditions"),
            Self::Identity => text!("timeline-group-identity"),
            Self::Session => text!("timeline-group-session"),
        }
    }
}

/// Whether a moment is a check of the response, and no step of the sign-in.
#[must_use]
pub fn is_check(kind: EventKind) -> bool {
    kind.as_str().starts_with("check-")
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
            assert!(!is_check(*kind) || compared.is_some(), "{label}");
        }
    }
}
