//! `/teams/new` and `/teams/{slug}`.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use messages::text;
use model::attempts::RecentNotes;
use model::{FormState, IdentityProvider, Notice, Role, SetupStep, SetupView, TeamStatus, TeamView};

use super::param;
use super::sign_up::{by_invitation, sign_up_is_open};
use crate::api::accounts::current_account;
use crate::api::attempts::load_recent_notes;
use crate::api::setup::load_setup;
use crate::api::teams::CreateTeam;
use crate::components::copy::Copy;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::notice;
use crate::components::status::team_status;
use crate::components::time::moment;
use crate::error::ApiError;
use crate::findings::title;
use crate::remediation::{TeamValue, provider_name};
use crate::routes;

/// Name a new team.
#[component]
pub fn NewTeam() -> impl IntoView {
    let load = async {
        current_account().await?.ok_or(ApiError::SignInNeeded)?;
        Ok(form_state("create_team").await)
    };
    let form = loaded(load, |form: FormState| {
        if !sign_up_is_open() {
            return Either::Left(by_invitation());
        }
        Either::Right(view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=CreateTeam::url() class="stack" novalidate>
                <TextField
                    form=form
                    name="name"
                    label=text!("team-new-name")
                    hint=text!("team-new-name.hint")
                    autocomplete="organization"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("team-new-button")}
                    </button>
                </div>
            </form>
        })
    });
    view! {
        <Page title=text!("team-new-title") class="content--narrow">
            <h1>{text!("team-new-title")}</h1>
            {form}
        </Page>
    }
}

/// A team's overview.
#[component]
pub fn Team() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let notes = load_recent_notes(slug.clone()).await?;
        Ok((form_state(Notice::FORM).await, load_setup(slug).await?, notes))
    };
    let content = loaded(load, |(form, view, notes)| overview(&form, view.next_step(), &view, &notes));
    view! { <Page title=text!("team-title")>{content}</Page> }
}

fn overview(form: &FormState, next_step: SetupStep, view: &SetupView, notes: &RecentNotes) -> impl IntoView + use<> {
    let team = view.team.clone();
    let provider = IdentityProvider::in_use(team.identity_provider, view.connection.idp.as_ref());
    let slug = team.slug.to_string();
    let may_edit = team.role >= Role::Admin;
    let last =
        team.last_sign_in_at.map_or_else(|| text!("team-last-sign-in-never").into_any(), |at| moment(at).into_any());
    let endpoints = team.endpoints.clone();
    view! {
        <Title text=team.name.clone() />
        <div class="stack">
            <div class="page-head">
                <h1>{team.name.clone()}</h1>
                <p>{team_status(team.status)}</p>
            </div>
            {notice(form, Some(&slug))}
            {next(&team, next_step)}
            <div class="stats">
                <div class="stat">
                    <span class="stat__number">{team.people}</span>
                    <span class="stat__label">{text!("team-people")}</span>
                </div>
                <div class="stat">
                    <span class="stat__number">{last}</span>
                    <span class="stat__label">{text!("team-last-sign-in")}</span>
                </div>
            </div>
            {recent_notes(&slug, notes)}
            <section class="card stack">
                <h2 class="card__title">{text!("team-values", provider = provider_name(provider))}</h2>
                <Copy label=TeamValue::Identifier.label(provider) value=endpoints.identifier />
                <Copy label=TeamValue::ReplyUrl.label(provider) value=endpoints.reply_url />
                <Copy label=TeamValue::SignOnUrl.label(provider) value=endpoints.sign_on_url />
            </section>
            <div class="cluster">
                <a class="button" href=routes::team_attempts(&slug)>
                    {text!("team-link-attempts")}
                </a>
                <a class="button" href=routes::people(&slug)>{text!("people-title")}</a>
                <a class="button" href=routes::members(&slug)>
                    {text!("team-link-members")}
                </a>
                <a href=routes::idp_error(&slug, None)>{text!("idp-error-link")}</a>
            </div>
            {may_edit
                .then(|| {
                    view! {
                        <div class="cluster">
                            <a class="button" href=routes::setup(&slug, SetupStep::Certificates)>
                                {text!("team-link-setup")}
                            </a>
                            <a class="button" href=routes::start_test(&slug) target="_blank" rel="noopener">
                                {text!("team-link-test")}
                                " "
                                <span class="visually-hidden">{text!("layout-opens-new-tab")}</span>
                            </a>
                            <a class="button" href=routes::team_tests(&slug)>
                                {text!("team-link-tests")}
                            </a>
                            <a class="button" href=routes::sign_in_options(&slug)>
                                {text!("team-link-options")}
                            </a>
                            <a class="button" href=routes::team_audit(&slug)>
                                {text!("team-link-audit")}
                            </a>
                            <a class="button" href=routes::team_sessions(&slug)>
                                {text!("team-link-sessions")}
                            </a>
                        </div>
                    }
                })}
        </div>
    }
}

/// What the latest sign-ins show again and again, each with the report to look at.
fn recent_notes(slug: &str, recent: &RecentNotes) -> Option<impl IntoView + use<>> {
    if recent.notes.is_empty() {
        return None;
    }
    let list = routes::team_attempts(slug);
    let notes = recent.notes.iter().map(|note| {
        let often = text!("team-notes-often", count = note.sign_ins, of = recent.sign_ins);
        let report = routes::attempt(&list, note.latest.as_str());
        view! {
            <li>
                <a href=report>{title(note.code)}</a>
                " "
                <span class="muted">{often}</span>
            </li>
        }
    });
    let notes = notes.collect_view();
    Some(view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("team-notes")}</h2>
            <p>{text!("team-notes.text")}</p>
            <ul>{notes}</ul>
        </section>
    })
}

/// What the state means and what to do next.
fn next(team: &TeamView, next_step: SetupStep) -> impl IntoView + use<> {
    let slug = team.slug.as_str();
    let (kind, title, explanation, link) = match team.status {
        TeamStatus::Draft => (
            "info",
            text!("team-draft"),
            text!("team-draft.text"),
            Some((routes::setup(slug, next_step), text!("team-draft.link"))),
        ),
        TeamStatus::InReview => (
            "info",
            text!("team-in-review"),
            text!("team-in-review.text"),
            Some((routes::setup(slug, SetupStep::GoLive), text!("team-in-review.link"))),
        ),
        TeamStatus::ChangesRequested => (
            "warning",
            text!("team-changes-requested"),
            text!("team-changes-requested.text"),
            Some((routes::setup(slug, SetupStep::GoLive), text!("team-changes-requested.link"))),
        ),
        TeamStatus::Active if team.has_draft => (
            "warning",
            text!("team-active-with-draft"),
            text!("team-active-with-draft.text"),
            Some((routes::setup(slug, SetupStep::Test), text!("team-active-with-draft.link"))),
        ),
        TeamStatus::Active => ("success", text!("team-active"), text!("team-active.text"), None),
        TeamStatus::Suspended => ("danger", text!("team-suspended"), text!("team-suspended.text"), None),
    };
    let quote = team.status_words.clone().map(|quote| view! { <blockquote>{quote}</blockquote> });
    let link = link.map(|(href, label)| {
        view! {
            <p>
                <a class="button button--primary" href=href>
                    {label}
                </a>
            </p>
        }
    });
    view! {
        <div class=format!("notice notice--{kind}")>
            <strong>{title}</strong>
            <p>{explanation}</p>
            {quote}
            {link}
        </div>
    }
}
