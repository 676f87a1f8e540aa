//! A finding: what it is, what we saw, who can fix it and how.

mod specific_text;

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn as _;
use messages::text;
use model::attempts::AttemptEvent;
use model::{AttemptReport, EventKind, FindingCode, FindingValue, IdentityProvider, RevisionState, SetupStep};

use super::idp_error::explanation;
use super::line_breaks::heading;
use super::remediation::{RemediationContext, remediation};
use super::sent_request::{requested, suspected_options_notice};
use super::status::verdict_badge;
use super::take_over::take_over;
use super::timeline::{copy_label, seen_and_expected};
use crate::api::attempts::{AskMetadata, AttemptList};
use crate::finding_value::value_text;
use crate::findings::{self, finding_text, is_about_request, title};
use crate::provider_errors::{KnownError, recognise};
use crate::remediation::PortalPlace;
use crate::routes;
use specific_text::{
    misplaced_value, other_application, specific_text, specific_title, status_meaning, validity_sentence,
};

/// A finding of an attempt; an event without one is shown nowhere else either.
pub fn finding(event: &AttemptEvent, report: &AttemptReport, list: &AttemptList) -> Option<impl IntoView + use<>> {
    let code = event.finding?;
    let id = format!("finding-{}", code.as_str());
    let labelled_by = id.clone();
    let context = RemediationContext::of(report, list);
    let is_open = report.fixed_in(event).is_none();
    Some(view! {
        <article class="card finding" data-verdict=event.verdict.as_str() aria-labelledby=labelled_by>
            <header>
                <h3 id=id>{heading(&headline(code, event, &context))}</h3>
                {verdict_badge(event.verdict)}
            </header>
            {suspected_options_notice(event, code, report, &context)}
            {explained(event, code, report, &context)}
            {is_open.then(|| take_over(code, report, &context))}
            {(is_open && code == FindingCode::CertificateUnknown).then(|| metadata_question(report, &context))}
            <p>
                <a href=routes::help_finding(code, context.provider)>{text!("help-findings-link")}</a>
            </p>
        </article>
    })
}

/// What it is: in the identity provider's own words where they are understood, and with the one number
/// that says how bad it is.
fn headline(code: FindingCode, event: &AttemptEvent, context: &RemediationContext<'_>) -> String {
    match &event.actual {
        Some(value @ FindingValue::ClockOffset { .. }) => text!("findings-clock", by = value_text(value)),
        _ if is_vague(code) => known_error(event, context).and_then(KnownError::title).unwrap_or_else(|| title(code)),
        _ => specific_title(event, code, context.provider).unwrap_or_else(|| title(code)),
    }
}

/// Status codes that say who failed, and not why: what the identity provider says with them counts more.
const fn is_vague(code: FindingCode) -> bool {
    use FindingCode as Code;
    matches!(code, Code::StatusRequester | Code::StatusResponder | Code::StatusNotSuccess)
}

/// What a finding means, what we saw and expected, and how it is fixed.
fn explained(
    event: &AttemptEvent,
    code: FindingCode,
    report: &AttemptReport,
    context: &RemediationContext<'_>,
) -> impl IntoView + use<> {
    let apart = specific_text(event, code, report, context.provider);
    // an explanation that blames our request is none where it asked for nothing of the kind
    let known = known_error(event, context).filter(|_| apart.is_none());
    let (text, fix) = apart
        .unwrap_or_else(|| (finding_text(code, context.provider), findings::remediation_for(code, context.provider)));
    let label = copy_label(event, context.provider);
    let shown = label.as_ref().and(event.expected.as_ref()).and_then(FindingValue::as_text);
    // what the identity provider itself says is the cause; what is usual would only lead astray
    let usual = known.is_none_or(|error| error.title().is_none());
    let advice = match report.fixed_in(event) {
        Some(state) => Some(fixed(state, context)),
        None => usual.then(|| remediation(&fix, &text.steps, context, shown)),
    };
    let meaning = status_meaning(event).unwrap_or(text.meaning);
    let meaning = (usual || !is_vague(code)).then(|| view! { <p>{meaning}</p> });
    let sentences = [misplaced_value(event, code, context), other_application(code, report), validity_sentence(event)];
    let sentences = sentences.into_iter().flatten();
    view! {
        {meaning}
        {seen_and_expected(event, label)}
        {sentences.map(|said| view! { <p>{said}</p> }).collect_view()}
        {report.request.as_ref().filter(|_| is_about_request(code)).map(requested)}
        {known.map(|error| explanation(error, context))}
        {advice}
    }
}

/// What is left to do where a configuration has by now what was missing.
fn fixed(state: RevisionState, context: &RemediationContext<'_>) -> AnyView {
    let (said, place) = match (state, context.is_test) {
        (RevisionState::Draft, false) => (text!("finding-fixed-in-draft"), PortalPlace::Step(SetupStep::GoLive)),
        (RevisionState::Draft, true) => (text!("finding-fixed-in-draft.test"), PortalPlace::Start),
        (RevisionState::Live | RevisionState::Retired, _) => (text!("finding-fixed-live"), PortalPlace::Start),
    };
    let link = context.link(place).map(|(address, label)| {
        view! {
            <p>
                <a class="button" href=address>
                    {label}
                </a>
            </p>
        }
    });
    view! {
        <div class="notice notice--info">
            <p>{said}</p>
            {link}
        </div>
    }
    .into_any()
}

/// The error that the words are which came with a status, if it is known. Where the status code itself says
/// what it is, it
/// counts more than words that anybody may use.
fn known_error(event: &AttemptEvent, context: &RemediationContext<'_>) -> Option<KnownError> {
    use FindingCode as Code;
    let error = recognise(event.status_message()?, context.provider)?;
    let says_what = matches!(
        event.finding?,
        Code::NoPassive
            | Code::NoAuthnContext
            | Code::InvalidNameIdPolicy
            | Code::UnsupportedBinding
            | Code::StatusVersionMismatch
    );
    let is_anybodys = matches!(error, KnownError::Provider(known) if known.provider == IdentityProvider::Other);
    (!says_what || !is_anybodys).then_some(error)
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
        {answer.map(|event| metadata_answer(event, report, context))}
    }
}

/// Whether the event is what the metadata said: it is shown with the question, not beside it.
pub fn is_metadata_answer(event: &AttemptEvent) -> bool {
    event.kind == EventKind::MetadataChecked
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

fn metadata_answer(
    event: &AttemptEvent,
    report: &AttemptReport,
    context: &RemediationContext<'_>,
) -> impl IntoView + use<> {
    let verdict = verdict_badge(event.verdict);
    match event.finding {
        Some(code) => {
            let id = format!("finding-{}", code.as_str());
            let labelled_by = id.clone();
            Either::Left(view! {
                <section class="stack stack--tight" aria-labelledby=labelled_by>
                    <h4 id=id>{heading(&title(code))}</h4>
                    <p>{verdict}</p>
                    {explained(event, code, report, context)}
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
    use model::{AttemptOutcome, SentRequest, SignInOptions, Verdict};

    use super::*;
    use crate::components::fixture::{self, event, list};

    fn answer(finding: Option<FindingCode>, actual: &str) -> AttemptEvent {
        event(EventKind::MetadataChecked, Verdict::Warned, finding, actual)
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
        assert!(asked.contains("Check the metadata") && !asked.contains("Check the metadata again"), "{asked}");
        let first = html(&report(FindingCode::CertificateUnknown, vec![unread.clone()], true));
        assert!(first.contains("could not be read") && first.contains("Check the metadata again"), "{first}");
        let last = html(&report(FindingCode::CertificateUnknown, vec![unread, listed], true));
        assert!(last.contains("finding-certificate-next") && !last.contains("could not be read"), "{last}");
    }

    #[test]
    fn only_a_known_signer_is_asked_after_and_only_by_those_who_may() {
        let unknown = html(&report(FindingCode::SignatureInvalid, Vec::new(), true));
        assert!(!unknown.contains("Check the metadata"), "which certificate signed is not known: {unknown}");
        let listed = answer(Some(FindingCode::CertificateNext), "AA11");
        let viewer = html(&report(FindingCode::CertificateUnknown, vec![listed], false));
        assert!(!viewer.contains("Check the metadata") && viewer.contains("finding-certificate-next"), "{viewer}");
    }

    fn status(code: FindingCode, message: &str) -> AttemptEvent {
        let actual = FindingValue::Status {
            code: "urn:oasis:names:tc:SAML:2.0:status:Responder".into(),
            sub_code: Some("urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext".into()),
            message: Some(message.into()),
        };
        AttemptEvent { actual: Some(actual), ..event(EventKind::Status, Verdict::Failed, Some(code), "") }
    }

    #[test]
    fn what_is_live_by_now_counts_before_a_draft_beside_it() {
        let code = FindingCode::CertificateUnknown;
        let report = |draft: &[&str], live: &[&str], is_test| {
            let mut report = report(code, Vec::new(), true);
            report.summary.is_test = is_test;
            AttemptReport {
                draft: Some(fixture::connection(RevisionState::Draft, draft)),
                live: Some(fixture::connection(RevisionState::Live, live)),
                ..report
            }
        };
        let (in_draft, live, test_again) =
            ("make the draft live in the step", "live configuration is right", "test again, then make it live");
        for (draft, live_has, is_test, words) in [
            (["AA11"], ["BB22"], false, in_draft),
            (["AA11"], ["AA11"], false, live),
            (["BB22"], ["AA11"], false, live),
            (["AA11"], ["BB22"], true, test_again),
            (["BB22"], ["AA11"], true, "Check the metadata"),
        ] {
            let shown = html(&report(&draft, &live_has, is_test));
            assert!(shown.contains(words), "{draft:?} {live_has:?} {is_test}: {shown}");
        }
    }

    #[test]
    fn a_clock_is_said_to_be_off_by_so_much() {
        let offset = |seconds| {
            let actual = Some(FindingValue::ClockOffset { seconds });
            let code = FindingCode::ClockBehind;
            let event = AttemptEvent { actual, ..event(EventKind::IssueInstant, Verdict::Failed, Some(code), "") };
            html(&fixture::report(AttemptOutcome::Failed(code), vec![event]))
        };
        assert!(offset(-600).contains("clock is 10 minutes behind"), "{}", offset(-600));
        assert!(offset(90).contains("clock is 90 seconds ahead"), "{}", offset(90));
    }

    #[test]
    fn what_the_identity_provider_says_with_its_status_is_explained() {
        let code = FindingCode::StatusResponder;
        let report = |provider, message: &str| AttemptReport {
            identity_provider: provider,
            ..fixture::report(AttemptOutcome::Failed(code), vec![status(code, message)])
        };
        let entra = html(&report(IdentityProvider::Entra, "AADSTS50105: not assigned"));
        assert!(entra.contains("The person is not assigned to the application"), "{entra}");
        assert!(!entra.contains("Activity > Sign-in logs"), "the cause is known: {entra}");
        let keycloak = html(&report(IdentityProvider::Keycloak, "Invalid requester"));
        assert!(keycloak.contains("The request has no signature that Keycloak accepts"), "{keycloak}");
        let vague = html(&report(IdentityProvider::Okta, "Access denied"));
        assert!(vague.contains("Okta: A policy does not let the person in"), "{vague}");
        let code = FindingCode::InvalidNameIdPolicy;
        let precise = AttemptReport {
            identity_provider: IdentityProvider::Other,
            ..fixture::report(AttemptOutcome::Failed(code), vec![status(code, "Not permitted")])
        };
        let precise = html(&precise);
        assert!(precise.contains("the settings of this application: format of the name identifier"), "{precise}");
        assert!(!precise.contains("The person may not use the application"), "the code says more: {precise}");
    }

    #[test]
    fn the_second_status_code_is_explained_or_shown_as_it_came() {
        let code = FindingCode::StatusResponder;
        let shown = |sub_code: &str| {
            let actual = FindingValue::Status {
                code: "urn:oasis:names:tc:SAML:2.0:status:Responder".into(),
                sub_code: Some(sub_code.into()),
                message: Some("closed for today".into()),
            };
            let event =
                AttemptEvent { actual: Some(actual), ..event(EventKind::Status, Verdict::Failed, Some(code), "") };
            html(&fixture::report(AttemptOutcome::Failed(code), vec![event]))
        };
        for name in [
            "InvalidAttrNameOrValue",
            "NoAvailableIDP",
            "NoSupportedIDP",
            "PartialLogout",
            "ProxyCountExceeded",
            "ResourceNotRecognized",
            "TooManyResponses",
            "UnknownAttrProfile",
        ] {
            let shown = shown(&format!("urn:oasis:names:tc:SAML:2.0:status:{name}"));
            assert!(shown.contains(&format!("(status {name})")), "{shown}");
            assert!(!shown.contains("and not what") && shown.contains("closed for today"), "{shown}");
        }
        let own = shown("urn:example:closed");
        assert!(own.contains("urn:example:closed: closed for today") && own.contains("(status Responder)"), "{own}");
    }

    #[test]
    fn nothing_names_entra_where_another_identity_provider_is_in_use() {
        let others = IdentityProvider::ALL.iter().filter(|provider| **provider != IdentityProvider::Entra);
        let everything = SignInOptions {
            force_authn: true,
            is_passive: true,
            name_id_format: Some(model::options::NameIdFormat::Persistent),
            ..SignInOptions::default()
        };
        for provider in others {
            for code in FindingCode::ALL {
                let found = event(EventKind::Signature, Verdict::Failed, Some(*code), "x");
                let report = AttemptReport {
                    identity_provider: *provider,
                    request: Some(SentRequest::from_options(&everything, &fixture::idp())),
                    ..fixture::report(AttemptOutcome::Failed(*code), vec![found])
                };
                let shown = html(&report);
                for name in ["Entra", "Microsoft", "Azure", "My Apps"] {
                    assert!(!shown.contains(name), "{provider:?} {code:?}: {shown}");
                }
            }
        }
    }
}
