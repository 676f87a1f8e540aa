use std::collections::BTreeSet;

use super::*;
use crate::remediation::assert_well_written;

/// What people copy, by who shows it, and what it is known as. The texts are those of the
/// providers' public documentation, sources and forums.
const PASTED: &[(IdentityProvider, &str, &str)] = {
    use IdentityProvider as Idp;
    &[
        (
            Idp::Okta,
            "403 App Not Assigned\nSorry, you can't access Krisp because you are not assigned this app in Okta.",
            "okta.app-not-assigned",
        ),
        (Idp::Okta, "User is not assigned to the client application.", "okta.app-not-assigned"),
        (Idp::Okta, "400\nBad Request\nYour request resulted in an error.", "okta.bad-request"),
        (Idp::Okta, "404 Page Not Found. The page you have requested does not exist", "okta.page-not-found"),
        (Idp::Okta, "Policy evaluation failed for this request", "okta.policy"),
        (Idp::Okta, "Unable to sign in", "okta.sign-in-failed"),
        (
            Idp::GoogleWorkspace,
            "Error: app_not_configured\nService is not configured for this user.",
            "google-workspace.app-not-configured",
        ),
        (
            Idp::GoogleWorkspace,
            "403. That's an error.\nError: app_not_configured_for_user",
            "google-workspace.app-not-configured-for-user",
        ),
        (
            Idp::GoogleWorkspace,
            "403. That’s an error.\n\nError: app_not_enabled_for_user",
            "google-workspace.app-not-enabled-for-user",
        ),
        (
            Idp::GoogleWorkspace,
            "400. Error: invalid_request\nInvalid Request, ACS Url in request https://a.example/acs doesn't match configured ACS Url",
            "google-workspace.acs-url",
        ),
        (Idp::GoogleWorkspace, "400 saml_invalid_user_id_mapping", "google-workspace.user-id-mapping"),
        (Idp::GoogleWorkspace, "saml2_invalid_sp_id", "google-workspace.invalid-sp-id"),
        (Idp::GoogleWorkspace, "failure_invalid_idp_id", "google-workspace.invalid-idp-id"),
        (Idp::GoogleWorkspace, "failure_malformed_request", "google-workspace.malformed-request"),
        (Idp::GoogleWorkspace, "Login failure: failure_request_denied", "google-workspace.request-denied"),
        (Idp::GoogleWorkspace, "failure_no_passive", "google-workspace.no-passive"),
        (Idp::Keycloak, "We are sorry...\nClient not found.", "keycloak.client-not-found"),
        (
            Idp::Keycloak,
            "type=LOGIN_ERROR, realmId=x, clientId=contoso, error=client_not_found",
            "keycloak.client-not-found",
        ),
        (Idp::Keycloak, "We are sorry... Client disabled.", "keycloak.client-disabled"),
        (Idp::Keycloak, "We are sorry... Invalid redirect uri", "keycloak.invalid-redirect-uri"),
        (Idp::Keycloak, "We are sorry... Invalid requester", "keycloak.invalid-requester"),
        (Idp::Keycloak, "We are sorry...\r\nInvalid Request", "keycloak.invalid-request"),
        (Idp::Keycloak, "Unsupported NameIDFormat", "keycloak.unsupported-name-id-format"),
        (Idp::Keycloak, "Wrong client protocol.", "keycloak.wrong-protocol"),
        (Idp::Keycloak, "Realm does not exist", "keycloak.realm"),
        (Idp::Keycloak, "Page not found", "keycloak.page-not-found"),
        (Idp::Keycloak, "Authentication requirements not fulfilled", "keycloak.authentication-requirements"),
        (Idp::Keycloak, "No access", "keycloak.no-access"),
        (Idp::Keycloak, "Cookie not found. Please make sure cookies are enabled in your browser.", "keycloak.cookie"),
        (Idp::Keycloak, "Invalid username or password.", "keycloak.invalid-credentials"),
        (
            Idp::AdFs,
            "MSIS7007: The requested relying party trust 'contoso' is unspecified or unsupported.",
            "ad-fs.unknown-relying-party",
        ),
        (Idp::AdFs, "Event ID: 184", "ad-fs.unknown-relying-party"),
        (
            Idp::AdFs,
            "MSIS3200: No AssertionConsumerService is configured on the relying party trust",
            "ad-fs.reply-url",
        ),
        (Idp::AdFs, "Event 321, AD FS", "ad-fs.name-id-policy"),
        (
            Idp::AdFs,
            "MSIS7070: The SAML request contained a NameIDPolicy that was not satisfied by the issued token.",
            "ad-fs.name-id-policy",
        ),
        (Idp::AdFs, "MSIS0038: SAML Message has wrong signature. Issuer: 'contoso'.", "ad-fs.request-signature"),
        (Idp::AdFs, "MSIS7102: Requested Authentication Method is not supported on the STS.", "ad-fs.authn-context"),
        (
            Idp::AdFs,
            "MSIS5007: The caller authorization failed for caller identity CONTOSO\\ada",
            "ad-fs.not-permitted",
        ),
        (
            Idp::AdFs,
            "MSIS7042: The same client browser session has made '6' requests in the last '7' seconds.",
            "ad-fs.loop",
        ),
        (Idp::AdFs, "MSIS7046", "ad-fs.no-request"),
        (
            Idp::AdFs,
            "MSIS7065: There are no registered protocol handlers on path /adfs/ls/saml to process the incoming request.",
            "ad-fs.no-request",
        ),
        (Idp::AdFs, "An error occurred. MSIS9605: The client is not allowed", "ad-fs.other-number"),
        (Idp::Other, "MSIS3127: The specified request failed.", "ad-fs.other-number"),
        (Idp::AdFs, "MSIS7012: An error occurred while processing the request.", "ad-fs.see-log"),
        (Idp::AdFs, "event id 317", "ad-fs.certificate-chain"),
        (Idp::AdFs, "Event ID 364: Encountered error during federation passive request.", "ad-fs.see-log"),
        (
            Idp::AdFs,
            "An error occurred. Contact your administrator for more information. Activity ID: 00000000-0000-0000-5b00-0080000000e0",
            "ad-fs.see-log",
        ),
        (Idp::OneLogin, "You do not have access to this application", "onelogin.no-access"),
        (Idp::OneLogin, "We're sorry, but something went wrong.", "onelogin.something-went-wrong"),
        (Idp::OneLogin, "ACS Consumer URL is invalid", "onelogin.reply-url"),
        (Idp::OneLogin, "The page you were looking for doesn't exist.", "onelogin.page-not-found"),
        (Idp::PingOne, "AUTHZ_001", "pingone.not-authorized"),
        (Idp::PingOne, "Sorry, you're not authorized to access the requested resource.", "pingone.not-authorized"),
        (Idp::PingOne, "AUTHN_005 It looks like your session has expired or is invalid.", "pingone.session"),
        (Idp::PingOne, "Application not found", "pingone.unknown-application"),
        (Idp::PingOne, "The ACS URL is not allowed", "pingone.reply-url"),
        (Idp::PingOne, "AuthnRequest is not signed", "pingone.request-signature"),
        (Idp::PingOne, "NOT_FOUND", "pingone.page-not-found"),
        (Idp::JumpCloud, "403 Unauthorized", "jumpcloud.no-access"),
        (Idp::JumpCloud, "Invalid SP Entity ID", "jumpcloud.unknown-application"),
        (
            Idp::SimpleSamlPhp,
            "Metadata not found\nUnable to locate metadata for 'contoso'",
            "simplesamlphp.metadata-not-found",
        ),
        (Idp::SimpleSamlPhp, "SimpleSAML\\Error\\Error: PROCESSAUTHNREQUEST", "simplesamlphp.process-authn-request"),
        (Idp::SimpleSamlPhp, "No SAML request provided", "simplesamlphp.no-request"),
        (Idp::SimpleSamlPhp, "State information lost, and no way to restart the request", "simplesamlphp.state-lost"),
        (Idp::SimpleSamlPhp, "NOACCESS", "simplesamlphp.not-enabled"),
        (
            Idp::SimpleSamlPhp,
            "You don't have the needed privileges to access this application.",
            "simplesamlphp.not-permitted",
        ),
        (Idp::SimpleSamlPhp, "Could not create authentication response", "simplesamlphp.response"),
        (Idp::SimpleSamlPhp, "UNHANDLEDEXCEPTION", "simplesamlphp.exception"),
        (Idp::SimpleSamlPhp, "Incorrect username or password", "simplesamlphp.credentials"),
        (Idp::SimpleSamlPhp, "The given page was not found. The URL was: /x", "simplesamlphp.page-not-found"),
        (
            Idp::Shibboleth,
            "Web Login Service - Unsupported Request\nThe application you have accessed is not registered for use with this service.",
            "shibboleth.unsupported-request",
        ),
        (Idp::Shibboleth, "Web Login Service - Unable to Respond", "shibboleth.unable-to-respond"),
        (Idp::Shibboleth, "Web Login Service - Message Security Error", "shibboleth.message-security"),
        (Idp::Shibboleth, "Web Login Service - Stale Request", "shibboleth.stale-request"),
        (Idp::Shibboleth, "ContextCheckDenied", "shibboleth.access-denied"),
        (Idp::Shibboleth, "WARN Profile Action SelectAuthenticationFlow: NoPotentialFlow", "shibboleth.no-login-flow"),
        (Idp::Shibboleth, "404", "shibboleth.page-not-found"),
        (Idp::Other, "Error: unknown service provider", "other.unknown-application"),
        (Idp::Other, "The AssertionConsumerServiceURL does not match", "other.reply-url"),
        (Idp::Other, "Access denied", "other.no-access"),
        (Idp::Other, "The AuthnRequest must be signed", "other.request-signature"),
        (Idp::Other, "Unsupported NameID format", "other.name-id"),
        (Idp::Other, "Cannot satisfy RequestedAuthnContext", "other.authn-context"),
        (Idp::Other, "HTTP 404", "other.page-not-found"),
    ]
};

fn code(text: &str, in_use: IdentityProvider) -> Option<String> {
    recognise(text, in_use).map(|error| error.to_string())
}

#[test]
fn what_a_provider_says_is_recognised() {
    for (in_use, text, expected) in PASTED {
        assert_eq!(code(text, *in_use).as_deref(), Some(*expected), "{text}");
    }
    let tested: BTreeSet<_> = PASTED.iter().map(|(_, _, code)| (*code).to_owned()).collect();
    for error in all() {
        let code = KnownError::Provider(error).to_string();
        assert!(tested.contains(&code), "{code} has no row");
    }
}

#[test]
fn what_only_one_provider_says_is_recognised_whoever_is_in_use() {
    use IdentityProvider::{Entra, Okta, Other};
    for (text, expected) in [
        ("Error: app_not_configured_for_user", "google-workspace.app-not-configured-for-user"),
        ("MSIS7007", "ad-fs.unknown-relying-party"),
        ("you are not assigned this app in Okta", "okta.app-not-assigned"),
        ("Unable to locate metadata for 'contoso'", "simplesamlphp.metadata-not-found"),
        ("AADSTS50105: not assigned", "50105"),
    ] {
        for in_use in [Entra, Okta, Other] {
            assert_eq!(code(text, in_use).as_deref(), Some(expected), "{text}");
        }
    }
    assert_eq!(code("Invalid Request", Okta), None, "others say so, too");
    assert_eq!(code("Client not found", Okta).as_deref(), Some("other.unknown-application"));
}

#[test]
fn microsofts_number_counts_before_words() {
    for in_use in IdentityProvider::ALL {
        assert_eq!(code("AADSTS50011: The reply URL does not match; access denied", *in_use).as_deref(), Some("50011"));
        assert_eq!(code("50105", *in_use).as_deref(), Some("50105"));
    }
}

#[test]
fn what_is_no_error_is_not_taken_for_one() {
    for text in ["", "it just says no", "at 12:00", "Welcome, Ada", "code", "MSIS", "event", "99"] {
        for in_use in IdentityProvider::ALL {
            assert_eq!(code(text, *in_use), None, "{text} with {in_use:?}");
        }
    }
}

#[test]
fn phrases_are_written_as_texts_are_compared() {
    for error in all() {
        for phrase in error.phrases.iter().chain(error.phrases_in_use) {
            let is_plain =
                |sign: char| sign == ' ' || sign == '_' || sign.is_ascii_digit() || sign.is_ascii_lowercase();
            assert!(phrase.chars().all(is_plain) && phrase.trim() == *phrase && !phrase.contains("  "), "{phrase}");
        }
    }
}

#[test]
fn codes_read_back_and_nothing_else_does() {
    for error in all().map(KnownError::Provider).chain([KnownError::Aadsts(50105)]) {
        assert_eq!(KnownError::parse(&error.to_string()), Some(error));
    }
    for code in ["", "okta", "okta.", "okta.nothing", "<script>", "nobody.app-not-assigned", "-1"] {
        assert_eq!(KnownError::parse(code), None, "{code}");
    }
}

#[test]
fn every_error_is_well_written() {
    for error in all() {
        let (title, cause, key) = (error.title(), error.cause(), error.key());
        assert!(!title.ends_with('.') && cause.ends_with('.') && title != key, "{key}: {title}");
        assert_well_written(&error.remediation, &key);
        let said = format!("{title} {cause} {}", error.steps().join(" "));
        for name in ["Entra", "Microsoft", "Azure", "My Apps"] {
            assert!(!said.contains(name), "{key}: {said}");
        }
    }
}

#[test]
fn the_catalogue_has_every_error_and_no_other() {
    for provider in IdentityProvider::ALL {
        let mut keys: Vec<_> = all().filter(|error| error.provider == *provider).map(ProviderError::key).collect();
        let mut messages = messages::keys(&format!("provider-{}-error-", provider.as_str()));
        keys.sort_unstable();
        messages.sort_unstable();
        assert_eq!(keys, messages);
    }
}

#[test]
fn every_provider_has_pages_to_point_at() {
    for provider in IdentityProvider::ALL {
        let pages = usual_pages(*provider);
        assert!((2..=5).contains(&pages.len()), "{provider:?}: {pages:?}");
        assert!(pages.iter().all(|error| error.page().is_some() && error.title().is_some()), "{provider:?}");
    }
}
