//! What the vendor's support has given others, who signs in through the vendor's own team: it
//! lasts no longer than the identity provider vouches for who gave it.

use chrono::TimeDelta;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::grants::{assert_refused, mailed, redeem};
use crate::harness::{Browser, PASSWORD, Portal};
use crate::idp::post_response;
use crate::support_sign_in::{ADMINISTRATORS, REVIEWERS, Scene, UPN};

on_both_databases!(
    who_lost_the_role_by_the_groups_gives_none_to_others,
    a_granter_whom_the_identity_provider_no_longer_signs_in_lets_nobody_in,
);

const INVITED: &str = "new@contoso.com";

/// Invites somebody into support as whoever is signed in; the secret of the mailed link.
async fn invite(portal: &Portal, browser: &mut Browser, email: &str) -> String {
    browser.post("/api/support_accounts/invite", &[("email", email), ("role", "administrator")]).await;
    let mail = portal.mail().await;
    crate::members::token(mail.iter().find(|mail| mail.recipient == email).unwrap())
}

/// Whether a link of an invitation lets somebody new in.
async fn works(portal: &Portal, token: &str) -> bool {
    let mut browser = portal.browser();
    browser.post("/api/invitations/create_account", &[("token", token), ("password", PASSWORD)]).await;
    browser.cookies.contains_key("session")
}

async fn who_lost_the_role_by_the_groups_gives_none_to_others(kind: DatabaseKind) {
    let mut scene = Scene::marked(kind).await;
    let mut support = scene.portal.browser();
    let mut links = Vec::new();
    // by another group, by none that counts, and because the group no longer gives it
    for number in 0..3 {
        scene.sign_in(&mut support, UPN, &[ADMINISTRATORS]).await;
        links.push(invite(&scene.portal, &mut support, &format!("n{number}@krisp.example")).await);
        match number {
            0 => drop(scene.sign_in(&mut support, UPN, &[REVIEWERS]).await),
            1 => drop(scene.sign_in(&mut support, UPN, &["unrelated"]).await),
            _ => drop(scene.group("remove", ADMINISTRATORS, "").await),
        }
        assert!(!works(&scene.portal, &links[number]).await, "{number}");
    }
    scene.group("add", ADMINISTRATORS, "administrator").await;
    scene.sign_in(&mut support, UPN, &[ADMINISTRATORS]).await;
    for link in &links {
        assert!(!works(&scene.portal, link).await, "the role is back, the links are not");
    }
    let standing = invite(&scene.portal, &mut support, "honest@krisp.example").await;
    assert!(works(&scene.portal, &standing).await);

    // while nobody of the team can sign in, nobody of it invites
    let stopped = invite(&scene.portal, &mut support, "late@krisp.example").await;
    let fields = [("slug", &*scene.slug), ("reason", "The identity provider is compromised.")];
    scene.root.post("/api/support/suspend", &fields).await;
    assert!(!works(&scene.portal, &stopped).await);
    scene.root.decide("support/resume", &scene.slug, &[]).await;
    assert!(!works(&scene.portal, &stopped).await);
}

async fn a_granter_whom_the_identity_provider_no_longer_signs_in_lets_nobody_in(kind: DatabaseKind) {
    let scene = Scene::marked(kind).await;
    let (portal, slug) = (&scene.portal, &scene.slug);
    let mut support = portal.browser();
    scene.sign_in(&mut support, UPN, &[REVIEWERS]).await;
    support.post("/api/onboarding/create", &[("name", "Contoso"), ("email", INVITED)]).await;
    let token = mailed(portal, INVITED).await;
    let opens =
        async || portal.browser().get(&format!("/invite/{token}")).await.body.contains("Create account and accept");
    assert!(opens().await);

    // removed there: nobody says so to us, but nobody signs in any more either
    portal.pass(TimeDelta::hours(72));
    assert!(opens().await, "over a weekend");
    portal.pass(TimeDelta::seconds(1));
    assert_refused(portal, &token, INVITED, "no sign-in for three days").await;
    scene.sign_in(&mut support, UPN, &[REVIEWERS]).await;
    assert!(opens().await, "who still signs in is still there");

    // a response without the group shows as much, also when its code is never redeemed
    let mut away = portal.browser();
    let asked = scene.idp.asked(away.get(&format!("/sso/{slug}")).await.location());
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, portal.now()));
    let received = post_response(&mut away, slug, &response, asked.relay_state.as_deref()).await;
    assert!(received.location().contains("/complete?code="), "{received:?}");
    assert_refused(portal, &token, INVITED, "the groups give no role").await;
    scene.sign_in(&mut support, UPN, &[REVIEWERS]).await;
    assert!(redeem(&mut portal.browser(), &token).await.ends_with("/setup/create"));
}
