//! `/teams/{slug}/setup/{step}`: the wizard. One file a step.

mod attributes;
mod basic_saml;
mod certificates;
mod create;
mod go_live;
mod keys;
mod options;
mod test;
mod urls;
mod users;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use model::{FormState, SetupStep, SetupView, StepState, TeamStatus};

use super::param;
use crate::api::setup::{ConfirmStep, load_setup};
use crate::api::sign_ins::{Scope, Watched};
use crate::components::form::ErrorSummary;
use crate::components::layout::Page;
use crate::components::live::Followed;
use crate::components::load::loaded;
use crate::components::notice::{form_or_notice, notice};
use crate::components::status::team_status;
use crate::error::ApiError;
use crate::routes;

pub use options::Options;

/// A step, with the rail of all steps on its left and Entra's blade on its right.
#[component]
pub fn Setup() -> impl IntoView {
    step_page(SetupStep::parse(&param("step")))
}

/// The step whose address also takes uploads: the server matches it by its own name, and
/// would otherwise know only how to receive there, not how to show.
#[component]
pub fn Certificates() -> impl IntoView {
    step_page(Some(SetupStep::Certificates))
}

fn step_page(step: Option<SetupStep>) -> impl IntoView {
    let slug = param("slug");
    let title = step.map_or("Set-up", SetupStep::title);
    let load = async move {
        let Some(step) = step else {
            #[cfg(feature = "ssr")]
            crate::api::not_found();
            return Err(ApiError::NotFound);
        };
        let form = form_or_notice(form_of(step)).await;
        let followed = match step {
            SetupStep::Test => Some(Followed::now(&Scope::Team(slug.clone()), &Watched::LatestTest).await),
            _ => None,
        };
        Ok((step, form, load_setup(slug).await?, followed))
    };
    let content = loaded(load, |(step, form, view, followed)| wizard(step, form, view, followed));
    view! { <Page title=title>{content}</Page> }
}

/// The form of a step, whose refused state its page shows.
const fn form_of(step: SetupStep) -> &'static str {
    match step {
        SetupStep::Create | SetupStep::BasicSaml | SetupStep::Users | SetupStep::Test => "confirm_step",
        SetupStep::Attributes => "claims",
        SetupStep::Certificates => "certificates",
        SetupStep::Urls => "urls",
        SetupStep::GoLive => "go_live",
    }
}

fn wizard(step: SetupStep, form: FormState, view: SetupView, followed: Option<Followed>) -> impl IntoView {
    let head = page_head(step.title(), &form, &view);
    let rail = rail(Some(step), &view);
    let (body, blade) = match step {
        SetupStep::Create => (create::step(&view).into_any(), create::blade().into_any()),
        SetupStep::BasicSaml => (basic_saml::step(&view).into_any(), basic_saml::blade(&view).into_any()),
        SetupStep::Attributes => (attributes::step(&view, form).into_any(), attributes::blade(&view).into_any()),
        SetupStep::Certificates => (certificates::step(&view, &form).into_any(), certificates::blade(&view).into_any()),
        SetupStep::Urls => (urls::step(&view, form).into_any(), urls::blade(&view).into_any()),
        SetupStep::Users => (users::step(&view).into_any(), users::blade().into_any()),
        SetupStep::Test => (test::step(&view, followed).into_any(), test::blade(&view).into_any()),
        SetupStep::GoLive => (go_live::step(&view).into_any(), go_live::blade(&view).into_any()),
    };
    view! {
        <div class="wizard">
            <nav class="wizard__rail" aria-label="Steps of the set-up">
                {rail}
            </nav>
            <div class="wizard__main stack">{head} {body} {step_footer(step, view.team.slug.as_str())}</div>
            {blade}
        </div>
    }
}

/// What stands above every page of the set-up.
fn page_head(title: &'static str, form: &FormState, view: &SetupView) -> impl IntoView + use<> {
    view! {
        <Title text=format!("{title} · {}", view.team.name) />
        <p class="cluster">
            <a href=routes::team(view.team.slug.as_str())>{view.team.name.clone()}</a>
            {team_status(view.team.status)}
        </p>
        <h1>{title}</h1>
        {notice(form, Some(view.team.slug.as_str()))}
        {frozen(view)}
        <ErrorSummary form=form.clone() />
    }
}

/// The steps with their state, in words and shape, and below them what is optional.
/// `current` is none on the page of the options.
fn rail(current: Option<SetupStep>, view: &SetupView) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    let items = view.steps.clone().into_iter().map(|(step, state)| {
        let (name, words) = match state {
            StepState::Todo => ("todo", "to do"),
            StepState::Done => ("done", "done"),
            StepState::Attention => ("attention", "needs a look"),
        };
        view! {
            <li class="rail__step" data-state=name>
                <a
                    class="rail__link"
                    href=routes::setup(&slug, step)
                    aria-current=(Some(step) == current).then_some("step")
                >
                    <span class="rail__number" aria-hidden="true"></span>
                    <span>{step.title()}</span>
                    " "
                    <span class="rail__state">{words}</span>
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
                    <span>"Sign-in options"</span>
                    " "
                    <span class="rail__state">"optional"</span>
                </a>
            </li>
        </ul>
    }
}

/// Why nothing can be changed now, if that is so.
fn frozen(view: &SetupView) -> impl IntoView + use<> {
    let reason = match (view.editable, view.team.status) {
        (true, _) => None,
        (false, TeamStatus::InReview) => {
            Some("The configuration is with support for review. Take it back on the last step to change it.")
        }
        (false, _) => Some("You can look at the set-up; an admin or owner of the team can change it."),
    };
    reason.map(|reason| {
        view! {
            <div class="notice notice--info">
                <strong>"Nothing can be changed here now"</strong>
                <p>{reason}</p>
            </div>
        }
    })
}

/// The way to the steps beside this one.
fn step_footer(step: SetupStep, slug: &str) -> impl IntoView + use<> {
    let link = |to: Option<SetupStep>, word: &'static str| {
        to.map(|to| {
            view! {
                <a href=routes::setup(slug, to)>
                    {word} ": " {to.title()}
                </a>
            }
        })
    };
    view! {
        <nav class="step-footer" aria-label="Steps beside this one">
            <span>{link(step.previous(), "Back")}</span>
            <span>{link(step.next(), "Skip to")}</span>
        </nav>
    }
}

/// The button that ends a step which happens in Entra.
fn confirm(view: &SetupView, step: SetupStep, label: &'static str) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    view! {
        <form method="post" action=ConfirmStep::url() class="form-actions">
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="step" value=step.as_str() />
            <button type="submit" class="button button--primary" disabled=!view.editable>
                {label}
            </button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ClaimMapping, ConnectionView, Digests, Endpoints, RevisionState, Role, SignInOptions, TeamView};

    fn view(editable: bool) -> SetupView {
        let at = model::Timestamp::from_timestamp_nanos(0);
        SetupView {
            team: TeamView {
                slug: "contoso-7k2m9q".parse().unwrap(),
                name: "Contoso".into(),
                status: TeamStatus::Draft,
                status_words: None,
                role: Role::Owner,
                endpoints: Endpoints {
                    identifier: "contoso-7k2m9q".into(),
                    reply_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q".into(),
                    sign_on_url: "https://account.krisp.ai/sso/contoso-7k2m9q".into(),
                    metadata_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q/metadata".into(),
                    logout_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q/logout".into(),
                },
                created_at: at,
                people: 0,
                last_sign_in_at: None,
                has_draft: true,
            },
            steps: SetupStep::ALL
                .iter()
                .map(|step| (*step, if *step == SetupStep::Create { StepState::Done } else { StepState::Todo }))
                .collect(),
            connection: ConnectionView {
                number: 1,
                state: RevisionState::Draft,
                idp: None,
                metadata_url: None,
                certificates: Vec::new(),
                claims: ClaimMapping::default(),
                options: SignInOptions::default(),
                updated_at: at,
                live_at: None,
            },
            last_test: None,
            sp_keys: Vec::new(),
            live: None,
            previous: None,
            previous_tested: false,
            reviewed: true,
            digests: Digests::default(),
            editable,
        }
    }

    fn html(step: SetupStep, editable: bool) -> String {
        Owner::new().with(|| wizard(step, FormState::default(), view(editable), None).to_html())
    }

    #[test]
    fn the_rail_names_each_step_its_state_and_where_one_is() {
        let html = html(SetupStep::BasicSaml, true);
        assert_eq!(html.matches("class=\"rail__step\"").count(), 8, "{html}");
        assert_eq!(html.matches("data-state=\"done\"").count(), 1);
        assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
    }

    #[test]
    fn every_step_posts_to_its_own_server_function() {
        for (step, action) in [
            (SetupStep::Create, "/api/setup/confirm_step"),
            (SetupStep::BasicSaml, "/api/setup/confirm_step"),
            (SetupStep::Attributes, "/api/setup/save_claims"),
            (SetupStep::Certificates, "/teams/contoso-7k2m9q/setup/certificates"),
            (SetupStep::Urls, "/api/setup/save_urls"),
            (SetupStep::Users, "/api/setup/confirm_step"),
            (SetupStep::GoLive, "/api/setup/submit"),
        ] {
            let html = html(step, true);
            assert!(html.contains(&format!("method=\"post\" action=\"{action}\"")), "{step:?}: {html}");
            assert!(html.contains("wizard__blade"), "{step:?} has a drawing");
        }
    }

    #[test]
    fn the_options_page_is_no_step_and_says_what_each_option_does() {
        let html = Owner::new().with(|| options::page(FormState::default(), view(true)).to_html());
        assert_eq!(html.matches("aria-current=\"step\"").count(), 0, "{html}");
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{html}");
        for words in ["action=\"/api/setup/save_options\"", "AADSTS75011", "Create a key", "wizard__blade"] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(!html.contains("checked"), "everything is off: {html}");
    }

    #[test]
    fn what_cannot_be_edited_says_why_and_is_disabled() {
        for (step, control) in
            [(SetupStep::Urls, "<fieldset disabled"), (SetupStep::Create, "type=\"submit\" disabled")]
        {
            let html = html(step, false);
            assert!(html.contains("Nothing can be changed here now") && html.contains(control), "{html}");
        }
    }
}
