//! States in words and shape.

use leptos::prelude::*;
use model::{AttemptOutcome, TeamStatus, Verdict};

/// A team's status.
pub fn team_status(status: TeamStatus) -> impl IntoView {
    view! {
        <span class="badge" data-status=status.as_str()>
            {status.words()}
        </span>
    }
}

/// Any other state: `status` chooses the looks, `words` are read.
pub fn badge(status: &'static str, words: impl Into<String>) -> impl IntoView {
    let words = words.into();
    view! {
        <span class="badge" data-status=status>
            {words}
        </span>
    }
}

/// How an attempt stands. For why it failed see its finding.
pub fn outcome_badge(outcome: AttemptOutcome) -> impl IntoView {
    match outcome {
        AttemptOutcome::Waiting => badge("open", "on its way"),
        AttemptOutcome::NeverReturned => badge("never_returned", "has not returned"),
        AttemptOutcome::NotFinished => badge("not_finished", "not finished"),
        AttemptOutcome::Succeeded => badge("succeeded", "signed in"),
        AttemptOutcome::Failed(_) => badge("failed", "failed"),
    }
}

/// How a step of a sign-in, or a finding, is to be taken.
pub fn verdict_badge(verdict: Verdict) -> impl IntoView {
    let words = match verdict {
        Verdict::Passed => "passed",
        Verdict::Noted => "fine, and worth knowing",
        Verdict::NotRun => "could not be checked",
        Verdict::Warned => "warning",
        Verdict::Failed => "failed",
    };
    badge(verdict.as_str(), words)
}
