//! What the provider says of itself (Discovery §3, RFC 8414 §2, RFC 9126 §5, RFC 9207 §3,
//! RP-Initiated Logout §2.1, Back-Channel Logout §2.1).

use model::{Scope, SigningAlgorithm};
use serde::Serialize;

use crate::jose::jws::ED25519;

/// An address of the provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Where browsers bring requests (RFC 6749 §3.1).
    Authorization,
    /// Where clients exchange codes (RFC 6749 §3.2).
    Token,
    /// Where clients ask for a person's claims (Core §5.3).
    Userinfo,
    /// Where the public keys are (RFC 7517).
    Jwks,
    /// Where browsers bring sign-outs (RP-Initiated Logout §2).
    EndSession,
    /// Where clients give back tokens (RFC 7009).
    Revocation,
    /// Where clients ask what a token is (RFC 7662).
    Introspection,
    /// Where clients push authorization requests (RFC 9126).
    PushedAuthorizationRequest,
}

/// The provider's metadata, to be served as JSON.
#[derive(Clone, Debug, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the standards' own members")]
pub struct ProviderMetadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    jwks_uri: String,
    end_session_endpoint: String,
    revocation_endpoint: String,
    introspection_endpoint: String,
    pushed_authorization_request_endpoint: String,
    require_pushed_authorization_requests: bool,
    scopes_supported: Vec<&'static str>,
    response_types_supported: &'static [&'static str],
    response_modes_supported: &'static [&'static str],
    grant_types_supported: &'static [&'static str],
    subject_types_supported: &'static [&'static str],
    id_token_signing_alg_values_supported: Vec<&'static str>,
    token_endpoint_auth_methods_supported: &'static [&'static str],
    token_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    revocation_endpoint_auth_methods_supported: &'static [&'static str],
    revocation_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    introspection_endpoint_auth_methods_supported: &'static [&'static str],
    introspection_endpoint_auth_signing_alg_values_supported: Vec<&'static str>,
    code_challenge_methods_supported: &'static [&'static str],
    prompt_values_supported: &'static [&'static str],
    claim_types_supported: &'static [&'static str],
    claims_supported: &'static [&'static str],
    claims_parameter_supported: bool,
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    authorization_response_iss_parameter_supported: bool,
    backchannel_logout_supported: bool,
    backchannel_logout_session_supported: bool,
    frontchannel_logout_supported: bool,
    frontchannel_logout_session_supported: bool,
}

/// How a client may prove who it is, the public one included.
const AUTH_METHODS: &[&str] = &["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];
/// The same without public clients, which may not ask about tokens (RFC 7662 §2.1).
const CONFIDENTIAL_AUTH_METHODS: &[&str] = &["client_secret_basic", "client_secret_post", "private_key_jwt"];
/// Whatever an ID token or the userinfo endpoint may say.
const CLAIMS: &[&str] = &[
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "sid",
    "at_hash",
    "name",
    "given_name",
    "family_name",
    "email",
    "email_verified",
    "groups",
    "roles",
    "org_id",
    "org_slug",
    "org_name",
    "connection_id",
    "saml",
];

impl ProviderMetadata {
    /// The metadata of an issuer whose endpoints have those addresses.
    #[must_use]
    pub fn new(issuer: &str, endpoint: impl Fn(Endpoint) -> String) -> Self {
        let algorithms = || SigningAlgorithm::ALL.iter().map(|algorithm| algorithm.as_str()).collect::<Vec<_>>();
        let of_assertions = || algorithms().into_iter().chain([ED25519]).collect::<Vec<_>>();
        Self {
            issuer: issuer.to_owned(),
            authorization_endpoint: endpoint(Endpoint::Authorization),
            token_endpoint: endpoint(Endpoint::Token),
            userinfo_endpoint: endpoint(Endpoint::Userinfo),
            jwks_uri: endpoint(Endpoint::Jwks),
            end_session_endpoint: endpoint(Endpoint::EndSession),
            revocation_endpoint: endpoint(Endpoint::Revocation),
            introspection_endpoint: endpoint(Endpoint::Introspection),
            pushed_authorization_request_endpoint: endpoint(Endpoint::PushedAuthorizationRequest),
            require_pushed_authorization_requests: false,
            scopes_supported: Scope::ALL.iter().map(|scope| scope.as_str()).collect(),
            response_types_supported: &["code"],
            response_modes_supported: &["query", "form_post"],
            grant_types_supported: &["authorization_code", "refresh_token"],
            subject_types_supported: &["public", "pairwise"],
            id_token_signing_alg_values_supported: algorithms(),
            token_endpoint_auth_methods_supported: AUTH_METHODS,
            token_endpoint_auth_signing_alg_values_supported: of_assertions(),
            revocation_endpoint_auth_methods_supported: AUTH_METHODS,
            revocation_endpoint_auth_signing_alg_values_supported: of_assertions(),
            introspection_endpoint_auth_methods_supported: CONFIDENTIAL_AUTH_METHODS,
            introspection_endpoint_auth_signing_alg_values_supported: of_assertions(),
            code_challenge_methods_supported: &["S256"],
            prompt_values_supported: &["none", "login"],
            claim_types_supported: &["normal"],
            claims_supported: CLAIMS,
            claims_parameter_supported: false,
            request_parameter_supported: false,
            // a pushed request's is not one (RFC 9126 §5)
            request_uri_parameter_supported: false,
            authorization_response_iss_parameter_supported: true,
            backchannel_logout_supported: true,
            backchannel_logout_session_supported: true,
            frontchannel_logout_supported: false,
            frontchannel_logout_session_supported: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn metadata() -> Value {
        let metadata = ProviderMetadata::new("https://login.example", |endpoint| {
            format!("https://login.example/{endpoint:?}").to_lowercase()
        });
        serde_json::to_value(metadata).unwrap()
    }

    #[test]
    fn what_discovery_requires_is_there() {
        let metadata = metadata();
        assert_eq!(metadata["issuer"], "https://login.example");
        assert_eq!(metadata["jwks_uri"], "https://login.example/jwks");
        assert_eq!(
            metadata["pushed_authorization_request_endpoint"],
            "https://login.example/pushedauthorizationrequest"
        );
        assert_eq!(metadata["response_types_supported"], json!(["code"]));
        assert_eq!(metadata["id_token_signing_alg_values_supported"], json!(["RS256", "ES256", "EdDSA"]));
        assert_eq!(metadata["subject_types_supported"], json!(["public", "pairwise"]));
    }

    #[test]
    fn request_objects_are_said_not_to_be_taken() {
        // left out, the second one would be true
        for name in ["request_parameter_supported", "request_uri_parameter_supported", "claims_parameter_supported"] {
            assert_eq!(metadata()[name], false, "{name}");
        }
    }
}
