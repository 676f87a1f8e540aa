//! What is said of an upload beside what was used of it.

use serde::{Deserialize, Serialize};

use crate::{FieldProblem, Timestamp};

/// Something in an upload that was not used, or is worth a look, while the rest was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadNote {
    /// One certificate of several.
    CertificateLeftOut {
        /// Where it stood in the file, counted from 1, if that is known.
        position: Option<usize>,
        /// Its subject, if it could be read.
        subject: Option<String>,
        /// Why.
        why: FieldProblem,
    },
    /// Identifier and Login URL in metadata.
    AddressesLeftOut {
        /// Why.
        why: FieldProblem,
    },
    /// The Logout URL in metadata.
    LogoutLeftOut {
        /// Why.
        why: FieldProblem,
    },
    /// Metadata whose time is over.
    MetadataOutdated {
        /// When it ended.
        valid_until: Timestamp,
    },
}
