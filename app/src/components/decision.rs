//! Decisions: what their forms carry, and the step that says what they do before they do it.

use leptos::prelude::*;
use messages::{Text as _, text};
use model::{CertificateView, ConnectionView, Digests, RevisionPart};

/// What the page showed, for a decision that rests on it.
pub fn digest_field(digest: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=Digests::FIELD value=digest.to_owned() /> }
}

/// A decision that asks first: what opens it names it, and what is inside says what it does
/// and holds the button. Works without script.
pub fn confirmation(
    title: impl IntoView + 'static,
    class: &'static str,
    consequences: impl IntoView + 'static,
    form: impl IntoView + 'static,
) -> impl IntoView {
    reopened_confirmation(false, title, class, consequences, form)
}

/// The same, open where it was refused: what was typed into it, and what is wrong with it, is seen.
pub fn reopened_confirmation(
    was_refused: bool,
    title: impl IntoView + 'static,
    class: &'static str,
    consequences: impl IntoView + 'static,
    form: impl IntoView + 'static,
) -> impl IntoView {
    view! {
        <details class="confirmation" open=was_refused>
            <summary class=class>{title}</summary>
            <div class="card stack stack--tight">{consequences} {form}</div>
        </details>
    }
}

/// That no test is known to have passed with what a decision would put live.
pub fn untested(subject: &str) -> impl IntoView + use<> {
    view! {
        <div class="notice notice--warning">
            <strong>{text!("connection-untested", subject = subject)}</strong>
        </div>
    }
}

/// What is different for whoever signs in once `next` serves instead of `live`.
pub fn what_changes(next: &ConnectionView, live: Option<&ConnectionView>) -> impl IntoView + use<> {
    let lines = lines(next, live);
    let head = match live {
        Some(live) if lines.is_empty() => {
            text!("connection-changes-none", next = next.number, live = live.number)
        }
        Some(live) => text!("connection-changes-replace", next = next.number, live = live.number),
        None => text!("connection-changes-first", next = next.number),
    };
    let items = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <p>{head}</p>
        <ul>{items}</ul>
    }
}

fn lines(next: &ConnectionView, live: Option<&ConnectionView>) -> Vec<String> {
    let before = live.map_or_else(Vec::new, ConnectionView::parts);
    let of = |part| before.iter().find(|(known, _)| *known == part).and_then(|(_, value)| value.clone());
    let changed = next.changes_from(live).into_iter().filter(|(part, _)| *part != RevisionPart::Certificates);
    let changed = changed.map(|(part, now)| {
        let shown = |value: Option<String>| value.unwrap_or_else(|| messages::absent(part));
        match live {
            Some(_) => format!("{}: {} → {}", part.text(), shown(of(part)), shown(now)),
            None => format!("{}: {}", part.text(), shown(now)),
        }
    });
    changed.chain(certificates(next, live)).collect()
}

fn certificates(next: &ConnectionView, live: Option<&ConnectionView>) -> Vec<String> {
    let live = live.map_or(&[][..], |live| live.certificates.as_slice());
    let missing_in = |all: &[CertificateView], one: &CertificateView| {
        all.iter().all(|known| known.thumbprint_sha256 != one.thumbprint_sha256)
    };
    let named = |certificate: &CertificateView| format!("{} ({})", certificate.subject, certificate.thumbprint_sha1);
    let added = next.certificates.iter().filter(|one| missing_in(live, one));
    let removed = live.iter().filter(|one| missing_in(&next.certificates, one));
    added
        .map(|one| text!("connection-changes-certificate-added", certificate = named(one)))
        .chain(removed.map(|one| text!("connection-changes-certificate-removed", certificate = named(one))))
        .collect()
}

#[cfg(test)]
mod tests {
    use model::{RevisionState, SignInOptions};

    use super::*;
    use crate::components::fixture;

    fn revision(number: i32, thumbprint: &str, force_authn: bool) -> ConnectionView {
        let options = SignInOptions { force_authn, ..SignInOptions::default() };
        ConnectionView { number, options, ..fixture::connection(RevisionState::Draft, &[thumbprint]) }
    }

    #[test]
    fn every_change_is_told_before_it_is_made() {
        let lines = lines(&revision(2, "NEW", true), Some(&revision(1, "OLD", false)));
        assert_eq!(
            lines,
            [
                "People authenticate again: no → yes",
                "Certificate CN=NEW (NEW) may sign",
                "Certificate CN=OLD (OLD) may no longer sign: what it signs is refused",
            ]
        );
        assert!(super::lines(&revision(2, "A", false), Some(&revision(1, "A", false))).is_empty());
    }
}
