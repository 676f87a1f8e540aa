//! The mock Entra's engine, answering requests of a portal under test.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mock_entra::directory::User;
use mock_entra::keys::SigningKey;
use mock_entra::response::ResponseOptions;
use mock_entra::sign_in_request::{self, SignInRequest};
use mock_entra::tenant::Tenant;
use model::Timestamp;

use crate::harness::{Answer, Browser, Portal};

/// A tenant with one key.
pub struct Idp {
    pub tenant: Tenant,
    pub key: SigningKey,
}

impl Idp {
    pub fn new(now: Timestamp) -> Self {
        let tenant =
            Tenant { id: "7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11".into(), base_url: "http://localhost:7100".into() };
        Self { tenant, key: SigningKey::generate(now).unwrap() }
    }

    pub fn certificate(&self) -> Vec<u8> {
        self.key.certificate_der().unwrap()
    }

    /// Reads the request that a browser was sent here with.
    pub fn asked(&self, location: &str) -> SignInRequest {
        let (address, query) = location.split_once('?').unwrap();
        assert_eq!(address, self.tenant.sso_url());
        sign_in_request::read(query, None).unwrap_or_else(|refusal| panic!("{refusal:?}"))
    }

    /// What Entra would say.
    pub fn options(&self, asked: &SignInRequest, upn: &str, now: Timestamp) -> ResponseOptions {
        let user = User::from_upn(upn).unwrap();
        let mut random = [0; 32];
        getrandom::fill(&mut random).unwrap();
        ResponseOptions::entra(&self.tenant, asked, &user, now, random)
    }

    /// What Entra would say to a team unasked, from a tile in My Apps.
    pub fn unasked(&self, slug: &str, upn: &str, now: Timestamp) -> ResponseOptions {
        let asked = SignInRequest {
            id: String::new(),
            identifier: slug.to_owned(),
            reply_url: format!("http://localhost:3000/v2/auth/sso/saml/{slug}"),
            relay_state: None,
            login_hint: None,
        };
        self.options(&asked, upn, now)
    }

    /// The XML of the request that a browser was sent here with.
    pub fn request_xml(location: &str) -> String {
        let query = location.split_once('?').unwrap().1;
        saml::bindings::redirect::decode(query).unwrap().xml
    }

    /// Federation metadata with one service at this address, by HTTP-Redirect.
    pub fn metadata(&self, service: &str, location: &str) -> String {
        format!(
            "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{}\">\
             <IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
             <KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data>\
             <X509Certificate>{}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>\
             <{service} Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"{location}\"/>\
             </IDPSSODescriptor></EntityDescriptor>",
            self.tenant.entity_id(),
            self.key.certificate_base64().unwrap(),
        )
    }

    /// The form value of a response.
    pub fn sign(&self, options: &ResponseOptions) -> String {
        STANDARD.encode(options.signed_by(&self.key).unwrap())
    }
}

/// A team that is configured for `idp` but not submitted; its slug.
pub async fn configured_team(portal: &Portal, admin: &mut Browser, idp: &Idp) -> String {
    let slug = portal.team(admin, "Contoso").await;
    let answer = admin.upload(&slug, &[("contoso.cer", &idp.certificate())]).await;
    assert_eq!(answer.location(), format!("/teams/{slug}/setup/certificates"));
    let answer = save_urls(admin, &slug, idp).await;
    assert_eq!(answer.location(), format!("/teams/{slug}/setup/users"));
    slug
}

pub async fn save_urls(admin: &mut Browser, slug: &str, idp: &Idp) -> Answer {
    let (entity_id, sso_url) = (idp.tenant.entity_id(), idp.tenant.sso_url());
    let fields = [("slug", slug), ("idp_entity_id", &*entity_id), ("sso_url", &*sso_url), ("slo_url", "")];
    admin.post("/api/setup/save_urls", &fields).await
}

/// A team whose people can sign in.
pub async fn active_team(portal: &Portal, admin: &mut Browser, idp: &Idp) -> String {
    active_team_with(portal, admin, idp, &[]).await
}

/// The same with these sign-in options.
pub async fn active_team_with(portal: &Portal, admin: &mut Browser, idp: &Idp, options: &[(&str, &str)]) -> String {
    let slug = configured_team(portal, admin, idp).await;
    if !options.is_empty() {
        let fields: Vec<_> = [("slug", slug.as_str())].into_iter().chain(options.iter().copied()).collect();
        admin.post("/api/setup/save_options", &fields).await;
    }
    admin.decide("setup/submit", &slug, &[]).await;
    portal.approve(&slug).await;
    slug
}

/// Posts a response as an identity provider's page makes a browser post it.
pub async fn post_response(browser: &mut Browser, slug: &str, response: &str, relay_state: Option<&str>) -> Answer {
    let headers = [("accept", "text/html"), ("sec-fetch-site", "cross-site"), ("origin", "http://localhost:7100")];
    let mut fields = vec![("SAMLResponse", response)];
    fields.extend(relay_state.map(|state| ("RelayState", state)));
    browser.post_with(&format!("/v2/auth/sso/saml/{slug}"), &headers, &fields).await
}

/// A whole sign-in at the Sign on URL, up to where the browser is sent at the end.
pub async fn sign_in(portal: &Portal, browser: &mut Browser, slug: &str, idp: &Idp, upn: &str) -> Answer {
    let started = browser.get(&format!("/sso/{slug}")).await;
    let asked = idp.asked(started.location());
    let response = idp.sign(&idp.options(&asked, upn, portal.now()));
    let received = post_response(browser, slug, &response, asked.relay_state.as_deref()).await;
    let complete = received.location().to_owned();
    browser.follow(&complete).await
}
