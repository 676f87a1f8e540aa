//! A finding: what it is, what we saw, who can fix it and how.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use messages::text;
use model::attempts::AttemptEvent;
use model::{AttemptReport, EventKind, FindingCode, FindingValue};

use super::entra_error::explanation;
use super::remediation::{RemediationContext, remediation};
use super::status::verdict_badge;
use super::timeline::{copy_label, seen_and_expected};
use crate::aadsts::recognise;
use crate::api::attempts::{AskMetadata, AttemptList};
use crate::finding_value::value_text;
use crate::findings::{self, finding_text, title};

/// A finding of an attempt; an event without one is shown nowhere else either.
pub fn finding(event: &AttemptEvent, report: &AttemptReport, list: &AttemptList) -> Option<impl IntoView + use<>> {
    let code = event.finding?;
    let id = format!("finding-{}", code.as_str());
    let labelled_by = id.clone();
    let context = RemediationContext::of(report, list);
    Some(view! {
        <article class="card finding" data-verdict=event.verdict.as_str() aria-labelledby=labelled_by>
            <header>
                <h3 id=id>{title(code)}</h3>
                {verdict_badge(event.verdict)}
            </header>
            {explained(event, code, &context)}
            {(code == FindingCode::CertificateUnknown).then(|| metadata_question(report, &context))}
        </article>
        {entra_error(event, &context)}
    })
}

/// What a finding means, what we saw and expected, and how it is fixed.
fn explained(event: &AttemptEvent, code: FindingCode, context: &RemediationContext<'_>) -> impl IntoView + use<> {
    let text = finding_text(code);
    let label = copy_label(event);
    let shown = label.and(event.expected.as_ref()).and_then(FindingValue::as_text);
    view! {
        <p>{text.meaning}</p>
        {seen_and_expected(event, label)}
        {remediation(&findings::remediation(code), &text.steps, context, shown)}
    }
}

/// What Microsoft's number means, where Microsoft sent one with its error.
fn entra_error(event: &AttemptEvent, context: &RemediationContext<'_>) -> Option<impl IntoView + use<>> {
    if event.finding != Some(FindingCode::StatusNotSuccess) {
        return None;
    }
    let number = recognise(event.actual.as_ref()?.as_text()?)?;
    Some(explanation(number, context))
}

/// Whether the certificate that signed is the identity provider's next one: the question, to
/// those who may ask it, and the latest answer.
fn metadata_question(report: &AttemptReport, context: &RemediationContext<'_>) -> impl IntoView + use<> {
    let answer = report.events.iter().rev().find(|event| is_metadata_answer(event));
    let question = context.team.filter(|_| context.may_configure).map(|slug| {
        let label = if answer.is_some() { text!("attempt-metadata-ask-again") } else { text!("attempt-metadata-ask") };
        metadata_form(slug, report.summary.reference.to_string(), label)
    });
    view! {
        {question}
        {answer.map(|event| metadata_answer(event, context))}
    }
}

/// Whether the event is what the metadata said: it is shown with the question, not beside it.
pub fn is_metadata_answer(event: &AttemptEvent) -> bool {
    event.kind == EventKind::MetadataAsked
}

fn metadata_form(slug: &str, reference: String, label: String) -> impl IntoView + use<> {
    view! {
        <form method="post" action=AskMetadata::url() class="stack stack--tight">
            <input type="hidden" name="slug" value=slug.to_owned() />
            <input type="hidden" name="reference" value=reference />
            <p>
                {text!("attempt-metadata-text")}
            </p>
            <div class="form-actions">
                <button type="submit" class="button">
                    {label}
                </button>
            </div>
        </form>
    }
}

fn metadata_answer(event: &AttemptEvent, context: &RemediationContext<'_>) -> impl IntoView + use<> {
    let verdict = verdict_badge(event.verdict);
    match event.finding {
        Some(code) => {
            let id = format!("finding-{}", code.as_str());
            let labelled_by = id.clone();
            Either::Left(view! {
                <section class="stack stack--tight" aria-labelledby=labelled_by>
                    <h4 id=id>{title(code)}</h4>
                    <p>{verdict}</p>
                    {explained(event, code, context)}
                </section>
            })
        }
        // the metadata could not be read: the event says why
        None => Either::Right(view! {
            <p>
                {verdict} " " {event.actual.as_ref().map(value_text)}
            </p>
        }),
    }
}

#[cfg(test)]
mod tests {
    use model::{AttemptOutcome, Verdict};

    use super::*;
    use crate::components::fixture::{self, event, list};

    fn answer(finding: Option<FindingCode>, actual: &str) -> AttemptEvent {
        event(EventKind::MetadataAsked, Verdict::Warned, finding, actual)
    }

    fn report(code: FindingCode, answers: Vec<AttemptEvent>, may_configure: bool) -> AttemptReport {
        let mut events = vec![event(EventKind::Signature, Verdict::Failed, Some(code), "AA11")];
        events.extend(answers);
        AttemptReport { may_configure, ..fixture::report(AttemptOutcome::Failed(code), events) }
    }

    fn html(report: &AttemptReport) -> String {
        Owner::new().with(|| finding(&report.events[0], report, &list()).unwrap().to_html())
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
