//! Metadata: the identity provider's, read; ours, written (SAML metadata 2.0).

mod idp;
mod sp;

pub use idp::{IdpMetadata, METADATA_LIMIT, MetadataError};
pub use sp::{Organization, SpMetadata};
