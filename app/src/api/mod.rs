//! Server functions: what our pages load and submit.
//!
//! Each is about three lines: read the request, call the domain (which decides whether the
//! actor may), answer. They are public HTTP endpoints under `/api/`, so their addresses are
//! named, none changes anything by GET, and all that is returned is a view type.
#![expect(missing_docs, reason = "#[server] makes a public field of each argument; its function says what it is")]

pub mod accounts;
#[cfg(feature = "ssr")]
mod answer;
pub mod attempts;
pub mod audit;
pub mod credentials;
pub mod entra_error;
pub mod factors;
pub mod forms;
pub mod invitations;
pub mod keys;
pub mod mail;
pub mod members;
pub mod onboarding;
#[cfg(feature = "ssr")]
mod page;
pub mod passkeys;
pub mod prove;
#[cfg(feature = "ssr")]
mod request;
pub mod sessions;
pub mod setup;
pub mod staff;
pub mod support;
pub mod teams;
pub mod vendor_team;

#[cfg(feature = "ssr")]
pub(crate) use page::{go_to, mail_folder, not_found, now, sign_up_is_open, to_what_is_needed};
