//! Support's list of teams as CSV.

use std::io;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::team_list::TeamExport;
use domain::{Actor, Services};
use futures_util::stream;
use model::IdentityProvider;
use model::support::{TeamListEntry, TeamListFilter};
use serde::Serialize;

use super::csv_file::{guard, rows, time};
use super::error::HttpError;
use crate::state::AppState;

/// `GET /support/teams.csv`, sent as it is read.
pub async fn support_csv(
    State(state): State<AppState>,
    Query(filter): Query<TeamListFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    let export = TeamExport::begin(&state.services, &actor, &filter).await;
    let export = export.map_err(|error| HttpError::new(&state, error))?;
    let file = TeamFile { export, services: Arc::clone(&state.services), is_begun: false };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"teams.csv\""),
    ];
    Ok((headers, Body::from_stream(stream::try_unfold(file, next_part))).into_response())
}

/// An export on its way out.
struct TeamFile {
    export: TeamExport,
    services: Arc<Services>,
    is_begun: bool,
}

async fn next_part(mut file: TeamFile) -> io::Result<Option<(String, TeamFile)>> {
    let teams = file.export.next(&file.services).await.map_err(|error| {
        error.log();
        // the file ends in the middle, and the browser says that the download failed
        io::Error::other("the list could not be read")
    })?;
    if teams.is_none() && file.is_begun {
        return Ok(None);
    }
    let head = (!file.is_begun).then_some(&TeamRow::NAMES[..]);
    let text = rows(head, teams.unwrap_or_default().into_iter().map(TeamRow::from))?;
    file.is_begun = true;
    Ok(Some((text, file)))
}

/// A team as a row.
#[derive(Debug, Serialize)]
struct TeamRow {
    slug: String,
    name: String,
    state: &'static str,
    state_since: String,
    identity_provider: Option<&'static str>,
    certificate_ends_at: Option<String>,
    last_sign_in_at: Option<String>,
    failing_at: Option<String>,
}

impl TeamRow {
    /// The names of its fields.
    const NAMES: [&'static str; 8] = [
        "slug",
        "name",
        "state",
        "state_since",
        "identity_provider",
        "certificate_ends_at",
        "last_sign_in_at",
        "failing_at",
    ];
}

impl From<TeamListEntry> for TeamRow {
    fn from(team: TeamListEntry) -> Self {
        Self {
            slug: team.slug.to_string(),
            name: guard(team.name),
            state: team.status.as_str(),
            state_since: time(team.status_since),
            identity_provider: team.identity_provider.map(IdentityProvider::as_str),
            certificate_ends_at: team.certificate_ends_at.map(time),
            last_sign_in_at: team.last_sign_in_at.map(time),
            failing_at: team.failed_at.map(time),
        }
    }
}
