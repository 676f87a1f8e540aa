//! `/teams/{slug}/sign-ins/{reference}` and `/support/sign-ins/{reference}`: one attempt with
//! its whole story.

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{AttemptOutcome, AttemptReport, FormState};

use super::param;
use crate::api::sign_ins::{Scope, Watched, load_report};
use crate::components::attempt::report;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::live::{Followed, live};
use crate::components::load::loaded;
use crate::components::status::outcome_badge;
use crate::routes;

/// An attempt of a team's.
#[component]
pub fn TeamAttempt() -> impl IntoView {
    page(Scope::Team(param("slug")))
}

/// An attempt of any team's, for support.
#[component]
pub fn SupportAttempt() -> impl IntoView {
    page(Scope::Vendor)
}

fn page(scope: Scope) -> impl IntoView {
    let reference = param("reference");
    let of = scope.clone();
    let load = async move {
        let followed = Followed::now(&of, &Watched::Attempt(reference.clone())).await;
        Ok((followed, load_report(of, reference).await?, form_state("ask_metadata").await))
    };
    let content = loaded(load, move |(followed, report, form)| attempt(followed, report, form, &scope));
    view! { <Page title="Sign-in">{content}</Page> }
}

fn attempt(followed: Followed, attempt: AttemptReport, form: FormState, scope: &Scope) -> impl IntoView + use<> {
    let is_waiting = attempt.summary.outcome == AttemptOutcome::Waiting;
    let head = head(&attempt, scope);
    let body = view! {
        {head}
        {report(attempt, scope, false)}
    };
    let body = if is_waiting { Either::Left(live(followed, body)) } else { Either::Right(body) };
    view! {
        <p>
            <a href=scope.list()>"All sign-ins"</a>
        </p>
        <ErrorSummary form=form />
        <div class="stack">{body}</div>
    }
}

fn head(attempt: &AttemptReport, scope: &Scope) -> impl IntoView + use<> {
    let summary = &attempt.summary;
    let team = scope.is_vendor().then(|| {
        view! { <a href=routes::support_team(summary.team.as_str())>{summary.team_name.clone()}</a> }
    });
    let again = attempt.may_configure.then(|| {
        view! {
            <a class="button" href=routes::start_test(summary.team.as_str()) target="_blank" rel="noopener">
                "Start a new test"
                <span class="visually-hidden">" (opens a new tab)"</span>
            </a>
        }
    });
    let kind = if summary.is_test { "Test" } else { "Sign-in" };
    view! {
        <Title text=format!("{} · {kind}", summary.reference) />
        <div class="page-head">
            <div>
                <h1>{kind} " " <span class="mono">{summary.reference.to_string()}</span></h1>
                <p class="cluster">{outcome_badge(summary.outcome)} {team}</p>
            </div>
            {again}
        </div>
    }
}
