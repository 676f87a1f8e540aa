//! CSV, as every download of a list has it.

use std::io;

use model::Timestamp;
use serde::Serialize;

/// Rows of a file, with its head before the first of them.
pub(super) fn csv_rows<R: Serialize>(head: Option<&[&str]>, rows: impl Iterator<Item = R>) -> io::Result<String> {
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

/// A moment, as spreadsheets and programs read it.
pub(super) fn csv_time(at: Timestamp) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
