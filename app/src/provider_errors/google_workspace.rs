//! Google's pages and its SAML log events.

use model::{IdentityProvider::GoogleWorkspace, SetupStep};

use super::provider_error::ProviderError;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

/// The Login URL holds who the service provider and the identity provider are.
const LOGIN_URL: Remediation =
    Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(
        GoogleWorkspace,
        "app-not-configured",
        &["app_not_configured", "failure_app_not_configured"],
        Remediation::at_idp(&[Task::Audience]),
    ),
    ProviderError::new(
        GoogleWorkspace,
        "app-not-configured-for-user",
        &["app_not_configured_for_user", "failure_app_not_configured_for_user"],
        Remediation::at_idp(&[Task::Audience]),
    ),
    ProviderError::new(
        GoogleWorkspace,
        "app-not-enabled-for-user",
        &["app_not_enabled_for_user", "failure_app_not_enabled_for_user", "app_not_enabled"],
        Remediation::at_idp(&[Task::Assign]),
    )
    .or_in_use(&["you do not have access to this service", "access denied"]),
    ProviderError::new(GoogleWorkspace, "acs-url", &["acs url in request"], Remediation::at_idp(&[Task::ReplyUrl]))
        .or_in_use(&["invalid_request", "acs url"]),
    ProviderError::new(
        GoogleWorkspace,
        "user-id-mapping",
        &[
            "saml_invalid_user_id_mapping",
            "failure_invalid_user_id_mapping",
            "saml_user_id_mapping_unavailable",
            "failure_user_id_mapping_unavailable",
        ],
        Remediation::at_idp(&[Task::NameId]),
    ),
    ProviderError::new(
        GoogleWorkspace,
        "invalid-sp-id",
        &["saml_invalid_sp_id", "saml2_invalid_sp_id", "failure_invalid_sp_id"],
        LOGIN_URL,
    ),
    ProviderError::new(
        GoogleWorkspace,
        "invalid-idp-id",
        &["saml_invalid_idp_id", "saml2_invalid_idp_id", "failure_invalid_idp_id"],
        LOGIN_URL,
    )
    .or_in_use(&["404", "the requested url was not found on this server"]),
    ProviderError::new(
        GoogleWorkspace,
        "malformed-request",
        &["failure_malformed_request", "saml_malformed_request"],
        LOGIN_URL,
    )
    .or_in_use(&["malformed_request", "the server cannot process the request because it is malformed"]),
    ProviderError::new(
        GoogleWorkspace,
        "request-denied",
        &["failure_request_denied", "saml_request_denied"],
        Remediation::at_idp(&[Task::AuthnContext, Task::Logs]),
    )
    .or_in_use(&["request_denied"]),
    ProviderError::new(
        GoogleWorkspace,
        "no-passive",
        &["failure_no_passive", "saml_no_passive"],
        Remediation::by(FixOwner::Person).at(PortalPlace::Start),
    ),
];
