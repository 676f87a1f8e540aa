//! What administrators bring that is not quite what was meant: what can be used is used, the
//! rest is named, and what cannot be used is called what it is.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use domain::connections::{RawUpload, add_certificates};
use domain::{Actor, Error};
use model::{FindingCode, RevisionState, TeamSlug};
use openssl::asn1::Asn1Time;
use openssl::hash::MessageDigest;
use openssl::pkey::PKey;
use openssl::rsa::Rsa;
use openssl::x509::X509;
use store::members;
use store::on_both_databases;
use store::revisions::{self, Revision};
use store::testing::DatabaseKind;

use crate::harness::{Browser, Portal};
use crate::idp::{Idp, active_team};

on_both_databases!(
    one_certificate_that_cannot_be_used_does_not_spoil_the_other,
    a_logout_address_that_cannot_be_used_does_not_spoil_the_login,
    what_is_no_metadata_of_one_identity_provider_is_called_what_it_is,
    other_files_are_called_what_they_are_and_no_key_is_kept,
    the_teams_own_certificate_is_not_taken_for_the_identity_providers,
    a_certificate_with_broken_lines_around_it_is_told_from_another_file,
    an_upload_that_breaks_off_is_not_called_too_large,
    text_is_read_however_it_was_saved,
    addresses_are_kept_as_they_were_understood,
    a_login_url_from_a_sign_in_under_way_is_refused_and_never_fails_here,
    uploads_are_parsed_before_any_lock_is_taken,
);

async fn page(browser: &mut Browser, slug: &str, step: &str) -> String {
    let answer = browser.get(&format!("/teams/{slug}/setup/{step}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{step}");
    answer.body.replace("&#x27;", "'").replace("&amp;", "&")
}

fn certificates(page: &str) -> usize {
    page.matches("class=\"certificate\"").count()
}

/// The draft, if there is one.
async fn draft(portal: &Portal, slug: &str) -> Option<Revision> {
    let db = portal.services.db.connection();
    let slug: TeamSlug = slug.parse().unwrap();
    let team = store::teams::by_slug(db, &slug).await.unwrap().unwrap();
    revisions::in_state(db, team.team_id(), RevisionState::Draft).await.unwrap()
}

/// A certificate as OpenSSL makes it, for a key that is too weak.
fn weak(portal: &Portal) -> X509 {
    let key = PKey::from_rsa(Rsa::generate(1024).unwrap()).unwrap();
    let mut builder = X509::builder().unwrap();
    let at = |days| Asn1Time::from_unix((portal.now() + TimeDelta::days(days)).timestamp()).unwrap();
    builder.set_not_before(&at(-1)).unwrap();
    builder.set_not_after(&at(300)).unwrap();
    builder.set_pubkey(&key).unwrap();
    builder.sign(&key, MessageDigest::sha256()).unwrap();
    builder.build()
}

async fn one_certificate_that_cannot_be_used_does_not_spoil_the_other(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let expired = Idp::new(portal.now() - TimeDelta::days(4 * 365));
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let weak = String::from_utf8(weak(&portal).to_pem().unwrap()).unwrap();
    admin.upload(&slug, &[("weak.pem", weak.as_bytes())]).await;
    let body = page(&mut admin, &slug, "certificates").await;
    assert!(body.contains("id=\"file-problem\"") && body.contains("(RSA 1024) is too weak"), "{body}");
    assert_eq!(certificates(&body), 0);

    let pem = |idp: &Idp| String::from_utf8(idp.key.certificate_pem().unwrap()).unwrap();
    let bundle = [weak, pem(&idp), pem(&expired)].concat();
    admin.upload(&slug, &[("bundle.pem", bundle.as_bytes())]).await;
    let body = page(&mut admin, &slug, "certificates").await;
    assert_eq!(certificates(&body), 1, "{body}");
    for words in ["Certificate 1", "was left out", "(RSA 1024) is too weak", "This certificate expired on"] {
        assert!(body.contains(words), "{words}: {body}");
    }
    assert!(!page(&mut admin, &slug, "certificates").await.contains("was left out"), "said once");
}

async fn a_logout_address_that_cannot_be_used_does_not_spoil_the_login(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let login = "https://login.example.com/saml2";
    let logout = "<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"http://login.example.com/out\"/>";
    let metadata = idp
        .metadata("SingleSignOnService", login)
        .replace("<SingleSignOnService", &format!("{logout}<SingleSignOnService"))
        .replace("<EntityDescriptor ", "<EntityDescriptor validUntil=\"2020-02-01T00:00:00Z\" ");
    admin.upload(&slug, &[("metadata.xml", metadata.as_bytes())]).await;
    let body = page(&mut admin, &slug, "certificates").await;
    assert!(!body.contains("wants signed requests"), "{body}");
    for words in [
        "The addresses are filled in, too",
        "The Logout URL in the metadata was left out. The address must begin with https://.",
        "The metadata was only valid until 1 February 2020",
    ] {
        assert!(body.contains(words), "{words}: {body}");
    }
    let filled = draft(&portal, &slug).await.unwrap().idp.unwrap();
    assert_eq!((filled.sso_url.as_str(), filled.slo_url), (login, None));
}

async fn what_is_no_metadata_of_one_identity_provider_is_called_what_it_is(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let (idp, other) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let own = portal.browser().get(&format!("/v2/auth/sso/saml/{slug}/metadata")).await.body;
    let one = idp.metadata("SingleSignOnService", &idp.tenant.sso_url());
    let two =
        other.metadata("SingleSignOnService", &other.tenant.sso_url()).replace("sts.windows.net", "idp.example.com");
    let both =
        format!("<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\">{one}{two}</EntitiesDescriptor>");
    for (metadata, words) in [
        (own, format!("This is the metadata of a service provider, {slug}")),
        (both, format!("describes several identity providers: {}, https://idp.example.com/", idp.tenant.entity_id())),
        (one.replace("SAML:2.0:protocol", "SAML:1.1:protocol"), "not one that supports SAML 2.0".to_owned()),
        (one[..one.len() - 40].to_owned(), "not well-formed XML".to_owned()),
        (format!("<!DOCTYPE a>{one}"), "holds a document type (DTD)".to_owned()),
        ("<Response/>".to_owned(), "This is XML, but not SAML 2.0 metadata".to_owned()),
    ] {
        admin.upload(&slug, &[("metadata.xml", metadata.as_bytes())]).await;
        let body = page(&mut admin, &slug, "certificates").await;
        assert!(body.contains("id=\"file-problem\"") && body.contains(&words), "{words}: {body}");
        assert!(!body.contains("damaged"), "{words}: {body}");
        assert_eq!(certificates(&body), 0);
    }
    let wanting = one.replace("<IDPSSODescriptor ", "<IDPSSODescriptor WantAuthnRequestsSigned=\"true\" ");
    let other_team = portal.team(&mut admin, "Wanting").await;
    admin.upload(&other_team, &[("metadata.xml", wanting.as_bytes())]).await;
    let body = page(&mut admin, &other_team, "certificates").await;
    assert!(body.contains("the identity provider wants signed requests"), "{body}");
    let styled = format!("<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"m.xsl\"?>{one}");
    admin.upload(&slug, &[("metadata.xml", styled.as_bytes())]).await;
    assert_eq!(certificates(&page(&mut admin, &slug, "certificates").await), 1);
}

async fn other_files_are_called_what_they_are_and_no_key_is_kept(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let key = PKey::from_rsa(Rsa::generate(2048).unwrap()).unwrap();
    let request = {
        let mut builder = openssl::x509::X509Req::builder().unwrap();
        builder.set_pubkey(&key).unwrap();
        builder.sign(&key, MessageDigest::sha256()).unwrap();
        builder.build()
    };
    for (content, words) in [
        (key.private_key_to_der().unwrap(), "This is a private key"),
        (key.private_key_to_pem_pkcs8().unwrap(), "This is a private key"),
        (key.public_key_to_der().unwrap(), "This is a public key"),
        (request.to_der().unwrap(), "certificate signing request"),
        (request.to_pem().unwrap(), "certificate signing request"),
        (b"%PDF-1.7".to_vec(), "PDF document"),
        (b"PK\x03\x04".to_vec(), "compressed archive"),
        (b"<html><body>Sign in</body></html>".to_vec(), "web page"),
    ] {
        admin.upload(&slug, &[("contoso.cer", &content)]).await;
        let body = page(&mut admin, &slug, "certificates").await;
        assert!(body.contains("id=\"file-problem\"") && body.contains(words), "{words}: {body}");
    }
    // without the lines around it, it is still a private key
    let pem = String::from_utf8(key.private_key_to_pem_pkcs8().unwrap()).unwrap();
    let bare: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    admin.type_certificates(&slug, &[("text", &bare)]).await;
    let body = page(&mut admin, &slug, "certificates").await;
    assert!(body.contains("This is a private key") && !body.contains(&bare[..40]), "{body}");
}

async fn the_teams_own_certificate_is_not_taken_for_the_identity_providers(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    admin.post("/api/keys/create", &[("slug", &slug)]).await;
    let view = domain::setup_view::setup(&portal.services, &Actor::operator(), &slug).await.unwrap();
    let key = view.sp_keys[0].id.as_uuid();
    let own = admin.get(&format!("/teams/{slug}/keys/{key}/certificate.pem")).await.body;
    assert!(own.contains("BEGIN CERTIFICATE"), "{own}");
    admin.upload(&slug, &[("contoso.pem", own.as_bytes())]).await;
    let body = page(&mut admin, &slug, "certificates").await;
    assert!(body.contains("id=\"file-problem\"") && body.contains("certificate of this team's own key"), "{body}");
    assert_eq!(certificates(&body), 0);
}

async fn a_certificate_with_broken_lines_around_it_is_told_from_another_file(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let pem = String::from_utf8(idp.key.certificate_pem().unwrap()).unwrap();
    for (line, copied) in [("-----BEGIN CERTIFICATE-----", ""), ("-----BEGIN", "----BEGIN"), ("-----", "\u{2014}")] {
        admin.type_certificates(&slug, &[("text", &pem.replace(line, copied))]).await;
        let body = page(&mut admin, &slug, "certificates").await;
        assert!(body.contains("looks like a certificate but is damaged"), "{line}: {body}");
        assert_eq!(certificates(&body), 0);
    }
}

async fn an_upload_that_breaks_off_is_not_called_too_large(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let headers = [
        ("accept", "text/html"),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "multipart/form-data; boundary=boundary"),
    ];
    let broken = "--boundary\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.cer\"\r\n\r\nhalf";
    let path = format!("/teams/{slug}/setup/certificates");
    admin.request(Method::POST, &path, &headers, broken).await.location();
    let body = page(&mut admin, &slug, "certificates").await;
    assert!(
        body.contains("The upload broke off or could not be read") && !body.contains("This file is too large"),
        "{body}"
    );
    let large = vec![b'a'; 8 * 1024 * 1024];
    admin.upload(&slug, &[("a.cer", &large)]).await.location();
    let body = page(&mut admin, &slug, "certificates").await;
    assert!(body.contains("This file is too large to be a certificate"), "{body}");
}

async fn text_is_read_however_it_was_saved(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let pem = String::from_utf8(idp.key.certificate_pem().unwrap()).unwrap();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{}",
        idp.metadata("SingleSignOnService", &idp.tenant.sso_url())
    );
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    for (content, name) in [
        (utf16(&format!("\u{feff}{pem}")), "Redirected"),
        (utf16(&pem), "Unmarked"),
        (utf16(&format!("\u{feff}{xml}")), "Metadata"),
        (xml.into_bytes(), "Latin"),
    ] {
        let slug = portal.team(&mut admin, name).await;
        admin.upload(&slug, &[("contoso.cer", &content)]).await;
        let body = page(&mut admin, &slug, "certificates").await;
        assert_eq!(certificates(&body), 1, "{name}: {body}");
    }
}

async fn addresses_are_kept_as_they_were_understood(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let (tenant, application) = ("7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11", "11111111-1f5c-4f0e-9d41-0c6f6d1f2a11");
    let common = "https://login.microsoftonline.com/common/wsfederation?wa=wsignout1.0";
    let fields = [
        ("slug", slug.clone()),
        ("idp_entity_id", format!("\u{200b}https://sts.windows.net/{tenant}/{application}\u{feff}")),
        ("sso_url", format!("HTTPS://Login.MicrosoftOnline.com/\u{ad}{tenant}/\r\nsaml2")),
        ("slo_url", format!("\u{202a}{common}\u{202c}")),
    ];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(admin.post("/api/setup/save_urls", &fields).await.location(), format!("/teams/{slug}/setup/users"));
    let saved = draft(&portal, &slug).await.unwrap().idp.unwrap();
    assert_eq!(saved.entity_id, format!("https://sts.windows.net/{tenant}/{application}"));
    assert_eq!(saved.sso_url, format!("https://login.microsoftonline.com/{tenant}/saml2"));
    assert_eq!(saved.slo_url.as_deref(), Some(common));

    let blank =
        [("slug", &*slug), ("idp_entity_id", "urn: idp"), ("sso_url", "https://idp.example/a\u{a0}b"), ("slo_url", "")];
    admin.post("/api/setup/save_urls", &blank).await;
    let body = page(&mut admin, &slug, "urls").await;
    assert!(
        body.contains("This contains a blank") && body.contains("This contains a non-breaking space (U+00A0)"),
        "{body}"
    );
    assert_eq!(draft(&portal, &slug).await.unwrap().idp.unwrap(), saved);
}

async fn a_login_url_from_a_sign_in_under_way_is_refused_and_never_fails_here(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &idp).await;
    let used = format!("{}?SAMLRequest=x&RelayState=y", idp.tenant.sso_url());
    let entity_id = idp.tenant.entity_id();
    let fields = [("slug", &*slug), ("idp_entity_id", &*entity_id), ("sso_url", &*used), ("slo_url", "")];
    admin.post("/api/setup/save_urls", &fields).await;
    let body = page(&mut admin, &slug, "urls").await;
    assert!(body.contains("id=\"sso_url-problem\"") && body.contains("This address holds SAMLRequest"), "{body}");
    assert!(draft(&portal, &slug).await.is_none(), "nothing was saved");

    // one that was stored before addresses were looked at like this
    portal.sql(&format!("UPDATE revisions SET sso_url = '{used}'")).await;
    let answer = portal.browser().get(&format!("/sso/{slug}")).await;
    assert!(answer.status.is_client_error(), "{}: {}", answer.status, answer.body);
    let reference = &answer.body[answer.body.find("SSO-").unwrap()..][..13];
    let report = admin.get(&format!("/teams/{slug}/sign-ins/{reference}")).await.body;
    assert!(report.contains("The Login URL cannot be used"), "{}: {report}", FindingCode::LoginUrlUnusable.as_str());
}

async fn uploads_are_parsed_before_any_lock_is_taken(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let team = store::teams::by_slug(portal.services.db.connection(), &slug.parse().unwrap()).await.unwrap().unwrap();
    let operator = Actor::operator();
    let upload = async |content: &[u8]| {
        let raw = vec![RawUpload { field: "file", content: content.to_vec() }];
        add_certificates(&portal.services, &operator, &slug, raw, None).await
    };
    let good = Idp::new(portal.now()).key.certificate_pem().unwrap();

    // SQLite's one write lock, and the team's lock on PostgreSQL
    let writing = portal.services.db.begin().await.unwrap();
    members::lock(&writing, team.team_id()).await.unwrap();
    let answer = tokio::time::timeout(Duration::from_secs(4), upload(b"<EntityDescriptor")).await;
    assert!(matches!(answer.unwrap(), Err(Error::Invalid(_))), "what cannot be parsed waits for nobody");
    let waiting = tokio::time::timeout(Duration::from_millis(300), upload(&good)).await;
    assert!(waiting.is_err(), "what is written waits its turn");
    drop(writing);
    upload(&good).await.unwrap();
    assert_eq!(certificates(&page(&mut admin, &slug, "certificates").await), 1);
}
