//! The pages that list attempts, as members see their team's and support sees all: the list,
//! each attempt's report, its XML, downloads, and the marker that says whether there is news.

mod access;
mod change_marker;
mod check_metadata;
mod documents;
mod export;
mod list;
mod recent_notes;
mod report;
mod statistics;
mod take_over;
mod xml;

pub use access::{AttemptScope, identity_provider_in_use};
pub use change_marker::change_marker;
pub use check_metadata::check_metadata;
pub use export::AttemptExport;
pub use list::list;
pub(crate) use list::summary_of;
pub use recent_notes::recent_notes;
pub use report::report;
pub(crate) use report::report_of;
pub use statistics::statistics;
pub use take_over::{take_over_email_claim, take_over_issuer};
pub use xml::xml;
