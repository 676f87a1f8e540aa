//! Revisions of a connection, as they are read and made: what one holds, its certificates, and how pages
//! show it. What may be done with them is in [`crate::connections`].

mod certificates;
mod contents;
mod view;

pub(crate) use certificates::{certificate_row, signing_certificates};
pub(crate) use contents::{RevisionContents, copy_to_draft, new_draft, shown_revision};
pub(crate) use view::{connection_view, empty_connection_view};
