//! The service provider's metadata, for "Upload metadata file" in Entra.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use super::error::HttpError;
use crate::state::AppState;

/// `GET /v2/auth/sso/saml/{slug}/metadata`.
pub async fn service_provider(State(state): State<AppState>, Path(slug): Path<String>) -> Result<Response, HttpError> {
    let xml = domain::connections::sp_metadata(&state.services, &slug).await;
    let xml = xml.map_err(|error| HttpError::new(&state, error))?;
    let disposition = format!("attachment; filename=\"{slug}-metadata.xml\"");
    let headers =
        [(header::CONTENT_TYPE, "application/samlmetadata+xml".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, xml).into_response())
}
