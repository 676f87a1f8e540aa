//! Accounts of members and of support: sign-up, sign-in, passwords, second factors, addresses
//! and the list of active sessions. New accounts and sessions are layers below
//! (`crate::account_creation`, `crate::account_sessions`).

mod account_enumeration;
pub mod active_sessions;
mod creation_by_operator;
mod credentials;
mod current_account;
mod email_change;
mod email_verification;
pub mod factors;
mod failed_login_notice;
mod first_support_account;
mod mailed_links;
mod passkey_sign_in;
mod password_change;
mod password_reset;
mod password_sign_in;
mod password_strength;
pub mod reauthentication;
pub mod second_factor;
mod sign_out;
mod sign_up;

pub(crate) use account_enumeration::with_minimum_duration;
pub use creation_by_operator::create_account;
pub(crate) use credentials::{check_email, hash_new_credentials};
pub use current_account::current_account;
pub use email_change::{
    confirm_email_change, pending_email_change, request_email_change, undo_email_change, undoable_email_change,
};
pub use email_verification::{address_to_verify, resend_verification, verify_email};
pub use first_support_account::{create_first_support_account, first_support_link, is_first_support_link_valid};
pub use passkey_sign_in::{sign_in_with_passkey, start_passkey_sign_in};
pub use password_change::{change_password, own_email};
pub use password_reset::{is_password_reset_link_valid, request_password_reset, reset_password};
pub use password_sign_in::sign_in;
pub use password_strength::password_strength;
pub use sign_out::sign_out;
pub use sign_up::sign_up;

pub use crate::account_sessions::{NewSession, authenticate_background_request, authenticate_request};
