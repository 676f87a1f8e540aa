//! Whatever is sent, the answer is a verdict.

#![expect(clippy::unwrap_used, reason = "a test")]

use chrono::DateTime;
use model::{Scopes, SigningAlgorithm};
use oidc::authorize::{parse_request, redirect_uri, requested_response_mode, requested_state};
use oidc::client_authentication::{presented_client, verify_client_assertion};
use oidc::jose::jws;
use oidc::logout::verify_id_token_hint;
use oidc::{
    AssertionPolicy, AuthorizationResponse, ClientRegistration, CodeChallenge, EndSessionRequest, JoseError, JwkSet,
    OAuthError, OAuthErrorCode, Parameters, ResponseDelivery, ResponseMode, SigningKey, TokenRequest,
};
use proptest::prelude::*;
use proptest::sample::select;

/// Names that are known, with values of all sorts.
fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    let names = [
        "response_type",
        "response_mode",
        "scope",
        "state",
        "nonce",
        "prompt",
        "max_age",
        "login_hint",
        "acr_values",
        "code_challenge",
        "code_challenge_method",
        "redirect_uri",
        "client_id",
        "client_secret",
        "client_assertion",
        "client_assertion_type",
        "grant_type",
        "code",
        "refresh_token",
        "id_token_hint",
    ];
    let value = prop_oneof![
        "\\PC{0,30}",
        ".{0,30}",
        select(vec!["code", "openid", "none", "login", "S256", "form_post", "authorization_code", "refresh_token"])
            .prop_map(str::to_owned),
        "[0-9]{1,30}",
        token(),
    ];
    prop::collection::vec((select(names.to_vec()).prop_map(str::to_owned), value), 0..12)
}

/// What looks like a signed text.
fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9_.=-]{0,40}|eyJ[A-Za-z0-9_-]{0,30}\\.eyJ[A-Za-z0-9_-]{0,30}\\.[A-Za-z0-9_-]{0,90}|e30\\.e30\\.e30"
}

fn json() -> impl Strategy<Value = String> {
    let members = "\\{(\"(kty|n|e|crv|x|y|d|use|kid|alg)\":(\"(RSA|EC|OKP|P-256|Ed25519|sig|[A-Za-z0-9_-]{0,50})\"|1|null|\\[\\]),?){0,6}\\}";
    prop_oneof![
        "\\PC{0,80}",
        members,
        members.prop_map(|key: String| format!("{{\"keys\":[{}]}}", key.replace(",}", "}"))),
    ]
}

fn keys() -> JwkSet {
    let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
    JwkSet { keys: vec![key.jwk().clone()] }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_parameters_make_a_parser_panic(pairs in pairs(), header in prop::option::of("(Basic )?\\PC{0,40}")) {
        let Ok(parameters) = Parameters::parse(pairs) else { return Ok(()) };
        let scopes = Scopes::all();
        let client = ClientRegistration { redirect_uris: &[], trial_redirect_uri: "", scopes: &scopes, is_pkce_required: false };
        prop_assert!(redirect_uri(&parameters, &client).is_err());
        if let Ok(request) = parse_request(&parameters, "https://app.example".to_owned(), &client) {
            prop_assert_eq!(request.state, requested_state(&parameters));
            prop_assert_eq!(request.response_mode, requested_response_mode(&parameters));
        }
        drop(TokenRequest::parse(&parameters));
        drop(EndSessionRequest::parse(&parameters));
        drop(presented_client(header.as_deref(), &parameters));
    }

    #[test]
    fn no_query_makes_a_parser_panic(query in "[a-c%&=+0-9\\PC]{0,200}") {
        drop(Parameters::parse_query(&query));
    }

    #[test]
    fn no_text_is_a_verified_token(token in prop_oneof![token(), "\\PC{0,80}".boxed()]) {
        let keys = keys();
        prop_assert!(jws::verify(&token, &keys).is_err());
        prop_assert!(verify_id_token_hint(&token, &keys, "https://login.example").is_err());
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let policy = AssertionPolicy { client_id: "c", audiences: &["https://login.example"], now };
        prop_assert!(verify_client_assertion(&token, &keys, &policy).is_err());
        drop(jws::payload_unverified(&token));
    }

    #[test]
    fn no_bytes_are_a_key_for_signing(der in prop::collection::vec(any::<u8>(), 0..200)) {
        for &algorithm in SigningAlgorithm::ALL {
            prop_assert_eq!(SigningKey::from_pkcs8(algorithm, &der).map(drop), Err(JoseError::Pkcs8));
        }
    }

    #[test]
    fn no_text_makes_the_reader_of_keys_panic(json in json()) {
        drop(JwkSet::parse(&json));
    }

    #[test]
    fn no_text_makes_pkce_panic(challenge in "[A-Za-z0-9_-]{42}[A-Za-z0-9_-]{0,2}|\\PC{0,50}", verifier in "\\PC{0,140}") {
        if let Ok(challenge) = challenge.parse::<CodeChallenge>() {
            prop_assert!(!challenge.verify(&verifier));
        }
    }

    #[test]
    fn an_error_reads_back_from_its_address(description in "\\PC{0,60}", state in "\\PC{0,40}") {
        let error = OAuthError::new(OAuthErrorCode::ServerError, description);
        prop_assert!(error.description.bytes().all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)));
        let response = AuthorizationResponse::Error(&error);
        let delivery =
            oidc::authorize::deliver(response, "https://app.example/cb", ResponseMode::Query, Some(&state), "https://i");
        let ResponseDelivery::Redirect(address) = delivery else { return Err(TestCaseError::fail("no redirect")) };
        let (_, query) = address.split_once('?').unwrap();
        let read = Parameters::parse_query(query).unwrap();
        prop_assert_eq!(read.get("state").unwrap_or_default(), state);
        prop_assert_eq!(read.get("error"), Some("server_error"));
    }
}
