//! Invitations over HTTP: by the mailed link, once, for the invited address only.

use axum::http::StatusCode;
use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use store::entities::one_time_tokens;
use store::testing::DatabaseKind;
use store::{invitations, on_both_databases};

use crate::harness::{Browser, PASSWORD, Portal, link};
use crate::idp::{Idp, active_team};
use crate::members::token;
use crate::sign_in::team_id;

on_both_databases!(
    the_link_creates_an_account_for_the_invited_address_and_works_once,
    who_has_an_account_signs_in_and_comes_back,
    another_account_is_told_so_and_cannot_accept,
    who_cannot_configure_or_joins_a_live_team_begins_at_the_overview,
    a_new_link_replaces_the_one_before,
    an_invitation_can_be_taken_back,
    a_link_works_for_seven_days,
    whoever_is_a_member_or_invited_is_not_invited_again,
    of_two_who_accept_at_the_same_moment_one_does,
    a_strangers_unconfirmed_sign_up_does_not_stand_in_the_way,
    a_weak_password_uses_nothing_up,
    invitations_are_limited,
    another_teams_owner_cannot_touch_them,
    the_link_is_kept_nowhere_but_in_the_mail,
);

const OWNER: &str = "ada@contoso.com";
const INVITED: &str = "grace@contoso.com";

struct Scene {
    portal: Portal,
    owner: Browser,
    slug: String,
}

impl Scene {
    async fn start(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let mut owner = portal.signed_in(OWNER, None).await;
        let slug = portal.team(&mut owner, "Contoso").await;
        Self { portal, owner, slug }
    }

    async fn post_invite(&mut self, email: &str) -> String {
        let fields = [("slug", &*self.slug), ("email", email), ("role", "admin")];
        self.owner.post("/api/members/invite", &fields).await.location().to_owned()
    }

    /// Invites and answers with the secret of the mailed link.
    async fn invite(&mut self, email: &str) -> String {
        assert!(self.post_invite(email).await.ends_with("done=invited"));
        let mail = self.portal.mail().await;
        assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, email));
        token(&mail[0])
    }

    async fn pending(&self) -> Vec<invitations::Invitation> {
        let team = team_id(&self.portal, &self.slug).await;
        invitations::pending(self.portal.services.db.connection(), Some(team)).await.unwrap()
    }

    async fn on_pending(&mut self, what: &str) -> String {
        let id = self.pending().await[0].id.to_string();
        let fields = [("slug", &*self.slug), ("id", &*id)];
        self.owner.post(&format!("/api/members/{what}"), &fields).await.location().to_owned()
    }

    async fn page(&mut self) -> String {
        self.owner.get(&format!("/teams/{}/members", self.slug)).await.body
    }
}

async fn create(browser: &mut Browser, token: &str, password: &str) -> String {
    let fields = [("token", token), ("password", password)];
    browser.post("/api/invitations/create_account", &fields).await.location().to_owned()
}

async fn accept(browser: &mut Browser, token: &str) -> String {
    browser.post("/api/invitations/accept", &[("token", token)]).await.location().to_owned()
}

const GONE: &str = "This invitation no longer works";

async fn the_link_creates_an_account_for_the_invited_address_and_works_once(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let token = scene.invite(INVITED).await;
    let mut browser = scene.portal.browser();
    for _ in 0..2 {
        let page = browser.get(&format!("/invite/{token}")).await.body;
        for words in ["Join the team Contoso", INVITED, OWNER, "Choose a password"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
    assert_eq!(scene.pending().await.len(), 1, "opening the link uses nothing up");

    let step = format!("/teams/{}/setup/create", scene.slug);
    assert_eq!(create(&mut browser, &token, PASSWORD).await, step, "who may configure begins with it");
    assert!(browser.get("/account").await.body.contains(INVITED));
    assert_eq!(browser.get(&format!("/teams/{}", scene.slug)).await.status, StatusCode::OK);
    let mail = scene.portal.mail().await;
    assert!(mail.iter().all(|mail| mail.recipient == OWNER), "the link has proved the address: {mail:?}");
    assert!(mail[0].text_body.contains(&format!("{INVITED} accepted the invitation")));
    let mut later = scene.portal.browser();
    later.post("/api/accounts/sign_in", &[("email", INVITED), ("password", PASSWORD)]).await;
    assert!(later.cookies.contains_key("session"));

    let mut thief = scene.portal.browser();
    assert!(thief.get(&format!("/invite/{token}")).await.body.contains(GONE));
    assert_eq!(create(&mut thief, &token, PASSWORD).await, format!("/invite/{token}"));
    assert!(!thief.cookies.contains_key("session"));
    let team = team_id(&scene.portal, &scene.slug).await;
    let events = scene.portal.events_of(team).await;
    let codes: Vec<_> = events.iter().map(|event| event.action.as_str()).collect();
    assert!(codes.contains(&"invitation.accepted") && codes.contains(&"member.invited"), "{codes:?}");
}

async fn who_has_an_account_signs_in_and_comes_back(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    scene.portal.signed_in(INVITED, None).await;
    let token = scene.invite(INVITED).await;
    let mut browser = scene.portal.browser();
    let page = browser.get(&format!("/invite/{token}")).await.body;
    let next = format!("/invite/{token}");
    assert!(page.contains(&format!("/login?next={next}")) && !page.contains("Choose a password"), "{page}");
    create(&mut browser, &token, "another password entirely").await;
    let page = browser.get(&next).await.body;
    assert!(page.contains("has an account already"), "the link gives nobody's account away: {page}");
    assert!(!browser.cookies.contains_key("session"));

    let fields = [("email", INVITED), ("password", PASSWORD), ("next", &*next)];
    assert_eq!(browser.post("/api/accounts/sign_in", &fields).await.location(), next);
    assert!(browser.get(&next).await.body.contains("Accept invitation"));
    scene.owner.post("/api/setup/confirm_step", &[("slug", &scene.slug), ("step", "create")]).await;
    let step = format!("/teams/{}/setup/basic-saml", scene.slug);
    assert_eq!(accept(&mut browser, &token).await, step, "the step that is open");
    assert_eq!(browser.get(&format!("/teams/{}", scene.slug)).await.status, StatusCode::OK);
}

async fn who_cannot_configure_or_joins_a_live_team_begins_at_the_overview(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let overview = format!("/teams/{}", scene.slug);
    let fields = [("slug", &*scene.slug), ("email", INVITED), ("role", "viewer")];
    scene.owner.post("/api/members/invite", &fields).await;
    let viewer = token(&scene.portal.mail().await[0]);
    assert_eq!(create(&mut scene.portal.browser(), &viewer, PASSWORD).await, overview);
    scene.portal.mail().await;

    let idp = Idp::new(scene.portal.now());
    scene.slug = active_team(&scene.portal, &mut scene.owner, &idp).await;
    scene.portal.mail().await;
    let admin = scene.invite("late@contoso.com").await;
    let overview = format!("/teams/{}", scene.slug);
    assert_eq!(create(&mut scene.portal.browser(), &admin, PASSWORD).await, overview);
}

async fn another_account_is_told_so_and_cannot_accept(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let token = scene.invite(INVITED).await;
    let mut mallory = scene.portal.signed_in("mallory@contoso.com", None).await;
    let page = mallory.get(&format!("/invite/{token}")).await.body;
    assert!(page.contains("is for another address") && page.contains("Sign out"), "{page}");
    assert_eq!(accept(&mut mallory, &token).await, format!("/invite/{token}"));
    assert!(mallory.get(&format!("/invite/{token}")).await.body.contains("sign in with the invited one"));
    assert_eq!(mallory.get(&format!("/teams/{}", scene.slug)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.pending().await.len(), 1);
    let nobody = accept(&mut scene.portal.browser(), &token).await;
    assert!(nobody.starts_with("/login?next=/invite/"), "{nobody}");
}

async fn a_new_link_replaces_the_one_before(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let first = scene.invite(INVITED).await;
    assert!(scene.on_pending("resend_invitation").await.ends_with("done=resent"));
    let second = token(&scene.portal.mail().await[0]);
    assert_ne!(first, second);
    let mut browser = scene.portal.browser();
    assert!(browser.get(&format!("/invite/{first}")).await.body.contains(GONE));
    create(&mut browser, &first, PASSWORD).await;
    assert!(!browser.cookies.contains_key("session"));
    assert_eq!(create(&mut browser, &second, PASSWORD).await, format!("/teams/{}/setup/create", scene.slug));
}

async fn an_invitation_can_be_taken_back(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let token = scene.invite(INVITED).await;
    assert!(scene.on_pending("revoke_invitation").await.ends_with("done=revoked"));
    let mut browser = scene.portal.browser();
    assert!(browser.get(&format!("/invite/{token}")).await.body.contains(GONE));
    create(&mut browser, &token, PASSWORD).await;
    assert!(!browser.cookies.contains_key("session"));
    assert!(scene.page().await.contains("There are no pending invitations"));
}

async fn a_link_works_for_seven_days(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let token = scene.invite(INVITED).await;
    scene.portal.pass(TimeDelta::days(7) - TimeDelta::seconds(1));
    let mut browser = scene.portal.browser();
    assert!(browser.get(&format!("/invite/{token}")).await.body.contains("Choose a password"));
    scene.portal.pass(TimeDelta::seconds(1));
    assert!(browser.get(&format!("/invite/{token}")).await.body.contains(GONE));
    create(&mut browser, &token, PASSWORD).await;
    assert!(!browser.cookies.contains_key("session"));
    let mut owner = scene.portal.browser();
    owner.post("/api/accounts/sign_in", &[("email", OWNER), ("password", PASSWORD)]).await;
    scene.owner = owner;
    assert!(scene.page().await.contains("Expired"));
    assert!(scene.on_pending("resend_invitation").await.ends_with("done=resent"));
    let fresh = crate::members::token(&scene.portal.mail().await[0]);
    assert_eq!(create(&mut browser, &fresh, PASSWORD).await, format!("/teams/{}/setup/create", scene.slug));
}

async fn whoever_is_a_member_or_invited_is_not_invited_again(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    scene.post_invite(OWNER).await;
    assert!(scene.page().await.contains("is a member of the team already"));
    scene.invite(INVITED).await;
    scene.post_invite(&INVITED.to_uppercase()).await;
    assert!(scene.page().await.contains("This address is invited already"));
    scene.post_invite("grace(at)contoso").await;
    let page = scene.page().await;
    assert!(page.contains("grace(at)contoso") && page.contains("Enter an e-mail address"), "{page}");
    assert_eq!(scene.portal.mail().await.len(), 0);
    assert_eq!(scene.pending().await.len(), 1);
}

async fn of_two_who_accept_at_the_same_moment_one_does(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let first = scene.portal.signed_in(INVITED, None).await;
    let token = scene.invite(INVITED).await;
    let mut second = scene.portal.replica().await.with_cookies_of(&first);
    let mut first = first;
    let places = tokio::join!(accept(&mut first, &token), accept(&mut second, &token));
    let team = format!("/teams/{}/setup/create", scene.slug);
    let joined = [&places.0, &places.1].iter().filter(|place| **place == &team).count();
    assert_eq!(joined, 1, "{places:?}");
    assert_eq!(scene.page().await.matches(&format!("Change {INVITED}")).count(), 1);
}

async fn a_strangers_unconfirmed_sign_up_does_not_stand_in_the_way(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    scene.portal.browser().post("/api/accounts/sign_up", &[("email", INVITED)]).await;
    let sign_up = link(&scene.portal.mail().await[0]).rsplit_once("token=").unwrap().1.to_owned();
    let token = scene.invite(INVITED).await;
    let mut browser = scene.portal.browser();
    assert!(create(&mut browser, &token, PASSWORD).await.starts_with("/teams/"));
    let mut late = scene.portal.browser();
    let fields = [("token", &*sign_up), ("password", "the password of a stranger")];
    let answer = late.post("/api/accounts/verify_email", &fields).await;
    assert!(answer.location().starts_with("/verify-email"), "the account has its password: {}", answer.location());
    assert!(!late.cookies.contains_key("session"));
}

async fn a_weak_password_uses_nothing_up(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let token = scene.invite(INVITED).await;
    let mut browser = scene.portal.browser();
    assert_eq!(create(&mut browser, &token, "short").await, format!("/invite/{token}"));
    assert!(browser.get(&format!("/invite/{token}")).await.body.contains("Use at least 12 characters"));
    assert_eq!(create(&mut browser, &token, PASSWORD).await, format!("/teams/{}/setup/create", scene.slug));
}

async fn invitations_are_limited(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    for number in 0..31 {
        assert!(scene.post_invite(&format!("n{number}@contoso.com")).await.ends_with("done=invited"), "{number}");
    }
    let one_more = [("slug", &*scene.slug), ("email", "one-more@contoso.com"), ("role", "viewer")];
    let refused = scene.owner.post("/api/members/invite", &one_more).await;
    assert_eq!(refused.status, axum::http::StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.contains("Too many attempts"), "{}", refused.body);
    assert_eq!(scene.pending().await.len(), 31);
    scene.portal.pass(TimeDelta::seconds(5));
    assert!(scene.post_invite("one-more@contoso.com").await.ends_with("done=invited"));
}

async fn another_teams_owner_cannot_touch_them(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let token = scene.invite(INVITED).await;
    let mut mallory = scene.portal.signed_in("mallory@fabrikam.com", None).await;
    let own = scene.portal.team(&mut mallory, "Fabrikam").await;
    let id = scene.pending().await[0].id.to_string();
    for slug in [&scene.slug, &own] {
        for what in ["members/resend_invitation", "members/revoke_invitation", "onboarding/resend", "onboarding/revoke"]
        {
            mallory.post(&format!("/api/{what}"), &[("slug", slug), ("id", &id)]).await;
        }
    }
    mallory.post("/api/support_accounts/revoke_invitation", &[("id", &id)]).await;
    assert_eq!(scene.portal.mail().await.len(), 0);
    let mut browser = scene.portal.browser();
    assert_eq!(create(&mut browser, &token, PASSWORD).await, format!("/teams/{}/setup/create", scene.slug));
}

async fn the_link_is_kept_nowhere_but_in_the_mail(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let token = scene.invite(INVITED).await;
    assert!(!scene.page().await.contains(&token));
    let team = team_id(&scene.portal, &scene.slug).await;
    let events = scene.portal.events_of(team).await;
    let pending = scene.pending().await;
    assert!(!format!("{events:?}{pending:?}").contains(&token));
    let db = scene.portal.services.db.connection();
    let kept =
        one_time_tokens::Entity::find().filter(one_time_tokens::Column::InvitationId.eq(pending[0].id.as_uuid()));
    let kept = kept.one(db).await.unwrap().unwrap();
    assert_eq!(kept.token_hash, domain::Token::from_browser(&token).unwrap().hash());
    assert!(!format!("{kept:?}").contains(&token));
}
