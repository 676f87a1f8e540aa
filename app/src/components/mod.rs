//! What several pages use.

pub mod attempt;
pub mod blade;
pub mod choice;
pub mod connection;
pub mod copy;
pub mod done;
pub mod form;
pub mod invitations;
pub mod layout;
pub mod load;
pub mod passkey;
#[cfg(feature = "ssr")]
pub mod policy;
pub mod status;
pub mod switcher;
pub mod time;
