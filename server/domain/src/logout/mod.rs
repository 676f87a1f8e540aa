//! Single logout, SP-initiated and IdP-initiated.
//!
//! `start_logout`: the person signs out here, open attempts of this browser included, and goes on
//! to the identity provider with a `LogoutRequest`. `receive_logout`: messages that come to a team's
//! logout address: the `LogoutResponse` to that request, or a `LogoutRequest` of the identity
//! provider's. `end_sessions`: the one way in which sessions and open attempts of a person or a
//! whole team are ended. `logout_events`: what our own request and its answer leave on the report of the
//! sign-in. What a sign-in asks of earlier logouts is a layer below (`crate::remembered_logouts`): an
//! assertion may arrive after the logout that covers it. Sessions are rows of the store, so what ends on
//! one replica has ended on all.

mod end_sessions;
mod logout_events;
mod receive_logout;
mod start_logout;
mod team_sessions;

pub(crate) use end_sessions::{SessionsOf, end_open_attempts_of_account, end_person_session, end_sessions};
pub(crate) use logout_events::mark_unanswered;
pub use receive_logout::{Binding, LogoutOutcome, MessageKind, PostedMessage, receive_logout_message};
pub use start_logout::{LogoutNext, StartedLogout, start_logout};
pub(crate) use team_sessions::{end_access_of_suspended_team, end_all_sessions_of_team};
pub use team_sessions::{end_team_sessions, team_sessions};

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
    Refused(#[from] saml::logout::LogoutRejection),
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
