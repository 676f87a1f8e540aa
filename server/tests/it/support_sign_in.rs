//! The vendor's support signs in through the vendor's own team.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::decision_digest::ExpectedDigest;
use domain::{Actor, vendor_team};
use mock_entra::response::Claim;
use model::SupportRole::{self, Administrator, Reviewer};
use store::testing::DatabaseKind;
use store::{accounts, on_both_databases};

use crate::harness::{Answer, Browser, PASSWORD, Portal, html};
use crate::idp::{Idp, active_team, post_response};
use crate::members::account_id;

on_both_databases!(
    a_mapped_group_gives_a_support_session,
    the_role_follows_the_groups_at_every_sign_in,
    without_the_mark_groups_give_nothing,
    a_password_account_is_not_taken_over_silently,
    no_groups_is_said_so_and_ends_what_was_given,
    a_deactivated_account_stays_out,
    only_administrators_mark_one_team_with_a_fresh_proof,
    taking_a_group_or_the_mark_away_ends_access_at_once,
    support_keeps_an_administrator_when_the_mark_goes,
    a_suspended_team_lets_no_support_in_and_ends_their_sessions,
    no_password_opens_an_account_of_the_identity_provider,
    an_account_of_the_identity_provider_has_no_credentials_here,
    an_owner_of_the_team_alone_cannot_change_how_support_signs_in,
    an_owner_of_the_team_alone_replaces_no_key_and_ends_no_session,
);

const GROUPS: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
pub const REVIEWERS: &str = "5f0c8a52-0000-4000-8000-000000000001";
pub const ADMINISTRATORS: &str = "5f0c8a52-0000-4000-8000-000000000002";
pub const UPN: &str = "b.simon@krisp.example";
pub const ROOT: &str = "root@krisp.example";

/// The vendor's team, and an administrator of support.
pub struct Scene {
    pub portal: Portal,
    pub idp: Idp,
    pub root: Browser,
    pub slug: String,
}

impl Scene {
    /// The vendor's team, live but not marked.
    async fn unmarked(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let mut admin = portal.signed_in("it@krisp.example", None).await;
        let slug = active_team(&portal, &mut admin, &idp).await;
        let root = portal.support(ROOT, Administrator).await;
        portal.mail().await;
        Self { portal, idp, root, slug }
    }

    pub async fn marked(kind: DatabaseKind) -> Self {
        let mut scene = Self::unmarked(kind).await;
        scene.mark("true").await;
        scene.group("add", REVIEWERS, "reviewer").await;
        scene.group("add", ADMINISTRATORS, "administrator").await;
        scene
    }

    async fn mark(&mut self, is_vendor: &str) -> String {
        let fields = [("is_vendor", is_vendor)];
        self.root.decide("vendor_team/mark", &self.slug, &fields).await.location().to_owned()
    }

    pub async fn group(&mut self, what: &str, group: &str, role: &str) -> String {
        let fields = [("slug", &*self.slug), ("group", group), ("role", role)];
        self.root.post(&format!("/api/vendor_team/{what}_group"), &fields).await.location().to_owned()
    }

    /// A sign-in with these groups.
    pub async fn sign_in(&self, browser: &mut Browser, upn: &str, groups: &[&str]) -> Answer {
        let address = format!("/sso/{}", self.slug);
        self.sign_in_at(browser, &address, upn, groups, TimeDelta::zero()).await
    }

    /// The same from an address, by somebody who authenticated so long ago.
    pub async fn sign_in_at(
        &self,
        browser: &mut Browser,
        address: &str,
        upn: &str,
        groups: &[&str],
        ago: TimeDelta,
    ) -> Answer {
        let started = browser.get(address).await;
        let asked = self.idp.asked(started.location());
        let mut options = self.idp.options(&asked, upn, self.portal.now());
        options.authenticated_at = Some(self.portal.now() - ago);
        if !groups.is_empty() {
            let values = groups.iter().map(|group| (*group).to_owned()).collect();
            options.claims.push(Claim { name: GROUPS.to_owned(), values });
        }
        let response = self.idp.sign(&options);
        let received = post_response(browser, &self.slug, &response, asked.relay_state.as_deref()).await;
        if !received.status.is_redirection() {
            return received;
        }
        let complete = received.location().to_owned();
        browser.follow(&complete).await
    }

    pub async fn role(&self, email: &str) -> Option<SupportRole> {
        let db = self.portal.services.db.connection();
        accounts::by_email(db, email).await.unwrap().and_then(|account| account.support_role)
    }
}

async fn a_mapped_group_gives_a_support_session(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    let mut browser = scene.portal.browser();
    let done = scene.sign_in(&mut browser, UPN, &["unrelated", REVIEWERS]).await;
    assert_eq!(done.location(), "/support");
    assert!(browser.cookies.contains_key("session") && !browser.cookies.contains_key("person"));
    let queue = browser.get("/support").await;
    assert_eq!(queue.status, StatusCode::OK, "the identity provider counts as the second factor");
    assert!(queue.body.contains(UPN) && !queue.body.contains("Support accounts"));
    assert_eq!(browser.get("/support/accounts").await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.role(UPN).await, Some(Reviewer));
    let events = crate::support_accounts::vendor_events(&scene.portal).await;
    for code in ["support.linked", "support.role_from_groups", "account.signed_in", "team.vendor_marked"] {
        assert!(events.contains(code), "{code}: {events}");
    }
    let mut other = scene.portal.browser();
    scene.sign_in(&mut other, "nobody@krisp.example", &["unrelated"]).await;
    assert!(other.cookies.contains_key("person") && !other.cookies.contains_key("session"));
    assert_eq!(scene.role("nobody@krisp.example").await, None);
}

async fn the_role_follows_the_groups_at_every_sign_in(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, UPN, &[REVIEWERS, ADMINISTRATORS]).await;
    assert_eq!(browser.get("/support/accounts").await.status, StatusCode::OK, "the higher role counts");
    let mut again = scene.portal.browser();
    scene.sign_in(&mut again, UPN, &[REVIEWERS]).await;
    assert_eq!(again.get("/support/accounts").await.status, StatusCode::NOT_FOUND);
    assert!(browser.get("/support").await.location().starts_with("/login"), "who was lowered begins anew");

    let mut gone = scene.portal.browser();
    assert_eq!(scene.sign_in(&mut gone, UPN, &["unrelated"]).await.location(), "/me");
    assert!(!gone.cookies.contains_key("session"));
    assert!(again.get("/support").await.location().starts_with("/login"), "the open session ended");
    assert_eq!(scene.role(UPN).await, None);
    assert_eq!(gone.get("/me").await.status, StatusCode::OK);
}

async fn without_the_mark_groups_give_nothing(kind: DatabaseKind) {
    let mut scene = Scene::unmarked(kind).await;
    scene.group("add", ADMINISTRATORS, "administrator").await;
    let page = scene.root.get(&format!("/support/teams/{}", scene.slug)).await.body;
    assert!(page.contains("Mark the team as the vendor"), "{page}");
    let mut browser = scene.portal.browser();
    assert_eq!(scene.sign_in(&mut browser, UPN, &[ADMINISTRATORS]).await.location(), "/me");
    assert!(!browser.cookies.contains_key("session"));
    assert!(browser.get("/support").await.location().starts_with("/login"));
    assert_eq!(scene.role(UPN).await, None);
}

async fn a_password_account_is_not_taken_over_silently(kind: DatabaseKind) {
    let mut scene = Scene::marked(kind).await;
    let mut owner = scene.portal.support(UPN, Reviewer).await;
    let mut browser = scene.portal.browser();
    let refused = scene.sign_in(&mut browser, UPN, &[ADMINISTRATORS]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    assert!(refused.body.contains("Ask an administrator"), "{}", refused.body);
    assert!(!browser.cookies.contains_key("session"));
    assert_eq!(scene.role(UPN).await, Some(Reviewer), "nothing of it changed");
    assert_eq!(owner.get("/support").await.status, StatusCode::OK);
    let page = scene.root.get(&format!("/support/teams/{}", scene.slug)).await.body;
    assert!(page.contains("The address has an account of another kind"), "{page}");

    let id = account_id(&scene.portal, UPN).await;
    scene.root.post("/api/support_accounts/set_active", &[("account", &id), ("active", "false")]).await;
    assert_eq!(scene.sign_in(&mut browser, UPN, &[REVIEWERS]).await.location(), "/support");
    assert_eq!(browser.get("/support").await.status, StatusCode::OK);
}

async fn no_groups_is_said_so_and_ends_what_was_given(kind: DatabaseKind) {
    let mut scene = Scene::marked(kind).await;
    let mut support = scene.portal.browser();
    scene.sign_in(&mut support, UPN, &[REVIEWERS]).await;
    let mut browser = scene.portal.browser();
    let refused = scene.sign_in(&mut browser, UPN, &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    assert!(!browser.cookies.contains_key("session") && !browser.cookies.contains_key("person"));
    assert!(support.get("/support").await.location().starts_with("/login"));
    let page = scene.root.get(&format!("/support/teams/{}", scene.slug)).await.body;
    assert!(page.contains("No groups came with the sign-in"), "{page}");
    // which groups would do is for those who can see the report
    assert!(!refused.body.contains(REVIEWERS) && !refused.body.contains(ADMINISTRATORS), "{}", refused.body);
    let reference = refused.body.split("SSO-").nth(1).map(|rest| format!("SSO-{}", &rest[..9])).unwrap();
    let report = scene.root.get(&format!("/support/sign-ins/{reference}")).await.body;
    assert!(report.contains(&format!("{REVIEWERS} (reviewer), {ADMINISTRATORS} (administrator)")), "{report}");
    let report = html::text(&report, "main").unwrap();
    assert!(report.contains("claims/objectidentifier") || report.contains("claims/name"), "what came: {report}");
}

async fn a_deactivated_account_stays_out(kind: DatabaseKind) {
    let mut scene = Scene::marked(kind).await;
    let mut support = scene.portal.browser();
    scene.sign_in(&mut support, UPN, &[REVIEWERS]).await;
    let id = account_id(&scene.portal, UPN).await;
    scene.root.post("/api/support_accounts/set_active", &[("account", &id), ("active", "false")]).await;
    assert!(support.get("/support").await.location().starts_with("/login"));
    let mut again = scene.portal.browser();
    let refused = scene.sign_in(&mut again, UPN, &[REVIEWERS]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    assert!(again.cookies.keys().all(|name| name == "browser"), "{:?}", again.cookies);
    // nor does an administrator change by hand what the groups decide
    scene.root.post("/api/support_accounts/change_role", &[("account", &id), ("role", "administrator")]).await;
    assert!(scene.root.get("/support/accounts").await.body.contains("comes from the groups"));
}

async fn only_administrators_mark_one_team_with_a_fresh_proof(kind: DatabaseKind) {
    let mut scene = Scene::unmarked(kind).await;
    let mut reviewer = scene.portal.support("rev@krisp.example", Reviewer).await;
    let page = format!("/support/teams/{}", scene.slug);
    assert!(!reviewer.get(&page).await.body.contains("own team"));
    let mark = [("slug", &*scene.slug), ("is_vendor", "true")];
    let json = [("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    let mut it = scene.portal.browser();
    it.post("/api/accounts/sign_in", &[("email", "it@krisp.example"), ("password", PASSWORD)]).await;
    for browser in [&mut reviewer, &mut it] {
        let answer = browser.post_with("/api/vendor_team/mark", &json, &mark).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
    }
    assert!(scene.mark("true").await.ends_with("done=marked"));
    let other = scene.portal.team(&mut it, "Contoso").await;
    scene.root.decide("vendor_team/mark", &other, &[("is_vendor", "true")]).await;
    assert!(scene.root.get(&format!("/support/teams/{other}")).await.body.contains("Another team is marked"));
    let (services, operator) = (&scene.portal.services, Actor::operator());
    let operator = vendor_team::set_vendor_team(services, &operator, &other, true, ExpectedDigest::Unchecked).await;
    assert!(matches!(operator, Err(domain::Error::Invalid(_))), "{operator:?}");
    scene.portal.pass(TimeDelta::minutes(20));
    let place = scene.group("add", REVIEWERS, "reviewer").await;
    assert!(place.starts_with("/account/reauthenticate?next=/support/teams/"), "{place}");
}

async fn taking_a_group_or_the_mark_away_ends_access_at_once(kind: DatabaseKind) {
    let mut scene = Scene::marked(kind).await;
    let (mut reviewer, mut administrator) = (scene.portal.browser(), scene.portal.browser());
    scene.sign_in(&mut reviewer, UPN, &[REVIEWERS]).await;
    scene.sign_in(&mut administrator, "a.vance@krisp.example", &[ADMINISTRATORS]).await;
    assert!(scene.group("remove", REVIEWERS, "").await.ends_with("done=groups-changed"));
    assert!(reviewer.get("/support").await.location().starts_with("/login"));
    assert_eq!(administrator.get("/support").await.status, StatusCode::OK, "others stay");
    assert!(scene.mark("false").await.ends_with("done=unmarked"));
    assert!(administrator.get("/support").await.location().starts_with("/login"));
    assert_eq!(scene.role("a.vance@krisp.example").await, None);
    assert_eq!(scene.sign_in(&mut administrator, "a.vance@krisp.example", &[ADMINISTRATORS]).await.location(), "/me");
    assert!(scene.mark("true").await.ends_with("done=marked"));
    let done = scene.sign_in(&mut administrator, "a.vance@krisp.example", &[ADMINISTRATORS]).await;
    assert_eq!(done.location(), "/me", "a new mark begins without groups");
}

async fn support_keeps_an_administrator_when_the_mark_goes(kind: DatabaseKind) {
    let mut scene = Scene::marked(kind).await;
    let mut support = scene.portal.browser();
    scene.sign_in(&mut support, UPN, &[ADMINISTRATORS]).await;
    let root = account_id(&scene.portal, ROOT).await;
    support.post("/api/support_accounts/set_active", &[("account", &root), ("active", "false")]).await;
    scene.root = support;
    scene.mark("false").await;
    let page = scene.root.get(&format!("/support/teams/{}", scene.slug)).await.body;
    assert!(page.contains("Make somebody else an administrator first"), "{page}");
    scene.group("remove", ADMINISTRATORS, "").await;
    assert_eq!(scene.role(UPN).await, Some(Administrator));
    assert_eq!(scene.root.get("/support/accounts").await.status, StatusCode::OK);
}

async fn a_suspended_team_lets_no_support_in_and_ends_their_sessions(kind: DatabaseKind) {
    let mut scene = Scene::marked(kind).await;
    let mut support = scene.portal.browser();
    scene.sign_in(&mut support, UPN, &[REVIEWERS]).await;
    let fields = [("slug", &*scene.slug), ("reason", "The identity provider is compromised.")];
    scene.root.post("/api/support/suspend", &fields).await;
    assert!(support.get("/support").await.location().starts_with("/login"));
    let answer = scene.portal.browser().get(&format!("/sso/{}", scene.slug)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

async fn no_password_opens_an_account_of_the_identity_provider(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    scene.sign_in(&mut scene.portal.browser(), UPN, &[REVIEWERS]).await;
    scene.portal.mail().await;
    let mut browser = scene.portal.browser();
    for password in ["", PASSWORD] {
        browser.post("/api/accounts/sign_in", &[("email", UPN), ("password", password)]).await;
        assert!(browser.get("/login").await.body.contains("do not match an account"));
    }
    browser.post("/api/accounts/sign_up", &[("email", UPN)]).await;
    let mail = scene.portal.mail().await;
    assert!(mail.iter().all(|mail| mail.subject.starts_with("You already have an account")), "{mail:?}");
}

async fn an_account_of_the_identity_provider_has_no_credentials_here(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    let mut support = scene.portal.browser();
    scene.sign_in(&mut support, UPN, &[ADMINISTRATORS]).await;
    let account = support.get("/account").await.body;
    assert!(
        account.contains("Change your address, password and second factor there")
            && !account.contains("Change password"),
        "{account}"
    );
    for page in ["/account/password", "/account/email"] {
        assert_eq!(support.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert!(support.post("/api/factors/begin_totp", &[]).await.location().starts_with("/account/security"));
    scene.portal.mail().await;
    scene.portal.browser().post("/api/accounts/forgot_password", &[("email", UPN)]).await;
    assert!(scene.portal.mail().await.is_empty(), "a password would open nothing");

    // to prove again who they are, they sign in again where they do
    assert_eq!(support.get("/support/accounts").await.status, StatusCode::OK);
    scene.portal.pass(TimeDelta::minutes(16));
    let asked = support.get("/support/accounts").await.location().to_owned();
    assert_eq!(asked, "/account/reauthenticate?next=/support/accounts");
    let page = support.follow(&asked).await.body;
    assert!(page.contains(&format!("/sso/{}?return_to=/support/accounts", scene.slug)), "{page}");
    scene.sign_in(&mut support, UPN, &[ADMINISTRATORS]).await;
    assert_eq!(support.get("/support/accounts").await.status, StatusCode::OK);
}

async fn an_owner_of_the_team_alone_cannot_change_how_support_signs_in(kind: DatabaseKind) {
    let mut scene = Scene::marked(kind).await;
    let mut owner = scene.portal.browser();
    owner.post("/api/accounts/sign_in", &[("email", "it@krisp.example"), ("password", PASSWORD)]).await;
    let own = Idp::new(scene.portal.now());
    owner.upload(&scene.slug, &[("evil.cer", &own.certificate())]).await;
    let go_live = format!("/teams/{}/setup/go-live", scene.slug);
    owner.decide("setup/make_live", &scene.slug, &[]).await;
    assert!(owner.get(&go_live).await.body.contains("Only a support administrator"));
    let true_idp = std::mem::replace(&mut scene.idp, own);
    let mut browser = scene.portal.browser();
    let refused = scene.sign_in(&mut browser, UPN, &[ADMINISTRATORS]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    assert!(!browser.cookies.contains_key("session"));

    // with an administrator's word it does
    scene.idp = true_idp;
    let fields = [("email", "it@krisp.example"), ("role", "administrator")];
    scene.root.post("/api/support_accounts/invite", &fields).await;
    let mail = scene.portal.mail().await;
    let token = crate::members::token(mail.iter().find(|mail| mail.recipient == "it@krisp.example").unwrap());
    owner.post("/api/invitations/accept", &[("token", &token)]).await;
    scene.portal.prove_second_factor("it@krisp.example").await;
    owner.decide("setup/make_live", &scene.slug, &[]).await;
    assert_eq!(scene.sign_in(&mut browser, UPN, &[REVIEWERS]).await.location(), "/support", "both keys are live now");
}

async fn an_owner_of_the_team_alone_replaces_no_key_and_ends_no_session(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    let mut support = scene.portal.browser();
    scene.sign_in(&mut support, UPN, &[REVIEWERS]).await;
    let mut owner = scene.portal.browser();
    owner.post("/api/accounts/sign_in", &[("email", "it@krisp.example"), ("password", PASSWORD)]).await;
    let refusal = "Only a support administrator can decide about its sign-in, its keys and its sessions";
    owner.post("/api/teams/end_sessions", &[("slug", &scene.slug)]).await;
    assert!(owner.get(&format!("/teams/{}/sessions", scene.slug)).await.body.contains(refusal));
    assert_eq!(support.get("/support").await.status, StatusCode::OK);

    for _ in 0..2 {
        owner.post("/api/keys/create", &[("slug", &scene.slug)]).await;
    }
    let options = format!("/teams/{}/setup/options", scene.slug);
    owner.decide("keys/promote", &scene.slug, &[]).await;
    let page = owner.get(&options).await.body;
    assert!(page.contains(refusal) && page.contains("Next: decrypts, not used for signing yet"), "{page}");
    // the operator's to do
    let operator = Actor::operator();
    domain::sp_keys::promote(&scene.portal.services, &operator, &scene.slug, ExpectedDigest::Unchecked).await.unwrap();
    let page = owner.get(&options).await.body;
    let key = html::field(&page, "key").unwrap();
    owner.decide("keys/delete", &scene.slug, &[("key", &key)]).await;
    let page = owner.get(&options).await.body;
    assert!(page.contains(refusal) && page.contains("Retired: only decrypts"), "{page}");
}
