//! A signing certificate that was taken out of the live revision is out of use at once.

use axum::http::StatusCode;
use chrono::TimeDelta;
use model::FindingCode;
use model::attempts::AttemptOutcome;
use openssl::asn1::Asn1Time;
use openssl::bn::BigNum;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::x509::{X509, X509NameBuilder};
use store::on_both_databases;
use store::testing::DatabaseKind;

use crate::logout::is_signed_in;
use crate::logout::scene::{IDP_LOGOUT, Scene, UPN, scene};

on_both_databases!(
    a_response_signed_with_a_replaced_key_is_refused_whenever_it_was_asked_for,
    a_code_that_came_of_a_replaced_key_is_refused,
    a_key_that_stays_goes_on_through_a_new_revision,
    a_renewed_certificate_with_the_same_key_is_no_replacement,
    an_exchanged_identity_provider_with_the_same_key_lets_nobody_in,
    domains_that_were_set_meanwhile_hold_at_once,
    a_test_looks_at_its_own_revision,
    ending_all_sessions_ends_them_and_what_is_under_way,
    going_live_without_a_certificate_offers_to_end_all_sessions,
);

/// Takes the certificate out, live, that the identity provider signs responses with.
async fn replace(scene: &mut Scene) {
    let certificate = saml::certificate::SigningCertificate::from_der(&scene.idp.certificate()).unwrap();
    scene.remove_certificate(&certificate.thumbprint_sha256()).await;
}

/// Another certificate for the key that responses are signed with.
fn renewed(scene: &Scene) -> Vec<u8> {
    let key = scene.idp.key.message_signer().unwrap().private_key_der().unwrap();
    let key = PKey::private_key_from_der(&key).unwrap();
    let mut name = X509NameBuilder::new().unwrap();
    name.append_entry_by_nid(Nid::COMMONNAME, "Renewed").unwrap();
    let name = name.build();
    let mut certificate = X509::builder().unwrap();
    certificate.set_version(2).unwrap();
    certificate.set_serial_number(&BigNum::from_u32(7).unwrap().to_asn1_integer().unwrap()).unwrap();
    certificate.set_subject_name(&name).unwrap();
    certificate.set_issuer_name(&name).unwrap();
    let at = |time: model::Timestamp| Asn1Time::from_unix(time.timestamp()).unwrap();
    certificate.set_not_before(&at(scene.portal.now() - TimeDelta::hours(1))).unwrap();
    certificate.set_not_after(&at(scene.portal.now() + TimeDelta::days(365))).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    certificate.build().to_der().unwrap()
}

async fn a_response_signed_with_a_replaced_key_is_refused_whenever_it_was_asked_for(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    replace(&mut scene).await;
    let refused = scene.answered(&mut begun).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.body);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::CertificateReplaced));
    assert!(!is_signed_in(&mut begun.browser).await);
    let mut later = scene.begun(UPN).await;
    assert_eq!(scene.answered(&mut later).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::CertificateUnknown));
}

async fn a_code_that_came_of_a_replaced_key_is_refused(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    let code = scene.answered(&mut begun).await.location().to_owned();
    replace(&mut scene).await;
    assert_eq!(begun.browser.follow(&code).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::CertificateReplaced));
    assert!(!is_signed_in(&mut begun.browser).await);
}

async fn a_key_that_stays_goes_on_through_a_new_revision(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    let mut accepted = scene.begun("a.vance@contoso.com").await;
    let code = scene.answered(&mut accepted).await.location().to_owned();
    scene.remove_certificate(&scene.idp_key.thumbprint_sha256()).await;
    assert_eq!(accepted.browser.follow(&code).await.location(), "/me");
    let code = scene.answered(&mut begun).await.location().to_owned();
    assert_eq!(begun.browser.follow(&code).await.location(), "/me");
}

async fn a_renewed_certificate_with_the_same_key_is_no_replacement(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    let slug = scene.slug.clone();
    let renewed = renewed(&scene);
    let uploaded = scene.admin.upload(&slug, &[("renewed.cer", &renewed)]).await;
    assert!(uploaded.status.is_redirection());
    replace(&mut scene).await;
    let code = scene.answered(&mut begun).await.location().to_owned();
    assert_eq!(begun.browser.follow(&code).await.location(), "/me");
}

/// Saves the connection's addresses with another Microsoft Entra Identifier, live.
async fn exchange_idp(scene: &mut Scene) {
    let (slug, sso_url) = (scene.slug.clone(), scene.idp.tenant.sso_url());
    let other = "https://sts.windows.net/9b9b9b9b-1111-4000-8000-000000000009/";
    let fields = [("slug", &*slug), ("idp_entity_id", other), ("sso_url", &*sso_url), ("slo_url", IDP_LOGOUT)];
    scene.admin.post("/api/setup/save_urls", &fields).await;
    scene.make_live().await;
}

async fn an_exchanged_identity_provider_with_the_same_key_lets_nobody_in(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    let mut accepted = scene.begun("a.vance@contoso.com").await;
    let code = scene.answered(&mut accepted).await.location().to_owned();
    exchange_idp(&mut scene).await;
    assert_eq!(accepted.browser.follow(&code).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.answered(&mut begun).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::WrongIssuer));
    assert!(!is_signed_in(&mut accepted.browser).await && !is_signed_in(&mut begun.browser).await);
}

async fn domains_that_were_set_meanwhile_hold_at_once(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let mut begun = scene.begun(UPN).await;
    let mut accepted = scene.begun("a.vance@contoso.com").await;
    let code = scene.answered(&mut accepted).await.location().to_owned();
    let slug = scene.slug.clone();
    scene.admin.post("/api/setup/save_email_domains", &[("slug", &*slug), ("email_domains", "fabrikam.com")]).await;
    scene.make_live().await;
    assert_eq!(accepted.browser.follow(&code).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.answered(&mut begun).await.status, StatusCode::FORBIDDEN);
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::EmailDomain));
}

async fn a_test_looks_at_its_own_revision(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    // a draft with a certificate that the live revision does not have
    let slug = scene.slug.clone();
    let next = crate::idp::Idp::new(scene.portal.now());
    scene.admin.upload(&slug, &[("next.cer", &next.certificate())]).await;
    let started = scene.admin.get(&format!("/teams/{slug}/setup/test/start")).await;
    let asked = next.asked(started.location());
    let response = next.sign(&next.options(&asked, UPN, scene.portal.now()));
    let relay_state = asked.relay_state.as_deref();
    let received = crate::idp::post_response(&mut scene.admin, &slug, &response, relay_state).await;
    let code = received.location().to_owned();
    assert!(scene.admin.follow(&code).await.status.is_redirection());
    assert_eq!(scene.latest().await.outcome, AttemptOutcome::Succeeded);
    assert!(scene.latest().await.is_test);
}

async fn ending_all_sessions_ends_them_and_what_is_under_way(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let slug = scene.slug.clone();
    let other = scene.second_team("Fabrikam").await;
    let (mut one, mut two, mut elsewhere) = (scene.person().await, scene.person().await, scene.person_at(&other).await);
    let mut begun = scene.begun(UPN).await;
    let code = scene.answered(&mut begun).await.location().to_owned();
    let page = scene.admin.get(&format!("/teams/{slug}/sessions")).await.body;
    assert!(page.contains("2 sessions"), "{page}");
    assert!(is_signed_in(&mut one).await, "looking ends nothing");
    let done = scene.admin.post("/api/teams/end_sessions", &[("slug", &slug)]).await;
    assert_eq!(done.location(), format!("/teams/{slug}/sessions?ended=3"), "two sessions, and one on its way");
    let page = scene.admin.get(done.location()).await.body;
    assert!(page.contains("3 sessions") && page.contains("0 sessions"), "{page}");
    assert!(!is_signed_in(&mut one).await && !is_signed_in(&mut two).await);
    assert_eq!(begun.browser.follow(&code).await.status, StatusCode::FORBIDDEN);
    assert!(is_signed_in(&mut elsewhere).await, "another team's");
    assert!(is_signed_in(&mut scene.person().await).await, "and the next sign-in works");
    let audit = scene.admin.get(&format!("/teams/{slug}/audit")).await.body;
    assert!(audit.contains("All sessions of the team's people ended") && audit.contains("3 sessions ended"), "{audit}");
}

async fn going_live_without_a_certificate_offers_to_end_all_sessions(kind: DatabaseKind) {
    const OFFER: &str = "Also end all sessions of this team";
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let slug = scene.slug.clone();
    let (mut one, mut two) = (scene.person().await, scene.person().await);
    let go_live = format!("/teams/{slug}/setup/go-live");
    // what takes no certificate out offers nothing
    scene.admin.post("/api/setup/save_options", &[("slug", &slug), ("force_authn", "true")]).await;
    assert!(!scene.admin.get(&go_live).await.body.contains(OFFER));
    scene.make_live().await;
    scene.take_out(&scene.idp_key.thumbprint_sha256()).await;
    assert!(scene.admin.get(&go_live).await.body.contains(OFFER));
    scene.make_live().await;
    assert!(is_signed_in(&mut one).await && is_signed_in(&mut two).await, "nobody asked for it");
    // the way back takes none out; forth again takes it out again
    assert!(!scene.admin.get(&go_live).await.body.contains(OFFER));
    scene.admin.decide("setup/roll_back", &slug, &[]).await;
    assert!(scene.admin.get(&go_live).await.body.contains(OFFER));
    scene.admin.decide("setup/roll_back", &slug, &[("end_sessions", "true")]).await;
    assert!(!is_signed_in(&mut one).await && !is_signed_in(&mut two).await);
    let said = scene.admin.get(&format!("/teams/{slug}")).await.body;
    assert!(said.contains("2 sessions ended."), "{said}");
}
