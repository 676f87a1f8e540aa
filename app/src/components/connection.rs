//! A connection's configuration, to be read.

use leptos::prelude::*;
use model::options::{AuthnContextClass, NameIdFormat};
use model::{CertificateView, ConnectionView, SsoBinding, Timestamp};

use super::time::day;

/// From how many days before its end a certificate asks to be replaced.
const WARN_DAYS: i64 = 60;

/// The identity provider's addresses, certificates and claim mapping. What differs from
/// `other`, the revision it is compared with, is marked; so is what was taken out.
pub fn configuration(connection: &ConnectionView, other: Option<&ConnectionView>) -> impl IntoView + use<> {
    let addresses = facts(addresses(connection), other.map(addresses), "entra", "not entered");
    let claims = facts(claims(connection), other.map(claims), "", "Entra's own name");
    let options = facts(options(connection), other.map(options), "", "as the identity provider decides");
    let has = |in_: &ConnectionView, certificate: &CertificateView| {
        in_.certificates.iter().any(|known| known.thumbprint_sha256 == certificate.thumbprint_sha256)
    };
    let certificates = connection
        .certificates
        .iter()
        .map(|certificate| certificate_facts(certificate, other.is_some_and(|other| !has(other, certificate))))
        .collect_view();
    let removed = other
        .iter()
        .flat_map(|other| &other.certificates)
        .filter(|certificate| !has(connection, certificate))
        .map(removed)
        .collect_view();
    let none = connection.certificates.is_empty().then_some("No certificate uploaded");
    view! {
        {addresses}
        <h3>"Signing certificates"</h3>
        {none}
        <div class="stack">{certificates} {removed}</div>
        <h3>"Claims"</h3>
        {claims}
        <h3>"Sign-in options"</h3>
        {options}
    }
}

/// A label and a value, if there is one.
type Fact<'a> = (&'static str, Option<&'a str>);

fn addresses(connection: &ConnectionView) -> [Fact<'_>; 4] {
    let idp = connection.idp.as_ref();
    [
        ("Microsoft Entra Identifier", idp.map(|idp| idp.entity_id.as_str())),
        ("Login URL", idp.map(|idp| idp.sso_url.as_str())),
        ("Logout URL", idp.and_then(|idp| idp.slo_url.as_deref())),
        ("App Federation Metadata URL", connection.metadata_url.as_deref()),
    ]
}

fn claims(connection: &ConnectionView) -> [Fact<'_>; 5] {
    let claims = &connection.claims;
    [
        ("E-mail", claims.email.as_deref()),
        ("First name", claims.first_name.as_deref()),
        ("Last name", claims.last_name.as_deref()),
        ("Display name", claims.display_name.as_deref()),
        ("Groups", claims.groups.as_deref()),
    ]
}

fn options(connection: &ConnectionView) -> [Fact<'_>; 8] {
    let options = &connection.options;
    let switch = |on: bool| Some(if on { "yes" } else { "no" });
    let binding = connection.idp.as_ref().map_or(SsoBinding::default(), |idp| idp.sso_binding);
    [
        ("Requests are signed", switch(options.sign_requests)),
        ("People authenticate again", switch(options.force_authn)),
        ("Without any question to the person", switch(options.is_passive)),
        ("Name identifier format", options.name_id_format.map(NameIdFormat::uri)),
        ("Authentication context", options.authn_context.as_ref().map(AuthnContextClass::as_str)),
        (
            "Requests are sent by",
            Some(match binding {
                SsoBinding::Redirect => "HTTP-Redirect",
                SsoBinding::Post => "HTTP-POST",
            }),
        ),
        ("Sign-ins may begin at the identity provider", switch(options.allow_idp_initiated)),
        ("E-mail domains that may sign in", Some(options.email_domains.as_str()).filter(|domains| !domains.is_empty())),
    ]
}

/// The facts, each marked if it is not the same in `other`.
fn facts<'a, const N: usize>(
    own: [Fact<'a>; N],
    other: Option<[Fact<'a>; N]>,
    class: &'static str,
    absent: &'static str,
) -> impl IntoView + use<N> {
    let rows: Vec<_> = own
        .into_iter()
        .enumerate()
        .map(|(index, (label, value))| {
            let changed = other.as_ref().and_then(|other| other.get(index)).is_some_and(|(_, other)| *other != value);
            let value = value.unwrap_or(absent).to_owned();
            view! {
                <dt class=class>{label}</dt>
                <dd class="mono" class:changed=changed>
                    {value} {changed.then_some(" (changed)")}
                </dd>
            }
        })
        .collect();
    view! { <dl class="facts">{rows}</dl> }
}

fn removed(certificate: &CertificateView) -> impl IntoView + use<> {
    view! {
        <div class="certificate changed">
            <strong>{certificate.subject.clone()}</strong>
            " (removed: signs no longer once this is live)"
            <dl class="facts">
                <dt class="entra">"Thumbprint"</dt>
                <dd class="mono">{certificate.thumbprint_sha1.clone()}</dd>
            </dl>
        </div>
    }
}

/// A certificate as Entra shows it.
pub fn certificate_facts(certificate: &CertificateView, added: bool) -> impl IntoView + use<> {
    let warning = now().and_then(|now| validity_warning(certificate, now));
    view! {
        <div class="certificate" class:changed=added>
            <strong>{certificate.subject.clone()}</strong>
            {added.then_some(" (new)")}
            {warning.map(|warning| view! { <p class="notice notice--warning">{warning}</p> })}
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

/// What is wrong with the certificate's time, or soon will be.
fn validity_warning(certificate: &CertificateView, now: Timestamp) -> Option<String> {
    let days = (certificate.not_after - now).num_days();
    if certificate.not_after <= now {
        Some("This certificate has expired: sign-ins signed with it are refused. Upload the next one.".to_owned())
    } else if certificate.not_before > now {
        Some("This certificate is not valid yet.".to_owned())
    } else if days < WARN_DAYS {
        let left = match days {
            0 => "in less than a day".to_owned(),
            1 => "in 1 day".to_owned(),
            days => format!("in {days} days"),
        };
        Some(format!("This certificate expires {left}. Upload the next one beside it before then."))
    } else {
        None
    }
}

/// The present moment, where the page is made.
fn now() -> Option<Timestamp> {
    #[cfg(feature = "ssr")]
    return crate::api::now();
    #[cfg(not(feature = "ssr"))]
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ClaimMapping, RevisionState, SignInOptions};

    const DAY: i64 = 24 * 3600;

    fn at(days: i64) -> Timestamp {
        Timestamp::from_timestamp_nanos(days * DAY * 1_000_000_000)
    }

    fn certificate(thumbprint: &str) -> CertificateView {
        CertificateView {
            id: "019aaf5c-0000-7000-8000-000000000000".parse().unwrap(),
            subject: format!("CN={thumbprint}"),
            thumbprint_sha1: thumbprint.to_owned(),
            thumbprint_sha256: thumbprint.to_owned(),
            key: "RSA 2048".into(),
            not_before: at(0),
            not_after: at(1000),
        }
    }

    fn revision(certificates: &[&str], email: Option<&str>) -> ConnectionView {
        ConnectionView {
            number: 1,
            state: RevisionState::Draft,
            idp: None,
            metadata_url: None,
            certificates: certificates.iter().copied().map(certificate).collect(),
            claims: ClaimMapping { email: email.map(str::to_owned), ..ClaimMapping::default() },
            options: SignInOptions::default(),
            updated_at: at(1),
            live_at: None,
        }
    }

    #[test]
    fn support_sees_every_difference_it_approves() {
        let draft = revision(&["NEW"], Some("workMail"));
        let live = revision(&["OLD"], None);
        let html = Owner::new().with(|| configuration(&draft, Some(&live)).to_html());
        assert!(html.contains("CN=NEW") && html.contains("(new)"), "{html}");
        assert!(html.contains("CN=OLD") && html.contains("(removed"), "{html}");
        assert!(html.contains("workMail") && html.matches("(changed)").count() == 1, "{html}");
        let alone = Owner::new().with(|| configuration(&draft, None).to_html());
        assert!(!alone.contains("(new)") && !alone.contains("(changed)"), "{alone}");
    }

    #[test]
    fn a_certificate_warns_from_sixty_days_before_its_end() {
        let certificate = certificate("A");
        for (today, words) in
            [(939, None), (941, Some("in 59 days")), (999, Some("in 1 day")), (1000, Some("has expired"))]
        {
            let warning = validity_warning(&certificate, at(today));
            assert_eq!(warning.is_some(), words.is_some(), "{today}: {warning:?}");
            assert!(words.is_none_or(|words| warning.is_some_and(|warning| warning.contains(words))), "{today}");
        }
    }
}
