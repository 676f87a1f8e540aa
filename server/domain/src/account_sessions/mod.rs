//! Sessions of accounts, of members and of support alike. The layer below grants, accounts and
//! invitations: it knows none of them.
//!
//! `session`: a session is created, and gets a new token when its rights change. `request`: which
//! actor makes a request, by its session cookie. `second_factor`: what a session has to know of
//! second factors. `known_devices`: browsers that have signed in to an account before.

pub(crate) mod known_devices;
mod request;
mod second_factor;
mod session;

pub use request::{authenticate_background_request, authenticate_request};
pub(crate) use second_factor::{has_second_factor, second_factor_state};
pub use session::NewSession;
pub(crate) use session::{
    AuthenticationMethod, SessionUpdate, create_session, is_sign_in_allowed, may_have_session, rotate_session_token,
    update_session,
};
