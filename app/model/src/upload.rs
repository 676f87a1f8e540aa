//! What is said of an upload beside what was used of it, and why metadata cannot be used.

use serde::{Deserialize, Serialize};

use crate::{Diagnostic, FieldProblem, Timestamp};

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

/// Why metadata cannot be used. What it quotes came with the metadata and is cut to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetadataProblem {
    /// In an encoding that is not read.
    Encoding,
    /// Cut off, or changed by hand.
    NotWellFormed {
        /// What the parser says.
        detail: Diagnostic,
    },
    /// With a construct that is never read.
    Construct {
        /// Which.
        what: Diagnostic,
    },
    /// XML of another kind.
    NotMetadata,
    /// Nobody who signs people in.
    NoIdentityProvider,
    /// SAML 1.1 only.
    OlderProtocol,
    /// An application's metadata, perhaps ours.
    ServiceProvider {
        /// Its entity ID.
        entity_id: String,
    },
    /// Which of them is meant?
    SeveralIdentityProviders {
        /// Their entity IDs, the first few.
        entity_ids: Vec<String>,
    },
}
