//! Support's overview over HTTP: what waits and how long, sign-ins by day, certificates that end.

use chrono::TimeDelta;
use domain::{Actor, sign_in_days, support_overview, team_list};
use model::SupportRole;
use model::support::{SupportOverview, TeamListFilter, TeamSearchResult};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Portal, html};
use crate::idp::{Idp, active_team, configured_team, sign_in};
use crate::policy::failed_sign_in;

on_both_databases!(
    a_team_that_waits_longer_than_the_target_is_marked,
    sign_ins_are_counted_by_day_and_settle_once_the_day_is_over,
    certificates_that_end_are_counted_and_named,
);

async fn overview(portal: &Portal) -> SupportOverview {
    support_overview::view(&portal.services, &Actor::operator()).await.unwrap()
}

async fn a_team_that_waits_longer_than_the_target_is_marked(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, "[review]\ntarget_hours = 4").await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.decide("setup/submit", &slug, &[]).await;
    portal.pass(TimeDelta::hours(4));
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let page = support.get("/support").await.body;
    assert!(page.contains("waits for 4 hours") && page.contains("Reviews should take 4 hours at most."), "{page}");
    assert!(page.contains("No team waits longer.") && !page.contains("Longer than the target"), "{page}");
    assert_eq!(overview(&portal).await.waiting.overdue, 0);

    portal.pass(TimeDelta::seconds(1));
    for path in ["/support", "/support/teams"] {
        let page = support.get(path).await.body;
        let marks = html::texts(&page, "[data-status=\"warned\"]");
        assert_eq!(marks, ["Longer than the target"], "{path}: {page}");
    }
    assert!(support.get("/support").await.body.contains("1 team waits longer."));
    assert_eq!(overview(&portal).await.waiting.overdue, 1);

    support.decide("support/approve", &slug, &[]).await;
    portal.pass(TimeDelta::hours(5));
    let after = overview(&portal).await;
    assert_eq!((after.waiting.overdue, after.waiting.teams.len()), (0, 0), "it does not wait any more");
}

/// What passed and failed on each of the last two days.
async fn last_days(portal: &Portal) -> Vec<(u64, u64)> {
    let days = overview(portal).await.days;
    days.iter().skip(days.len() - 2).map(|day| (day.passed, day.failed)).collect()
}

async fn sign_ins_are_counted_by_day_and_settle_once_the_day_is_over(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut owner = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut owner, &idp).await;
    assert_eq!(sign_in_days::count(&portal.services).await.unwrap(), 30, "no day was counted yet");
    assert_eq!(last_days(&portal).await, [(0, 0), (0, 0)]);

    sign_in(&portal, &mut portal.browser(), &slug, &idp, "b.simon@contoso.com").await;
    failed_sign_in(&portal, &slug, &idp).await;
    failed_sign_in(&portal, &slug, &idp).await;
    // a test is none, and neither is one that is on its way
    owner.get(&format!("/teams/{slug}/setup/test/start")).await;
    portal.browser().get(&format!("/sso/{slug}")).await;
    assert_eq!(sign_in_days::count(&portal.services).await.unwrap(), 1);
    assert_eq!(last_days(&portal).await, [(0, 0), (1, 2)]);
    assert_eq!(sign_in_days::count(&portal.services).await.unwrap(), 0, "nothing new, nothing written");
    let page = portal.support("root@krisp.example", SupportRole::Reviewer).await.get("/support").await.body;
    assert!(page.contains("2026-11-23: 1 signed in, 2 failed"), "{page}");

    portal.pass(TimeDelta::days(1));
    assert_eq!(sign_in_days::count(&portal.services).await.unwrap(), 2, "yesterday for good, and today");
    assert_eq!(sign_in_days::count(&portal.services).await.unwrap(), 0);
    portal.sql("DELETE FROM attempts").await;
    sign_in_days::count(&portal.services).await.unwrap();
    assert_eq!(last_days(&portal).await, [(1, 2), (0, 0)], "what was counted stays when attempts are removed");

    portal.pass(TimeDelta::days(40));
    assert_eq!(sign_in_days::count(&portal.services).await.unwrap(), 30);
    assert_eq!(store::sign_in_days::list(portal.services.db.connection()).await.unwrap().len(), 30, "older ones went");
}

async fn certificates_that_end_are_counted_and_named(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut owner = portal.signed_in("ada@contoso.com", None).await;
    active_team(&portal, &mut owner, &idp).await;
    let listed = team_list::find(&portal.services, &Actor::operator(), TeamListFilter::default()).await.unwrap();
    let TeamSearchResult::Teams(listed) = listed else { panic!("{listed:?}") };
    let end = listed.teams[0].certificate_ends_at.unwrap();
    for (from_end, soon, over) in [(-31, 0, 0), (-29, 1, 0), (0, 0, 1)] {
        portal.pass(end + TimeDelta::days(from_end) - portal.now() + TimeDelta::seconds(1));
        let certificates = overview(&portal).await.certificates;
        assert_eq!((certificates.soon, certificates.over), (soon, over), "{from_end} days from its end");
        assert_eq!(certificates.next.len(), usize::try_from(soon).unwrap(), "{from_end} days from its end");
    }
    let mut support = portal.support("root@krisp.example", SupportRole::Reviewer).await;
    let page = support.get("/support").await.body;
    assert!(page.contains("/support/teams?certificate=over"), "{page}");
    assert!(page.contains("No certificate of a live configuration ends within 30 days."), "{page}");
}
