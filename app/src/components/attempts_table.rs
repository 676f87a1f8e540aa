//! A list of sign-in attempts.

use leptos::prelude::*;
use messages::text;
use model::attempts::AttemptSubject;
use model::{AttemptOutcome, AttemptSummary};

use super::status::outcome_badge;
use super::time::moment;
use crate::findings::title;
use crate::routes;

/// Attempts, newest first; each leads to its report below `list`. With the team of each where
/// they are of several.
pub fn attempts_table(attempts: Vec<AttemptSummary>, list: &str, teams: bool) -> impl IntoView + use<> {
    let rows = attempts.into_iter().map(|attempt| row(attempt, list, teams)).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("attempt-list-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("attempt-when")}</th>
                    <th scope="col">{text!("attempt-who")}</th>
                    <th scope="col">{text!("attempt-result")}</th>
                    <th scope="col">{text!("attempt-reference")}</th>
                    <th scope="col">{text!("attempt-kind")}</th>
                    {teams.then(|| view! { <th scope="col">{text!("attempt-team")}</th> })}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(attempt: AttemptSummary, list: &str, teams: bool) -> impl IntoView + use<> {
    let team = teams.then(|| {
        view! {
            <td data-label=text!("attempt-team") class="long">
                <a href=routes::support_team(attempt.team.as_str())>{attempt.team_name.clone()}</a>
            </td>
        }
    });
    let reference = attempt.reference.to_string();
    view! {
        <tr>
            <td data-label=text!("attempt-when")>{moment(attempt.started_at)}</td>
            // empty where nobody is named: a phone leaves it out then
            <td data-label=text!("attempt-who") class="long">{attempt.subject.map(|subject| view! { <div>{subject_name(subject)}</div> })}</td>
            <td data-label=text!("attempt-result")>
                <div>{outcome_badge(attempt.outcome)} {finding(attempt.outcome)}</div>
            </td>
            <td data-label=text!("attempt-reference") class="nowrap">
                <a class="mono" href=routes::attempt(list, &reference)>
                    {reference.clone()}
                </a>
            </td>
            <td data-label=text!("attempt-kind") class="nowrap">{attempt_kind(attempt.is_test)}</td>
            {team}
        </tr>
    }
}

/// Whether it was a test or a sign-in.
pub fn attempt_kind(is_test: bool) -> String {
    if is_test { text!("attempt-kind-test") } else { text!("attempt-kind-sign-in") }
}

/// Who it is about, and whether a verified assertion says so.
pub fn subject_name(subject: AttemptSubject) -> impl IntoView {
    let unverified =
        (!subject.is_verified).then(|| view! { " " <span class="unverified">{text!("attempt-not-verified")}</span> });
    view! {
        {subject.name}
        {unverified}
    }
}

fn finding(outcome: AttemptOutcome) -> impl IntoView {
    match outcome {
        AttemptOutcome::Failed(code) => Some(view! { <div>{title(code)}</div> }),
        AttemptOutcome::Waiting
        | AttemptOutcome::NeverReturned
        | AttemptOutcome::NotFinished
        | AttemptOutcome::Succeeded => None,
    }
}
