//! Server functions: what our pages load and submit.
//!
//! Each is about three lines: read the request, call the domain (which decides whether the
//! actor may), answer. They are public HTTP endpoints under `/api/`, so their addresses are
//! named, none changes anything by GET, and all that is returned is a view type.
//!
//! Forms post to them without scripts, so only [`password`], which an island calls, is part
//! of the browser half.
#![expect(missing_docs, reason = "#[server] makes a public field of each argument; its function says what it is")]

#[cfg(feature = "ssr")]
pub mod accounts;
#[cfg(feature = "ssr")]
mod answer;
#[cfg(feature = "ssr")]
pub mod applications;
#[cfg(feature = "ssr")]
pub mod attempts;
#[cfg(feature = "ssr")]
pub mod audit;
#[cfg(feature = "ssr")]
pub mod dead_letters;
#[cfg(feature = "ssr")]
pub mod email_change;
#[cfg(feature = "ssr")]
pub mod factors;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod idp_error;
#[cfg(feature = "ssr")]
pub mod invitations;
#[cfg(feature = "ssr")]
pub mod keys;
#[cfg(feature = "ssr")]
pub mod members;
#[cfg(feature = "ssr")]
pub mod onboarding;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
pub mod passkeys;
pub mod password;
#[cfg(feature = "ssr")]
pub mod people;
#[cfg(feature = "ssr")]
pub mod reauthentication;
#[cfg(feature = "ssr")]
mod request;
#[cfg(feature = "ssr")]
pub mod reviews;
#[cfg(feature = "ssr")]
pub mod second_factor;
#[cfg(feature = "ssr")]
pub mod sessions;
#[cfg(feature = "ssr")]
pub mod setup;
#[cfg(feature = "ssr")]
pub mod support;
#[cfg(feature = "ssr")]
pub mod support_accounts;
#[cfg(feature = "ssr")]
pub mod team_notes;
#[cfg(feature = "ssr")]
pub mod teams;
#[cfg(feature = "ssr")]
pub mod vendor_team;
#[cfg(feature = "ssr")]
pub mod viewed_team;

#[cfg(feature = "ssr")]
pub(crate) use page::{go_to, mail_folder, not_found, now, redirect_to_prerequisite, sign_up_is_open};
