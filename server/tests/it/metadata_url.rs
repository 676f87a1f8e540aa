//! App Federation Metadata URL: fetched from a server of the test's own, which the
//! configuration allows here.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::get;
use chrono::TimeDelta;
use domain::connections::{MetadataLookup, find_certificate_in_metadata};
use model::{FieldProblem, RevisionState, SupportRole, TeamSlug, Unreachable};
use openssl::asn1::Asn1Time;
use openssl::ec::{EcGroup, EcKey};
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::ssl::{SslAcceptor, SslMethod};
use openssl::x509::X509;
use store::on_both_databases;
use store::revisions::{self, Revision};
use store::testing::DatabaseKind;
use tokio::net::TcpListener;

use crate::harness::{Browser, Portal, html};
use crate::idp::{Idp, active_team, configured_team, post_response};
use crate::mail::closed_port;

on_both_databases!(
    metadata_is_fetched_kept_and_copied_into_the_next_draft,
    what_cannot_be_fetched_is_refused_with_its_reason_and_kept,
    metadata_of_no_tenant_is_refused_however_it_comes,
    nothing_is_fetched_from_private_networks_unless_allowed,
    the_tenants_own_metadata_is_warned_of,
    an_unknown_certificate_is_looked_for_in_the_metadata,
    a_failed_sign_ins_certificate_is_asked_after_from_its_report,
    fetching_is_limited_by_team,
);

const ALLOWED: &str = "[metadata]\nallow_private_addresses = true\n";

/// A server of somebody's metadata, which counts who asks for `/metadata`.
struct Publisher {
    base: String,
    asked: Arc<AtomicUsize>,
}

impl Publisher {
    async fn start(metadata: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = asked.clone();
        let published = move || {
            counted.fetch_add(1, Ordering::Relaxed);
            std::future::ready(([(header::CONTENT_TYPE, "application/samlmetadata+xml")], metadata.clone()))
        };
        let large = format!("<EntityDescriptor>{}</EntityDescriptor>", " ".repeat(2 << 20));
        let routes = Router::new()
            .route("/metadata", get(published))
            .route("/page", get(|| async { "<!DOCTYPE html><html></html>" }))
            .route("/moved", get(|| async { (StatusCode::FOUND, [(header::LOCATION, "/metadata")]).into_response() }))
            .route("/broken", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
            .route("/large", get(move || std::future::ready(large.clone())));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { base, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

fn metadata(idp: &Idp) -> String {
    idp.metadata("SingleSignOnService", &idp.tenant.sso_url())
}

async fn page(browser: &mut Browser, slug: &str) -> String {
    let answer = browser.get(&format!("/teams/{slug}/setup/certificates")).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.body
}

/// What the form's field holds.
fn typed(page: &str) -> String {
    html::attribute(page, "#metadata_url", "value").unwrap_or_default()
}

fn certificates(page: &str) -> usize {
    page.matches("class=\"certificate\"").count()
}

async fn revision(portal: &Portal, slug: &str, state: RevisionState) -> Revision {
    let db = portal.services.db.connection();
    let slug: TeamSlug = slug.parse().unwrap();
    let team = store::teams::by_slug(db, &slug).await.unwrap().unwrap();
    revisions::in_state(db, team.team_id(), state).await.unwrap().unwrap()
}

async fn metadata_is_fetched_kept_and_copied_into_the_next_draft(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let idp = Idp::new(portal.now());
    let publisher = Publisher::start(metadata(&idp)).await;
    let url = publisher.url("/metadata");
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    let answer = admin.type_certificates(&slug, &[("metadata_url", &format!(" {url}\n")), ("text", "")]).await;
    assert_eq!(answer.location(), format!("/teams/{slug}/setup/certificates"));
    let body = page(&mut admin, &slug).await;
    assert_eq!((certificates(&body), typed(&body).as_str()), (1, &*url), "{body}");
    assert!(body.contains("The addresses are filled in, too") && !body.contains("whole tenant"), "{body}");
    assert!(
        body.contains("Step 4 of 7") && body.contains("Next: Users and groups"),
        "the addresses are no step: {body}"
    );
    assert!(body.contains(&format!("href=\"/teams/{slug}/setup/users\"")), "{body}");
    let addresses = admin.get(&format!("/teams/{slug}/setup/urls")).await.body;
    assert!(addresses.contains("rail__step") && !addresses.contains("of 7"), "it can be looked at: {addresses}");
    assert!(admin.get(&format!("/teams/{slug}/setup/users")).await.body.contains("Step 5 of 7"));
    let audit = admin.get(&format!("/teams/{slug}/audit")).await.body;
    for words in ["Address of the metadata changed", "Certificate added", "Addresses filled in from metadata"] {
        assert!(audit.contains(words), "{words}: {audit}");
    }

    // the same address beside a file is no reason to ask again; alone it is
    let next = Idp::new(portal.now()).certificate();
    let parts = [
        ("name=\"file\"; filename=\"next.cer\"".to_owned(), &*next),
        ("name=\"metadata_url\"".to_owned(), url.as_bytes()),
    ];
    admin.fill_certificates(&slug, &parts).await;
    assert_eq!((certificates(&page(&mut admin, &slug).await), publisher.asked()), (2, 1));
    admin.type_certificates(&slug, &[("metadata_url", &url)]).await;
    assert_eq!((certificates(&page(&mut admin, &slug).await), publisher.asked()), (2, 2));

    admin.decide("setup/submit", &slug, &[]).await;
    let mut support = portal.support("root@krisp.example", SupportRole::Administrator).await;
    let shows_url = |page: &str| html::texts(page, "dd.mono").iter().any(|value| value.starts_with(&url));
    assert!(shows_url(&support.get(&format!("/support/teams/{slug}")).await.body), "support sees it");
    portal.approve(&slug).await;
    let summary = admin.get(&format!("/teams/{slug}/setup/go-live")).await.body;
    assert!(shows_url(&summary), "the team sees it: {summary}");
    admin.post("/api/setup/save_claims", &[("slug", &slug), ("email", "workMail")]).await;
    assert_eq!(revision(&portal, &slug, RevisionState::Draft).await.metadata_url.as_deref(), Some(&*url));

    admin.type_certificates(&slug, &[("metadata_url", "")]).await;
    let body = page(&mut admin, &slug).await;
    assert_eq!((certificates(&body), typed(&body).as_str()), (2, ""), "an emptied address is forgotten: {body}");
    assert_eq!(revision(&portal, &slug, RevisionState::Live).await.metadata_url.as_deref(), Some(&*url));
    admin.type_certificates(&slug, &[("metadata_url", "")]).await;
    assert!(
        page(&mut admin, &slug).await.contains("Enter the address of the metadata, or choose a file"),
        "nothing at all is nothing"
    );
    assert_eq!(publisher.asked(), 2, "no page and no sign-in asks");
}

async fn what_cannot_be_fetched_is_refused_with_its_reason_and_kept(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let idp = Idp::new(portal.now());
    let publisher = Publisher::start(metadata(&idp)).await;
    let nobody = closed_port();
    let (untrusted, handshake) = untrusted_https();
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for (address, words) in [
        ("nonsense".to_owned(), "Paste the whole address"),
        (publisher.url("/nothing"), "HTTP status 404"),
        (publisher.url("/broken"), "HTTP status 500"),
        (publisher.url("/moved"), "redirects to another one"),
        (publisher.url("/large"), "larger than 2 MiB"),
        (publisher.url("/page"), "is not SAML metadata"),
        (format!("http://{}/metadata", nobody.local_addr().unwrap()), "Nothing on the public internet answered"),
        (format!("{untrusted}/metadata"), "no certificate for https that we can verify"),
        (publisher.url("/metadata").replace("http:", "https:"), "no certificate for https that we can verify"),
    ] {
        let answer = admin.type_certificates(&slug, &[("metadata_url", &address), ("text", "")]).await;
        assert_eq!(answer.location(), format!("/teams/{slug}/setup/certificates"));
        let body = page(&mut admin, &slug).await;
        assert!(body.contains("id=\"metadata_url-problem\"") && body.contains(words), "{address}: {words}: {body}");
        assert_eq!((certificates(&body), typed(&body).as_str()), (0, &*address), "{words}");
        assert_eq!(typed(&page(&mut admin, &slug).await), "", "nothing was saved: {words}");
    }
    assert_eq!(publisher.asked(), 0, "what leads elsewhere is not followed");
    assert!(handshake.join().unwrap(), "nobody trusts it");
    let expired = Idp::new(portal.now() - TimeDelta::days(4 * 365));
    let publisher = Publisher::start(metadata(&expired)).await;
    admin.type_certificates(&slug, &[("metadata_url", &publisher.url("/metadata"))]).await;
    let body = page(&mut admin, &slug).await;
    assert!(body.contains("id=\"metadata_url-problem\"") && body.contains("This certificate expired on"), "{body}");
}

/// A server of https whose certificate nobody has signed but itself: its address, and whether
/// the first that came turned back.
fn untrusted_https() -> (String, JoinHandle<bool>) {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
    let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
    let mut certificate = X509::builder().unwrap();
    certificate.set_not_before(&Asn1Time::days_from_now(0).unwrap()).unwrap();
    certificate.set_not_after(&Asn1Time::days_from_now(1).unwrap()).unwrap();
    certificate.set_pubkey(&key).unwrap();
    certificate.sign(&key, MessageDigest::sha256()).unwrap();
    let mut acceptor = SslAcceptor::mozilla_intermediate_v5(SslMethod::tls()).unwrap();
    acceptor.set_private_key(&key).unwrap();
    acceptor.set_certificate(&certificate.build()).unwrap();
    let acceptor = acceptor.build();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let handshake = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        acceptor.accept(stream).is_err()
    });
    (address, handshake)
}

async fn metadata_of_no_tenant_is_refused_however_it_comes(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let idp = Idp::new(portal.now());
    let words = "for any Microsoft account";
    let entity_id = idp.tenant.entity_id();
    let place_holder = metadata(&idp).replace(&entity_id, "https://sts.windows.net/{tenantid}/");
    let common = metadata(&idp).replace(&idp.tenant.sso_url(), "https://login.microsoftonline.com/common/saml2");
    let publisher = Publisher::start(place_holder.clone()).await;
    let entra =
        "https://login.microsoftonline.com/organizations/federationmetadata/2007-06/federationmetadata.xml?appid=1";
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for url in [entra, &publisher.url("/metadata")] {
        admin.type_certificates(&slug, &[("metadata_url", url)]).await;
        let body = page(&mut admin, &slug).await;
        assert!(body.contains("id=\"metadata_url-problem\"") && body.contains(words), "{url}: {body}");
    }
    for metadata in [&place_holder, &common] {
        admin.upload(&slug, &[("metadata.xml", metadata.as_bytes())]).await;
        let body = page(&mut admin, &slug).await;
        assert!(body.contains("id=\"file-problem\"") && body.contains(words), "{metadata}: {body}");
        admin.type_certificates(&slug, &[("text", metadata), ("metadata_url", "")]).await;
        let body = page(&mut admin, &slug).await;
        assert!(body.contains("id=\"text-problem\"") && body.contains(words), "{metadata}: {body}");
        assert_eq!(certificates(&body), 0);
    }
}

async fn nothing_is_fetched_from_private_networks_unless_allowed(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let publisher = Publisher::start(metadata(&Idp::new(portal.now()))).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    for (address, words) in [
        (publisher.url("/metadata"), "must begin with https://"),
        (publisher.url("/metadata").replace("http:", "https:"), "without a port"),
        ("https://127.0.0.1/metadata".into(), "is in a private network"),
        ("https://localhost/metadata".into(), "Nothing on the public internet answered"),
        ("https://169.254.169.254/latest/meta-data/".into(), "is in a private network"),
        ("https://[::ffff:127.0.0.1]/metadata".into(), "is in a private network"),
    ] {
        admin.type_certificates(&slug, &[("metadata_url", &address)]).await;
        let body = page(&mut admin, &slug).await;
        assert!(body.contains(words), "{address}: {words}: {body}");
        assert_eq!(typed(&body), address);
    }
    assert_eq!(publisher.asked(), 0);
}

async fn the_tenants_own_metadata_is_warned_of(kind: DatabaseKind) {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = configured_team(&portal, &mut admin, &idp).await;
    let url = "https://login.microsoftonline.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/federationmetadata/2007-06/federationmetadata.xml";
    for (address, warned) in [(url.to_owned(), true), (format!("{url}?appid=11111111"), false)] {
        portal.sql(&format!("UPDATE revisions SET metadata_url = '{address}'")).await;
        let body = page(&mut admin, &slug).await;
        assert_eq!(
            (body.contains("the whole tenant&#x27;s") || body.contains("the whole tenant"), typed(&body).as_str()),
            (warned, &*address),
            "{body}"
        );
    }
}

async fn an_unknown_certificate_is_looked_for_in_the_metadata(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let (present, next) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let publisher = Publisher::start(metadata(&next)).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &present).await;
    let thumbprint =
        |idp: &Idp| saml::certificate::SigningCertificate::from_der(&idp.certificate()).unwrap().thumbprint_sha256();
    let look = async |idp: &Idp| {
        let live = revision(&portal, &slug, RevisionState::Live).await;
        find_certificate_in_metadata(&portal.services, &live, &thumbprint(idp).to_ascii_lowercase()).await.unwrap()
    };
    assert_eq!(look(&next).await, MetadataLookup::NoUrl);
    portal.sql(&format!("UPDATE revisions SET metadata_url = '{}'", publisher.url("/metadata"))).await;
    assert_eq!(look(&next).await, MetadataLookup::Listed { is_known: false });
    assert_eq!(look(&present).await, MetadataLookup::NotListed);
    let both = Publisher::start(metadata(&present)).await;
    portal.sql(&format!("UPDATE revisions SET metadata_url = '{}'", both.url("/metadata"))).await;
    assert_eq!(look(&present).await, MetadataLookup::Listed { is_known: true });
    portal.sql(&format!("UPDATE revisions SET metadata_url = '{}'", publisher.url("/moved"))).await;
    assert_eq!(look(&next).await, MetadataLookup::Unreachable(Unreachable::Redirected));
    assert_eq!(publisher.asked(), 2, "asked anew each time");
    let none = Publisher::start(metadata(&next).replace("use=\"signing\"", "use=\"encryption\"")).await;
    portal.sql(&format!("UPDATE revisions SET metadata_url = '{}'", none.url("/metadata"))).await;
    assert_eq!(
        look(&next).await,
        MetadataLookup::Unusable(FieldProblem::NoSigningCertificate),
        "what is wrong is kept"
    );
}

async fn a_failed_sign_ins_certificate_is_asked_after_from_its_report(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let (present, next) = (Idp::new(portal.now()), Idp::new(portal.now()));
    let publisher = Publisher::start(metadata(&next)).await;
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = active_team(&portal, &mut admin, &present).await;
    let mut person = portal.browser();
    let asked = present.asked(person.get(&format!("/sso/{slug}")).await.location());
    let response = next.sign(&present.options(&asked, "b.simon@contoso.com", portal.now()));
    let refused = post_response(&mut person, &slug, &response, None).await.body;
    let reference = format!("SSO-{}", &refused.split("SSO-").nth(1).unwrap()[..9]);
    let report = format!("/teams/{slug}/sign-ins/{reference}");
    let mut ask = async || {
        let answer = admin.post("/api/attempts/check_metadata", &[("slug", &slug), ("reference", &reference)]).await;
        assert!(answer.location().starts_with(&report), "{}", answer.location());
        admin.get(&report).await.body
    };
    let page = ask().await;
    assert!(page.contains("no address of it is known") && page.contains("Could not be checked"), "{page}");
    portal.sql(&format!("UPDATE revisions SET metadata_url = '{}'", publisher.url("/metadata"))).await;
    let page = ask().await;
    let lists = ["the identity provider&#x27;s metadata lists it", "the identity provider's metadata lists it"];
    assert!(lists.iter().any(|words| page.contains(words)), "{page}");
}

async fn fetching_is_limited_by_team(kind: DatabaseKind) {
    let portal = Portal::with_config(kind, ALLOWED).await;
    let idp = Idp::new(portal.now());
    let publisher = Publisher::start(metadata(&idp)).await;
    let url = publisher.url("/metadata");
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    admin.type_certificates(&slug, &[("metadata_url", &url)]).await;
    let draft = revision(&portal, &slug, RevisionState::Draft).await;
    for _ in 0..30 {
        find_certificate_in_metadata(&portal.services, &draft, "AA").await.unwrap();
    }
    let refused = find_certificate_in_metadata(&portal.services, &draft, "AA").await;
    assert!(matches!(refused, Err(domain::Error::TooManyRequests { .. })), "{refused:?}");
    admin.type_certificates(&slug, &[("metadata_url", &publisher.url("/page"))]).await;
    let body = page(&mut admin, &slug).await;
    assert!(body.contains("Too many attempts") && typed(&body).ends_with("/page"), "{body}");
    assert_eq!(publisher.asked(), 31);
    portal.pass(TimeDelta::seconds(3));
    assert!(find_certificate_in_metadata(&portal.services, &draft, "AA").await.is_ok());
}
