//! Step 1: which identity provider it is, and an application there.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::{FormState, IdentityProvider, SetupStep, SetupView};

use super::frame::confirm_step;
use super::{guide, identity_provider};
use crate::components::blade::{Blade, BladeRow, code, entra};
use crate::components::layout::brand;
use crate::components::rich_text::rich_text;

pub fn step(view: &SetupView, form: FormState, provider: IdentityProvider) -> impl IntoView + use<> {
    let there = match provider {
        IdentityProvider::Entra => Either::Left(in_entra(view)),
        provider => Either::Right(guide::confirmed(view, SetupStep::Create, provider)),
    };
    view! {
        {identity_provider::section(view, form)}
        {there}
    }
}

fn in_entra(view: &SetupView) -> impl IntoView + use<> {
    let product = view! { <b>{brand().product_name}</b> }.into_any();
    let browse = vec![
        ("identity", entra(text!("entra-identity"))),
        ("applications", entra(text!("entra-applications"))),
        ("enterprise", entra(text!("entra-enterprise-applications"))),
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
        ],
    );
    let role = entra(text!("entra-role-application-administrator"));
    view! {
        <p>{rich_text("setup-create-intro", vec![("role", role)])}</p>
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
