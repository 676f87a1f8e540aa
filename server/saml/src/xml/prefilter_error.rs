//! Why a document does not pass the byte filter.

use std::fmt;

use super::construct::Construct;

/// Why the filter rejects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrefilterError {
    /// A construct that is not let in.
    Forbidden(Construct),
    /// Tags that no parser would accept.
    Malformed(&'static str),
}

impl From<Construct> for PrefilterError {
    fn from(construct: Construct) -> Self {
        Self::Forbidden(construct)
    }
}

impl fmt::Display for PrefilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forbidden(construct) => construct.fmt(f),
            Self::Malformed(detail) => f.write_str(detail),
        }
    }
}
