//! Support's list of teams as CSV.

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::team_list::TeamExport;
use domain::{Actor, Services};
use model::IdentityProvider;
use model::support::{TeamListEntry, TeamListFilter};
use serde::Serialize;

use super::csv_file::{self, CsvExport, guard, time};
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
    Ok(csv_file::download(export, &state.services))
}

impl CsvExport for TeamExport {
    type Row = TeamRow;

    const FILE_NAME: &'static str = "teams.csv";
    const COLUMNS: &'static [&'static str] = &TeamRow::NAMES;

    async fn next_rows(&mut self, services: &Services) -> Result<Option<Vec<TeamRow>>, domain::Error> {
        Ok(self.next(services).await?.map(|teams| teams.into_iter().map(TeamRow::from).collect()))
    }
}

/// A team as a row.
#[derive(Debug, Serialize)]
pub(super) struct TeamRow {
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
