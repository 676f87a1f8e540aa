//! The list page by page, and as a file.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::demo_data::{self, Amounts};
use model::TeamStatus;
use model::support::{TeamCount, TeamListFilter, TeamSort};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::{Scene, names_on, page};
use crate::harness::{Portal, html};

on_both_databases!(
    every_order_is_paged_without_gaps_and_back,
    results_are_counted_up_to_a_bound,
    pages_are_linked_both_ways,
    the_file_has_the_filtered_list_and_no_formulas,
    support_alone_sees_the_list,
);

async fn demo(kind: DatabaseKind, teams: u32) -> Portal {
    let portal = Portal::start(kind).await;
    let amounts = Amounts { teams, people: teams, attempts: 2 * teams };
    demo_data::fill(&portal.services, amounts, |_| {}).await.unwrap();
    portal
}

async fn every_order_is_paged_without_gaps_and_back(kind: DatabaseKind) {
    let portal = demo(kind, 130).await;
    for &sort in TeamSort::ALL {
        for state in [None, Some(TeamStatus::Active)] {
            let first = TeamListFilter { sort, state, ..TeamListFilter::default() };
            let mut pages = vec![page(&portal, &first).await];
            while let Some(after) = pages.last().unwrap().next.clone() {
                pages.push(page(&portal, &TeamListFilter { after, ..first.clone() }).await);
            }
            let slugs: Vec<_> =
                pages.iter().flat_map(|page| page.teams.iter().map(|team| team.slug.to_string())).collect();
            let expected = if state.is_none() { 130 } else { slugs.len() };
            assert_eq!(slugs.len(), expected, "{sort:?} {state:?}");
            assert_eq!(slugs.iter().collect::<BTreeSet<_>>().len(), slugs.len(), "{sort:?} {state:?}: each once");
            assert!(pages.iter().rev().skip(1).all(|page| page.teams.len() == 50), "{sort:?}");
            assert_eq!(pages[0].previous, None);

            // the same pages backwards
            let mut last = pages.pop().unwrap();
            while let Some(before) = last.previous.clone() {
                let back = page(&portal, &TeamListFilter { before, ..first.clone() }).await;
                let forth = pages.pop().unwrap();
                assert_eq!(back.teams, forth.teams, "{sort:?} {state:?}");
                last = back;
            }
            assert!(pages.is_empty(), "{sort:?} {state:?}");
        }
    }
}

async fn results_are_counted_up_to_a_bound(kind: DatabaseKind) {
    let portal = demo(kind, 60).await;
    let filter = TeamListFilter::default();
    assert_eq!(page(&portal, &filter).await.count, TeamCount::Exactly(60));
    let in_review = TeamListFilter { state: Some(TeamStatus::InReview), ..TeamListFilter::default() };
    let found = page(&portal, &in_review).await;
    assert_eq!(found.count, TeamCount::Exactly(u64::try_from(found.teams.len()).unwrap()));
    demo_data::fill(&portal.services, Amounts { teams: 960, people: 0, attempts: 0 }, |_| {}).await.unwrap();
    assert_eq!(page(&portal, &filter).await.count, TeamCount::MoreThan(500));
}

async fn pages_are_linked_both_ways(kind: DatabaseKind) {
    let portal = demo(kind, 60).await;
    let mut support = portal.support("root@krisp.example", model::SupportRole::Reviewer).await;
    let first = support.get("/support/teams?sort=waiting").await.body;
    assert_eq!(names_on(&first).len(), 50);
    assert!(html::attribute(&first, "a[rel=prev]", "href").is_none());
    let next = html::attribute(&first, "a[rel=next]", "href").unwrap();
    assert!(next.contains("sort=waiting"), "{next}");
    let second = support.get(&next).await.body;
    assert_eq!(names_on(&second).len(), 10);
    assert!(html::attribute(&second, "a[rel=next]", "href").is_none());
    let back = html::attribute(&second, "a[rel=prev]", "href").unwrap();
    assert_eq!(names_on(&support.get(&back).await.body), names_on(&first));
    // a place that is none is the beginning
    for place in ["after=x", "after=_", "before=99_99", "after=00000000-0000-0000-0000-000000000000_x"] {
        let answer = support.get(&format!("/support/teams?sort=waiting&{place}")).await;
        assert_eq!((answer.status, names_on(&answer.body).len()), (StatusCode::OK, 50), "{place}");
    }
}

async fn the_file_has_the_filtered_list_and_no_formulas(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let now = scene.portal.now();
    scene.team("=HYPERLINK(\"http://evil.example\")", "evil-222222").await;
    scene.team_in("Contoso, \"Ltd\"", "contoso-222222", TeamStatus::Active, now).await;
    let answer = scene.support.get("/support/teams.csv").await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"teams.csv\"");
    let lines: Vec<_> = answer.body.lines().collect();
    assert_eq!(lines.len(), 3, "{}", answer.body);
    assert!(lines[0].starts_with("slug,name,state,"), "{}", lines[0]);
    assert!(lines[1].starts_with("evil-222222,\"'=HYPERLINK(\"\"http://evil.example\"\")\",draft,"), "{}", lines[1]);
    assert!(lines[2].starts_with("contoso-222222,\"Contoso, \"\"Ltd\"\"\",active,"), "{}", lines[2]);
    let filtered = scene.support.get("/support/teams.csv?q=cont&state=active&after=x").await.body;
    assert_eq!(filtered.lines().count(), 2, "{filtered}");
    let nothing = scene.support.get("/support/teams.csv?q=nothing").await.body;
    assert_eq!(nothing.lines().count(), 1, "{nothing}");
    let audited = scene.portal.audit_codes_of_vendor().await;
    assert_eq!(audited.iter().filter(|code| *code == "team.exported").count(), 3);
}

async fn support_alone_sees_the_list(kind: DatabaseKind) {
    let scene = Scene::new(kind).await;
    scene.team("Contoso", "contoso-222222").await;
    for role in [model::SupportRole::Reviewer, model::SupportRole::Administrator] {
        let mut support = scene.portal.support(&format!("{}@krisp.example", role.as_str()), role).await;
        assert_eq!(names_on(&support.get("/support/teams").await.body), ["Contoso"]);
    }
    let mut member = scene.portal.signed_in("ada@contoso.com", None).await;
    scene.portal.team(&mut member, "Mine").await;
    for path in ["/support/teams", "/support/teams?q=contoso", "/support/teams.csv"] {
        let answer = member.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("Contoso"), "{path}");
        assert!(scene.portal.browser().get(path).await.location().starts_with("/login"), "{path}");
    }
}
