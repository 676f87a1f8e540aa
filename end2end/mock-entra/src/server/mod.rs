//! The mock's pages and addresses.

mod app_page;
mod certificates;
mod delivery;
mod fault_page;
mod history;
mod html;
mod mock;
mod sign_in;
mod sign_out;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use self::html::{failed, page};
use crate::downloads::{common_metadata, metadata};

pub use self::mock::Mock;
pub use crate::clock::now;

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
        .route("/held/{id}", get(delivery::held))
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
