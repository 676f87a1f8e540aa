//! The one mapping from the domain's errors to HTTP and to words: for server functions, for
//! pages and for all other handlers.

use chrono::TimeDelta;
use http::StatusCode;
use messages::{Text as _, text};
use model::{FieldProblem, FormState};

use crate::error::ApiError;
use crate::routes;

/// When to come back if the database was too busy.
pub const BUSY_SECONDS: u64 = 5;

impl From<domain::Error> for ApiError {
    /// What the caller may know of an error. What went wrong inside is logged here, once.
    fn from(error: domain::Error) -> Self {
        error.log();
        match error {
            domain::Error::SignInNeeded => Self::SignInNeeded,
            domain::Error::SecondFactorNeeded => Self::SecondFactorNeeded,
            domain::Error::SecondFactorEnrolmentNeeded => Self::SecondFactorEnrolmentNeeded,
            domain::Error::ReauthenticationNeeded => Self::ReauthenticationNeeded,
            domain::Error::TooManyRequests { retry_after } => {
                Self::TooManyRequests { seconds: whole_seconds(retry_after) }
            }
            domain::Error::Busy => Self::Busy { seconds: BUSY_SECONDS },
            domain::Error::NotFound => Self::NotFound,
            domain::Error::Invalid(problems) => Self::InvalidForm(FormState { problems, ..FormState::default() }),
            domain::Error::Internal(_) => Self::Internal,
        }
    }
}

impl ApiError {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::SignInNeeded | Self::SecondFactorNeeded => StatusCode::UNAUTHORIZED,
            Self::SecondFactorEnrolmentNeeded | Self::ReauthenticationNeeded => StatusCode::FORBIDDEN,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::InvalidForm(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// When to come back, in seconds: the value of `Retry-After`.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests { seconds } | Self::Busy { seconds } => Some(*seconds),
            _ => None,
        }
    }

    /// The page where the browser first does what is missing (sign in, give a second factor,
    /// set one up, re-authenticate), and which then leads back to `return_to`.
    #[must_use]
    pub fn prerequisite_page(&self, return_to: Option<&str>) -> Option<String> {
        match self {
            Self::SignInNeeded => Some(routes::login(return_to)),
            Self::SecondFactorNeeded => Some(routes::second_factor(return_to)),
            Self::SecondFactorEnrolmentNeeded => Some(routes::SECURITY.to_owned()),
            Self::ReauthenticationNeeded => Some(routes::reauthenticate(return_to)),
            Self::TooManyRequests { .. }
            | Self::Busy { .. }
            | Self::NotFound
            | Self::InvalidForm(_)
            | Self::BadRequest
            | Self::Internal => None,
        }
    }

    /// The heading of the page that is shown instead.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::SignInNeeded | Self::SecondFactorNeeded => text!("error-sign-in-title"),
            Self::SecondFactorEnrolmentNeeded => text!("error-enrolment-title"),
            Self::ReauthenticationNeeded => text!("error-reauthentication-title"),
            Self::TooManyRequests { .. } => text!("error-too-many-title"),
            Self::Busy { .. } => text!("error-unavailable-title"),
            Self::NotFound => text!("error-not-found-title"),
            Self::InvalidForm(_) => text!("error-invalid-form-title"),
            Self::BadRequest => text!("error-bad-request-title"),
            Self::Internal => text!("error-internal-title"),
        }
    }

    /// What happened, and what to do about it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::SignInNeeded => text!("error-sign-in-text"),
            Self::SecondFactorNeeded => text!("error-second-factor-text"),
            Self::SecondFactorEnrolmentNeeded => text!("error-enrolment-text"),
            Self::ReauthenticationNeeded => text!("error-reauthentication-text"),
            Self::TooManyRequests { seconds } => {
                let wait = FieldProblem::TooManyAttempts { seconds: *seconds }.text();
                text!("error-too-many-text", wait = wait)
            }
            Self::Busy { .. } => text!("error-unavailable-text"),
            Self::NotFound => text!("error-not-found-text"),
            Self::InvalidForm(_) => text!("error-invalid-form-text"),
            Self::BadRequest => text!("error-bad-request-text"),
            Self::Internal => text!("error-internal-text"),
        }
    }
}

/// A wait as `Retry-After` says it: never too short.
#[must_use]
pub fn whole_seconds(wait: TimeDelta) -> u64 {
    u64::try_from(wait.num_seconds()).unwrap_or_default().saturating_add(1)
}
