//! Teams: how they come into being, their pages, and the way to review and back.

mod creation;
mod export;
mod go_live;
mod import;
mod member_mails;
mod rename;
mod review;
mod team_view;
mod transitions;

pub use creation::create;
pub(crate) use creation::{check_name, insert};
pub use export::{ExportTeam, all, export};
pub(crate) use go_live::go_live;
pub use import::{ImportTeam, ImportedTeam, import};
pub(crate) use member_mails::mail_members;
pub use rename::rename;
pub use review::{submit, withdraw};
pub(crate) use team_view::team_view;
pub(crate) use transitions::{require_allowed, transition};
