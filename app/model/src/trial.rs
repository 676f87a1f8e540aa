//! "Try it": a sign-in for an application that the portal itself carries out as the client, to show an
//! administrator what the application will get and where each part of it comes from.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{Scope, Scopes};

/// The fields of the form that begins a trial. Scopes have those of [`crate::application_form::scope_field`].
pub mod field {
    /// The slug of the team whose people sign in.
    pub const TEAM: &str = "team";
    /// Whether the person is asked to sign in although there is a session.
    pub const PROMPT_LOGIN: &str = "prompt_login";
}

/// What an application gets the browser back with (RFC 6749 §4.1.2, RFC 9207).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialCallback {
    /// The code.
    pub code: Option<String>,
    /// The `state` of the request.
    pub state: Option<String>,
    /// Who answers.
    pub iss: Option<String>,
    /// The error in the place of a code.
    pub error: Option<String>,
    /// What it says.
    pub error_description: Option<String>,
}

/// What an application asks for in a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialChoice {
    /// The team's slug; empty: the person is asked.
    pub team: String,
    /// The scopes.
    pub scopes: Scopes,
    /// Whether the person is asked to sign in although there is a session.
    pub prompt_login: bool,
}

impl TrialChoice {
    /// What a trial begins with: what the application may ask for, without a refresh token, which nobody
    /// here would use.
    #[must_use]
    pub fn usual(registered: &Scopes) -> Self {
        let scopes = registered.clone().without(Scope::OfflineAccess);
        Self { team: String::new(), scopes, prompt_login: false }
    }
}

/// The parameters of a trial's authorization request: pages say what each is for.
pub const PARAMETERS: [&str; 10] = [
    "client_id",
    "response_type",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "organization",
    "prompt",
];

/// The authorization request of a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialRequest {
    /// The application's name.
    pub application: String,
    /// Whether it gets sign-ins.
    pub is_enabled: bool,
    /// What it may ask for.
    pub registered: Scopes,
    /// What it asks for.
    pub choice: TrialChoice,
    /// Where the browser goes: the authorization endpoint, with the parameters.
    pub address: String,
    /// The parameters, in the order in which they are sent.
    pub parameters: Vec<(String, String)>,
}

/// What came of a trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialAnswer {
    /// The application's client ID.
    pub client_id: String,
    /// The application's name.
    pub application: String,
    /// What it would have got.
    pub outcome: TrialOutcome,
}

/// What an application would have got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrialOutcome {
    /// An error (RFC 6749 §4.1.2.1, §5.2).
    Refused {
        /// Its code.
        error: String,
        /// What it says.
        description: String,
    },
    /// Tokens.
    Tokens(Box<TrialTokens>),
}

/// The tokens of a trial, decoded. They are revoked by the time they are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrialTokens {
    /// The team whose person signed in.
    pub team: String,
    /// The reference of the sign-in that the session came from, while it is kept.
    pub reference: Option<String>,
    /// For how many seconds the access token would have worked.
    pub expires_in: u32,
    /// What was granted.
    pub scopes: Scopes,
    /// Whether there was a refresh token.
    pub has_refresh_token: bool,
    /// The ID token.
    pub id_token: Option<DecodedToken>,
    /// The access token, if it is a JWT.
    pub access_token: Option<DecodedToken>,
    /// What the userinfo endpoint says.
    pub userinfo: Vec<DecodedClaim>,
}

/// A signed token, decoded. Its signature was verified by the published keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecodedToken {
    /// What it is signed with.
    pub algorithm: String,
    /// The key's ID.
    pub key_id: Option<String>,
    /// What it says.
    pub claims: Vec<DecodedClaim>,
}

/// A claim of a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecodedClaim {
    /// Its name.
    pub name: String,
    /// Its value: text as it is, anything else as JSON.
    pub value: String,
    /// Where it comes from, if that is known.
    pub origin: Option<ClaimOrigin>,
    /// The SAML attribute that it comes from.
    pub attribute: Option<String>,
}

/// Where a claim of a token comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ClaimOrigin {
    /// The address of this installation.
    Installation,
    /// Made here, and the same for this person at every sign-in.
    Subject,
    /// The same, but another one in each sector.
    PairwiseSubject,
    /// What is registered of the application.
    Application,
    /// When the token was made, and how long it lasts by the application's settings.
    Lifetime,
    /// The authorization request.
    Request,
    /// The `AuthnStatement` of the assertion.
    AuthnStatement,
    /// The person's session here.
    Session,
    /// Made for this token.
    Token,
    /// An attribute of the assertion.
    Attribute,
    /// No attribute that fills it came.
    NoAttribute,
    /// All attributes of the assertion.
    Attributes,
    /// The assertion's name identifier.
    NameId,
    /// First and last name.
    Names,
    /// False until the team has proved its domain.
    NotProved,
    /// The team here.
    Team,
}

coded!(ClaimOrigin);
