//! `/teams/{slug}/setup/options`: what is optional in SAML, below the eight steps.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::options::{NameIdFormat, SsoBinding, field};
use model::{FormState, SetupView, SpKeyState};

use super::{keys, page_head, param, rail};
use crate::api::setup::{SaveEmailDomains, SaveOptions, load_setup};
use crate::components::blade::{Blade, Row};
use crate::components::choice::{CheckBox, Select};
use crate::components::form::TextField;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::form_or_notice;

const TITLE: &str = "Sign-in options";

/// The options and the team's own keys.
#[component]
pub fn Options() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let form = form_or_notice("options").await;
        Ok((form, load_setup(slug).await?))
    };
    let content = loaded(load, |(form, view)| page(form, view));
    view! { <Page title=TITLE>{content}</Page> }
}

pub(super) fn page(form: FormState, view: SetupView) -> impl IntoView {
    view! {
        <div class="wizard">
            <nav class="wizard__rail" aria-label="Steps of the set-up">
                {rail(None, &view)}
            </nav>
            <div class="wizard__main stack">
                {page_head(TITLE, &form, &view)}
                <p>
                    "Most teams need none of this. Each option is part of the revision: it can be tested before it goes live."
                </p>
                {options_form(form.clone(), &view)} {domains_form(form, &view)} {keys::section(&view)}
            </div>
            {blade(&view)}
        </div>
    }
}

fn options_form(form: FormState, view: &SetupView) -> impl IntoView + use<> {
    let saved = view.connection.options.clone();
    let has_key = view.key(SpKeyState::Current).is_some();
    let binding = view.connection.idp.as_ref().map(|idp| binding(&form, idp.sso_binding));
    let context = saved.authn_context.map(String::from).unwrap_or_default();
    view! {
        <form method="post" action=SaveOptions::url() class="stack" novalidate>
            <input type="hidden" name="slug" value=view.team.slug.to_string() />
            <fieldset disabled=!view.editable class="stack">
                <CheckBox form=form.clone() name=field::SIGN_REQUESTS label="Sign requests" checked=saved.sign_requests>
                    <p>
                        "Entra checks the signature only when " <span class="entra">"Require verification certificates"</span>
                        " is on. It then refuses what is not signed: the My Apps tile and other sign-ins that begin at Entra stop, unless "
                        <span class="entra">"Sign on URL"</span> " is filled in and they begin here."
                    </p>
                    {(!has_key).then_some("Needs a key: create one below first.")}
                </CheckBox>
                <CheckBox form=form.clone() name=field::FORCE_AUTHN label="Ask people to authenticate again every time" checked=saved.force_authn>
                    <p>"Sends ForceAuthn. Without it, people who are signed in at Microsoft already pass without a question."</p>
                </CheckBox>
                {name_id(&form, saved.name_id_format)}
                <TextField
                    form=form.clone()
                    name=field::AUTHN_CONTEXT
                    label="Requested authentication context"
                    hint="Leave it empty with Entra: whoever signed in another way, for instance with a passkey or Windows Hello, is refused with AADSTS75011. Use Conditional Access to ask for a second factor."
                    value=context
                    optional=true
                />
                {binding}
                {idp_initiated(&form, saved.allow_idp_initiated)}
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Save"
                    </button>
                </div>
            </fieldset>
        </form>
    }
}

/// A form of its own: it says who may sign in, not how.
fn domains_form(form: FormState, view: &SetupView) -> impl IntoView + use<> {
    let domains = String::from(view.connection.options.email_domains.clone());
    view! {
        <section class="card stack">
            <h2 class="card__title">"Who may sign in"</h2>
            <form method="post" action=SaveEmailDomains::url() class="stack" novalidate>
                <input type="hidden" name="slug" value=view.team.slug.to_string() />
                <fieldset disabled=!view.editable class="stack">
                    <TextField
                        form=form
                        name=field::EMAIL_DOMAINS
                        label="E-mail domains"
                        hint="Such as contoso.com, contoso.de. Whoever has another address is refused, guests too. Leave it empty to let everybody in whom Entra sends."
                        value=domains
                        optional=true
                    />
                    <div class="form-actions">
                        <button type="submit" class="button button--primary">
                            "Save"
                        </button>
                    </div>
                </fieldset>
            </form>
        </section>
    }
}

fn name_id(form: &FormState, saved: Option<NameIdFormat>) -> impl IntoView + use<> {
    let words = |format| match format {
        NameIdFormat::Persistent => "Persistent",
        NameIdFormat::EmailAddress => "Email address",
        NameIdFormat::Unspecified => "Unspecified",
    };
    let mut choices = vec![("", "As Entra is configured")];
    choices.extend(NameIdFormat::ALL.iter().map(|format| (format.as_str(), words(*format))));
    let value = saved.map(NameIdFormat::as_str).unwrap_or_default();
    view! {
        <Select form=form.clone() name=field::NAME_ID_FORMAT label="Name identifier format" choices=choices value=value>
            <p>
                "What is asked for here overrides the format chosen in " <span class="entra">"Attributes & Claims"</span> "."
            </p>
        </Select>
    }
}

fn binding(form: &FormState, saved: SsoBinding) -> impl IntoView + use<> {
    let choices = vec![(SsoBinding::Redirect.as_str(), "HTTP-Redirect"), (SsoBinding::Post.as_str(), "HTTP-POST")];
    view! {
        <Select form=form.clone() name=field::SSO_BINDING label="How requests are sent" choices=choices value=saved.as_str()>
            <p>"Entra takes both. HTTP-POST is for identity providers that take nothing else."</p>
        </Select>
    }
}

fn idp_initiated(form: &FormState, saved: bool) -> impl IntoView + use<> {
    view! {
        <CheckBox
            form=form.clone()
            name=field::ALLOW_IDP_INITIATED
            label="Allow sign-ins that begin at the identity provider"
            checked=saved
        >
            <p>
                "Less safe: a response that nobody here asked for can be somebody else's, slipped in. We therefore ask each person whether they want to go on. Better: fill in "
                <span class="entra">"Sign on URL"</span> " in Entra, and the My Apps tile begins here."
            </p>
        </CheckBox>
    }
}

fn blade(view: &SetupView) -> impl IntoView + use<> {
    let thumbprint = view.key(SpKeyState::Current).map(|key| key.thumbprint_sha1.clone());
    let thumbprint = thumbprint.unwrap_or_else(|| "no key created yet".to_owned());
    view! {
        <Blade
            path="Enterprise applications > Single sign-on"
            title="SAML-based Sign-on"
            section="3  SAML Certificates"
            rows=vec![
                Row::new("Verification certificates (optional)", "Edit"),
                Row::new("Required", "No"),
                Row::new("Active", thumbprint),
            ]
            note="Token encryption is a blade of its own: Enterprise applications > your application > Security > Token encryption."
        />
    }
}
