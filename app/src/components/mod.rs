//! What several pages use.

pub mod account_actions;
pub mod attempt;
pub mod attempts_table;
pub mod blade;
pub mod choice;
pub mod claims;
pub mod code_field;
pub mod connection;
pub mod copy;
pub mod decision;
pub mod done;
pub mod filter;
pub mod finding;
#[cfg(test)]
mod fixture;
pub mod form;
pub mod idp_error;
pub mod invitations;
pub mod invite_form;
pub mod layout;
pub mod live;
pub mod load;
pub mod logo;
pub mod mailed_link;
pub mod notice;
pub mod passkey;
pub mod password;
pub mod password_field;
pub mod policy;
pub mod remediation;
pub mod rich_text;
pub mod script;
pub mod status;
pub mod switcher;
pub mod time;
pub mod timeline;
pub mod usual_stops;
