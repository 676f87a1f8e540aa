//! The checklist of a review: each line is fine, or says what to look at.

use leptos::prelude::*;
use messages::{Text as _, text};
use model::support::{ReviewCheck, ReviewedTest};
use model::{Reference, RevisionPart, TeamLink};

use super::rich_text::rich_text;
use super::time::{day, moment};
use crate::routes;

/// All lines, what needs a look first.
pub fn review_checklist(checks: &[ReviewCheck]) -> impl IntoView + use<> {
    let (look, fine): (Vec<_>, Vec<_>) = checks.iter().partition(|check| check.needs_look());
    let head = match look.len() {
        0 => text!("review-checklist-all-fine"),
        count => text!("review-checklist-needs-look", count = count),
    };
    let lines = look.into_iter().chain(fine).map(line).collect_view();
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("review-checklist-title")}</h2>
            <p>{head}</p>
            <ul class="checks">{lines}</ul>
        </section>
    }
}

fn line(check: &ReviewCheck) -> impl IntoView + use<> {
    let (ok, verdict) = if check.needs_look() {
        ("look", text!("review-checklist-look"))
    } else {
        ("true", text!("review-checklist-fine"))
    };
    view! {
        <li data-ok=ok>
            <span class="visually-hidden">{verdict}</span>
            " "
            {words(check)}
        </li>
    }
}

fn words(check: &ReviewCheck) -> AnyView {
    match check {
        ReviewCheck::Test(test) => tested(test),
        ReviewCheck::TesterDomain { tester, is_known: true, .. } => {
            text!("review-checklist-tester", tester = tester).into_any()
        }
        ReviewCheck::TesterDomain { tester, administrators, .. } => {
            text!("review-checklist-other-tester", tester = tester, domains = administrators.join(", ")).into_any()
        }
        ReviewCheck::AdministratorDomains { domains } => {
            let (count, domains) = (domains.len(), domains.join(", "));
            text!("review-checklist-domains", count = count, domains = domains).into_any()
        }
        ReviewCheck::FreeMail { addresses } => match addresses.as_slice() {
            [] => text!("review-checklist-no-free-mail").into_any(),
            some => text!("review-checklist-free-mail", addresses = some.join(", ")).into_any(),
        },
        ReviewCheck::Tenant { configured, of_test } => match of_test {
            None => text!("review-checklist-tenant-unknown", tenant = configured).into_any(),
            Some(tenant) if tenant == configured => text!("review-checklist-tenant", tenant = tenant).into_any(),
            Some(tenant) => text!("review-checklist-other-tenant", tenant = tenant, configured = configured).into_any(),
        },
        ReviewCheck::SameIdentityProvider { teams } => match teams.as_slice() {
            [] => text!("review-checklist-own-provider").into_any(),
            some => rich_text("review-checklist-same-provider", vec![("teams", links(some))]).into_any(),
        },
        ReviewCheck::SameCertificate { teams } => match teams.as_slice() {
            [] => text!("review-checklist-own-certificate").into_any(),
            some => rich_text("review-checklist-same-certificate", vec![("teams", links(some))]).into_any(),
        },
        ReviewCheck::Certificates { keys, last_end, .. } => match last_end {
            None => text!("review-checklist-no-certificate").into_any(),
            Some(end) => {
                let values = vec![("end", day(*end).into_any()), ("keys", keys.join(", ").into_any())];
                rich_text("review-checklist-certificates", values).into_any()
            }
        },
        ReviewCheck::Options { changed } => match changed.as_slice() {
            [] => text!("review-checklist-defaults").into_any(),
            some => {
                let options = some.iter().map(option).collect::<Vec<_>>().join("; ");
                text!("review-checklist-options", options = options).into_any()
            }
        },
        ReviewCheck::Changes { live: None, .. } => text!("review-checklist-first").into_any(),
        ReviewCheck::Changes { live: Some(live), count } => {
            text!("review-checklist-changes", live = live, count = count).into_any()
        }
    }
}

fn tested(test: &ReviewedTest) -> AnyView {
    match test {
        ReviewedTest::Passed { revision, at, tester, reference } => {
            let tester = tester.clone().unwrap_or_else(|| text!("review-checklist-somebody"));
            let revision = revision.map_or_else(String::new, |revision| revision.to_string());
            let values = vec![
                ("tester", tester.into_any()),
                ("revision", revision.into_any()),
                ("at", moment(*at).into_any()),
                ("report", report(reference)),
            ];
            rich_text("review-checklist-tested", values).into_any()
        }
        ReviewedTest::LatestDidNotPass { reference } => {
            rich_text("review-checklist-latest-test", vec![("report", report(reference))]).into_any()
        }
        ReviewedTest::BeforeEdit { at, reference } => {
            let values = vec![("at", moment(*at).into_any()), ("report", report(reference))];
            rich_text("review-checklist-test-before-edit", values).into_any()
        }
        ReviewedTest::None => text!("review-checklist-untested").into_any(),
    }
}

fn report(reference: &Reference) -> AnyView {
    let address = routes::attempt(routes::SUPPORT_ATTEMPTS, reference.as_str());
    view! {
        <a class="nowrap" href=address>
            {reference.to_string()}
        </a>
    }
    .into_any()
}

fn links(teams: &[TeamLink]) -> AnyView {
    let links = teams.iter().enumerate().map(|(number, team)| {
        let comma = if number == 0 { "" } else { ", " };
        view! {
            {comma}
            <a href=routes::support_team(team.slug.as_str())>{team.name.clone()}</a>
        }
    });
    links.collect_view().into_any()
}

fn option((part, value): &(RevisionPart, Option<String>)) -> String {
    let value = value.clone().unwrap_or_else(|| messages::absent(*part));
    format!("{}: {value}", part.text())
}
