//! The report of a sign-in attempt: its outcome, what was found, what happened, what came. It is
//! the same on its own page, in the set-up, and for support.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::application::AuthorizationView;
use model::attempts::AttemptXml;
use model::{AttemptOutcome, AttemptReport, EventKind, FindingCode, IdentityProvider, SetupStep, Verdict};

use super::attempts_table::subject_name;
use super::claims::{claims_table, profile_facts};
use super::finding::{finding, is_metadata_answer};
use super::remediation::RemediationContext;
use super::rich_text::rich_text;
use super::time::moment;
use super::timeline::timeline;
use super::usual_stops::kept_there;
use crate::api::attempts::AttemptList;
use crate::findings::{FindingText, finding_text, title};
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

/// That the person signed out, and the identity provider has not answered yet: after ten minutes it is a finding.
fn signing_out(report: &AttemptReport) -> Option<impl IntoView + use<>> {
    let sent = report.events.iter().rev().find(|event| event.kind == EventKind::LogoutSent)?;
    let is_answered = report.events.iter().any(|event| event.kind == EventKind::LogoutAnswered);
    let is_waiting = !is_answered && sent.finding.is_none();
    is_waiting.then(|| {
        let at = moment(sent.at).into_any();
        view! {
            <div class="notice notice--info">
                <p>{rich_text("attempt-signing-out", vec![("at", at)])}</p>
            </div>
        }
    })
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

fn outcome(report: &AttemptReport, page: &str, list: &AttemptList, ready: bool) -> AnyView {
    match report.summary.outcome {
        AttemptOutcome::Waiting => waiting(report, page, list).into_any(),
        AttemptOutcome::NeverReturned => never_returned(report, page, list).into_any(),
        AttemptOutcome::NotFinished => not_finished(report, list).into_any(),
        AttemptOutcome::Succeeded => succeeded(report, ready).into_any(),
        AttemptOutcome::Failed(FindingCode::RequestForeign) => of_another_team().into_any(),
        AttemptOutcome::Failed(code) => {
            let cause = title(code);
            let title = if report.summary.is_test {
                text!("attempt-failed-test", cause = cause)
            } else {
                text!("attempt-failed-sign-in", cause = cause)
            };
            view! {
                <div class="notice notice--danger">
                    <strong>{title}</strong>
                    <p>{text!("attempt-failed-text")}</p>
                </div>
            }
            .into_any()
        }
    }
}

fn waiting(report: &AttemptReport, page: &str, list: &AttemptList) -> impl IntoView + use<> {
    if report.events.iter().any(|event| event.kind == EventKind::CodeIssued) {
        let rest = if report.is_idp_initiated {
            text!("attempt-waiting-for-answer")
        } else {
            text!("attempt-waiting-for-browser")
        };
        let passed = view! {
            <div class="notice notice--info">
                <strong>{text!("attempt-every-check-passed")}</strong>
                <p>{rest}</p>
            </div>
        };
        return Either::Left(passed.into_any());
    }
    if went_elsewhere(report) {
        return Either::Left(answered_elsewhere().into_any());
    }
    Either::Right(view! {
        <div class="notice notice--info">
            <strong>{text!("attempt-waiting")}</strong>
            <p>{text!("attempt-waiting.text")}</p>
        </div>
        {kept_there(report, page, list)}
    })
}

/// Nobody who reads this can do anything about it.
fn of_another_team() -> impl IntoView {
    let FindingText { title, meaning, .. } = finding_text(FindingCode::RequestForeign, IdentityProvider::Other);
    view! {
        <div class="notice notice--info">
            <strong>{title}</strong>
            <p>{meaning}</p>
        </div>
    }
}

/// Whether an answer came, at the Reply URL of another team.
fn went_elsewhere(report: &AttemptReport) -> bool {
    report.events.iter().any(|event| event.finding == Some(FindingCode::ReplyUrlOfOtherTeam))
}

fn answered_elsewhere() -> impl IntoView {
    view! {
        <div class="notice notice--danger">
            <strong>{title(FindingCode::ReplyUrlOfOtherTeam)}</strong>
            <p>{text!("attempt-failed-text")}</p>
        </div>
    }
}

fn never_returned(report: &AttemptReport, page: &str, list: &AttemptList) -> impl IntoView + use<> {
    if went_elsewhere(report) {
        return Either::Left(answered_elsewhere());
    }
    Either::Right(view! {
        <div class="notice notice--warning">
            <strong>{text!("attempt-never-returned")}</strong>
            <p>
                {text!("attempt-never-returned.text")}
            </p>
        </div>
        {kept_there(report, page, list)}
    })
}

/// Every check passed, but the browser did not redeem its one-time code.
fn not_finished(report: &AttemptReport, list: &AttemptList) -> impl IntoView + use<> {
    let why = match (report.summary.is_test, report.is_idp_initiated) {
        (true, _) => text!("attempt-not-finished.test"),
        (false, true) => text!("attempt-not-finished.idp-initiated"),
        (false, false) => text!("attempt-not-finished.sign-in"),
    };
    let context = RemediationContext::of(report, list);
    let again = context.link(PortalPlace::Start).filter(|_| context.is_test).map(|(address, text)| {
        view! {
            <p>
                <a class="button" href=address>
                    {text}
                </a>
            </p>
        }
    });
    view! {
        <div class="notice notice--warning">
            <strong>{text!("attempt-not-finished")}</strong>
            <p>{why}</p>
            {again}
        </div>
    }
}

fn succeeded(report: &AttemptReport, ready: bool) -> impl IntoView + use<> {
    let slug = report.summary.team.as_str();
    let warned = report.findings().iter().any(|event| event.verdict >= Verdict::Warned);
    let rest = if warned { text!("attempt-succeeded-with-warnings") } else { text!("attempt-succeeded-text") };
    if ready {
        return Either::Left(view! {
            <div class="notice notice--success">
                <strong>{text!("attempt-ready")}</strong>
                <p>{text!("attempt-ready.text")} " " {rest}</p>
                <p>
                    <a class="button button--primary" href=routes::setup(slug, SetupStep::GoLive)>
                        {text!("attempt-continue-to-go-live")}
                    </a>
                </p>
            </div>
        });
    }
    let is_test = report.summary.is_test;
    let title = if is_test { text!("attempt-succeeded-test") } else { text!("attempt-succeeded-sign-in") };
    let who = report.summary.subject.clone().map(|subject| view! { ": " {subject_name(subject)} });
    // whether it is still the configuration that was tested is said there
    let next = (is_test && report.may_configure).then(|| {
        view! {
            <p>
                <a class="button" href=routes::setup(slug, SetupStep::GoLive)>
                    {text!("attempt-continue-to-go-live")}
                </a>
            </p>
        }
    });
    Either::Right(view! {
        <div class="notice notice--success">
            <strong>{title} {who}</strong>
            <p>{rest}</p>
            {next}
        </div>
    })
}

/// What was found, the cause of a failure first; what is only worth knowing last.
fn findings(report: &AttemptReport, list: &AttemptList) -> Option<impl IntoView + use<>> {
    let mut found = report.findings();
    // one line says all that there is to say of another team's
    found.retain(|event| !is_metadata_answer(event) && event.finding != Some(FindingCode::RequestForeign));
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
    use model::FindingCode;

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
            event(EventKind::MetadataAsked, Verdict::Noted, Some(FindingCode::CertificateNext), "AA11"),
        ];
        let report = fixture::report(AttemptOutcome::Failed(code), events);
        let shown = Owner::new().with(|| findings(&report, &list()).unwrap().to_html());
        assert_eq!(shown.matches("id=\"finding-certificate-next\"").count(), 1, "{shown}");
        assert_eq!(shown.matches("<article").count(), 1, "{shown}");
    }
}
