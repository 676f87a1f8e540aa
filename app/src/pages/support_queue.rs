//! `/support`: the teams that wait for review, and the way to all others.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::support::{QueueView, TeamListEntry, TeamListFilter};
use model::{FormState, Notice, TeamStatus, Timestamp};

use crate::api::support::load_queue;
use crate::components::form::form_state;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::notice;
use crate::components::team_search::team_search;
use crate::components::team_table::team_table;
use crate::routes;

/// What waits for review, longest wait first, and the search for any team.
#[component]
pub fn SupportQueue() -> impl IntoView {
    let now = crate::api::now().unwrap_or_default();
    let load = async { Ok((form_state(Notice::FORM).await, load_queue().await?)) };
    let content = loaded(load, move |(form, view)| queue(&form, view, now));
    view! {
        <Page title=text!("support-queue-title")>
            <h1>{text!("support-queue-title")}</h1>
            {content}
        </Page>
    }
}

fn queue(form: &FormState, view: QueueView, now: Timestamp) -> impl IntoView + use<> {
    let in_review = |(status, _): &&(TeamStatus, u64)| *status == TeamStatus::InReview;
    let waiting_count = view.counts.iter().find(in_review).map_or(0, |(_, count)| *count);
    let counts = view.counts.into_iter().map(|(status, count)| {
        view! {
            <a class="stat" href=routes::support_teams(&with_state(status))>
                <span class="stat__number">{count}</span>
                <span class="stat__label">{status.text()}</span>
            </a>
        }
    });
    view! {
        <div class="stack">
            {notice(form, None)}
            {undelivered(view.dead_mails)}
            <p class="cluster">
                <a class="button" href=routes::SUPPORT_TEAMS>
                    {text!("support-queue-all-teams-link")}
                </a>
                <a class="button" href=routes::ONBOARDING>
                    {text!("support-queue-onboarding-link")}
                </a>
                <a class="button" href=routes::SUPPORT_ATTEMPTS>
                    {text!("support-queue-sign-ins-link")}
                </a>
            </p>
            <div class="stats">{counts.collect_view()}</div>
            {team_search(&TeamListFilter::default())} {waiting(view.waiting, waiting_count, now)}
        </div>
    }
}

/// All teams in a state.
fn with_state(status: TeamStatus) -> TeamListFilter {
    TeamListFilter { state: status.as_str().to_owned(), ..TeamListFilter::default() }
}

fn undelivered(letters: u64) -> Option<impl IntoView> {
    (letters > 0).then(|| {
        view! {
            <div class="notice notice--warning">
                <strong>{text!("support-queue-undelivered", count = letters)}</strong>
                <p>
                    <a href=routes::SUPPORT_MAIL>{text!("support-queue-undelivered-link")}</a>
                </p>
            </div>
        }
    })
}

/// Teams in review, and the way to those that a page does not hold.
fn waiting(teams: Vec<TeamListEntry>, count: u64, now: Timestamp) -> impl IntoView {
    let is_cut = u64::try_from(teams.len()).is_ok_and(|shown| shown < count);
    let rest =
        TeamListFilter { waiting: "support".to_owned(), sort: "waiting".to_owned(), ..TeamListFilter::default() };
    let rest = is_cut.then(|| {
        view! {
            <p>
                <a href=routes::support_teams(&rest)>{text!("support-queue-all-waiting", count = count)}</a>
            </p>
        }
    });
    let content = if teams.is_empty() {
        Either::Left(view! { <p class="empty">{text!("support-queue-none-waiting")}</p> })
    } else {
        Either::Right((team_table(text!("support-queue-waiting"), teams, now), rest))
    };
    view! {
        <section class="stack stack--tight">
            <h2>{text!("support-queue-waiting")}</h2>
            {content}
        </section>
    }
}
