//! Connections: the set-up of one, its revisions, and what pages see of it.

mod certificates;
mod claim_mapping;
mod decision_digest;
mod draft_edit;
mod go_live;
mod idp_endpoints;
mod idp_settings;
mod idp_upload;
mod metadata_client;
mod metadata_lookup;
mod metadata_url;
mod public_address;
mod revision_contents;
mod revision_view;
mod setup_steps;
mod setup_view;
mod sign_in_options;
mod sp_metadata;

pub use certificates::{UploadResult, add_certificates, remove_certificate};
pub(crate) use certificates::{certificate_row, signing_certificates};
pub use claim_mapping::save_claims;
pub use decision_digest::ExpectedDigest;
pub(crate) use decision_digest::{DecisionSubject, TeamConfiguration, require_unchanged};
pub use go_live::{SessionPolicy, discard_draft, make_live, roll_back};
pub use idp_endpoints::EndpointsOutcome;
pub use idp_settings::save_idp;
pub use idp_upload::{IdpUpload, RawUpload};
pub(crate) use metadata_client::MetadataClient;
pub use metadata_lookup::{MetadataLookup, find_certificate_in_metadata};
pub(crate) use revision_contents::{RevisionContents, new_draft, shown_revision};
pub use saml::certificate::SigningCertificate;
pub use setup_steps::confirm_step;
pub use setup_view::setup;
pub(crate) use setup_view::{is_tested, setup_of};
pub use sign_in_options::{save_email_domains, save_options};
pub use sp_metadata::sp_metadata;
