//! Signing people out, here and at the identity provider, whoever begins.
//!
//! `leave`: the person signs out here, with what this browser has on its way, and is led to the
//! identity provider's sign-out, which answers. `arrive`: messages that identity providers send to
//! a team's logout address, that answer or a request of their own. `end`: the one way in which
//! sign-ins that were made, or are being made, are ended for a person or a whole team. `remember`:
//! for assertions that come after the logout that they are about. Sessions are rows of the store,
//! so what ends on one replica has ended on all.

mod arrive;
mod end;
mod given_name;
mod leave;
mod remember;
mod team;

pub use arrive::{Arrived, Carrier, MessageKind, PostedMessage, arrive};
pub(crate) use end::{Whose, end, end_in_flight_of_account};
pub(crate) use given_name::GivenName;
pub use leave::{Leaving, Left, leave};
pub(crate) use remember::{Asserted, logout_of};
pub(crate) use team::end_everybodys;
pub(crate) use team::end_of_suspended;
pub use team::{end_team_sessions, team_sessions};

use chrono::TimeDelta;

use crate::{Error, InternalError};

/// How long the identity provider may take to answer.
const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// Why a message was not acted upon. No session was ended.
#[derive(Debug, thiserror::Error)]
pub enum LogoutError {
    /// There is no such team, or it has no identity provider yet.
    #[error("no identity provider is configured here")]
    NotFound,
    /// It is not what the team's identity provider would send now.
    #[error("logout message refused: {0}")]
    Refused(#[from] saml::logout::LogoutError),
    /// It was acted upon before.
    #[error("logout message repeated")]
    Repeated,
    /// While it was verified, another configuration went live, by which it may be none.
    #[error("another configuration went live while the logout message was verified")]
    Overtaken,
    /// Our own fault.
    #[error(transparent)]
    Internal(Error),
}

impl From<Error> for LogoutError {
    fn from(error: Error) -> Self {
        Self::Internal(error)
    }
}

impl From<store::Error> for LogoutError {
    fn from(error: store::Error) -> Self {
        Self::Internal(Error::Internal(InternalError::Store(error)))
    }
}
