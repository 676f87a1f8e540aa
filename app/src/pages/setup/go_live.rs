//! Step 8: a summary to check, and the way to live.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{RevisionState, Role, SetupStep, SetupView, StepState, TeamStatus};

use crate::api::setup::{DiscardDraft, MakeLive, RollBack, SubmitForReview, Withdraw};
use crate::components::blade::{Blade, Row};
use crate::components::connection::configuration;
use crate::routes;

pub fn step(view: &SetupView) -> impl IntoView + use<> {
    let words = view.team.status_words.clone().map(|words| {
        view! {
            <div class="notice notice--warning">
                <strong>"Support says"</strong>
                <blockquote>{words}</blockquote>
            </div>
        }
    });
    let slug = view.team.slug.to_string();
    let untested = (view.state(SetupStep::Test) != StepState::Done).then(|| {
        view! {
            <div class="notice notice--info">
                <strong>"No successful test of this configuration yet"</strong>
                <p>
                    "A test shows in a minute whether it works: " <a href=routes::setup(&slug, SetupStep::Test)>"test the sign-in"</a> "."
                </p>
            </div>
        }
    });
    view! {
        {words}
        {untested}
        <section class="card stack stack--tight">
            <h2 class="card__title">"What goes live"</h2>
            {configuration(&view.connection, None)}
            <p class="cluster">
                <a href=routes::setup(&slug, SetupStep::Urls)>"Change the addresses"</a>
                <a href=routes::setup(&slug, SetupStep::Certificates)>"Change the certificates"</a>
                <a href=routes::setup(&slug, SetupStep::Attributes)>"Change the claims"</a>
            </p>
        </section>
        {decision(view)}
        {way_back(view)}
    }
}

/// The way back to the revision that served before, on an active team.
fn way_back(view: &SetupView) -> Option<impl IntoView + use<>> {
    let previous = view.previous.filter(|_| view.team.status == TeamStatus::Active)?;
    let slug = view.team.slug.to_string();
    Some(view! {
        <details class="card">
            <summary>{format!("Go back to revision {previous}")}</summary>
            <p>
                "People sign in with revision " {previous}
                " again, at once. The revision that is live now is kept: going back once more swaps the two."
            </p>
            {button(RollBack::url(), slug, "Roll back", "button button--danger", view.team.role >= Role::Admin)}
        </details>
    })
}

/// What can be decided in the team's state.
fn decision(view: &SetupView) -> AnyView {
    let slug = view.team.slug.to_string();
    match (view.team.status, view.connection.state) {
        (TeamStatus::Draft | TeamStatus::ChangesRequested, _) => view! {
            <p>"Support looks at the configuration, as a rule within a working day, and you get a mail. Then the people you assigned can sign in."</p>
            {button(SubmitForReview::url(), slug, "Submit for review", "button button--primary", view.editable)}
        }
        .into_any(),
        (TeamStatus::InReview, _) => view! {
            <div class="notice notice--info">
                <strong>"Submitted"</strong>
                <p>"You get a mail when support has looked at it. Until then nothing can be changed, unless you take it back."</p>
            </div>
            {button(Withdraw::url(), slug, "Take it back to edit", "button", view.team.role >= Role::Admin)}
        }
        .into_any(),
        (TeamStatus::Active, RevisionState::Draft) => view! {
            <p>
                "People sign in with the live revision. Making revision " {view.connection.number}
                " live swaps the two at once; nobody who is signing in is interrupted."
            </p>
            {button(MakeLive::url(), slug.clone(), "Make this revision live", "button button--primary", view.editable)}
            <details>
                <summary>"Discard this revision"</summary>
                <p>"What was changed since the live revision is lost. People go on signing in with the live one."</p>
                {button(DiscardDraft::url(), slug, "Discard the changes", "button button--danger", view.editable)}
            </details>
        }
        .into_any(),
        (TeamStatus::Active, _) => view! {
            <div class="notice notice--success">
                <strong>"This configuration is live"</strong>
                <p>"Changing anything starts a new revision beside it, which can be tested before it goes live."</p>
            </div>
        }
        .into_any(),
        (TeamStatus::Suspended, _) => view! {
            <div class="notice notice--danger">
                <strong>"Sign-in is suspended"</strong>
                <p>"Write to support; they lift the suspension."</p>
            </div>
        }
        .into_any(),
    }
}

fn button(
    action: &'static str,
    slug: String,
    label: &'static str,
    class: &'static str,
    enabled: bool,
) -> impl IntoView {
    view! {
        <form method="post" action=action class="form-actions">
            <input type="hidden" name="slug" value=slug />
            <button type="submit" class=class disabled=!enabled>
                {label}
            </button>
        </form>
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let endpoints = view.team.endpoints.clone();
    view! {
        <Blade
            path="My Apps"
            title="What your people will see"
            section="Apps"
            rows=vec![
                Row::new("Tile", view.team.name.clone()),
                Row::new("Opens", endpoints.sign_on_url),
            ]
            note="Assigned people find the tile in My Apps, or open the Sign on URL themselves."
        />
    }
}
