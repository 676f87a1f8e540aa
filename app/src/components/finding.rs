//! A finding: what it is, what we saw, who mends it and how.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use model::attempts::AttemptEvent;
use model::{AttemptReport, EventKind, FindingCode};

use super::entra_error::explanation;
use super::mending::{Reader, mended};
use super::status::verdict_badge;
use super::timeline::{seen_and_expected, worth_copying};
use crate::api::sign_ins::{AskMetadata, Scope};
use crate::words::aadsts::recognise;
use crate::words::findings::words;

/// A finding of an attempt; an event without one is shown nowhere else either.
pub fn finding(event: &AttemptEvent, report: &AttemptReport, scope: &Scope) -> Option<impl IntoView + use<>> {
    let code = event.finding?;
    let id = format!("finding-{}", code.as_str());
    let labelled_by = id.clone();
    let reader = Reader::of(report, scope);
    Some(view! {
        <article class="card finding" data-verdict=event.verdict.as_str() aria-labelledby=labelled_by>
            <header>
                <h3 id=id>{words(code).title}</h3>
                {verdict_badge(event.verdict)}
            </header>
            {told(event, code, &reader)}
            {(code == FindingCode::CertificateUnknown).then(|| in_the_metadata(report, &reader))}
        </article>
        {entra_says(event, &reader)}
    })
}

/// What a finding means, what we saw and expected, and how it is mended.
fn told(event: &AttemptEvent, code: FindingCode, reader: &Reader<'_>) -> impl IntoView + use<> {
    let words = words(code);
    let name = worth_copying(event);
    let shown = name.and(event.expected.as_deref());
    view! {
        <p>{words.meaning}</p>
        {seen_and_expected(event, name)}
        {mended(&words.mending, reader, shown)}
    }
}

/// What Microsoft's number means, where Microsoft sent one with its error.
fn entra_says(event: &AttemptEvent, reader: &Reader<'_>) -> Option<impl IntoView + use<>> {
    if event.finding != Some(FindingCode::StatusNotSuccess) {
        return None;
    }
    let number = recognise(event.actual.as_deref()?)?;
    Some(explanation(number, reader))
}

/// Whether the certificate that signed is the identity provider's next one: the question, to
/// those who may ask it, and the latest answer.
fn in_the_metadata(report: &AttemptReport, reader: &Reader<'_>) -> impl IntoView + use<> {
    let answer = report.events.iter().rev().find(|event| is_answer(event));
    let question = reader.team.filter(|_| reader.may_configure).map(|slug| {
        let words = if answer.is_some() { "Ask the metadata again" } else { "Ask the metadata" };
        ask(slug, report.summary.reference.to_string(), words)
    });
    view! {
        {question}
        {answer.map(|event| answered(event, reader))}
    }
}

/// Whether it is what the metadata said: shown with the question, not as a finding beside it.
pub fn is_answer(event: &AttemptEvent) -> bool {
    event.kind == EventKind::MetadataAsked
}

fn ask(slug: &str, reference: String, words: &'static str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=AskMetadata::url() class="stack stack--tight">
            <input type="hidden" name="slug" value=slug.to_owned() />
            <input type="hidden" name="reference" value=reference />
            <p>
                "Entra names the certificates that it signs with, also the next one, in its federation metadata. Ask there whether the certificate of this response is one of them."
            </p>
            <div class="form-actions">
                <button type="submit" class="button">
                    {words}
                </button>
            </div>
        </form>
    }
}

fn answered(event: &AttemptEvent, reader: &Reader<'_>) -> impl IntoView + use<> {
    let verdict = verdict_badge(event.verdict);
    match event.finding {
        Some(code) => {
            let id = format!("finding-{}", code.as_str());
            let labelled_by = id.clone();
            Either::Left(view! {
                <section class="stack stack--tight" aria-labelledby=labelled_by>
                    <h4 id=id>{words(code).title}</h4>
                    <p>{verdict}</p>
                    {told(event, code, reader)}
                </section>
            })
        }
        // it could not be read: why not is all there is to say
        None => Either::Right(view! {
            <p>
                {verdict} " " {event.actual.clone()}
            </p>
        }),
    }
}

#[cfg(test)]
mod tests {
    use model::{AttemptOutcome, Verdict};

    use super::*;
    use crate::components::fixture::{self, event, scope};

    fn answer(finding: Option<FindingCode>, actual: &str) -> AttemptEvent {
        event(EventKind::MetadataAsked, Verdict::Warned, finding, actual)
    }

    fn report(code: FindingCode, answers: Vec<AttemptEvent>, may_configure: bool) -> AttemptReport {
        let mut events = vec![event(EventKind::Signature, Verdict::Failed, Some(code), "AA11")];
        events.extend(answers);
        AttemptReport { may_configure, ..fixture::report(AttemptOutcome::Failed(code), events) }
    }

    fn html(report: &AttemptReport) -> String {
        Owner::new().with(|| finding(&report.events[0], report, &scope()).unwrap().to_html())
    }

    #[test]
    fn the_latest_answer_stands_in_the_card_that_asks() {
        let unread = answer(None, "the metadata could not be read");
        let listed = answer(Some(FindingCode::CertificateNext), "AA11");
        let asked = html(&report(FindingCode::CertificateUnknown, Vec::new(), true));
        assert!(asked.contains("Ask the metadata") && !asked.contains("Ask the metadata again"), "{asked}");
        let first = html(&report(FindingCode::CertificateUnknown, vec![unread.clone()], true));
        assert!(first.contains("could not be read") && first.contains("Ask the metadata again"), "{first}");
        let last = html(&report(FindingCode::CertificateUnknown, vec![unread, listed], true));
        assert!(last.contains("finding-certificate-next") && !last.contains("could not be read"), "{last}");
    }

    #[test]
    fn only_a_known_signer_is_asked_after_and_only_by_those_who_may() {
        let unknown = html(&report(FindingCode::SignatureInvalid, Vec::new(), true));
        assert!(!unknown.contains("Ask the metadata"), "which certificate signed is not known: {unknown}");
        let listed = answer(Some(FindingCode::CertificateNext), "AA11");
        let viewer = html(&report(FindingCode::CertificateUnknown, vec![listed], false));
        assert!(!viewer.contains("Ask the metadata") && viewer.contains("finding-certificate-next"), "{viewer}");
    }
}
