//! Pages of sign-ins over HTTP: lists, reports, XML, downloads, streams.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::{Role, SupportRole};
use serde_json::Value;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, post_response, sign_in};
use crate::policy::join;

on_both_databases!(
    a_list_says_who_signed_in_and_who_could_not,
    a_list_is_filtered,
    a_filter_that_cannot_be_used_is_said_and_kept,
    a_list_is_read_page_by_page,
    a_reference_is_found_by_those_who_may_see_it,
    a_report_tells_the_whole_story,
    a_viewer_sees_verdicts_and_no_xml,
    support_sees_all_teams_and_what_belongs_to_none,
    support_looks_at_several_teams_together,
    downloads_hold_what_the_page_lists,
    a_stream_says_what_stands_and_is_not_for_strangers,
    a_stream_ends_with_the_rights_to_look_on,
    only_so_many_pages_are_followed_at_once,
    looking_on_does_not_keep_a_session,
    nobody_has_signed_in_yet,
);

const UPN: &str = "b.simon@contoso.com";

/// A team with a sign-in that worked and one that did not.
struct Scene {
    portal: Portal,
    idp: Idp,
    admin: Browser,
    slug: String,
    /// The reference of the one that failed.
    failed: String,
}

impl Scene {
    async fn new(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = active_team(&portal, &mut admin, &idp).await;
        assert_eq!(sign_in(&portal, &mut portal.browser(), &slug, &idp, UPN).await.location(), "/me");
        portal.pass(TimeDelta::seconds(1));
        let failed = failed_sign_in(&portal, &slug, &idp).await;
        Self { portal, idp, admin, slug, failed }
    }

    fn list(&self) -> String {
        format!("/teams/{}/sign-ins", self.slug)
    }
}

/// A sign-in with an answer for somebody else; its reference.
async fn failed_sign_in(portal: &Portal, slug: &str, idp: &Idp) -> String {
    let mut browser = portal.browser();
    let asked = idp.asked(browser.get(&format!("/sso/{slug}")).await.location());
    let mut options = idp.options(&asked, UPN, portal.now());
    options.audience = "somebody-else".into();
    let answer = post_response(&mut browser, slug, &idp.sign(&options), asked.relay_state.as_deref()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    reference(&answer.body)
}

/// The first reference on a page.
fn reference(page: &str) -> String {
    let rest = page.split("SSO-").nth(1).unwrap_or_else(|| panic!("{page}"));
    format!("SSO-{}", &rest[..9])
}

fn rows(page: &str) -> usize {
    page.matches("data-label=\"When\"").count()
}

async fn a_list_says_who_signed_in_and_who_could_not(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let page = scene.admin.get(&scene.list()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(rows(&page.body), 2, "{}", page.body);
    for words in [UPN, "signed in", "The assertion is meant for another application", &scene.failed, "Download as CSV"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(page.body.contains(&format!("href=\"{}/{}\"", scene.list(), scene.failed)), "each leads to its report");
    assert!(page.body.contains("data-live") && page.body.contains("src=\"/live.js\""), "{}", page.body);
    scene.portal.browser().get(&format!("/sso/{}", scene.slug)).await;
    assert!(scene.admin.get(&scene.list()).await.body.contains("Waiting for the identity provider"));
    scene.portal.pass(TimeDelta::minutes(11));
    assert!(scene.admin.get(&scene.list()).await.body.contains("Has not returned"));
}

async fn a_list_is_filtered(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let list = scene.list();
    for (query, count) in [
        ("outcome=failed", 1),
        ("outcome=succeeded", 1),
        ("outcome=waiting", 0),
        ("finding=wrong-audience", 1),
        ("finding=expired", 0),
        ("person=B.Simon%40contoso.com&outcome=succeeded", 1),
        ("person=b.sim", 2),
        ("person=SIMON%40contoso", 1),
        ("person=c.simon", 0),
        ("person=b.sim%00", 2),
        ("person=%00", 2),
        ("from=2026-11-23", 2),
        ("until=2026-11-22", 0),
        ("until=2026-11-23&kind=sign-ins", 2),
        ("kind=tests", 0),
    ] {
        let page = scene.admin.get(&format!("{list}?{query}")).await.body;
        assert_eq!(rows(&page), count, "{query}: {page}");
        assert_eq!(page.contains("No sign-in matches"), count == 0, "{query}");
    }
    let page = scene.admin.get(&format!("{list}?outcome=failed")).await.body;
    assert!(page.contains("<option value=\"failed\" selected"), "what was chosen is shown: {page}");
}

async fn a_filter_that_cannot_be_used_is_said_and_kept(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let page = scene.admin.get(&format!("{}?from=yesterday", scene.list())).await.body;
    assert!(page.contains("Enter a day as year, month and day") && page.contains("yesterday"), "{page}");
    let page = scene.admin.get(&format!("{}?reference=SSO-7F3", scene.list())).await.body;
    assert!(page.contains("Enter a reference such as") && page.contains("value=\"SSO-7F3\""), "{page}");
}

async fn a_list_is_read_page_by_page(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    for _ in 0..60 {
        scene.portal.browser().get(&format!("/sso/{}", scene.slug)).await;
    }
    let first = scene.admin.get(&scene.list()).await.body;
    assert_eq!(rows(&first), 50);
    let older = first.split("older=").nth(1).unwrap().split('"').next().unwrap();
    let second = scene.admin.get(&format!("{}?older={older}", scene.list())).await.body;
    assert_eq!(rows(&second), 12, "60 on their way and the two before");
    assert!(second.contains("Newest") && !second.contains(">Older<"), "the last page");
    assert!(!second.contains("data-live"), "what is older does not change");
}

async fn a_reference_is_found_by_those_who_may_see_it(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let written = scene.failed.to_lowercase().replace('-', "%20");
    let report = format!("{}/{}", scene.list(), scene.failed);
    assert_eq!(scene.admin.get(&format!("{}?reference={written}", scene.list())).await.location(), report);
    assert_eq!(scene.admin.get(&report).await.status, StatusCode::OK);

    let mut support = scene.portal.support("rev@krisp.example", SupportRole::Reviewer).await;
    let found = support.get(&format!("/support/sign-ins?reference={written}")).await;
    assert_eq!(found.location(), format!("/support/sign-ins/{}", scene.failed));
    let page = support.follow(found.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Contoso") && page.body.contains("somebody-else"), "{}", page.body);

    let mut other = scene.portal.signed_in("eve@fabrikam.com", None).await;
    let theirs = scene.portal.team(&mut other, "Fabrikam").await;
    let page = other.get(&format!("/teams/{theirs}/sign-ins?reference={written}")).await;
    assert!(page.body.contains("No sign-in of your team has this reference"), "{}", page.body);
    for path in
        [report, format!("/teams/{theirs}/sign-ins/{}", scene.failed), format!("/support/sign-ins/{}", scene.failed)]
    {
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(other.get(&format!("{path}/xml")).await.status, StatusCode::NOT_FOUND, "{path}/xml");
    }
}

async fn a_report_tells_the_whole_story(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let page = scene.admin.get(&format!("{}/{}", scene.list(), scene.failed)).await.body;
    for words in [
        "The sign-in failed",
        "What we saw",
        "somebody-else",
        "What we expect",
        &scene.slug,
        "Basic SAML Configuration",
        "What happened",
        "after the start",
        "Show the XML",
        "Start a new test",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page = scene.admin.get(&format!("{}/{}/xml", scene.list(), scene.failed)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("data-signed=\"true\"") && page.body.contains("&lt;"), "{}", page.body);
    let trail = scene.admin.get(&format!("/teams/{}/audit", scene.slug)).await.body;
    assert!(trail.contains(&scene.failed), "looking at XML is written down: {trail}");

    let forger = Idp::new(scene.portal.now());
    let mut browser = scene.portal.browser();
    let asked = scene.idp.asked(browser.get(&format!("/sso/{}", scene.slug)).await.location());
    let forged = forger.sign(&forger.options(&asked, "mallory@contoso.com", scene.portal.now()));
    let forged = reference(&post_response(&mut browser, &scene.slug, &forged, None).await.body);
    let page = scene.admin.get(&format!("{}/{forged}", scene.list())).await.body;
    assert!(page.contains("as received, not verified"), "{page}");
    let page = scene.admin.get(&format!("{}/{forged}/xml", scene.list())).await.body;
    assert!(page.contains("As received, not verified") && !page.contains("data-signed=\"true\""), "{page}");
    let page = scene.admin.get(&scene.list()).await.body;
    assert!(!page.contains("mallory") || page.contains("not verified"), "{page}");
}

async fn a_viewer_sees_verdicts_and_no_xml(kind: DatabaseKind) {
    let scene = Scene::new(kind).await;
    let mut viewer = scene.portal.signed_in("vera@contoso.com", None).await;
    join(&scene.portal, &scene.slug, "vera@contoso.com", Role::Viewer).await;
    let report = format!("{}/{}", scene.list(), scene.failed);
    let page = viewer.get(&report).await.body;
    assert!(page.contains("The sign-in failed") && page.contains("What happened"), "{page}");
    assert!(!page.contains("Show the XML") && page.contains("owners and admins"), "{page}");
    assert!(!page.contains("Start a new test"), "{page}");
    assert_eq!(viewer.get(&format!("{report}/xml")).await.status, StatusCode::NOT_FOUND);
}

async fn support_sees_all_teams_and_what_belongs_to_none(kind: DatabaseKind) {
    let scene = Scene::new(kind).await;
    let mut support = scene.portal.support("rev@krisp.example", SupportRole::Reviewer).await;
    let page = support.get("/support/sign-ins").await.body;
    assert_eq!(rows(&page), 2, "{page}");
    assert!(page.contains("data-label=\"Team\"") && page.contains("Contoso"), "{page}");
    assert_eq!(rows(&support.get(&format!("/support/sign-ins?team={}", scene.slug)).await.body), 2);
    assert_eq!(rows(&support.get("/support/sign-ins?team=Conto&person=b.sim").await.body), 2, "by a word of its name");
    let page = support.get("/support/sign-ins?team=Conto&outcome=failed").await.body;
    for chip in ["kind=tests", "finding=", "outcome=failed"] {
        let address = html::attribute(&page, &format!(".chip[href*='{chip}']"), "href").unwrap();
        assert!(address.contains("team=Conto"), "a question is asked of the team that is looked at: {address}");
    }
    let page = support.get("/support/sign-ins?team=Conto").await.body;
    assert_eq!(html::texts(&page, ".chip[aria-current]"), ["All"], "{page}");
    let page = support.get("/support/sign-ins?team=%00&person=%00").await.body;
    assert!(page.contains("No team has this slug or name"), "{page}");
    let page = support.get("/support/sign-ins?team=fabrikam").await.body;
    assert!(page.contains("No team has this slug or name") && page.contains("value=\"fabrikam\""), "{page}");
    let nobody = scene.portal.browser().get("/sso/contoso-222222").await;
    let stray = reference(&nobody.body);
    let page = support.get(&format!("/support/sign-ins?reference={stray}")).await.body;
    for words in ["This reference belongs to no team", "contoso-222222", &stray, "not verified"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

async fn support_looks_at_several_teams_together(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let mut support = scene.portal.support("rev@krisp.example", SupportRole::Reviewer).await;
    for number in 0..10 {
        scene.admin.post("/api/teams/create", &[("name", &format!("Contoso {number}"))]).await;
    }
    let page = support.get("/support/sign-ins?team=contoso").await.body;
    assert!(page.contains("More than 10 teams are found"), "{page}");
    for number in 2..10 {
        let answer = scene.admin.post("/api/teams/create", &[("name", &format!("Fabrikam {number}"))]).await;
        assert!(answer.status.is_redirection());
    }
    let other = active_team(&scene.portal, &mut scene.admin, &scene.idp).await;
    let upn = "c.simon@contoso.com";
    sign_in(&scene.portal, &mut scene.portal.browser(), &other, &scene.idp, upn).await;
    scene.admin.post("/api/teams/rename", &[("slug", &other), ("name", "Fabrikam 1")]).await;
    scene.admin.post("/api/teams/rename", &[("slug", &scene.slug), ("name", "Fabrikam 0")]).await;
    let page = support.get("/support/sign-ins?team=Fabrikam").await.body;
    assert_eq!(rows(&page), 3, "of both teams, newest first: {page}");
    assert!(page.find(upn).unwrap() < page.find(UPN).unwrap(), "{page}");
    scene.admin.post("/api/teams/rename", &[("slug", &other), ("name", "Fabrikam 0 Ltd")]).await;
    let page = support.get("/support/sign-ins?team=fabrikam%200%00").await.body;
    assert_eq!(rows(&page), 2, "of the team whose name is written out: {page}");
    let page = support.get("/support/sign-ins?team=0%20fabrikam").await.body;
    assert_eq!(rows(&page), 3, "of both that have these words: {page}");
}

async fn downloads_hold_what_the_page_lists(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let csv = scene.admin.get(&format!("{}.csv", scene.list())).await;
    assert_eq!((csv.status, csv.header("content-type")), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(csv.header("content-disposition").contains("sign-ins.csv"));
    let lines: Vec<_> = csv.body.lines().collect();
    assert_eq!(lines.len(), 3, "{}", csv.body);
    assert!(lines[0].starts_with("reference,team,"), "{}", csv.body);
    assert!(lines[1].starts_with(&scene.failed) && lines[1].contains("wrong-audience"), "newest first: {}", csv.body);

    let json = scene.admin.get(&format!("{}.json?outcome=succeeded&older=x", scene.list())).await;
    let attempts: Vec<Value> = serde_json::from_str(&json.body).unwrap();
    assert_eq!(attempts.len(), 1, "{}", json.body);
    assert_eq!((&attempts[0]["who"], &attempts[0]["who_is_verified"]), (&UPN.into(), &true.into()));
    let none = scene.admin.get(&format!("{}.json?outcome=waiting", scene.list())).await.body;
    assert_eq!(serde_json::from_str::<Vec<Value>>(&none).unwrap().len(), 0, "{none}");
    assert_eq!(scene.admin.get("/support/sign-ins.csv").await.status, StatusCode::NOT_FOUND);
}

async fn a_stream_says_what_stands_and_is_not_for_strangers(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let live = format!("{}/live?watch=list", scene.list());
    let answer = scene.admin.get(&live).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/event-stream"));
    assert!(answer.headers.get("content-encoding").is_none(), "compressed, it would come too late");
    let data = |body: &str| body.lines().find_map(|line| line.strip_prefix("data:").map(str::to_owned)).unwrap();
    assert!(answer.body.contains("event:now") || answer.body.contains("event: now"), "{}", answer.body);
    let before = data(&answer.body);
    assert_eq!(data(&scene.admin.get(&live).await.body), before, "nothing has changed");
    let page = scene.admin.get(&scene.list()).await.body;
    assert!(page.contains(&format!("data-marker=\"{}\"", before.trim())), "the page says what it shows: {page}");
    scene.portal.browser().get(&format!("/sso/{}", scene.slug)).await;
    assert_ne!(data(&scene.admin.get(&live).await.body), before);

    for watch in ["test", &scene.failed] {
        let answer = scene.admin.get(&format!("{}/live?watch={watch}", scene.list())).await;
        assert_eq!(answer.status, StatusCode::OK, "{watch}");
    }
    let mut stranger = scene.portal.signed_in("eve@fabrikam.com", None).await;
    assert_eq!(stranger.get(&live).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.admin.get("/support/sign-ins/live").await.status, StatusCode::NOT_FOUND);
    assert!(scene.portal.browser().get(&live).await.location().starts_with("/login"));
}

async fn a_stream_ends_with_the_rights_to_look_on(kind: DatabaseKind) {
    let scene = Scene::new(kind).await;
    let mut viewer = scene.portal.signed_in("vera@contoso.com", None).await;
    join(&scene.portal, &scene.slug, "vera@contoso.com", Role::Viewer).await;
    let mut stream = viewer.get(&format!("{}/live", scene.list())).await;
    assert_eq!(stream.status, StatusCode::OK);
    scene.portal.browser().get(&format!("/sso/{}", scene.slug)).await;
    assert!(stream.next_event().await.unwrap().contains("changed"));
    let left = viewer.post("/api/members/leave", &[("slug", &scene.slug)]).await;
    assert_eq!(left.location(), "/");
    scene.portal.browser().get(&format!("/sso/{}", scene.slug)).await;
    assert_eq!(stream.next_event().await, None, "they are told nothing more");
}

async fn only_so_many_pages_are_followed_at_once(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let mut viewer = scene.portal.signed_in("vera@contoso.com", None).await;
    join(&scene.portal, &scene.slug, "vera@contoso.com", Role::Viewer).await;
    let live = format!("{}/live", scene.list());
    let mut streams = Vec::new();
    for number in 0..20 {
        let stream = scene.admin.get(&live).await;
        assert_eq!(stream.status, StatusCode::OK, "{number}");
        streams.push(stream);
    }
    let refused = scene.admin.get(&live).await;
    assert_eq!((refused.status, refused.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "30"));
    assert!(refused.body.contains("Refresh it to see what is new"), "{}", refused.body);
    assert_eq!(viewer.get(&live).await.status, StatusCode::OK, "somebody else's pages are followed");
    streams.pop();
    assert_eq!(scene.admin.get(&live).await.status, StatusCode::OK, "a page that was closed makes room");
}

async fn looking_on_does_not_keep_a_session(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let live = format!("{}/live", scene.list());
    for _ in 0..2 {
        scene.portal.pass(TimeDelta::minutes(25));
        assert_eq!(scene.admin.get(&live).await.status, StatusCode::OK);
    }
    scene.portal.pass(TimeDelta::minutes(25));
    assert!(scene.admin.get(&live).await.location().starts_with("/login"), "idle for more than an hour");
}

async fn nobody_has_signed_in_yet(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let page = admin.get(&format!("/teams/{slug}/sign-ins")).await.body;
    assert!(page.contains("Nobody has tried to sign in yet") && !page.contains("Download as CSV"), "{page}");
    let team = admin.get(&format!("/teams/{slug}")).await.body;
    for link in [
        format!("/teams/{slug}/sign-ins\""),
        format!("/teams/{slug}/connection\""),
        format!("/teams/{slug}/setup/test/start"),
    ] {
        assert!(team.contains(&link), "{link}: {team}");
    }
    assert!(page.contains("sign-ins?kind=tests"), "{page}");
}
