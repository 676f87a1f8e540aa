//! A finding with its values.

use model::{FindingCode, FindingValue, NamedCertificate, TeamStatus, Timestamp};
use saml::certificate::SigningCertificate;

/// A diagnosed problem: a stable code with the values that an administrator can compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Which.
    pub(crate) code: FindingCode,
    /// What we expected.
    pub(crate) expected: Option<FindingValue>,
    /// What came.
    pub(crate) actual: Option<FindingValue>,
}

impl Finding {
    /// A finding that its code says all about.
    pub(crate) const fn new(code: FindingCode) -> Self {
        Self { code, expected: None, actual: None }
    }

    /// A finding that is about what came.
    pub(crate) const fn with_actual(code: FindingCode, actual: FindingValue) -> Self {
        Self { code, expected: None, actual: Some(actual) }
    }

    /// The identity provider signed the person out while they signed in.
    pub(crate) const fn signed_out(requested_at: Timestamp) -> Self {
        Self::with_actual(FindingCode::SignedOut, FindingValue::LogoutRequest(requested_at))
    }

    /// The operator ended the team's sessions while the person signed in.
    pub(crate) const fn signed_out_by_operator() -> Self {
        Self::with_actual(FindingCode::SignedOut, FindingValue::SignedOutByOperator)
    }

    /// The person signed out here while they signed in, in another tab.
    pub(crate) const fn signed_out_here() -> Self {
        Self::with_actual(FindingCode::SignedOut, FindingValue::SignOutHere)
    }

    /// The team ended the person's sessions while they signed in.
    pub(crate) const fn signed_out_by_team() -> Self {
        Self::with_actual(FindingCode::SignedOut, FindingValue::PersonSessionsEnded)
    }

    /// A team that nobody may sign in to.
    pub(crate) const fn team_not_active(status: TeamStatus) -> Self {
        Self::with_actual(FindingCode::TeamNotActive, FindingValue::TeamStatus(status))
    }

    /// With values that may be stored and shown.
    pub(super) fn bounded(self) -> Self {
        let [expected, actual] = [self.expected, self.actual].map(|value| value.map(FindingValue::bounded));
        Self { expected, actual, ..self }
    }
}

/// Certificates by their SHA-1 thumbprints, as Entra shows them.
pub(super) fn thumbprints<'a>(certificates: impl Iterator<Item = &'a SigningCertificate>) -> FindingValue {
    FindingValue::list(certificates.map(SigningCertificate::thumbprint_sha1))
}

/// Certificates with when they are valid.
pub(super) fn named_certificates<'a>(named: impl Iterator<Item = &'a SigningCertificate>) -> FindingValue {
    let certificate = |named: &SigningCertificate| NamedCertificate {
        thumbprint: named.thumbprint_sha1(),
        not_before: named.not_before(),
        not_after: named.not_after(),
    };
    FindingValue::Certificates(named.map(certificate).collect())
}
