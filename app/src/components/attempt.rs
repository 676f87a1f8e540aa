//! The report of a sign-in attempt: how it stands, what was found, what happened, what came.
//! One look wherever it stands: on its own page, in the set-up, and for support.

use leptos::either::Either;
use leptos::prelude::*;
use model::attempts::KeptXml;
use model::{AttemptOutcome, AttemptReport, EventKind, SetupStep, Verdict};

use super::claims::{claims_table, profile_facts};
use super::entra_error::EntraErrorBox;
use super::finding::{finding, is_answer};
use super::mending::Reader;
use super::sign_in_table::who;
use super::time::moment;
use super::timeline::timeline;
use crate::api::sign_ins::Scope;
use crate::routes;
use crate::words::findings::words;
use crate::words::mending::Here;

/// The report. `ready`: it is a test of the very configuration that would go live. Its type is
/// erased: pages that show it would nest deeper than the compiler looks.
pub fn report(report: AttemptReport, scope: &Scope, ready: bool) -> AnyView {
    let page = routes::sign_in(&scope.list(), report.summary.reference.as_str());
    let outcome = outcome(&report, &page, scope, ready);
    let findings = findings(&report, scope);
    let name_id = report.name_id.clone();
    let profile = report.profile.clone().unwrap_or_default();
    let claims = report.claims.clone();
    let title = match report.summary.outcome {
        AttemptOutcome::Succeeded => "Who signed in",
        _ => "Whom the assertion named",
    };
    let received = name_id.map(|name_id| {
        view! {
            <section class="card stack stack--tight">
                <h2 class="card__title">{title}</h2>
                {profile_facts(name_id, &profile)}
                {(!claims.is_empty()).then(|| claims_table(claims))}
            </section>
        }
    });
    view! {
        <div class="stack">
            {outcome} {findings} {received} <section class="card stack stack--tight">
                <h2 class="card__title">"What happened"</h2>
                {timeline(report.events.clone(), report.summary.started_at)}
            </section> {xml(report.xml, report.summary.reference.as_str(), scope)} {facts(&report, page)}
        </div>
    }
    .into_any()
}

fn outcome(report: &AttemptReport, page: &str, scope: &Scope, ready: bool) -> AnyView {
    match report.summary.outcome {
        AttemptOutcome::Waiting => waiting(report, page, scope).into_any(),
        AttemptOutcome::NeverReturned => never_returned(report, page, scope).into_any(),
        AttemptOutcome::NotFinished => not_finished(report, scope).into_any(),
        AttemptOutcome::Succeeded => succeeded(report, ready).into_any(),
        AttemptOutcome::Failed(code) => {
            let what = if report.summary.is_test { "The test failed" } else { "The sign-in failed" };
            view! {
                <div class="notice notice--danger">
                    <strong>{format!("{what}: {}", words(code).title)}</strong>
                    <p>"Nobody was let in. What was found, and who mends it, is below."</p>
                </div>
            }
            .into_any()
        }
    }
}

fn waiting(report: &AttemptReport, page: &str, scope: &Scope) -> impl IntoView + use<> {
    if report.events.iter().any(|event| event.kind == EventKind::CodeIssued) {
        let rest = if report.is_idp_initiated {
            "The person is asked now whether to go on, as we do where a sign-in begins at Entra."
        } else {
            "The sign-in is on its way back to its browser, and ends in its tab."
        };
        return Either::Left(view! {
            <div class="notice notice--info">
                <strong>"Every check passed"</strong>
                <p>{rest}</p>
            </div>
        });
    }
    Either::Right(view! {
        <div class="notice notice--info">
            <strong>"The sign-in went to your identity provider and has not returned."</strong>
            <p>"Finish it in its tab. If Microsoft shows an error there, the AADSTS number on that page says why."</p>
        </div>
        {error_box(report, page, scope)}
    })
}

fn never_returned(report: &AttemptReport, page: &str, scope: &Scope) -> impl IntoView + use<> {
    view! {
        <div class="notice notice--warning">
            <strong>"The sign-in went to Entra and has not returned"</strong>
            <p>
                "Nothing came back in time. As a rule Microsoft showed an error and stopped there, or whoever signed in closed the window. We cannot see Microsoft's page; the number on it that begins with AADSTS says why."
            </p>
        </div>
        {error_box(report, page, scope)}
    }
}

/// Takes what Microsoft showed, while nothing has come back.
fn error_box(report: &AttemptReport, page: &str, scope: &Scope) -> impl IntoView + use<> {
    let slug = report.summary.team.to_string();
    view! {
        <section class="card">
            <EntraErrorBox slug=slug from=page.to_owned() support=scope.is_vendor() />
        </section>
    }
}

/// Every check passed, and nobody came for the session.
fn not_finished(report: &AttemptReport, scope: &Scope) -> impl IntoView + use<> {
    let why = match (report.summary.is_test, report.is_idp_initiated) {
        (true, _) => {
            "The browser did not come back to end the test within its time: it was closed, or stopped on the way. Start the test again."
        }
        (false, true) => {
            "The browser did not come for its session within its time: it was closed, or stopped on the way, or the person did not agree to go on, as we ask where a sign-in begins at Entra. Nobody was signed in."
        }
        (false, false) => {
            "The browser did not come for its session within its time: it was closed, or stopped on the way. Nobody was signed in."
        }
    };
    let reader = Reader::of(report, scope);
    let again = reader.link(Here::Start).filter(|_| reader.is_test).map(|(address, words)| {
        view! {
            <p>
                <a class="button" href=address>
                    {words}
                </a>
            </p>
        }
    });
    view! {
        <div class="notice notice--warning">
            <strong>"Every check passed, and the sign-in was not finished"</strong>
            <p>{why}</p>
            {again}
        </div>
    }
}

fn succeeded(report: &AttemptReport, ready: bool) -> impl IntoView + use<> {
    let slug = report.summary.team.as_str();
    let warned = report.findings().iter().any(|event| event.verdict >= Verdict::Warned);
    let rest = if warned { "What may become a problem is listed below." } else { "Every check passed." };
    if ready {
        return Either::Left(view! {
            <div class="notice notice--success">
                <strong>"Ready to go live"</strong>
                <p>"The sign-in works. " {rest}</p>
                <p>
                    <a class="button button--primary" href=routes::setup(slug, SetupStep::GoLive)>
                        "Continue to Go live"
                    </a>
                </p>
            </div>
        });
    }
    let is_test = report.summary.is_test;
    let title = if is_test { "The sign-in works" } else { "Signed in" };
    // whether it is still the configuration that was tested is said there
    let next = (is_test && report.may_configure).then(|| {
        view! {
            <p>
                <a class="button" href=routes::setup(slug, SetupStep::GoLive)>
                    "Continue to Go live"
                </a>
            </p>
        }
    });
    Either::Right(view! {
        <div class="notice notice--success">
            <strong>{title}</strong>
            <p>{rest}</p>
            {next}
        </div>
    })
}

/// What was found, the cause of a failure first; what is only worth knowing last.
fn findings(report: &AttemptReport, scope: &Scope) -> Option<impl IntoView + use<>> {
    let mut found = report.findings();
    found.retain(|event| !is_answer(event));
    if found.is_empty() {
        return None;
    }
    let cards = found.into_iter().map(|event| finding(event, report, scope)).collect_view();
    Some(view! {
        <section class="stack stack--tight" aria-label="Findings">
            <h2>"Findings"</h2>
            {cards}
        </section>
    })
}

/// The way to the XML, or why there is none.
fn xml(xml: KeptXml, reference: &str, scope: &Scope) -> impl IntoView + use<> {
    let days = if xml.days == 1 { "1 day".to_owned() } else { format!("{} days", xml.days) };
    let content = if !xml.may_see {
        Either::Right(
            "The XML of request and response is shown to owners and admins of the team and to support.".to_owned(),
        )
    } else if xml.request || xml.response {
        let address = routes::sign_in_xml(&scope.list(), reference);
        Either::Left(view! {
            <a class="button" href=address>
                "See the XML"
            </a>
            <span>{format!("Kept for {days}. That you look at it is written into the audit trail.")}</span>
        })
    } else if xml.days == 0 {
        Either::Right("The XML of requests and responses is not kept: the portal's configuration says so.".to_owned())
    } else {
        Either::Right(format!("The XML of request and response is kept for {days}; there is none of this attempt."))
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"XML"</h2>
            <p class="cluster">{content}</p>
        </section>
    }
}

/// What it was an attempt of.
fn facts(report: &AttemptReport, page: String) -> impl IntoView + use<> {
    let summary = &report.summary;
    let kind = match (summary.is_test, report.is_idp_initiated) {
        (true, _) => "A test: no session began and nobody was provisioned",
        (false, true) => "A sign-in that began at the identity provider",
        (false, false) => "A sign-in",
    };
    view! {
        <dl class="facts">
            <dt>"Reference"</dt>
            <dd>
                <a class="mono" href=page>
                    {summary.reference.to_string()}
                </a>
            </dd>
            <dt>"Kind"</dt>
            <dd>{kind}</dd>
            {summary
                .subject
                .clone()
                .map(|subject| {
                    view! {
                        <dt>"Who"</dt>
                        <dd>{who(subject)}</dd>
                    }
                })}
            {report
                .revision
                .map(|revision| {
                    view! {
                        <dt>"Revision"</dt>
                        <dd>{revision}</dd>
                    }
                })}
            <dt>"Started"</dt>
            <dd>{moment(summary.started_at)}</dd>
            {summary
                .finished_at
                .map(|at| {
                    view! {
                        <dt>"Ended"</dt>
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
    use crate::components::fixture::{self, event, scope};

    fn html(report: &AttemptReport) -> String {
        Owner::new().with(|| outcome(report, "/teams/contoso-7k2m9q/sign-ins/SSO-7F3K-2Q9M", &scope(), false).to_html())
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
        assert!(shown.contains("Every check passed") && !shown.contains("Did Microsoft show"), "{shown}");
    }

    #[test]
    fn what_the_metadata_said_is_no_finding_beside_the_question() {
        let code = FindingCode::CertificateUnknown;
        let events = vec![
            event(EventKind::Signature, Verdict::Failed, Some(code), "AA11"),
            event(EventKind::MetadataAsked, Verdict::Noted, Some(FindingCode::CertificateNext), "AA11"),
        ];
        let report = fixture::report(AttemptOutcome::Failed(code), events);
        let shown = Owner::new().with(|| findings(&report, &scope()).unwrap().to_html());
        assert_eq!(shown.matches("id=\"finding-certificate-next\"").count(), 1, "{shown}");
        assert_eq!(shown.matches("<article").count(), 1, "{shown}");
    }
}
