//! Basic SAML Configuration, our values into the identity provider.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::{IdentityProvider, SetupStep, SetupView};

use super::frame::{confirm_step, step_link};
use super::guide;
use crate::components::blade::{Blade, BladeRow, EntraPage, entra, entra_link};
use crate::components::copy::Copy;
use crate::components::rich_text::rich_text;

pub fn step(view: &SetupView, provider: IdentityProvider) -> impl IntoView + use<> {
    match provider {
        IdentityProvider::Entra => Either::Left(in_entra(view)),
        provider => Either::Right(guide::confirmed(view, SetupStep::BasicSaml, provider)),
    }
}

fn in_entra(view: &SetupView) -> impl IntoView + use<> {
    let endpoints = view.team.endpoints.clone();
    let intro = rich_text(
        "setup-basic-saml-intro",
        vec![("page", entra(text!("entra-set-up-saml"))), ("section", entra(text!("entra-basic-saml")))],
    );
    let after = rich_text(
        "setup-basic-saml-after",
        vec![
            ("relay_state", entra(text!("entra-relay-state"))),
            ("save", entra(text!("entra-save"))),
            ("certificates", step_link(view.team.slug.as_str(), SetupStep::Certificates)),
        ],
    );
    let download = view! { <a href=endpoints.metadata_url download>{text!("setup-basic-saml-download")}</a> };
    let upload = rich_text(
        "setup-basic-saml-upload-text",
        vec![("download", download.into_any()), ("upload", entra(text!("entra-upload-metadata")))],
    );
    view! {
        <p>{intro}</p>
        <p>{entra_link(EntraPage::AllApplications, text!("setup-open-applications"))}</p>
        <Copy label=text!("entra-identifier") value=endpoints.identifier />
        <Copy label=text!("entra-reply-url-long") value=endpoints.reply_url />
        <Copy label=text!("entra-sign-on-url") value=endpoints.sign_on_url />
        <Copy label=text!("entra-logout-url-optional") value=endpoints.logout_url />
        <p>{after}</p>
        <div class="card">
            <h2 class="card__title">{text!("setup-basic-saml-upload")}</h2>
            <p>{upload}</p>
        </div>
        {confirm_step(view, SetupStep::BasicSaml)}
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let endpoints = view.team.endpoints.clone();
    view! {
        <Blade
            path=text!("entra-path-single-sign-on")
            title=text!("entra-saml-title")
            section=text!("entra-saml-section-1")
            rows=vec![
                BladeRow::highlighted(text!("entra-identifier"), endpoints.identifier),
                BladeRow::highlighted(text!("entra-reply-url"), endpoints.reply_url),
                BladeRow::highlighted(text!("entra-sign-on-url"), endpoints.sign_on_url),
                BladeRow::plain(text!("entra-relay-state-optional"), text!("entra-optional")),
                BladeRow::highlighted(text!("entra-logout-url-optional"), endpoints.logout_url),
            ]
            note=text!("setup-basic-saml-note")
        />
    }
}
