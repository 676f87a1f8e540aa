//! What was asked of a response, and what each answer was.

use super::{Rejection, SignedParts, VerifiedAssertion};

/// A question that is asked of a response, in the order in which they are asked.
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
    /// `AuthnInstant`, where `ForceAuthn` was asked (core §3.4.1).
    AuthnInstant,
    /// `AuthnContextClassRef`, where classes were asked for (core §3.3.2.2.1).
    AuthnContext,
    /// The attributes can be read (core §2.7.3).
    Attributes,
    /// The second engine finds the same bytes signed, where it is asked.
    SecondOpinion,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// The question.
    pub check: Check,
    /// What the response says, where that is one value; at most 300 characters.
    pub actual: Option<String>,
    /// Why it is refused; `None`: it passed.
    pub failure: Option<Rejection>,
    /// Whether the answer was read from bytes that a signature covers which verified.
    /// Otherwise it is what was received, and proves nothing.
    pub is_proven: bool,
}

impl CheckResult {
    /// Whether the answer was right.
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

/// All that was found out about a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Every answer, in order. After a failed signature the rest is asked all the same, to
    /// tell an administrator all that is wrong; it then proves nothing.
    pub checks: Vec<CheckResult>,
    /// What was signed, where every signature verified and the assertion could be read: also if
    /// another check then failed.
    pub signed_by: Option<SignedBy>,
    /// The assertion, or the first failure.
    pub outcome: Result<VerifiedAssertion, Rejection>,
}
