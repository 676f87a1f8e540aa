//! SimpleSAMLphp's error codes and the titles of its error pages.

use model::{IdentityProvider::SimpleSamlPhp, SetupStep};

use super::provider_error::ProviderError;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(
        SimpleSamlPhp,
        "metadata-not-found",
        &["metadatanotfound", "unable to locate metadata for"],
        Remediation::at_idp(&[Task::Audience]),
    )
    .or_in_use(&["metadata not found"]),
    ProviderError::new(
        SimpleSamlPhp,
        "process-authn-request",
        &["processauthnrequest", "error processing request from service provider"],
        Remediation::at_idp(&[Task::ReplyUrl, Task::RequestSignature, Task::Logs]),
    ),
    ProviderError::new(
        SimpleSamlPhp,
        "no-request",
        &["ssoparams", "no saml request provided"],
        Remediation::by(FixOwner::Person).with_tasks(&[Task::SignOnUrl]).at(PortalPlace::Start),
    ),
    ProviderError::new(
        SimpleSamlPhp,
        "state-lost",
        &["nostate", "state information lost"],
        Remediation::by(FixOwner::Person).at(PortalPlace::Start),
    ),
    ProviderError::new(
        SimpleSamlPhp,
        "not-enabled",
        &["noaccess", "this endpoint is not enabled"],
        Remediation::at_idp(&[Task::Logs]),
    ),
    ProviderError::new(
        SimpleSamlPhp,
        "not-permitted",
        &["you don t have the needed privileges to access this application"],
        Remediation::at_idp(&[Task::Assign]),
    ),
    ProviderError::new(
        SimpleSamlPhp,
        "response",
        &["generateauthnresponse", "could not create authentication response"],
        Remediation::at_idp(&[Task::NameId, Task::Encryption, Task::Logs]),
    ),
    ProviderError::new(
        SimpleSamlPhp,
        "exception",
        &["unhandledexception", "an unhandled exception was thrown"],
        Remediation::at_idp(&[Task::Logs]),
    )
    .or_in_use(&["unhandled exception"]),
    ProviderError::new(
        SimpleSamlPhp,
        "credentials",
        &["wronguserpass", "useraborted", "incorrect username or password"],
        Remediation::by(FixOwner::Person).at(PortalPlace::Start),
    ),
    ProviderError::new(
        SimpleSamlPhp,
        "page-not-found",
        &["notfoundreason", "the given page was not found"],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls)),
    )
    .or_in_use(&["page not found", "notfound", "404"]),
];
