//! Entra's numbered errors.

/// An error of Entra's with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AadSts {
    /// The number behind `AADSTS`.
    pub number: u32,
    /// What is wrong.
    pub message: String,
}

/// The error of that number.
pub(crate) fn aad_sts(number: u32, message: impl Into<String>) -> AadSts {
    AadSts { number, message: message.into() }
}
