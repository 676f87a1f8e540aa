//! Sign-in options and the team's own keys over HTTP.

use axum::http::StatusCode;
use messages::Text as _;
use model::{FieldProblem, SpKeyState};
use store::on_both_databases;
use store::sp_keys::{self, SpKeyPair};
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, configured_team, save_urls, sign_in};

on_both_databases!(
    options_are_saved_kept_and_refused,
    options_belong_to_a_revision_and_are_frozen_under_review,
    signing_needs_a_key,
    a_key_is_created_replaced_and_deleted,
    private_keys_are_sealed_for_their_row,
    after_a_new_secret_key_everything_goes_over_to_it,
    other_teams_keys_are_not_there,
    metadata_fills_empty_addresses_and_never_overwrites,
    a_request_by_post_submits_itself_to_the_identity_provider,
    a_changed_certificate_counts_at_once,
);

async fn options_page(browser: &mut Browser, slug: &str) -> String {
    let answer = browser.get(&format!("/teams/{slug}/setup/options")).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.body
}

async fn keys_of(portal: &Portal, slug: &str) -> Vec<SpKeyPair> {
    let db = portal.services.db.connection();
    sp_keys::list(db, crate::sign_in::team_id(portal, slug).await).await.unwrap()
}

/// The tag of a field.
fn tag<'a>(body: &'a str, id: &str) -> &'a str {
    body.split(&format!("id=\"{id}\"")).nth(1).unwrap().split('>').next().unwrap()
}

async fn options_are_saved_kept_and_refused(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let page = options_page(&mut admin, &slug).await;
    assert!(!tag(&page, "force_authn").contains("checked"), "off by default: {page}");

    let context = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
    let mut fields = vec![
        ("slug", &*slug),
        ("force_authn", "true"),
        ("name_id_format", "persistent"),
        ("authn_context", "Password"),
        ("sso_binding", "post"),
        ("allow_idp_initiated", "true"),
    ];
    let address = format!("/teams/{slug}/setup/options");
    assert_eq!(admin.post("/api/setup/save_options", &fields).await.location(), address);
    let page = options_page(&mut admin, &slug).await;
    assert!(page.contains("id=\"authn_context-problem\"") && page.contains("value=\"Password\""), "{page}");
    assert!(tag(&page, "force_authn").contains("checked"), "what was ticked stays ticked: {page}");
    let page = options_page(&mut admin, &slug).await;
    assert!(!tag(&page, "force_authn").contains("checked"), "and nothing was saved: {page}");

    fields[3].1 = context;
    admin.post("/api/setup/save_options", &fields).await;
    let page = options_page(&mut admin, &slug).await;
    assert!(tag(&page, "force_authn").contains("checked") && !tag(&page, "sign_requests").contains("checked"));
    assert!(tag(&page, "allow_idp_initiated").contains("checked") && page.contains(context), "{page}");
    assert_eq!(page.matches(" selected").count(), 2, "{page}");

    // typing the same Login URL again does not undo the binding
    save_urls(&mut admin, &slug, &idp).await;
    let live = admin.get(&format!("/teams/{slug}/setup/go-live")).await.body;
    assert!(live.contains("HTTP-POST") && live.contains("nameid-format:persistent"), "{live}");
    admin.post("/api/setup/save_options", &[("slug", &slug), ("sso_binding", "redirect")]).await;
    assert!(!options_page(&mut admin, &slug).await.contains(" checked"), "an empty form turns all off");
}

async fn options_belong_to_a_revision_and_are_frozen_under_review(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let fields = [("slug", &*slug), ("force_authn", "true")];
    admin.decide("setup/submit", &slug, &[]).await;
    admin.post("/api/setup/save_options", &fields).await;
    let page = options_page(&mut admin, &slug).await;
    assert!(page.contains(&FieldProblem::UnderReview.text()) && page.contains("<fieldset disabled"), "{page}");
    admin.decide("setup/withdraw", &slug, &[]).await;
    admin.post("/api/setup/save_options", &fields).await;
    admin.decide("setup/submit", &slug, &[]).await;
    portal.approve(&slug).await;

    // the next revision begins with the options of the live one, and changes its own
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "mail")]).await;
    assert!(tag(&options_page(&mut admin, &slug).await, "force_authn").contains("checked"));
    admin.post("/api/setup/save_options", &[("slug", &slug)]).await;
    assert!(!tag(&options_page(&mut admin, &slug).await, "force_authn").contains("checked"));
    admin.decide("setup/discard_draft", &slug, &[]).await;
    assert!(tag(&options_page(&mut admin, &slug).await, "force_authn").contains("checked"), "the live one kept them");
}

async fn signing_needs_a_key(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let fields = [("slug", &*slug), ("sign_requests", "true")];
    admin.post("/api/setup/save_options", &fields).await;
    let page = options_page(&mut admin, &slug).await;
    assert!(page.contains("id=\"sign_requests-problem\"") && page.contains("Create a key first"), "{page}");
    assert!(tag(&page, "sign_requests").contains("checked"), "{page}");
    let created = admin.post("/api/keys/create", &[("slug", &slug)]).await;
    assert_eq!(created.location(), format!("/teams/{slug}/setup/options#keys"));
    admin.post("/api/setup/save_options", &fields).await;
    let page = options_page(&mut admin, &slug).await;
    assert!(tag(&page, "sign_requests").contains("checked") && !page.contains("-problem"), "{page}");
}

async fn a_key_is_created_replaced_and_deleted(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let states = async || {
        let rows = keys_of(&portal, &slug).await;
        rows.iter().map(|row| row.state).collect::<Vec<_>>()
    };
    let act = async |admin: &mut Browser, what: &str, key: &str| {
        admin.decide(&format!("keys/{what}"), &slug, &[("key", key)]).await
    };
    act(&mut admin, "create", "").await;
    let first = keys_of(&portal, &slug).await.remove(0);
    assert_eq!(states().await, [SpKeyState::Current]);
    assert_eq!((first.not_after - portal.now()).num_days(), 3 * 365);
    act(&mut admin, "promote", "").await;
    assert_eq!(states().await, [SpKeyState::Current], "nothing waits to be made current");

    portal.pass(chrono::TimeDelta::seconds(1));
    act(&mut admin, "create", "").await;
    assert_eq!(states().await, [SpKeyState::Next, SpKeyState::Current]);
    act(&mut admin, "create", "").await;
    assert!(options_page(&mut admin, &slug).await.contains(&FieldProblem::KeyExists.text()));
    assert_eq!(states().await, [SpKeyState::Next, SpKeyState::Current]);

    act(&mut admin, "delete", &first.id.to_string()).await;
    assert_eq!(states().await.len(), 2, "a current key cannot be deleted");
    act(&mut admin, "promote", "").await;
    assert_eq!(states().await, [SpKeyState::Current, SpKeyState::Retired]);
    let page = options_page(&mut admin, &slug).await;
    assert!(page.contains("Retired: only decrypts") && page.contains(&first.thumbprint_sha1), "{page}");

    let certificate = format!("/teams/{slug}/keys/{}/certificate", first.id);
    let der = admin.get(&format!("{certificate}.cer")).await;
    assert_eq!(der.header("content-type"), "application/pkix-cert");
    assert_eq!(der.header("content-disposition"), format!("attachment; filename=\"{slug}.cer\""));
    let pem = admin.get(&format!("{certificate}.pem")).await.body;
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----") && !pem.contains("PRIVATE"), "{pem}");

    act(&mut admin, "delete", &first.id.to_string()).await;
    assert_eq!(states().await, [SpKeyState::Current]);
    assert_eq!(admin.get(&format!("{certificate}.cer")).await.status, StatusCode::NOT_FOUND);
    let mut support = portal.signed_in("root@krisp.example", Some(model::SupportRole::Reviewer)).await;
    let audit = support.get(&format!("/support/teams/{slug}")).await.body;
    for event in ["Key created", "Key made current", "Key deleted"] {
        assert!(audit.contains(event), "{event}: {audit}");
    }
}

async fn private_keys_are_sealed_for_their_row(kind: DatabaseKind) {
    use domain::sealed::{AssociatedData, UnsealError};

    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for _ in 0..2 {
        admin.post("/api/keys/create", &[("slug", &slug)]).await;
    }
    let rows = keys_of(&portal, &slug).await;
    let bound_to = |row: &SpKeyPair| AssociatedData {
        column: "sp_keys.private_key",
        row: row.id.as_uuid(),
        owner: row.team_id.as_uuid(),
    };
    let key_ring = &portal.services.key_ring;
    let opened = key_ring.open(&rows[0].private_key, &bound_to(&rows[0])).unwrap();
    assert_eq!(opened.first(), Some(&0x30), "PKCS#8 in DER");
    let raw = &rows[0].private_key;
    assert!(!raw.windows(16).any(|window| opened.windows(16).any(|plain| plain == window)), "nothing of it is plain");
    let moved = key_ring.open(&rows[0].private_key, &bound_to(&rows[1]));
    assert_eq!(moved.unwrap_err(), UnsealError::Forged);
    assert_eq!(
        domain::key_rotation::reseal(&portal.services, &domain::Actor::operator()).await.unwrap(),
        0,
        "all are sealed with the current key"
    );
}

async fn after_a_new_secret_key_everything_goes_over_to_it(kind: DatabaseKind) {
    use domain::sealed::{KeyRing, SecretKey};

    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    admin.post("/api/keys/create", &[("slug", &slug)]).await;
    let key = |text: &str| text.parse::<SecretKey>().unwrap();
    let new = SecretKey::generate("new", &*portal.services.random);
    let alone = KeyRing::new(vec![key(&new)]).unwrap();
    let lost = portal.replica_with(alone.clone()).await;
    assert!(
        domain::key_rotation::reseal(&lost.services, &domain::Actor::operator()).await.is_err(),
        "without the old key nothing opens"
    );
    let both = KeyRing::new(vec![key(&new), key(crate::harness::SECRET_KEY)]).unwrap();
    let replica = portal.replica_with(both).await;
    assert_eq!(domain::key_rotation::reseal(&replica.services, &domain::Actor::operator()).await.unwrap(), 1);
    assert_eq!(domain::key_rotation::reseal(&replica.services, &domain::Actor::operator()).await.unwrap(), 0);
    let row = keys_of(&portal, &slug).await.remove(0);
    let associated = domain::sealed::AssociatedData {
        column: "sp_keys.private_key",
        row: row.id.as_uuid(),
        owner: row.team_id.as_uuid(),
    };
    assert_eq!(alone.open(&row.private_key, &associated).unwrap().first(), Some(&0x30), "the old key can go");
}

async fn other_teams_keys_are_not_there(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    admin.post("/api/keys/create", &[("slug", &slug)]).await;
    let key = keys_of(&portal, &slug).await.remove(0).id.to_string();
    let mut stranger = portal.signed_in("eve@fabrikam.com", None).await;
    let own = portal.team(&mut stranger, "Fabrikam").await;
    for team in [&slug, &own] {
        let answer = stranger.get(&format!("/teams/{team}/keys/{key}/certificate.pem")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{team}");
    }
    assert_eq!(stranger.get(&format!("/teams/{slug}/setup/options")).await.status, StatusCode::NOT_FOUND);
    stranger.post("/api/keys/create", &[("slug", &slug)]).await;
    stranger.post("/api/setup/save_options", &[("slug", &slug), ("allow_idp_initiated", "true")]).await;
    assert_eq!(keys_of(&portal, &slug).await.len(), 1);
    assert!(!options_page(&mut admin, &slug).await.contains(" checked"));
}

async fn metadata_fills_empty_addresses_and_never_overwrites(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let certificates = format!("/teams/{slug}/setup/certificates");
    let first = idp.metadata("SingleSignOnService", "http://localhost:7100/first");
    admin.upload(&slug, &[("metadata.xml", first.as_bytes())]).await;
    let page = admin.get(&certificates).await.body;
    assert!(page.contains("The addresses are filled in, too") && !page.contains("There is a problem"), "{page}");
    assert!(!admin.get(&certificates).await.body.contains("filled in, too"), "said once");
    let urls = async |admin: &mut Browser| admin.get(&format!("/teams/{slug}/setup/urls")).await.body;
    let page = urls(&mut admin).await;
    assert!(page.contains("value=\"http://localhost:7100/first\"") && page.contains(&idp.tenant.entity_id()), "{page}");

    admin.upload(&slug, &[("metadata.xml", first.as_bytes())]).await;
    assert!(!admin.get(&certificates).await.body.contains("names other addresses"));
    let second = idp.metadata("SingleSignOnService", "http://localhost:7100/second");
    admin.upload(&slug, &[("metadata.xml", second.as_bytes())]).await;
    assert!(admin.get(&certificates).await.body.contains("The metadata names other addresses"));
    assert!(urls(&mut admin).await.contains("value=\"http://localhost:7100/first\""));

    // an address that would be refused when typed is not taken from a file either
    let other = portal.team(&mut admin, "Fabrikam").await;
    let insecure = idp.metadata("SingleSignOnService", "http://idp.example/sso");
    admin.upload(&other, &[("metadata.xml", insecure.as_bytes())]).await;
    let page = admin.get(&format!("/teams/{other}/setup/urls")).await.body;
    assert!(!page.contains("idp.example"), "{page}");
}

async fn a_request_by_post_submits_itself_to_the_identity_provider(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    admin.post("/api/setup/save_options", &[("slug", &slug), ("sso_binding", "post")]).await;
    let page = admin.get(&format!("/teams/{slug}/setup/test/start")).await;
    assert_eq!(page.status, StatusCode::OK);
    let action = format!("method=\"post\" action=\"{}\"", idp.tenant.sso_url());
    assert!(page.body.contains(&action) && page.body.contains("name=\"SAMLRequest\""), "{}", page.body);
    assert!(page.body.contains("<button type=\"submit\""), "works without script: {}", page.body);
    let policy = page.header("content-security-policy");
    let nonce = policy.split_once("'nonce-").unwrap().1.split_once('\'').unwrap().0;
    assert!(page.body.contains(&format!("<script nonce=\"{nonce}\">")), "{}", page.body);
    assert!(policy.contains("form-action https: http://localhost:7100") && policy.contains("default-src 'none'"));
    assert!(page.header("set-cookie").starts_with("browser="), "{:?}", page.headers);
}

/// What is kept of a revision's certificates is never another revision's.
async fn a_changed_certificate_counts_at_once(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (old, new) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &old).await;
    let mut person = portal.browser();
    assert_eq!(sign_in(&portal, &mut person, &slug, &old, "b.simon@contoso.com").await.location(), "/me");
    let page = admin.get(&format!("/teams/{slug}/setup/certificates")).await.body;
    let id = html::field(&page, "certificate").unwrap();
    admin.post("/api/setup/remove_certificate", &[("slug", &slug), ("certificate", &id)]).await;
    admin.upload(&slug, &[("next.cer", &new.certificate())]).await;
    admin.decide("setup/make_live", &slug, &[]).await;
    assert_eq!(sign_in(&portal, &mut person, &slug, &new, "b.simon@contoso.com").await.location(), "/me");
    let asked = old.asked(person.get(&format!("/sso/{slug}")).await.location());
    let response = old.sign(&old.options(&asked, "b.simon@contoso.com", portal.now()));
    let answer = crate::idp::post_response(&mut person, &slug, &response, None).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "the certificate that was taken out");
}
