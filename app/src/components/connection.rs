//! A connection's configuration, to be read.

use leptos::prelude::*;
use messages::{Text as _, text};
use model::revision::PartValue;
use model::{CertificateView, ConnectionView, RevisionPart, Timestamp};

use super::line_breaks::{breakable, unbroken};
use super::rich_text::rich_text;
use super::time::day;

/// The identity provider's addresses, certificates and claim mapping. What differs from
/// `other`, the revision it is compared with, is marked; so is what was taken out.
pub fn configuration(connection: &ConnectionView, other: Option<&ConnectionView>) -> impl IntoView + use<> {
    let (own, other_parts) = (connection.parts(), other.map(ConnectionView::parts));
    let (addresses, claims, options) = (
        facts(&own, other_parts.as_deref(), is_address, "entra"),
        facts(&own, other_parts.as_deref(), is_claim, ""),
        facts(&own, other_parts.as_deref(), is_option, ""),
    );
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
    let none = connection.certificates.is_empty().then(|| text!("connection-no-certificate"));
    view! {
        {addresses}
        <h3>{text!("connection-certificates")}</h3>
        {none}
        <div class="stack">{certificates} {removed}</div>
        <h3>{text!("connection-claims")}</h3>
        {claims}
        <h3>{text!("connection-options")}</h3>
        {options}
    }
}

const fn is_address(part: RevisionPart) -> bool {
    matches!(part, RevisionPart::EntityId | RevisionPart::SsoUrl | RevisionPart::SloUrl | RevisionPart::MetadataUrl)
}

const fn is_claim(part: RevisionPart) -> bool {
    use RevisionPart::{ClaimDisplayName, ClaimEmail, ClaimFirstName, ClaimGroups, ClaimLastName};
    matches!(part, ClaimEmail | ClaimFirstName | ClaimLastName | ClaimDisplayName | ClaimGroups)
}

/// Whatever is neither shown above nor as a card of its own.
const fn is_option(part: RevisionPart) -> bool {
    !is_address(part) && !is_claim(part) && !matches!(part, RevisionPart::Certificates)
}

/// The parts of a kind, each marked if it is not the same in `other`.
fn facts(
    own: &[PartValue],
    other: Option<&[PartValue]>,
    of_kind: fn(RevisionPart) -> bool,
    class: &'static str,
) -> impl IntoView + use<> {
    let own = own.iter().filter(|(part, _)| of_kind(*part));
    let rows: Vec<_> = own
        .map(|fact| {
            let changed = other.is_some_and(|other| !other.contains(fact));
            let (part, value) = fact.clone();
            let is_entered = value.is_some();
            let value = value.unwrap_or_else(|| messages::absent(part));
            let value = part_value(part, value);
            view! {
                <dt class=class>{part.text()}</dt>
                <dd class:mono=is_entered class:muted=!is_entered class:changed=changed>
                    {value} {changed.then(|| mark(text!("connection-changed")))}
                </dd>
            }
        })
        .collect();
    view! { <dl class="facts facts--even">{rows}</dl> }
}

/// What a part says: addresses break after their separators, the name of a binding does not at its hyphen.
pub fn part_value(part: RevisionPart, value: String) -> AnyView {
    match part {
        RevisionPart::SsoBinding => unbroken(&value),
        part if is_address(part) => breakable(&value),
        _ => value.into_any(),
    }
}

fn removed(certificate: &CertificateView) -> impl IntoView + use<> {
    view! {
        <div class="certificate changed">
            <strong>{certificate.subject.clone()}</strong>
            {mark(text!("connection-removed"))}
            <dl class="facts">
                <dt class="entra">{text!("entra-thumbprint")}</dt>
                <dd class="mono">{certificate.thumbprint_sha1.clone()}</dd>
            </dl>
        </div>
    }
}

/// A certificate as Entra shows it.
pub fn certificate_facts(certificate: &CertificateView, added: bool) -> impl IntoView + use<> {
    let warning = crate::api::now().and_then(|now| validity_warning(certificate, now));
    view! {
        <div class="certificate" class:changed=added>
            <strong>{certificate.subject.clone()}</strong>
            {added.then(|| mark(text!("connection-added")))}
            {warning.map(|warning| view! { <p class="notice notice--warning">{warning}</p> })}
            <dl class="facts">
                <dt class="entra">{text!("entra-thumbprint")}</dt>
                <dd class="mono">{certificate.thumbprint_sha1.clone()}</dd>
                <dt>{text!("connection-sha-256")}</dt>
                <dd class="mono">{certificate.thumbprint_sha256.clone()}</dd>
                <dt>{text!("connection-valid")}</dt>
                <dd>{validity(certificate.not_before, certificate.not_after)}</dd>
                <dt>{text!("connection-key")}</dt>
                <dd>{certificate.key.clone()}</dd>
            </dl>
        </div>
    }
}

/// From when until when.
pub fn validity(not_before: Timestamp, not_after: Timestamp) -> impl IntoView {
    let (from, until) = (day(not_before).into_any(), day(not_after).into_any());
    rich_text("connection-validity", vec![("from", from), ("until", until)])
}

/// What is said of a part, after a space.
fn mark(text: String) -> impl IntoView {
    view! { " " {text} }
}

/// What is wrong with the certificate's time, or soon will be.
fn validity_warning(certificate: &CertificateView, now: Timestamp) -> Option<String> {
    let days = (certificate.not_after - now).num_days();
    if certificate.not_after <= now {
        Some(text!("connection-certificate-expired"))
    } else if certificate.not_before > now {
        Some(text!("connection-certificate-not-yet-valid"))
    } else if days < CertificateView::WARN_DAYS {
        Some(text!("connection-certificate-expires", days = days))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use model::{ClaimMapping, RevisionState};

    use super::*;
    use crate::components::fixture;

    const DAY: i64 = 24 * 3600;

    fn at(days: i64) -> Timestamp {
        Timestamp::from_timestamp_nanos(days * DAY * 1_000_000_000)
    }

    fn revision(certificates: &[&str], email: Option<&str>) -> ConnectionView {
        let claims = ClaimMapping { email: email.map(str::to_owned), ..ClaimMapping::default() };
        ConnectionView { claims, ..fixture::connection(RevisionState::Draft, certificates) }
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
    fn the_name_of_a_binding_does_not_break_at_its_hyphen() {
        let html = Owner::new().with(|| configuration(&revision(&["A"], None), None).to_html());
        assert!(html.contains("<span class=\"unbroken\">HTTP-Redirect<"), "{html}");
    }

    #[test]
    fn a_certificate_warns_from_sixty_days_before_its_end() {
        let certificate = fixture::certificate("A");
        for (today, words) in
            [(939, None), (941, Some("in 59 days")), (999, Some("in 1 day")), (1000, Some("has expired"))]
        {
            let warning = validity_warning(&certificate, at(today));
            assert_eq!(warning.is_some(), words.is_some(), "{today}: {warning:?}");
            assert!(words.is_none_or(|words| warning.is_some_and(|warning| warning.contains(words))), "{today}");
        }
    }
}
