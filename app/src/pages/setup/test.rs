//! The real sign-in with the revision under edit.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::{AttemptOutcome, SetupStep, SetupView, StepState};

use super::frame::step_link;
use crate::api::attempts::AttemptList;
use crate::components::attempt::report;
use crate::components::blade::{Blade, BladeRow};
use crate::components::live::{LiveSource, live};
use crate::components::rich_text::rich_text;
use crate::routes;

pub fn step(view: &SetupView, source: Option<LiveSource>) -> impl IntoView + use<> {
    let configured =
        view.state(SetupStep::Certificates) == StepState::Done && view.state(SetupStep::Urls) == StepState::Done;
    let start = if configured { Either::Left(start(view)) } else { Either::Right(not_configured(view)) };
    let latest = latest_test(view);
    view! {
        <p>{text!("setup-test-intro")}</p>
        {start}
        {match source.filter(|_| configured) {
            Some(source) => Either::Left(live(source, latest)),
            None => Either::Right(latest),
        }}
    }
}

fn start(view: &SetupView) -> impl IntoView + use<> {
    let slug = view.team.slug.as_str();
    let label = if view.last_test.is_some() { text!("setup-test-again") } else { text!("setup-test-start") };
    view! {
        <p class="form-actions">
            <a class="button button--primary" href=routes::start_test(slug) target="_blank" rel="noopener">
                {label}
                " "
                <span class="visually-hidden">{text!("layout-opens-new-tab")}</span>
            </a>
        </p>
        <p class="cluster">
            <a href=routes::team_tests(slug)>{text!("setup-test-all")}</a>
            <a href=routes::idp_error(slug, None)>{text!("idp-error-link")}</a>
        </p>
    }
}

fn not_configured(view: &SetupView) -> impl IntoView + use<> {
    let slug = view.team.slug.as_str();
    let steps =
        vec![("certificates", step_link(slug, SetupStep::Certificates)), ("urls", step_link(slug, SetupStep::Urls))];
    view! {
        <div class="notice notice--warning">
            <strong>{text!("setup-test-not-configured")}</strong>
            <p>{rich_text("setup-test-not-configured-text", steps)}</p>
        </div>
    }
}

fn latest_test(view: &SetupView) -> impl IntoView + use<> {
    let ready = view.state(SetupStep::Test) == StepState::Done;
    let list = AttemptList::Team(view.team.slug.to_string());
    let is_stale = view.last_test.as_ref().is_some_and(|test| {
        test.summary.outcome == AttemptOutcome::Succeeded && test.summary.started_at < view.connection.updated_at
    });
    let stale = is_stale.then(|| {
        view! {
            <div class="notice notice--warning">
                <strong>{text!("setup-test-stale")}</strong>
                <p>{text!("setup-test-stale.text")}</p>
            </div>
        }
    });
    view! {
        {stale}
        {view.last_test.clone().map(|test| report(test, &list, ready))}
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    view! {
        <Blade
            path=text!("entra-path-single-sign-on")
            title=text!("entra-saml-title")
            section=text!("entra-saml-section-5")
            rows=vec![
                BladeRow::plain(text!("entra-button"), text!("entra-test")),
                BladeRow::plain(text!("entra-sign-on-url"), view.team.endpoints.sign_on_url.clone()),
            ]
            note=text!("setup-test-note")
        />
    }
}
