//! A team's people as a CSV file.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::people::PeopleExport;
use domain::{Actor, Services};
use model::people::{PeopleFilter, PersonSummary};
use serde::Serialize;

use super::csv_file::{self, CsvExport, guard, time};
use super::error::HttpError;
use crate::state::AppState;

/// `GET /teams/{slug}/people.csv`.
pub async fn csv(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(filter): Query<PeopleFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    let export = PeopleExport::begin(&state.services, &actor, &slug, &filter).await;
    let export = export.map_err(|error| HttpError::new(&state, error))?;
    Ok(csv_file::download(export, &state.services))
}

impl CsvExport for PeopleExport {
    type Row = PersonRow;

    const FILE_NAME: &'static str = "people.csv";
    const COLUMNS: &'static [&'static str] = &PersonRow::NAMES;

    async fn next_rows(&mut self, services: &Services) -> Result<Option<Vec<PersonRow>>, domain::Error> {
        Ok(self.next(services).await?.map(|people| people.iter().map(PersonRow::of).collect()))
    }
}

/// A person as a row; what people and identity providers wrote is made harmless to spreadsheets.
#[derive(Debug, Serialize)]
pub(super) struct PersonRow {
    id: String,
    name: Option<String>,
    email: Option<String>,
    name_id: String,
    state: &'static str,
    deactivated_at: Option<String>,
    first_seen_at: String,
    last_sign_in_at: String,
}

impl PersonRow {
    /// The names of its fields.
    const NAMES: [&'static str; 8] =
        ["id", "name", "email", "name_id", "state", "deactivated_at", "first_seen_at", "last_sign_in_at"];

    fn of(person: &PersonSummary) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name.clone().map(guard),
            email: person.email.clone().map(guard),
            name_id: guard(person.name_id.clone()),
            state: person.state().as_str(),
            deactivated_at: person.deactivated_at.map(time),
            first_seen_at: time(person.first_seen_at),
            last_sign_in_at: time(person.last_sign_in_at),
        }
    }
}
