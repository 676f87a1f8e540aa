//! The audit trail as a file: JSON Lines.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::audit::{AuditExport, AuditTrail};
use domain::{Actor, Services};
use futures_util::stream;
use model::audit::AuditFilter;

use super::error::HttpError;
use crate::state::AppState;

/// `GET /teams/{slug}/audit.jsonl`.
pub async fn team(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(filter): Query<AuditFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    download(&state, &actor, AuditTrail::Team(slug), filter).await
}

/// `GET /support/audit.jsonl`.
pub async fn support(
    State(state): State<AppState>,
    Query(filter): Query<AuditFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    download(&state, &actor, AuditTrail::Vendor, filter).await
}

/// Sent as it is read: a trail may be longer than memory.
async fn download(
    state: &AppState,
    actor: &Actor,
    trail: AuditTrail,
    filter: AuditFilter,
) -> Result<Response, HttpError> {
    let export = AuditExport::new(&state.services, actor, &trail, &filter).await;
    let export = export.map_err(|error| HttpError::new(state, error))?;
    let lines = stream::try_unfold((export, Arc::clone(&state.services)), next_lines);
    let headers = [
        (header::CONTENT_TYPE, "application/jsonl"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\""),
    ];
    Ok((headers, Body::from_stream(lines)).into_response())
}

type ExportStream = (AuditExport, Arc<Services>);

async fn next_lines((mut export, services): ExportStream) -> Result<Option<(String, ExportStream)>, std::io::Error> {
    match export.lines(&services).await {
        Ok(lines) => Ok(lines.map(|lines| (lines, (export, services)))),
        Err(error) => {
            error.log();
            // the file ends in the middle, and the browser says that the download failed
            Err(std::io::Error::other("the trail could not be read"))
        }
    }
}
