//! Connections: the set-up of one, its revisions, and what pages see of it.

mod certificate;
mod digest;
mod edit;
mod fetch;
mod idp_metadata;
mod idp_upload;
mod metadata;
mod metadata_url;
mod options;
mod public_address;
mod view;

pub use certificate::{Added, Upload, add_certificates, remove_certificate};
pub(crate) use certificate::{certificate_row, signing_certificates};
pub use digest::Seen;
pub(crate) use digest::{Configuration, DecidesOn, require_seen};
pub(crate) use edit::{Contents, current, new_draft};
pub use edit::{Sessions, confirm_step, discard_draft, make_live, roll_back, save_claims, save_idp};
pub(crate) use fetch::MetadataClient;
pub use idp_metadata::Addresses;
pub use idp_upload::IdpUpload;
pub use metadata::sp_metadata;
pub use metadata_url::{InMetadata, look_in_metadata};
pub use options::{save_email_domains, save_options};
pub use saml::certificate::SigningCertificate;
pub use view::setup;
pub(crate) use view::{connection_view, is_tested, setup_of};
