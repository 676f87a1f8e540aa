//! What the product does.
//!
//! Functions take [`Services`] and, where somebody asks, an [`Actor`]: each begins by asking
//! [`Actor`] whether that actor may, does its work in one transaction with its audit event
//! and its mails, and answers with a view type of `model`. No HTTP and no Leptos here.

pub mod accounts;
mod actor;
pub mod attempts;
pub mod audit;
mod cache;
pub mod clock;
pub mod connections;
pub mod cookies;
pub mod device;
mod error;
mod filters;
pub mod forms;
mod grants;
pub mod invitations;
pub mod key_rotation;
pub mod logout;
pub mod mail;
pub mod members;
pub mod onboarding;
pub mod policy;
pub mod row_budget;
pub mod sealed;
mod services;
pub mod settings;
pub mod sign_in;
pub mod sp_keys;
pub mod staff;
pub mod support;
pub mod sweep;
pub mod teams;
pub mod throttling;
mod token;
pub mod urls;
pub mod vendor_team;

pub use actor::{AccountActor, Actor, Factor, Origin, Who};
pub use error::{Error, Internal};
pub use policy::Action;
pub use saml::decode_text;
pub use services::Services;
pub use settings::Settings;
pub use store::Db;
pub use token::Token;
