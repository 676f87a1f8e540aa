//! Tables as CSV, sent as they are read: a list may be longer than memory.

use std::io;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use domain::Services;
use futures_util::stream;
use serde::Serialize;

/// The content type of such a file.
pub(super) const CONTENT_TYPE: &str = "text/csv; charset=utf-8";

/// A list that is read in parts, and what its rows look like.
pub(super) trait CsvExport: Send + Sized + 'static {
    /// A row; what people and identity providers wrote in it is harmless to spreadsheets ([`guard`]).
    type Row: Serialize;

    /// The name of the file.
    const FILE_NAME: &'static str;
    /// The names of a row's fields.
    const COLUMNS: &'static [&'static str];

    /// The next rows; nothing after the last.
    fn next_rows(
        &mut self,
        services: &Services,
    ) -> impl Future<Output = Result<Option<Vec<Self::Row>>, domain::Error>> + Send;
}

/// The file as an answer.
pub(super) fn download<E: CsvExport>(export: E, services: &Arc<Services>) -> Response {
    let file = CsvFile { export, services: Arc::clone(services), is_begun: false };
    let headers = [
        (header::CONTENT_TYPE, CONTENT_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", E::FILE_NAME)),
    ];
    (headers, Body::from_stream(stream::try_unfold(file, next_part))).into_response()
}

/// A file on its way out.
struct CsvFile<E> {
    export: E,
    services: Arc<Services>,
    is_begun: bool,
}

async fn next_part<E: CsvExport>(mut file: CsvFile<E>) -> io::Result<Option<(String, CsvFile<E>)>> {
    let found = file.export.next_rows(&file.services).await.map_err(|error| truncated(&error))?;
    // a file without rows has its head all the same
    if found.is_none() && file.is_begun {
        return Ok(None);
    }
    let head = (!file.is_begun).then_some(E::COLUMNS);
    let text = rows(head, found.unwrap_or_default().into_iter())?;
    file.is_begun = true;
    Ok(Some((text, file)))
}

/// A list that could not be read to its end: the file ends in the middle, and the browser says that the
/// download failed.
pub(super) fn truncated(error: &domain::Error) -> io::Error {
    error.log();
    io::Error::other("the list could not be read")
}

/// Rows as text, after the names of their columns if these are given.
pub(super) fn rows<T: Serialize>(head: Option<&[&str]>, rows: impl Iterator<Item = T>) -> io::Result<String> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    if let Some(names) = head {
        writer.write_record(names)?;
    }
    for row in rows {
        writer.serialize(row)?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// A spreadsheet takes a cell that begins so for a formula; after an apostrophe it is text.
pub(super) fn guard(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

/// A moment, in UTC.
pub(super) fn time(at: model::Timestamp) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
