//! The list: searched, filtered, page by page, as a file.

use axum::http::StatusCode;
use chrono::TimeDelta;
use mock_entra::response::Claim;
use model::AuditAction;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{ADELE, SIMON, Scene, submit};
use crate::harness::{Browser, html};
use crate::idp::post_response;

on_both_databases!(
    nobody_has_signed_in_yet,
    the_list_says_who_came_and_when,
    people_are_found_by_parts_of_names_and_addresses,
    the_list_is_filtered_by_state_and_by_absence,
    the_list_is_read_page_by_page,
    the_file_holds_what_the_page_lists_and_no_formula,
    strangers_and_support_find_nobody,
);

/// The names in the list, in order.
async fn names(browser: &mut Browser, address: &str) -> Vec<String> {
    let page = browser.get(address).await;
    assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
    html::texts(&page.body, "tbody td:first-child a")
}

async fn nobody_has_signed_in_yet(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let page = scene.admin.get(&scene.list()).await.body;
    assert!(page.contains("Nobody has signed in yet") && page.contains("How to assign people"), "{page}");
    assert!(!page.contains("Download as CSV"), "{page}");
    let team = scene.admin.get(&format!("/teams/{}", scene.slug)).await.body;
    assert!(team.contains(&format!("href=\"{}\"", scene.list())), "{team}");
    let mut viewer = scene.viewer().await;
    let page = viewer.get(&scene.list()).await.body;
    assert!(page.contains("Nobody has signed in yet") && !page.contains("How to assign people"), "{page}");
}

async fn the_list_says_who_came_and_when(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let list = scene.list();
    assert_eq!(names(&mut scene.admin, &list).await, ["Adele Vance", "B Simon"], "the latest sign-in first");
    let page = scene.admin.get(&list).await.body;
    for words in [ADELE, SIMON, "Active", "23 Nov 2026, 12:00 UTC"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let simon = scene.person(SIMON).await;
    assert!(page.contains(&format!("href=\"{}\"", scene.page_of(&simon))), "{page}");
    // somebody who comes again is not there twice
    scene.portal.pass(TimeDelta::seconds(1));
    scene.signed_in(SIMON).await;
    assert_eq!(names(&mut scene.admin, &list).await, ["B Simon", "Adele Vance"]);
}

async fn people_are_found_by_parts_of_names_and_addresses(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    scene.signed_in("c_50%@contoso.com").await;
    let list = scene.list();
    for (search, found) in [
        ("vance", &["Adele Vance"][..]),
        ("VANCE+adele", &["Adele Vance"]),
        ("b.si", &["B Simon"]),
        ("%40contoso.com+simon", &["B Simon"]),
        ("c_5", &["C 50%"]),
        ("50%25", &["C 50%"]),
        ("b_simon", &[]),
        ("%25", &["C 50%"]),
        ("si%00mon", &["B Simon"]),
        ("fabrikam", &[]),
    ] {
        assert_eq!(names(&mut scene.admin, &format!("{list}?search={search}")).await, found, "{search}");
    }
    let page = scene.admin.get(&format!("{list}?search=fabrikam")).await.body;
    assert!(page.contains("Nobody matches") && page.contains("value=\"fabrikam\""), "{page}");
}

async fn the_list_is_filtered_by_state_and_by_absence(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let list = scene.list();
    let simon = scene.person(SIMON).await;
    scene.submit("deactivate", &simon).await;
    assert_eq!(names(&mut scene.admin, &format!("{list}?state=deactivated")).await, ["B Simon"]);
    assert_eq!(names(&mut scene.admin, &format!("{list}?state=active")).await, ["Adele Vance"]);
    assert_eq!(names(&mut scene.admin, &format!("{list}?state=active&search=simon")).await, [""; 0]);
    let page = scene.admin.get(&format!("{list}?state=deactivated")).await.body;
    assert!(page.contains("Deactivated") && page.contains("<option value=\"deactivated\" selected"), "{page}");

    scene.portal.pass(TimeDelta::days(31));
    scene.signed_in(ADELE).await;
    scene.admin.sign_in("ada@contoso.com").await;
    assert_eq!(names(&mut scene.admin, &format!("{list}?inactive=30")).await, ["B Simon"]);
    assert_eq!(names(&mut scene.admin, &format!("{list}?inactive=90")).await, [""; 0]);
    assert_eq!(names(&mut scene.admin, &format!("{list}?inactive=x&state=y")).await.len(), 2, "filters nothing");
}

async fn the_list_is_read_page_by_page(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    let (team, now) = ("(SELECT id FROM teams LIMIT 1)", scene.portal.now());
    // some of the same moment, on both sides of the end of the page
    for number in 0..60_u32 {
        let at =
            (now - TimeDelta::minutes(i64::from(1 + number / 7))).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let at = at.replace('Z', "+00:00");
        let id = match kind {
            DatabaseKind::Sqlite => format!("X'{:032x}'", number + 1),
            DatabaseKind::Postgres => format!("'{:08x}-0000-7000-8000-000000000000'", number + 1),
        };
        let values = format!("{id}, {team}, 'key-{number}', 'n{number:02}', '{{\"groups\":[]}}', '[]', '{at}', '{at}'");
        let columns = "id, team_id, subject_key, name_id, profile, claims, created_at, last_sign_in_at";
        scene.portal.sql(&format!("INSERT INTO people ({columns}) VALUES ({values})")).await;
    }
    let list = scene.list();
    let first = scene.admin.get(&list).await.body;
    let older = first.split("older=").nth(1).unwrap().split('"').next().unwrap();
    let second = scene.admin.get(&format!("{list}?older={older}")).await.body;
    let [first, rest] = [&first, &second].map(|page| html::texts(page, "tbody td:first-child a"));
    assert_eq!((first.len(), rest.len()), (50, 12));
    let all: std::collections::BTreeSet<_> = first.iter().chain(&rest).collect();
    assert_eq!(all.len(), 62, "each once");
    assert!(second.contains("Newest") && !second.contains(">Older<"), "the last page");
    let csv = scene.admin.get(&format!("{list}.csv")).await.body;
    assert_eq!(csv.lines().count(), 63, "{csv}");
}

/// Somebody whose identity provider sends a formula.
async fn with_formula(scene: &Scene) {
    let mut browser = scene.portal.browser();
    let asked = scene.idp.asked(browser.get(&format!("/sso/{}", scene.slug)).await.location());
    let mut options = scene.idp.options(&asked, "eve.moneypenny@contoso.com", scene.portal.now());
    let name = |claim: &Claim| claim.name.ends_with("/displayname") || claim.name.ends_with("/givenname");
    for claim in options.claims.iter_mut().filter(|claim| name(claim)) {
        claim.values = vec!["=HYPERLINK(\"https://evil.example\")".to_owned()];
    }
    let response = scene.idp.sign(&options);
    let received = post_response(&mut browser, &scene.slug, &response, asked.relay_state.as_deref()).await;
    assert_eq!(browser.follow(received.location()).await.location(), "/me");
}

async fn the_file_holds_what_the_page_lists_and_no_formula(kind: DatabaseKind) {
    let mut scene = Scene::with_people(kind).await;
    scene.portal.pass(TimeDelta::seconds(1));
    with_formula(&scene).await;
    let csv = scene.admin.get(&format!("{}.csv", scene.list())).await;
    assert_eq!((csv.status, csv.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(csv.header("content-disposition").contains("people.csv"));
    let mut reader = csv::Reader::from_reader(csv.body.as_bytes());
    let head: Vec<_> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(head[..5], ["id", "name", "email", "name_id", "state"]);
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3, "{}", csv.body);
    assert!(rows[0].get(1).unwrap().starts_with("'=HYPERLINK("), "{}", csv.body);
    assert_eq!((rows[1].get(2), rows[1].get(4)), (Some(ADELE), Some("active")));
    assert_eq!(scene.audited(AuditAction::PeopleExported).await, Some((None, None)));

    let found = scene.admin.get(&format!("{}.csv?search=simon&older=x", scene.list())).await.body;
    assert_eq!(found.lines().count(), 2, "{found}");
    let none = scene.admin.get(&format!("{}.csv?search=nobody", scene.list())).await.body;
    assert_eq!(none.trim(), head.join(","), "a head all the same");
    assert_eq!(scene.viewer().await.get(&format!("{}.csv", scene.list())).await.status, StatusCode::OK);
}

async fn strangers_and_support_find_nobody(kind: DatabaseKind) {
    let scene = Scene::with_people(kind).await;
    let simon = scene.person(SIMON).await;
    let mut stranger = scene.portal.signed_in("eve@fabrikam.com", None).await;
    let theirs = scene.portal.team(&mut stranger, "Fabrikam").await;
    let mut support = scene.portal.support("root@krisp.example", model::SupportRole::Administrator).await;
    for browser in [&mut stranger, &mut support] {
        for address in [scene.list(), scene.page_of(&simon), format!("{}.csv", scene.list())] {
            assert_eq!(browser.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        }
        let answer = submit(browser, &scene.slug, "erase", &simon).await;
        assert!(answer.location().starts_with(&scene.list()), "sent back to what is not theirs: {}", answer.location());
    }
    // nor as somebody of their own team
    let address = format!("/teams/{theirs}/people/{}", simon.id);
    assert_eq!(stranger.get(&address).await.status, StatusCode::NOT_FOUND);
    submit(&mut stranger, &theirs, "erase", &simon).await;
    submit(&mut stranger, &theirs, "deactivate", &simon).await;
    assert_eq!(scene.person(SIMON).await.deactivated_at, None);
    let mut nobody = scene.portal.browser();
    assert!(nobody.get(&scene.page_of(&simon)).await.location().starts_with("/login"));
}
