//! The text of what lists can be filtered and sorted by.

use model::attempts::{AttemptKind, OutcomeKind};
use model::people::PersonState;
use model::support::{CertificateExpiry, SignInsState, TeamSort, WaitingFor};

use crate::{Text, text};

impl Text for OutcomeKind {
    fn text(&self) -> String {
        match self {
            Self::Succeeded => text!("label-outcome-succeeded"),
            Self::Failed => text!("label-outcome-failed"),
            Self::Waiting => text!("label-outcome-waiting"),
            Self::NeverReturned => text!("label-outcome-never-returned"),
            Self::NotFinished => text!("label-outcome-not-finished"),
        }
    }
}

impl Text for AttemptKind {
    fn text(&self) -> String {
        match self {
            Self::SignIns => text!("label-attempt-kind-sign-ins"),
            Self::Tests => text!("label-attempt-kind-tests"),
        }
    }
}

impl Text for PersonState {
    fn text(&self) -> String {
        match self {
            Self::Active => text!("label-person-state-active"),
            Self::Deactivated => text!("label-person-state-deactivated"),
        }
    }
}

impl Text for WaitingFor {
    fn text(&self) -> String {
        match self {
            Self::Support => text!("team-list-waiting-support"),
            Self::Team => text!("team-list-waiting-team"),
        }
    }
}

impl Text for CertificateExpiry {
    fn text(&self) -> String {
        match self {
            Self::EndsSoon => text!("team-list-certificate-ends-soon"),
            Self::Over => text!("team-list-certificate-over"),
        }
    }
}

impl Text for SignInsState {
    fn text(&self) -> String {
        match self {
            Self::Failing => text!("team-list-sign-ins-failing"),
        }
    }
}

impl Text for TeamSort {
    fn text(&self) -> String {
        match self {
            Self::Name => text!("team-list-sort-name"),
            Self::StatusSince => text!("team-list-sort-waiting"),
            Self::LastSignIn => text!("team-list-sort-last-sign-in"),
            Self::LongestQuiet => text!("team-list-sort-quiet"),
        }
    }
}
