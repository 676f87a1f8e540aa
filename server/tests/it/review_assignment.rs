//! Who of support reviews a team: taking a review and handing it over, over HTTP.

use model::SupportRole;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, configured_team};
use crate::members::account_id;

on_both_databases!(
    a_review_is_taken_and_handed_over_and_everybody_sees_who_has_it,
    another_reviewer_is_told_and_decides_all_the_same,
    a_review_is_released_with_its_decision_and_with_the_account,
    only_a_review_that_waits_is_taken_and_only_support_gets_it,
);

struct Scene {
    portal: Portal,
    admin: Browser,
    slug: String,
    first: Browser,
    second: Browser,
}

impl Scene {
    async fn new(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = configured_team(&portal, &mut admin, &idp).await;
        let first = portal.support("first@krisp.example", SupportRole::Reviewer).await;
        let second = portal.support("second@krisp.example", SupportRole::Reviewer).await;
        admin.decide("setup/submit", &slug, &[]).await;
        portal.mail().await;
        Self { portal, admin, slug, first, second }
    }

    fn page(&self) -> String {
        format!("/support/teams/{}", self.slug)
    }

    /// Who reviews the team, as the overview says it.
    async fn reviewer(&self) -> Option<String> {
        let operator = domain::Actor::operator();
        let view = domain::support_overview::view(&self.portal.services, &operator).await.unwrap();
        view.waiting.teams.first().and_then(|team| team.reviewer.clone())
    }
}

async fn a_review_is_taken_and_handed_over_and_everybody_sees_who_has_it(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let (page, slug) = (scene.page(), scene.slug.clone());
    assert!(scene.first.get(&page).await.body.contains("Nobody has taken this review."));
    let taken = scene.first.post("/api/reviews/take", &[("slug", &slug)]).await.location().to_owned();
    assert_eq!(taken, format!("{page}?done=review-taken"));
    assert!(scene.first.get(&taken).await.body.contains("The review is yours now."));
    assert!(scene.first.get(&page).await.body.contains("You have been reviewing this team since"));
    for path in ["/support", "/support/teams"] {
        let body = scene.second.get(path).await.body;
        assert!(body.contains("first@krisp.example reviews it"), "{path}: {body}");
    }
    assert!(scene.portal.mail().await.is_empty(), "who takes it needs no mail");

    let second = account_id(&scene.portal, "second@krisp.example").await;
    let fields = [("slug", &*slug), ("account", &*second)];
    let handed_over = scene.first.post("/api/reviews/hand_over", &fields).await.location().to_owned();
    assert!(scene.first.get(&handed_over).await.body.contains("The review was handed over."), "{handed_over}");
    assert_eq!(scene.reviewer().await.as_deref(), Some("second@krisp.example"));
    let mail = scene.portal.mail().await;
    assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, "second@krisp.example"));
    assert!(mail[0].text_body.contains("first@krisp.example") && mail[0].text_body.contains(&page), "{mail:?}");
    let trail = scene.portal.audit_codes_of_vendor().await;
    for code in ["review.taken", "review.handed_over"] {
        assert!(trail.contains(&code.to_owned()), "{code}: {trail:?}");
    }
    let team = html::text(&scene.admin.get(&format!("/teams/{slug}/audit")).await.body, "main").unwrap();
    assert!(
        team.contains("@contoso.com") && !team.contains("krisp.example"),
        "who reviews it is support's own: {team}"
    );
}

async fn another_reviewer_is_told_and_decides_all_the_same(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let (page, slug) = (scene.page(), scene.slug.clone());
    scene.first.post("/api/reviews/take", &[("slug", &slug)]).await;
    let body = scene.second.get(&page).await.body;
    let assignment = html::text(&body, "[aria-labelledby=review-assignment]").unwrap();
    assert!(assignment.contains("first@krisp.example") && assignment.contains("You can still decide."), "{assignment}");
    scene.second.decide("support/approve", &slug, &[]).await;
    assert!(scene.first.get(&page).await.body.contains("data-status=\"active\""));
}

async fn a_review_is_released_with_its_decision_and_with_the_account(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let slug = scene.slug.clone();
    scene.first.post("/api/reviews/take", &[("slug", &slug)]).await;
    scene.first.decide("support/request_changes", &slug, &[("words", "Use workMail.")]).await;
    scene.admin.decide("setup/submit", &slug, &[]).await;
    assert_eq!(scene.reviewer().await, None, "the next review is another one");
    scene.first.post("/api/reviews/take", &[("slug", &slug)]).await;
    scene.admin.decide("setup/withdraw", &slug, &[]).await;
    scene.admin.decide("setup/submit", &slug, &[]).await;
    assert_eq!(scene.reviewer().await, None, "nor does it wait once it is withdrawn");

    scene.first.post("/api/reviews/take", &[("slug", &slug)]).await;
    assert!(scene.reviewer().await.is_some());
    let operator = domain::Actor::operator();
    for active in [false, true] {
        let email = "first@krisp.example";
        domain::support_accounts::set_active_by_email(&scene.portal.services, &operator, email, active).await.unwrap();
        assert_eq!(scene.reviewer().await, None, "active: {active}");
    }
}

async fn only_a_review_that_waits_is_taken_and_only_support_gets_it(kind: DatabaseKind) {
    let mut scene = Scene::new(kind).await;
    let (page, slug) = (scene.page(), scene.slug.clone());
    let member = account_id(&scene.portal, "ada@contoso.com").await;
    let gone = account_id(&scene.portal, "second@krisp.example").await;
    let operator = domain::Actor::operator();
    let email = "second@krisp.example";
    domain::support_accounts::set_active_by_email(&scene.portal.services, &operator, email, false).await.unwrap();
    scene.portal.mail().await;
    for account in [&*member, &*gone, "nobody", ""] {
        let fields = [("slug", &*slug), ("account", account)];
        assert_eq!(scene.first.post("/api/reviews/hand_over", &fields).await.location(), page, "{account}");
        assert!(html::text(&scene.first.get(&page).await.body, ".error-summary").is_some(), "{account}");
        assert_eq!(scene.reviewer().await, None, "{account}");
    }
    assert!(scene.portal.mail().await.is_empty());
    scene.admin.decide("setup/withdraw", &slug, &[]).await;
    scene.first.post("/api/reviews/take", &[("slug", &slug)]).await;
    let body = scene.first.get(&page).await.body;
    assert!(body.contains("The team is in set-up now"), "{body}");
    assert!(html::text(&body, "[aria-labelledby=review-assignment]").is_none(), "there is nothing to take");
}
