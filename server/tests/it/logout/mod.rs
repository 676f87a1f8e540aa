//! Single logout over HTTP, whoever begins, and what is refused.

mod ended_sessions;
mod logout_race;
pub mod scene;

use axum::http::StatusCode;
use chrono::TimeDelta;
use saml::authn_request::RequestId;
use saml::bindings::MessageKind;
use saml::bindings::redirect::decode;
use saml::logout::{LogoutRequest, LogoutStatus, NameId};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::harness::Browser;
use crate::idp::sign_in;
use scene::{IDP_LOGOUT, LogoutRequestValues, Scene, UPN, key, scene};

on_both_databases!(
    signing_out_goes_on_at_the_identity_provider_and_comes_back,
    without_a_logout_url_signing_out_is_here_only,
    an_answer_works_once_and_only_to_a_request_of_ours,
    less_than_success_is_said,
    a_logout_that_does_not_come_back_is_on_the_report_of_its_sign_in,
    the_identity_provider_ends_a_persons_sessions_on_every_replica,
    a_session_index_ends_one_session,
    a_repeated_request_uses_up_nobodys_logout,
    what_is_not_the_identity_providers_ends_nothing,
    a_request_is_not_acted_upon_twice,
    a_posted_request_is_taken_from_another_site,
    teams_with_signing_on_sign_their_logout,
    metadata_names_keys_and_logout,
);

/// A message in an address, and its RelayState.
pub fn message(address: &str) -> (String, String) {
    let message = decode(address.split_once('?').unwrap().1).unwrap();
    (message.xml, message.relay_state.unwrap_or_default())
}

fn attribute(xml: &str, name: &str) -> String {
    xml.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

pub async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/me").await.status == StatusCode::OK
}

async fn signing_out_goes_on_at_the_identity_provider_and_comes_back(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let mut copy = person.clone();
    let page = person.post("/me/sign-out", &[]).await;
    assert!(page.body.contains("Signing you out at your organisation too") && !page.body.contains("<script"));
    assert!(!person.cookies.contains_key("person"));
    assert!(!is_signed_in(&mut copy).await, "ended here at once");

    let address = page.refresh();
    assert!(address.starts_with(&format!("{IDP_LOGOUT}?SAMLRequest=")), "{address}");
    assert!(page.body.matches(&address.replace('&', "&amp;")).count() == 2, "and a link: {}", page.body);
    let (xml, relay_state) = message(&address);
    assert!(xml.contains(&format!(">{UPN}</saml:NameID>")) && xml.contains("<samlp:SessionIndex>"), "{xml}");
    assert!(xml.contains("nameid-format:emailAddress") && xml.contains(&format!("<saml:Issuer>{}<", scene.slug)));
    let answer = scene.response(&attribute(&xml, "ID"), &relay_state, LogoutStatus::Success);
    let back = person.follow(&answer).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let page = person.follow(back.location()).await.body;
    assert!(page.contains("confirmed that you are signed out there"), "{page}");
    assert!(page.contains(&format!("http://localhost:3000/sso/{}\"", scene.slug)), "{page}");
}

async fn without_a_logout_url_signing_out_is_here_only(kind: DatabaseKind) {
    let scene = scene(kind, "").await;
    let mut person = scene.person().await;
    let location = person.post("/me/sign-out", &[]).await.location().to_owned();
    assert_eq!(location, format!("/me/signed-out?how_far=here&team={}", scene.slug));
    let page = person.get(&location).await.body;
    assert!(page.contains("still signed in at your company"), "{page}");
    let start = format!("href=\"http://localhost:3000/sso/{}\">Sign in again<", scene.slug);
    assert!(page.contains(&start), "to the team's own sign-in: {page}");
    let again = person.post("/me/sign-out", &[]).await.location().to_owned();
    assert_eq!(again, "/me/signed-out?how_far=here", "again is no error");
    assert!(person.get(&again).await.body.contains("href=\"http://localhost:3000/sso\">Sign in again<"));
}

async fn an_answer_works_once_and_only_to_a_request_of_ours(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let (xml, relay_state) = message(&person.post("/me/sign-out", &[]).await.refresh());
    let id = attribute(&xml, "ID");
    for (in_response_to, relay_state) in [("_invented", &*relay_state), (&*id, "invented"), (&*id, "")] {
        let answer = person.follow(&scene.response(in_response_to, relay_state, LogoutStatus::Success)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{in_response_to} {relay_state}");
    }
    let good = scene.response(&id, &relay_state, LogoutStatus::Success);
    assert_eq!(person.follow(&good).await.status, StatusCode::SEE_OTHER);
    assert_eq!(person.follow(&good).await.status, StatusCode::BAD_REQUEST, "used");

    let mut person = scene.person().await;
    let (xml, relay_state) = message(&person.post("/me/sign-out", &[]).await.refresh());
    scene.portal.pass(TimeDelta::minutes(11));
    let late = scene.response(&attribute(&xml, "ID"), &relay_state, LogoutStatus::Success);
    assert_eq!(person.follow(&late).await.status, StatusCode::BAD_REQUEST, "too late");
}

async fn less_than_success_is_said(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let (xml, relay_state) = message(&person.post("/me/sign-out", &[]).await.refresh());
    let partial = scene.response(&attribute(&xml, "ID"), &relay_state, LogoutStatus::PartialLogout);
    let back = person.follow(&partial).await;
    assert!(person.follow(back.location()).await.body.contains("did not confirm"));
}

async fn a_logout_that_does_not_come_back_is_on_the_report_of_its_sign_in(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let page_of_latest = async |scene: &mut Scene| {
        let reference = scene.attempts().await[0].reference.clone();
        scene.admin.get(&format!("/teams/{}/sign-ins/{reference}", scene.slug)).await.body
    };
    let unanswered = "did not come back";
    let mut person = scene.person().await;
    person.post("/me/sign-out", &[]).await;
    let page = page_of_latest(&mut scene).await;
    assert!(page.contains(IDP_LOGOUT) && !page.contains(unanswered), "sent, and may yet be answered: {page}");
    scene.portal.pass(TimeDelta::minutes(10));
    let page = page_of_latest(&mut scene).await;
    let logout_url = format!("/v2/auth/sso/saml/{}/logout", scene.slug);
    assert!(page.contains(unanswered) && page.contains(&logout_url), "what is usually missing: {page}");

    let mut person = scene.person().await;
    let (xml, relay_state) = message(&person.post("/me/sign-out", &[]).await.refresh());
    person.follow(&scene.response(&attribute(&xml, "ID"), &relay_state, LogoutStatus::Success)).await;
    scene.portal.pass(TimeDelta::minutes(11));
    let page = page_of_latest(&mut scene).await;
    assert!(page.contains("answered the sign-out") && !page.contains(unanswered), "{page}");

    let mut person = scene.person().await;
    let (_, relay_state) = message(&person.post("/me/sign-out", &[]).await.refresh());
    person.follow(&scene.response("_invented", &relay_state, LogoutStatus::Success)).await;
    scene.portal.pass(TimeDelta::minutes(11));
    let page = page_of_latest(&mut scene).await;
    assert!(page.contains("answered the sign-out") && !page.contains(unanswered), "it came, and was refused: {page}");
    assert!(page.contains("the logout response answers _invented, and the request was _"), "{page}");
}

async fn the_identity_provider_ends_a_persons_sessions_on_every_replica(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let replica = scene.portal.replica().await;
    let (mut first, mut second) = (scene.person().await, scene.person().await);
    let mut elsewhere = replica.with_cookies_of(&first);
    assert!(is_signed_in(&mut elsewhere).await, "both replicas know the session");
    let mut other = scene.portal.browser();
    sign_in(&scene.portal, &mut other, &scene.slug, &scene.idp, "a.vance@contoso.com").await;

    let answer = first.follow(&scene.request(&Scene::said(1), "state & more", Some(&scene.idp_key))).await;
    assert!(answer.location().starts_with(&format!("{IDP_LOGOUT}?SAMLResponse=")), "{}", answer.location());
    let (xml, relay_state) = message(answer.location());
    assert_eq!(relay_state, "state & more");
    assert!(xml.contains("status:Success"), "{xml}");
    assert_eq!(attribute(&xml, "InResponseTo"), RequestId::from_random([1; 16]).as_str());
    assert!(!is_signed_in(&mut first).await && !is_signed_in(&mut second).await && !is_signed_in(&mut elsewhere).await);
    assert!(is_signed_in(&mut other).await, "somebody else stays");
}

async fn a_session_index_ends_one_session(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut first = scene.person().await;
    let mut second = scene.person().await;
    let page = first.post("/me/sign-out", &[]).await;
    let (xml, _) = message(&page.refresh());
    let of_first = xml.split("<samlp:SessionIndex>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let said = LogoutRequestValues { session_indexes: &[of_first], ..Scene::said(1) };
    let answer = second.follow(&scene.request(&said, "", Some(&scene.idp_key))).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(is_signed_in(&mut second).await, "the other session of the same person");
}

async fn what_is_not_the_identity_providers_ends_nothing(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let forger = key(&scene.portal, 2);
    let good = scene.request(&Scene::said(1), "", Some(&scene.idp_key));
    for bad in [
        scene.request(&Scene::said(1), "", None),
        scene.request(&Scene::said(1), "", Some(&forger)),
        good.replace("Signature=", "Signature=AAAA"),
        good.split("&SigAlg").next().unwrap().to_owned(),
        format!("http://localhost:3000{}", scene.address()),
        format!("http://localhost:3000{}?SAMLRequest=AAAA", scene.address()),
    ] {
        let answer = person.follow(&bad).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(!answer.body.contains("signature"), "{}", answer.body);
    }
    // a request that is good at one team is nothing to another
    let other = scene.portal.team(&mut scene.admin, "Fabrikam").await;
    let crossed = person.follow(&good.replace(&scene.slug, &other)).await;
    assert_eq!(crossed.status, StatusCode::NOT_FOUND, "nothing is configured there");
    let unknown = person.follow(&good.replace(&scene.slug, "nobody-222222")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(is_signed_in(&mut person).await);
    scene.portal.pass(TimeDelta::minutes(14));
    assert_eq!(person.follow(&good).await.status, StatusCode::BAD_REQUEST, "too old");
    assert!(is_signed_in(&mut person).await);
}

async fn a_request_is_not_acted_upon_twice(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let request = scene.request(&Scene::said(1), "", Some(&scene.idp_key));
    assert_eq!(person.follow(&request).await.status, StatusCode::SEE_OTHER);
    scene.portal.pass(TimeDelta::seconds(1));
    let mut person = scene.person().await;
    assert_eq!(person.follow(&request).await.status, StatusCode::BAD_REQUEST);
    assert!(is_signed_in(&mut person).await, "a session that began since");
}

async fn a_posted_request_is_taken_from_another_site(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let name_id = NameId { value: UPN.to_owned(), ..NameId::default() };
    let request = LogoutRequest {
        id: &RequestId::from_random([1; 16]),
        issuer: &scene.idp.tenant.entity_id(),
        destination: &format!("http://localhost:3000{}", scene.address()),
        issue_instant: scene.portal.now(),
        not_on_or_after: None,
        reason: None,
        name_id: &name_id,
        session_indexes: &[],
    };
    let cross_site = [("accept", "text/html"), ("sec-fetch-site", "cross-site"), ("origin", "http://localhost:7100")];
    let unsigned = request.post_form("", None).unwrap();
    let refused = person.post_with(&scene.address(), &cross_site, &[(unsigned.parameter, &unsigned.message)]).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(is_signed_in(&mut person).await);
    let form = request.post_form("s", Some(&scene.idp_key)).unwrap();
    let fields = [(form.parameter, &*form.message), ("RelayState", &*form.relay_state)];
    let answer = person.post_with(&scene.address(), &cross_site, &fields).await;
    assert!(answer.location().starts_with(&format!("{IDP_LOGOUT}?SAMLResponse=")), "{}", answer.location());
    assert!(!is_signed_in(&mut person).await);
    let nothing = person.post_with(&scene.address(), &cross_site, &[("RelayState", "x")]).await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
}

async fn teams_with_signing_on_sign_their_logout(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let slug = scene.slug.clone();
    scene.admin.post("/api/keys/create", &[("slug", &slug)]).await;
    let fields =
        [("slug", &*slug), ("sign_requests", "true"), ("force_authn", "true"), ("name_id_format", "persistent")];
    scene.admin.post("/api/setup/save_options", &fields).await;
    scene.admin.decide("setup/make_live", &slug, &[]).await;

    let started = scene.portal.browser().get(&format!("/sso/{slug}")).await;
    let location = started.location();
    assert!(location.contains("&SigAlg=") && location.contains("&Signature="), "{location}");
    let asked = decode(location.split_once('?').unwrap().1).unwrap();
    assert_eq!(asked.kind, MessageKind::Request);
    assert!(
        asked.xml.contains("ForceAuthn=\"true\"") && asked.xml.contains("nameid-format:persistent"),
        "{}",
        asked.xml
    );

    let mut person = scene.person().await;
    let page = person.post("/me/sign-out", &[]).await;
    assert!(page.refresh().contains("&Signature="), "{}", page.body);
    let mut person = scene.person().await;
    let answer = person.follow(&scene.request(&Scene::said(1), "", Some(&scene.idp_key))).await;
    assert!(answer.location().contains("&Signature="), "{}", answer.location());
}

async fn metadata_names_keys_and_logout(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let slug = scene.slug.clone();
    let address = format!("/v2/auth/sso/saml/{slug}/metadata");
    let before = scene.portal.browser().get(&address).await.body;
    assert!(before.contains(&format!("Location=\"http://localhost:3000{}\"", scene.address())), "{before}");
    assert!(before.contains("support@krisp.ai") && !before.contains("KeyDescriptor"), "{before}");
    assert!(before.contains("AuthnRequestsSigned=\"false\""), "{before}");
    for _ in 0..2 {
        scene.admin.post("/api/keys/create", &[("slug", &slug)]).await;
    }
    scene.admin.post("/api/setup/save_options", &[("slug", &slug), ("sign_requests", "true")]).await;
    scene.admin.decide("setup/make_live", &slug, &[]).await;
    let after = scene.portal.browser().get(&address).await.body;
    assert_eq!(after.matches("use=\"signing\"").count(), 2, "{after}");
    assert_eq!(after.matches("use=\"encryption\"").count(), 2, "{after}");
    assert!(after.contains("AuthnRequestsSigned=\"true\""), "{after}");
}

async fn a_repeated_request_uses_up_nobodys_logout(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let request = scene.request(&Scene::said(1), "", Some(&scene.idp_key));
    assert_eq!(person.follow(&request).await.status, StatusCode::SEE_OTHER);
    for _ in 0..700 {
        assert_ne!(person.follow(&request).await.status, StatusCode::SEE_OTHER);
    }
    scene.portal.pass(TimeDelta::seconds(5));
    let mut again = scene.person().await;
    assert!(is_signed_in(&mut again).await);
    let other = scene.request(&Scene::said(2), "", Some(&scene.idp_key));
    assert_eq!(again.follow(&other).await.status, StatusCode::SEE_OTHER);
    assert!(!is_signed_in(&mut again).await);
}
