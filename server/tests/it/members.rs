//! Members over HTTP: who sees whom, who may change what, and that a team keeps an owner.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::mail::OutgoingMail;
use model::Role;
use store::testing::DatabaseKind;
use store::{accounts, on_both_databases, teams};

use crate::harness::{Browser, PASSWORD, Portal, link};
use crate::sign_in::team_id;

on_both_databases!(
    the_list_shows_who_is_what_and_only_owners_can_change_it,
    removal_ends_access_in_an_open_session_and_tells_everybody_concerned,
    a_role_change_takes_effect_in_an_open_session,
    leaving_ends_access,
    the_last_owner_stays_and_is_told_what_to_do,
    of_two_owners_who_leave_at_the_same_moment_one_stays,
    of_two_owners_who_remove_each_other_one_stays,
    ownership_is_handed_over,
    a_second_factor_is_asked_of_all_only_by_who_has_one,
    invitations_end_with_the_rights_of_whoever_sent_them,
    changing_members_asks_for_a_fresh_proof,
    another_teams_owner_can_do_nothing_here,
    one_account_switches_between_its_teams,
);

const OWNER: &str = "ada@contoso.com";
const OTHER: &str = "grace@contoso.com";

/// The account's identifier, as the page's forms carry it.
pub async fn account_id(portal: &Portal, email: &str) -> String {
    let found = accounts::by_email(portal.services.db.connection(), email).await.unwrap().unwrap();
    found.account_id().to_string()
}

async fn role(portal: &Portal, slug: &str, email: &str) -> Option<Role> {
    let db = portal.services.db.connection();
    let account = accounts::by_email(db, email).await.unwrap().unwrap();
    teams::role(db, team_id(portal, slug).await, account.account_id()).await.unwrap()
}

/// Invites an address and accepts with a new account.
pub async fn join(portal: &Portal, owner: &mut Browser, slug: &str, email: &str, role: &str) -> Browser {
    let fields = [("slug", slug), ("email", email), ("role", role)];
    let answer = owner.post("/api/members/invite", &fields).await;
    assert_eq!(answer.location(), format!("/teams/{slug}/members?done=invited"));
    let mail = portal.mail().await;
    let token = token(mail.iter().find(|mail| mail.recipient == email).unwrap());
    let mut browser = portal.browser();
    let fields = [("token", &*token), ("password", PASSWORD)];
    let answer = browser.post("/api/invitations/create_account", &fields).await;
    let joined = answer.location();
    assert!(joined == format!("/teams/{slug}") || joined.starts_with(&format!("/teams/{slug}/setup/")), "{joined}");
    portal.mail().await;
    browser
}

/// The secret in a mailed link.
pub fn token(mail: &OutgoingMail) -> String {
    link(mail).rsplit_once("/invite/").unwrap().1.to_owned()
}

async fn team(kind: DatabaseKind) -> (Portal, Browser, String) {
    let portal = Portal::start(kind).await;
    let mut owner = portal.signed_in(OWNER, None).await;
    let slug = portal.team(&mut owner, "Contoso").await;
    (portal, owner, slug)
}

async fn members_page(browser: &mut Browser, slug: &str) -> String {
    browser.get(&format!("/teams/{slug}/members")).await.body
}

async fn act(browser: &mut Browser, what: &str, slug: &str, account: &str) -> String {
    let answer = browser.post(&format!("/api/members/{what}"), &[("slug", slug), ("account", account)]).await;
    answer.location().to_owned()
}

async fn set_role(browser: &mut Browser, slug: &str, account: &str, role: &str) -> String {
    let fields = [("slug", slug), ("account", account), ("role", role)];
    browser.post("/api/members/change_role", &fields).await.location().to_owned()
}

async fn the_list_shows_who_is_what_and_only_owners_can_change_it(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    let mut admin = join(&portal, &mut owner, &slug, OTHER, "admin").await;
    let mut viewer = join(&portal, &mut owner, &slug, "vera@contoso.com", "viewer").await;
    owner.post("/api/members/invite", &[("slug", &slug), ("email", "new@contoso.com"), ("role", "viewer")]).await;
    let page = members_page(&mut owner, &slug).await;
    for words in [OWNER, OTHER, "vera@contoso.com", "new@contoso.com", "Revoke", "Change role", "(you)"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let viewers = account_id(&portal, "vera@contoso.com").await;
    for browser in [&mut admin, &mut viewer] {
        let page = members_page(browser, &slug).await;
        assert!(page.contains("vera@contoso.com") && page.contains("Leave the team"), "{page}");
        assert!(!page.contains("new@contoso.com") && !page.contains("Change role"), "{page}");
        let fields = [("slug", &*slug), ("email", "evil@contoso.com"), ("role", "owner")];
        browser.post("/api/members/invite", &fields).await;
        set_role(browser, &slug, &viewers, "owner").await;
        act(browser, "remove", &slug, &viewers).await;
        act(browser, "transfer_ownership", &slug, &viewers).await;
        let json = [("accept", "application/json"), ("sec-fetch-site", "same-origin")];
        let answer = browser.post_with("/api/members/invite", &json, &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(role(&portal, &slug, "vera@contoso.com").await, Some(Role::Viewer));
    let mail = portal.mail().await;
    assert!(mail.iter().all(|mail| mail.recipient == "new@contoso.com"), "nobody else was written to: {mail:?}");
}

async fn removal_ends_access_in_an_open_session_and_tells_everybody_concerned(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    let mut member = join(&portal, &mut owner, &slug, OTHER, "admin").await;
    let page = format!("/teams/{slug}");
    assert_eq!(member.get(&page).await.status, StatusCode::OK);
    let replica = portal.replica().await;
    let mut elsewhere = replica.with_cookies_of(&member);
    assert_eq!(elsewhere.get(&page).await.status, StatusCode::OK);

    let id = account_id(&portal, OTHER).await;
    assert_eq!(act(&mut owner, "remove", &slug, &id).await, format!("{page}/members?done=removed"));
    assert_eq!(member.get(&page).await.status, StatusCode::NOT_FOUND, "the session stands, the access does not");
    assert_eq!(elsewhere.get(&page).await.status, StatusCode::NOT_FOUND, "on a replica too");
    assert_eq!(member.get("/account").await.status, StatusCode::OK);
    let fields = [("slug", &*slug), ("idp_entity_id", "x"), ("sso_url", "y"), ("slo_url", "")];
    let json = [("accept", "application/json"), ("sec-fetch-site", "same-origin")];
    assert_eq!(member.post_with("/api/setup/save_urls", &json, &fields).await.status, StatusCode::NOT_FOUND);

    let mail = portal.mail().await;
    let to = |address: &str| mail.iter().find(|mail| mail.recipient == address).unwrap();
    assert!(to(OTHER).text_body.contains("You were removed from the team Contoso"), "{}", to(OTHER).text_body);
    assert!(to(OWNER).text_body.contains(&format!("{OTHER} was removed")));
    for words in [OWNER, "23 November 2026, 12:00 UTC", "192.0.2.1", "Firefox"] {
        assert!(to(OTHER).text_body.contains(words), "{words}: {}", to(OTHER).text_body);
    }
    let again = act(&mut owner, "remove", &slug, &id).await;
    assert_eq!(again, format!("{page}/members"), "there is nobody to remove");
}

async fn a_role_change_takes_effect_in_an_open_session(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    let mut member = join(&portal, &mut owner, &slug, OTHER, "viewer").await;
    assert!(!members_page(&mut member, &slug).await.contains("Send invitation"));
    let id = account_id(&portal, OTHER).await;
    assert!(set_role(&mut owner, &slug, &id, "owner").await.ends_with("done=role-changed"));
    assert!(members_page(&mut member, &slug).await.contains("Send invitation"));
    let mail = portal.mail().await;
    let words = "You were viewer of the team Contoso and are owner now";
    assert!(mail.iter().any(|mail| mail.recipient == OTHER && mail.text_body.contains(words)), "{mail:?}");
    set_role(&mut owner, &slug, &id, "emperor").await;
    assert!(members_page(&mut owner, &slug).await.contains("Choose one of the values"));
    assert_eq!(role(&portal, &slug, OTHER).await, Some(Role::Owner));
}

async fn leaving_ends_access(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    let mut member = join(&portal, &mut owner, &slug, OTHER, "viewer").await;
    let answer = member.post("/api/members/leave", &[("slug", &slug)]).await;
    assert_eq!(answer.location(), "/");
    assert_eq!(member.get(&format!("/teams/{slug}")).await.status, StatusCode::NOT_FOUND);
    let mail = portal.mail().await;
    assert!(mail.iter().any(|mail| mail.recipient == OWNER && mail.text_body.contains("left the team")), "{mail:?}");
}

async fn the_last_owner_stays_and_is_told_what_to_do(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    join(&portal, &mut owner, &slug, OTHER, "admin").await;
    let own = account_id(&portal, OWNER).await;
    let words = "A team needs an owner. Make somebody else an owner first";
    owner.post("/api/members/leave", &[("slug", &slug)]).await;
    assert!(members_page(&mut owner, &slug).await.contains(words));
    act(&mut owner, "remove", &slug, &own).await;
    assert!(members_page(&mut owner, &slug).await.contains(words));
    set_role(&mut owner, &slug, &own, "admin").await;
    assert!(members_page(&mut owner, &slug).await.contains(words));
    assert_eq!(role(&portal, &slug, OWNER).await, Some(Role::Owner));
    let other = account_id(&portal, OTHER).await;
    set_role(&mut owner, &slug, &other, "owner").await;
    assert_eq!(owner.post("/api/members/leave", &[("slug", &slug)]).await.location(), "/");
}

async fn of_two_owners_who_leave_at_the_same_moment_one_stays(kind: DatabaseKind) {
    for _ in 0..3 {
        let (portal, mut first, slug) = team(kind).await;
        let second = join(&portal, &mut first, &slug, OTHER, "owner").await;
        let replica = portal.replica().await;
        let mut second = replica.with_cookies_of(&second);
        let fields = [("slug", &*slug)];
        let (left, right) =
            tokio::join!(first.post("/api/members/leave", &fields), second.post("/api/members/leave", &fields));
        let gone = [left.location(), right.location()].iter().filter(|place| **place == "/").count();
        assert_eq!(gone, 1, "{} {}", left.location(), right.location());
        let roles = [role(&portal, &slug, OWNER).await, role(&portal, &slug, OTHER).await];
        assert_eq!(roles.iter().filter(|role| **role == Some(Role::Owner)).count(), 1, "{roles:?}");
    }
}

async fn of_two_owners_who_remove_each_other_one_stays(kind: DatabaseKind) {
    let (portal, mut first, slug) = team(kind).await;
    let second = join(&portal, &mut first, &slug, OTHER, "owner").await;
    join(&portal, &mut first, &slug, "third@contoso.com", "owner").await;
    let mut second = portal.replica().await.with_cookies_of(&second);
    let (ada, grace) = (account_id(&portal, OWNER).await, account_id(&portal, OTHER).await);
    tokio::join!(act(&mut first, "remove", &slug, &grace), act(&mut second, "remove", &slug, &ada));
    let roles = [role(&portal, &slug, OWNER).await, role(&portal, &slug, OTHER).await];
    assert_eq!(roles.iter().flatten().count(), 1, "who was removed can remove nobody: {roles:?}");
}

async fn ownership_is_handed_over(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    join(&portal, &mut owner, &slug, OTHER, "viewer").await;
    let heir = account_id(&portal, OTHER).await;
    assert!(act(&mut owner, "transfer_ownership", &slug, &heir).await.ends_with("done=ownership-transferred"));
    assert_eq!(role(&portal, &slug, OTHER).await, Some(Role::Owner));
    assert_eq!(role(&portal, &slug, OWNER).await, Some(Role::Admin));
    let mail = portal.mail().await;
    assert!(mail.iter().any(|mail| mail.recipient == OTHER && mail.text_body.contains("you are its owner now")));
    act(&mut owner, "transfer_ownership", &slug, &heir).await;
    assert_eq!(role(&portal, &slug, OWNER).await, Some(Role::Admin), "an admin hands nothing over");
}

async fn a_second_factor_is_asked_of_all_only_by_who_has_one(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    let mut member = join(&portal, &mut owner, &slug, OTHER, "admin").await;
    let require = |required: &'static str| [("slug", slug.clone()), ("required", required.to_owned())];
    let fields = |required| require(required).map(|(name, value)| (name, value));
    let on = fields("true");
    let on: Vec<_> = on.iter().map(|(name, value)| (*name, value.as_str())).collect();
    owner.post("/api/members/require_second_factor", &on).await;
    assert!(members_page(&mut owner, &slug).await.contains("Your own session has no second factor yet"));
    assert_eq!(member.get(&format!("/teams/{slug}")).await.status, StatusCode::OK);

    portal.prove_second_factor(OWNER).await;
    let answer = owner.post("/api/members/require_second_factor", &on).await;
    assert!(answer.location().ends_with("done=factor-required"), "{}", answer.location());
    let page = members_page(&mut owner, &slug).await;
    assert!(page.contains("Stop requiring a second factor") && page.contains("Confirmed"), "{page}");
    assert_eq!(member.get(&format!("/teams/{slug}")).await.location(), "/account/security");
    let mail = portal.mail().await;
    assert!(mail.iter().any(|mail| mail.recipient == OTHER && mail.text_body.contains("asks all its members")));
    let off = [("slug", &*slug), ("required", "false")];
    owner.post("/api/members/require_second_factor", &off).await;
    assert_eq!(member.get(&format!("/teams/{slug}")).await.status, StatusCode::OK);
}

async fn invitations_end_with_the_rights_of_whoever_sent_them(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    let mut other = join(&portal, &mut owner, &slug, OTHER, "owner").await;
    let fields = [("slug", &*slug), ("email", "way-back@contoso.com"), ("role", "owner")];
    other.post("/api/members/invite", &fields).await;
    let mail = portal.mail().await;
    let link = token(mail.iter().find(|mail| mail.recipient == "way-back@contoso.com").unwrap());
    let theirs = account_id(&portal, OTHER).await;
    act(&mut owner, "remove", &slug, &theirs).await;
    let mut browser = portal.browser();
    assert!(browser.get(&format!("/invite/{link}")).await.body.contains("no longer works"));
    browser.post("/api/invitations/create_account", &[("token", &link), ("password", PASSWORD)]).await;
    assert!(!browser.cookies.contains_key("session"));

    portal.pass(TimeDelta::minutes(16));
    let fields = [("slug", &*slug), ("email", "new@contoso.com"), ("role", "owner")];
    let answer = owner.post("/api/members/invite", &fields).await;
    assert!(answer.location().starts_with("/account/reauthenticate"), "inviting asks for a fresh proof");
}

async fn changing_members_asks_for_a_fresh_proof(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    join(&portal, &mut owner, &slug, OTHER, "viewer").await;
    let id = account_id(&portal, OTHER).await;
    portal.pass(TimeDelta::minutes(20));
    let place = act(&mut owner, "remove", &slug, &id).await;
    assert!(place.starts_with("/account/reauthenticate?next=/teams/"), "{place}");
    assert_eq!(role(&portal, &slug, OTHER).await, Some(Role::Viewer));
}

async fn another_teams_owner_can_do_nothing_here(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    join(&portal, &mut owner, &slug, OTHER, "admin").await;
    let mut stranger = portal.signed_in("mallory@fabrikam.com", None).await;
    let own = portal.team(&mut stranger, "Fabrikam").await;
    let victim = account_id(&portal, OTHER).await;
    for slug in [&slug, &own] {
        act(&mut stranger, "remove", slug, &victim).await;
        set_role(&mut stranger, slug, &victim, "viewer").await;
        act(&mut stranger, "transfer_ownership", slug, &victim).await;
    }
    assert_eq!(role(&portal, &slug, OTHER).await, Some(Role::Admin));
    assert_eq!(role(&portal, &own, "mallory@fabrikam.com").await, Some(Role::Owner));
    let page = stranger.get(&format!("/teams/{slug}/members")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.body.contains(OTHER));
    assert_eq!(
        portal.browser().get(&format!("/teams/{slug}/members")).await.location(),
        format!("/login?next=/teams/{slug}/members")
    );
}

async fn one_account_switches_between_its_teams(kind: DatabaseKind) {
    let (portal, mut owner, slug) = team(kind).await;
    let second = portal.team(&mut owner, "Fabrikam").await;
    let page = owner.get(&format!("/teams/{slug}")).await.body;
    assert!(page.contains(&format!("href=\"/teams/{slug}\" aria-current=\"page\"")), "{page}");
    assert!(page.contains(&format!("href=\"/teams/{second}\"")));
    let home = owner.get("/").await.body;
    assert!(home.contains("Contoso") && home.contains("Fabrikam") && home.contains("Create another team"), "{home}");
}
