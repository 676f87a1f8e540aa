//! A finding: what it is, what we saw, who mends it and how.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use model::attempts::AttemptEvent;
use model::{AttemptReport, EventKind, FindingCode};

use super::entra_error::{explanation, explanation_for_members};
use super::mending::mended;
use super::status::verdict_badge;
use super::timeline::seen_and_expected;
use crate::api::sign_ins::{AskMetadata, Scope};
use crate::words::aadsts::recognise;
use crate::words::findings::words;

/// A finding of an attempt; an event without one is shown nowhere else either.
pub fn finding(event: &AttemptEvent, report: &AttemptReport, scope: &Scope) -> Option<impl IntoView + use<>> {
    let code = event.finding?;
    let words = words(code);
    let id = format!("finding-{}", code.as_str());
    let labelled_by = id.clone();
    let team = match scope {
        Scope::Team(slug) => Some(slug.as_str()),
        // the pages of the set-up are the team's own
        Scope::Vendor => None,
    };
    Some(view! {
        <article class="card finding" data-verdict=event.verdict.as_str() aria-labelledby=labelled_by>
            <header>
                <h3 id=id>{words.title}</h3>
                {verdict_badge(event.verdict)}
            </header>
            <p>{words.meaning}</p>
            {seen_and_expected(event)}
            {mended(&words.mending, &report.endpoints, team)}
        </article>
        {entra_says(event, report, scope)}
    })
}

/// What Microsoft's number means, where Microsoft sent one with its error.
fn entra_says(event: &AttemptEvent, report: &AttemptReport, scope: &Scope) -> Option<impl IntoView + use<>> {
    if event.finding != Some(FindingCode::StatusNotSuccess) {
        return None;
    }
    let number = recognise(event.actual.as_deref()?)?;
    Some(match scope {
        Scope::Team(slug) => Either::Left(explanation_for_members(number, &report.endpoints, slug)),
        Scope::Vendor => Either::Right(explanation(number, &report.endpoints)),
    })
}

/// Whether the certificate that signed is the identity provider's next one: the question, as
/// long as it can be asked, and the answers there are.
pub fn ask_the_metadata(report: &AttemptReport, slug: &str) -> Option<impl IntoView + use<>> {
    let by_another = [FindingCode::CertificateUnknown, FindingCode::SignatureInvalid];
    let is_in_question =
        report.findings().iter().any(|event| event.finding.is_some_and(|code| by_another.contains(&code)));
    if !(report.may_configure && is_in_question) {
        return None;
    }
    let again = report.events.iter().any(|event| event.kind == EventKind::MetadataAsked);
    Some(view! {
        <form method="post" action=AskMetadata::url() class="card stack stack--tight">
            <input type="hidden" name="slug" value=slug.to_owned() />
            <input type="hidden" name="reference" value=report.summary.reference.to_string() />
            <p>
                "Entra names the certificates that it signs with, also the next one, in its federation metadata. Ask there whether the certificate of this response is one of them."
            </p>
            <div class="form-actions">
                <button type="submit" class="button">
                    {if again { "Ask the metadata again" } else { "Ask the metadata" }}
                </button>
            </div>
        </form>
    })
}
