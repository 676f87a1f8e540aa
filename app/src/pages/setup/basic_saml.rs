//! Step 2: Basic SAML Configuration, our values into Entra.

use leptos::prelude::*;
use model::{SetupStep, SetupView};

use super::confirm;
use crate::components::blade::{Blade, Row};
use crate::components::copy::Copy;

pub fn step(view: &SetupView) -> impl IntoView + use<> {
    let endpoints = view.team.endpoints.clone();
    view! {
        <p>
            "On " <span class="entra">"Set up single sign-on with SAML"</span> ", choose the pencil of "
            <span class="entra">"Basic SAML Configuration"</span> " and paste these values."
        </p>
        <Copy label="Identifier (Entity ID)" value=endpoints.identifier />
        <Copy label="Reply URL (Assertion Consumer Service URL)" value=endpoints.reply_url />
        <Copy label="Sign on URL" value=endpoints.sign_on_url />
        <Copy label="Logout Url (Optional)" value=endpoints.logout_url />
        <p>
            "Mark the first two as default, leave " <span class="entra">"Relay State"</span> " empty, and choose " <span class="entra">"Save"</span>
            ". With the Logout Url, whoever signs out at Microsoft is signed out here as well. The certificate downloads of step 4 stay grey until this is saved."
        </p>
        <div class="card">
            <h2 class="card__title">"Or upload them at once"</h2>
            <p>
                <a href=endpoints.metadata_url download>"Download the metadata file"</a> " and choose "
                <span class="entra">"Upload metadata file"</span>
                " in Entra. Then add the Sign on URL by hand: the file cannot carry it."
            </p>
        </div>
        {confirm(view, SetupStep::BasicSaml, "Saved in Entra")}
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let endpoints = view.team.endpoints.clone();
    view! {
        <Blade
            path="Enterprise applications > Single sign-on"
            title="SAML-based Sign-on"
            section="1  Basic SAML Configuration"
            rows=vec![
                Row::now("Identifier (Entity ID)", endpoints.identifier),
                Row::now("Reply URL", endpoints.reply_url),
                Row::now("Sign on URL", endpoints.sign_on_url),
                Row::new("Relay State (Optional)", "Optional"),
                Row::now("Logout Url (Optional)", endpoints.logout_url),
            ]
            note="Capital letters and slashes count: copy, do not type."
        />
    }
}
