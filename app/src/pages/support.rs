//! `/support`: the queue; and `/support/first`: the first support account.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::Text as _;
use model::support::{QueueEntry, QueueView};
use model::{FormState, Notice};

use super::login::password;
use super::query;
use crate::api::accounts::{CreateFirstSupport, first_support_open};
use crate::api::support::load_queue;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::notice;
use crate::components::status::team_status;
use crate::components::time::moment;
use crate::routes;

/// What waits for review, longest wait first, and all other teams.
#[component]
pub fn Queue() -> impl IntoView {
    let load = async { Ok((form_state(Notice::FORM).await, load_queue().await?)) };
    let content = loaded(load, |(form, view)| queue(&form, view));
    view! {
        <Page title="Teams">
            <h1>"Teams"</h1>
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
    let waiting = if view.waiting.is_empty() {
        Either::Left(
            view! { <p class="empty">"Nothing waits for review. Submitted teams appear here, longest wait first."</p> },
        )
    } else {
        Either::Right(table("Waiting for review", view.waiting, true))
    };
    let others = if view.others.is_empty() {
        Either::Left(
            view! { <p class="empty">"No other teams yet. Teams appear here as soon as somebody signs up for one."</p> },
        )
    } else {
        Either::Right(table("All other teams", view.others, false))
    };
    view! {
        <div class="stack">
            {notice(form, None)}
            {undelivered(view.dead_mails)}
            <p class="cluster">
                <a class="button" href=routes::ONBOARD>
                    "New team with an onboarding link"
                </a>
                <a class="button" href=routes::SUPPORT_ATTEMPTS>
                    "Sign-ins"
                </a>
            </p>
            <div class="stats">{counts.collect_view()}</div>
            <section class="stack stack--tight">
                <h2>"Waiting for review"</h2>
                {waiting}
            </section>
            <section class="stack stack--tight">
                <h2>"All other teams"</h2>
                {others}
            </section>
        </div>
    }
}

fn undelivered(mails: u64) -> Option<impl IntoView> {
    let words = if mails == 1 { "1 mail".to_owned() } else { format!("{mails} mails") };
    (mails > 0).then(|| {
        view! {
            <div class="notice notice--warning">
                <strong>{format!("{words} could not be delivered")}</strong>
                <p>
                    <a href=routes::SUPPORT_MAIL>"See which, and why"</a>
                </p>
            </div>
        }
    })
}

fn table(caption: &'static str, entries: Vec<QueueEntry>, waiting: bool) -> impl IntoView {
    let since = if waiting { "Waiting since" } else { "Created" };
    let rows = entries.into_iter().map(|entry| {
        let at = if waiting { entry.submitted_at.unwrap_or(entry.created_at) } else { entry.created_at };
        let last = entry.last_sign_in_at.map_or_else(|| "never".into_any(), |at| moment(at).into_any());
        view! {
            <tr>
                <td data-label="Team" class="long">
                    <a href=routes::support_team(entry.slug.as_str())>{entry.name}</a>
                </td>
                <td data-label="Slug" class="mono">
                    {entry.slug.to_string()}
                </td>
                <td data-label="State">{team_status(entry.status)}</td>
                <td data-label=since>{moment(at)}</td>
                <td data-label="Last sign-in">{last}</td>
            </tr>
        }
    });
    view! {
        <table class="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Team"</th>
                    <th scope="col">"Slug"</th>
                    <th scope="col">"State"</th>
                    <th scope="col">{since}</th>
                    <th scope="col">"Last sign-in"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// The first support account, by the one-time link that the server printed.
#[component]
pub fn First() -> impl IntoView {
    let token = query("token");
    let presented = token.clone();
    let load = async move { Ok((first_support_open(presented).await?, form_state("first_support").await)) };
    let content = loaded(load, move |(open, form)| {
        if !open {
            return Either::Left(view! {
                <div class="notice notice--warning">
                    <strong>"This link no longer works"</strong>
                    <p>
                        "It was used, or the server has printed a newer one. Restart the portal for another link, or run "
                        <code>"portal account create --role administrator --email …"</code> "."
                    </p>
                </div>
            });
        }
        Either::Right(view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=CreateFirstSupport::url() class="stack" novalidate>
                <input type="hidden" name="token" value=token />
                <TextField form=form.clone() name="email" label="E-mail address" kind="email" autocomplete="username" />
                {password(&form, true)}
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Create account"
                    </button>
                </div>
            </form>
        })
    });
    view! {
        <Page title="First support account" class="content--narrow">
            <h1>"Create the first support account"</h1>
            <p>"It is an administrator: it sees every team, approves and suspends."</p>
            {content}
        </Page>
    }
}
