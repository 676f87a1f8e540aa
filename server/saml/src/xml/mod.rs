//! What every document has in common: a byte-level filter before any parser, a few ways to
//! read a parsed one, and a writer that escapes.

pub(crate) mod c14n;
mod character_references;
mod construct;
mod instant;
mod prefilter;
mod prefilter_error;
mod pretty_print;
mod read;
mod write;
mod xml_error;

pub use construct::Construct;
pub(crate) use instant::{InstantError, format_instant, parse_instant};
pub(crate) use prefilter::{Limits, prefilter};
pub(crate) use prefilter_error::PrefilterError;
pub use pretty_print::{PrettyLine, pretty_print};
pub(crate) use read::{DuplicateChild, attribute, child, children, elements, is_named, parsing_options, text};
pub(crate) use write::XmlWriter;
pub use xml_error::XmlError;
