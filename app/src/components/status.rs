//! States in text and shape.

use leptos::prelude::*;
use messages::{Text as _, text};
use model::attempts::OutcomeKind;
use model::{AttemptOutcome, TeamStatus, Verdict};

/// A team's status.
pub fn team_status(status: TeamStatus) -> impl IntoView {
    view! {
        <span class="badge" data-status=status.as_str()>
            {status.text()}
        </span>
    }
}

/// Any other state: `status` chooses the looks, `text` is read.
pub fn badge(status: &'static str, text: impl Into<String>) -> impl IntoView {
    let text = text.into();
    view! {
        <span class="badge" data-status=status>
            {text}
        </span>
    }
}

/// How an attempt stands. For why it failed see its finding.
pub fn outcome_badge(outcome: AttemptOutcome) -> impl IntoView {
    let kind = outcome.kind();
    let status = match kind {
        OutcomeKind::Waiting => "open",
        OutcomeKind::NeverReturned => "never_returned",
        OutcomeKind::NotFinished => "not_finished",
        OutcomeKind::Succeeded => "succeeded",
        OutcomeKind::Failed => "failed",
    };
    badge(status, kind.text())
}

/// Of an attempt that still waits here, because its answer came to another team's Reply URL.
pub fn answered_elsewhere_badge() -> impl IntoView {
    badge("failed", text!("label-outcome-answered-elsewhere"))
}

/// The verdict on a step of a sign-in, or on a finding.
pub fn verdict_badge(verdict: Verdict) -> impl IntoView {
    let text = match verdict {
        Verdict::Passed => text!("attempt-verdict-passed"),
        Verdict::Noted => text!("attempt-verdict-noted"),
        Verdict::NotRun => text!("attempt-verdict-not-run"),
        Verdict::Warned => text!("attempt-verdict-warned"),
        Verdict::Failed => text!("attempt-verdict-failed"),
    };
    badge(verdict.as_str(), text)
}
