//! A portal to test, and a browser to test it with.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, BodyDataStream, HttpBody as _, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use chrono::{TimeDelta, TimeZone as _, Utc};
use domain::Services;
use domain::clock::{Clock, OsRandom};
use domain::mail::{Transport, deliver_due};
use domain::sealed::Keyring;
use futures_util::StreamExt as _;
use model::{SupportRole, Timestamp};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _};
use server::config::Config;
use server::router::{router, wrapped};
use server::state::AppState;
use store::audit::{AuditEvent, AuditQuery};
use store::entities::audit_events;
use store::outbox::OutboxMail;
use store::testing::{Kind, TestDb, fresh};
use totp_rs::{Builder, Secret, Totp};
use tower::ServiceExt as _;

pub const PASSWORD: &str = "correct horse battery staple";
/// What seals secrets in tests.
pub const SECRET_KEY: &str = "test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const ORIGIN: &str = "http://localhost:3000";
/// Where browsers are unless they say otherwise.
const HOME: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const USER_AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

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
    sent: Arc<Mutex<Vec<OutboxMail>>>,
    db: TestDb,
}

impl Portal {
    pub async fn start(kind: Kind) -> Self {
        Self::with_config(kind, "").await
    }

    pub async fn with_config(kind: Kind, config: &str) -> Self {
        let config = Config::from_toml(&format!("secret_keys = [\"{SECRET_KEY}\"]\n{config}")).unwrap();
        let db = fresh(kind).await;
        let start = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
        let clock = Arc::new(FakeClock(Mutex::new(start)));
        let keyring = config.secret_keys.unwrap();
        let services = Services::new(db.db.clone(), clock.clone(), Arc::new(OsRandom), config.settings, keyring).await;
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
        let router = wrapped(routes, AppState::new(self.services.clone(), leptos, None));
        Browser { router, ..self.browser() }
    }

    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: BTreeMap::new(),
            ip: HOME,
            user_agent: USER_AGENT,
            authenticator: None,
        }
    }

    /// Another server on the same database, which shares nothing else with this one.
    pub async fn replica(&self) -> Replica {
        self.replica_with(self.services.keyring.clone()).await
    }

    /// Another server whose configuration has other secret keys.
    pub async fn replica_with(&self, keyring: Keyring) -> Replica {
        let (db, settings) = (self.db.db.clone(), self.services.settings.clone());
        let services = Services::new(db, self.clock.clone(), Arc::new(OsRandom), settings, keyring).await;
        let services = Arc::new(services.unwrap());
        let leptos = server::assets::leptos_options(None, "127.0.0.1:3000".parse().unwrap());
        Replica { router: router(AppState::new(services.clone(), leptos, None)), services }
    }

    /// What somebody does who can write to the database.
    pub async fn sql(&self, statement: &str) {
        self.db.db.connection().execute_unprepared(statement).await.unwrap();
    }

    /// Sends what is due and takes all that was sent.
    pub async fn mail(&self) -> Vec<OutboxMail> {
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
            browser.post("/api/factors/recovery_codes_kept", &[]).await;
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
        let secret = page.split("copy__value\">").nth(1).and_then(|rest| rest.split('<').next());
        let app = self.authenticator(secret.unwrap_or_else(|| panic!("{page}")));
        let answer = browser.post("/api/factors/confirm_totp", &[("code", &app.code())]).await;
        assert!(answer.location().starts_with("/account/security/recovery-codes"), "{}", answer.location());
        browser.authenticator = Some(app.clone());
        app
    }

    /// A browser of the vendor's staff, whose session has proved a second factor.
    pub async fn staff(&self, email: &str, role: SupportRole) -> Browser {
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
        events.into_iter().map(|event| event.action).collect()
    }

    /// Lets a team in review go live, as the operator does who looks and decides in one go.
    pub async fn approve(&self, slug: &str) {
        let operator = domain::Actor::command_line();
        domain::support::approve(&self.services, &operator, slug, domain::connections::Seen::Now).await.unwrap();
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
        Browser { router: self.router.clone(), ..browser.clone() }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// What is still to come of a stream of events.
    stream: Option<BodyDataStream>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Waits for a stream's next event; nothing when the stream has ended.
    pub async fn next_event(&mut self) -> Option<String> {
        let bytes = self.stream.as_mut().unwrap().next().await?.unwrap();
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Where a page leads by itself, without a redirect.
    #[track_caller]
    pub fn refresh(&self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        let content = self.body.split("content=\"0; url=").nth(1).unwrap_or_else(|| panic!("{}", self.body));
        content.split('"').next().unwrap().replace("&amp;", "&")
    }

    #[track_caller]
    pub fn location(&self) -> &str {
        assert!(self.status.is_redirection(), "{}: {}", self.status, self.body);
        self.header("location")
    }
}

/// A browser: keeps cookies, sends what browsers send, follows nothing by itself.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    ip: IpAddr,
    user_agent: &'static str,
    /// The app of whoever sits at it.
    pub authenticator: Option<Authenticator>,
}

impl Browser {
    /// The same browser at another address.
    pub fn at(mut self, ip: &str) -> Self {
        self.ip = ip.parse().unwrap();
        self
    }

    /// Another browser, by what it says it is.
    pub fn calling_itself(mut self, user_agent: &'static str) -> Self {
        self.user_agent = user_agent;
        self
    }

    /// Signs in with the password, and with a code if one is asked for; where that leads.
    pub async fn sign_in(&mut self, email: &str) -> String {
        let answer = self.post("/api/accounts/sign_in", &[("email", email), ("password", PASSWORD)]).await;
        let location = answer.location().to_owned();
        if !location.starts_with("/login/factor") {
            return location;
        }
        let code = self.authenticator.as_ref().unwrap().code();
        self.post("/api/prove/enter_code", &[("code", &code)]).await.location().to_owned()
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.request(Method::GET, path, &[("accept", "text/html")], "").await
    }

    /// Any request.
    pub async fn request(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send(method, path, headers, Body::from(body.to_owned())).await
    }

    /// Submits a form of one of our pages.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [("accept", "text/html"), ("sec-fetch-site", "same-origin"), ("origin", ORIGIN)];
        self.post_with(path, &headers, fields).await
    }

    /// Looks at the page that has this decision, and makes it with what the page put into the
    /// form; with nothing if the page does not offer it.
    pub async fn decide(&mut self, endpoint: &str, slug: &str, fields: &[(&str, &str)]) -> Answer {
        let digest = self.look(endpoint, slug).await;
        self.decide_on(endpoint, slug, &digest, fields).await
    }

    /// Makes a decision on what was looked at before.
    pub async fn decide_on(&mut self, endpoint: &str, slug: &str, digest: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("slug", slug), ("digest", digest)];
        all.extend(fields);
        self.post(&format!("/api/{endpoint}"), &all).await
    }

    /// The digest in the form of a decision, as its page shows it now; empty if it has no such
    /// form.
    pub async fn look(&mut self, endpoint: &str, slug: &str) -> String {
        let page = match endpoint.split('/').next() {
            Some("support" | "vendor_team") => format!("/support/teams/{slug}"),
            Some("keys") => format!("/teams/{slug}/setup/options"),
            _ => format!("/teams/{slug}/setup/go-live"),
        };
        let body = self.get(&page).await.body;
        let of = |action: &str| body.split("<form").find(|form| form.contains(action));
        let form = of(&format!("action=\"/api/{endpoint}\""));
        // all forms of keys decide on the same
        let form = form.or_else(|| of("action=\"/api/keys/").filter(|_| endpoint.starts_with("keys/")));
        let value = form.and_then(|form| form.split("name=\"digest\" value=\"").nth(1));
        value.and_then(|value| value.split('"').next()).unwrap_or_default().to_owned()
    }

    /// Submits a form with other headers than a page of ours would.
    pub async fn post_with(&mut self, path: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
        // finished before anything is awaited: the serializer cannot go to another thread
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        self.send(Method::POST, path, &headers, Body::from(body)).await
    }

    /// Uploads files, each with a name and a content, to the certificate form.
    pub async fn upload(&mut self, slug: &str, files: &[(&str, &[u8])]) -> Answer {
        let parts: Vec<_> =
            files.iter().map(|(name, content)| (format!("name=\"file\"; filename=\"{name}\""), *content)).collect();
        self.fill_certificates(slug, &parts).await
    }

    /// Submits the certificate form with fields, each with a name and a value.
    pub async fn type_certificates(&mut self, slug: &str, fields: &[(&str, &str)]) -> Answer {
        let parts: Vec<_> = fields.iter().map(|(name, value)| (format!("name=\"{name}\""), value.as_bytes())).collect();
        self.fill_certificates(slug, &parts).await
    }

    /// Submits the certificate form, parts by disposition and content.
    pub async fn fill_certificates(&mut self, slug: &str, parts: &[(String, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (disposition, content) in parts {
            let head = format!("--boundary\r\ncontent-disposition: form-data; {disposition}\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--boundary--\r\n");
        let headers = [
            ("accept", "text/html"),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "multipart/form-data; boundary=boundary"),
        ];
        self.send(Method::POST, &format!("/teams/{slug}/setup/certificates"), &headers, Body::from(body)).await
    }

    /// Follows an address of ours, whole or a path.
    pub async fn follow(&mut self, location: &str) -> Answer {
        self.get(location.strip_prefix(ORIGIN).unwrap_or(location)).await
    }

    async fn send(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost:3000");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(length) = body.size_hint().exact() {
            request = request.header(header::CONTENT_LENGTH, length);
        }
        let mut request = request.header(header::USER_AGENT, self.user_agent).body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(self.ip, 50_000)));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let is_stream = parts.headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let mut answer = Answer { status: parts.status, headers: parts.headers, body: String::new(), stream: None };
        if is_stream {
            // it does not end: what comes first is all that is waited for
            answer.stream = Some(body.into_data_stream());
            answer.body = answer.next_event().await.unwrap();
        } else {
            let body = String::from_utf8_lossy(&to_bytes(body, 1 << 24).await.unwrap()).into_owned();
            // Leptos marks where dynamic parts begin; which of them it marks is nothing to a reader
            answer.body = body.replace("<!>", "");
        }
        answer
    }

    fn keep(&mut self, cookie: &str) {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        if cookie.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// The first link in a mail's text.
pub fn link(mail: &OutboxMail) -> String {
    let text = &mail.text_body;
    let start = text.find("http").unwrap_or_else(|| panic!("no link in {text}"));
    text[start..].split_whitespace().next().unwrap().to_owned()
}
