//! Why a document does not pass the byte filter.

use super::construct::Construct;
use super::xml_error::XmlError;

/// Why the filter rejects.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PrefilterError {
    /// A construct that is not let in.
    #[error("{0}")]
    Forbidden(Construct),
    /// Tags that no parser would accept.
    #[error("{0}")]
    Malformed(XmlError),
}

impl From<Construct> for PrefilterError {
    fn from(construct: Construct) -> Self {
        Self::Forbidden(construct)
    }
}

impl From<XmlError> for PrefilterError {
    fn from(error: XmlError) -> Self {
        Self::Malformed(error)
    }
}
