//! A grant never outlives the right to grant it: links of invitations over HTTP, after whoever
//! sent them could not give any more what they give.

use std::time::Duration;

use axum::http::StatusCode;
use domain::Actor;
use domain::mail::OutgoingMail;
use model::Role;
use model::SupportRole::{Administrator, Reviewer};
use model::ids::AccountId;
use store::testing::DatabaseKind;
use store::{accounts, invitations, members, on_both_databases, teams};

use crate::harness::{Browser, PASSWORD, Portal, link};
use crate::idp::{Idp, active_team};
use crate::members::{account_id, join, token};
use crate::sign_in::team_id;

on_both_databases!(
    who_changed_address_and_was_removed_lets_nobody_in,
    who_changed_address_and_is_an_owner_still_lets_others_in,
    a_right_that_comes_back_revives_nothing,
    a_deactivated_owner_lets_nobody_in_later_either,
    who_leaves_or_hands_the_team_over_lets_nobody_in,
    an_invitation_without_a_granter_is_refused_until_it_is_sent_again,
    a_redemption_waits_for_a_removal_and_sees_it,
    of_a_removal_and_a_redemption_at_the_same_moment_the_first_counts,
    an_owner_without_the_factor_that_is_asked_for_lets_nobody_in,
    undoing_a_change_of_address_withdraws_what_the_intruder_sent,
    an_administrator_who_is_lowered_or_deactivated_gives_no_roles,
    an_invitation_does_not_lower_who_rose_meanwhile,
    a_reviewers_link_ends_with_the_reviewer,
    a_team_in_service_is_no_reviewers_to_hand_over,
    a_link_for_what_became_the_vendors_team_is_withdrawn,
    links_that_were_mailed_change_no_deactivated_account,
);

const OWNER: &str = "ada@contoso.com";
const OTHER: &str = "grace@contoso.com";
const INVITED: &str = "new@contoso.com";
const ROOT: &str = "root@krisp.example";
const REV: &str = "rev@krisp.example";

/// A team with two owners, of whom the second has invited somebody.
struct Scene {
    portal: Portal,
    owner: Browser,
    other: Browser,
    slug: String,
    /// The secret of the mailed link.
    token: String,
}

impl Scene {
    async fn start(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let mut owner = portal.signed_in(OWNER, None).await;
        let slug = portal.team(&mut owner, "Contoso").await;
        let mut other = join(&portal, &mut owner, &slug, OTHER, "owner").await;
        let fields = [("slug", &*slug), ("email", INVITED), ("role", "owner")];
        other.post("/api/members/invite", &fields).await;
        let token = mailed(&portal, INVITED).await;
        Self { portal, owner, other, slug, token }
    }

    async fn member(&mut self, what: &str, email: &str, role: &str) {
        let account = account_id(&self.portal, email).await;
        let fields = [("slug", &*self.slug), ("account", &*account), ("role", role)];
        let answer = self.owner.post(&format!("/api/members/{what}"), &fields).await;
        assert!(answer.location().contains("?done="), "{what}: {}", answer.location());
        self.portal.mail().await;
    }

    async fn active(&self, email: &str, active: bool) {
        let operator = Actor::operator();
        domain::support_accounts::set_active_by_email(&self.portal.services, &operator, email, active).await.unwrap();
    }

    async fn page(&mut self) -> String {
        self.owner.get(&format!("/teams/{}/members", self.slug)).await.body
    }

    /// That the link lets nobody in, and says so to somebody who is not to blame.
    async fn assert_refused(&self, why: &str) {
        assert_refused(&self.portal, &self.token, INVITED, why).await;
    }
}

/// The secret of the link that was mailed to an address.
pub async fn mailed(portal: &Portal, email: &str) -> String {
    let mail = portal.mail().await;
    token(mail.iter().find(|mail| mail.recipient == email).unwrap_or_else(|| panic!("{email}: {mail:?}")))
}

pub async fn redeem(browser: &mut Browser, token: &str) -> String {
    let fields = [("token", token), ("password", PASSWORD)];
    browser.post("/api/invitations/create_account", &fields).await.location().to_owned()
}

pub async fn assert_refused(portal: &Portal, token: &str, invited: &str, why: &str) {
    let mut browser = portal.browser();
    let page = browser.get(&format!("/invite/{token}")).await.body;
    assert!(page.contains("This invitation no longer works") && page.contains("for a new one"), "{why}: {page}");
    assert!(!page.contains("Create account and accept"), "{why}: {page}");
    assert_eq!(redeem(&mut browser, token).await, format!("/invite/{token}"), "{why}");
    assert!(!browser.cookies.contains_key("session"), "{why}");
    let db = portal.services.db.connection();
    assert!(accounts::by_email(db, invited).await.unwrap().is_none(), "{why}: it left an account");
}

async fn change_address(portal: &Portal, browser: &mut Browser, new: &str) -> Vec<OutgoingMail> {
    browser.post("/api/accounts/change_email", &[("email", new)]).await;
    let mail = portal.mail().await;
    let confirm = link(mail.iter().find(|mail| mail.recipient == new).unwrap());
    let fields = [("token", confirm.rsplit_once("token=").unwrap().1), ("password", "")];
    let answer = browser.post("/api/accounts/confirm_email_change", &fields).await;
    assert_eq!(answer.location(), "/account?done=email-changed");
    portal.mail().await
}

async fn who_changed_address_and_was_removed_lets_nobody_in(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    change_address(&scene.portal, &mut scene.other, "hopper@contoso.com").await;
    scene.member("remove", "hopper@contoso.com", "").await;
    scene.assert_refused("removed under another address").await;
    assert!(
        scene.portal.browser().get(&format!("/invite/{}", scene.token)).await.body.contains("Ask the team Contoso")
    );
}

async fn who_changed_address_and_is_an_owner_still_lets_others_in(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    change_address(&scene.portal, &mut scene.other, "hopper@contoso.com").await;
    let mut browser = scene.portal.browser();
    assert!(browser.get(&format!("/invite/{}", scene.token)).await.body.contains("Create account and accept"));
    assert_eq!(redeem(&mut browser, &scene.token).await, format!("/teams/{}/setup/create", scene.slug));
}

async fn a_right_that_comes_back_revives_nothing(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    scene.member("change_role", OTHER, "admin").await;
    scene.assert_refused("lowered").await;
    scene.member("change_role", OTHER, "owner").await;
    scene.assert_refused("an owner again").await;

    // it is not gone: whoever sends it again stands behind it
    let page = scene.page().await;
    assert!(page.contains(INVITED) && page.contains("Send it again in your own name"), "{page}");
    let team = team_id(&scene.portal, &scene.slug).await;
    let pending = invitations::pending(scene.portal.services.db.connection(), Some(team)).await.unwrap();
    let fields = [("slug", scene.slug.clone()), ("id", pending[0].id.to_string())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    scene.owner.post("/api/members/resend_invitation", &fields).await;
    let second = mailed(&scene.portal, INVITED).await;
    assert!(!scene.page().await.contains("Send it again in your own name"));
    assert!(scene.portal.browser().get(&format!("/invite/{}", scene.token)).await.body.contains("no longer works"));
    scene.member("remove", OTHER, "").await;
    let mut browser = scene.portal.browser();
    assert!(browser.get(&format!("/invite/{second}")).await.body.contains(&format!("{OWNER} invites")));
    assert_eq!(redeem(&mut browser, &second).await, format!("/teams/{}/setup/create", scene.slug));
}

async fn a_deactivated_owner_lets_nobody_in_later_either(kind: DatabaseKind) {
    let scene = Scene::start(kind).await;
    scene.active(OTHER, false).await;
    scene.assert_refused("deactivated").await;
    scene.active(OTHER, true).await;
    scene.assert_refused("activated again").await;
}

async fn who_leaves_or_hands_the_team_over_lets_nobody_in(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    scene.other.post("/api/members/leave", &[("slug", &scene.slug)]).await;
    scene.assert_refused("left").await;

    let mut scene = Scene::start(kind).await;
    let heir = account_id(&scene.portal, OWNER).await;
    scene.other.post("/api/members/transfer_ownership", &[("slug", &scene.slug), ("account", &heir)]).await;
    scene.portal.mail().await;
    scene.assert_refused("handed over").await;
}

async fn an_invitation_without_a_granter_is_refused_until_it_is_sent_again(kind: DatabaseKind) {
    let scene = Scene::start(kind).await;
    // as it is left by the version before
    scene.portal.sql("UPDATE invitations SET granter_id = NULL").await;
    scene.assert_refused("without a granter").await;
    // nor does the invited one's own account help
    let mut invited = scene.portal.signed_in(INVITED, None).await;
    assert!(invited.get(&format!("/invite/{}", scene.token)).await.body.contains("no longer works"));
    let accept = [("token", &*scene.token)];
    let back = invited.post("/api/invitations/accept", &accept).await.location().to_owned();
    assert_eq!(back, format!("/invite/{}", scene.token));
    assert_eq!(invited.get(&format!("/teams/{}", scene.slug)).await.status, StatusCode::NOT_FOUND);
    // the operator has no account, and stands behind what they send all the same
    let team = team_id(&scene.portal, &scene.slug).await;
    let pending = invitations::pending(scene.portal.services.db.connection(), Some(team)).await.unwrap();
    let (operator, id) = (Actor::operator(), pending[0].id.to_string());
    domain::members::resend_invitation(&scene.portal.services, &operator, &scene.slug, &id).await.unwrap();
    let second = mailed(&scene.portal, INVITED).await;
    let joined = invited.post("/api/invitations/accept", &[("token", &*second)]).await.location().to_owned();
    assert_eq!(joined, format!("/teams/{}/setup/create", scene.slug));
}

async fn a_redemption_waits_for_a_removal_and_sees_it(kind: DatabaseKind) {
    let scene = Scene::start(kind).await;
    let team = team_id(&scene.portal, &scene.slug).await;
    let granter: AccountId = account_id(&scene.portal, OTHER).await.parse().unwrap();
    let mut browser = scene.portal.browser();
    let tx = scene.portal.services.db.begin().await.unwrap();
    members::lock(&tx, team).await.unwrap();
    members::remove(&tx, team, granter).await.unwrap();
    let commit = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        store::commit(tx).await.unwrap();
    };
    let (place, ()) = tokio::join!(redeem(&mut browser, &scene.token), commit);
    assert_eq!(place, format!("/invite/{}", scene.token));
    scene.assert_refused("removed while it was redeemed").await;
}

async fn of_a_removal_and_a_redemption_at_the_same_moment_the_first_counts(kind: DatabaseKind) {
    for _ in 0..3 {
        let mut scene = Scene::start(kind).await;
        let other = account_id(&scene.portal, OTHER).await;
        let mut browser = scene.portal.replica().await.with_cookies_of(&scene.portal.browser());
        let fields = [("slug", &*scene.slug), ("account", &*other)];
        let removal = scene.owner.post("/api/members/remove", &fields);
        let (removed, place) = tokio::join!(removal, redeem(&mut browser, &scene.token));
        assert!(removed.location().ends_with("done=removed"), "{}", removed.location());
        let team = team_id(&scene.portal, &scene.slug).await;
        let events = scene.portal.events_of(team).await;
        // the last that was accepted: the granter came by an invitation, too
        let at = |code| events.iter().filter(|event| event.action.as_str() == code).map(|event| event.sequence).max();
        let db = scene.portal.services.db.connection();
        let joined = match accounts::by_email(db, INVITED).await.unwrap() {
            Some(account) => teams::role(db, team, account.account_id()).await.unwrap(),
            None => None,
        };
        if joined == Some(Role::Owner) {
            assert!(at("invitation.accepted") < at("member.removed"), "{events:?}");
        } else {
            assert_eq!((joined, place), (None, format!("/invite/{}", scene.token)));
        }
    }
}

async fn an_owner_without_the_factor_that_is_asked_for_lets_nobody_in(kind: DatabaseKind) {
    let scene = Scene::start(kind).await;
    scene.portal.sql("UPDATE teams SET second_factor_required = TRUE").await;
    scene.assert_refused("no second factor").await;
    let mut other = scene.other.clone();
    scene.portal.enrol(&mut other).await;
    let open = scene.portal.browser().get(&format!("/invite/{}", scene.token)).await.body;
    assert!(open.contains("Create account and accept"), "{open}");
    // lost to the operator's reset, they come back without what was sent before
    domain::accounts::factors::reset_factors(&scene.portal.services, OTHER).await.unwrap();
    scene.assert_refused("factors reset").await;
    scene.portal.sql("UPDATE teams SET second_factor_required = FALSE").await;
    scene.assert_refused("withdrawn by the reset").await;
}

async fn undoing_a_change_of_address_withdraws_what_the_intruder_sent(kind: DatabaseKind) {
    let mut scene = Scene::start(kind).await;
    let told = change_address(&scene.portal, &mut scene.other, "evil@example.com").await;
    let undo = link(told.iter().find(|mail| mail.recipient == OTHER).unwrap());
    let fields = [("token", undo.rsplit_once("token=").unwrap().1)];
    scene.portal.browser().post("/api/accounts/undo_email_change", &fields).await;
    let db = scene.portal.services.db.connection();
    assert!(accounts::by_email(db, OTHER).await.unwrap().is_some(), "undone");
    scene.portal.mail().await;
    scene.assert_refused("sent by an intruder").await;
}

/// Support with a second administrator, who has invited somebody into it.
async fn support(kind: DatabaseKind) -> (Portal, Browser, String) {
    let portal = Portal::start(kind).await;
    let root = portal.support(ROOT, Administrator).await;
    let mut second = portal.support("two@krisp.example", Administrator).await;
    second.post("/api/support_accounts/invite", &[("email", INVITED), ("role", "administrator")]).await;
    let token = mailed(&portal, INVITED).await;
    (portal, root, token)
}

async fn set(root: &mut Browser, what: &str, account: &str, field: (&str, &str)) {
    let answer = root.post(&format!("/api/support_accounts/{what}"), &[("account", account), field]).await;
    assert!(answer.location().contains("?done="), "{what}: {}", answer.location());
}

async fn an_administrator_who_is_lowered_or_deactivated_gives_no_roles(kind: DatabaseKind) {
    let (portal, mut root, token) = support(kind).await;
    let two = account_id(&portal, "two@krisp.example").await;
    set(&mut root, "change_role", &two, ("role", "reviewer")).await;
    assert_refused(&portal, &token, INVITED, "lowered").await;
    set(&mut root, "change_role", &two, ("role", "administrator")).await;
    assert_refused(&portal, &token, INVITED, "an administrator again").await;
    let page = root.get("/support/accounts").await.body;
    assert!(page.contains("Send it again in your own name"), "{page}");

    let (portal, mut root, token) = support(kind).await;
    let two = account_id(&portal, "two@krisp.example").await;
    set(&mut root, "set_active", &two, ("active", "false")).await;
    assert_refused(&portal, &token, INVITED, "deactivated").await;
    set(&mut root, "set_active", &two, ("active", "true")).await;
    assert_refused(&portal, &token, INVITED, "activated again").await;

    let (portal, _, token) = support(kind).await;
    assert_eq!(redeem(&mut portal.browser(), &token).await, "/support", "and otherwise it works");
}

async fn an_invitation_does_not_lower_who_rose_meanwhile(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    let mut member = portal.signed_in(INVITED, None).await;
    root.post("/api/support_accounts/invite", &[("email", INVITED), ("role", "reviewer")]).await;
    let token = mailed(&portal, INVITED).await;
    portal.sql(&format!("UPDATE accounts SET support_role = 'administrator' WHERE email = '{INVITED}'")).await;
    member.post("/api/invitations/accept", &[("token", &*token)]).await;
    let account = accounts::by_email(portal.services.db.connection(), INVITED).await.unwrap().unwrap();
    assert_eq!(account.support_role, Some(Administrator));
}

async fn a_reviewers_link_ends_with_the_reviewer(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    let mut reviewer = portal.support(REV, Reviewer).await;
    reviewer.post("/api/onboarding/create", &[("name", "Contoso"), ("email", INVITED)]).await;
    let token = mailed(&portal, INVITED).await;
    let id = account_id(&portal, REV).await;
    set(&mut root, "set_active", &id, ("active", "false")).await;
    portal.mail().await;
    assert_refused(&portal, &token, INVITED, "deactivated").await;
    set(&mut root, "set_active", &id, ("active", "true")).await;
    assert_refused(&portal, &token, INVITED, "activated again").await;
}

async fn a_team_in_service_is_no_reviewers_to_hand_over(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut owner = portal.signed_in(OWNER, None).await;
    let slug = active_team(&portal, &mut owner, &idp).await;
    portal.sql("DELETE FROM members").await;
    let mut root = portal.support(ROOT, Administrator).await;
    let mut reviewer = portal.support(REV, Reviewer).await;
    portal.mail().await;
    let page = format!("/support/teams/{slug}");
    let seen = reviewer.get(&page).await.body;
    assert!(seen.contains("only a support administrator can send or revoke an onboarding link"), "{seen}");
    assert!(!seen.contains("Send link"), "{seen}");
    reviewer.post("/api/onboarding/send", &[("slug", &slug), ("email", REV)]).await;
    assert!(reviewer.get(&page).await.body.contains("Only a support administrator can send or revoke"));
    assert!(portal.mail().await.is_empty());

    assert!(root.get(&page).await.body.contains("Send link"));
    root.post("/api/onboarding/send", &[("slug", &slug), ("email", INVITED)]).await;
    let token = mailed(&portal, INVITED).await;
    let place = redeem(&mut portal.browser(), &token).await;
    assert_eq!(place, format!("/teams/{slug}/setup/create"), "an administrator hands it over");

    // what a reviewer sent while the team was new is not enough once it is in service
    reviewer.post("/api/onboarding/create", &[("name", "Fabrikam"), ("email", "f@fabrikam.com")]).await;
    let early = mailed(&portal, "f@fabrikam.com").await;
    portal.sql("UPDATE teams SET status = 'active' WHERE name = 'Fabrikam'").await;
    assert_refused(&portal, &early, "f@fabrikam.com", "in service").await;
}

async fn a_link_for_what_became_the_vendors_team_is_withdrawn(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    let mut reviewer = portal.support(REV, Reviewer).await;
    let answer = reviewer.post("/api/onboarding/create", &[("name", "Krisp"), ("email", INVITED)]).await;
    let slug = answer.location().split(['/', '?']).nth(3).unwrap().to_owned();
    let token = mailed(&portal, INVITED).await;
    for is_vendor in ["true", "false"] {
        root.decide("vendor_team/mark", &slug, &[("is_vendor", is_vendor)]).await;
        portal.mail().await;
        assert_refused(&portal, &token, INVITED, is_vendor).await;
    }
}

async fn links_that_were_mailed_change_no_deactivated_account(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut browser = portal.signed_in(OTHER, None).await;
    browser.post("/api/accounts/change_email", &[("email", INVITED)]).await;
    let confirm = link(portal.mail().await.iter().find(|mail| mail.recipient == INVITED).unwrap());
    portal.browser().post("/api/accounts/forgot_password", &[("email", OTHER)]).await;
    let reset = link(&portal.mail().await[0]);
    domain::support_accounts::set_active_by_email(&portal.services, &Actor::operator(), OTHER, false).await.unwrap();
    let secret = |link: &str| link.rsplit_once("token=").unwrap().1.to_owned();
    let (confirm, reset) = (secret(&confirm), secret(&reset));
    let fields = [("token", &*confirm), ("password", PASSWORD)];
    portal.browser().post("/api/accounts/confirm_email_change", &fields).await;
    let db = portal.services.db.connection();
    let before = accounts::by_email(db, OTHER).await.unwrap().unwrap();
    let fields = [("token", &*reset), ("password", "another password entirely")];
    portal.browser().post("/api/accounts/reset_password", &fields).await;
    let after = accounts::by_email(db, OTHER).await.unwrap().unwrap();
    assert_eq!(before.password_hash, after.password_hash);
}
