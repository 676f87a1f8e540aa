//! Step 7: the real sign-in with the revision under edit.

use leptos::either::Either;
use leptos::prelude::*;
use model::{AttemptOutcome, SetupStep, SetupView, StepState};

use crate::api::sign_ins::Scope;
use crate::components::attempt::report;
use crate::components::blade::{Blade, Row};
use crate::components::live::{Followed, live};
use crate::routes;

pub fn step(view: &SetupView, followed: Option<Followed>) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    let configured =
        view.state(SetupStep::Certificates) == StepState::Done && view.state(SetupStep::Urls) == StepState::Done;
    let again = view.last_test.is_some();
    let stale = view.last_test.as_ref().is_some_and(|test| {
        test.summary.outcome == AttemptOutcome::Succeeded && test.summary.started_at < view.connection.updated_at
    });
    let start = if configured {
        Either::Left(view! {
            <p class="form-actions">
                <a class="button button--primary" href=routes::start_test(&slug) target="_blank" rel="noopener">
                    {if again { "Test the sign-in again" } else { "Test the sign-in" }}
                    <span class="visually-hidden">" (opens a new tab)"</span>
                </a>
                <a class="button button--quiet" href=routes::tests(&slug)>
                    "All tests"
                </a>
                <a href=routes::entra_error(&slug, None)>"Microsoft showed an error?"</a>
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
    let ready = view.state(SetupStep::Test) == StepState::Done;
    let scope = Scope::Team(view.team.slug.to_string());
    let latest = view! {
        {stale
            .then(|| {
                view! {
                    <div class="notice notice--warning">
                        <strong>"The configuration changed since this test"</strong>
                        <p>"Test it again before it goes live."</p>
                    </div>
                }
            })}
        {view.last_test.clone().map(|test| report(test, &scope, ready))}
    };
    view! {
        <p>
            "Opens your real sign-in in a new tab, with the configuration as it is now, also before it is approved. Nobody is provisioned and no session begins. Sign in there as somebody who is assigned; this page shows what came back."
        </p>
        {start}
        {match followed.filter(|_| configured) {
            Some(followed) => Either::Left(live(followed, latest)),
            None => Either::Right(latest),
        }}
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
