//! What every document has in common: a byte-level filter before any parser, a few ways to
//! read a parsed one, and a writer that escapes.

pub(crate) mod c14n;
mod construct;
mod prefilter;
mod pretty;
mod read;
mod references;
mod time;
mod write;

pub use construct::Construct;
pub(crate) use prefilter::{Limits, Refused, prefilter};
pub use pretty::{Line, pretty};
pub(crate) use read::{Several, attribute, child, children, elements, is, options, text};
pub(crate) use time::{TimeProblem, format_instant, parse_instant};
pub(crate) use write::Writer;
