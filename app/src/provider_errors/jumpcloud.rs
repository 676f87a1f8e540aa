//! JumpCloud's pages.

use model::IdentityProvider::JumpCloud;

use super::provider_error::ProviderError;
use crate::remediation::{Remediation, Task};

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(JumpCloud, "no-access", &[], Remediation::at_idp(&[Task::Assign])).or_in_use(&[
        "you do not have access to this application",
        "you don t have access to this application",
        "access denied",
        "unauthorized",
        "403",
    ]),
    ProviderError::new(JumpCloud, "unknown-application", &[], Remediation::at_idp(&[Task::Audience, Task::ReplyUrl]))
        .or_in_use(&["sp entity id", "entity id", "issuer", "acs url", "invalid request"]),
];
