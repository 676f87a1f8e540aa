//! Okta's pages and its System Log.

use model::{IdentityProvider::Okta, SetupStep};

use super::provider_error::ProviderError;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(
        Okta,
        "app-not-assigned",
        &[
            "app not assigned",
            "you are not assigned this app in okta",
            "user is not assigned to the client application",
            "user is not assigned to this application",
            "user attempted unauthorized access to app",
        ],
        Remediation::at_idp(&[Task::Assign]),
    )
    .or_in_use(&["you are not allowed to access this app", "403"]),
    ProviderError::new(
        Okta,
        "bad-request",
        &["your request resulted in an error"],
        Remediation::at_idp(&[Task::ReplyUrl, Task::Audience, Task::RequestSignature, Task::Logs]),
    )
    .or_in_use(&["400 bad request", "bad request", "general_nonsuccess"]),
    ProviderError::new(
        Okta,
        "page-not-found",
        &["the page you have requested does not exist"],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls)),
    )
    .or_in_use(&["404", "page not found", "resource not found"]),
    ProviderError::new(
        Okta,
        "policy",
        &["policy evaluation failed", "user does not satisfy the sign on policy"],
        Remediation::at_idp(&[Task::AuthnContext, Task::Logs]),
    )
    .or_in_use(&["you do not have permission to access this feature", "access denied", "access forbidden"]),
    ProviderError::new(Okta, "sign-in-failed", &[], Remediation::by(FixOwner::Person).at(PortalPlace::Start))
        .or_in_use(&["unable to sign in", "authentication failed", "invalid_credentials", "locked_out"]),
];
