//! `/teams/{slug}/connection`: what is live, what is being edited and how the two differ, and how it
//! came to be.

use leptos::prelude::*;
use messages::{Text as _, text};
use model::{AuditEntry, ConnectionView, RevisionState, Role, SetupStep, SetupView, TeamStatus};

use super::audit::event_description;
use super::param;
use crate::api::audit::load_connection_history;
use crate::api::setup::load_setup;
use crate::components::connection::{configuration, part_value};
use crate::components::decision::what_changes;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::rich_text::rich_text;
use crate::components::status::team_status;
use crate::components::time::moment;
use crate::routes;

/// A team's connection.
#[component]
pub fn Connection() -> impl IntoView {
    let slug = param("slug");
    let load = async move { Ok((load_setup(slug.clone()).await?, load_connection_history(slug).await?)) };
    let content = loaded(load, |(view, history)| connection(&view, history));
    view! { <Page title=text!("connection-page-title")>{content}</Page> }
}

fn connection(view: &SetupView, history: Vec<AuditEntry>) -> impl IntoView + use<> {
    let slug = view.team.slug.as_str();
    let draft = (view.connection.state == RevisionState::Draft).then_some(&view.connection);
    let may_edit = view.team.role >= Role::Admin;
    let actions = may_edit.then(|| actions(slug, step_to_edit(view)));
    let has_draft = draft.is_some();
    view! {
        <div class="page-head">
            <div>
                <h1>{text!("connection-page-title")}</h1>
                <p class="cluster">{team_status(view.team.status)}</p>
            </div>
            {actions}
        </div>
        <div class="stack">
            <div class=if has_draft { "beside" } else { "stack" }>
                {live(view.live.as_ref(), rollback_link(view))}
                {draft.map(|draft| edited(slug, draft, view.live.as_ref(), may_edit))}
            </div>
            {past(history, may_edit)}
        </div>
    }
}

/// Where editing begins: at the first open step, and at the addresses where none is.
fn step_to_edit(view: &SetupView) -> SetupStep {
    match view.next_step() {
        SetupStep::GoLive => SetupStep::Urls,
        step => step,
    }
}

/// The way to roll back, where there is a revision to go back to.
fn rollback_link(view: &SetupView) -> Option<AnyView> {
    let may = view.team.role >= Role::Admin && view.team.status == TeamStatus::Active;
    let previous = view.previous.as_ref().filter(|_| may)?;
    let link = view! {
        <p>
            <a class="button" href=routes::setup(view.team.slug.as_str(), SetupStep::GoLive)>
                {text!("connection-page-roll-back", number = previous.number)}
            </a>
        </p>
    };
    Some(link.into_any())
}

fn actions(slug: &str, next_step: SetupStep) -> impl IntoView + use<> {
    view! {
        <div class="cluster">
            <a class="button" href=routes::setup(slug, next_step)>
                {text!("connection-page-edit")}
            </a>
            <a class="button" href=routes::sign_in_options(slug)>
                {text!("connection-page-options")}
            </a>
            <a class="button" href=routes::start_test(slug) target="_blank" rel="noopener">
                {text!("team-link-test")}
                " "
                <span class="visually-hidden">{text!("layout-opens-new-tab")}</span>
            </a>
        </div>
    }
}

/// What people sign in with: its summary, and all of it below.
fn live(live: Option<&ConnectionView>, rollback: Option<AnyView>) -> AnyView {
    let Some(live) = live else {
        return view! {
            <section class="card stack stack--tight">
                <h2 class="card__title">{text!("connection-page-live")}</h2>
                <p class="empty">{text!("connection-page-nothing-live")}</p>
            </section>
        }
        .into_any();
    };
    let since = live.live_at.map(|at| {
        let number = view! { <strong>{text!("connection-page-revision", number = live.number)}</strong> }.into_any();
        let since = moment(at).into_any();
        view! { <p>{rich_text("connection-page-since", vec![("revision", number), ("since", since)])}</p> }
    });
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("connection-page-live")}</h2>
            {since}
            {differences_from_defaults(live)}
            <details>
                <summary>{text!("connection-page-all")}</summary>
                {configuration(live, None)}
            </details>
            {rollback}
        </section>
    }
    .into_any()
}

/// What is asked of the identity provider beyond what it does by itself.
fn differences_from_defaults(live: &ConnectionView) -> impl IntoView + use<> {
    let rows: Vec<_> = live
        .differences_from_defaults()
        .into_iter()
        .map(|(part, value)| {
            view! {
                <dt>{part.text()}</dt>
                <dd class="mono">{part_value(part, value.unwrap_or_else(|| messages::absent(part)))}</dd>
            }
        })
        .collect();
    if rows.is_empty() {
        return view! { <p>{text!("connection-page-defaults")}</p> }.into_any();
    }
    view! {
        <h3>{text!("connection-page-differences")}</h3>
        <dl class="facts">{rows}</dl>
    }
    .into_any()
}

/// The draft, as what it changes.
fn edited(slug: &str, draft: &ConnectionView, live: Option<&ConnectionView>, may_edit: bool) -> impl IntoView + use<> {
    let number = view! { <strong>{text!("connection-page-revision", number = draft.number)}</strong> }.into_any();
    let at = moment(draft.updated_at).into_any();
    let links = may_edit.then(|| {
        view! {
            <p class="cluster">
                <a class="button button--primary" href=routes::setup(slug, SetupStep::Test)>
                    {text!("connection-page-test-draft")}
                </a>
                <a class="button" href=routes::setup(slug, SetupStep::GoLive)>
                    {text!("connection-page-decide")}
                </a>
            </p>
        }
    });
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("connection-page-draft")}</h2>
            <p>{rich_text("connection-page-edited", vec![("revision", number), ("at", at)])}</p>
            {what_changes(draft, live)}
            {links}
        </section>
    }
}

/// Who did what to the connection, for those who may see the audit trail.
fn past(history: Vec<AuditEntry>, is_shown: bool) -> AnyView {
    let note = if is_shown { text!("connection-page-history-none") } else { text!("connection-page-history-admins") };
    if history.is_empty() {
        return history_card(view! { <p class="empty">{note}</p> }.into_any());
    }
    let items = history.into_iter().map(|entry| {
        view! {
            <li>
                <div>{event_description(&entry)}</div>
                <p class="muted">{moment(entry.at)} " · " {entry.actor.clone()}</p>
            </li>
        }
    });
    history_card(
        view! {
            <ol role="list" class="stack stack--tight">
                {items.collect_view()}
            </ol>
        }
        .into_any(),
    )
}

fn history_card(content: AnyView) -> AnyView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("connection-page-history")}</h2>
            {content}
        </section>
    }
    .into_any()
}
