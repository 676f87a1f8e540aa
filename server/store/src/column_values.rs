//! What columns hold as codes that only the store writes.

use strum::{EnumString, IntoStaticStr};

/// Where an attempt is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum AttemptStatus {
    /// Went to the identity provider, has not returned.
    Open,
    /// Every check passed; the browser has not come for its session yet.
    Verified,
    /// A session began, or a test passed.
    Succeeded,
    /// A check failed.
    Failed,
}

impl AttemptStatus {
    /// Its code, to filter by.
    pub(crate) fn code(self) -> &'static str {
        self.into()
    }
}

/// Who began an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum InitiatedBy {
    /// The portal, with a request.
    Sp,
    /// The identity provider, with an unsolicited response.
    Idp,
    /// Nobody that is known: the response belongs to no open attempt.
    Unmatched,
}

/// Up to where an attempt had come when something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum AttemptStage {
    /// It began, and its browser left for the identity provider.
    Start,
    /// A response came.
    Response,
    /// What became of it after that, or at once.
    End,
}

/// Which document of an attempt it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum DocumentKind {
    /// The request that was sent.
    Request,
    /// The response that came.
    Response,
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum TokenPurpose {
    /// Proves the address of a sign-up.
    VerifyEmail,
    /// Leads to a new password.
    ResetPassword,
    /// Changes an account's address; mailed to the new one.
    ConfirmEmailChange,
    /// Takes that back; mailed to the old one.
    UndoEmailChange,
    /// Accepts an invitation, or an onboarding link.
    AcceptInvitation,
    /// Creates the first support account.
    CreateFirstSupport,
}

impl TokenPurpose {
    pub(crate) fn code(self) -> &'static str {
        self.into()
    }
}

/// What a challenge to a passkey is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum CeremonyPurpose {
    /// To register it.
    Register,
    /// To sign in by it alone.
    SignIn,
    /// To prove a second factor.
    SecondFactor,
    /// To prove again, before a sensitive action.
    Reauthenticate,
}

/// What is throttled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ThrottledAction {
    /// A password, to sign in.
    SignIn,
    /// A password or factor, to reauthenticate before a sensitive action.
    #[strum(serialize = "confirm")]
    Reauthenticate,
    /// A code of a second factor, or a recovery code.
    SecondFactor,
    /// A mailed link, or what is typed with it.
    Link,
    /// Mail to an address that somebody typed: sign-up, forgotten password.
    Mail,
    /// Mail that a signed-in account causes: invitations, links.
    Invitation,
    /// A challenge for a passkey, asked for by nobody in particular.
    Challenge,
    /// A password that is being chosen, to say how guessable it is.
    Estimate,
    /// Metadata that we fetch from somebody else's server.
    Metadata,
    /// A team that somebody creates.
    Team,
}

impl ThrottledAction {
    pub(crate) fn code(self) -> &'static str {
        self.into()
    }
}
