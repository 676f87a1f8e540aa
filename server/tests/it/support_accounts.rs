//! Support accounts over HTTP and from the command line's side.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::Actor;
use model::SupportRole::{Administrator, Reviewer};
use store::testing::DatabaseKind;
use store::{accounts, on_both_databases, support_accounts};

use crate::harness::{Browser, PASSWORD, Portal};
use crate::members::{account_id, token};

on_both_databases!(
    an_administrator_invites_a_reviewer,
    reviewers_and_members_do_not_see_the_accounts,
    a_deactivated_account_is_out_at_once_and_learns_nothing,
    a_role_change_takes_effect_in_an_open_session,
    support_keeps_an_administrator,
    of_two_administrators_who_deactivate_each_other_one_stays,
    the_command_line_deactivates_and_activates,
    managing_asks_for_a_fresh_proof,
    who_has_an_account_here_is_not_invited_again,
);

const ROOT: &str = "root@krisp.example";
const REV: &str = "rev@krisp.example";
const PAGE: &str = "/support/accounts";

async fn set_active(browser: &mut Browser, account: &str, active: &str) -> String {
    let fields = [("account", account), ("active", active)];
    browser.post("/api/support_accounts/set_active", &fields).await.location().to_owned()
}

async fn set_role(browser: &mut Browser, account: &str, role: &str) -> String {
    let fields = [("account", account), ("role", role)];
    browser.post("/api/support_accounts/change_role", &fields).await.location().to_owned()
}

async fn an_administrator_invites_a_reviewer(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    assert!(root.get("/support").await.body.contains("Support accounts"));
    let answer = root.post("/api/support_accounts/invite", &[("email", REV), ("role", "reviewer")]).await;
    assert_eq!(answer.location(), "/support/accounts?done=invited");
    let page = root.get(answer.location()).await.body;
    assert!(page.contains(REV) && page.contains("Revoke") && page.contains("The invitation was sent"), "{page}");
    let mail = portal.mail().await;
    let token = token(&mail[0]);
    let mut reviewer = portal.browser();
    assert!(reviewer.get(&format!("/invite/{token}")).await.body.contains("Join the support team"));
    let fields = [("token", &*token), ("password", PASSWORD)];
    assert_eq!(reviewer.post("/api/invitations/create_account", &fields).await.location(), "/support");
    assert_eq!(reviewer.get("/support").await.location(), "/account/security", "a second factor first");
    portal.prove_second_factor(REV).await;
    assert_eq!(reviewer.get("/support").await.status, StatusCode::OK);
    assert_eq!(reviewer.get(PAGE).await.status, StatusCode::NOT_FOUND);
    let mail = portal.mail().await;
    assert!(mail.iter().any(|mail| mail.recipient == ROOT && mail.text_body.contains("is reviewer in support now")));
    assert!(portal.browser().get(&format!("/invite/{token}")).await.body.contains("no longer works"));
}

async fn reviewers_and_members_do_not_see_the_accounts(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    portal.support(ROOT, Administrator).await;
    let mut reviewer = portal.support(REV, Reviewer).await;
    let mut member = portal.signed_in("ada@contoso.com", None).await;
    let root = account_id(&portal, ROOT).await;
    let own = account_id(&portal, REV).await;
    assert!(!reviewer.get("/support").await.body.contains("Support accounts"));
    for browser in [&mut reviewer, &mut member] {
        assert_eq!(browser.get(PAGE).await.status, StatusCode::NOT_FOUND);
        set_active(browser, &root, "false").await;
        set_role(browser, &own, "administrator").await;
        browser.post("/api/support_accounts/invite", &[("email", "evil@example.com"), ("role", "administrator")]).await;
    }
    assert_eq!(portal.mail().await.len(), 0);
    let db = portal.services.db.connection();
    assert_eq!(accounts::by_email(db, REV).await.unwrap().unwrap().support_role, Some(Reviewer));
    assert_eq!(support_accounts::active(db).await.unwrap().len(), 2);
}

async fn a_deactivated_account_is_out_at_once_and_learns_nothing(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    let mut reviewer = portal.support(REV, Reviewer).await;
    let id = account_id(&portal, REV).await;
    assert_eq!(set_active(&mut root, &id, "false").await, "/support/accounts?done=deactivated");
    assert!(reviewer.get("/support").await.location().starts_with("/login"));
    let mut again = portal.browser();
    let credentials = [("email", REV), ("password", PASSWORD)];
    again.post("/api/accounts/sign_in", &credentials).await;
    assert!(!again.cookies.contains_key("session"));
    let refused = again.get("/login").await.body;
    assert!(refused.contains("do not match an account") && !refused.contains("deactivated"), "{refused}");
    assert!(root.get(PAGE).await.body.contains("Deactivated"));
    let mail = portal.mail().await;
    assert!(mail.iter().any(|mail| mail.recipient == REV) && mail.iter().any(|mail| mail.recipient == ROOT));

    assert_eq!(set_active(&mut root, &id, "true").await, "/support/accounts?done=activated");
    assert!(reviewer.get("/support").await.location().starts_with("/login"), "the old session stays ended");
    again.post("/api/accounts/sign_in", &credentials).await;
    assert!(again.cookies.contains_key("session"));
}

async fn a_role_change_takes_effect_in_an_open_session(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    let mut reviewer = portal.support(REV, Reviewer).await;
    let id = account_id(&portal, REV).await;
    set_role(&mut root, &id, "administrator").await;
    assert_eq!(reviewer.get(PAGE).await.status, StatusCode::OK);
    set_role(&mut root, &id, "reviewer").await;
    assert_eq!(reviewer.get(PAGE).await.status, StatusCode::NOT_FOUND);
    let member = account_id(&portal, ROOT).await;
    set_role(&mut root, &member, "emperor").await;
    assert!(root.get(PAGE).await.body.contains("Choose one of the values"));
}

async fn support_keeps_an_administrator(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    portal.support(REV, Reviewer).await;
    let own = account_id(&portal, ROOT).await;
    let words = "Make somebody else an administrator first";
    let offers = |page: &str, account: &str| page.matches(&format!("name=\"account\" value=\"{account}\"")).count();
    let page = root.get(PAGE).await.body;
    assert!(page.contains("The only administrator") && offers(&page, &own) == 0, "nothing is offered: {page}");
    assert_eq!(offers(&page, &account_id(&portal, REV).await), 2, "the role, and deactivation");
    set_active(&mut root, &own, "false").await;
    assert!(root.get(PAGE).await.body.contains(words));
    set_role(&mut root, &own, "reviewer").await;
    assert!(root.get(PAGE).await.body.contains(words));
    let error = domain::support_accounts::set_active_by_email(&portal.services, &Actor::operator(), ROOT, false).await;
    assert!(matches!(error, Err(domain::Error::Invalid(_))), "{error:?}");
    // one that is deactivated does not count
    let other = portal.support("old@krisp.example", Administrator).await;
    drop(other);
    let page = root.get(PAGE).await.body;
    assert!(!page.contains("The only administrator") && offers(&page, &own) == 2, "{page}");
    let old = account_id(&portal, "old@krisp.example").await;
    set_active(&mut root, &old, "false").await;
    set_active(&mut root, &own, "false").await;
    assert!(root.get(PAGE).await.body.contains(words));
}

async fn of_two_administrators_who_deactivate_each_other_one_stays(kind: DatabaseKind) {
    for _ in 0..3 {
        let portal = Portal::start(kind).await;
        let mut first = portal.support(ROOT, Administrator).await;
        let second = portal.support("two@krisp.example", Administrator).await;
        let mut second = portal.replica().await.with_cookies_of(&second);
        let (one, two) = (account_id(&portal, ROOT).await, account_id(&portal, "two@krisp.example").await);
        tokio::join!(set_active(&mut first, &two, "false"), set_active(&mut second, &one, "false"));
        let db = portal.services.db.connection();
        assert_eq!(support_accounts::active(db).await.unwrap().len(), 1);
        let mut third = portal.support("three@krisp.example", Administrator).await;
        let fourth = portal.support("four@krisp.example", Administrator).await;
        let mut fourth = portal.replica().await.with_cookies_of(&fourth);
        for account in [&one, &two] {
            set_active(&mut third, account, "false").await;
        }
        let (three, four) =
            (account_id(&portal, "three@krisp.example").await, account_id(&portal, "four@krisp.example").await);
        tokio::join!(set_role(&mut third, &four, "reviewer"), set_role(&mut fourth, &three, "reviewer"));
        let accounts = support_accounts::active(db).await.unwrap();
        let left = accounts.iter().filter(|account| account.support_role == Some(Administrator)).count();
        assert_eq!(left, 1);
    }
}

async fn the_command_line_deactivates_and_activates(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut member = portal.signed_in("ada@contoso.com", None).await;
    let operator = Actor::operator();
    let by_email = domain::support_accounts::set_active_by_email;
    by_email(&portal.services, &operator, "Ada@Contoso.com", false).await.unwrap();
    assert!(member.get("/account").await.location().starts_with("/login"));
    by_email(&portal.services, &operator, "ada@contoso.com", true).await.unwrap();
    let error = by_email(&portal.services, &operator, "nobody@contoso.com", false).await;
    assert!(matches!(error, Err(domain::Error::NotFound)), "{error:?}");
    let events = vendor_events(&portal).await;
    assert!(events.contains("account.deactivated") && events.contains("account.reactivated"), "{events}");
}

/// Everything that the vendor's trail says.
pub async fn vendor_events(portal: &Portal) -> String {
    portal.audit_codes_of_vendor().await.join(" ")
}

async fn managing_asks_for_a_fresh_proof(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    portal.support(REV, Reviewer).await;
    let id = account_id(&portal, REV).await;
    portal.pass(TimeDelta::minutes(20));
    let place = set_active(&mut root, &id, "false").await;
    assert!(place.starts_with("/account/reauthenticate?next=/support/accounts"), "{place}");
    assert!(root.get(PAGE).await.location().starts_with("/account/reauthenticate"));
    let db = portal.services.db.connection();
    assert_eq!(support_accounts::active(db).await.unwrap().len(), 2);
}

async fn who_has_an_account_here_is_not_invited_again(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut root = portal.support(ROOT, Administrator).await;
    portal.support(REV, Reviewer).await;
    let invite = [("email", REV), ("role", "administrator")];
    root.post("/api/support_accounts/invite", &invite).await;
    assert!(root.get(PAGE).await.body.contains("has a support account already"));
    let id = account_id(&portal, REV).await;
    set_active(&mut root, &id, "false").await;
    root.post("/api/support_accounts/invite", &invite).await;
    assert!(root.get(PAGE).await.body.contains("Activate it again instead"));

    // a team's member may be support, too
    let mut member = portal.signed_in("ada@contoso.com", None).await;
    portal.mail().await;
    root.post("/api/support_accounts/invite", &[("email", "ada@contoso.com"), ("role", "reviewer")]).await;
    let token = token(&portal.mail().await[0]);
    assert_eq!(member.post("/api/invitations/accept", &[("token", &token)]).await.location(), "/support");
    portal.prove_second_factor("ada@contoso.com").await;
    assert_eq!(member.get("/support").await.status, StatusCode::OK);
}
