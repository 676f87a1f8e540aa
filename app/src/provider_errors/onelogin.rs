//! OneLogin's pages.

use model::{IdentityProvider::OneLogin, SetupStep};

use super::provider_error::ProviderError;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(
        OneLogin,
        "no-access",
        &["onelogin you do not have access to this application"],
        Remediation::at_idp(&[Task::Assign]),
    )
    .or_in_use(&[
        "you do not have access to this application",
        "you don t have access to this application",
        "you do not have permission to access this app",
        "access denied",
    ]),
    ProviderError::new(OneLogin, "reply-url", &[], Remediation::at_idp(&[Task::ReplyUrl])).or_in_use(&[
        "acs consumer url",
        "acs consumer url validator",
        "consumer url",
        "acs url",
        "invalid recipient",
    ]),
    ProviderError::new(
        OneLogin,
        "something-went-wrong",
        &[],
        Remediation::at_idp(&[Task::ReplyUrl, Task::Audience, Task::Logs]),
    )
    .or_in_use(&["we re sorry but something went wrong", "something went wrong", "internal server error", "500"]),
    ProviderError::new(
        OneLogin,
        "page-not-found",
        &[],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls)),
    )
    .or_in_use(&["the page you were looking for doesn t exist", "page not found", "404"]),
];
