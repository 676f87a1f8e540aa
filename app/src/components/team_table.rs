//! Teams in a table, as support sees them.

use chrono::TimeDelta;
use leptos::prelude::*;
use messages::text;
use model::support::TeamListEntry;
use model::{TeamStatus, Timestamp};

use super::status::{badge, team_status};
use super::time::{day, moment};
use crate::remediation::provider_name;
use crate::routes;

/// Teams, in the order that they come in.
pub fn team_table(caption: String, teams: Vec<TeamListEntry>, now: Timestamp) -> impl IntoView {
    let rows = teams.into_iter().map(|team| row(team, now)).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("team-list-team")}</th>
                    <th scope="col">{text!("team-list-slug")}</th>
                    <th scope="col">{text!("team-list-state")}</th>
                    <th scope="col">{text!("team-list-since")}</th>
                    <th scope="col">{text!("team-list-provider")}</th>
                    <th scope="col">{text!("team-list-certificate")}</th>
                    <th scope="col">{text!("team-list-last-sign-in")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(team: TeamListEntry, now: Timestamp) -> impl IntoView + use<> {
    let certificate = team.certificate_ends_at.map_or_else(|| text!("team-list-none").into_any(), |end| ends(end, now));
    let last = team.last_sign_in_at.map_or_else(|| text!("team-list-never").into_any(), |at| moment(at).into_any());
    let failing = team.failed_at.map(|_| view! { <div>{badge("failed", text!("team-list-failing"))}</div> });
    let reviewer = team.reviewer.map(|who| view! { <div class="muted">{text!("team-list-reviewer", who = who)}</div> });
    let waits = (team.status == TeamStatus::InReview).then(|| waits(team.status_since, team.is_overdue, now));
    let provider = team.identity_provider.map_or_else(|| text!("team-list-none"), provider_name);
    view! {
        <tr>
            <td data-label=text!("team-list-team") class="long">
                <a href=routes::support_team(team.slug.as_str())>{team.name}</a>
            </td>
            <td data-label=text!("team-list-slug") class="mono long">
                {team.slug.to_string()}
            </td>
            <td data-label=text!("team-list-state")>
                <div>{team_status(team.status)} {reviewer}</div>
            </td>
            <td data-label=text!("team-list-since") class="long">
                <div>{day(team.status_since)} {waits}</div>
            </td>
            <td data-label=text!("team-list-provider")>{provider}</td>
            <td data-label=text!("team-list-certificate")>{certificate}</td>
            <td data-label=text!("team-list-last-sign-in")>
                <div>{last} {failing}</div>
            </td>
        </tr>
    }
}

/// How long a team has waited for review, and whether that is too long.
fn waits(since: Timestamp, is_overdue: bool, now: Timestamp) -> impl IntoView {
    let waited = (now - since).max(TimeDelta::zero());
    let waited = if waited < TimeDelta::days(2) {
        text!("team-list-waits-hours", count = waited.num_hours())
    } else {
        text!("team-list-waits-days", count = waited.num_days())
    };
    let overdue = is_overdue.then(|| view! { <div>{badge("warned", text!("team-list-overdue"))}</div> });
    view! {
        <div class="muted">{waited}</div>
        {overdue}
    }
}

/// The end of a certificate, and that it is over.
fn ends(end: Timestamp, now: Timestamp) -> AnyView {
    let over = (end <= now).then(|| view! { <div>{badge("failed", text!("team-list-certificate-over"))}</div> });
    view! {
        {day(end)}
        {over}
    }
    .into_any()
}
