//! The token endpoint, and what its tokens are good for.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use model::{AccessTokenFormat, ApplicationProblem, SigningAlgorithm};
use oidc::jose::jws;
use serde_json::{Value, json};
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::scene::{
    ISSUER, UPN, ask, assert_refused, claims_of, json_of, parameters_of, redemption, register, scene, scene_with,
    settings, web_application,
};

on_both_databases!(
    a_code_becomes_tokens_that_say_who_signed_in,
    each_algorithm_signs_and_userinfo_says_the_same,
    a_code_works_once_and_its_second_use_ends_everything,
    a_code_is_bound_to_all_that_it_was_issued_for,
    a_refresh_token_works_once_and_its_second_use_ends_the_family,
    scopes_decide_what_is_said,
    access_tokens_can_be_jwts_for_a_service,
    a_pairwise_subject_is_another_one_in_another_sector,
    introspection_and_revocation_are_about_ones_own_tokens,
    a_disabled_application_gets_nothing,
    of_many_that_redeem_one_code_one_succeeds,
);

async fn a_code_becomes_tokens_that_say_who_signed_in(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let code = scene.code(&mut scene.portal.browser(), &[]).await;
    let answer = scene.redeem(&code).await;
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
    let tokens = json_of(&answer);
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert!(tokens.get("refresh_token").is_none(), "nobody asked for one");
    let id_token = tokens["id_token"].as_str().unwrap();
    let verified = jws::verify(id_token, &scene.keys().await).unwrap();
    let claims: Value = serde_json::from_slice(&verified.payload).unwrap();
    let now = scene.portal.now().timestamp();
    for (claim, expected) in [
        ("iss", json!(ISSUER)),
        ("aud", json!(scene.client_id)),
        ("nonce", json!("a nonce")),
        ("iat", json!(now)),
        ("exp", json!(now + 600)),
        ("auth_time", json!(now)),
        ("email", json!(UPN)),
        ("email_verified", json!(false)),
        ("org_slug", json!(scene.slug)),
        ("org_name", json!("Contoso")),
        ("acr", json!("urn:oasis:names:tc:SAML:2.0:ac:classes:Password")),
        // the mock says that there were several methods, as Entra does
        ("amr", json!(["pwd", "mfa"])),
    ] {
        assert_eq!(claims[claim], expected, "{claim}: {claims}");
    }
    assert_ne!(claims["sub"], UPN, "never an address");
    assert!(claims["sid"].is_string() && claims["at_hash"].is_string() && claims["org_id"].is_string());
    let again = scene.tokens(&mut scene.portal.browser(), &[]).await;
    assert_eq!(claims_of(again["id_token"].as_str().unwrap())["sub"], claims["sub"], "the same person");
}

async fn each_algorithm_signs_and_userinfo_says_the_same(kind: DatabaseKind) {
    let scene = scene(kind).await;
    for algorithm in SigningAlgorithm::ALL {
        scene.change(model::ApplicationSettings { signing_algorithm: *algorithm, ..settings() }, None).await;
        let tokens = scene.tokens(&mut scene.portal.browser(), &[]).await;
        let verified = jws::verify(tokens["id_token"].as_str().unwrap(), &scene.keys().await).unwrap();
        assert_eq!(verified.header.alg, *algorithm);
        let claims: Value = serde_json::from_slice(&verified.payload).unwrap();
        let userinfo = json_of(&scene.userinfo(tokens["access_token"].as_str().unwrap()).await);
        for claim in ["sub", "email", "name", "org_id", "connection_id"] {
            assert_eq!(userinfo[claim], claims[claim], "{claim}");
        }
    }
    let mut browser = scene.portal.browser();
    let nothing = browser.request(Method::GET, "/oauth2/userinfo", &[], "").await;
    assert_eq!(
        (nothing.status, nothing.header("www-authenticate")),
        (StatusCode::UNAUTHORIZED, "Bearer realm=\"userinfo\"")
    );
    let wrong = scene.userinfo("guessed").await;
    assert_refused(&wrong, StatusCode::UNAUTHORIZED, "invalid_token");
    assert!(wrong.header("www-authenticate").contains("error=\"invalid_token\""));
    let access_token = scene.tokens(&mut browser, &[]).await["access_token"].as_str().unwrap().to_owned();
    json_of(&ask(&mut browser, "/oauth2/userinfo", "", &[("access_token", &access_token)]).await);
    scene.portal.pass(TimeDelta::seconds(601));
    assert_refused(&scene.userinfo(&access_token).await, StatusCode::UNAUTHORIZED, "invalid_token");
}

async fn a_code_works_once_and_its_second_use_ends_everything(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let code = scene.code(&mut scene.portal.browser(), &[("scope", "openid offline_access")]).await;
    let tokens = json_of(&scene.redeem(&code).await);
    let access_token = tokens["access_token"].as_str().unwrap();
    json_of(&scene.userinfo(access_token).await);
    assert_refused(&scene.redeem(&code).await, StatusCode::BAD_REQUEST, "invalid_grant");
    assert_refused(&scene.userinfo(access_token).await, StatusCode::UNAUTHORIZED, "invalid_token");
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    assert_refused(&scene.token(&refresh).await, StatusCode::BAD_REQUEST, "invalid_grant");
    let operator = domain::Actor::operator();
    let view = domain::applications::application(&scene.portal.services, &operator, &scene.client_id).await.unwrap();
    assert_eq!(view.refused_requests[0].problem, ApplicationProblem::CodeUsedTwice);
}

async fn a_code_is_bound_to_all_that_it_was_issued_for(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let code = scene.code(&mut browser, &[]).await;
    let (other, other_secret) = register(&scene.portal, web_application(settings())).await;
    let mut fields = redemption(&code).to_vec();
    fields.extend([("client_id", other.as_str()), ("client_secret", other_secret.as_str())]);
    assert_refused(&ask(&mut browser, "/oauth2/token", "", &fields).await, StatusCode::BAD_REQUEST, "invalid_grant");
    for (number, wrong) in [
        (2, "https://app.krisp.example/other"),
        (2, ""),
        (3, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        (3, ""),
        (3, "short"),
        (1, "guessed"),
    ] {
        let mut fields = redemption(&code);
        fields[number].1 = wrong;
        assert_refused(&scene.token(&fields).await, StatusCode::BAD_REQUEST, "invalid_grant");
    }
    json_of(&scene.redeem(&code).await);
    let late = scene.code(&mut scene.portal.browser(), &[]).await;
    scene.portal.pass(TimeDelta::seconds(61));
    assert_refused(&scene.redeem(&late).await, StatusCode::BAD_REQUEST, "invalid_grant");
    // a verifier for a request that had no challenge is as wrong as none for one that had
    scene.change(model::ApplicationSettings { pkce_optional: true, ..settings() }, None).await;
    let plain = [("code_challenge", ""), ("code_challenge_method", "")];
    let code = scene.code(&mut scene.portal.browser(), &plain).await;
    assert_refused(&scene.redeem(&code).await, StatusCode::BAD_REQUEST, "invalid_grant");
    json_of(&scene.token(&redemption(&code)[..3]).await);
}

async fn a_refresh_token_works_once_and_its_second_use_ends_the_family(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let tokens = scene.tokens(&mut scene.portal.browser(), &[("scope", "openid email offline_access")]).await;
    let first = tokens["refresh_token"].as_str().unwrap();
    let refresh = |token: &str| vec![("grant_type", "refresh_token".to_owned()), ("refresh_token", token.to_owned())];
    let ask_with = async |fields: Vec<(&str, String)>| {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        scene.token(&fields).await
    };
    scene.portal.pass(TimeDelta::days(3));
    let renewed = json_of(&ask_with(refresh(first)).await);
    let second = renewed["refresh_token"].as_str().unwrap();
    let (before, after) =
        (claims_of(tokens["id_token"].as_str().unwrap()), claims_of(renewed["id_token"].as_str().unwrap()));
    for claim in ["sub", "aud", "iss", "auth_time"] {
        assert_eq!(before[claim], after[claim], "{claim}: Core §12.2");
    }
    let mut fewer = refresh(second);
    fewer.push(("scope", "openid".to_owned()));
    let fewer = json_of(&ask_with(fewer).await);
    assert_eq!(fewer["scope"], "openid");
    let third = fewer["refresh_token"].as_str().unwrap();
    let mut more = refresh(third);
    more.push(("scope", "openid saml".to_owned()));
    assert_refused(&ask_with(more).await, StatusCode::BAD_REQUEST, "invalid_scope");
    let access_token = fewer["access_token"].as_str().unwrap();
    json_of(&scene.userinfo(access_token).await);
    assert_refused(&ask_with(refresh(first)).await, StatusCode::BAD_REQUEST, "invalid_grant");
    assert_refused(&ask_with(refresh(third)).await, StatusCode::BAD_REQUEST, "invalid_grant");
    assert_refused(&scene.userinfo(access_token).await, StatusCode::UNAUTHORIZED, "invalid_token");
    // and none works for ever
    let tokens = scene.tokens(&mut scene.portal.browser(), &[("scope", "openid offline_access")]).await;
    scene.portal.pass(TimeDelta::days(31));
    let late = refresh(tokens["refresh_token"].as_str().unwrap());
    assert_refused(&ask_with(late).await, StatusCode::BAD_REQUEST, "invalid_grant");
}

async fn scopes_decide_what_is_said(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let plain = scene.tokens(&mut scene.portal.browser(), &[("scope", "openid")]).await;
    let claims = claims_of(plain["id_token"].as_str().unwrap());
    for claim in ["email", "name", "given_name", "groups", "org_id", "saml"] {
        assert!(claims.get(claim).is_none(), "{claim}: {claims}");
    }
    let all = scene.tokens(&mut scene.portal.browser(), &[("scope", "openid saml email unknown")]).await;
    assert_eq!(all["scope"], "openid email saml", "what is not known is left out");
    let claims = claims_of(all["id_token"].as_str().unwrap());
    let object_id = &claims["saml"]["http://schemas.microsoft.com/identity/claims/objectidentifier"];
    assert!(object_id[0].is_string(), "{claims}");
    let few = model::ApplicationSettings { scopes: "openid email".to_owned().into(), ..settings() };
    scene.change(few, None).await;
    let registered = scene.tokens(&mut scene.portal.browser(), &[("scope", "openid email groups saml")]).await;
    assert_eq!(registered["scope"], "openid email", "no more than is registered");
}

async fn access_tokens_can_be_jwts_for_a_service(kind: DatabaseKind) {
    let jwt = model::ApplicationSettings {
        access_token_format: AccessTokenFormat::Jwt,
        audience: Some("https://api.krisp.example".to_owned()),
        signing_algorithm: SigningAlgorithm::Es256,
        ..settings()
    };
    let scene = scene_with(kind, jwt).await;
    let tokens = scene.tokens(&mut scene.portal.browser(), &[]).await;
    let access_token = tokens["access_token"].as_str().unwrap();
    let verified = jws::verify(access_token, &scene.keys().await).unwrap();
    assert_eq!(verified.header.typ.as_deref(), Some("at+jwt"));
    let claims: Value = serde_json::from_slice(&verified.payload).unwrap();
    assert_eq!((&claims["aud"], &claims["client_id"]), (&json!("https://api.krisp.example"), &json!(scene.client_id)));
    let userinfo = json_of(&scene.userinfo(access_token).await);
    assert_eq!(userinfo["sub"], claims["sub"], "it works here, too");
}

async fn a_pairwise_subject_is_another_one_in_another_sector(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let subject = async |sector: Option<&str>| {
        let pairwise_sector = sector.map(str::to_owned);
        scene.change(model::ApplicationSettings { pairwise_sector, ..settings() }, None).await;
        let tokens = scene.tokens(&mut scene.portal.browser(), &[]).await;
        claims_of(tokens["id_token"].as_str().unwrap())["sub"].as_str().unwrap().to_owned()
    };
    let (public, one, other) =
        (subject(None).await, subject(Some("one.example")).await, subject(Some("two.example")).await);
    assert!(public != one && one != other && public != other);
    assert_eq!(subject(Some("one.example")).await, one, "it stays");
}

async fn introspection_and_revocation_are_about_ones_own_tokens(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let tokens = scene.tokens(&mut scene.portal.browser(), &[("scope", "openid offline_access")]).await;
    let (access, refresh) = (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let (other, other_secret) = register(&scene.portal, web_application(settings())).await;
    let mut browser = scene.portal.browser();
    let is_active = async |token: &str| {
        json_of(&scene.ask("/oauth2/introspect", &scene.basic(), &[("token", token)]).await)["active"] == true
    };
    assert!(is_active(access).await && is_active(refresh).await && !is_active("guessed").await);
    let of_other = [("client_id", other.as_str()), ("client_secret", other_secret.as_str()), ("token", access)];
    let seen = json_of(&ask(&mut browser, "/oauth2/introspect", "", &of_other).await);
    assert_eq!(seen, json!({ "active": false }), "nothing of another's");
    json_of(&ask(&mut browser, "/oauth2/revoke", "", &of_other).await);
    assert!(is_active(access).await, "another application ends nothing");
    assert_refused(&scene.ask("/oauth2/revoke", &scene.basic(), &[]).await, StatusCode::BAD_REQUEST, "invalid_request");
    json_of(&scene.ask("/oauth2/revoke", &scene.basic(), &[("token", access)]).await);
    assert!(!is_active(access).await && is_active(refresh).await, "that token alone");
    json_of(&scene.ask("/oauth2/revoke", &scene.basic(), &[("token", refresh)]).await);
    assert!(!is_active(refresh).await);
    json_of(&scene.ask("/oauth2/revoke", &scene.basic(), &[("token", "unknown")]).await);
}

async fn a_disabled_application_gets_nothing(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let mut browser = scene.portal.browser();
    let tokens = scene.tokens(&mut browser, &[]).await;
    let code = parameters_of(browser.get(&scene.authorize_address(&[])).await.location())["code"].clone();
    let operator = domain::Actor::operator();
    domain::applications::set_enabled(&scene.portal.services, &operator, &scene.client_id, false).await.unwrap();
    assert_eq!(browser.get(&scene.authorize_address(&[])).await.status, StatusCode::BAD_REQUEST);
    assert_refused(&scene.redeem(&code).await, StatusCode::UNAUTHORIZED, "invalid_client");
    let userinfo = scene.userinfo(tokens["access_token"].as_str().unwrap()).await;
    assert_refused(&userinfo, StatusCode::UNAUTHORIZED, "invalid_token");
}

async fn of_many_that_redeem_one_code_one_succeeds(kind: DatabaseKind) {
    let scene = scene(kind).await;
    let code = scene.code(&mut scene.portal.browser(), &[]).await;
    let replica = scene.portal.replica().await;
    let mut racing = tokio::task::JoinSet::new();
    for number in 0..1_000 {
        let mut browser = scene.portal.browser();
        if number % 2 == 1 {
            browser = replica.with_cookies_of(&browser);
        }
        let (basic, code) = (scene.basic(), code.clone());
        racing.spawn(async move {
            let answer = ask(&mut browser, "/oauth2/token", &basic, &redemption(&code)).await;
            (answer.status, answer.body)
        });
    }
    let answers = racing.join_all().await;
    let succeeded: Vec<_> = answers.iter().filter(|(status, _)| *status == StatusCode::OK).collect();
    assert_eq!(succeeded.len(), 1, "{:?}", answers.iter().map(|(status, _)| status).collect::<Vec<_>>());
    let tokens: Value = serde_json::from_str(&succeeded[0].1).unwrap();
    let access_token = tokens["access_token"].as_str().unwrap();
    assert_refused(&scene.userinfo(access_token).await, StatusCode::UNAUTHORIZED, "invalid_token");
}
