//! AD FS: the numbers of its messages (MSIS…), and the events of its Admin log.

use model::{IdentityProvider::AdFs, SetupStep};

use super::provider_error::ProviderError;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(
        AdFs,
        "unknown-relying-party",
        &[
            "msis7007",
            "msis3020",
            "event id 184",
            "event 184",
            "is unspecified or unsupported",
            "does not identify any known relying party trust",
        ],
        Remediation::at_idp(&[Task::Audience]),
    ),
    ProviderError::new(
        AdFs,
        "reply-url",
        &["msis3200", "no assertionconsumerservice is configured on the relying party trust"],
        Remediation::at_idp(&[Task::ReplyUrl]),
    ),
    ProviderError::new(
        AdFs,
        "name-id-policy",
        &["msis7070", "event id 321", "event 321", "nameidpolicy that was not satisfied by the issued token"],
        Remediation::at_idp(&[Task::NameIdFormat, Task::NameId]).at(PortalPlace::Options),
    ),
    ProviderError::new(
        AdFs,
        "request-signature",
        &[
            "msis0037",
            "msis0038",
            "event id 320",
            "event 320",
            "no signature verification certificate found for issuer",
        ],
        Remediation::at_idp(&[Task::RequestSignature]).at(PortalPlace::Keys),
    ),
    ProviderError::new(
        AdFs,
        "authn-context",
        &["msis7102", "requested authentication method is not supported on the sts"],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::AuthnContext]).at(PortalPlace::Options),
    ),
    ProviderError::new(
        AdFs,
        "not-permitted",
        &["msis5007", "event id 325", "event 325", "the caller authorization failed for caller identity"],
        Remediation::at_idp(&[Task::Assign]),
    )
    .or_in_use(&["access is denied", "you are not authorized to access this site"]),
    ProviderError::new(
        AdFs,
        "loop",
        &["msis7042", "the same client browser session has made"],
        Remediation::by(FixOwner::Person).at(PortalPlace::Start),
    ),
    ProviderError::new(
        AdFs,
        "no-request",
        &["msis7046", "msis7065", "msis7015", "there are no registered protocol handlers on path"],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls)),
    ),
    ProviderError::new(
        AdFs,
        "certificate-chain",
        &["event id 317", "event 317", "an attempt to build the certificate chain for the relying party trust"],
        Remediation::at_idp(&[Task::Encryption, Task::RequestSignature]),
    ),
    ProviderError::new(
        AdFs,
        "see-log",
        &["event id 364", "event 364", "msis7012", "encountered error during federation passive request"],
        Remediation::at_idp(&[Task::Logs]),
    )
    .or_in_use(&["an error occurred", "contact your administrator for more information", "activity id"]),
    // told by its form: there are hundreds of these numbers
    ProviderError::new(
        AdFs,
        OTHER_NUMBER,
        &[],
        Remediation::at_idp(&[Task::Logs, Task::Audience, Task::ReplyUrl, Task::RequestSignature]),
    ),
];

/// The code of an error whose number begins with MSIS and is none of the above.
pub(super) const OTHER_NUMBER: &str = "other-number";
