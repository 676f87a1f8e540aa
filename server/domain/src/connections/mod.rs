//! Connections: what is done to one while it is set up and later, up to going live and back. What a
//! revision holds is in `crate::revisions`, what the set-up pages show in [`crate::setup_view`].

mod certificates;
mod claim_mapping;
mod draft_edit;
mod go_live;
mod identity_provider;
mod idp_endpoints;
mod idp_settings;
mod idp_upload;
mod login_url_check;
mod metadata_lookup;
mod metadata_url;
mod setup_steps;
mod sign_in_options;
mod sp_metadata;

pub use certificates::{UploadResult, add_certificates, remove_certificate};
pub use claim_mapping::save_claims;
pub(crate) use claim_mapping::save_email_claim;
pub use go_live::{SessionPolicy, discard_draft, make_live, roll_back};
pub use identity_provider::save_identity_provider;
pub use idp_endpoints::EndpointsOutcome;
pub(crate) use idp_settings::save_issuer;
pub use idp_settings::{TypedAddresses, save_idp};
pub use idp_upload::{IdpUpload, RawUpload};
pub use login_url_check::check_login_url;
pub use metadata_lookup::{MetadataLookup, find_certificate_in_metadata};
pub use saml::certificate::SigningCertificate;
pub use setup_steps::confirm_step;
pub use sign_in_options::{save_email_domains, save_options};
pub use sp_metadata::sp_metadata;
