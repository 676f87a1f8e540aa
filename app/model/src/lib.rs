//! The words of the product as types, shared by browser and server.
//!
//! Nothing here does I/O, reads a clock or holds a secret: whatever is in this crate may
//! be sent to a browser. Checks that both sides need (a slug, an address, what kind of
//! file a certificate upload is) live here once.

#[macro_use]
mod codes;
#[macro_use]
pub mod list_filter;

pub mod account;
pub mod application;
pub mod application_form;
pub mod attempts;
pub mod audit;
pub mod brand;
pub mod certificate;
pub mod connection;
pub mod diagnostic;
pub mod email;
pub mod entra;
pub mod field_problem;
pub mod finding_value;
pub mod findings;
pub mod form_state;
pub mod host;
pub mod identity_provider;
pub mod idp_settings_check;
pub mod ids;
pub mod login_url;
pub mod members;
pub mod metadata_problem;
pub mod metadata_url;
pub mod notice;
pub mod options;
pub mod pasted_text;
pub mod paths;
pub mod people;
pub mod revision;
pub mod security;
pub mod sent_request;
pub mod setup;
pub mod setup_step;
pub mod sign_in;
pub mod slug;
pub mod sp_key;
pub mod support;
pub mod team;
pub mod team_statistics;
pub mod trial;
pub mod upload;

pub use account::{AccountView, SupportRole};
pub use application::{
    AccessTokenFormat, ApplicationKind, ApplicationProblem, ApplicationSettings, RedirectUri, Scope, Scopes,
    SigningAlgorithm,
};
pub use attempts::{AttemptOutcome, AttemptReport, AttemptSummary, EventKind};
pub use audit::{AuditAction, AuditEntry};
pub use brand::Brand;
pub use certificate::{CertificateKind, CertificateUse, CertificateView};
pub use connection::{ClaimMapping, ConnectionView, Endpoints, IdpSettings, RevisionState};
pub use diagnostic::Diagnostic;
pub use email::{EmailAddress, EmailDomains};
pub use field_problem::FieldProblem;
pub use finding_value::{FindingValue, NamedCertificate, ProfileChange};
pub use findings::{FindingCode, Verdict};
pub use form_state::FormState;
pub use identity_provider::IdentityProvider;
pub use metadata_problem::{MetadataProblem, Unreachable};
pub use notice::{Notice, NoticeKind};
pub use options::{SignInOptions, SsoBinding};
pub use revision::{Digests, PartChange, RevisionPart};
pub use security::{FactorChoice, PasskeyView, QrView, RequiredBy, SecurityView, SessionView, TotpSetupView, TotpView};
pub use sent_request::SentRequest;
pub use setup::SetupView;
pub use setup_step::{SetupStep, StepState};
pub use sign_in::{Claim, PersonView, Reference};
pub use slug::TeamSlug;
pub use sp_key::{SpKeyState, SpKeyView};
pub use team::{Role, TeamLink, TeamName, TeamStatus, TeamView};
pub use team_statistics::TeamStatistics;
pub use upload::UploadNote;

/// A moment in UTC, as every view carries it. Pages show it in the viewer's zone.
pub type Timestamp = chrono::DateTime<chrono::Utc>;
