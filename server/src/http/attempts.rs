//! Sign-in attempts as a file: CSV or JSON.

use std::io;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::attempts::{AttemptExport, AttemptScope};
use domain::{Actor, Services};
use futures_util::stream;
use model::attempts::AttemptFilter;
use model::{AttemptOutcome, AttemptSummary};
use serde::Serialize;

use super::csv_file::{self, guard, time};
use super::error::HttpError;
use crate::state::AppState;

/// `GET /teams/{slug}/sign-ins.csv`.
pub async fn team_csv(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(filter): Query<AttemptFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    download(&state, &actor, AttemptScope::Team(slug), filter, ExportFormat::Csv).await
}

/// `GET /teams/{slug}/sign-ins.json`.
pub async fn team_json(
    State(state): State<AppState>,
    Path(slug): Path<String>,
    Query(filter): Query<AttemptFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    download(&state, &actor, AttemptScope::Team(slug), filter, ExportFormat::Json).await
}

/// `GET /support/sign-ins.csv`.
pub async fn support_csv(
    State(state): State<AppState>,
    Query(filter): Query<AttemptFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    download(&state, &actor, AttemptScope::AllTeams, filter, ExportFormat::Csv).await
}

/// `GET /support/sign-ins.json`.
pub async fn support_json(
    State(state): State<AppState>,
    Query(filter): Query<AttemptFilter>,
    Extension(actor): Extension<Actor>,
) -> Result<Response, HttpError> {
    download(&state, &actor, AttemptScope::AllTeams, filter, ExportFormat::Json).await
}

/// Sent as it is read: a list may be longer than memory.
async fn download(
    state: &AppState,
    actor: &Actor,
    scope: AttemptScope,
    filter: AttemptFilter,
    format: ExportFormat,
) -> Result<Response, HttpError> {
    let export = AttemptExport::begin(&state.services, actor, &scope, &filter).await;
    let export = export.map_err(|error| HttpError::new(state, error))?;
    let file = ExportStream { export, services: Arc::clone(&state.services), format, position: FilePosition::Start };
    let headers =
        [(header::CONTENT_TYPE, format.content_type()), (header::CONTENT_DISPOSITION, format.content_disposition())];
    Ok((headers, Body::from_stream(stream::try_unfold(file, next_part))).into_response())
}

/// An export on its way out.
struct ExportStream {
    export: AttemptExport,
    services: Arc<Services>,
    format: ExportFormat,
    position: FilePosition,
}

/// How far a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FilePosition {
    Start,
    /// After an attempt.
    Middle,
    End,
}

async fn next_part(mut file: ExportStream) -> io::Result<Option<(String, ExportStream)>> {
    if file.position == FilePosition::End {
        return Ok(None);
    }
    let attempts = file.export.next(&file.services).await.map_err(|error| csv_file::truncated(&error))?;
    let text = match &attempts {
        Some(attempts) => file.format.attempts(attempts, file.position)?,
        None => file.format.end(file.position)?,
    };
    file.position = match &attempts {
        None => FilePosition::End,
        Some(_) => FilePosition::Middle,
    };
    Ok(Some((text, file)))
}

/// An attempt as a row or an object.
#[derive(Debug, Serialize)]
struct ExportRow {
    reference: String,
    team: String,
    team_name: String,
    kind: &'static str,
    started_at: String,
    finished_at: Option<String>,
    outcome: &'static str,
    finding: Option<&'static str>,
    who: Option<String>,
    who_is_verified: Option<bool>,
}

impl ExportRow {
    /// The names of its fields.
    const NAMES: [&'static str; 10] = [
        "reference",
        "team",
        "team_name",
        "kind",
        "started_at",
        "finished_at",
        "outcome",
        "finding",
        "who",
        "who_is_verified",
    ];

    fn of(attempt: &AttemptSummary) -> Self {
        let finding = match attempt.outcome {
            AttemptOutcome::Failed(code) => Some(code.as_str()),
            _ => None,
        };
        Self {
            reference: attempt.reference.to_string(),
            team: attempt.team.to_string(),
            team_name: attempt.team_name.clone(),
            kind: if attempt.is_test { "test" } else { "sign-in" },
            started_at: time(attempt.started_at),
            finished_at: attempt.finished_at.map(time),
            outcome: attempt.outcome.kind().as_str(),
            finding,
            who: attempt.subject.as_ref().map(|subject| subject.name.clone()),
            who_is_verified: attempt.subject.as_ref().map(|subject| subject.is_verified),
        }
    }

    /// What people and identity providers wrote, made harmless to spreadsheets.
    fn guarded(self) -> Self {
        Self { team_name: guard(self.team_name), who: self.who.map(guard), ..self }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExportFormat {
    /// One attempt a row, with a head.
    Csv,
    /// One array, with one attempt a line.
    Json,
}

impl ExportFormat {
    const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => csv_file::CONTENT_TYPE,
            Self::Json => "application/json",
        }
    }

    const fn content_disposition(self) -> &'static str {
        match self {
            Self::Csv => "attachment; filename=\"sign-ins.csv\"",
            Self::Json => "attachment; filename=\"sign-ins.json\"",
        }
    }

    fn attempts(self, attempts: &[AttemptSummary], position: FilePosition) -> io::Result<String> {
        let rows = attempts.iter().map(ExportRow::of);
        match self {
            Self::Csv => csv(rows.map(ExportRow::guarded), position),
            Self::Json => json(rows, position),
        }
    }

    fn end(self, position: FilePosition) -> io::Result<String> {
        match (self, position) {
            (Self::Csv, FilePosition::Start) => csv(std::iter::empty(), position),
            (Self::Csv, _) => Ok(String::new()),
            (Self::Json, FilePosition::Start) => Ok("[]\n".to_owned()),
            (Self::Json, _) => Ok("\n]\n".to_owned()),
        }
    }
}

fn csv(rows: impl Iterator<Item = ExportRow>, position: FilePosition) -> io::Result<String> {
    csv_file::rows((position == FilePosition::Start).then_some(&ExportRow::NAMES[..]), rows)
}

fn json(rows: impl Iterator<Item = ExportRow>, position: FilePosition) -> io::Result<String> {
    let mut text = String::new();
    for row in rows {
        text.push_str(if text.is_empty() && position == FilePosition::Start { "[\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(&row)?);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use model::attempts::AttemptSubject;
    use model::{FindingCode, Reference, Timestamp};

    use super::*;

    fn attempt(who: &str) -> AttemptSummary {
        AttemptSummary {
            reference: Reference::new([1; 8]),
            team: "contoso-7k2m9q".parse().unwrap(),
            team_name: "Contoso, \"Ltd\"".into(),
            is_test: false,
            started_at: Timestamp::from_timestamp_nanos(0),
            finished_at: None,
            outcome: AttemptOutcome::Failed(FindingCode::WrongAudience),
            subject: Some(AttemptSubject { name: who.into(), is_verified: false }),
        }
    }

    fn file(format: ExportFormat, batches: &[Vec<AttemptSummary>]) -> String {
        let (mut position, mut text) = (FilePosition::Start, String::new());
        for batch in batches {
            text.push_str(&format.attempts(batch, position).unwrap());
            position = FilePosition::Middle;
        }
        text + &format.end(position).unwrap()
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            let text = file(ExportFormat::Csv, &[vec![attempt(formula)]]);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            assert_eq!(reader.headers().unwrap(), &ExportRow::NAMES[..]);
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(record.get(8), Some(&*format!("'{formula}")));
            assert_eq!(record.get(2), Some("Contoso, \"Ltd\""));
        }
        assert!(
            file(ExportFormat::Csv, &[vec![attempt("b.simon@contoso.com")]]).contains(",b.simon@contoso.com,false")
        );
    }

    #[test]
    fn json_is_one_array_however_it_is_read() {
        let one = || vec![attempt("a"), attempt("b")];
        for (batches, count) in [(vec![], 0), (vec![one()], 2), (vec![one(), one()], 4)] {
            let text = file(ExportFormat::Json, &batches);
            let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
            assert_eq!(rows.len(), count, "{text}");
        }
    }

    #[test]
    fn an_empty_table_has_a_head() {
        assert_eq!(file(ExportFormat::Csv, &[]).trim(), ExportRow::NAMES.join(","));
    }
}
