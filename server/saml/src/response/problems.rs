//! What is wrong with single parts of a message: a date, the name identifier, a confirmation.

use std::fmt;

use strum::{EnumIter, IntoStaticStr};

use crate::error_code::ErrorCode;

/// What a date limits or says. The code is that of a date that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "malformed_time_")]
pub enum TimedPart {
    /// The conditions of the assertion (core §2.5.1.2).
    Assertion,
    /// The subject confirmation data (core §2.4.1.2).
    BearerConfirmation,
    /// The session at the identity provider (core §2.7.2).
    IdpSession,
    /// When the person authenticated (core §2.7.2).
    Authentication,
    /// When the response was issued.
    ResponseIssueInstant,
    /// When the assertion was issued.
    AssertionIssueInstant,
}

impl fmt::Display for TimedPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Assertion => "the assertion",
            Self::BearerConfirmation => "the bearer confirmation",
            Self::IdpSession => "the session at the identity provider",
            Self::Authentication => "the authentication",
            Self::ResponseIssueInstant => "the response's IssueInstant",
            Self::AssertionIssueInstant => "the assertion's IssueInstant",
        })
    }
}

/// Why a name identifier cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "name_id_")]
pub enum NameIdError {
    /// Longer than any (core §8.3.7).
    #[error("is longer than 256 bytes")]
    TooLong,
    /// With characters that are not shown.
    #[error("has control characters in it")]
    ControlCharacters,
    /// Of a format that is longer than any URI.
    #[error("has a format longer than 1,024 bytes")]
    FormatTooLong,
    /// Of a format that is no absolute URI (core §1.3.2).
    #[error("has a format that is no absolute URI")]
    FormatNotUri,
    /// With a qualifier that is longer than any entity ID (core §8.3.6).
    #[error("has a qualifier longer than 1,024 bytes")]
    QualifierTooLong,
}

/// Why no bearer confirmation can be used (profiles §4.1.4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "confirmation_")]
pub enum ConfirmationError {
    /// None is by bearer.
    #[error("no SubjectConfirmation is by bearer")]
    NotBearer,
    /// It says nothing of what it is good for.
    #[error("the bearer confirmation has no SubjectConfirmationData")]
    NoData,
    /// It has no end.
    #[error("the bearer confirmation has no NotOnOrAfter")]
    NoEnd,
}

/// What failed in this service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "fault_")]
pub enum InternalFault {
    /// A node that the gate saw is not in its tree.
    #[error("a node went missing")]
    LostNode,
    /// An encrypted assertion that the gate saw is not in its text.
    #[error("the encrypted assertion went missing")]
    LostEncryptedAssertion,
    /// All checks passed, and one of them has no value.
    #[error("a check passed without its value")]
    CheckWithoutValue,
}

impl ErrorCode for TimedPart {
    fn code(&self) -> &'static str {
        self.into()
    }
}

impl ErrorCode for NameIdError {
    fn code(&self) -> &'static str {
        self.into()
    }
}

impl ErrorCode for ConfirmationError {
    fn code(&self) -> &'static str {
        self.into()
    }
}

impl ErrorCode for InternalFault {
    fn code(&self) -> &'static str {
        self.into()
    }
}
