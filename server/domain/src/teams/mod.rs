//! Teams: how they come into being, what pages show of one, and how it gets from one state to the next.
//! Sending one to review and taking it back is in [`crate::review_submission`], what support decides in
//! [`crate::team_review`].

mod creation;
mod export;
mod go_live;
mod import;
mod member_mails;
mod rename;
mod team_view;
mod transitions;

pub use creation::create;
pub(crate) use creation::{check_name, insert};
pub use export::{ExportTeam, all, export};
pub(crate) use go_live::go_live;
pub use import::{ImportTeam, ImportedTeam, import};
pub(crate) use member_mails::mail_members;
pub use rename::rename;
pub(crate) use team_view::team_view;
pub(crate) use transitions::{change_status, require_allowed, transition};
