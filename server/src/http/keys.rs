//! Certificates of a team's own keys, to be uploaded in Entra.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::{Actor, sp_keys};

use super::error::HttpError;
use crate::state::AppState;

/// `GET /teams/{slug}/keys/{key}/certificate.cer`: DER.
pub async fn certificate_der(
    State(state): State<AppState>,
    Path((slug, key)): Path<(String, String)>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    let certificate = sp_keys::certificate(&state.services, &actor, &slug, &key).await;
    let certificate = certificate.map_err(|error| HttpError::new(&state, error))?;
    Ok(download("application/pkix-cert", &slug, "cer", certificate.der))
}

/// `GET /teams/{slug}/keys/{key}/certificate.pem`.
pub async fn certificate_pem(
    State(state): State<AppState>,
    Path((slug, key)): Path<(String, String)>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    let certificate = sp_keys::certificate(&state.services, &actor, &slug, &key).await;
    let certificate = certificate.map_err(|error| HttpError::new(&state, error))?;
    Ok(download("application/x-pem-file", &slug, "pem", certificate.pem.into_bytes()))
}

/// The slug is one of ours by now: letters, digits and hyphens.
fn download(kind: &'static str, slug: &str, ending: &str, content: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{slug}.{ending}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], content).into_response()
}
