//! The checks of a response, and their results.

use super::rejection::Rejection;

/// A check of a response, in the order in which they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// The identity provider says that it signed somebody in (core §3.2.2.1).
    Status,
    /// The assertion could be decrypted (core §2.3.4).
    Decryption,
    /// A certificate of the tenant's verifies every signature (core §5).
    Signature,
    /// `Version` of the response (core §3.2.2).
    ResponseVersion,
    /// `Issuer` of the response (profiles §4.1.4.2).
    ResponseIssuer,
    /// `Destination` (bindings §3.5.5.2).
    Destination,
    /// `InResponseTo` of the response (profiles §4.1.4.3).
    ResponseInResponseTo,
    /// `IssueInstant` of the response.
    ResponseIssueInstant,
    /// `Version` of the assertion (core §2.3.3).
    Version,
    /// `IssueInstant` of the assertion.
    IssueInstant,
    /// `Issuer` of the assertion.
    Issuer,
    /// `NameID` (core §2.2.3).
    NameId,
    /// A bearer confirmation (profiles §4.1.4.2).
    BearerConfirmation,
    /// Its `Recipient`.
    Recipient,
    /// Its `InResponseTo`.
    InResponseTo,
    /// Its `NotBefore`, which the profile does not know, and `NotOnOrAfter`.
    ConfirmationTime,
    /// `NotBefore` and `NotOnOrAfter` of the conditions (core §2.5.1.2).
    ConditionsTime,
    /// The audience restrictions (core §2.5.1.4).
    Audience,
    /// No condition that we do not know (core §2.5.1).
    OtherConditions,
    /// An `AuthnStatement` whose session is not over (core §2.7.2).
    Session,
    /// `AuthnInstant`, where `ForceAuthn` was requested (core §3.4.1).
    AuthnInstant,
    /// `AuthnContextClassRef`, where classes were requested (core §3.3.2.2.1).
    AuthnContext,
    /// The attributes can be read (core §2.7.3).
    Attributes,
    /// The second signature engine finds the same bytes signed, where it is used.
    SecondOpinion,
}

/// What a response says, as a check reads it. Each text has at most 300 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckedValue {
    /// One value.
    Text(String),
    /// How long something is valid.
    Validity {
        /// From when on, if it says so.
        not_before: Option<String>,
        /// Until when, if it says so.
        not_on_or_after: Option<String>,
    },
}

/// The result of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// The check.
    pub check: Check,
    /// What the response says, where that can be quoted.
    pub actual: Option<CheckedValue>,
    /// Why it is rejected; `None`: it passed.
    pub failure: Option<Rejection>,
    /// Whether the value was read from bytes that a verified signature covers. Otherwise anybody
    /// can have written it.
    pub is_verified: bool,
}

impl CheckResult {
    /// Whether the check passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failure.is_none()
    }
}

/// What verified signatures cover, and whose they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedBy {
    /// Which parts.
    pub parts: SignedParts,
    /// SHA-256 of the certificate that verified, in upper-case hexadecimal.
    pub certificate_thumbprint_sha256: String,
}

/// What the identity provider signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedParts {
    /// The assertion, as Entra does by default.
    Assertion,
    /// The response around it.
    Response,
    /// Both.
    Both,
}
