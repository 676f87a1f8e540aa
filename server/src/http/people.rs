//! A team's people as a CSV file.

use std::io;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::people::PeopleExport;
use domain::{Actor, Services};
use futures_util::stream;
use model::people::{PeopleFilter, PersonSummary};
use serde::Serialize;

use super::csv_file::{self, guard, time};
use super::error::HttpError;
use crate::state::AppState;

/// `GET /teams/{slug}/people.csv`. Sent as it is read: a list may be longer than memory.
pub async fn csv(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(filter): Query<PeopleFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    let export = PeopleExport::begin(&state.services, &actor, &slug, &filter).await;
    let export = export.map_err(|error| HttpError::new(&state, error))?;
    let file = ExportStream { export, services: Arc::clone(&state.services), is_begun: false };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"people.csv\""),
    ];
    Ok((headers, Body::from_stream(stream::try_unfold(file, next_part))).into_response())
}

/// An export on its way out.
struct ExportStream {
    export: PeopleExport,
    services: Arc<Services>,
    is_begun: bool,
}

async fn next_part(mut file: ExportStream) -> io::Result<Option<(String, ExportStream)>> {
    let people = file.export.next(&file.services).await.map_err(|error| {
        error.log();
        // the file ends in the middle, and the browser says that the download failed
        io::Error::other("the list could not be read")
    })?;
    let head = (!file.is_begun).then_some(&ExportRow::NAMES[..]);
    if people.is_none() && head.is_none() {
        return Ok(None);
    }
    let text = csv_file::rows(head, people.unwrap_or_default().iter().map(ExportRow::of))?;
    file.is_begun = true;
    Ok(Some((text, file)))
}

/// A person as a row; what people and identity providers wrote is made harmless to spreadsheets.
#[derive(Debug, Serialize)]
struct ExportRow {
    id: String,
    name: Option<String>,
    email: Option<String>,
    name_id: String,
    state: &'static str,
    deactivated_at: Option<String>,
    first_seen_at: String,
    last_sign_in_at: String,
}

impl ExportRow {
    /// The names of its fields.
    const NAMES: [&'static str; 8] =
        ["id", "name", "email", "name_id", "state", "deactivated_at", "first_seen_at", "last_sign_in_at"];

    fn of(person: &PersonSummary) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name.clone().map(guard),
            email: person.email.clone().map(guard),
            name_id: guard(person.name_id.clone()),
            state: if person.deactivated_at.is_some() { "deactivated" } else { "active" },
            deactivated_at: person.deactivated_at.map(time),
            first_seen_at: time(person.first_seen_at),
            last_sign_in_at: time(person.last_sign_in_at),
        }
    }
}
