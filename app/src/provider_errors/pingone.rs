//! PingOne's pages and the codes on them.

use model::{IdentityProvider::PingOne, SetupStep};

use super::provider_error::ProviderError;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(PingOne, "not-authorized", &["authz_001"], Remediation::at_idp(&[Task::Assign])).or_in_use(&[
        "not authorized to access the requested resource",
        "you are not authorized to access the target resource",
        "you don t have access to this application",
        "you do not have access to this application",
        "access denied",
    ]),
    ProviderError::new(
        PingOne,
        "session",
        &["authn_005", "it looks like your session has expired or is invalid"],
        Remediation::by(FixOwner::Person).at(PortalPlace::Start),
    ),
    ProviderError::new(PingOne, "unknown-application", &[], Remediation::at_idp(&[Task::Audience])).or_in_use(&[
        "entity id",
        "entityid",
        "invalid issuer",
        "unknown issuer",
        "application not found",
    ]),
    ProviderError::new(PingOne, "reply-url", &[], Remediation::at_idp(&[Task::ReplyUrl])).or_in_use(&[
        "acs url",
        "assertionconsumerserviceurl",
        "assertion consumer service url",
        "invalid_data",
    ]),
    ProviderError::new(
        PingOne,
        "request-signature",
        &[],
        Remediation::at_idp(&[Task::RequestSignature]).at(PortalPlace::Options),
    )
    .or_in_use(&["signature", "signed authnrequest", "authnrequest is not signed"]),
    ProviderError::new(
        PingOne,
        "page-not-found",
        &[],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls)),
    )
    .or_in_use(&["not_found", "404", "page not found", "unexpected system error"]),
];
