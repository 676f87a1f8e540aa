//! A team, and an identity provider that does wrong what a test asks for.

use chrono::TimeDelta;
use domain::Actor;
use domain::attempts::{self, AttemptScope};
use mock_entra::certificates::Keys;
use mock_entra::fault::{self, Answer, Delivery, EarlierMessages, Faults};
use mock_entra::response::{ResponseOptions, ResponseProtection};
use mock_entra::sign_in_request::SignInRequest;
use model::attempts::{AttemptEvent, AttemptFilter, AttemptSummary};
use model::{AttemptReport, EventKind, FindingCode, Reference};
use saml::certificate::SigningCertificate;
use store::testing::DatabaseKind;

use crate::harness::{Answer as HttpAnswer, Browser, Portal};
use crate::idp::{Idp, active_team};

/// Who signs in.
pub const UPN: &str = "b.simon@contoso.com";
/// What browsers send with a form of the identity provider's.
const FROM_ENTRA: [(&str, &str); 3] =
    [("accept", "text/html"), ("sec-fetch-site", "cross-site"), ("origin", "http://localhost:7100")];

/// A team that is live with the mock Entra, which misbehaves on demand.
pub struct Scene {
    pub portal: Portal,
    pub idp: Idp,
    pub keys: Keys,
    pub admin: Browser,
    pub slug: String,
}

impl Scene {
    pub async fn of(kind: DatabaseKind) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let keys = Keys::new(idp.key.clone(), portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = active_team(&portal, &mut admin, &idp).await;
        Self { portal, idp, keys, admin, slug }
    }

    /// A browser that opened the Sign on URL, and what it asks there.
    pub async fn begun(&self) -> (Browser, SignInRequest) {
        let mut browser = self.portal.browser();
        let asked = self.begin(&mut browser).await;
        (browser, asked)
    }

    /// What a browser asks that opens the Sign on URL.
    pub async fn begin(&self, browser: &mut Browser) -> SignInRequest {
        // the latest is told by its time
        self.portal.pass(TimeDelta::seconds(1));
        self.idp.asked(browser.get(&format!("/sso/{}", self.slug)).await.location())
    }

    pub fn answer(&self, asked: &SignInRequest, faults: impl Into<Faults>, earlier: &EarlierMessages) -> Answer {
        let options = self.idp.options(asked, UPN, self.portal.now());
        fault::answer(&self.keys, options, &ResponseProtection::default(), faults, earlier).unwrap()
    }

    pub async fn deliver(&self, browser: &mut Browser, asked: &SignInRequest, answer: &Answer) -> HttpAnswer {
        let fields = answer.fields(asked.relay_state.as_deref());
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if answer.delivery != Delivery::Query {
            return browser.post_with(&answer.address(&self.reply_path()), &FROM_ENTRA, &fields).await;
        }
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
        browser.get(&format!("{}?{query}", self.reply_path())).await
    }

    /// Posts a form to the Reply URL, whatever is in it.
    pub async fn post(&self, browser: &mut Browser, fields: &[(&str, &str)]) -> HttpAnswer {
        browser.post_with(&self.reply_path(), &FROM_ENTRA, fields).await
    }

    pub fn reply_path(&self) -> String {
        format!("/v2/auth/sso/saml/{}", self.slug)
    }

    /// A whole sign-in with a fault; its report.
    pub async fn with(&self, faults: impl Into<Faults>) -> AttemptReport {
        self.with_sealing(faults, &ResponseProtection::default()).await
    }

    pub async fn with_sealing(&self, faults: impl Into<Faults>, protection: &ResponseProtection) -> AttemptReport {
        self.saying(faults, protection, |_| {}).await
    }

    /// The same, with something else that Entra would say if all were well.
    pub async fn saying(
        &self,
        faults: impl Into<Faults>,
        protection: &ResponseProtection,
        change: impl FnOnce(&mut ResponseOptions),
    ) -> AttemptReport {
        let (mut browser, asked) = self.begun().await;
        let mut options = self.idp.options(&asked, UPN, self.portal.now());
        change(&mut options);
        let answer = fault::answer(&self.keys, options, protection, faults, &EarlierMessages::default()).unwrap();
        self.finished(&mut browser, &asked, &answer).await
    }

    /// The report of what comes of an answer, as far as the session.
    pub async fn finished(&self, browser: &mut Browser, asked: &SignInRequest, answer: &Answer) -> AttemptReport {
        let received = self.deliver(browser, asked, answer).await;
        if received.status.is_redirection() {
            let done = browser.follow(received.location()).await;
            assert_eq!(done.location(), "/me");
            return self.latest().await;
        }
        self.report(&shown(&received)).await
    }

    pub async fn report(&self, reference: &Reference) -> AttemptReport {
        let (services, operator) = (&self.portal.services, Actor::operator());
        attempts::report(services, &operator, &AttemptScope::Team(self.slug.clone()), reference.as_str()).await.unwrap()
    }

    /// The team's attempts, newest first.
    pub async fn attempts(&self) -> Vec<AttemptSummary> {
        let (services, operator) = (&self.portal.services, Actor::operator());
        let scope = AttemptScope::Team(self.slug.clone());
        attempts::list(services, &operator, &scope, AttemptFilter::default()).await.unwrap().attempts
    }

    pub async fn latest(&self) -> AttemptReport {
        self.report(&self.attempts().await[0].reference).await
    }

    /// Has another key created, and downloads its certificate by the state that it has.
    pub async fn new_key(&mut self, state: &str) -> SigningCertificate {
        self.admin.post("/api/keys/create", &[("slug", &self.slug)]).await;
        let operator = Actor::operator();
        let view = domain::setup_view::setup(&self.portal.services, &operator, &self.slug).await.unwrap();
        let key = view.sp_keys.iter().find(|key| key.state.as_str() == state).unwrap_or_else(|| panic!("{state}"));
        let address = format!("/teams/{}/keys/{}/certificate.pem", self.slug, key.id.as_uuid());
        let answer = self.admin.get(&address).await;
        saml::upload::read_certificates(answer.body.as_bytes()).unwrap().remove(0)
    }
}

/// The reference on a failure's page.
pub fn shown(answer: &HttpAnswer) -> Reference {
    assert!(answer.status.is_client_error(), "{}", answer.status);
    let page = &answer.body;
    let text = page.split("SSO-").nth(1).unwrap_or_else(|| panic!("no reference: {page}"));
    text[..9].parse().unwrap()
}

/// What a response is encrypted to.
pub fn encrypted_to(certificate: &SigningCertificate) -> ResponseProtection {
    ResponseProtection {
        encryption: Some((certificate.clone(), mock_entra::encrypt::ContentCipher::Aes256Gcm)),
        ..ResponseProtection::default()
    }
}

/// The first moment of a kind.
pub fn moment(report: &AttemptReport, kind: EventKind) -> &AttemptEvent {
    let event = report.events.iter().find(|event| event.kind == kind);
    event.unwrap_or_else(|| panic!("no {kind:?} in {:#?}", report.events))
}

pub fn has(report: &AttemptReport, code: FindingCode) -> bool {
    report.events.iter().any(|event| event.finding == Some(code))
}

pub fn found(report: &AttemptReport, code: FindingCode) -> &AttemptEvent {
    let event = report.events.iter().find(|event| event.finding == Some(code));
    event.unwrap_or_else(|| panic!("no {code:?} in {:#?}", report.events))
}
