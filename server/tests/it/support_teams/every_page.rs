//! Every page of the support desk with made-up teams, people and sign-ins. How long they take with as many
//! as a large vendor has is measured by `script/bench support`.

use domain::attempts::{self, AttemptScope};
use domain::demo_data::{self, Amounts};
use model::attempts::AttemptFilter;
use model::support::{TeamListFilter, TeamSort};
use model::{SupportRole, TeamStatus};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::page;
use crate::harness::Portal;

on_both_databases!(every_page_of_the_support_desk_answers);

const FEW: Amounts = Amounts { teams: 120, people: 240, attempts: 480 };

async fn every_page_of_the_support_desk_answers(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    demo_data::fill(&portal.services, FEW, |_| {}).await.unwrap();
    let mut support = portal.support("root@krisp.example", SupportRole::Administrator).await;
    for path in pages(&portal).await {
        let answer = support.get(&path).await;
        assert!(answer.status.is_success() || answer.status.is_redirection(), "{path}: {}", answer.status);
    }
}

/// Where the pages are.
async fn pages(portal: &Portal) -> Vec<String> {
    let first = page(portal, &TeamListFilter::default()).await;
    let team = first.teams.iter().find(|team| team.certificate_ends_at.is_some()).unwrap();
    let name = team.name.split(' ').nth(2).unwrap().to_owned();
    let (sort, state) = (TeamSort::LastSignIn, Some(TeamStatus::Active));
    let middle = page(portal, &TeamListFilter { sort, state, ..TeamListFilter::default() }).await;
    let (operator, scope) = (domain::Actor::operator(), AttemptScope::AllTeams);
    let attempts = attempts::list(&portal.services, &operator, &scope, AttemptFilter::default()).await.unwrap();
    let reference = attempts.attempts[0].reference.to_string();
    let list = |query: &str| format!("/support/teams?{query}");
    let mut pages = vec![
        "/support".to_owned(),
        "/support/teams".to_owned(),
        list("q=no"),
        list("q=c"),
        list("q=owner%40"),
        list(&format!("q={name}")),
        list("q=north+software"),
        list(&format!("q=owner%40+{name}")),
        list(&format!("q={}", team.slug)),
        list("q=north-airlines"),
        list("q=https%3A%2F%2Fsts.windows.net%2Fffffffff"),
        list("q=zzzz"),
        list(&format!("q={reference}")),
        list("state=active"),
        list("state=suspended"),
        list("waiting=support&sort=waiting"),
        list("waiting=team&sort=waiting"),
        list("certificate=ends-soon"),
        list("certificate=over"),
        list("sign_ins=failing"),
        list("sign_ins=failing&state=suspended"),
        list("quiet=30"),
        list("provider=ad-fs"),
        list("provider=shibboleth"),
        list("state=draft&certificate=over"),
        list("sort=last-sign-in"),
        list("sort=quiet"),
        list("q=no&state=active&certificate=ends-soon&sort=quiet"),
        format!("/support/teams/{}", team.slug),
        "/support/sign-ins".to_owned(),
        "/support/sign-ins?outcome=failed".to_owned(),
    ];
    if let Some(after) = &middle.next {
        pages.push(list(&format!("sort=last-sign-in&state=active&after={after}")));
    }
    pages
}
