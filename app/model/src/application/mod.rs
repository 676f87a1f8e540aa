//! The vendor's applications, which receive sign-ins by OpenID Connect: what is registered of each, and what
//! administrators see of it.

mod logout_problem;
mod problem;
mod redirect_uri;
mod scopes;
mod settings;
mod views;

pub use logout_problem::{LogoutProblem, UnknownLogoutProblem};
pub use problem::ApplicationProblem;
pub use redirect_uri::{InvalidRedirectUri, RedirectUri};
pub use scopes::{Scope, Scopes};
pub use settings::{AccessTokenFormat, ApplicationKind, ApplicationSettings, SigningAlgorithm};
pub use views::{ApplicationSummary, ApplicationView, AuthorizationView, LogoutView, RefusedRequestView, SecretView};
