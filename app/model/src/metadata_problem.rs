//! Why an identity provider's metadata could not be had, or cannot be used.

use serde::{Deserialize, Serialize};

use crate::Diagnostic;

/// Why metadata could not be had from its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unreachable {
    /// Our own fault.
    Failed,
    /// It is not an address that we fetch from.
    NotAllowed,
    /// An address outside the public internet, given in figures.
    Private,
    /// No connection: the name does not resolve, or to an address outside the public internet,
    /// or nobody listens there, or answers in time. Which of them is for our log alone: it
    /// would tell which names are known where the portal runs.
    NotReached,
    /// Not encrypted, or by somebody whose certificate cannot be verified.
    NotVerified,
    /// The connection ended early.
    BrokenOff,
    /// It leads elsewhere.
    Redirected,
    /// Any other answer than metadata.
    Status {
        /// HTTP status.
        status: u16,
    },
    /// Larger than any identity provider's metadata.
    TooLarge,
    /// Something else than metadata of one identity provider.
    NotMetadata,
}

impl Unreachable {
    /// How long we wait for metadata, from looking up the name to the last byte.
    pub const SECONDS: u64 = 5;
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
    /// It describes no identity provider.
    NoIdentityProvider,
    /// SAML 1.1 only.
    OlderProtocol,
    /// An application's metadata, perhaps ours.
    ServiceProvider {
        /// Its entity ID.
        entity_id: String,
    },
    /// It describes several identity providers.
    SeveralIdentityProviders {
        /// Their entity IDs, the first few.
        entity_ids: Vec<String>,
    },
}
