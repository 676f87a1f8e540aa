//! What the pages of the set-up have in common: head, rail, footer, and the button that
//! ends a step.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use messages::{Text as _, text};
use model::{FormState, NoticeKind, SetupStep, SetupView, StepState, TeamStatus};

use crate::api::setup::ConfirmStep;
use crate::components::form::ErrorSummary;
use crate::components::notice::notice;
use crate::components::status::team_status;
use crate::routes;

/// What stands above every page of the set-up.
pub(super) fn page_head(
    step: Option<SetupStep>,
    title: &str,
    form: &FormState,
    view: &SetupView,
) -> impl IntoView + use<> {
    let place = step.and_then(|step| view.place(step)).map(|(place, steps)| {
        let place = text!("setup-place", step = place, steps = steps);
        view! { <p class="page-head__place">{place}</p> }
    });
    view! {
        <Title text=title.to_owned() />
        <div class="page-head">
            <div>
                {place}
                <h1>{title.to_owned()}</h1>
            </div>
            <p>{team_status(view.team.status)}</p>
        </div>
        {(!has_own_notice(form)).then(|| notice(form, Some(view.team.slug.as_str())))}
        {frozen(view)}
        <ErrorSummary form=form.clone() />
    }
}

/// Whether the section with the saved form shows the notice itself.
pub(super) fn has_own_notice(form: &FormState) -> bool {
    form.notice.as_ref().is_some_and(|notice| notice.kind == NoticeKind::IdentityProviderSaved)
}

/// The steps with their state, in text and shape, and below them what is optional. There is no
/// `current` step on the page of the options.
pub(super) fn rail(current: Option<SetupStep>, view: &SetupView) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    let items = view.steps.clone().into_iter().map(|(step, state)| {
        let (name, label) = match state {
            StepState::Todo => ("todo", text!("setup-state-todo")),
            StepState::Done => ("done", text!("setup-state-done")),
            StepState::Attention => ("attention", text!("setup-state-attention")),
        };
        let uncounted = (!view.counts(step)).then_some("true");
        view! {
            <li class="rail__step" data-state=name data-uncounted=uncounted>
                <a
                    class="rail__link"
                    href=routes::setup(&slug, step)
                    aria-current=(Some(step) == current).then_some("step")
                >
                    <span class="rail__number" aria-hidden="true"></span>
                    <span>{step.text()}</span>
                    " "
                    <span class="rail__state">{label}</span>
                </a>
            </li>
        }
    });
    view! {
        <ol class="rail">{items.collect_view()}</ol>
        <ul class="rail rail--more">
            <li>
                <a
                    class="rail__link"
                    href=routes::sign_in_options(&slug)
                    aria-current=current.is_none().then_some("page")
                >
                    <span>{text!("setup-options-title")}</span>
                    " "
                    <span class="rail__state">{text!("setup-state-optional")}</span>
                </a>
            </li>
        </ul>
    }
}

/// Why nothing can be changed now, if that is so.
fn frozen(view: &SetupView) -> impl IntoView + use<> {
    let reason = match (view.editable, view.team.status) {
        (true, _) => None,
        (false, TeamStatus::InReview) => Some(text!("setup-frozen.in-review")),
        (false, _) => Some(text!("setup-frozen.viewer")),
    };
    reason.map(|reason| {
        view! {
            <div class="notice notice--info">
                <strong>{text!("setup-frozen")}</strong>
                <p>{reason}</p>
            </div>
        }
    })
}

/// A step by its name, as sentences show it.
pub(super) fn step_link(slug: &str, step: SetupStep) -> AnyView {
    view! { <a href=routes::setup(slug, step)>{step.text()}</a> }.into_any()
}

/// The way to the steps beside this one. A step that is not done is left, not ended.
pub(super) fn step_footer(step: SetupStep, view: &SetupView) -> impl IntoView + use<> {
    let slug = view.team.slug.as_str();
    let link = |to: SetupStep, label: String| view! { <a href=routes::setup(slug, to)>{label}</a> };
    let back = view.step_before(step).map(|to| link(to, text!("setup-back", step = to.text())));
    let next = view.step_after(step).map(|to| {
        let label = match view.state(step) {
            StepState::Done => text!("setup-next", step = to.text()),
            StepState::Todo | StepState::Attention => text!("setup-skip", step = to.text()),
        };
        link(to, label)
    });
    view! {
        <nav class="step-footer" aria-label=text!("setup-footer-label")>
            <span>{back}</span>
            <span>{next}</span>
        </nav>
    }
}

/// The button that ends a step which happens in Entra.
pub(super) fn confirm_step(view: &SetupView, step: SetupStep) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    view! {
        <form method="post" action=ConfirmStep::url() class="form-actions">
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="step" value=step.as_str() />
            <button type="submit" class="button button--primary" disabled=!view.editable>
                {text!("setup-step-done")}
            </button>
        </form>
    }
}
