//! `/teams/{slug}/setup/{step}`: the wizard. One file a step.

mod attributes;
mod basic_saml;
mod certificates;
mod create;
mod email_claim;
mod frame;
mod go_live;
mod guide;
mod identity_provider;
mod keys;
mod options;
mod test;
mod urls;
mod users;

use leptos::prelude::*;
use messages::{Text as _, text};
use model::attempts::LiveTopic;
use model::support::ReviewMessageView;
use model::{FormState, IdentityProvider, SetupStep, SetupView};

use self::frame::{page_head, rail, step_footer};
use super::param;
use crate::api::attempts::AttemptList;
use crate::api::reviews::load_team_review_thread;
use crate::api::setup::load_setup;
use crate::components::layout::Page;
use crate::components::live::LiveSource;
use crate::components::load::loaded;
use crate::components::notice::form_or_notice;
use crate::error::ApiError;

pub use options::Options;

/// A step, with the rail of all steps on its left and a drawing of the page there on its right.
#[component]
pub fn Setup() -> impl IntoView {
    step_page(SetupStep::parse(&param("step")))
}

/// The step whose address also takes uploads: axum matches that address first, so it needs a page
/// of its own.
#[component]
pub fn Certificates() -> impl IntoView {
    step_page(Some(SetupStep::Certificates))
}

fn step_page(step: Option<SetupStep>) -> impl IntoView {
    let slug = param("slug");
    let title = step.map_or_else(|| text!("setup-title"), |step| step.text());
    let load = async move {
        let Some(step) = step else {
            crate::api::not_found();
            return Err(ApiError::NotFound);
        };
        let form = form_or_notice(form_of(step)).await;
        let source = match step {
            SetupStep::Test => Some(LiveSource::read(&AttemptList::Team(slug.clone()), &LiveTopic::LatestTest).await),
            _ => None,
        };
        let thread = match step {
            SetupStep::GoLive => load_team_review_thread(slug.clone()).await?,
            _ => Vec::new(),
        };
        Ok((step, form, load_setup(slug).await?, source, thread))
    };
    let content = loaded(load, |(step, form, view, source, thread)| wizard(step, form, view, source, thread));
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

fn wizard(
    step: SetupStep,
    form: FormState,
    view: SetupView,
    source: Option<LiveSource>,
    thread: Vec<ReviewMessageView>,
) -> impl IntoView {
    let head = page_head(Some(step), &step.text(), &form, &view);
    let rail = rail(Some(step), &view);
    let provider = guide::provider_of(&view);
    let body = match step {
        SetupStep::Create => create::step(&view, form, provider).into_any(),
        SetupStep::BasicSaml => basic_saml::step(&view, provider).into_any(),
        SetupStep::Attributes => attributes::step(&view, form, provider).into_any(),
        SetupStep::Certificates => certificates::step(&view, &form, provider).into_any(),
        SetupStep::Urls => urls::step(&view, form, provider).into_any(),
        SetupStep::Users => users::step(&view, provider).into_any(),
        SetupStep::Test => test::step(&view, source).into_any(),
        SetupStep::GoLive => go_live::step(&view, form, thread).into_any(),
    };
    let blade = match (provider, step) {
        (IdentityProvider::Entra, _) => entra_blade(step, &view),
        // what people see of this portal
        (_, SetupStep::GoLive) => go_live::blade(&view, provider).into_any(),
        _ => guide::drawing(&view, step, provider).into_any(),
    };
    view! {
        <div class="wizard">
            <nav class="wizard__rail" aria-label=text!("setup-rail-label")>
                {rail}
            </nav>
            <div class="wizard__main stack">{head} {body} {step_footer(step, &view)}</div>
            {blade}
        </div>
    }
}

fn entra_blade(step: SetupStep, view: &SetupView) -> AnyView {
    match step {
        SetupStep::Create => create::blade().into_any(),
        SetupStep::BasicSaml => basic_saml::blade(view).into_any(),
        SetupStep::Attributes => attributes::blade(view).into_any(),
        SetupStep::Certificates => certificates::blade(view).into_any(),
        SetupStep::Urls => urls::blade(view).into_any(),
        SetupStep::Users => users::blade().into_any(),
        SetupStep::Test => test::blade(view).into_any(),
        SetupStep::GoLive => go_live::blade(view, IdentityProvider::Entra).into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::setup::AddressSource;
    use model::{
        Brand, ClaimMapping, ConnectionView, Digests, Endpoints, RevisionState, Role, SignInOptions, StepState,
        TeamStatus, TeamView,
    };

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
                identity_provider: None,
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
            address_source: AddressSource::Typed,
            certificate_uses: Vec::new(),
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
        shown(step, view(editable))
    }

    fn shown(step: SetupStep, view: SetupView) -> String {
        Owner::new().with(|| wizard(step, FormState::default(), view, None, Vec::new()).to_html())
    }

    #[test]
    fn what_the_metadata_has_filled_in_is_no_step_to_take() {
        let filled = || {
            let mut view = view(true);
            view.address_source = AddressSource::Metadata;
            for (step, state) in &mut view.steps {
                if matches!(step, SetupStep::Certificates | SetupStep::Urls) {
                    *state = StepState::Done;
                }
            }
            view
        };
        let certificates = shown(SetupStep::Certificates, filled());
        assert!(
            certificates.contains("Step 4 of 7") && certificates.contains("Next: Users and groups"),
            "{certificates}"
        );
        assert_eq!(certificates.matches("data-uncounted").count(), 1, "the rail still has it: {certificates}");
        assert!(shown(SetupStep::Users, filled()).contains("Step 5 of 7"));
        assert!(!shown(SetupStep::Urls, filled()).contains("page-head__place"), "it has no number");
        assert_eq!(filled().next_after(SetupStep::Attributes), SetupStep::Users);
        assert!(html(SetupStep::Users, true).contains("Step 6 of 8"), "without metadata it is one");
    }

    #[test]
    fn a_step_is_left_by_its_end_or_over_it() {
        assert!(html(SetupStep::Create, true).contains("Next: Basic SAML Configuration"), "it is done");
        assert!(html(SetupStep::BasicSaml, true).contains("Skip to: Attributes"), "it is not");
    }

    #[test]
    fn the_drawing_of_my_apps_names_the_application() {
        let brand = Brand {
            product_name: "Krisp".into(),
            vendor_name: String::new(),
            support_email: String::new(),
            accent: String::new(),
            logo: None,
        };
        let html = Owner::new().with(|| {
            provide_context(brand);
            go_live::blade(&view(true), IdentityProvider::Entra).to_html()
        });
        assert!(html.contains("Krisp") && !html.contains("Contoso"), "{html}");
    }

    #[test]
    fn steps_in_entra_link_to_its_pages() {
        let create = html(SetupStep::Create, true);
        assert!(
            create.contains("#view/Microsoft_AAD_IAM/AppGalleryBladeV2\" target=\"_blank\" rel=\"noreferrer\""),
            "{create}"
        );
        for html in [create, html(SetupStep::BasicSaml, true)] {
            assert!(html.contains("StartboardApplicationsMenuBlade/~/AppAppsPreview"), "{html}");
        }
        assert!(html(SetupStep::Create, true).contains("/teams/contoso-7k2m9q/members#invite"));
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
    fn each_step_there_is_drawn_for_the_providers_that_most_teams_have() {
        use IdentityProvider as Idp;
        for provider in [Idp::Entra, Idp::Okta, Idp::GoogleWorkspace, Idp::Keycloak, Idp::AdFs] {
            for step in SetupStep::ALL.iter().filter(|step| **step != SetupStep::Test) {
                let mut chosen = view(true);
                chosen.team.identity_provider = Some(provider);
                let html = shown(*step, chosen);
                assert!(html.contains("blade__row"), "{provider:?}, {step:?}: {html}");
            }
        }
    }

    #[test]
    fn the_options_page_is_no_step_and_says_what_each_option_does() {
        let html = Owner::new().with(|| options::page(FormState::default(), view(true)).to_html());
        assert_eq!(html.matches("aria-current=\"step\"").count(), 0, "{html}");
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{html}");
        for words in ["action=\"/api/setup/save_options\"", "signed in another way", "Create a key", "wizard__blade"] {
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
