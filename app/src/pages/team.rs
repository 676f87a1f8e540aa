//! `/teams/new` and `/teams/{slug}`.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use model::{FormState, Notice, Role, SetupStep, TeamStatus, TeamView};

use super::param;
use super::sign_up::{by_invitation, sign_up_is_open};
use crate::api::accounts::current_account;
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
                    label="Company or team name"
                    hint="Your team slug ID is made from it, such as contoso-7k2m9q. It stays the same if you rename the team."
                    autocomplete="organization"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Create team"
                    </button>
                </div>
            </form>
        })
    });
    view! {
        <Page title="Create your team" class="content--narrow">
            <h1>"Create your team"</h1>
            {form}
        </Page>
    }
}

/// A team's overview.
#[component]
pub fn Team() -> impl IntoView {
    let slug = param("slug");
    let load = async move { Ok((form_state(Notice::FORM).await, load_setup(slug).await?)) };
    let content = loaded(load, |(form, view)| overview(&form, view.next_step(), view.team));
    view! { <Page title="Team">{content}</Page> }
}

fn overview(form: &FormState, next_step: SetupStep, team: TeamView) -> impl IntoView + use<> {
    let slug = team.slug.to_string();
    let may_edit = team.role >= Role::Admin;
    let last = team.last_sign_in_at.map_or_else(|| "never".into_any(), |at| moment(at).into_any());
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
                    <span class="stat__label">"people provisioned"</span>
                </div>
                <div class="stat">
                    <span class="stat__number">{last}</span>
                    <span class="stat__label">"last sign-in"</span>
                </div>
            </div>
            <section class="card stack">
                <h2 class="card__title">"Your values for Microsoft Entra ID"</h2>
                <Copy label="Identifier (Entity ID)" value=endpoints.identifier />
                <Copy label="Reply URL" value=endpoints.reply_url />
                <Copy label="Sign on URL" value=endpoints.sign_on_url />
            </section>
            <div class="cluster">
                <a class="button" href=routes::team_sign_ins(&slug)>
                    "Sign-ins"
                </a>
                <a class="button" href=routes::members(&slug)>
                    "Members"
                </a>
                <a href=routes::entra_error(&slug, None)>"Microsoft showed an error?"</a>
            </div>
            {may_edit
                .then(|| {
                    view! {
                        <div class="cluster">
                            <a class="button" href=routes::setup(&slug, SetupStep::Certificates)>
                                "Edit the connection"
                            </a>
                            <a class="button" href=routes::start_test(&slug) target="_blank" rel="noopener">
                                "Test the sign-in"
                                <span class="visually-hidden">" (opens a new tab)"</span>
                            </a>
                            <a class="button" href=routes::tests(&slug)>
                                "Latest tests"
                            </a>
                            <a class="button" href=routes::sign_in_options(&slug)>
                                "Sign-in options"
                            </a>
                            <a class="button" href=routes::team_audit(&slug)>
                                "Audit trail"
                            </a>
                            <a class="button" href=routes::team_sessions(&slug)>
                                "End all sessions"
                            </a>
                        </div>
                    }
                })}
        </div>
    }
}

/// What the state means and what to do next.
fn next(team: &TeamView, next_step: SetupStep) -> impl IntoView + use<> {
    let slug = team.slug.as_str();
    let words = team.status_words.clone();
    let (kind, title, text, link) = match team.status {
        TeamStatus::Draft => (
            "info",
            "The set-up is not finished",
            "Continue where you left off. Nobody can sign in yet.",
            Some((routes::setup(slug, next_step), "Continue the set-up")),
        ),
        TeamStatus::InReview => (
            "info",
            "Support is looking at your configuration",
            "You get a mail when it is approved. You can test the sign-in meanwhile.",
            Some((routes::setup(slug, SetupStep::GoLive), "See what was submitted")),
        ),
        TeamStatus::ChangesRequested => (
            "warning",
            "Support asks for changes",
            "Change what is asked for, then submit again.",
            Some((routes::setup(slug, SetupStep::GoLive), "Continue the set-up")),
        ),
        TeamStatus::Active if team.has_draft => (
            "warning",
            "An edited revision waits beside the live one",
            "People sign in with the live revision. Test the edited one, then make it live.",
            Some((routes::setup(slug, SetupStep::Test), "Test the edited revision")),
        ),
        TeamStatus::Active => {
            ("success", "Single sign-on is live", "People assigned in Entra sign in at the Sign on URL.", None)
        }
        TeamStatus::Suspended => {
            ("danger", "Sign-in is suspended", "Nobody can sign in until support lifts the suspension.", None)
        }
    };
    let quote = words.map(|words| view! { <blockquote>{words}</blockquote> });
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
            <p>{text}</p>
            {quote}
            {link}
        </div>
    }
}
