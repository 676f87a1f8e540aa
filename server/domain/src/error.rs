//! Why an operation of the domain did not happen.

use chrono::TimeDelta;
use model::FieldProblem;
use model::team::InvalidTransition;

/// Why an operation did not happen. Nothing was changed in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended: sign in.
    #[error("nobody is signed in, or the session has ended: sign in")]
    SignInNeeded,
    /// The password was right and the second factor is awaited.
    #[error("the password was right: the second factor is needed next")]
    SecondFactorNeeded,
    /// The action needs an account with a second factor, and this one has none.
    #[error("this needs a second factor, and the account has none: set one up first")]
    SecondFactorEnrolmentNeeded,
    /// The action is sensitive and the account has not authenticated lately.
    #[error("this is sensitive: the account must authenticate again first")]
    ReauthenticationNeeded,
    /// A limit is used up.
    #[error("too many requests: try again in {} s", .retry_after.num_seconds())]
    TooManyRequests {
        /// How long to wait.
        retry_after: TimeDelta,
    },
    /// No connection to the database was free in time.
    #[error("the database is busy: try again")]
    Busy,
    /// There is no such thing, or the actor may not know of it: both get the same answer.
    #[error("there is no such thing, or the actor may not see it")]
    NotFound,
    /// Fields were refused, by name; the empty name is the form as a whole.
    #[error("the form was refused ({}): correct it and send it again", names(.0))]
    Invalid(Vec<(String, FieldProblem)>),
    /// Our own fault, or the database's: the log has the cause.
    #[error(transparent)]
    Internal(InternalError),
}

/// The names of the fields that were refused.
fn names(problems: &[(String, FieldProblem)]) -> String {
    let names = problems.iter().map(|(field, _)| if field.is_empty() { "as a whole" } else { field.as_str() });
    names.collect::<Vec<_>>().join(", ")
}

/// What failed inside. Logged with its cause, never shown.
#[derive(Debug, thiserror::Error)]
pub enum InternalError {
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] store::Error),
    /// A background thread panicked or was cancelled.
    #[error("a worker thread failed")]
    Worker(#[from] tokio::task::JoinError),
    /// A password could not be hashed or compared with its hash.
    #[error("a password could not be hashed or verified")]
    Password(#[source] argon2::password_hash::Error),
    /// A mail could not be composed: a `mail::MailError`.
    #[error("a mail could not be composed")]
    Mail(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A stored certificate does not parse.
    #[error("a stored certificate does not parse")]
    Certificate(#[from] saml::certificate::CertificateError),
    /// A key pair of a team could not be generated or used.
    #[error("a key pair of a team could not be generated or used")]
    SpKey(#[from] saml::sp_key::SpKeyError),
    /// A team signs what it sends, and has no key.
    #[error("the team signs what it sends and has no current key")]
    NoKey,
    /// No key signs tokens of this algorithm now.
    #[error("no key signs tokens of this algorithm: portal keys rotate-signing makes one")]
    NoSigningKey,
    /// The client that calls applications could not be made.
    #[error("the client that calls applications could not be made")]
    HttpClient(#[from] reqwest::Error),
    /// A token could not be signed, or its key could not be read.
    #[error("a token could not be signed")]
    Jose(#[from] oidc::jose::JoseError),
    /// An attempt is verified and lacks what goes into a session.
    #[error("a verified attempt has no name identifier or no revision")]
    UnfinishedAttempt,
    /// A sealed value could not be opened, or one could not be sealed.
    #[error("a sealed value could not be opened or sealed")]
    Sealed(#[from] crate::sealed::UnsealError),
    /// A stored message could not be decompressed.
    #[error("a stored message could not be decompressed")]
    Document(#[from] crate::document_encoding::UnreadableDocument),
    /// A message to the identity provider could not be written.
    #[error("a message to the identity provider could not be written")]
    Send(#[from] saml::bindings::SendError),
    /// The seed of an authenticator app could not be used or shown: a `TotpError`.
    #[error("the seed of an authenticator app could not be used")]
    Totp(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The library for Web Authentication failed.
    #[error("a passkey operation failed")]
    Passkey(#[source] Box<webauthn_rs::prelude::WebauthnError>),
    /// A URL could not be built.
    #[error("a URL could not be built")]
    Url(#[from] url::ParseError),
    /// A value could not be written or read as JSON.
    #[error("a value could not be written or read as JSON")]
    Json(#[from] serde_json::Error),
}

impl<E: Into<InternalError>> From<E> for Error {
    fn from(error: E) -> Self {
        match error.into() {
            InternalError::Store(store::Error::Busy) => Self::Busy,
            error => Self::Internal(error),
        }
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

    /// The team's status does not allow this.
    #[must_use]
    pub fn transition(error: InvalidTransition) -> Self {
        Self::form(FieldProblem::WrongStatus { status: error.from })
    }

    /// Logs a failure of ours with its causes, and that the database was too busy. What the actor did wrong is not logged.
    pub fn log(&self) {
        match self {
            Self::Internal(error) => tracing::error!(error = with_causes(error), "request failed"),
            Self::Busy => tracing::warn!("no connection to the database was free in time"),
            _ => {}
        }
    }
}

/// An error and what caused it, on one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_logged_of_a_failure_names_its_cause() {
        let parse = "not a URL".parse::<url::Url>().unwrap_err();
        let error = InternalError::from(parse);
        assert_eq!(with_causes(&error), "a URL could not be built: relative URL without a base");
    }

    #[test]
    fn a_refused_form_names_its_fields_and_not_what_was_typed() {
        let error = Error::Invalid(vec![
            ("email".to_owned(), FieldProblem::NotAnEmail),
            (String::new(), FieldProblem::LinkExpired),
        ]);
        assert_eq!(error.to_string(), "the form was refused (email, as a whole): correct it and send it again");
    }
}
