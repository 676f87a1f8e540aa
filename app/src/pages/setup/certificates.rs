//! SAML Certificates, the identity provider's certificate to us.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::{Text as _, text};
use model::setup::AddressesFound;
use model::{
    CertificateKind, CertificateUse, CertificateView, FormState, IdentityProvider, SetupStep, SetupView, metadata_url,
};

use super::frame::step_link;
use super::guide;
use crate::api::setup::RemoveCertificate;
use crate::components::blade::{Blade, BladeRow, code, entra};
use crate::components::connection::certificate_facts;
use crate::components::form::{TextArea, TextField, described_by, field_problem, set_missing_text};
use crate::components::rich_text::rich_text;
use crate::components::status::badge;
use crate::components::time::moment;
use crate::islands::{CertificateDrop, CertificateDropText};
use crate::routes;

pub fn step(view: &SetupView, form: &FormState, provider: IdentityProvider) -> impl IntoView + use<> {
    let slug = view.team.slug.to_string();
    let editable = view.editable;
    let use_of = |certificate: &CertificateView| {
        view.certificate_uses.iter().find(|(id, _)| *id == certificate.id).map(|(_, certificate_use)| *certificate_use)
    };
    let certificates = view.connection.certificates.iter();
    let present =
        certificates.map(|certificate| listed(certificate, use_of(certificate), &slug, editable)).collect_view();
    let some = !view.connection.certificates.is_empty();
    let next = some.then(|| {
        // metadata fills in the addresses as well: a step that is done is skipped
        let next = routes::setup(&slug, view.next_after(SetupStep::Certificates));
        view! {
            <p class="form-actions">
                <a class="button button--primary" href=next>
                    {text!("setup-step-done")}
                </a>
            </p>
        }
    });
    let there = match provider {
        IdentityProvider::Entra => Either::Left(in_entra()),
        provider => Either::Right(guide::idp_tasks(view, SetupStep::Certificates, provider)),
    };
    view! {
        {there}
        {form.value(AddressesFound::FIELD).and_then(AddressesFound::parse).map(|found| addresses(found, &slug))}
        {notes(form)}
        <div class="stack">{present}</div>
        {next}
        {upload_form(view, form, provider)}
        {some.then(|| view! { <p class="field__hint">{text!("setup-certificates-several")}</p> })}
    }
}

fn in_entra() -> impl IntoView {
    let intro = vec![
        ("section", entra(text!("entra-certificates"))),
        ("raw", entra(text!("entra-certificate-raw"))),
        ("download", entra(text!("entra-download"))),
        ("base64", entra(text!("entra-certificate-base64"))),
        ("metadata", entra(text!("entra-metadata-xml"))),
        ("address", entra(text!("entra-metadata-url"))),
    ];
    view! { <p>{rich_text("setup-certificates-intro", intro)}</p> }
}

fn upload_form(view: &SetupView, form: &FormState, provider: IdentityProvider) -> impl IntoView + use<> {
    let some = !view.connection.certificates.is_empty();
    set_missing_text(form, "file", || text!("setup-file-missing"));
    let (described_by, invalid) = (described_by(form, "file", false), form.problem("file").is_some());
    let pasted = form.value("text").is_some_and(|text| !text.is_empty()) || form.problem("text").is_some();
    let label = if some { text!("setup-certificates-add-another") } else { text!("setup-certificates-add") };
    view! {
        <form
            method="post"
            action=routes::upload_certificate(view.team.slug.as_str())
            enctype="multipart/form-data"
            class="card stack"
        >
            <fieldset disabled=!view.editable class="stack">
                {address_field(view, form, provider)}
                <p class="or">{text!("setup-certificates-or")}</p>
                <div class="field">
                    {field_problem(form, "file")} <CertificateDrop described_by invalid text=drop_text(provider) />
                </div>
                <details open=pasted>
                    <summary>{text!("setup-certificates-paste")}</summary>
                    <TextArea
                        form=form.clone()
                        name="text"
                        label=text!("setup-certificates-paste.label")
                        hint=text!("setup-certificates-paste.hint")
                        rows=6
                    />
                </details>
                <div class="form-actions">
                    <button type="submit" class="button" class=("button--primary", !some)>
                        {label}
                    </button>
                </div>
            </fieldset>
        </form>
    }
}

/// What the drop zone says of files before they are sent: Entra has names of its own for them.
fn drop_text(provider: IdentityProvider) -> CertificateDropText {
    let is_entra = provider == IdentityProvider::Entra;
    let kind = |kind: CertificateKind| match kind {
        CertificateKind::Der if is_entra => text!("setup-file-der"),
        CertificateKind::Pem if is_entra => text!("setup-file-pem"),
        CertificateKind::Metadata if is_entra => text!("setup-file-metadata"),
        CertificateKind::Der => text!("setup-file-der.elsewhere"),
        CertificateKind::Pem => text!("setup-file-pem.elsewhere"),
        CertificateKind::Metadata => text!("setup-file-metadata.elsewhere"),
        refused => refused.text(),
    };
    CertificateDropText {
        label: text!("setup-file-label"),
        hint: text!("setup-file-hint"),
        too_large: text!("setup-file-too-large"),
        unreadable: text!("setup-file-unreadable"),
        kinds: CertificateKind::ALL.map(kind).to_vec(),
    }
}

/// Where the metadata is, instead of a file: as it was typed, or as it is known.
fn address_field(view: &SetupView, form: &FormState, provider: IdentityProvider) -> impl IntoView + use<> {
    let label = match provider {
        IdentityProvider::Entra => text!("setup-certificates-address"),
        _ => text!("setup-certificates-address.elsewhere"),
    };
    let known = view.connection.metadata_url.clone();
    let tenant_wide = known.as_deref().is_some_and(metadata_url::is_tenant_wide);
    let warning = tenant_wide.then(|| {
        let explanation = vec![("parameter", code("?appid=")), ("address", entra(text!("entra-metadata-url")))];
        view! {
            <div class="notice notice--warning">
                <strong>{text!("setup-certificates-tenant-wide")}</strong>
                <p>{rich_text("setup-certificates-tenant-wide-text", explanation)}</p>
            </div>
        }
    });
    view! {
        <TextField
            form=form.clone()
            name=metadata_url::FIELD
            label=label
            hint=text!("setup-certificates-address.hint")
            value=known.unwrap_or_default()
            kind="url"
            optional=true
        />
        {warning}
    }
}

/// What became of the addresses in uploaded metadata.
fn addresses(found: AddressesFound, slug: &str) -> impl IntoView + use<> {
    let step = step_link(slug, SetupStep::Urls);
    let (kind, title, explanation) = match found {
        AddressesFound::Filled => (
            "success",
            text!("setup-certificates-addresses-filled"),
            rich_text("setup-certificates-addresses-filled-text", vec![("step", step)]).into_any(),
        ),
        AddressesFound::Differ => (
            "warning",
            text!("setup-certificates-addresses-differ"),
            rich_text("setup-certificates-addresses-differ-text", vec![("step", step)]).into_any(),
        ),
    };
    view! {
        <div class=format!("notice notice--{kind}")>
            <strong>{title}</strong>
            <p>{explanation}</p>
        </div>
    }
}

/// What of an upload was not used, while the rest was.
fn notes(form: &FormState) -> impl IntoView + use<> {
    let lines = form.notes.iter().map(|note| view! { <li>{format!("{}.", note.text())}</li> }).collect_view();
    (!form.notes.is_empty()).then(|| {
        view! {
            <div class="notice notice--warning">
                <strong>{text!("setup-certificates-notes")}</strong>
                <ul>{lines}</ul>
            </div>
        }
    })
}

fn listed(
    certificate: &CertificateView,
    certificate_use: Option<CertificateUse>,
    slug: &str,
    editable: bool,
) -> impl IntoView + use<> {
    let remove = editable.then(|| {
        view! {
            <details>
                <summary>{text!("setup-certificates-remove")}</summary>
                <form method="post" action=RemoveCertificate::url() class="stack stack--tight">
                    <p>{text!("setup-certificates-remove.text")}</p>
                    <input type="hidden" name="slug" value=slug.to_owned() />
                    <input type="hidden" name="certificate" value=certificate.id.to_string() />
                    <div class="form-actions">
                        <button type="submit" class="button button--danger">
                            {text!("setup-certificates-remove.button")}
                        </button>
                    </div>
                </form>
            </details>
        }
    });
    view! {
        <div class="card stack stack--tight">
            {certificate_facts(certificate, false)}
            {certificate_use.map(used)}
            {remove}
        </div>
    }
}

/// Which certificate signs, while two stand side by side before a roll-over and after it.
fn used(certificate_use: CertificateUse) -> AnyView {
    match certificate_use {
        CertificateUse::SignsNow { at } => {
            let words = rich_text("setup-certificates-signs-now", vec![("at", moment(at).into_any())]);
            view! { <p class="cluster">{badge("live", text!("setup-certificates-signs-now.badge"))} <span>{words}</span></p> }
                .into_any()
        }
        CertificateUse::SignedBefore { at } => {
            let words = rich_text("setup-certificates-signed-before", vec![("at", moment(at).into_any())]);
            view! { <p>{words}</p> }.into_any()
        }
        CertificateUse::NotSeen => view! { <p>{text!("setup-certificates-not-seen")}</p> }.into_any(),
    }
}

pub fn blade(view: &SetupView) -> impl IntoView + use<> {
    let first = view.connection.certificates.first();
    let thumbprint =
        first.map_or_else(|| text!("setup-certificates-thumbprint-unknown"), |first| first.thumbprint_sha1.clone());
    let expires = first.map_or_else(
        || text!("setup-certificates-expiration-unknown"),
        |first| first.not_after.format("%-m/%-d/%Y").to_string(),
    );
    view! {
        <Blade
            path=text!("entra-path-single-sign-on")
            title=text!("entra-saml-title")
            section=text!("entra-saml-section-3")
            rows=vec![
                BladeRow::plain(text!("entra-certificate-status"), text!("entra-certificate-status-active")),
                BladeRow::plain(text!("entra-thumbprint"), thumbprint),
                BladeRow::plain(text!("entra-certificate-expiration"), expires),
                BladeRow::highlighted(text!("entra-metadata-url"), text!("entra-copy")),
                BladeRow::plain(text!("entra-certificate-base64"), text!("entra-download")),
                BladeRow::plain(text!("entra-certificate-raw"), text!("entra-download")),
                BladeRow::plain(text!("entra-metadata-xml"), text!("entra-download")),
            ]
            note=text!("setup-certificates-note", section = text!("entra-basic-saml"))
        />
    }
}
