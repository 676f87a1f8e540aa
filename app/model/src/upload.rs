//! What is said of an upload beside what was used of it, and why metadata cannot be used.

use serde::{Deserialize, Serialize};

use crate::{FieldProblem, Timestamp};

/// Something in an upload that was not used, or is worth a look, while the rest was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum UploadNote {
    /// One certificate of several.
    #[error("{} was left out. {why}", name(*position, subject.as_deref()))]
    CertificateLeftOut {
        /// Where it stood in the file, counted from 1, if that is known.
        position: Option<usize>,
        /// Its subject, if it could be read.
        subject: Option<String>,
        /// Why.
        why: FieldProblem,
    },
    /// Identifier and Login URL in metadata.
    #[error("The addresses in the metadata were left out. {why}")]
    AddressesLeftOut {
        /// Why.
        why: FieldProblem,
    },
    /// The Logout URL in metadata.
    #[error("The Logout URL in the metadata was left out. {why}")]
    LogoutLeftOut {
        /// Why.
        why: FieldProblem,
    },
    /// Metadata whose time is over.
    #[error(
        "The metadata was valid until {} only. Check that these are still the certificates and addresses in use, or download it again",
        valid_until.format("%-d %B %Y")
    )]
    MetadataOutdated {
        /// When it ended.
        valid_until: Timestamp,
    },
}

fn name(position: Option<usize>, subject: Option<&str>) -> String {
    let position = position.map(|position| format!(" {position}")).unwrap_or_default();
    let subject = subject.filter(|subject| !subject.is_empty()).map(|subject| format!(" ({subject})"));
    format!("Certificate{position}{}", subject.unwrap_or_default())
}

/// Why metadata cannot be used. What it quotes came with the metadata and is cut to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum MetadataProblem {
    /// In an encoding that is not read.
    #[error("This metadata is saved in an encoding that we do not read. Save it as UTF-8, or download it again")]
    Encoding,
    /// Cut off, or changed by hand.
    #[error("This metadata is no well-formed XML ({detail}): it may be cut off or changed. Download it again")]
    NotWellFormed {
        /// What the parser says.
        detail: String,
    },
    /// With a construct that is never read.
    #[error("This metadata holds {what}, which we do not read. Take that out, or download it again")]
    Construct {
        /// Which.
        what: String,
    },
    /// XML of another kind.
    #[error(
        "This is XML, but no SAML 2.0 metadata. Download Federation Metadata XML from your application's Single sign-on page"
    )]
    NotMetadata,
    /// Nobody who signs people in.
    #[error(
        "This metadata describes no identity provider. Download Federation Metadata XML from your application's Single sign-on page"
    )]
    NoIdentityProvider,
    /// SAML 1.1 only.
    #[error(
        "This metadata describes an identity provider, but none that speaks SAML 2.0. Turn SAML 2.0 on there, and download it again"
    )]
    OlderProtocol,
    /// An application's metadata, perhaps ours.
    #[error(
        "This is the metadata of a service provider, {entity_id}: an application that people sign in to, as this one is. We need the metadata of the identity provider, such as Entra's Federation Metadata XML"
    )]
    ServiceProvider {
        /// Its entity ID.
        entity_id: String,
    },
    /// Which of them is meant?
    #[error("This metadata describes several identity providers: {}. Bring the metadata of the one that your people sign in with", entity_ids.join(", "))]
    SeveralIdentityProviders {
        /// Their entity IDs, the first few.
        entity_ids: Vec<String>,
    },
}
