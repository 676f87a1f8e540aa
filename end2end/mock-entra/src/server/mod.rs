//! The mock's pages and addresses.

mod app_page;
mod sign_in;
mod sign_out;

use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};

use crate::app::App;
use crate::clock::guid;
use crate::directory::{User, preset};
use crate::files::metadata;
use crate::keys::SigningKey;
use crate::request::AadSts;
use crate::session::Sessions;
use crate::tenant::Tenant;

pub use crate::clock::now;

/// The cookie that a browser is known by. Cookies of a host go to all of its ports.
const SESSION: &str = "mock-entra-session";

/// The tenant, its key, and what changes while the mock runs.
pub struct Mock {
    tenant: Tenant,
    key: SigningKey,
    app: Mutex<Option<App>>,
    users: Mutex<Vec<User>>,
    sessions: Sessions,
}

impl Mock {
    /// A tenant with the preset people and no application.
    #[must_use]
    pub fn new(tenant: Tenant, key: SigningKey) -> Self {
        let (app, users) = (Mutex::new(None), Mutex::new(preset()));
        Self { tenant, key, app, users, sessions: Sessions::default() }
    }

    /// Registers the application, in place of the one that was.
    pub fn register(&self, app: App) {
        *self.app.lock().unwrap_or_else(PoisonError::into_inner) = Some(app);
    }

    fn app(&self) -> Option<App> {
        self.app.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn users(&self) -> Vec<User> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The user of that name, made if there is none.
    fn user(&self, upn: &str) -> Option<User> {
        let mut users = self.users.lock().unwrap_or_else(PoisonError::into_inner);
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

/// Every address of the mock.
pub fn router(mock: Arc<Mock>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/app", get(app_page::show).post(app_page::save))
        .route("/api/app", post(app_page::api))
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
}

async fn home(State(mock): State<Arc<Mock>>) -> Response {
    page(
        StatusCode::OK,
        &HomePage {
            sso_url: mock.tenant.sso_url(),
            entity_id: mock.tenant.entity_id(),
            metadata_url: mock.tenant.metadata_url(),
        },
    )
}

async fn federation_metadata(State(mock): State<Arc<Mock>>, Path(tenant): Path<String>) -> Response {
    if tenant != mock.tenant.id {
        return StatusCode::NOT_FOUND.into_response();
    }
    match metadata(&mock.tenant, &mock.key) {
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
