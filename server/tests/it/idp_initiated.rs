//! Sign-ins that begin at the identity provider: refused, unless the team allows them, and
//! then only with a press of a button.

use axum::http::StatusCode;
use chrono::TimeDelta;
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, Portal, html};
use crate::idp::{Idp, active_team, post_response, sign_in};

on_both_databases!(
    it_is_off_unless_turned_on_and_a_refusal_is_recorded,
    the_button_signs_in_and_only_the_button,
    the_address_works_once_and_for_a_minute,
    the_button_works_for_ten_minutes_in_its_own_browser,
    a_response_works_once_whoever_began,
    a_response_to_a_request_we_never_sent_is_refused_even_so,
    relay_state_leads_only_to_allowed_places,
    the_button_is_for_nothing_else,
);

const UPN: &str = "b.simon@contoso.com";

struct Scene {
    portal: Portal,
    idp: Idp,
    admin: Browser,
    slug: String,
}

async fn scene(kind: DatabaseKind, allowed: bool) -> Scene {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    if allowed {
        admin.post("/api/setup/save_options", &[("slug", &slug), ("allow_idp_initiated", "true")]).await;
        admin.decide("setup/make_live", &slug, &[]).await;
    }
    Scene { portal, idp, admin, slug }
}

impl Scene {
    /// A response that nobody here asked for.
    fn tile(&self) -> String {
        self.idp.sign(&self.idp.unasked(&self.slug, UPN, self.portal.now()))
    }

    async fn post(&self, browser: &mut Browser, response: &str) -> Answer {
        post_response(browser, &self.slug, response, None).await
    }
}

/// The code in the page that asks.
fn code(page: &Answer) -> String {
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::field(&page.body, "code").unwrap()
}

async fn press(browser: &mut Browser, slug: &str, code: &str) -> Answer {
    browser.post(&format!("/sso/{slug}/continue"), &[("code", code)]).await
}

async fn it_is_off_unless_turned_on_and_a_refusal_is_recorded(kind: DatabaseKind) {
    let scene = scene(kind, false).await;
    let mut browser = scene.portal.browser();
    let answer = scene.post(&mut browser, &scene.tile()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("SSO-"), "with a reference: {}", answer.body);
    let mut support = scene.portal.signed_in("root@krisp.example", Some(model::SupportRole::Reviewer)).await;
    let page = support.get(&format!("/support/teams/{}", scene.slug)).await.body;
    assert!(page.contains("The sign-in began at the identity provider, not here"), "{page}");
}

async fn the_button_signs_in_and_only_the_button(kind: DatabaseKind) {
    let scene = scene(kind, true).await;
    let mut browser = scene.portal.browser();
    let posted = scene.post(&mut browser, &scene.tile()).await;
    assert!(posted.location().starts_with(&format!("http://localhost:3000/sso/{}/continue?code=", scene.slug)));
    let page = browser.follow(posted.location()).await;
    for words in [UPN, "Contoso", "If this is not you"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("<script"), "{}", page.body);
    assert!(!browser.cookies.contains_key("person"), "nobody is signed in yet");
    assert_eq!(press(&mut browser, &scene.slug, &code(&page)).await.location(), "/me");
    assert!(browser.get("/me").await.body.contains(UPN));
    let again = press(&mut browser, &scene.slug, &code(&page)).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN, "the button works once");
}

async fn the_address_works_once_and_for_a_minute(kind: DatabaseKind) {
    let scene = scene(kind, true).await;
    let mut browser = scene.portal.browser();
    let location = scene.post(&mut browser, &scene.tile()).await.location().to_owned();
    assert_eq!(browser.follow(&location).await.status, StatusCode::OK);
    assert_eq!(browser.follow(&location).await.status, StatusCode::FORBIDDEN, "used");
    let location = scene.post(&mut browser, &scene.tile()).await.location().to_owned();
    scene.portal.pass(TimeDelta::seconds(61));
    assert_eq!(browser.follow(&location).await.status, StatusCode::FORBIDDEN, "too late");
}

async fn the_button_works_for_ten_minutes_in_its_own_browser(kind: DatabaseKind) {
    let scene = scene(kind, true).await;
    let opened = async |browser: &mut Browser| {
        let location = scene.post(browser, &scene.tile()).await.location().to_owned();
        code(&browser.follow(&location).await)
    };
    let mut browser = scene.portal.browser();
    let in_time = opened(&mut browser).await;
    scene.portal.pass(TimeDelta::minutes(9));
    assert_eq!(press(&mut browser, &scene.slug, &in_time).await.location(), "/me");
    let late = opened(&mut browser).await;
    scene.portal.pass(TimeDelta::minutes(10));
    assert_eq!(press(&mut browser, &scene.slug, &late).await.status, StatusCode::FORBIDDEN);

    // an attacker opens the page, and makes a victim's browser send its code
    let taken = opened(&mut browser).await;
    let mut victim = scene.portal.browser();
    assert_eq!(press(&mut victim, &scene.slug, &taken).await.status, StatusCode::FORBIDDEN);
    let cross_site = [("accept", "text/html"), ("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")];
    let address = format!("/sso/{}/continue", scene.slug);
    let forced = victim.post_with(&address, &cross_site, &[("code", &taken)]).await;
    assert_eq!(forced.status, StatusCode::FORBIDDEN);
    assert!(!victim.cookies.contains_key("person"));
}

async fn a_response_works_once_whoever_began(kind: DatabaseKind) {
    let scene = scene(kind, true).await;
    let mut browser = scene.portal.browser();
    let response = scene.tile();
    assert!(scene.post(&mut browser, &response).await.status.is_redirection());
    let again = scene.post(&mut browser, &response).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN);
    assert!(again.body.contains("This sign-in has ended"), "{}", again.body);
}

async fn a_response_to_a_request_we_never_sent_is_refused_even_so(kind: DatabaseKind) {
    let scene = scene(kind, true).await;
    let mut browser = scene.portal.browser();
    let mut invented = scene.idp.unasked(&scene.slug, UPN, scene.portal.now());
    invented.in_response_to = "_0123456789abcdef0123456789abcdef".into();
    assert_eq!(scene.post(&mut browser, &scene.idp.sign(&invented)).await.status, StatusCode::FORBIDDEN);
    // nor does a forged response come through because nobody was asked
    let forger = Idp::new(scene.portal.now());
    let forged = forger.sign(&forger.unasked(&scene.slug, UPN, scene.portal.now()));
    assert_eq!(scene.post(&mut browser, &forged).await.status, StatusCode::FORBIDDEN);
    let usual = sign_in(&scene.portal, &mut browser, &scene.slug, &scene.idp, UPN).await;
    assert_eq!(usual.location(), "/me", "the usual way goes on working");
}

async fn relay_state_leads_only_to_allowed_places(kind: DatabaseKind) {
    let scene = scene(kind, true).await;
    for (relay_state, next) in [("/me?tab=claims", "/me?tab=claims"), ("https://evil.example/", "/me")] {
        let mut browser = scene.portal.browser();
        let posted = post_response(&mut browser, &scene.slug, &scene.tile(), Some(relay_state)).await;
        let page = browser.follow(posted.location()).await;
        assert_eq!(press(&mut browser, &scene.slug, &code(&page)).await.location(), next, "{relay_state}");
    }
    // what may itself redirect to another host is no redirect of the form's (form-action)
    let mut browser = scene.portal.browser();
    let posted = post_response(&mut browser, &scene.slug, &scene.tile(), Some("/account?tab=1")).await;
    let page = browser.follow(posted.location()).await;
    let pressed = press(&mut browser, &scene.slug, &code(&page)).await;
    assert_eq!(pressed.refresh(), "/account?tab=1");
    assert!(browser.cookies.contains_key("person"));
}

async fn the_button_is_for_nothing_else(kind: DatabaseKind) {
    let mut scene = scene(kind, true).await;
    let mut browser = scene.portal.browser();
    // the code of the address cannot be redeemed the usual way
    let location = scene.post(&mut browser, &scene.tile()).await.location().replace("/continue", "/complete");
    assert_eq!(browser.follow(&location).await.status, StatusCode::FORBIDDEN);
    // nor can a usual code be pressed
    let asked = scene.idp.asked(browser.get(&format!("/sso/{}", scene.slug)).await.location());
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let usual = scene.post(&mut browser, &response).await.location().to_owned();
    let usual = usual.rsplit_once("code=").unwrap().1;
    assert_eq!(press(&mut browser, &scene.slug, usual).await.status, StatusCode::FORBIDDEN);
    // and a team that stops it stops it for who is on the way
    let location = scene.post(&mut browser, &scene.tile()).await.location().to_owned();
    let page = browser.follow(&location).await;
    let operator = domain::Actor::operator();
    domain::team_review::suspend(&scene.portal.services, &operator, &scene.slug, "unpaid").await.unwrap();
    assert_eq!(press(&mut browser, &scene.slug, &code(&page)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.admin.get(&format!("/teams/{}", scene.slug)).await.status, StatusCode::OK);
}
