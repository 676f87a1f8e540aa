//! What is said of an upload beside what was used of it.

use serde::{Deserialize, Serialize};

use crate::{FieldProblem, Timestamp};

/// A part of an upload that was skipped or needs attention, while the rest was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UploadNote {
    /// One certificate of several.
    #[serde(rename = "certificate_left_out")]
    CertificateSkipped {
        /// Where it stood in the file, counted from 1, if that is known.
        position: Option<usize>,
        /// Its subject, if it could be read.
        subject: Option<String>,
        /// Why.
        why: FieldProblem,
    },
    /// Identifier and Login URL in metadata.
    #[serde(rename = "addresses_left_out")]
    AddressesSkipped {
        /// Why.
        why: FieldProblem,
    },
    /// The Logout URL in metadata.
    #[serde(rename = "logout_left_out")]
    LogoutUrlSkipped {
        /// Why.
        why: FieldProblem,
    },
    /// Metadata whose time is over.
    MetadataOutdated {
        /// When it ended.
        valid_until: Timestamp,
    },
    /// Metadata of an identity provider that wants requests signed (metadata §2.4.3), which those of the
    /// connection are not.
    SignedRequestsWanted,
}
