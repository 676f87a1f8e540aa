//! `/support`: the teams that wait for review, and all others.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::support::{QueueEntry, QueueView};
use model::{FormState, Notice};

use crate::api::support::load_queue;
use crate::components::form::form_state;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::notice;
use crate::components::status::team_status;
use crate::components::time::moment;
use crate::routes;

/// What waits for review, longest wait first, and all other teams.
#[component]
pub fn SupportQueue() -> impl IntoView {
    let load = async { Ok((form_state(Notice::FORM).await, load_queue().await?)) };
    let content = loaded(load, |(form, view)| queue(&form, view));
    view! {
        <Page title=text!("support-queue-title")>
            <h1>{text!("support-queue-title")}</h1>
            {content}
        </Page>
    }
}

fn queue(form: &FormState, view: QueueView) -> impl IntoView + use<> {
    let counts = view.counts.into_iter().map(|(status, count)| {
        view! {
            <div class="stat">
                <span class="stat__number">{count}</span>
                <span class="stat__label">{status.text()}</span>
            </div>
        }
    });
    view! {
        <div class="stack">
            {notice(form, None)}
            {undelivered(view.dead_mails)}
            <p class="cluster">
                <a class="button" href=routes::ONBOARDING>
                    {text!("support-queue-onboarding-link")}
                </a>
                <a class="button" href=routes::SUPPORT_ATTEMPTS>
                    {text!("support-queue-sign-ins-link")}
                </a>
            </p>
            <div class="stats">{counts.collect_view()}</div>
            {section(text!("support-queue-waiting"), text!("support-queue-none-waiting"), view.waiting, true)}
            {section(text!("support-queue-others"), text!("support-queue-no-others"), view.others, false)}
        </div>
    }
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

fn section(title: String, empty: String, entries: Vec<QueueEntry>, is_waiting: bool) -> impl IntoView {
    let content = if entries.is_empty() {
        Either::Left(view! { <p class="empty">{empty}</p> })
    } else {
        Either::Right(table(title.clone(), entries, is_waiting))
    };
    view! {
        <section class="stack stack--tight">
            <h2>{title}</h2>
            {content}
        </section>
    }
}

fn table(caption: String, entries: Vec<QueueEntry>, is_waiting: bool) -> impl IntoView {
    let since = if is_waiting { text!("support-queue-waiting-since") } else { text!("support-queue-created") };
    let rows = entries.into_iter().map(|entry| row(entry, &since, is_waiting)).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("support-queue-team")}</th>
                    <th scope="col">{text!("support-queue-slug")}</th>
                    <th scope="col">{text!("support-queue-state")}</th>
                    <th scope="col">{since}</th>
                    <th scope="col">{text!("support-queue-last-sign-in")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(entry: QueueEntry, since: &str, is_waiting: bool) -> impl IntoView + use<> {
    let at = if is_waiting { entry.submitted_at.unwrap_or(entry.created_at) } else { entry.created_at };
    let last =
        entry.last_sign_in_at.map_or_else(|| text!("support-queue-never").into_any(), |at| moment(at).into_any());
    view! {
        <tr>
            <td data-label=text!("support-queue-team") class="long">
                <a href=routes::support_team(entry.slug.as_str())>{entry.name}</a>
            </td>
            <td data-label=text!("support-queue-slug") class="mono">
                {entry.slug.to_string()}
            </td>
            <td data-label=text!("support-queue-state")>{team_status(entry.status)}</td>
            <td data-label=since.to_owned()>{moment(at)}</td>
            <td data-label=text!("support-queue-last-sign-in")>{last}</td>
        </tr>
    }
}
