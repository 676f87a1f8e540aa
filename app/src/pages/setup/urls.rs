//! Step 5: Set up URLs, Entra's addresses to us.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::connection::field;
use model::{FormState, SetupView};

use crate::api::setup::SaveUrls;
use crate::components::blade::{Blade, Row};
use crate::components::form::TextField;
use crate::components::layout::brand;

pub fn step(view: &SetupView, form: FormState) -> impl IntoView + use<> {
    let idp = view.connection.idp.clone();
    let entity_id = idp.as_ref().map(|idp| idp.entity_id.clone()).unwrap_or_default();
    let sso_url = idp.as_ref().map(|idp| idp.sso_url.clone()).unwrap_or_default();
    let slo_url = idp.and_then(|idp| idp.slo_url).unwrap_or_default();
    let product = brand().product_name;
    view! {
        <p>
            "In the section " <span class="entra">"Set up " {product}</span>
            " Entra shows three addresses with a copy button each. Paste them here."
        </p>
        <form method="post" action=SaveUrls::url() class="stack" novalidate>
            <input type="hidden" name="slug" value=view.team.slug.to_string() />
            <fieldset disabled=!view.editable class="stack">
                <TextField form=form.clone() name=field::SSO_URL label="Login URL" hint="Begins with https://login.microsoftonline.com/" value=sso_url kind="url" />
                <TextField form=form.clone() name=field::IDP_ENTITY_ID label="Microsoft Entra Identifier" hint="Begins with https://sts.windows.net/ and ends with a slash, unless the application's ID is appended to it" value=entity_id />
                <TextField form=form name=field::SLO_URL label="Logout URL" value=slo_url kind="url" optional=true />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Save and continue"
                    </button>
                </div>
            </fieldset>
        </form>
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let idp = view.connection.idp.clone();
    let login =
        idp.as_ref().map_or_else(|| "https://login.microsoftonline.com/…/saml2".to_owned(), |idp| idp.sso_url.clone());
    let entity_id = idp.as_ref().map_or_else(|| "https://sts.windows.net/…/".to_owned(), |idp| idp.entity_id.clone());
    let logout =
        idp.and_then(|idp| idp.slo_url).unwrap_or_else(|| "https://login.microsoftonline.com/…/saml2".to_owned());
    view! {
        <Blade
            path="Enterprise applications > Single sign-on"
            title="SAML-based Sign-on"
            section="4  Set up the application"
            rows=vec![
                Row::now("Login URL", login),
                Row::now("Microsoft Entra Identifier", entity_id),
                Row::new("Logout URL", logout),
            ]
        />
    }
}
