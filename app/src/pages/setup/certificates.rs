//! Step 4: SAML Certificates, Entra's certificate to us.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::setup::AddressesFound;
use model::{CertificateView, FormState, SetupStep, SetupView, metadata_url};

use crate::api::setup::RemoveCertificate;
use crate::components::blade::{Blade, Row};
use crate::components::connection::certificate_facts;
use crate::components::form::{TextArea, TextField, described_by, field_problem};
use crate::islands::CertificateDrop;
use crate::routes;

pub fn step(view: &SetupView, form: &FormState) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    let editable = view.editable;
    let present =
        view.connection.certificates.iter().map(|certificate| listed(certificate, &slug, editable)).collect_view();
    let some = !view.connection.certificates.is_empty();
    let next = some.then(|| {
        view! {
            <p>
                <a class="button button--primary" href=routes::setup_after(&slug, SetupStep::Certificates)>
                    "Continue"
                </a>
            </p>
        }
    });
    view! {
        <p>
            "In " <span class="entra">"SAML Certificates"</span> ", find " <span class="entra">"Certificate (Raw)"</span>
            " and choose " <span class="entra">"Download"</span> ". Upload that file here. Certificate (Base64) and Federation Metadata XML work as well, or the address under "
            <span class="entra">"App Federation Metadata Url"</span> "."
        </p>
        {form.value(AddressesFound::FIELD).and_then(AddressesFound::parse).map(|found| addresses(found, &slug))}
        {notes(form)}
        <div class="stack">{present}</div>
        {next}
        <form method="post" action=routes::upload_certificate(&slug) enctype="multipart/form-data" class="card stack">
            <fieldset disabled=!editable class="stack">
                <div class="field">
                    {field_problem(form, "file")}
                    <CertificateDrop described_by=described_by(form, "file", false) invalid=form.problem("file").is_some() />
                </div>
                {address_field(view, form)}
                <details open=form.value("text").is_some_and(|text| !text.is_empty()) || form.problem("text").is_some()>
                    <summary>"Paste it instead"</summary>
                    <TextArea
                        form=form.clone()
                        name="text"
                        label="Certificate or metadata as text"
                        hint="The whole text of Certificate (Base64) or Federation Metadata XML."
                        rows=6
                    />
                </details>
                <div class="form-actions">
                    <button type="submit" class="button" class=("button--primary", !some)>
                        {if some { "Add another certificate" } else { "Add certificate" }}
                    </button>
                </div>
            </fieldset>
        </form>
        {some
            .then(|| {
                view! {
                    <p class="field__hint">
                        "Any certificate listed here may sign. Before Entra's certificate runs out, upload the next one beside it, so that nothing stops at the change."
                    </p>
                }
            })}
    }
}

/// Where the metadata is, instead of a file: as it was typed, or as it is known.
fn address_field(view: &SetupView, form: &FormState) -> impl IntoView + use<> {
    let known = view.connection.metadata_url.clone();
    let tenant_wide = known.as_deref().is_some_and(metadata_url::is_tenant_wide);
    let warning = tenant_wide.then(|| {
        view! {
            <div class="notice notice--warning">
                <strong>"This address is the whole tenant's"</strong>
                <p>
                    "Without " <code>"?appid="</code>
                    " at its end, its metadata may list other certificates than the one that your application signs with. Compare the thumbprints with Entra's, or copy "
                    <span class="entra">"App Federation Metadata Url"</span>
                    " from your application's Single sign-on page."
                </p>
            </div>
        }
    });
    view! {
        <TextField
            form=form.clone()
            name=metadata_url::FIELD
            label="App Federation Metadata URL"
            hint="We read certificates and addresses there when you add it. Later changes are not taken over by themselves: add the next certificate here, too."
            value=known.unwrap_or_default()
            kind="url"
            optional=true
        />
        {warning}
    }
}

/// What became of the addresses in uploaded metadata.
fn addresses(found: AddressesFound, slug: &str) -> impl IntoView + use<> {
    let (kind, title, text) = match found {
        AddressesFound::Filled => (
            "success",
            "The addresses are filled in, too",
            "The metadata names Login URL, Microsoft Entra Identifier and Logout URL. Look at them in the step ",
        ),
        AddressesFound::Differ => (
            "warning",
            "The metadata names other addresses",
            "What was entered before stays. If the metadata is right, correct them in the step ",
        ),
    };
    view! {
        <div class=format!("notice notice--{kind}")>
            <strong>{title}</strong>
            <p>
                {text} <a href=routes::setup(slug, SetupStep::Urls)>{SetupStep::Urls.title()}</a> "."
            </p>
        </div>
    }
}

/// What of an upload was not used, while the rest was.
fn notes(form: &FormState) -> impl IntoView + use<> {
    let lines = form.notes.iter().map(|note| view! { <li>{format!("{note}.")}</li> }).collect_view();
    (!form.notes.is_empty()).then(|| {
        view! {
            <div class="notice notice--warning">
                <strong>"Not everything in the upload was used as it is"</strong>
                <ul>{lines}</ul>
            </div>
        }
    })
}

fn listed(certificate: &CertificateView, slug: &str, editable: bool) -> impl IntoView + use<> {
    let remove = editable.then(|| {
        view! {
            <details>
                <summary>"Remove this certificate"</summary>
                <form method="post" action=RemoveCertificate::url() class="stack stack--tight">
                    <p>"Responses signed with it will be refused once this is live."</p>
                    <input type="hidden" name="slug" value=slug.to_owned() />
                    <input type="hidden" name="certificate" value=certificate.id.to_string() />
                    <div class="form-actions">
                        <button type="submit" class="button button--danger">
                            "Remove"
                        </button>
                    </div>
                </form>
            </details>
        }
    });
    view! {
        <div class="card stack stack--tight">
            {certificate_facts(certificate, false)}
            {remove}
        </div>
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let first = view.connection.certificates.first();
    let thumbprint =
        first.map_or_else(|| "compare it after the upload".to_owned(), |first| first.thumbprint_sha1.clone());
    let expires = first.map_or_else(
        || "three years after it was made".to_owned(),
        |first| first.not_after.format("%-m/%-d/%Y").to_string(),
    );
    view! {
        <Blade
            path="Enterprise applications > Single sign-on"
            title="SAML-based Sign-on"
            section="3  SAML Certificates"
            rows=vec![
                Row::new("Status", "Active"),
                Row::new("Thumbprint", thumbprint),
                Row::new("Expiration", expires),
                Row::new("App Federation Metadata Url", "Copy"),
                Row::new("Certificate (Base64)", "Download"),
                Row::now("Certificate (Raw)", "Download"),
                Row::new("Federation Metadata XML", "Download"),
            ]
            note="Grey downloads mean that step 2 is not saved in Entra yet."
        />
    }
}
