//! A team whose identity provider can sign people out.

use chrono::TimeDelta;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use mock_entra::response::ResponseOptions;
use model::attempts::{AttemptFilter, AttemptSummary};
use saml::authn_request::RequestId;
use saml::logout::{LogoutRequest, LogoutResponse, LogoutStatus, NameId};
use saml::sp_key::SpKey;
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, Portal};
use crate::idp::{Idp, post_response, sign_in};

pub const UPN: &str = "b.simon@contoso.com";
pub const IDP_LOGOUT: &str = "http://localhost:7100/logout";

pub struct Scene {
    pub portal: Portal,
    pub idp: Idp,
    /// What the identity provider signs its logout messages with.
    pub idp_key: SpKey,
    pub admin: Browser,
    pub slug: String,
}

pub fn key(portal: &Portal, serial: u8) -> SpKey {
    let now = portal.now();
    SpKey::generate("idp", [serial; 16], now - TimeDelta::hours(1), now + TimeDelta::days(30)).unwrap()
}

pub async fn scene(kind: DatabaseKind, slo_url: &str) -> Scene {
    let portal = Portal::start(kind).await;
    let idp = Idp::new(portal.now());
    let idp_key = key(&portal, 1);
    let mut admin = portal.signed_in("ada@contoso.com", None).await;
    let slug = portal.team(&mut admin, "Contoso").await;
    configure(&portal, &mut admin, &slug, &idp, &idp_key, slo_url).await;
    Scene { portal, idp, idp_key, admin, slug }
}

async fn configure(portal: &Portal, admin: &mut Browser, slug: &str, idp: &Idp, idp_key: &SpKey, slo_url: &str) {
    admin.upload(slug, &[("a.cer", &idp.certificate()), ("b.cer", idp_key.certificate_der())]).await;
    let (entity_id, sso_url) = (idp.tenant.entity_id(), idp.tenant.sso_url());
    let fields = [("slug", slug), ("idp_entity_id", &*entity_id), ("sso_url", &*sso_url), ("slo_url", slo_url)];
    admin.post("/api/setup/save_urls", &fields).await;
    admin.decide("setup/submit", slug, &[]).await;
    portal.approve(slug).await;
}

/// What a request of the identity provider's says.
#[derive(Clone, Debug)]
pub struct LogoutRequestValues<'a> {
    pub id: [u8; 16],
    pub name_id: NameId,
    pub session_indexes: &'a [String],
}

impl Scene {
    pub async fn person(&self) -> Browser {
        let mut browser = self.portal.browser();
        let done = sign_in(&self.portal, &mut browser, &self.slug, &self.idp, UPN).await;
        assert_eq!(done.location(), "/me");
        browser
    }

    pub fn address(&self) -> String {
        format!("/v2/auth/sso/saml/{}/logout", self.slug)
    }

    /// The address with a request of the identity provider's in it.
    pub fn request(&self, said: &LogoutRequestValues<'_>, relay_state: &str, signer: Option<&SpKey>) -> String {
        let request = LogoutRequest {
            id: &RequestId::from_random(said.id),
            issuer: &self.idp.tenant.entity_id(),
            destination: &format!("http://localhost:3000{}", self.address()),
            issue_instant: self.portal.now(),
            not_on_or_after: None,
            reason: None,
            name_id: &said.name_id,
            session_indexes: said.session_indexes,
        };
        request.redirect_url(relay_state, signer).unwrap().to_string()
    }

    pub fn said(id: u8) -> LogoutRequestValues<'static> {
        LogoutRequestValues {
            id: [id; 16],
            name_id: NameId { value: UPN.to_owned(), ..NameId::default() },
            session_indexes: &[],
        }
    }

    /// The address with the identity provider's answer in it.
    pub fn response(&self, in_response_to: &str, relay_state: &str, status: LogoutStatus) -> String {
        let response = LogoutResponse {
            id: &RequestId::from_random([3; 16]),
            issuer: &self.idp.tenant.entity_id(),
            destination: &format!("http://localhost:3000{}", self.address()),
            issue_instant: self.portal.now(),
            in_response_to,
            status,
        };
        response.redirect_url(relay_state, Some(&self.idp_key)).unwrap().to_string()
    }
}

/// A sign-in that has come as far as the identity provider, and what that would answer.
pub struct PendingSignIn {
    pub browser: Browser,
    pub options: ResponseOptions,
    relay_state: Option<String>,
}

impl PendingSignIn {
    /// How the identity provider calls the session.
    pub fn session_index(&self) -> Vec<String> {
        vec![self.options.assertion_id.clone()]
    }
}

impl Scene {
    /// Somebody opens the Sign on URL and proves at the identity provider who they are.
    pub async fn begun(&self, upn: &str) -> PendingSignIn {
        self.begun_in(self.portal.browser(), upn).await
    }

    /// The same in a browser that is there already.
    pub async fn begun_in(&self, mut browser: Browser, upn: &str) -> PendingSignIn {
        let started = browser.get(&format!("/sso/{}", self.slug)).await;
        let asked = self.idp.asked(started.location());
        PendingSignIn {
            options: self.idp.options(&asked, upn, self.portal.now()),
            relay_state: asked.relay_state,
            browser,
        }
    }

    /// The answer comes to the Reply URL.
    pub async fn answered(&self, begun: &mut PendingSignIn) -> Answer {
        let response = self.idp.sign(&begun.options);
        post_response(&mut begun.browser, &self.slug, &response, begun.relay_state.as_deref()).await
    }

    /// A signed request of the identity provider's arrives, in a browser of its own.
    pub async fn logged_out(&self, said: &LogoutRequestValues<'_>) -> Answer {
        self.portal.browser().follow(&self.request(said, "", Some(&self.idp_key))).await
    }

    /// Another team of the same admin's, live with the same identity provider.
    pub async fn second_team(&mut self, name: &str) -> String {
        let slug = self.portal.team(&mut self.admin, name).await;
        configure(&self.portal, &mut self.admin, &slug, &self.idp, &self.idp_key, IDP_LOGOUT).await;
        slug
    }

    /// The person of [`UPN`], signed in at a team.
    pub async fn person_at(&self, slug: &str) -> Browser {
        let mut browser = self.portal.browser();
        assert_eq!(sign_in(&self.portal, &mut browser, slug, &self.idp, UPN).await.location(), "/me");
        browser
    }

    /// Takes a certificate out of the connection, live.
    pub async fn remove_certificate(&mut self, thumbprint_sha256: &str) {
        self.take_out(thumbprint_sha256).await;
        self.make_live().await;
    }

    /// Takes a certificate out of the draft.
    pub async fn take_out(&mut self, thumbprint_sha256: &str) {
        let operator = Actor::operator();
        let view = domain::setup_view::setup(&self.portal.services, &operator, &self.slug).await.unwrap();
        let certificates = &view.connection.certificates;
        let found = certificates.iter().find(|known| known.thumbprint_sha256 == thumbprint_sha256).unwrap();
        let fields = [("slug", self.slug.clone()), ("certificate", found.id.as_uuid().to_string())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.admin.post("/api/setup/remove_certificate", &fields).await;
    }

    /// Makes the draft live.
    pub async fn make_live(&mut self) {
        let slug = self.slug.clone();
        self.admin.decide("setup/make_live", &slug, &[]).await;
    }

    /// The team's newest attempt.
    pub async fn latest(&self) -> AttemptSummary {
        self.attempts().await.swap_remove(0)
    }

    /// The team's attempts, the newest first.
    pub async fn attempts(&self) -> Vec<AttemptSummary> {
        let (services, scope) = (&self.portal.services, AttemptScope::Team(self.slug.clone()));
        let list = attempts::list(services, &Actor::operator(), &scope, AttemptFilter::default()).await.unwrap();
        list.attempts
    }
}
