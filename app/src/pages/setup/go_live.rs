//! Step 8: a summary to check, and the way to live.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{CertificateView, ConnectionView, RevisionState, Role, SetupStep, SetupView, StepState, TeamStatus};

use crate::api::setup::{DiscardDraft, MakeLive, RollBack, SubmitForReview, Withdraw};
use crate::components::blade::{Blade, Row};
use crate::components::connection::configuration;
use crate::components::decision::{confirmation, seen, untested, what_changes};
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
    let to_test = (view.state(SetupStep::Test) != StepState::Done).then(|| {
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
        {to_test}
        <section class="card stack stack--tight">
            <h2 class="card__title">"What goes live"</h2>
            {configuration(&view.connection, view.live.as_ref().filter(|live| live.number != view.connection.number))}
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
    let previous = view.previous.as_ref().filter(|_| view.team.status == TeamStatus::Active)?;
    let form = Form {
        view,
        action: RollBack::url(),
        digest: &view.digests.previous,
        may: view.team.role >= Role::Admin,
        takes_out: takes_out(previous, view.live.as_ref()),
    };
    let words = view! {
        {(!view.previous_tested).then(|| untested(&format!("revision {}", previous.number)))}
        {what_changes(previous, view.live.as_ref())}
        <p>"At once. The revision that is live now is kept: going back once more swaps the two."</p>
    };
    let roll_back = form.button(format!("Roll back to revision {}", previous.number), "button button--danger");
    Some(confirmation(format!("Go back to revision {}", previous.number), "", words, roll_back))
}

/// What can be decided in the team's state.
fn decision(view: &SetupView) -> AnyView {
    let may = view.team.role >= Role::Admin;
    let form = |action, may| Form { view, action, digest: &view.digests.next, may, takes_out: false };
    let number = view.connection.number;
    match (view.team.status, view.connection.state) {
        (TeamStatus::Draft | TeamStatus::ChangesRequested, _) if !view.reviewed => view! {
            <p>"Nobody reviews it: once a test has passed, you make it live yourself, and the people you assigned can sign in at once."</p>
            {confirmation(
                format!("Make revision {number} live"),
                "button button--primary",
                what_changes(&view.connection, view.live.as_ref()),
                form(SubmitForReview::url(), view.editable)
                    .button(format!("Yes, make revision {number} live"), "button button--primary"),
            )}
        }
        .into_any(),
        (TeamStatus::Draft | TeamStatus::ChangesRequested, _) => view! {
            <p>"Support looks at the configuration, as a rule within a working day, and you get a mail. Then the people you assigned can sign in."</p>
            {form(SubmitForReview::url(), view.editable).button("Submit for review".to_owned(), "button button--primary")}
        }
        .into_any(),
        (TeamStatus::InReview, _) => view! {
            <div class="notice notice--info">
                <strong>"Submitted"</strong>
                <p>"You get a mail when support has looked at it. Until then nothing can be changed, unless you take it back."</p>
            </div>
            {form(Withdraw::url(), may).button("Take it back to edit".to_owned(), "button")}
        }
        .into_any(),
        (TeamStatus::Active, RevisionState::Draft) => view! {
            <p>
                "People sign in with the live revision. Making revision " {number}
                " live swaps the two at once; nobody who is signing in is interrupted."
            </p>
            {confirmation(
                format!("Make revision {number} live"),
                "button button--primary",
                what_changes(&view.connection, view.live.as_ref()),
                Form { takes_out: takes_out(&view.connection, view.live.as_ref()), ..form(MakeLive::url(), view.editable) }
                    .button(format!("Yes, make revision {number} live"), "button button--primary"),
            )}
            {confirmation(
                "Discard this revision".to_owned(),
                "",
                view! {
                    <p>
                        "What was changed since the live revision is lost. People go on signing in with the live one."
                    </p>
                },
                form(DiscardDraft::url(), view.editable).button("Discard the changes".to_owned(), "button button--danger"),
            )}
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

/// Whether a certificate of the live revision is missing in the one that would take its place.
fn takes_out(next: &ConnectionView, live: Option<&ConnectionView>) -> bool {
    let stays =
        |one: &CertificateView| next.certificates.iter().any(|known| known.thumbprint_sha256 == one.thumbprint_sha256);
    live.is_some_and(|live| !live.certificates.iter().all(stays))
}

/// The box that ends, along with a certificate, the sessions that it may have made.
fn end_sessions() -> impl IntoView {
    view! {
        <div class="field">
            <label>
                <input type="checkbox" name="end_sessions" value="true" />
                " Also end all sessions of this team"
            </label>
            <p class="field__hint">
                "A certificate is taken out. Sessions that its key made go on unless you end them: do it if somebody else may have had the key. Everybody then signs in again."
            </p>
        </div>
    }
}

/// The form of a decision, which carries what the page shows.
struct Form<'a> {
    view: &'a SetupView,
    action: &'static str,
    digest: &'a str,
    may: bool,
    /// Whether a certificate that serves sign-ins is not part of what would.
    takes_out: bool,
}

impl Form<'_> {
    fn button(&self, label: String, class: &'static str) -> impl IntoView + use<> {
        view! {
            <form method="post" action=self.action class="form-actions">
                <input type="hidden" name="slug" value=self.view.team.slug.to_string() />
                {seen(self.digest)} {self.takes_out.then(end_sessions)}
                <button type="submit" class=class disabled=!self.may>
                    {label}
                </button>
            </form>
        }
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
