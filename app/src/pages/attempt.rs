//! `/teams/{slug}/sign-ins/{reference}` and `/support/sign-ins/{reference}`: the report of one
//! attempt.

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use messages::text;
use model::attempts::LiveTopic;
use model::{AttemptOutcome, AttemptReport, FormState};

use super::param;
use crate::api::attempts::{AttemptList, load_report};
use crate::components::attempt::report;
use crate::components::attempt_outcome::went_elsewhere;
use crate::components::attempts_table::attempt_kind;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::live::{LiveSource, live};
use crate::components::load::loaded;
use crate::components::status::{answered_elsewhere_badge, outcome_badge};
use crate::routes;

/// An attempt of a team's.
#[component]
pub fn TeamAttempt() -> impl IntoView {
    page(AttemptList::Team(param("slug")))
}

/// An attempt of any team's, for support.
#[component]
pub fn SupportAttempt() -> impl IntoView {
    page(AttemptList::Support)
}

fn page(list: AttemptList) -> impl IntoView {
    let reference = param("reference");
    let of = list.clone();
    let load = async move {
        let source = LiveSource::read(&of, &LiveTopic::Attempt(reference.clone())).await;
        Ok((source, load_report(of, reference).await?, refused_form().await))
    };
    let content = loaded(load, move |(source, report, form)| content(source, report, form, &list));
    view! { <Page title=text!("attempt-title")>{content}</Page> }
}

/// The form of the report that was refused, if one was.
async fn refused_form() -> FormState {
    let of_metadata = form_state("ask_metadata").await;
    if of_metadata.problems.is_empty() { form_state("take_over").await } else { of_metadata }
}

fn content(source: LiveSource, attempt: AttemptReport, form: FormState, list: &AttemptList) -> impl IntoView + use<> {
    let is_waiting = attempt.summary.outcome == AttemptOutcome::Waiting;
    let head = head(&attempt, list);
    let body = view! {
        {head}
        {report(attempt, list, false)}
    };
    let body = if is_waiting { Either::Left(live(source, body)) } else { Either::Right(body) };
    view! {
        <ErrorSummary form=form />
        <div class="stack">{body}</div>
    }
}

fn head(attempt: &AttemptReport, list: &AttemptList) -> impl IntoView + use<> {
    let summary = &attempt.summary;
    let team = list.is_support().then(|| {
        view! { <a href=routes::support_team(summary.team.as_str())>{summary.team_name.clone()}</a> }
    });
    let again = attempt.may_configure.then(|| {
        view! {
            <a class="button" href=routes::start_test(summary.team.as_str()) target="_blank" rel="noopener">
                {text!("attempt-start-test")}
                " "
                <span class="visually-hidden">{text!("layout-opens-new-tab")}</span>
            </a>
        }
    });
    let kind = attempt_kind(summary.is_test);
    let is_open = matches!(summary.outcome, AttemptOutcome::Waiting | AttemptOutcome::NeverReturned);
    let badge = if is_open && went_elsewhere(attempt) {
        Either::Left(answered_elsewhere_badge())
    } else {
        Either::Right(outcome_badge(summary.outcome))
    };
    view! {
        <Title text=format!("{} · {kind}", summary.reference) />
        <div class="page-head">
            <div>
                <h1>{kind} " " <span class="mono">{summary.reference.to_string()}</span></h1>
                <p class="cluster">{badge} {team}</p>
            </div>
            {again}
        </div>
    }
}
