//! The report of a sign-in attempt: its outcome, what was found, what happened, what came. It is
//! the same on its own page, in the set-up, and for support.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::application::AuthorizationView;
use model::attempts::AttemptXml;
use model::{AttemptOutcome, AttemptReport, FindingCode};

use super::attempt_outcome::{outcome, signing_out};
use super::attempts_table::subject_name;
use super::claims::{claims_table, profile_facts};
use super::finding::{finding, is_metadata_answer};
use super::remediation::RemediationContext;
use super::time::moment;
use super::timeline::timeline;
use crate::api::attempts::AttemptList;
use crate::remediation::PortalPlace;
use crate::routes;
use crate::timeline::is_check;

/// The report. `ready`: it is a test of the very configuration that would go live. Its type is
/// erased: pages that show it would nest deeper than the compiler looks.
pub fn report(report: AttemptReport, list: &AttemptList, ready: bool) -> AnyView {
    let page = routes::attempt(&list.address(), report.summary.reference.as_str());
    let outcome = outcome(&report, &page, list, ready);
    let findings = findings(&report, list);
    let name_id = report.name_id.clone();
    let profile = report.profile.clone().unwrap_or_default();
    let claims = report.claims.clone();
    let title = match report.summary.outcome {
        AttemptOutcome::Succeeded => text!("attempt-who-signed-in"),
        _ => text!("attempt-who-was-named"),
    };
    let person = RemediationContext::of(&report, list).link(PortalPlace::Person).filter(|_| report.person.is_some());
    let person = person.map(|(address, label)| view! { <p><a href=address>{label}</a></p> });
    let received = name_id.map(|name_id| {
        view! {
            <section class="card stack stack--tight">
                <h2 class="card__title">{title}</h2>
                {profile_facts(name_id, &profile)}
                {(!claims.is_empty()).then(|| claims_table(claims))}
                {person}
            </section>
        }
    });
    view! {
        <div class="stack">
            {outcome} {signing_out(&report)} {findings} {received} {what_happened(&report)} {in_applications(&report)} {xml(report.xml, report.summary.reference.as_str(), list)} {facts(&report, page)}
        </div>
    }
    .into_any()
}

/// Every step and check. Of a sign-in that went well one line says so, and the rest is folded.
fn what_happened(report: &AttemptReport) -> impl IntoView + use<> {
    let checks = report.events.iter().filter(|event| is_check(event.kind)).count();
    let all_passed = report.summary.outcome == AttemptOutcome::Succeeded;
    let timeline =
        view! { <div class="timeline-groups">{timeline(report.events.clone(), report.summary.started_at)}</div> };
    let content = if all_passed && checks > 0 {
        Either::Left(view! {
            <details>
                <summary>{text!("attempt-all-checks-passed", count = checks)}</summary>
                {timeline}
            </details>
        })
    } else {
        Either::Right(timeline)
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("attempt-what-happened")}</h2>
            {content}
        </section>
    }
}

/// What became of the sign-in in applications, once it is theirs.
fn in_applications(report: &AttemptReport) -> Option<impl IntoView + use<>> {
    if report.application.is_none() && report.authorizations.is_empty() {
        return None;
    }
    let asked_by = report.application.clone().map(|name| {
        view! { <p>{text!("attempt-application-asked", application = name)}</p> }
    });
    let rows: Vec<_> = report.authorizations.iter().map(authorization).collect();
    Some(view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("attempt-applications")}</h2>
            {asked_by}
            {(!rows.is_empty()).then(|| view! { <ol class="stack stack--tight">{rows}</ol> })}
        </section>
    })
}

fn authorization(one: &AuthorizationView) -> impl IntoView + use<> {
    let state = match (one.problem, one.redeemed_at) {
        (Some(problem), _) => problem.text(),
        (None, Some(_)) => text!("attempt-application-tokens"),
        (None, None) => text!("attempt-application-code"),
    };
    let at = one.revoked_at.or(one.redeemed_at).unwrap_or(one.code_issued_at);
    view! {
        <li>
            <strong>{one.application.clone()}</strong>
            ": "
            {state}
            " "
            {moment(at)}
        </li>
    }
}

/// What was found, the cause of a failure first; what is only worth knowing last.
fn findings(report: &AttemptReport, list: &AttemptList) -> Option<impl IntoView + use<>> {
    let mut found = report.findings();
    // one line says all that there is to say of another team's
    found.retain(|event| !is_metadata_answer(event) && event.finding != Some(FindingCode::RequestOfOtherTeam));
    if found.is_empty() {
        return None;
    }
    let cards = found.into_iter().map(|event| finding(event, report, list)).collect_view();
    Some(view! {
        <section class="stack stack--tight" aria-label=text!("attempt-findings")>
            <h2>{text!("attempt-findings")}</h2>
            {cards}
        </section>
    })
}

/// The way to the XML, or why there is none.
fn xml(xml: AttemptXml, reference: &str, list: &AttemptList) -> impl IntoView + use<> {
    let content = if !xml.may_see {
        Either::Right(text!("attempt-xml-not-allowed"))
    } else if xml.request || xml.response {
        let address = routes::attempt_xml(&list.address(), reference);
        Either::Left(view! {
            <a class="button" href=address>
                {text!("attempt-xml-link")}
            </a>
            <span>{text!("attempt-xml-kept", days = xml.days)}</span>
        })
    } else if xml.days == 0 {
        Either::Right(text!("attempt-xml-never-kept"))
    } else {
        Either::Right(text!("attempt-xml-missing", days = xml.days))
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("attempt-xml-title")}</h2>
            <p class="cluster">{content}</p>
        </section>
    }
}

/// The reference, the kind, who it was and when.
fn facts(report: &AttemptReport, page: String) -> impl IntoView + use<> {
    let summary = &report.summary;
    let kind = match (summary.is_test, report.is_idp_initiated) {
        (true, _) => text!("attempt-kind-test.text"),
        (false, true) => text!("attempt-kind-sign-in.idp-initiated"),
        (false, false) => text!("attempt-kind-sign-in.text"),
    };
    view! {
        <dl class="facts">
            <dt>{text!("attempt-reference")}</dt>
            <dd>
                <a class="mono" href=page>
                    {summary.reference.to_string()}
                </a>
            </dd>
            <dt>{text!("attempt-kind")}</dt>
            <dd>{kind}</dd>
            {summary
                .subject
                .clone()
                .map(|subject| {
                    view! {
                        <dt>{text!("attempt-who")}</dt>
                        <dd>{subject_name(subject)}</dd>
                    }
                })}
            {report
                .revision
                .map(|revision| {
                    view! {
                        <dt>{text!("attempt-revision")}</dt>
                        <dd>{revision}</dd>
                    }
                })}
            <dt>{text!("attempt-started")}</dt>
            <dd>{moment(summary.started_at)}</dd>
            {summary
                .finished_at
                .map(|at| {
                    view! {
                        <dt>{text!("attempt-ended")}</dt>
                        <dd>{moment(at)}</dd>
                    }
                })}
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use model::{EventKind, Verdict};

    use super::*;
    use crate::components::fixture::{self, event, list};

    fn html(report: &AttemptReport) -> String {
        Owner::new().with(|| outcome(report, "/teams/contoso-7k2m9q/sign-ins/SSO-7F3K-2Q9M", &list(), false).to_html())
    }

    #[test]
    fn a_test_that_was_not_finished_is_started_again_by_those_who_may() {
        let sign_in = fixture::report(AttemptOutcome::NotFinished, Vec::new());
        let shown = html(&sign_in);
        assert!(shown.contains("Nobody was signed in") && !shown.contains("href="), "{shown}");
        let mut test = sign_in;
        test.summary.is_test = true;
        assert!(html(&test).contains("/setup/test/start"), "{}", html(&test));
        test.may_configure = false;
        assert!(!html(&test).contains("href="), "{}", html(&test));
    }

    #[test]
    fn whoever_began_at_the_identity_provider_may_not_have_agreed() {
        let report = fixture::report(AttemptOutcome::NotFinished, Vec::new());
        assert!(!html(&report).contains("did not agree"), "{}", html(&report));
        let begun_there = AttemptReport { is_idp_initiated: true, ..report };
        assert!(html(&begun_there).contains("did not agree"), "{}", html(&begun_there));
    }

    #[test]
    fn what_was_verified_waits_for_its_browser_only() {
        let sent = event(EventKind::CodeIssued, Verdict::Passed, None, "");
        let shown = html(&fixture::report(AttemptOutcome::Waiting, vec![sent]));
        assert!(shown.contains("Every check passed") && !shown.contains("Did it show an error"), "{shown}");
    }

    #[test]
    fn what_the_metadata_said_is_no_finding_beside_the_question() {
        let code = FindingCode::CertificateUnknown;
        let events = vec![
            event(EventKind::Signature, Verdict::Failed, Some(code), "AA11"),
            event(EventKind::MetadataChecked, Verdict::Noted, Some(FindingCode::CertificateNext), "AA11"),
        ];
        let report = fixture::report(AttemptOutcome::Failed(code), events);
        let shown = Owner::new().with(|| findings(&report, &list()).unwrap().to_html());
        assert_eq!(shown.matches("id=\"finding-certificate-next\"").count(), 1, "{shown}");
        assert_eq!(shown.matches("<article").count(), 1, "{shown}");
    }
}
