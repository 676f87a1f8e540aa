//! A team whose people have signed in.

use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::Actor;
use model::people::{PeopleFilter, PersonReport, PersonSummary};
use model::{AuditAction, Role, TeamSlug};
use store::testing::DatabaseKind;

use crate::harness::{Answer, Browser, Portal};
use crate::idp::{Idp, active_team, post_response, sign_in};
use crate::policy::join;

pub const SIMON: &str = "b.simon@contoso.com";
pub const ADELE: &str = "adele.vance@contoso.com";

pub struct Scene {
    pub portal: Portal,
    pub idp: Idp,
    pub admin: Browser,
    pub slug: String,
}

impl Scene {
    /// Nobody has signed in yet.
    pub async fn new(kind: DatabaseKind) -> Self {
        Self::with_config(kind, "").await
    }

    pub async fn with_config(kind: DatabaseKind, config: &str) -> Self {
        let portal = Portal::with_config(kind, config).await;
        let idp = Idp::new(portal.now());
        let mut admin = portal.signed_in("ada@contoso.com", None).await;
        let slug = active_team(&portal, &mut admin, &idp).await;
        Self { portal, idp, admin, slug }
    }

    /// Simon has signed in, and then Adele.
    pub async fn with_people(kind: DatabaseKind) -> Self {
        let scene = Self::new(kind).await;
        scene.signed_in(SIMON).await;
        scene.portal.pass(TimeDelta::seconds(1));
        scene.signed_in(ADELE).await;
        scene
    }

    /// Somebody signs in.
    pub async fn signed_in(&self, upn: &str) -> Browser {
        let mut browser = self.portal.browser();
        assert_eq!(sign_in(&self.portal, &mut browser, &self.slug, &self.idp, upn).await.location(), "/me", "{upn}");
        browser
    }

    /// Somebody comes as far as the Reply URL.
    pub async fn arrives(&self, upn: &str) -> (Browser, Answer) {
        let mut browser = self.portal.browser();
        let asked = self.idp.asked(browser.get(&format!("/sso/{}", self.slug)).await.location());
        let response = self.idp.sign(&self.idp.options(&asked, upn, self.portal.now()));
        let answer = post_response(&mut browser, &self.slug, &response, asked.relay_state.as_deref()).await;
        (browser, answer)
    }

    /// Somebody who is refused; the page that they see.
    pub async fn refused(&self, upn: &str) -> String {
        let (_, answer) = self.arrives(upn).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body);
        answer.body
    }

    pub fn list(&self) -> String {
        format!("/teams/{}/people", self.slug)
    }

    pub fn page_of(&self, person: &PersonSummary) -> String {
        format!("{}/{}", self.list(), person.id)
    }

    /// Everybody whom the list finds by this.
    pub async fn find(&self, search: &str) -> Vec<PersonSummary> {
        let filter = PeopleFilter { search: search.to_owned(), ..PeopleFilter::default() };
        domain::people::list(&self.portal.services, &Actor::operator(), &self.slug, filter).await.unwrap().people
    }

    /// The one whom it finds.
    pub async fn person(&self, search: &str) -> PersonSummary {
        let mut found = self.find(search).await;
        assert_eq!(found.len(), 1, "{search}: {found:?}");
        found.remove(0)
    }

    pub async fn report(&self, person: &PersonSummary) -> PersonReport {
        let id = person.id.to_string();
        domain::people::page(&self.portal.services, &Actor::operator(), &self.slug, &id).await.unwrap()
    }

    /// A form of the person's page.
    pub async fn submit(&mut self, form: &str, person: &PersonSummary) -> Answer {
        submit(&mut self.admin, &self.slug, form, person).await
    }

    pub async fn viewer(&self) -> Browser {
        let viewer = self.portal.signed_in("vera@contoso.com", None).await;
        join(&self.portal, &self.slug, "vera@contoso.com", Role::Viewer).await;
        viewer
    }

    /// What the team's audit trail says last of such an act: on whom, and the words that go with it.
    pub async fn audited(&self, action: AuditAction) -> Option<(Option<String>, Option<String>)> {
        let slug: TeamSlug = self.slug.parse().unwrap();
        let team = store::teams::by_slug(self.portal.services.db.connection(), &slug).await.unwrap().unwrap();
        let events = self.portal.events_of(team.team_id()).await;
        let event = events.into_iter().find(|event| event.action.as_str() == action.as_str())?;
        Some((event.target, event.detail))
    }
}

pub async fn submit(browser: &mut Browser, slug: &str, form: &str, person: &PersonSummary) -> Answer {
    let id = person.id.to_string();
    browser.post(&format!("/api/people/{form}"), &[("slug", slug), ("person", &id)]).await
}

pub async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/me").await.status == StatusCode::OK
}

/// The reference on a page of a refused sign-in.
pub fn reference(page: &str) -> String {
    let rest = page.split("SSO-").nth(1).unwrap_or_else(|| panic!("{page}"));
    format!("SSO-{}", &rest[..9])
}
