//! `/support`: what waits for support, and how all teams are.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::support::{
    CertificateExpiry, ExpiringCertificates, SupportOverview, TeamListEntry, TeamListFilter, TeamSort, WaitingFor,
    WaitingTeams,
};
use model::team_statistics::{SignInCount, SignInDay};
use model::{FormState, Notice, TeamStatus, Timestamp};

use crate::api::support::load_support_overview;
use crate::components::form::form_state;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::notice;
use crate::components::sign_in_chart::sign_in_chart;
use crate::components::team_search::team_search;
use crate::components::team_table::team_table;
use crate::components::time::day;
use crate::routes;

/// What waits for review, the search for any team, and the numbers of all of them.
#[component]
pub fn SupportOverviewPage() -> impl IntoView {
    let load = async { Ok((form_state(Notice::FORM).await, load_support_overview().await?)) };
    let content = loaded(load, move |(form, view)| overview(&form, view));
    view! {
        <Page title=text!("support-overview-title")>
            <h1>{text!("support-overview-title")}</h1>
            {content}
        </Page>
    }
}

fn overview(form: &FormState, view: SupportOverview) -> impl IntoView + use<> {
    let in_review = |(status, _): &&(TeamStatus, u64)| *status == TeamStatus::InReview;
    let waiting_count = view.counts.iter().find(in_review).map_or(0, |(_, count)| *count);
    let states = view.counts.into_iter().map(|(status, count)| {
        let teams = TeamListFilter { state: Some(status), ..TeamListFilter::default() };
        linked_stat(routes::support_teams(&teams), count, status.text())
    });
    view! {
        <div class="stack">
            {notice(form, None)}
            {undelivered(view.dead_mails)}
            <p class="cluster">
                <a class="button" href=routes::ONBOARDING>
                    {text!("support-overview-onboarding-link")}
                </a>
            </p>
            <div class="stats">
                {states.collect_view()}
                {linked_stat(routes::SUPPORT_MAIL.to_owned(), view.dead_mails, text!("support-overview-mail"))}
            </div>
            {team_search(&TeamListFilter::default())}
            {waiting(view.waiting, waiting_count, view.now)}
            {sign_ins(&view.days)}
            {certificates(view.certificates)}
        </div>
    }
}

/// A number that leads to what it counts.
fn linked_stat(address: String, number: u64, label: String) -> impl IntoView {
    view! {
        <a class="stat" href=address>
            <span class="stat__number">{number}</span>
            <span class="stat__label">{label}</span>
        </a>
    }
}

fn stat(number: u64, label: String) -> impl IntoView {
    view! {
        <div class="stat">
            <span class="stat__number">{number}</span>
            <span class="stat__label">{label}</span>
        </div>
    }
}

fn undelivered(letters: u64) -> Option<impl IntoView> {
    (letters > 0).then(|| {
        view! {
            <div class="notice notice--warning">
                <strong>{text!("support-overview-undelivered", count = letters)}</strong>
                <p>
                    <a href=routes::SUPPORT_MAIL>{text!("support-overview-undelivered-link")}</a>
                </p>
            </div>
        }
    })
}

/// Teams in review, and the way to those that the page does not hold.
fn waiting(waiting: WaitingTeams, count: u64, now: Timestamp) -> impl IntoView {
    let is_cut = u64::try_from(waiting.teams.len()).is_ok_and(|shown| shown < count);
    let rest =
        TeamListFilter { waiting: Some(WaitingFor::Support), sort: TeamSort::StatusSince, ..TeamListFilter::default() };
    let rest = is_cut.then(|| {
        view! {
            <p>
                <a href=routes::support_teams(&rest)>{text!("support-overview-all-waiting", count = count)}</a>
            </p>
        }
    });
    let content = if waiting.teams.is_empty() {
        Either::Left(view! { <p class="empty">{text!("support-overview-none-waiting")}</p> })
    } else {
        Either::Right(view! {
            <p>
                {text!("support-overview-target", hours = waiting.target_hours)} " "
                {text!("support-overview-overdue", count = waiting.overdue)}
            </p>
            {team_table(text!("support-overview-waiting"), waiting.teams, now)}
            {rest}
        })
    };
    view! {
        <section class="stack stack--tight">
            <h2>{text!("support-overview-waiting")}</h2>
            {content}
        </section>
    }
}

fn sign_ins(days: &[SignInDay]) -> impl IntoView + use<> {
    let (today, week) = (SignInCount::of_last(days, 1), SignInCount::of_last(days, 7));
    view! {
        <section class="card stack stack--tight" aria-labelledby="support-sign-ins">
            <h2 class="card__title" id="support-sign-ins">
                {text!("support-overview-sign-ins")}
            </h2>
            <div class="stats">
                {stat(today.passed, text!("support-overview-today"))}
                {stat(today.failed, text!("support-overview-today-failed"))}
                {stat(week.passed, text!("support-overview-week"))}
                {stat(week.failed, text!("support-overview-week-failed"))}
            </div>
            {sign_in_chart(days)}
            <p class="muted">{text!("support-overview-sign-ins-hint")}</p>
        </section>
    }
}

fn certificates(certificates: ExpiringCertificates) -> impl IntoView {
    let with = |certificate| {
        routes::support_teams(&TeamListFilter { certificate: Some(certificate), ..TeamListFilter::default() })
    };
    let (soon, over) = (with(CertificateExpiry::EndsSoon), with(CertificateExpiry::Over));
    let next = if certificates.next.is_empty() {
        Either::Left(view! { <p class="empty">{text!("support-overview-certificates-none")}</p> })
    } else {
        Either::Right(next_certificates(certificates.next))
    };
    view! {
        <section class="card stack stack--tight" aria-labelledby="support-certificates">
            <h2 class="card__title" id="support-certificates">
                {text!("support-overview-certificates")}
            </h2>
            <div class="stats">
                {linked_stat(soon, certificates.soon, text!("support-overview-certificates-soon"))}
                {linked_stat(over, certificates.over, text!("support-overview-certificates-over"))}
            </div>
            {next}
        </section>
    }
}

fn next_certificates(teams: Vec<TeamListEntry>) -> impl IntoView {
    let rows = teams.into_iter().map(|team| {
        view! {
            <tr>
                <td data-label=text!("team-list-team") class="long">
                    <a href=routes::support_team(team.slug.as_str())>{team.name}</a>
                </td>
                <td data-label=text!("team-list-certificate")>{team.certificate_ends_at.map(day)}</td>
            </tr>
        }
    });
    view! {
        <table class="table">
            <caption>{text!("support-overview-certificates-next")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("team-list-team")}</th>
                    <th scope="col">{text!("team-list-certificate")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
