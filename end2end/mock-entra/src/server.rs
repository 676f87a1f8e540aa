//! The mock's pages and addresses.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::app::App;
use crate::directory::{User, preset};
use crate::files::metadata;
use crate::keys::SigningKey;
use crate::request::{self, AadSts, Asked};
use crate::response::ResponseOptions;
use crate::tenant::Tenant;

/// The tenant, its key, and what changes while the mock runs.
pub struct Mock {
    tenant: Tenant,
    key: SigningKey,
    app: Mutex<Option<App>>,
    users: Mutex<Vec<User>>,
}

impl Mock {
    /// A tenant with the preset people and no application.
    #[must_use]
    pub fn new(tenant: Tenant, key: SigningKey) -> Self {
        Self { tenant, key, app: Mutex::new(None), users: Mutex::new(preset()) }
    }

    fn app(&self) -> Option<App> {
        self.app.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn register(&self, app: App) {
        *self.app.lock().unwrap_or_else(PoisonError::into_inner) = Some(app);
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

    fn read(&self, tenant: &str, query: Option<&str>) -> Result<Asked, AadSts> {
        if tenant != self.tenant.id {
            return Err(AadSts { number: 90_002, message: format!("Tenant '{tenant}' not found.") });
        }
        request::read(query.unwrap_or_default(), self.app().as_ref())
    }
}

/// Every address of the mock.
pub fn router(mock: Arc<Mock>) -> Router {
    Router::new()
        .route("/", get(home))
        .route("/app", get(show_app).post(save_app))
        .route("/api/app", post(api_app))
        .route("/{tenant}/saml2", get(sign_in))
        .route("/{tenant}/login", post(answer))
        .route("/{tenant}/federationmetadata/2007-06/federationmetadata.xml", get(federation_metadata))
        .with_state(mock)
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    sso_url: String,
    entity_id: String,
    metadata_url: String,
    sign_on_url: String,
}

async fn home(State(mock): State<Arc<Mock>>) -> Response {
    page(
        StatusCode::OK,
        &HomePage {
            sso_url: mock.tenant.sso_url(),
            entity_id: mock.tenant.entity_id(),
            metadata_url: mock.tenant.metadata_url(),
            sign_on_url: mock.app().unwrap_or_default().sign_on_url,
        },
    )
}

#[derive(Template)]
#[template(path = "app.html")]
struct AppPage {
    app: App,
    is_registered: bool,
    error: Option<&'static str>,
}

async fn show_app(State(mock): State<Arc<Mock>>) -> Response {
    let app = mock.app();
    page(StatusCode::OK, &AppPage { is_registered: app.is_some(), app: app.unwrap_or_default(), error: None })
}

async fn save_app(State(mock): State<Arc<Mock>>, Form(app): Form<App>) -> Response {
    match app.clone().checked() {
        Ok(app) => {
            mock.register(app);
            Redirect::to("/app").into_response()
        }
        Err(error) => {
            let is_registered = mock.app().is_some();
            page(StatusCode::UNPROCESSABLE_ENTITY, &AppPage { app, is_registered, error: Some(error) })
        }
    }
}

async fn api_app(State(mock): State<Arc<Mock>>, body: String) -> Response {
    let app = serde_json::from_str::<App>(&body).map_err(|error| error.to_string());
    match app.and_then(|app| app.checked().map_err(str::to_owned)) {
        Ok(app) => {
            mock.register(app);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, error).into_response(),
    }
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    identifier: String,
    action: String,
    is_registered: bool,
    users: Vec<Choice>,
    typed: String,
    error: Option<&'static str>,
}

/// Somebody who can be picked.
struct Choice {
    upn: String,
    display_name: String,
    is_hinted: bool,
}

async fn sign_in(State(mock): State<Arc<Mock>>, Path(tenant): Path<String>, RawQuery(query): RawQuery) -> Response {
    match mock.read(&tenant, query.as_deref()) {
        Ok(asked) => choose(&mock, &asked, query.unwrap_or_default().as_str(), None),
        Err(refusal) => refuse(refusal),
    }
}

/// The sign-in page. The request stays in its query, so that nothing has to be remembered.
fn choose(mock: &Mock, asked: &Asked, query: &str, error: Option<&'static str>) -> Response {
    let hint = asked.login_hint.as_deref().unwrap_or_default();
    let matches = |user: &User| user.upn.eq_ignore_ascii_case(hint) || user.mail.eq_ignore_ascii_case(hint);
    let mut users: Vec<Choice> = mock
        .users()
        .into_iter()
        .map(|user| Choice { is_hinted: matches(&user), upn: user.upn, display_name: user.display_name })
        .collect();
    users.sort_by_key(|user| !user.is_hinted);
    let is_known = users.iter().any(|user| user.is_hinted);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(
        status,
        &SignInPage {
            identifier: asked.identifier.clone(),
            action: format!("/{}/login?{query}", mock.tenant.id),
            is_registered: mock.app().is_some(),
            users,
            typed: if is_known { String::new() } else { hint.to_owned() },
            error,
        },
    )
}

#[derive(Deserialize)]
struct Picked {
    upn: String,
}

#[derive(Template)]
#[template(path = "post.html")]
struct PostPage {
    reply_url: String,
    saml_response: String,
    relay_state: Option<String>,
}

async fn answer(
    State(mock): State<Arc<Mock>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    Form(picked): Form<Picked>,
) -> Response {
    let asked = match mock.read(&tenant, query.as_deref()) {
        Ok(asked) => asked,
        Err(refusal) => return refuse(refusal),
    };
    let Some(user) = mock.user(&picked.upn) else {
        let query = query.unwrap_or_default();
        return choose(&mock, &asked, &query, Some("Enter a name like first.last@contoso.com."));
    };
    match respond(&mock, &asked, &user) {
        Ok(xml) => page(
            StatusCode::OK,
            &PostPage {
                reply_url: asked.reply_url,
                saml_response: STANDARD.encode(xml),
                relay_state: asked.relay_state,
            },
        ),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn respond(mock: &Mock, asked: &Asked, user: &User) -> Result<String> {
    let mut random = [0; 32];
    getrandom::fill(&mut random)?;
    ResponseOptions::entra(&mock.tenant, asked, user, now(), random).signed_by(&mock.key)
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

async fn federation_metadata(State(mock): State<Arc<Mock>>, Path(tenant): Path<String>) -> Response {
    if tenant != mock.tenant.id {
        return StatusCode::NOT_FOUND.into_response();
    }
    match metadata(&mock.tenant, &mock.key) {
        Ok(xml) => ([(header::CONTENT_TYPE, "application/samlmetadata+xml; charset=utf-8")], xml).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn guid() -> String {
    let mut random = [0; 16];
    // without randomness the page still says what is wrong
    if getrandom::fill(&mut random).is_err() {
        return "00000000-0000-0000-0000-000000000000".to_owned();
    }
    let digits = hex::encode(random);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// The mock's clock.
#[expect(clippy::disallowed_methods, reason = "an identity provider of its own, with its own clock")]
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
