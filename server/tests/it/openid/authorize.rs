//! The authorization endpoint.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use domain::attempts::{self, AttemptScope};
use model::FindingCode;
use model::attempts::AttemptFilter;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{
    CALLBACK, ISSUER, UPN, ask, assert_refused, json_of, parameters_of, register, scene, settings, web_application,
    with_parameters,
};
use crate::harness::html;

on_both_databases!(
    a_person_comes_back_with_a_code_and_everything_that_the_application_sent,
    a_session_is_reused_without_a_question,
    prompt_and_max_age_ask_the_identity_provider_again,
    prompt_none_never_shows_a_page,
    acr_values_are_asked_for_at_the_identity_provider,
    what_cannot_be_trusted_ends_at_a_page_of_ours,
    what_is_wrong_with_a_request_is_told_to_the_application,
    a_post_leads_to_the_same_request_by_get,
    the_answer_can_be_posted,
    without_a_team_the_person_is_asked_and_the_request_goes_on,
    a_pushed_request_works_once_and_for_its_application_only,
    only_the_browser_that_signed_in_comes_back,
    a_sign_in_that_began_elsewhere_goes_on_in_the_application,
    only_an_application_that_the_team_may_use_gets_sign_ins_from_elsewhere,
    a_loopback_address_has_any_port,
);

#[track_caller]
fn assert_told(location: &str, error: &str) {
    let parameters = parameters_of(location);
    assert!(location.starts_with(CALLBACK), "{location}");
    assert_eq!(parameters.get("error").map(String::as_str), Some(error), "{location}");
    assert_eq!(parameters["state"], "a state");
    assert_eq!(parameters["iss"], ISSUER);
    assert!(!parameters.contains_key("code"), "{location}");
}

async fn a_person_comes_back_with_a_code_and_everything_that_the_application_sent(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let back = scene.sign_in(&mut scene.portal.browser(), &[]).await;
    let parameters = parameters_of(&back);
    assert!(back.starts_with(CALLBACK), "{back}");
    assert_eq!((&*parameters["state"], &*parameters["iss"]), ("a state", ISSUER));
    assert_eq!(parameters["code"].len(), 43);
}

async fn a_session_is_reused_without_a_question(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, &[]).await;
    for changed in [&[][..], &[("organization", "")], &[("organization", ""), ("login_hint", UPN)]] {
        let answer = browser.get(&scene.authorize_address(changed)).await;
        assert!(parameters_of(answer.location()).contains_key("code"), "{changed:?}: {}", answer.location());
    }
    // a hint at somebody else does not sign in whoever is there
    let hint = [("organization", ""), ("login_hint", "a.vance@contoso.com")];
    let asked = browser.get(&scene.authorize_address(&hint)).await;
    assert!(asked.status == StatusCode::OK && asked.body.contains("Sign in to Krisp"), "{}", asked.body);
}

async fn prompt_and_max_age_ask_the_identity_provider_again(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, &[]).await;
    scene.portal.pass(TimeDelta::minutes(10));
    let within = browser.get(&scene.authorize_address(&[("max_age", "3600")])).await;
    assert!(parameters_of(within.location()).contains_key("code"));
    for changed in [("prompt", "login"), ("max_age", "60"), ("max_age", "0"), ("prompt", "select_account")] {
        scene.portal.pass(TimeDelta::minutes(2));
        let started = browser.get(&scene.authorize_address(&[changed])).await;
        let request = crate::idp::Idp::request_xml(started.location());
        assert!(request.contains("ForceAuthn=\"true\""), "{changed:?}: {request}");
        let back = scene.finish_sign_in(&mut browser, &started, UPN).await;
        let tokens = json_of(&scene.redeem(&parameters_of(&back)["code"]).await);
        let claims = super::scene::claims_of(tokens["id_token"].as_str().unwrap());
        assert_eq!(claims["auth_time"], scene.portal.now().timestamp(), "{changed:?}");
    }
}

async fn prompt_none_never_shows_a_page(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    for changed in [&[("prompt", "none")][..], &[("prompt", "none"), ("organization", "")]] {
        let answer = browser.get(&scene.authorize_address(changed)).await;
        assert_told(answer.location(), "login_required");
    }
    scene.sign_in(&mut browser, &[]).await;
    let answer = browser.get(&scene.authorize_address(&[("prompt", "none")])).await;
    assert!(parameters_of(answer.location()).contains_key("code"));
    scene.portal.pass(TimeDelta::minutes(10));
    let too_old = browser.get(&scene.authorize_address(&[("prompt", "none"), ("max_age", "60")])).await;
    assert_told(too_old.location(), "login_required");
}

async fn acr_values_are_asked_for_at_the_identity_provider(kind: DatabaseKind) {
    const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
    const MFA: &str = "https://refeds.org/profile/mfa";
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, &[]).await;
    // what the session came from will do, and so will a name that SAML has none for
    for acr_values in [&format!("{MFA} {PASSWORD}"), "1 2", "phr"] {
        let answer = browser.get(&scene.authorize_address(&[("acr_values", acr_values)])).await;
        assert!(parameters_of(answer.location()).contains_key("code"), "{acr_values}: {}", answer.location());
    }
    let quiet = browser.get(&scene.authorize_address(&[("acr_values", MFA), ("prompt", "none")])).await;
    assert!(parameters_of(quiet.location()).contains_key("code"), "a voluntary claim: {}", quiet.location());

    // the latest is told by its time
    scene.portal.pass(TimeDelta::seconds(1));
    let started = browser.get(&scene.authorize_address(&[("acr_values", &format!("{MFA} 1"))])).await;
    let request = crate::idp::Idp::request_xml(started.location());
    let asked = format!("<saml:AuthnContextClassRef>{MFA}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>");
    assert!(request.contains(&asked) && request.contains("Comparison=\"exact\""), "{request}");
    // the identity provider does as it can, and the ID token says what that was
    let back = scene.finish_sign_in(&mut browser, &started, UPN).await;
    let tokens = json_of(&scene.redeem(&parameters_of(&back)["code"]).await);
    assert_eq!(super::scene::claims_of(tokens["id_token"].as_str().unwrap())["acr"], PASSWORD);
    // and the report of that sign-in notes that it was another way
    let (services, operator) = (&scene.portal.services, domain::Actor::operator());
    let scope = AttemptScope::Team(scene.slug.clone());
    let listed = attempts::list(services, &operator, &scope, AttemptFilter::default()).await.unwrap();
    let report = attempts::report(services, &operator, &scope, listed.attempts[0].reference.as_str()).await.unwrap();
    let note = report.events.iter().find(|event| event.finding == Some(FindingCode::AuthnContextWeaker));
    assert_eq!(note.and_then(|event| event.actual.as_ref()?.as_text()), Some(PASSWORD), "{:#?}", report.events);
}

async fn what_cannot_be_trusted_ends_at_a_page_of_ours(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    for changed in [
        ("client_id", "nobody"),
        ("client_id", ""),
        ("redirect_uri", ""),
        ("redirect_uri", "https://evil.example/"),
        ("redirect_uri", "https://app.krisp.example/callback/"),
        ("redirect_uri", "https://app.krisp.example/callback?x=1"),
        ("redirect_uri", "https://app.krisp.example/callback#x"),
        ("redirect_uri", "https://app.krisp.example.evil.example/callback"),
        ("redirect_uri", "https://app.krisp.example@evil.example/callback"),
        ("redirect_uri", "https://app.krisp.example/../callback"),
        ("request_uri", "https://evil.example/request"),
        ("request_uri", "urn:ietf:params:oauth:request_uri:guessed"),
    ] {
        let answer = browser.get(&scene.authorize_address(&[changed])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{changed:?}");
        assert!(answer.body.contains("This sign-in link does not work"), "{}", answer.body);
        assert!(!answer.body.contains("evil.example"), "nothing of it is repeated: {}", answer.body);
    }
    let twice = format!("{}&client_id=x", scene.authorize_address(&[]));
    assert_eq!(browser.get(&twice).await.status, StatusCode::BAD_REQUEST);
    // the developer finds out
    let operator = domain::Actor::operator();
    let view = domain::applications::application(&scene.portal.services, &operator, &scene.client_id).await.unwrap();
    let refused =
        view.refused_requests.iter().find(|request| request.actual.as_deref() == Some("https://evil.example/"));
    let refused = refused.unwrap_or_else(|| panic!("{:?}", view.refused_requests));
    assert_eq!(refused.problem, model::ApplicationProblem::RedirectUriNotRegistered);
    assert_eq!(refused.expected.as_deref(), Some(CALLBACK));
}

async fn what_is_wrong_with_a_request_is_told_to_the_application(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    for (changed, error) in [
        (("response_type", "token"), "unsupported_response_type"),
        (("response_type", "code id_token"), "unsupported_response_type"),
        (("response_type", ""), "invalid_request"),
        (("scope", ""), "invalid_scope"),
        (("scope", "profile"), "invalid_scope"),
        (("code_challenge", ""), "invalid_request"),
        (("code_challenge", "short"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("code_challenge_method", ""), "invalid_request"),
        (("prompt", "none login"), "invalid_request"),
        (("prompt", "dance"), "invalid_request"),
        (("max_age", "-1"), "invalid_request"),
        (("response_mode", "fragment"), "invalid_request"),
        (("request", "e30.e30."), "request_not_supported"),
        (("registration", "{}"), "registration_not_supported"),
        (("organization", "nowhere-222222"), "access_denied"),
        (("connection", "conn_x"), "access_denied"),
    ] {
        let answer = browser.get(&scene.authorize_address(&[changed])).await;
        assert_told(answer.location(), error);
    }
}

async fn a_post_leads_to_the_same_request_by_get(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, &[]).await;
    let address = scene.authorize_address(&[]);
    let (path, query) = address.split_once('?').unwrap();
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://app.krisp.example"),
        ("accept", "text/html"),
    ];
    let answer = browser.request(Method::POST, path, &headers, query).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, &*address));
    assert!(parameters_of(browser.follow(&address).await.location()).contains_key("code"));
    let long = format!("state={}", "a".repeat(20_000));
    let huge = "a".repeat(10 * 1024 * 1024);
    for path in ["/oauth2/authorize", "/oauth2/token", "/oauth2/par", "/oauth2/userinfo", "/oauth2/logout"] {
        let answer = browser.request(Method::POST, path, &headers, &huge).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    for hostile in ["client_id=a\r\nset-cookie: b=c", "client_id=\u{e4}&state=\u{0}", &long, "state=a&state=b"] {
        let answer = browser.request(Method::POST, path, &headers, hostile).await;
        let is_plain = answer.status == StatusCode::BAD_REQUEST || answer.status == StatusCode::SEE_OTHER;
        assert!(is_plain && answer.header("set-cookie").is_empty(), "{hostile}: {}", answer.status);
    }
}

async fn the_answer_can_be_posted(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, &[]).await;
    let page = browser.get(&scene.authorize_address(&[("response_mode", "form_post")])).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(html::attribute(&page.body, "form", "action").as_deref(), Some(CALLBACK));
    let value = |name: &str| html::attribute(&page.body, &format!("[name={name}]"), "value");
    assert_eq!((value("state").as_deref(), value("iss").as_deref()), (Some("a state"), Some(ISSUER)));
    assert!(page.header("content-security-policy").contains("https://app.krisp.example"));
    json_of(&scene.redeem(&value("code").unwrap()).await);
}

async fn without_a_team_the_person_is_asked_and_the_request_goes_on(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let asked = browser.get(&scene.authorize_address(&[("organization", "")])).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("Sign in to Krisp"), "{}", asked.body);
    let wrong = browser.get(&scene.authorize_address(&[("organization", ""), ("team", "nowhere")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"nowhere\"") && wrong.body.contains("a state"), "{}", wrong.body);
    // a form of ours may not be answered with a redirect to another host
    let onward = browser.get(&scene.authorize_address(&[("organization", ""), ("team", &scene.slug)])).await;
    let location = onward.refresh();
    let asked = scene.idp.asked(&location);
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let received = crate::idp::post_response(&mut browser, &scene.slug, &response, asked.relay_state.as_deref()).await;
    let redeemed = browser.follow(received.location()).await;
    let back = browser.follow(redeemed.location()).await;
    assert!(parameters_of(back.location()).contains_key("code"));
}

async fn a_pushed_request_works_once_and_for_its_application_only(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let address = scene.authorize_address(&[]);
    let query: Vec<(String, String)> =
        url::form_urlencoded::parse(address.split_once('?').unwrap().1.as_bytes()).into_owned().collect();
    let fields: Vec<(&str, &str)> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let pushed = scene.ask("/oauth2/par", &scene.basic(), &fields).await;
    assert_eq!(pushed.status, StatusCode::CREATED, "{}", pushed.body);
    let request_uri = json_of(&pushed)["request_uri"].as_str().unwrap().to_owned();
    let mut browser = scene.portal.browser();
    scene.sign_in(&mut browser, &[]).await;
    let (other, _) = register(&scene.portal, web_application(settings())).await;
    let by = |client_id: &str| {
        with_parameters("/oauth2/authorize", &[("client_id", client_id), ("request_uri", &request_uri)])
    };
    assert_eq!(browser.get(&by(&other)).await.status, StatusCode::BAD_REQUEST);
    let first = browser.get(&by(&scene.client_id)).await;
    assert!(parameters_of(first.location()).contains_key("code"), "{}", first.location());
    assert_eq!(browser.get(&by(&scene.client_id)).await.status, StatusCode::BAD_REQUEST, "used up");
    // what is wrong with it is said when it is pushed
    let wrong = scene.ask("/oauth2/par", &scene.basic(), &[("redirect_uri", "https://evil.example/")]).await;
    assert_refused(&wrong, StatusCode::BAD_REQUEST, "invalid_request");
    let nobody = ask(&mut browser, "/oauth2/par", "", &fields).await;
    assert_refused(&nobody, StatusCode::UNAUTHORIZED, "invalid_client");
    // and it expires
    let pushed = scene.ask("/oauth2/par", &scene.basic(), &fields).await;
    let late = json_of(&pushed)["request_uri"].as_str().unwrap().to_owned();
    scene.portal.pass(TimeDelta::seconds(91));
    let late = with_parameters("/oauth2/authorize", &[("client_id", &scene.client_id), ("request_uri", &late)]);
    assert_eq!(browser.get(&late).await.status, StatusCode::BAD_REQUEST);
}

async fn only_the_browser_that_signed_in_comes_back(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let started = browser.get(&scene.authorize_address(&[])).await;
    let asked = scene.idp.asked(started.location());
    let response = scene.idp.sign(&scene.idp.options(&asked, UPN, scene.portal.now()));
    let received = crate::idp::post_response(&mut browser, &scene.slug, &response, asked.relay_state.as_deref()).await;
    let resume = browser.follow(received.location()).await.location().to_owned();
    assert!(resume.starts_with("/oauth2/authorize/SSO-"), "{resume}");
    assert_eq!(scene.portal.browser().get(&resume).await.status, StatusCode::NOT_FOUND, "another browser");
    let mut other = scene.portal.browser();
    scene.sign_in(&mut other, &[]).await;
    assert_eq!(other.get(&resume).await.status, StatusCode::NOT_FOUND, "another browser that is signed in");
    scene.portal.pass(TimeDelta::minutes(11));
    assert_eq!(browser.get(&resume).await.status, StatusCode::NOT_FOUND, "too late");
}

async fn a_sign_in_that_began_elsewhere_goes_on_in_the_application(kind: DatabaseKind) {
    let mut initiated = settings();
    initiated.initiate_login_uri = Some("https://app.krisp.example/initiate?x=1".to_owned());
    let scene = super::scene::scene_with(kind, initiated.clone()).await;
    let mut browser = scene.portal.browser();
    let done = crate::idp::sign_in(&scene.portal, &mut browser, &scene.slug, &scene.idp, UPN).await;
    assert_eq!(done.location(), "/me/continue");
    let onward = browser.follow(done.location()).await;
    let parameters = parameters_of(onward.location());
    assert!(onward.location().starts_with("https://app.krisp.example/initiate?x=1&"), "{}", onward.location());
    assert_eq!((&*parameters["iss"], &*parameters["login_hint"]), (ISSUER, UPN));
    // the application asks, and gets its answer without a second question
    let hint = [("organization", ""), ("login_hint", UPN)];
    let answer = browser.get(&scene.authorize_address(&hint)).await;
    assert!(parameters_of(answer.location()).contains_key("code"));
    // with two applications the person chooses
    register(
        &scene.portal,
        domain::applications::NewApplication { name: "Other".into(), ..web_application(initiated) },
    )
    .await;
    assert_eq!(browser.get("/me/continue").await.location(), "/me");
    let me = browser.get("/me").await.body;
    assert!(me.contains("Continue to Krisp") && me.contains("Continue to Other"), "{me}");
}

async fn only_an_application_that_the_team_may_use_gets_sign_ins_from_elsewhere(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let end = async || {
        let mut browser = scene.portal.browser();
        let done = crate::idp::sign_in(&scene.portal, &mut browser, &scene.slug, &scene.idp, UPN).await;
        done.location().to_owned()
    };
    assert_eq!(end().await, "/me", "it takes none");
    let mut initiated = settings();
    initiated.initiate_login_uri = Some("https://app.krisp.example/initiate".to_owned());
    let other = domain::applications::NewApplication { name: "Other".into(), ..web_application(initiated) };
    register(&scene.portal, other).await;
    assert_eq!(end().await, "/me/continue");
    scene.portal.sql("UPDATE applications SET is_for_all_teams = FALSE").await;
    assert_eq!(end().await, "/me", "for other teams");
    let listed = "INSERT INTO application_teams (application_id, team_id) \
                  SELECT a.id, t.id FROM applications a CROSS JOIN teams t";
    scene.portal.sql(listed).await;
    assert_eq!(end().await, "/me/continue");
    scene.portal.sql("UPDATE applications SET disabled_at = created_at").await;
    assert_eq!(end().await, "/me", "disabled");
}

async fn a_loopback_address_has_any_port(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut native = settings();
    native.redirect_uris = vec!["http://127.0.0.1/callback".parse().unwrap()];
    let new = domain::applications::NewApplication { kind: model::ApplicationKind::Native, ..web_application(native) };
    let (client_id, _) = register(&scene.portal, new).await;
    let mut browser = scene.portal.browser();
    let address = scene.authorize_address_of(&client_id, &[("redirect_uri", "http://127.0.0.1:51004/callback")]);
    let started = browser.get(&address).await;
    let back = scene.finish_sign_in(&mut browser, &started, UPN).await;
    assert!(back.starts_with("http://127.0.0.1:51004/callback?"), "{back}");
    let code = parameters_of(&back)["code"].clone();
    let mut fields = super::scene::redemption(&code).to_vec();
    fields[2].1 = "http://127.0.0.1:51004/callback";
    fields.push(("client_id", &client_id));
    json_of(&scene.ask("/oauth2/token", "", &fields).await);
}
