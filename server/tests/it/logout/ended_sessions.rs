//! What a logout request of the identity provider's ends, and for whom.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use domain::accounts;
use domain::teams::{self, ImportTeam};
use mock_entra::response::Claim;
use model::attempts::AttemptOutcome;
use model::{FindingCode, SupportRole, TeamStatus};
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::sign::Signer;
use saml::logout::NameId;
use store::on_both_databases;
use store::testing::DatabaseKind;

use super::is_signed_in;
use super::scene::{IDP_LOGOUT, LogoutRequestValues, Scene, UPN, scene};
use crate::harness::Browser;

on_both_databases!(
    the_whole_name_counts,
    a_signed_request_without_a_destination_is_refused,
    a_request_for_one_team_ends_nothing_at_another_with_the_same_identity_provider,
    support_is_signed_out_with_its_person,
    one_session_of_support_is_signed_out_by_its_index,
    a_logout_that_repeats_a_replaced_revision_is_refused,
    support_that_signs_out_here_ends_what_it_has_on_its_way,
    a_suspension_by_a_file_ends_sessions,
);

const GROUPS: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
const REVIEWERS: &str = "5f0c8a52-0000-4000-8000-000000000001";
const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

fn name(format: Option<&str>, name_qualifier: Option<&str>, sp_name_qualifier: Option<&str>) -> NameId {
    let [format, name_qualifier, sp_name_qualifier] =
        [format, name_qualifier, sp_name_qualifier].map(|part| part.map(str::to_owned));
    NameId { value: UPN.to_owned(), format, name_qualifier, sp_name_qualifier }
}

async fn the_whole_name_counts(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let (idp, slug) = (scene.idp.tenant.entity_id(), scene.slug.clone());
    let mut person = scene.person().await;
    for (id, other) in [
        (1, name(Some(PERSISTENT), None, None)),
        (2, name(Some(EMAIL), Some("https://sts.windows.net/other/"), None)),
        (3, name(Some(EMAIL), None, Some("fabrikam-222222"))),
        (4, NameId { value: UPN.to_uppercase(), ..name(Some(EMAIL), None, None) }),
    ] {
        let answer = scene.logged_out(&LogoutRequestValues { name_id: other.clone(), ..Scene::said(id) }).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(is_signed_in(&mut person).await, "{other:?} is somebody else");
    }
    // as it was asserted; with what goes without saying said; and as Entra leaves it out
    for (id, same) in [
        (5, name(Some(EMAIL), None, None)),
        (6, name(Some(EMAIL), Some(&idp), Some(&slug))),
        (7, name(None, None, None)),
    ] {
        scene.portal.pass(TimeDelta::seconds(1));
        let mut person = scene.person().await;
        scene.logged_out(&LogoutRequestValues { name_id: same.clone(), ..Scene::said(id) }).await;
        assert!(!is_signed_in(&mut person).await, "{same:?}");
    }
}

/// In the deflate format without compression: one last block (RFC 1951 §3.2.4).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), bytes].concat()
}

/// A request by redirect that does not say where it goes, well signed all the same.
fn without_destination(scene: &Scene) -> String {
    let whole = scene.request(&Scene::said(1), "", None);
    let xml = saml::bindings::redirect::decode(whole.split_once('?').unwrap().1).unwrap().xml;
    let destination = format!(" Destination=\"http://localhost:3000{}\"", scene.address());
    assert!(xml.contains(&destination), "{xml}");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("SAMLRequest", &STANDARD.encode(stored(xml.replace(&destination, "").as_bytes())));
    query.append_pair("SigAlg", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
    let octets = query.finish();
    let key = PKey::private_key_from_der(&scene.idp_key.private_key_der().unwrap()).unwrap();
    let mut signer = Signer::new(MessageDigest::sha256(), &key).unwrap();
    let signature = STANDARD.encode(signer.sign_oneshot_to_vec(octets.as_bytes()).unwrap());
    let query = url::form_urlencoded::Serializer::new(octets).append_pair("Signature", &signature).finish();
    format!("http://localhost:3000{}?{query}", scene.address())
}

async fn a_signed_request_without_a_destination_is_refused(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let refused = person.follow(&without_destination(&scene)).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
    assert!(is_signed_in(&mut person).await);
}

async fn a_request_for_one_team_ends_nothing_at_another_with_the_same_identity_provider(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let other = scene.second_team("Fabrikam").await;
    let mut person = scene.person_at(&other).await;
    let request = scene.request(&Scene::said(1), "", Some(&scene.idp_key));
    let crossed = person.follow(&request.replace(&scene.slug, &other)).await;
    assert_eq!(crossed.status, StatusCode::BAD_REQUEST, "{}", crossed.body);
    assert!(is_signed_in(&mut person).await);
    let nowhere = without_destination(&scene).replace(&scene.slug, &other);
    assert_eq!(person.follow(&nowhere).await.status, StatusCode::BAD_REQUEST);
    assert!(is_signed_in(&mut person).await);
    // nor where it belongs
    assert_eq!(person.follow(&request).await.status, StatusCode::SEE_OTHER);
    assert!(is_signed_in(&mut person).await, "the same name at another team");
}

/// A team whose group of reviewers signs in to support.
async fn vendors(kind: DatabaseKind) -> Scene {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut root = scene.portal.support("root@krisp.example", SupportRole::Administrator).await;
    root.decide("vendor_team/mark", &scene.slug, &[("is_vendor", "true")]).await;
    let group = [("slug", &*scene.slug), ("group", REVIEWERS), ("role", "reviewer")];
    root.post("/api/vendor_team/add_group", &group).await;
    scene
}

/// Somebody of support signs in; with the index of the session.
async fn sign_in_as_support(scene: &Scene) -> (Browser, Vec<String>) {
    let mut begun = scene.begun(UPN).await;
    begun.options.claims.push(Claim { name: GROUPS.to_owned(), values: vec![REVIEWERS.to_owned()] });
    let code = scene.answered(&mut begun).await.location().to_owned();
    assert_eq!(begun.browser.follow(&code).await.location(), "/support");
    let index = begun.session_index();
    (begun.browser, index)
}

async fn is_support(browser: &mut Browser) -> bool {
    browser.get("/support").await.status == StatusCode::OK
}

async fn support_is_signed_out_with_its_person(kind: DatabaseKind) {
    let scene = vendors(kind).await;
    let (mut one, _) = sign_in_as_support(&scene).await;
    let (mut two, _) = sign_in_as_support(&scene).await;
    assert!(is_support(&mut one).await && is_support(&mut two).await);
    let mut waiting = scene.begun(UPN).await;
    waiting.options.claims.push(Claim { name: GROUPS.to_owned(), values: vec![REVIEWERS.to_owned()] });
    let code = scene.answered(&mut waiting).await.location().to_owned();
    let answer = scene.logged_out(&Scene::said(1)).await;
    assert!(answer.location().starts_with(IDP_LOGOUT));
    assert!(!is_support(&mut one).await && !is_support(&mut two).await);
    waiting.browser.follow(&code).await;
    assert!(!is_support(&mut waiting.browser).await, "nor by a code on its way");
    assert!(crate::support_accounts::vendor_events(&scene.portal).await.contains("session.ended_by_idp"));
}

async fn one_session_of_support_is_signed_out_by_its_index(kind: DatabaseKind) {
    let scene = vendors(kind).await;
    let (mut one, index) = sign_in_as_support(&scene).await;
    let (mut two, _) = sign_in_as_support(&scene).await;
    scene.logged_out(&LogoutRequestValues { session_indexes: &index, ..Scene::said(1) }).await;
    assert!(!is_support(&mut one).await);
    assert!(is_support(&mut two).await);
}

async fn support_that_signs_out_here_ends_what_it_has_on_its_way(kind: DatabaseKind) {
    let scene = vendors(kind).await;
    let operator = |email| accounts::active_sessions::end_by_operator(&scene.portal.services, Some(email));
    for by_operator in [false, true] {
        let (mut here, _) = sign_in_as_support(&scene).await;
        let mut waiting = scene.begun(UPN).await;
        waiting.options.claims.push(Claim { name: GROUPS.to_owned(), values: vec![REVIEWERS.to_owned()] });
        let code = scene.answered(&mut waiting).await.location().to_owned();
        if by_operator {
            assert_eq!(operator(UPN).await.unwrap(), 2, "a session, and one on its way");
        } else {
            here.post("/api/accounts/sign_out", &[]).await;
        }
        assert!(!is_support(&mut here).await);
        assert_eq!(waiting.browser.follow(&code).await.status, StatusCode::FORBIDDEN);
        assert!(!is_support(&mut waiting.browser).await);
        assert_eq!(scene.latest().await.outcome, AttemptOutcome::Failed(FindingCode::SignedOut));
    }
    assert!(is_support(&mut sign_in_as_support(&scene).await.0).await, "the next sign-in works");
}

async fn a_suspension_by_a_file_ends_sessions(kind: DatabaseKind) {
    let scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    let mut waiting = scene.begun(UPN).await;
    let code = scene.answered(&mut waiting).await.location().to_owned();
    let services = &scene.portal.services;
    let of_file = |status| async move {
        let team = teams::export(services).await.unwrap().swap_remove(0);
        let team = ImportTeam {
            name: team.name.parse().unwrap(),
            slug: Some(team.slug),
            status,
            idp: team.idp.unwrap(),
            idp_metadata_url: team.idp_metadata_url,
            options: team.options,
            certificates: team.certificates,
        };
        teams::import(services, &[team]).await.unwrap();
    };
    of_file(TeamStatus::Suspended).await;
    of_file(TeamStatus::Active).await;
    assert!(!is_signed_in(&mut person).await);
    assert_eq!(waiting.browser.follow(&code).await.status, StatusCode::FORBIDDEN);
    assert!(!is_signed_in(&mut waiting.browser).await);
}

async fn a_logout_that_repeats_a_replaced_revision_is_refused(kind: DatabaseKind) {
    let mut scene = scene(kind, IDP_LOGOUT).await;
    let mut person = scene.person().await;
    // a request of ours is on its way when the key is replaced: its RelayState is known
    let page = scene.person().await.post("/me/sign-out", &[]).await;
    let (_, relay_state) = super::message(&page.refresh());
    let forged = scene.request(&Scene::said(1), &relay_state, Some(&scene.idp_key));
    scene.remove_certificate(&scene.idp_key.thumbprint_sha256()).await;
    let refused = person.follow(&forged).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(is_signed_in(&mut person).await, "the replaced key signs nobody out");
}
