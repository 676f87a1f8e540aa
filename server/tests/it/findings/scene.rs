//! A team, and an identity provider that does wrong what a test asks for.

use chrono::TimeDelta;
use domain::Actor;
use domain::sign_ins::{self, Scope};
use mock_entra::certificates::Keys;
use mock_entra::fault::{self, Answer, Delivery, Earlier, Faults};
use mock_entra::request::Asked;
use mock_entra::response::Sealing;
use model::attempts::AttemptEvent;
use model::{AttemptReport, FindingCode, Reference};
use store::testing::Kind;

use crate::harness::{Answer as HttpAnswer, Browser, Portal};
use crate::idp::{Idp, active_team, post_response};

/// Who signs in.
pub const UPN: &str = "b.simon@contoso.com";

/// A team that is live with the mock Entra, which misbehaves on demand.
pub struct Scene {
    pub portal: Portal,
    pub idp: Idp,
    pub keys: Keys,
    pub admin: Browser,
    pub slug: String,
}

impl Scene {
    pub async fn of(kind: Kind) -> Self {
        let portal = Portal::start(kind).await;
        let idp = Idp::new(portal.now());
        let keys = Keys::new(idp.key.clone(), portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = active_team(&portal, &mut admin, &idp).await;
        Self { portal, idp, keys, admin, slug }
    }

    /// A browser that opened the Sign on URL, and what it asks there.
    pub async fn begun(&self) -> (Browser, Asked) {
        // the latest is told by its time
        self.portal.pass(TimeDelta::seconds(1));
        let mut browser = self.portal.browser();
        let asked = self.idp.asked(browser.get(&format!("/sso/{}", self.slug)).await.location());
        (browser, asked)
    }

    pub fn answer(&self, asked: &Asked, faults: impl Into<Faults>, earlier: &Earlier) -> Answer {
        self.sealed(asked, faults, earlier, &Sealing::default())
    }

    pub fn sealed(&self, asked: &Asked, faults: impl Into<Faults>, earlier: &Earlier, sealing: &Sealing) -> Answer {
        let options = self.idp.options(asked, UPN, self.portal.now());
        fault::answer(&self.keys, options, sealing, faults, earlier).unwrap()
    }

    pub async fn deliver(&self, browser: &mut Browser, asked: &Asked, answer: &Answer) -> HttpAnswer {
        let relay_state = asked.relay_state.as_deref();
        if answer.delivery != Delivery::Query {
            return post_response(browser, &self.slug, &answer.saml_response, relay_state).await;
        }
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("SAMLResponse", &answer.saml_response)
            .append_pair("RelayState", relay_state.unwrap_or_default())
            .finish();
        browser.get(&format!("/v2/auth/sso/saml/{}?{query}", self.slug)).await
    }

    /// A whole sign-in with a fault; its report.
    pub async fn with(&self, faults: impl Into<Faults>) -> AttemptReport {
        self.with_sealing(faults, &Sealing::default()).await
    }

    pub async fn with_sealing(&self, faults: impl Into<Faults>, sealing: &Sealing) -> AttemptReport {
        let (mut browser, asked) = self.begun().await;
        let answer = self.sealed(&asked, faults, &Earlier::default(), sealing);
        let received = self.deliver(&mut browser, &asked, &answer).await;
        if received.status.is_redirection() {
            let done = browser.follow(received.location()).await;
            assert_eq!(done.location(), "/me");
            return self.latest().await;
        }
        self.report(&shown(&received)).await
    }

    pub async fn report(&self, reference: &Reference) -> AttemptReport {
        let (services, operator) = (&self.portal.services, Actor::command_line());
        sign_ins::report(services, &operator, &Scope::Team(self.slug.clone()), reference.as_str()).await.unwrap()
    }

    pub async fn latest(&self) -> AttemptReport {
        let (services, operator) = (&self.portal.services, Actor::command_line());
        let scope = Scope::Team(self.slug.clone());
        let page = sign_ins::list(services, &operator, &scope, model::attempts::SignInFilter::default()).await;
        self.report(&page.unwrap().attempts[0].reference).await
    }
}

/// The reference on a failure's page.
pub fn shown(answer: &HttpAnswer) -> Reference {
    assert!(answer.status.is_client_error(), "{}", answer.status);
    let page = &answer.body;
    let text = page.split("SSO-").nth(1).unwrap_or_else(|| panic!("no reference: {page}"));
    text[..9].parse().unwrap()
}

pub fn found(report: &AttemptReport, code: FindingCode) -> &AttemptEvent {
    let event = report.events.iter().find(|event| event.finding == Some(code));
    event.unwrap_or_else(|| panic!("no {code:?} in {:#?}", report.events))
}
