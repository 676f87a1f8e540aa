//! Set up URLs, the identity provider's addresses to us.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::connection::field;
use model::login_url::AddressKind;
use model::{FieldProblem, FormState, IdentityProvider, SetupStep, SetupView, metadata_url};

use super::guide;
use crate::api::setup::{CheckLoginUrl, SaveUrls};
use crate::components::blade::{Blade, BladeRow, entra};
use crate::components::decision::digest_field;
use crate::components::form::TextField;
use crate::components::layout::brand;
use crate::components::rich_text::rich_text;
use crate::remediation::TeamValue;
use crate::routes;

/// What the drawing shows before the addresses are known.
const LOGIN_EXAMPLE: &str = "https://login.microsoftonline.com/…/saml2";
const ENTITY_ID_EXAMPLE: &str = "https://sts.windows.net/…/";

pub fn step(view: &SetupView, form: FormState, provider: IdentityProvider) -> impl IntoView + use<> {
    let idp = view.connection.idp.clone();
    let entity_id = idp.as_ref().map(|idp| idp.entity_id.clone()).unwrap_or_default();
    let sso_url = idp.as_ref().map(|idp| idp.sso_url.clone()).unwrap_or_default();
    let slo_url = idp.and_then(|idp| idp.slo_url).unwrap_or_default();
    let is_entra = provider == IdentityProvider::Entra;
    let there = match provider {
        IdentityProvider::Entra => Either::Left(in_entra()),
        provider => Either::Right(guide::idp_tasks(view, SetupStep::Urls, provider)),
    };
    let (login_hint, identifier_hint, logout) = if is_entra {
        (text!("setup-urls-login-hint"), text!("setup-urls-identifier-hint"), text!("entra-logout-url"))
    } else {
        (
            text!("setup-urls-login-hint.elsewhere"),
            text!("setup-urls-identifier-hint.elsewhere"),
            text!("setup-urls-logout"),
        )
    };
    view! {
        {there}
        {metadata_offer(view, &form)}
        <form method="post" action=SaveUrls::url() class="stack" novalidate>
            <input type="hidden" name="slug" value=view.team.slug.to_string() />
            {digest_field(&view.digests.urls)}
            <fieldset disabled=!view.editable class="stack">
                <TextField
                    form=form.clone()
                    name=field::SSO_URL
                    label=TeamValue::LoginUrl.name(provider)
                    hint=login_hint
                    value=sso_url
                    kind="url"
                />
                <TextField
                    form=form.clone()
                    name=field::IDP_ENTITY_ID
                    label=TeamValue::IdpEntityId.name(provider)
                    hint=identifier_hint
                    value=entity_id
                />
                <TextField form=form name=field::SLO_URL label=logout value=slo_url kind="url" optional=true />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("setup-save-and-continue")}
                    </button>
                    <button type="submit" class="button" formaction=CheckLoginUrl::url()>
                        {text!("setup-urls-check")}
                    </button>
                </div>
            </fieldset>
        </form>
    }
}

fn in_entra() -> impl IntoView {
    let section = entra(text!("entra-set-up", product = brand().product_name));
    view! { <p>{rich_text("setup-urls-intro", vec![("section", section)])}</p> }
}

/// A metadata address that was typed instead of a Login or Logout URL can be read at once.
fn metadata_offer(view: &SetupView, form: &FormState) -> Option<impl IntoView + use<>> {
    let is_metadata = |name: &&str| {
        matches!(
            form.problem(name),
            Some(
                FieldProblem::NotALoginUrl { kind: AddressKind::Metadata, .. }
                    | FieldProblem::NotALogoutUrl { kind: AddressKind::Metadata, .. }
            )
        )
    };
    let field = [field::SSO_URL, field::SLO_URL].into_iter().find(is_metadata)?;
    let address = form.value(field)?.trim().to_owned();
    Some(view! {
        <form
            method="post"
            action=routes::upload_certificate(view.team.slug.as_str())
            enctype="multipart/form-data"
            class="notice notice--info stack stack--tight"
        >
            <strong>{text!("setup-urls-metadata")}</strong>
            <p>{text!("setup-urls-metadata.text")}</p>
            <input type="hidden" name=metadata_url::FIELD value=address />
            <div class="form-actions">
                <button type="submit" class="button" disabled=!view.editable>
                    {text!("setup-urls-metadata-read")}
                </button>
            </div>
        </form>
    })
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let idp = view.connection.idp.clone();
    let login = idp.as_ref().map_or_else(|| LOGIN_EXAMPLE.to_owned(), |idp| idp.sso_url.clone());
    let entity_id = idp.as_ref().map_or_else(|| ENTITY_ID_EXAMPLE.to_owned(), |idp| idp.entity_id.clone());
    let logout = idp.and_then(|idp| idp.slo_url).unwrap_or_else(|| LOGIN_EXAMPLE.to_owned());
    view! {
        <Blade
            path=text!("entra-path-single-sign-on")
            title=text!("entra-saml-title")
            section=text!("entra-saml-section-4")
            rows=vec![
                BladeRow::highlighted(text!("entra-login-url"), login),
                BladeRow::highlighted(text!("entra-entra-identifier"), entity_id),
                BladeRow::plain(text!("entra-logout-url"), logout),
            ]
        />
    }
}
