//! An application, as administrators see it.

use serde::{Deserialize, Serialize};

use super::{ApplicationKind, ApplicationProblem, ApplicationSettings, LogoutProblem};
use crate::Timestamp;
use crate::ids::ApplicationSecretId;

/// A secret, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretView {
    /// Its identifier.
    pub id: ApplicationSecretId,
    /// Its last characters.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Option<Timestamp>,
    /// When the application last used it, to the hour.
    pub last_used_at: Option<Timestamp>,
}

/// What became of a sign-in in an application: the end of its timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationView {
    /// The application's name.
    pub application: String,
    /// When it got a code.
    pub code_issued_at: Timestamp,
    /// When it redeemed the code for tokens.
    pub redeemed_at: Option<Timestamp>,
    /// Since when nothing of it works.
    pub revoked_at: Option<Timestamp>,
    /// Why, or what the code was refused for.
    pub problem: Option<ApplicationProblem>,
}

/// A request that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRequestView {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub problem: ApplicationProblem,
    /// What was expected.
    pub expected: Option<String>,
    /// What came.
    pub actual: Option<String>,
}

/// A logout that the application was told of, or is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogoutView {
    /// When the session ended.
    pub at: Timestamp,
    /// When the application took it.
    pub delivered_at: Option<Timestamp>,
    /// Since when it is not tried any more.
    pub given_up_at: Option<Timestamp>,
    /// How often it was tried.
    pub tries: i32,
    /// Why the last try failed.
    pub last_problem: Option<LogoutProblem>,
}

/// An application, as people see it where they sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationSummary {
    /// Its name.
    pub name: String,
    /// The address of its logo, if it has one.
    pub logo: Option<String>,
}

/// An application, as administrators see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplicationView {
    /// Its client ID.
    pub client_id: String,
    /// Its name.
    pub name: String,
    /// The address of its logo, if it has one.
    pub logo: Option<String>,
    /// What kind of client it is.
    pub kind: ApplicationKind,
    /// The teams that may use it, by slug; every team if there is no list.
    pub teams: Option<Vec<String>>,
    /// What is registered of it.
    pub settings: ApplicationSettings,
    /// Its secrets that work, newest first.
    pub secrets: Vec<SecretView>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Since when it gets no sign-ins.
    pub disabled_at: Option<Timestamp>,
    /// What was refused lately, newest first; empty in lists.
    pub refused_requests: Vec<RefusedRequestView>,
    /// Logouts, newest first; empty in lists.
    pub logouts: Vec<LogoutView>,
}
