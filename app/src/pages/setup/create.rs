//! Which identity provider it is, and an application there.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::{FormState, IdentityProvider, Role, SetupStep, SetupView, StepState};

use super::frame::{confirm_step, step_link};
use super::{guide, identity_provider};
use crate::components::blade::{Blade, BladeRow, EntraPage, code, entra, entra_link};
use crate::components::copy::Copy;
use crate::components::layout::brand;
use crate::components::rich_text::rich_text;
use crate::remediation::provider_name;
use crate::routes;

pub fn step(view: &SetupView, form: FormState, provider: IdentityProvider) -> impl IntoView + use<> {
    let there = match provider {
        IdentityProvider::Entra => Either::Left(in_entra(view)),
        provider => Either::Right(guide::confirmed(view, SetupStep::Create, provider)),
    };
    view! {
        {before_you_begin(view, provider)}
        {identity_provider::section(view, form)}
        {there}
    }
}

/// What it takes, and how somebody else can do it.
fn before_you_begin(view: &SetupView, provider: IdentityProvider) -> impl IntoView + use<> {
    let slug = view.team.slug.as_str();
    let name = provider_name(provider);
    let address = view.team.endpoints.sign_on_url.replace(&routes::sign_on(Some(&view.team.slug)), "");
    let link = format!("{address}{}", routes::setup(slug, view.next_step()));
    let invite = (view.team.role == Role::Owner).then(|| {
        view! {
            <p>
                <a class="button" href=routes::invite_member(slug)>
                    {text!("setup-before-invite", provider = name.as_str())}
                </a>
            </p>
        }
    });
    view! {
        <details class="card stack stack--tight" open=view.state(SetupStep::Create) == StepState::Todo>
            <summary class="card__title">{text!("setup-before")}</summary>
            <ul>
                <li>{text!("setup-before-role", provider = name.as_str())}</li>
                <li>{text!("setup-before-time")}</li>
                <li>{text!("setup-before-person", provider = name.as_str())}</li>
            </ul>
            <p>{text!("setup-before-colleague", provider = name)}</p>
            {invite}
            <Copy label=text!("setup-before-link") value=link />
        </details>
    }
}

fn in_entra(view: &SetupView) -> impl IntoView + use<> {
    let product = view! { <b>{brand().product_name}</b> }.into_any();
    let browse = vec![
        ("entra", entra(text!("entra-entra-id"))),
        ("apps", entra(text!("entra-enterprise-apps"))),
        ("all", entra(text!("entra-all-applications"))),
        ("new", entra(text!("entra-new-application"))),
    ];
    let search = vec![("product", product), ("create", entra(text!("entra-create")))];
    let open = vec![("sign_on", entra(text!("entra-single-sign-on"))), ("saml", entra(text!("entra-saml")))];
    let without_gallery = rich_text(
        "setup-create-not-in-gallery-text",
        vec![
            ("create", entra(text!("entra-create-your-own"))),
            ("kind", entra(text!("entra-non-gallery"))),
            ("claim", code("email")),
            ("attributes", step_link(view.team.slug.as_str(), SetupStep::Attributes)),
        ],
    );
    let role = entra(text!("entra-role-application-administrator"));
    view! {
        <p>{rich_text("setup-create-intro", vec![("role", role)])}</p>
        <p class="cluster">
            {entra_link(EntraPage::Gallery, text!("setup-create-open-gallery"))}
            {entra_link(EntraPage::AllApplications, text!("setup-open-applications"))}
        </p>
        <ol class="stack stack--tight">
            <li>{rich_text("setup-create-browse", browse)}</li>
            <li>{rich_text("setup-create-search", search)}</li>
            <li>{rich_text("setup-create-open", open)}</li>
        </ol>
        <details>
            <summary>{text!("setup-create-not-in-gallery")}</summary>
            <p>{without_gallery}</p>
        </details>
        {confirm_step(view, SetupStep::Create)}
    }
}

pub fn blade() -> impl IntoView {
    let product = brand().product_name;
    view! {
        <Blade
            path=text!("entra-path-gallery")
            title=text!("entra-gallery-title")
            section=text!("entra-gallery-section")
            rows=vec![
                BladeRow::highlighted(text!("entra-search"), product.clone()),
                BladeRow::plain(text!("entra-result"), product),
                BladeRow::plain(text!("entra-button"), text!("entra-create")),
            ]
        />
    }
}
