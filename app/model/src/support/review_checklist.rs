//! What a reviewer looks at before a team goes live, looked at already.

use serde::{Deserialize, Serialize};

use crate::revision::PartValue;
use crate::{Reference, TeamLink, Timestamp};

/// A line of the checklist: what was looked at, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewCheck {
    /// Whether a test of exactly what would go live passed.
    Test(ReviewedTest),
    /// Whether the tester's e-mail address has a domain of the team's administrators.
    TesterDomain {
        /// Who tested, as the identity provider says.
        tester: String,
        /// The domains of the administrators' addresses.
        administrators: Vec<String>,
        /// Whether the tester's is one of them.
        is_known: bool,
    },
    /// The domains of the administrators' own e-mail addresses, each once.
    AdministratorDomains {
        /// In the order of the alphabet.
        domains: Vec<String>,
    },
    /// Administrators whose address anybody can get from a mail provider.
    FreeMail {
        /// Their addresses.
        addresses: Vec<String>,
    },
    /// Whether the test came from the tenant that is configured.
    Tenant {
        /// The tenant of the configured Microsoft Entra Identifier.
        configured: String,
        /// The tenant that the assertion of the test names.
        of_test: Option<String>,
    },
    /// Other teams with the same identity provider, by entity ID or tenant.
    SameIdentityProvider {
        /// Some of them.
        teams: Vec<TeamLink>,
    },
    /// Other teams with one of the same certificates.
    SameCertificate {
        /// Some of them.
        teams: Vec<TeamLink>,
    },
    /// Keys and lifetimes of the certificates.
    Certificates {
        /// The keys, such as `RSA 2048`, each once.
        keys: Vec<String>,
        /// When the last one ends; none where there is no certificate.
        last_end: Option<Timestamp>,
        /// Whether it ends soon, or none is valid now.
        needs_look: bool,
    },
    /// Options and claims that are not as they come.
    Options {
        /// Which, with their values.
        changed: Vec<PartValue>,
    },
    /// How much changed since the last approval.
    Changes {
        /// The revision that is live; none before the first approval.
        live: Option<i32>,
        /// How many parts of it change.
        count: usize,
    },
}

/// What is known of tests of what would go live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewedTest {
    /// The latest one passed.
    Passed {
        /// Its revision.
        revision: Option<i32>,
        /// When it began.
        at: Timestamp,
        /// As whom.
        tester: Option<String>,
        /// Its report.
        reference: Reference,
    },
    /// One passed with exactly this configuration, and the latest one did not.
    LatestDidNotPass {
        /// The latest one's report.
        reference: Reference,
    },
    /// The latest one passed before the configuration was edited again.
    BeforeEdit {
        /// When it began.
        at: Timestamp,
        /// Its report.
        reference: Reference,
    },
    /// None has passed.
    None,
}

impl ReviewCheck {
    /// Whether somebody should look at it before they decide.
    #[must_use]
    pub fn needs_look(&self) -> bool {
        match self {
            Self::Test(test) => !matches!(test, ReviewedTest::Passed { .. }),
            Self::TesterDomain { is_known, .. } => !is_known,
            Self::AdministratorDomains { domains } => domains.len() > 1,
            Self::FreeMail { addresses } => !addresses.is_empty(),
            Self::Tenant { configured, of_test } => of_test.as_ref().is_some_and(|tenant| tenant != configured),
            Self::SameIdentityProvider { teams } | Self::SameCertificate { teams } => !teams.is_empty(),
            Self::Certificates { needs_look, .. } => *needs_look,
            Self::Options { changed } => !changed.is_empty(),
            // a first approval is for all of it, and what would not change needs no approval
            Self::Changes { live, count } => live.is_some() && *count > 0,
        }
    }
}
