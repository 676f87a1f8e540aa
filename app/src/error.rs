//! What a server function may answer with instead of its result: a closed set, whose
//! words are ours. What went wrong inside is logged on the server and stays there.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::FormState;
use serde::{Deserialize, Serialize};

/// Why a server function did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// Nobody is signed in, or the session has ended.
    #[error("Sign in to see this page")]
    SignInNeeded,
    /// The second factor is awaited.
    #[error("Enter your second factor to see this page")]
    SecondFactorNeeded,
    /// Only for accounts with a second factor.
    #[error("Set up a second factor to see this page")]
    SecondFactorEnrolmentNeeded,
    /// Sensitive: the account's owner must prove again who they are.
    #[error("Confirm that it is you to go on")]
    ReauthenticationNeeded,
    /// Too many attempts.
    #[error("Too many attempts. Wait {seconds} seconds and try again")]
    TooManyRequests {
        /// How long to wait.
        seconds: u64,
    },
    /// More is asked of the database than it takes; nothing was done.
    #[error("Too much is going on. Wait a moment and try again")]
    Busy {
        /// How long to wait.
        seconds: u64,
    },
    /// There is no such thing, or it belongs to somebody else: both look the same.
    #[error("There is nothing here, or it is not yours to see")]
    NotFound,
    /// The form was refused: what was typed, with a problem at each field.
    #[error("Some fields need another look")]
    InvalidForm(FormState),
    /// The request was not one that our pages make.
    #[error("The request could not be read")]
    BadRequest,
    /// Our own fault.
    #[error("Something failed on our side. Try again")]
    Internal,
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::BadRequest
            }
            _ => Self::Internal,
        }
    }
}
