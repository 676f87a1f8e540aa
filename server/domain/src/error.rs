//! Why the domain did not do what it was asked.

use chrono::TimeDelta;
use model::FieldProblem;
use model::team::InvalidTransition;

/// Why an operation did not happen. Nothing was changed in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended.
    #[error("sign-in is needed")]
    SignInNeeded,
    /// The password was right; the second factor is still awaited.
    #[error("the second factor is needed")]
    FactorNeeded,
    /// What was asked is only for accounts with a second factor, and this one has none.
    #[error("a second factor must be set up first")]
    EnrolmentNeeded,
    /// What was asked is sensitive: the account's owner must prove again who they are.
    #[error("the account's owner must confirm that it is them")]
    ConfirmationNeeded,
    /// Too many attempts.
    #[error("too many attempts: wait {} s", .retry_after.num_seconds())]
    TooMany {
        /// How long to wait.
        retry_after: TimeDelta,
    },
    /// There is no such thing, or the actor may not know of it: both look the same.
    #[error("there is no such thing, or the actor may not see it")]
    NotFound,
    /// Fields were refused, by name; the empty name is the form as a whole.
    #[error("{} fields were refused", .0.len())]
    Invalid(Vec<(String, FieldProblem)>),
    /// Our own fault, or the database's.
    #[error(transparent)]
    Internal(Internal),
}

/// What went wrong inside. Logged, never shown.
#[derive(Debug, thiserror::Error)]
pub enum Internal {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A background thread panicked or was cancelled.
    #[error("a worker thread failed: {0}")]
    Worker(#[from] tokio::task::JoinError),
    /// A password could not be hashed.
    #[error("password hashing: {0}")]
    Password(argon2::password_hash::Error),
    /// A mail could not be made.
    #[error("mail: {0}")]
    Mail(#[from] crate::mail::MailError),
    /// A stored certificate no longer parses.
    #[error("stored certificate: {0}")]
    Certificate(#[from] saml::certificate::CertificateError),
    /// A key pair of a team could not be made or used.
    #[error("key pair: {0}")]
    SpKey(#[from] saml::sp_key::SpKeyError),
    /// A team signs what it sends, and has no key.
    #[error("the team signs what it sends and has no current key")]
    NoKey,
    /// An attempt is verified and lacks what goes into a session.
    #[error("a verified attempt has no name identifier or no revision")]
    UnfinishedAttempt,
    /// A stored secret could not be opened, or one could not be sealed.
    #[error("sealed secret: {0}")]
    Sealed(#[from] crate::sealed::UnsealError),
    /// What goes to the identity provider could not be made.
    #[error("message to the identity provider: {0}")]
    Send(#[from] saml::redirect::SendError),
    /// An authenticator app's seed could not be used or shown.
    #[error("authenticator app's seed")]
    Totp,
    /// Passkeys do not work.
    #[error("passkey: {0}")]
    Passkey(Box<webauthn_rs::prelude::WebauthnError>),
    /// An address could not be put together.
    #[error("address: {0}")]
    Url(#[from] url::ParseError),
    /// A value could not be written as JSON.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl<E: Into<Internal>> From<E> for Error {
    fn from(error: E) -> Self {
        Self::Internal(error.into())
    }
}

impl Error {
    /// One refused field.
    #[must_use]
    pub fn field(name: &str, problem: FieldProblem) -> Self {
        Self::Invalid(vec![(name.to_owned(), problem)])
    }

    /// The form as a whole was refused.
    #[must_use]
    pub fn form(problem: FieldProblem) -> Self {
        Self::field("", problem)
    }

    /// The team is elsewhere in its life than this needs.
    #[must_use]
    pub fn transition(error: InvalidTransition) -> Self {
        Self::form(FieldProblem::WrongStatus { status: error.from })
    }

    /// Logs what went wrong inside; what the actor did wrong is no news.
    pub fn log(&self) {
        if let Self::Internal(error) = self {
            tracing::error!(error = %error, "request failed");
        }
    }
}
