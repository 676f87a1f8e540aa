//! The mock's pages and addresses.

mod app_page;
mod certificates;
mod deliver;
mod fault_page;
mod memory;
mod sign_in;
mod sign_out;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use self::memory::Memory;
use crate::app::App;
use crate::certificates::Keys;
use crate::clock::guid;
use crate::directory::{User, preset};
use crate::fault::Faults;
use crate::files::{common_metadata, metadata};
use crate::keys::SigningKey;
use crate::request::AadSts;
use crate::session::Sessions;
use crate::tenant::Tenant;

pub use crate::clock::now;

/// The cookie that a browser is known by. Cookies of a host go to all of its ports.
const SESSION: &str = "mock-entra-session";

/// The tenant, its keys, and what changes while the mock runs.
pub struct Mock {
    tenant: Tenant,
    keys: Keys,
    app: Mutex<Option<App>>,
    users: Mutex<Vec<User>>,
    sessions: Sessions,
    faults: Mutex<Faults>,
    memory: Mutex<Memory>,
}

impl Mock {
    /// A tenant with the preset people and no application.
    #[must_use]
    pub fn new(tenant: Tenant, key: SigningKey) -> Self {
        Self {
            tenant,
            keys: Keys::new(key, now()),
            app: Mutex::default(),
            users: Mutex::new(preset()),
            sessions: Sessions::default(),
            faults: Mutex::default(),
            memory: Mutex::default(),
        }
    }

    /// Misbehaves from now on, or no longer.
    pub fn misbehave(&self, faults: Faults) {
        *lock(&self.faults) = faults;
    }

    fn faults(&self) -> Faults {
        *lock(&self.faults)
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }

    /// Registers the application, in place of the one that was.
    pub fn register(&self, app: App) {
        *lock(&self.app) = Some(app);
    }

    fn app(&self) -> Option<App> {
        lock(&self.app).clone()
    }

    fn users(&self) -> Vec<User> {
        lock(&self.users).clone()
    }

    /// The user of that name, made if there is none.
    fn user(&self, upn: &str) -> Option<User> {
        let mut users = lock(&self.users);
        let known = users.iter().find(|user| user.upn.eq_ignore_ascii_case(upn.trim()));
        if let Some(user) = known {
            return Some(user.clone());
        }
        let user = User::from_upn(upn)?;
        users.push(user.clone());
        Some(user)
    }

    fn is_here(&self, tenant: &str) -> Result<(), AadSts> {
        if tenant == self.tenant.id {
            return Ok(());
        }
        Err(AadSts { number: 90_002, message: format!("Tenant '{tenant}' not found.") })
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Every address of the mock.
pub fn router(mock: Arc<Mock>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/app", get(app_page::show).post(app_page::save))
        .route("/api/app", post(app_page::api))
        .route("/faults", get(fault_page::show).post(fault_page::save))
        .route("/api/faults", get(fault_page::state).post(fault_page::api))
        .route("/certificates/{file}", get(certificates::download))
        .route("/certificates/next", post(certificates::create_next))
        .route("/certificates/activate", post(certificates::activate))
        .route("/api/certificates/next", post(certificates::api_create_next))
        .route("/api/certificates/activate", post(certificates::api_activate))
        .route("/held/{id}", get(deliver::held))
        .route("/myapps", get(sign_in::my_apps))
        .route("/sign-out", post(sign_out::everywhere))
        .route("/{tenant}/saml2", get(sign_in::redirected).post(sign_in::posted))
        .route("/{tenant}/login", post(sign_in::picked))
        .route("/{tenant}/tile", get(sign_in::tile).post(sign_in::tile_picked))
        .route("/{tenant}/federationmetadata/2007-06/federationmetadata.xml", get(federation_metadata))
        .with_state(mock)
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    sso_url: String,
    entity_id: String,
    metadata_url: String,
    fault: Option<String>,
}

async fn home(State(mock): State<Arc<Mock>>) -> Response {
    page(
        StatusCode::OK,
        &HomePage {
            sso_url: mock.tenant.sso_url(),
            entity_id: mock.tenant.entity_id(),
            metadata_url: mock.tenant.metadata_url(),
            fault: fault_page::notice(mock.faults()),
        },
    )
}

async fn federation_metadata(State(mock): State<Arc<Mock>>, Path(tenant): Path<String>) -> Response {
    let keys = mock.keys.published();
    let xml = match tenant.as_str() {
        "common" => common_metadata(&mock.tenant, &keys),
        tenant if tenant == mock.tenant.id => metadata(&mock.tenant, &keys),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match xml {
        Ok(xml) => ([(header::CONTENT_TYPE, "application/samlmetadata+xml; charset=utf-8")], xml).into_response(),
        Err(error) => failed(&error),
    }
}

#[derive(Template)]
#[template(path = "refused.html")]
struct RefusedPage {
    number: u32,
    message: String,
    request_id: String,
    correlation_id: String,
    timestamp: String,
}

fn refuse(refusal: AadSts) -> Response {
    page(
        StatusCode::BAD_REQUEST,
        &RefusedPage {
            number: refusal.number,
            message: refusal.message,
            request_id: guid(),
            correlation_id: guid(),
            timestamp: now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        },
    )
}

fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => failed(&error.into()),
    }
}

fn failed(error: &anyhow::Error) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
}

/// The browser's name here, if it has one.
fn session(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == SESSION).map(|(_, value)| value.to_owned())
}

fn remember(response: &mut Response, session: &str) {
    if let Ok(cookie) = HeaderValue::from_str(&format!("{SESSION}={session}; Path=/; HttpOnly; SameSite=Lax")) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
