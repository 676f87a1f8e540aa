//! A list of sign-in attempts.

use leptos::prelude::*;
use model::attempts::Subject;
use model::{AttemptOutcome, AttemptSummary};

use super::status::outcome_badge;
use super::time::moment;
use crate::routes;
use crate::words::findings::words;

/// Attempts, newest first; each leads to its report below `list`. With the team of each where
/// they are of several.
pub fn sign_in_table(attempts: Vec<AttemptSummary>, list: &str, teams: bool) -> impl IntoView + use<> {
    let rows = attempts.into_iter().map(|attempt| row(attempt, list, teams)).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">"Sign-ins and tests, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"When"</th>
                    <th scope="col">"Who"</th>
                    <th scope="col">"Result"</th>
                    <th scope="col">"Reference"</th>
                    <th scope="col">"Kind"</th>
                    {teams.then(|| view! { <th scope="col">"Team"</th> })}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(attempt: AttemptSummary, list: &str, teams: bool) -> impl IntoView + use<> {
    let team = teams.then(|| {
        view! {
            <td data-label="Team" class="long">
                <a href=routes::support_team(attempt.team.as_str())>{attempt.team_name.clone()}</a>
            </td>
        }
    });
    let reference = attempt.reference.to_string();
    view! {
        <tr>
            <td data-label="When">{moment(attempt.started_at)}</td>
            // empty where nobody is named: a phone leaves it out then
            <td data-label="Who" class="long">{attempt.subject.map(|subject| view! { <div>{who(subject)}</div> })}</td>
            <td data-label="Result">
                <div>{outcome_badge(attempt.outcome)} {finding(attempt.outcome)}</div>
            </td>
            <td data-label="Reference" class="nowrap">
                <a class="mono" href=routes::sign_in(list, &reference)>
                    {reference.clone()}
                </a>
            </td>
            <td data-label="Kind">{if attempt.is_test { "Test" } else { "Sign-in" }}</td>
            {team}
        </tr>
    }
}

/// Who it is about, and whether that is more than what somebody sent.
pub fn who(subject: Subject) -> impl IntoView {
    let unverified = (!subject.is_verified).then(|| view! { " " <span class="unverified">"not verified"</span> });
    view! {
        {subject.name}
        {unverified}
    }
}

fn finding(outcome: AttemptOutcome) -> impl IntoView {
    match outcome {
        AttemptOutcome::Failed(code) => Some(view! { <div>{words(code).title}</div> }),
        AttemptOutcome::Waiting
        | AttemptOutcome::NeverReturned
        | AttemptOutcome::NotFinished
        | AttemptOutcome::Succeeded => None,
    }
}
