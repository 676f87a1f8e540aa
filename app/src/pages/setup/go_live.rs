//! Going live: a summary to check, and the way to live.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::support::ReviewMessageView;
use model::{
    CertificateView, ConnectionView, FormState, IdentityProvider, RevisionState, Role, SetupStep, SetupView, StepState,
    TeamStatus,
};

use crate::api::setup::{DiscardDraft, MakeLive, RollBack, SubmitForReview, Withdraw};
use crate::components::blade::{Blade, BladeRow};
use crate::components::connection::configuration;
use crate::components::decision::{confirmation, digest_field, reopened_confirmation, untested, what_changes};
use crate::components::form::TextArea;
use crate::components::layout::brand;
use crate::components::review_thread::review_thread;
use crate::components::rich_text::rich_text;
use crate::remediation::provider_name;
use crate::routes;

/// A team that was asked for changes may answer; `form` is the refused state of what it wrote.
pub fn step(view: &SetupView, form: FormState, thread: Vec<ReviewMessageView>) -> impl IntoView + use<> {
    let is_asked = !thread.is_empty();
    // the thread ends with what was asked for last
    let is_in_thread = is_asked && view.team.status == TeamStatus::ChangesRequested;
    let quote = view.team.status_words.clone().filter(|_| !is_in_thread).map(|quote| {
        view! {
            <div class="notice notice--warning">
                <strong>{text!("setup-go-live-support-says")}</strong>
                <blockquote>{quote}</blockquote>
            </div>
        }
    });
    let slug = view.team.slug.to_string();
    let to_test = (view.state(SetupStep::Test) != StepState::Done).then(|| {
        let link = view! { <a href=routes::setup(&slug, SetupStep::Test)>{text!("setup-go-live-test-link")}</a> };
        view! {
            <div class="notice notice--info">
                <strong>{text!("setup-go-live-untested")}</strong>
                <p>{rich_text("setup-go-live-untested-text", vec![("link", link.into_any())])}</p>
            </div>
        }
    });
    view! {
        {quote}
        {review_thread(thread)}
        {to_test}
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("setup-go-live-summary")}</h2>
            {configuration(&view.connection, view.live.as_ref().filter(|live| live.number != view.connection.number))}
            <p class="cluster">
                <a href=routes::setup(&slug, SetupStep::Urls)>{text!("setup-go-live-change-addresses")}</a>
                <a href=routes::setup(&slug, SetupStep::Certificates)>{text!("setup-go-live-change-certificates")}</a>
                <a href=routes::setup(&slug, SetupStep::Attributes)>{text!("setup-go-live-change-claims")}</a>
            </p>
        </section>
        {decision(view, &form, is_asked)}
        {rollback(view, &form)}
    }
}

/// The way back to the revision that was live before, on an active team.
fn rollback(view: &SetupView, form: &FormState) -> Option<impl IntoView + use<>> {
    let previous = view.previous.as_ref().filter(|_| view.team.status == TeamStatus::Active)?;
    let number = previous.number;
    let reason = reason_field(form, "roll_back_reason");
    let decision = DecisionForm {
        view,
        action: RollBack::url(),
        digest: &view.digests.previous,
        may: view.team.role >= Role::Admin,
        removes_certificate: removes_certificate(previous, view.live.as_ref()),
    };
    let consequences = view! {
        {(!view.previous_tested).then(|| untested(&text!("setup-go-live-revision", number = number)))}
        {what_changes(previous, view.live.as_ref())}
        <p>{text!("setup-go-live-rollback-text")}</p>
    };
    let label = text!("setup-go-live-rollback-button", number = number);
    let button = decision.button_below(Some(reason), label, "button button--danger");
    let was_refused = was_refused(form, "roll_back_reason");
    let title = text!("setup-go-live-rollback", number = number);
    Some(reopened_confirmation(was_refused, title, "", consequences, button))
}

/// What can be decided in the team's state.
fn decision(view: &SetupView, form: &FormState, is_asked: bool) -> AnyView {
    match (view.team.status, view.connection.state) {
        (TeamStatus::Draft | TeamStatus::ChangesRequested, _) if !view.reviewed => go_live_unreviewed(view),
        (TeamStatus::Draft | TeamStatus::ChangesRequested, _) => submit(view, is_asked.then(|| answer_field(form))),
        (TeamStatus::InReview, _) => withdraw(view),
        (TeamStatus::Active, RevisionState::Draft) => make_live(view, form),
        (TeamStatus::Active, _) => state("success", text!("setup-go-live-live"), text!("setup-go-live-live.text")),
        (TeamStatus::Suspended, _) => {
            state("danger", text!("setup-go-live-suspended"), text!("setup-go-live-suspended.text"))
        }
    }
}

fn go_live_unreviewed(view: &SetupView) -> AnyView {
    let number = view.connection.number;
    let form = DecisionForm::next(view, SubmitForReview::url(), view.editable);
    view! {
        <p>{text!("setup-go-live-unreviewed")}</p>
        {confirmation(
            text!("setup-go-live-make-live", number = number),
            "button button--primary",
            what_changes(&view.connection, view.live.as_ref()),
            form.button(text!("setup-go-live-make-live-button", number = number), "button button--primary"),
        )}
    }
    .into_any()
}

fn submit(view: &SetupView, answer: Option<AnyView>) -> AnyView {
    let form = DecisionForm::next(view, SubmitForReview::url(), view.editable);
    view! {
        <p>{text!("setup-go-live-submit-text")}</p>
        {form.button_below(answer, text!("setup-go-live-submit"), "button button--primary")}
    }
    .into_any()
}

/// What the team says to the changes that support asked for.
fn answer_field(form: &FormState) -> AnyView {
    view! {
        <TextArea
            form=form.clone()
            name="answer"
            label=text!("review-answer")
            hint=text!("review-answer.hint")
            rows=3
            optional=true
        />
    }
    .into_any()
}

/// Whether the form with this field came back.
fn was_refused(form: &FormState, reason: &str) -> bool {
    form.value(reason).is_some()
}

/// Why it is done: the history of the connection keeps it. Each form on the page has a field of its own name.
fn reason_field(form: &FormState, name: &'static str) -> AnyView {
    view! {
        <TextArea
            form=form.clone()
            name=name
            label=text!("setup-go-live-reason")
            hint=text!("setup-go-live-reason.hint")
            rows=2
            optional=true
        />
    }
    .into_any()
}

fn withdraw(view: &SetupView) -> AnyView {
    let form = DecisionForm::next(view, Withdraw::url(), view.team.role >= Role::Admin);
    view! {
        {state("info", text!("setup-go-live-submitted"), text!("setup-go-live-submitted.text"))}
        {form.button(text!("setup-go-live-withdraw"), "button")}
    }
    .into_any()
}

/// A draft beside the live revision: make it live, or discard it.
fn make_live(view: &SetupView, form: &FormState) -> AnyView {
    let number = view.connection.number;
    let live = DecisionForm {
        removes_certificate: removes_certificate(&view.connection, view.live.as_ref()),
        ..DecisionForm::next(view, MakeLive::url(), view.editable)
    };
    let discard = DecisionForm::next(view, DiscardDraft::url(), view.editable);
    view! {
        <p>{text!("setup-go-live-draft-text", number = number)}</p>
        {reopened_confirmation(
            was_refused(form, "make_live_reason"),
            text!("setup-go-live-make-live", number = number),
            "button button--primary",
            what_changes(&view.connection, view.live.as_ref()),
            live.button_below(
                Some(reason_field(form, "make_live_reason")),
                text!("setup-go-live-make-live-button", number = number),
                "button button--primary",
            ),
        )}
        {reopened_confirmation(
            was_refused(form, "discard_reason"),
            text!("setup-go-live-discard"),
            "",
            view! { <p>{text!("setup-go-live-discard.text")}</p> },
            discard.button_below(
                Some(reason_field(form, "discard_reason")),
                text!("setup-go-live-discard.button"),
                "button button--danger",
            ),
        )}
    }
    .into_any()
}

fn state(kind: &'static str, title: String, explanation: String) -> AnyView {
    view! {
        <div class=format!("notice notice--{kind}")>
            <strong>{title}</strong>
            <p>{explanation}</p>
        </div>
    }
    .into_any()
}

/// Whether a certificate of the live revision is missing in the one that would take its place.
fn removes_certificate(next: &ConnectionView, live: Option<&ConnectionView>) -> bool {
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
                " "
                {text!("setup-go-live-end-sessions")}
            </label>
            <p class="field__hint">{text!("setup-go-live-end-sessions.hint")}</p>
        </div>
    }
}

/// The form of a decision, which carries what the page shows.
struct DecisionForm<'a> {
    view: &'a SetupView,
    action: &'static str,
    digest: &'a str,
    may: bool,
    /// Whether a certificate of the live revision would no longer be used.
    removes_certificate: bool,
}

impl<'a> DecisionForm<'a> {
    /// A decision about the revision that is to go live next.
    fn next(view: &'a SetupView, action: &'static str, may: bool) -> Self {
        Self { view, action, digest: &view.digests.next, may, removes_certificate: false }
    }

    fn button(&self, label: String, class: &'static str) -> impl IntoView + use<> {
        self.button_below(None, label, class)
    }

    /// The button below a field.
    fn button_below(&self, field: Option<AnyView>, label: String, class: &'static str) -> impl IntoView + use<> {
        view! {
            <form method="post" action=self.action class="stack stack--tight">
                <input type="hidden" name="slug" value=self.view.team.slug.to_string() />
                {digest_field(self.digest)} {field}
                <div class="form-actions">
                    {self.removes_certificate.then(end_sessions)}
                    <button type="submit" class=class disabled=!self.may>
                        {label}
                    </button>
                </div>
            </form>
        }
    }
}

pub fn blade(view: &SetupView, provider: IdentityProvider) -> impl IntoView + use<> {
    let name = provider_name(provider);
    let (path, note) = match provider {
        IdentityProvider::Entra => (text!("entra-path-my-apps"), text!("setup-go-live-note")),
        _ => (name.clone(), text!("setup-go-live-note.elsewhere", provider = name)),
    };
    view! {
        <Blade
            path=path
            title=text!("setup-go-live-blade-title")
            section=text!("entra-my-apps-section")
            rows=vec![
                BladeRow::plain(text!("entra-tile"), brand().product_name),
                BladeRow::plain(text!("entra-opens"), view.team.endpoints.sign_on_url.clone()),
            ]
            note=note
            provider=provider
        />
    }
}
