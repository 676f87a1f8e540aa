//! `/teams/{slug}/setup/options`: what is optional in SAML, below the eight steps.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::options::{NameIdFormat, SsoBinding, field};
use model::{FormState, IdentityProvider, SetupView, SpKeyState};

use super::frame::{page_head, rail};
use super::guide::provider_of;
use super::{keys, param};
use crate::api::setup::{SaveEmailDomains, SaveOptions, load_setup};
use crate::components::blade::{Blade, BladeRow, entra};
use crate::components::choice::{CheckBox, Select};
use crate::components::decision::digest_field;
use crate::components::form::TextField;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::form_or_notice;
use crate::components::rich_text::rich_text;
use crate::remediation::provider_name;

/// The options and the team's own keys.
#[component]
pub fn Options() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let form = form_or_notice("options").await;
        Ok((form, load_setup(slug).await?))
    };
    let content = loaded(load, |(form, view)| page(form, view));
    view! { <Page title=text!("setup-options-title")>{content}</Page> }
}

pub(super) fn page(form: FormState, view: SetupView) -> impl IntoView {
    view! {
        <div class="wizard">
            <nav class="wizard__rail" aria-label=text!("setup-rail-label")>
                {rail(None, &view)}
            </nav>
            <div class="wizard__main stack">
                {page_head(None, &text!("setup-options-title"), &form, &view)} <p>{text!("setup-options-intro")}</p>
                {options_form(form.clone(), &view)} {domains_form(form, &view)} {keys::section(&view)}
            </div>
            {(provider_of(&view) == IdentityProvider::Entra).then(|| blade(&view))}
        </div>
    }
}

fn options_form(form: FormState, view: &SetupView) -> impl IntoView + use<> {
    let saved = view.connection.options.clone();
    let provider = provider_of(view);
    let has_key = view.key(SpKeyState::Current).is_some();
    let binding = view.connection.idp.as_ref().map(|idp| binding(&form, idp.sso_binding));
    let context = saved.authn_context.map(String::from).unwrap_or_default();
    view! {
        <form method="post" action=SaveOptions::url() class="stack" novalidate>
            <input type="hidden" name="slug" value=view.team.slug.to_string() />
            {digest_field(&view.digests.options)}
            <fieldset disabled=!view.editable class="stack">
                {sign_requests(&form, saved.sign_requests, has_key, provider)}
                <CheckBox
                    form=form.clone()
                    name=field::FORCE_AUTHN
                    label=text!("setup-options-force-authn")
                    checked=saved.force_authn
                >
                    <p>{text!("setup-options-force-authn.hint")}</p>
                </CheckBox>
                {name_id(&form, saved.name_id_format, provider)}
                <TextField
                    form=form.clone()
                    name=field::AUTHN_CONTEXT
                    label=text!("setup-options-authn-context")
                    hint=text!("setup-options-authn-context.hint")
                    value=context
                    optional=true
                />
                {binding}
                {idp_initiated(&form, saved.allow_idp_initiated, provider)}
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("setup-options-save")}
                    </button>
                </div>
            </fieldset>
        </form>
    }
}

/// A hint in Entra's names, or in general words for another identity provider.
fn hint_of(provider: IdentityProvider, in_entra: impl IntoView, elsewhere: String) -> AnyView {
    match provider {
        IdentityProvider::Entra => in_entra.into_any(),
        _ => elsewhere.into_any(),
    }
}

fn sign_requests(form: &FormState, saved: bool, has_key: bool, provider: IdentityProvider) -> impl IntoView + use<> {
    let names = vec![
        ("setting", entra(text!("entra-require-verification"))),
        ("sign_on_url", entra(text!("entra-sign-on-url"))),
    ];
    let elsewhere = text!("setup-options-sign-requests-hint-elsewhere", provider = provider_name(provider));
    let hint = hint_of(provider, rich_text("setup-options-sign-requests-hint", names), elsewhere);
    view! {
        <CheckBox
            form=form.clone()
            name=field::SIGN_REQUESTS
            label=text!("setup-options-sign-requests")
            checked=saved
        >
            <p>{hint}</p>
            {(!has_key).then(|| text!("setup-options-sign-requests.no-key"))}
        </CheckBox>
    }
}

/// A form of its own: it says who may sign in, not how.
fn domains_form(form: FormState, view: &SetupView) -> impl IntoView + use<> {
    let domains = String::from(view.connection.options.email_domains.clone());
    view! {
        <section class="card stack">
            <h2 class="card__title">{text!("setup-options-domains-title")}</h2>
            <form method="post" action=SaveEmailDomains::url() class="stack" novalidate>
                <input type="hidden" name="slug" value=view.team.slug.to_string() />
                {digest_field(&view.digests.email_domains)}
                <fieldset disabled=!view.editable class="stack">
                    <TextField
                        form=form
                        name=field::EMAIL_DOMAINS
                        label=text!("setup-options-domains")
                        hint=text!("setup-options-domains.hint")
                        value=domains
                        optional=true
                    />
                    <div class="form-actions">
                        <button type="submit" class="button button--primary">
                            {text!("setup-options-domains-save")}
                        </button>
                    </div>
                </fieldset>
            </form>
        </section>
    }
}

fn name_id(form: &FormState, saved: Option<NameIdFormat>, provider: IdentityProvider) -> impl IntoView + use<> {
    let label = |format| match format {
        NameIdFormat::Persistent => text!("setup-options-name-id-persistent"),
        NameIdFormat::EmailAddress => text!("setup-options-name-id-email"),
        NameIdFormat::Unspecified => text!("setup-options-name-id-unspecified"),
    };
    let mut choices = vec![("", text!("setup-options-name-id-default"))];
    choices.extend(NameIdFormat::ALL.iter().map(|format| (format.as_str(), label(*format))));
    let value = saved.map(NameIdFormat::as_str).unwrap_or_default();
    let names = vec![("section", entra(text!("entra-attributes")))];
    let elsewhere = text!("setup-options-name-id-hint-elsewhere", provider = provider_name(provider));
    let hint = hint_of(provider, rich_text("setup-options-name-id-hint", names), elsewhere);
    view! {
        <Select form=form.clone() name=field::NAME_ID_FORMAT label=text!("setup-options-name-id") choices=choices value=value>
            <p>{hint}</p>
        </Select>
    }
}

fn binding(form: &FormState, saved: SsoBinding) -> impl IntoView + use<> {
    // the names of the specification, in every language
    let choices = vec![(SsoBinding::Redirect.as_str(), "HTTP-Redirect"), (SsoBinding::Post.as_str(), "HTTP-POST")];
    view! {
        <Select
            form=form.clone()
            name=field::SSO_BINDING
            label=text!("setup-options-binding")
            choices=choices
            value=saved.as_str()
        >
            <p>{text!("setup-options-binding.hint")}</p>
        </Select>
    }
}

fn idp_initiated(form: &FormState, saved: bool, provider: IdentityProvider) -> impl IntoView + use<> {
    let names = vec![("sign_on_url", entra(text!("entra-sign-on-url")))];
    let elsewhere = text!("setup-options-idp-initiated-hint-elsewhere", provider = provider_name(provider));
    let hint = hint_of(provider, rich_text("setup-options-idp-initiated-hint", names), elsewhere);
    view! {
        <CheckBox
            form=form.clone()
            name=field::ALLOW_IDP_INITIATED
            label=text!("setup-options-idp-initiated")
            checked=saved
        >
            <p>{hint}</p>
        </CheckBox>
    }
}

fn blade(view: &SetupView) -> impl IntoView + use<> {
    let thumbprint = view.key(SpKeyState::Current).map(|key| key.thumbprint_sha1.clone());
    let thumbprint = thumbprint.unwrap_or_else(|| text!("setup-options-no-key"));
    view! {
        <Blade
            path=text!("entra-path-single-sign-on")
            title=text!("entra-saml-title")
            section=text!("entra-saml-section-3")
            rows=vec![
                BladeRow::plain(text!("entra-verification-certificates"), text!("entra-edit")),
                BladeRow::plain(text!("entra-verification-required"), text!("entra-verification-not-required")),
                BladeRow::plain(text!("entra-verification-active"), thumbprint),
            ]
            note=text!("setup-options-note")
        />
    }
}
