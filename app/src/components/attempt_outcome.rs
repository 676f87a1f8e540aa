//! How an attempt ended, or where it is: what stands first in its report.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::attempts::unanswered_logout;
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode, IdentityProvider, SetupStep, Verdict};

use super::attempts_table::subject_name;
use super::never_returned::never_returned_help;
use super::remediation::RemediationContext;
use super::rich_text::rich_text;
use super::time::moment;
use crate::api::attempts::AttemptList;
use crate::findings::{FindingText, finding_text, title};
use crate::remediation::PortalPlace;
use crate::routes;

/// What stands first in the report. `ready`: it is a test of the very configuration that would go live.
pub fn outcome(report: &AttemptReport, page: &str, list: &AttemptList, ready: bool) -> AnyView {
    match report.summary.outcome {
        AttemptOutcome::Waiting => waiting(report, page, list).into_any(),
        AttemptOutcome::NeverReturned => never_returned(report, page, list).into_any(),
        AttemptOutcome::NotFinished => not_finished(report, list).into_any(),
        AttemptOutcome::Succeeded => succeeded(report, ready).into_any(),
        AttemptOutcome::Failed(FindingCode::RequestOfOtherTeam) => of_another_team().into_any(),
        AttemptOutcome::Failed(code) => {
            let cause = title(code);
            let title = if report.summary.is_test {
                text!("attempt-failed-test", cause = cause)
            } else {
                text!("attempt-failed-sign-in", cause = cause)
            };
            view! {
                <div class="notice notice--danger">
                    <strong>{title}</strong>
                    <p>{text!("attempt-failed-text")}</p>
                </div>
            }
            .into_any()
        }
    }
}

fn waiting(report: &AttemptReport, page: &str, list: &AttemptList) -> impl IntoView + use<> {
    if report.events.iter().any(|event| event.kind == EventKind::CodeIssued) {
        let rest = if report.is_idp_initiated {
            text!("attempt-waiting-for-answer")
        } else {
            text!("attempt-waiting-for-browser")
        };
        let passed = view! {
            <div class="notice notice--info">
                <strong>{text!("attempt-every-check-passed")}</strong>
                <p>{rest}</p>
            </div>
        };
        return Either::Left(passed.into_any());
    }
    if let Some(code) = elsewhere(report) {
        return Either::Left(answered_elsewhere(code).into_any());
    }
    Either::Right(view! {
        <div class="notice notice--info">
            <strong>{text!("attempt-waiting")}</strong>
            <p>{text!("attempt-waiting.text")}</p>
        </div>
        {never_returned_help(report, page, list)}
    })
}

/// The response answered another team's request: readers of this page can do nothing about it.
fn of_another_team() -> impl IntoView {
    let FindingText { title, meaning, .. } = finding_text(FindingCode::RequestOfOtherTeam, IdentityProvider::Other);
    view! {
        <div class="notice notice--info">
            <strong>{title}</strong>
            <p>{meaning}</p>
        </div>
    }
}

/// The finding of an answer that came to another address than the team's Reply URL.
fn elsewhere(report: &AttemptReport) -> Option<FindingCode> {
    let is_elsewhere =
        |code: &FindingCode| matches!(code, FindingCode::ReplyUrlOfOtherTeam | FindingCode::ReplyUrlUnknown);
    report.events.iter().filter_map(|event| event.finding).find(is_elsewhere)
}

/// Whether an answer came, at another address than the team's Reply URL.
pub fn went_elsewhere(report: &AttemptReport) -> bool {
    elsewhere(report).is_some()
}

fn answered_elsewhere(code: FindingCode) -> impl IntoView {
    view! {
        <div class="notice notice--danger">
            <strong>{title(code)}</strong>
            <p>{text!("attempt-failed-text")}</p>
        </div>
    }
}

fn never_returned(report: &AttemptReport, page: &str, list: &AttemptList) -> impl IntoView + use<> {
    if let Some(code) = elsewhere(report) {
        return Either::Left(answered_elsewhere(code));
    }
    Either::Right(view! {
        <div class="notice notice--warning">
            <strong>{text!("attempt-never-returned")}</strong>
            <p>
                {text!("attempt-never-returned.text")}
            </p>
        </div>
        {never_returned_help(report, page, list)}
    })
}

/// Every check passed, but the browser did not redeem its one-time code.
fn not_finished(report: &AttemptReport, list: &AttemptList) -> impl IntoView + use<> {
    let why = match (report.summary.is_test, report.is_idp_initiated) {
        (true, _) => text!("attempt-not-finished.test"),
        (false, true) => text!("attempt-not-finished.idp-initiated"),
        (false, false) => text!("attempt-not-finished.sign-in"),
    };
    let context = RemediationContext::of(report, list);
    let again = context.link(PortalPlace::Start).filter(|_| context.is_test).map(|(address, text)| {
        view! {
            <p>
                <a class="button" href=address>
                    {text}
                </a>
            </p>
        }
    });
    view! {
        <div class="notice notice--warning">
            <strong>{text!("attempt-not-finished")}</strong>
            <p>{why}</p>
            {again}
        </div>
    }
}

fn succeeded(report: &AttemptReport, ready: bool) -> impl IntoView + use<> {
    let slug = report.summary.team.as_str();
    let warned = report.findings().iter().any(|event| event.verdict >= Verdict::Warned);
    let rest = if warned { text!("attempt-succeeded-with-warnings") } else { text!("attempt-succeeded-text") };
    if ready {
        return Either::Left(view! {
            <div class="notice notice--success">
                <strong>{text!("attempt-ready")}</strong>
                <p>{text!("attempt-ready.text")} " " {rest}</p>
                <p>
                    <a class="button button--primary" href=routes::setup(slug, SetupStep::GoLive)>
                        {text!("attempt-continue-to-go-live")}
                    </a>
                </p>
            </div>
        });
    }
    let is_test = report.summary.is_test;
    let title = if is_test { text!("attempt-succeeded-test") } else { text!("attempt-succeeded-sign-in") };
    let who = report.summary.subject.clone().map(|subject| view! { ": " {subject_name(subject)} });
    // whether it is still the configuration that was tested is said there
    let next = (is_test && report.may_configure).then(|| {
        view! {
            <p>
                <a class="button" href=routes::setup(slug, SetupStep::GoLive)>
                    {text!("attempt-continue-to-go-live")}
                </a>
            </p>
        }
    });
    Either::Right(view! {
        <div class="notice notice--success">
            <strong>{title} {who}</strong>
            <p>{rest}</p>
            {next}
        </div>
    })
}

/// That the person signed out, and the identity provider has not answered yet: after ten minutes it is a finding.
pub fn signing_out(report: &AttemptReport) -> Option<impl IntoView + use<>> {
    let sent = report.events.get(unanswered_logout(&report.events)?).filter(|event| event.finding.is_none())?;
    let at = moment(sent.at).into_any();
    Some(view! {
        <div class="notice notice--info">
            <p>{rich_text("attempt-signing-out", vec![("at", at)])}</p>
        </div>
    })
}
