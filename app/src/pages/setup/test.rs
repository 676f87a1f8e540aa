//! Step 7: the real sign-in with the revision under edit.

use leptos::either::Either;
use leptos::prelude::*;
use model::sign_on::AttemptOutcome;
use model::{SetupStep, SetupView, StepState};

use crate::components::attempt::report;
use crate::components::blade::{Blade, Row};
use crate::islands::TestWatcher;
use crate::routes;

pub fn step(view: &SetupView) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    let configured =
        view.state(SetupStep::Certificates) == StepState::Done && view.state(SetupStep::Urls) == StepState::Done;
    let again = view.last_test.is_some();
    let stale = view
        .last_test
        .as_ref()
        .is_some_and(|test| test.outcome == AttemptOutcome::Succeeded && test.started_at < view.connection.updated_at);
    let start = if configured {
        Either::Left(view! {
            <p class="form-actions">
                <a class="button button--primary" href=routes::start_test(&slug) target="_blank" rel="noopener">
                    {if again { "Test the sign-in again" } else { "Test the sign-in" }}
                    <span class="visually-hidden">" (opens a new tab)"</span>
                </a>
                <a class="button button--quiet" href=routes::setup(&slug, SetupStep::Test)>
                    "Check again"
                </a>
            </p>
        })
    } else {
        Either::Right(view! {
            <div class="notice notice--warning">
                <strong>"Two steps come first"</strong>
                <p>
                    "Upload the certificate in " <a href=routes::setup(&slug, SetupStep::Certificates)>"SAML Certificates"</a>
                    " and enter the addresses in " <a href=routes::setup(&slug, SetupStep::Urls)>"Set up URLs"</a> "."
                </p>
            </div>
        })
    };
    let shown = view.last_test.as_ref().map(|test| (test.reference.as_str(), test.outcome != AttemptOutcome::Open));
    // as `api::setup::test_state` answers it; a reference and a flag can always be written
    let shown = leptos::serde_json::to_string(&shown).unwrap_or_default();
    let passed = view.state(SetupStep::Test) == StepState::Done;
    view! {
        <p>
            "Opens your real sign-in in a new tab, with the configuration as it is now, also before it is approved. Nobody is provisioned and no session begins. Sign in there as somebody who is assigned; this page shows what came back."
        </p>
        {start}
        {stale
            .then(|| {
                view! {
                    <div class="notice notice--warning">
                        <strong>"The configuration changed since this test"</strong>
                        <p>"Test it again before it goes live."</p>
                    </div>
                }
            })}
        {view.last_test.clone().map(report)}
        {passed
            .then(|| {
                view! {
                    <p>
                        <a class="button button--primary" href=routes::setup_after(&slug, SetupStep::Test)>
                            "Continue to Go live"
                        </a>
                    </p>
                }
            })}
        {configured.then(|| view! { <TestWatcher slug shown /> })}
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    view! {
        <Blade
            path="Enterprise applications > Single sign-on"
            title="SAML-based Sign-on"
            section="5  Test single sign-on"
            rows=vec![Row::new("Button", "Test"), Row::new("Sign on URL", view.team.endpoints.sign_on_url.clone())]
            note="Entra's own Test works once the team is live. Until then use the button here."
        />
    }
}
