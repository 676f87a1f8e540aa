//! A portal to test, and a browser to test it with.

mod browser;
mod cookies;
pub mod html;

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::http::StatusCode;
pub use browser::{Answer, Browser};
use chrono::{TimeDelta, TimeZone as _, Utc};
use domain::Services;
use domain::clock::{Clock, OsRandom};
use domain::mail::{OutgoingMail, Transport, deliver_due};
use domain::sealed::KeyRing;
use model::{SupportRole, Timestamp};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _};
use server::config::Config;
use server::router::{router, with_layers};
use server::state::AppState;
use store::audit::{AuditEvent, AuditQuery};
use store::entities::audit_events;
use store::testing::{DatabaseKind, TestDb, fresh};
use store::{Db, DbOptions};
use totp_rs::{Builder, Secret, Totp};

pub const PASSWORD: &str = "correct horse battery staple";
/// What seals secrets in tests.
pub const SECRET_KEY: &str = "test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// A clock that stands until it is moved.
pub struct FakeClock(Mutex<Timestamp>);

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// An authenticator app that holds one key, and never shows a code twice.
#[derive(Clone)]
pub struct Authenticator {
    totp: Arc<Totp>,
    clock: Arc<FakeClock>,
    last_step: Arc<Mutex<u64>>,
}

impl Authenticator {
    /// A code that the portal takes now and has not seen. At most three without time passing:
    /// the portal takes one step either way.
    pub fn code(&self) -> String {
        let now = self.now();
        let mut last = self.last_step.lock().unwrap();
        *last = (*last + 1).max(now - 1);
        assert!(*last <= now + 1, "let time pass between codes");
        self.at(*last)
    }

    /// The code of a step.
    pub fn at(&self, step: u64) -> String {
        self.totp.generate(step * 30).to_string()
    }

    /// The present step.
    pub fn now(&self) -> u64 {
        u64::try_from(self.clock.now().timestamp()).unwrap() / 30
    }
}

/// A portal of its own.
pub struct Portal {
    pub services: Arc<Services>,
    clock: Arc<FakeClock>,
    router: Router,
    sent: Arc<Mutex<Vec<OutgoingMail>>>,
    db: TestDb,
}

impl Portal {
    pub async fn start(kind: DatabaseKind) -> Self {
        Self::with_config(kind, "").await
    }

    pub async fn with_config(kind: DatabaseKind, config: &str) -> Self {
        let config = Config::from_toml(&format!("secret_keys = [\"{SECRET_KEY}\"]\n{config}")).unwrap();
        let db = fresh(kind).await;
        let start = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
        let clock = Arc::new(FakeClock(Mutex::new(start)));
        let key_ring = config.secret_keys.unwrap();
        let services = Services::new(db.db.clone(), clock.clone(), Arc::new(OsRandom), config.settings, key_ring).await;
        let services = Arc::new(services.unwrap());
        let leptos = server::assets::leptos_options(None, config.listen);
        let router = router(AppState::new(services.clone(), leptos, config.client_ip_header));
        Self { services, clock, router, sent: Arc::default(), db }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn pass(&self, time: TimeDelta) {
        let mut now = self.clock.0.lock().unwrap();
        *now += time;
    }

    /// A browser at other routes, behind the layers of this portal.
    pub fn browser_at(&self, routes: Router<AppState>) -> Browser {
        let leptos = server::assets::leptos_options(None, "127.0.0.1:3000".parse().unwrap());
        let router = with_layers(routes, AppState::new(self.services.clone(), leptos, None));
        Browser::new(router)
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// Another server on the same database, which shares nothing else with this one.
    pub async fn replica(&self) -> Replica {
        self.replica_with(self.services.key_ring.clone()).await
    }

    /// Another server whose configuration has other secret keys.
    pub async fn replica_with(&self, key_ring: KeyRing) -> Replica {
        self.replica_on(self.db.db.clone(), key_ring).await
    }

    /// Another server with connections of its own.
    pub async fn replica_with_connections(&self, options: DbOptions) -> Replica {
        let db = Db::connect_with(&self.db.url, options).await.unwrap();
        self.replica_on(db, self.services.key_ring.clone()).await
    }

    async fn replica_on(&self, db: Db, key_ring: KeyRing) -> Replica {
        let settings = self.services.settings.clone();
        let services = Services::new(db, self.clock.clone(), Arc::new(OsRandom), settings, key_ring).await;
        let services = Arc::new(services.unwrap());
        let leptos = server::assets::leptos_options(None, "127.0.0.1:3000".parse().unwrap());
        Replica { router: router(AppState::new(services.clone(), leptos, None)), services }
    }

    /// What somebody does who can write to the database.
    pub async fn sql(&self, statement: &str) {
        self.db.db.autocommit().execute_unprepared(statement).await.unwrap();
    }

    /// Where the database is, for another program.
    pub fn database_url(&self) -> &str {
        &self.db.url
    }

    /// Sends what is due and takes all that was sent.
    pub async fn mail(&self) -> Vec<OutgoingMail> {
        let transport = Transport::Memory(self.sent.clone());
        let from = "Portal <portal@example.com>".parse().unwrap();
        deliver_due(&self.services, &transport, &from).await.unwrap();
        std::mem::take(&mut *self.sent.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A browser in which an account is signed in: one of support's with an authenticator app,
    /// which the browser has with it.
    pub async fn signed_in(&self, email: &str, role: Option<SupportRole>) -> Browser {
        domain::accounts::create_account(&self.services, email, PASSWORD, role, None).await.unwrap();
        let mut browser = self.browser();
        let answer = browser.post("/api/accounts/sign_in", &[("email", email), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        if role.is_some() {
            self.enrol(&mut browser).await;
            browser.post("/api/factors/recovery_codes_saved", &[]).await;
            // tests count mails: this one is no part of what they look at
            let kept: Vec<_> = self.mail().await.into_iter().filter(|mail| mail.recipient != email).collect();
            self.sent.lock().unwrap_or_else(PoisonError::into_inner).extend(kept);
        }
        browser
    }

    /// An app with a key.
    pub fn authenticator(&self, secret: &str) -> Authenticator {
        let secret = Secret::try_from_base32(secret).unwrap();
        let totp = Arc::new(Builder::new().with_secret(secret).build().unwrap());
        Authenticator { totp, clock: self.clock.clone(), last_step: Arc::default() }
    }

    /// Sets an authenticator app up for who is signed in, as far as the page with the recovery
    /// codes. The browser has the app with it from then on.
    pub async fn enrol(&self, browser: &mut Browser) -> Authenticator {
        let location = browser.post("/api/factors/begin_totp", &[]).await.location().to_owned();
        assert_eq!(location, "/account/security/totp");
        let page = browser.get(&location).await.body;
        let secret = html::text(&page, ".copy__value");
        let app = self.authenticator(&secret.unwrap_or_else(|| panic!("{page}")));
        let answer = browser.post("/api/factors/confirm_totp", &[("code", &app.code())]).await;
        assert!(answer.location().starts_with("/account/security/recovery-codes"), "{}", answer.location());
        browser.authenticator = Some(app.clone());
        app
    }

    /// A browser of support, whose session has proved a second factor.
    pub async fn support(&self, email: &str, role: SupportRole) -> Browser {
        self.signed_in(email, Some(role)).await
    }

    /// Makes of all sessions of an account sessions that have proved a second factor.
    pub async fn prove_second_factor(&self, email: &str) {
        let of_account = format!("account_id IN (SELECT id FROM accounts WHERE email = '{email}')");
        self.sql(&format!("UPDATE account_sessions SET second_factor_at = created_at WHERE {of_account}")).await;
    }

    /// A team's latest events, newest first.
    pub async fn events_of(&self, team: model::ids::TeamId) -> Vec<AuditEvent> {
        let query = AuditQuery { chain: Some(team.as_uuid()), ..AuditQuery::default() };
        store::audit::find(self.db.db.connection(), &query, 9).await.unwrap()
    }

    /// The codes of all events of the vendor's trail.
    pub async fn audit_codes_of_vendor(&self) -> Vec<String> {
        let all = audit_events::Entity::find().filter(audit_events::Column::TeamId.is_null());
        let events = all.all(self.db.db.connection()).await.unwrap();
        events.into_iter().map(|event| event.action.as_str().to_owned()).collect()
    }

    /// Lets a team in review go live, as the operator does who looks and decides in one go.
    pub async fn approve(&self, slug: &str) {
        let operator = domain::Actor::operator();
        domain::team_review::approve(
            &self.services,
            &operator,
            slug,
            domain::decision_digest::ExpectedDigest::Unchecked,
        )
        .await
        .unwrap();
    }

    /// A team of a signed-in account, as far as its creation; its slug.
    pub async fn team(&self, browser: &mut Browser, name: &str) -> String {
        let answer = browser.post("/api/teams/create", &[("name", name)]).await;
        let location = answer.location().to_owned();
        location.split('/').nth(2).unwrap_or_else(|| panic!("{location}")).to_owned()
    }
}

/// Another server.
pub struct Replica {
    pub services: Arc<Services>,
    router: Router,
}

impl Replica {
    /// A browser that was at the other server before.
    pub fn with_cookies_of(&self, browser: &Browser) -> Browser {
        browser.clone().of(self.router.clone())
    }
}

/// The first link in a mail's text.
pub fn link(mail: &OutgoingMail) -> String {
    let text = &mail.text_body;
    let start = text.find("http").unwrap_or_else(|| panic!("no link in {text}"));
    text[start..].split_whitespace().next().unwrap().to_owned()
}
