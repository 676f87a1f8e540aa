//! Keycloak's pages and its events.

use model::{IdentityProvider::Keycloak, SetupStep};

use super::provider_error::ProviderError;
use crate::remediation::{FixOwner, PortalPlace, Remediation, Task};

const LOGIN_URL: Remediation =
    Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::Issuer]).at(PortalPlace::Step(SetupStep::Urls));

pub(super) const ALL: &[ProviderError] = &[
    ProviderError::new(
        Keycloak,
        "client-not-found",
        &["client_not_found", "unknown login requester"],
        Remediation::at_idp(&[Task::Audience]),
    )
    .or_in_use(&["client not found"]),
    ProviderError::new(
        Keycloak,
        "client-disabled",
        &["client_disabled", "login requester not enabled"],
        Remediation::at_idp(&[Task::Protocol]),
    )
    .or_in_use(&["client disabled"]),
    ProviderError::new(
        Keycloak,
        "invalid-redirect-uri",
        &["invalid redirect uri", "invalid_redirect_uri"],
        Remediation::at_idp(&[Task::ReplyUrl]),
    ),
    ProviderError::new(
        Keycloak,
        "invalid-requester",
        &["invalid requester"],
        Remediation::at_idp(&[Task::RequestSignature]).at(PortalPlace::Options),
    )
    .or_in_use(&["invalid_signature", "invalid signature"]),
    ProviderError::new(
        Keycloak,
        "invalid-request",
        &["invalid_saml_authn_request", "invalid_authn_request"],
        Remediation::by(FixOwner::TeamAdmin)
            .with_tasks(&[Task::Issuer, Task::ReplyUrl])
            .at(PortalPlace::Step(SetupStep::Urls)),
    )
    .or_in_use(&["invalid request"]),
    ProviderError::new(
        Keycloak,
        "unsupported-name-id-format",
        &["unsupported nameidformat", "unsupported_nameid_format"],
        Remediation::at_idp(&[Task::NameIdFormat]).at(PortalPlace::Options),
    ),
    ProviderError::new(
        Keycloak,
        "wrong-protocol",
        &["wrong client protocol", "bearer only applications are not allowed to initiate browser login"],
        Remediation::at_idp(&[Task::Protocol]),
    ),
    ProviderError::new(Keycloak, "realm", &["realm not enabled", "realm does not exist"], LOGIN_URL),
    ProviderError::new(Keycloak, "page-not-found", &[], LOGIN_URL).or_in_use(&[
        "page not found",
        "resource not found",
        "404",
        "unable to find matching target resource method",
    ]),
    ProviderError::new(
        Keycloak,
        "authentication-requirements",
        &["authentication requirements not fulfilled", "the requested level of authentication has not been satisfied"],
        Remediation::by(FixOwner::TeamAdmin).with_tasks(&[Task::AuthnContext]).at(PortalPlace::Options),
    ),
    ProviderError::new(Keycloak, "no-access", &[], Remediation::at_idp(&[Task::Assign])).or_in_use(&[
        "no access",
        "access_denied",
        "access denied",
        "account is disabled contact your administrator",
    ]),
    ProviderError::new(
        Keycloak,
        "cookie",
        &["cookie not found please make sure cookies are enabled in your browser"],
        Remediation::by(FixOwner::Person).at(PortalPlace::Start),
    )
    .or_in_use(&[
        "cookie_not_found",
        "this page is no longer valid",
        "an error occurred please login again through your application",
    ]),
    ProviderError::new(
        Keycloak,
        "invalid-credentials",
        &["invalid_user_credentials"],
        Remediation::by(FixOwner::Person).at(PortalPlace::Start),
    )
    .or_in_use(&["invalid username or password", "user_not_found", "user_disabled"]),
];
