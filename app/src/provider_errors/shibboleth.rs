//! The pages of the Shibboleth identity provider, and the names of its events.

use model::{IdentityProvider::Shibboleth, SetupStep};

use super::provider_error::ProviderError;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(
        Shibboleth,
        "unsupported-request",
        &[
            "the application you have accessed is not registered for use with this service",
            "web login service unsupported request",
            "invalidprofileconfiguration",
            "invalidrelyingpartyconfiguration",
        ],
        Remediation::at_idp(&[Task::Audience]),
    )
    .or_in_use(&["unsupported request"]),
    ProviderError::new(
        Shibboleth,
        "unable-to-respond",
        &["web login service unable to respond", "endpointresolutionfailed"],
        Remediation::at_idp(&[Task::ReplyUrl]),
    )
    .or_in_use(&["unable to respond"]),
    ProviderError::new(
        Shibboleth,
        "message-security",
        &["web login service message security error", "messageauthenticationerror"],
        Remediation::at_idp(&[Task::RequestSignature, Task::Clock]).at(PortalPlace::Keys),
    )
    .or_in_use(&["message security error"]),
    ProviderError::new(
        Shibboleth,
        "stale-request",
        &["web login service stale request"],
        Remediation::by(FixOwner::Person).at(PortalPlace::Start),
    )
    .or_in_use(&["stale request", "messageexpired"]),
    ProviderError::new(
        Shibboleth,
        "access-denied",
        &["contextcheckdenied", "web login service access denied"],
        Remediation::at_idp(&[Task::Assign]),
    )
    .or_in_use(&["access denied", "accessdenied"]),
    ProviderError::new(
        Shibboleth,
        "no-login-flow",
        &["nopotentialflow"],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::AuthnContext]).at(PortalPlace::Options),
    ),
    ProviderError::new(
        Shibboleth,
        "page-not-found",
        &[],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls)),
    )
    .or_in_use(&["no such flow", "404", "page not found"]),
];
