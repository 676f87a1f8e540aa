//! A connection's configuration, to be read.

use leptos::prelude::*;
use model::{CertificateView, ConnectionView};

use super::time::day;

/// The identity provider's addresses and certificates. What differs from `other`, the
/// revision it is compared with, is marked.
pub fn configuration(connection: &ConnectionView, other: Option<&ConnectionView>) -> impl IntoView + use<> {
    let idp = connection.idp.clone();
    let other_idp = other.and_then(|other| other.idp.clone());
    let value = |pick: fn(&model::IdpSettings) -> Option<String>| {
        let own = idp.as_ref().and_then(pick);
        let changed = other.is_some() && own != other_idp.as_ref().and_then(pick);
        (own.unwrap_or_else(|| "not entered".to_owned()), changed)
    };
    let rows = [
        ("Microsoft Entra Identifier", value(|idp| Some(idp.entity_id.clone()))),
        ("Login URL", value(|idp| Some(idp.sso_url.clone()))),
        ("Logout URL", value(|idp| idp.slo_url.clone())),
    ]
    .map(|(label, (value, changed))| fact(label, value, changed));
    let known = |certificate: &CertificateView| {
        other
            .is_none_or(|other| other.certificates.iter().any(|o| o.thumbprint_sha256 == certificate.thumbprint_sha256))
    };
    let certificates = connection
        .certificates
        .iter()
        .map(|certificate| certificate_facts(certificate, !known(certificate)))
        .collect_view();
    let none = connection.certificates.is_empty().then_some("No certificate uploaded");
    view! {
        <dl class="facts">{rows.into_iter().collect_view()}</dl>
        <h3>"Signing certificates"</h3>
        {none}
        <div class="stack">{certificates}</div>
    }
}

fn fact(label: &'static str, value: String, changed: bool) -> impl IntoView {
    view! {
        <dt class="entra">{label}</dt>
        <dd class="mono" class:changed=changed>
            {value} {changed.then_some(" (changed)")}
        </dd>
    }
}

/// A certificate as Entra shows it.
pub fn certificate_facts(certificate: &CertificateView, added: bool) -> impl IntoView + use<> {
    view! {
        <div class="certificate" class:changed=added>
            <strong>{certificate.subject.clone()}</strong>
            {added.then_some(" (new)")}
            <dl class="facts">
                <dt class="entra">"Thumbprint"</dt>
                <dd class="mono">{certificate.thumbprint_sha1.clone()}</dd>
                <dt>"SHA-256"</dt>
                <dd class="mono">{certificate.thumbprint_sha256.clone()}</dd>
                <dt>"Valid"</dt>
                <dd>{day(certificate.not_before)} " to " {day(certificate.not_after)}</dd>
                <dt>"Key"</dt>
                <dd>{certificate.key.clone()}</dd>
            </dl>
        </div>
    }
}
