//! What the product does.
//!
//! Functions take [`Services`] and, where there is one, an [`Actor`]: each begins by checking
//! that the actor may do this ([`policy`]), does its work in one transaction with its audit event
//! and its mails, and returns a view type of `model`. No HTTP and no Leptos here.
//!
//! Rights are layered, and each layer knows only those below: `account_sessions`, `vendor_roles`
//! and `grants`; then [`accounts`]; then [`invitations`]; then [`members`], [`onboarding`],
//! [`support_accounts`] and [`vendor_team`]; then [`team_review`].
//!
//! No two modules here ask each other, straight or around. From the ground up: [`Error`]; [`Services`] with
//! what it holds; `revisions` of connections, what is decided on them ([`decision_digest`]), [`sp_keys`];
//! [`sign_in`]; [`logout`]; [`accounts`], [`openid`] and [`teams`]; [`connections`]; [`attempts`];
//! [`setup_view`]; [`review_submission`].

mod account_creation;
mod account_sessions;
pub mod accounts;
mod actor;
pub mod applications;
pub mod attempts;
pub mod audit;
mod cache;
mod cached;
pub mod clock;
pub mod connections;
pub mod cookies;
pub mod decision_digest;
pub mod demo_data;
mod diagnostics;
mod document_encoding;
mod error;
pub mod form_state;
mod grants;
pub mod image_type;
pub mod invitations;
pub mod key_rotation;
mod list_filters;
pub mod logout;
pub mod mail;
pub mod members;
mod metadata_client;
mod name_id;
pub mod onboarding;
pub mod openid;
mod password_hashing;
pub mod people;
pub mod policy;
mod published_keys;
mod remembered_logouts;
mod retry_backoff;
pub mod review_assignment;
mod review_checklist;
pub mod review_submission;
pub mod review_thread;
mod revisions;
pub mod row_budget;
pub mod sealed;
mod services;
pub mod settings;
pub mod setup_view;
pub mod sign_in;
pub mod sign_in_days;
pub mod sign_on_mail;
pub mod signing_keys;
pub mod sp_keys;
mod subject_identifiers;
pub mod support_accounts;
mod support_notices;
pub mod support_overview;
pub mod sweep;
pub mod team_bulk;
pub mod team_list;
pub mod team_notes;
pub mod team_review;
pub mod teams;
mod text_fields;
mod throttle_counts;
pub mod throttling;
mod token;
mod unknown_slugs;
pub mod urls;
pub mod user_agent;
mod vendor_roles;
pub mod vendor_team;
pub mod viewed_team;

pub use actor::{AccountActor, Actor, ClientInfo, Identity, SecondFactorState, TeamInView};
pub use error::{Error, InternalError};
pub use policy::Action;
pub use saml::decode_text;
pub use services::Services;
pub use settings::Settings;
pub use store::{Db, DbOptions};
pub use token::Token;
