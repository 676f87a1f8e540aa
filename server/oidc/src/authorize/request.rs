//! What an application asks for (Core §3.1.2.1).

use model::{Scope, Scopes};
use serde::{Deserialize, Serialize};

use super::ClientRegistration;
use super::response_mode::{ResponseMode, response_mode};
use crate::error::{OAuthError, OAuthErrorCode};
use crate::parameters::Parameters;
use crate::pkce::CodeChallenge;

/// The longest `state`, in bytes.
const MAX_STATE: usize = 2048;
/// The longest `nonce`, in bytes.
const MAX_NONCE: usize = 512;
/// The longest `login_hint`, in bytes: an e-mail address (RFC 5321 §4.5.3.1).
const MAX_LOGIN_HINT: usize = 320;
/// The most `acr_values`.
const MAX_ACR_VALUES: usize = 10;
/// The longest of the `acr_values`, `organization` and `connection`, in bytes.
const MAX_NAME: usize = 256;

/// Whether the person is asked to sign in (Core §3.1.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prompt {
    /// If there is no session.
    #[default]
    Unspecified,
    /// Never: if there is no session, the answer is `login_required`.
    None,
    /// Always.
    Login,
}

/// A request that was checked. It can be stored while the person signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationRequest {
    /// Where the browser is sent back to, as it was requested.
    pub redirect_uri: String,
    /// How the answer travels.
    #[serde(default)]
    pub response_mode: ResponseMode,
    /// What is asked for, of what the client may ask for. `openid` is among it.
    pub scopes: Scopes,
    /// What the application knows its request by again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What the ID token has to repeat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// What the code verifier has to fit (RFC 7636).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_challenge: Option<CodeChallenge>,
    /// Whether the person is asked to sign in.
    #[serde(default)]
    pub prompt: Prompt,
    /// How long ago the person may have signed in, in seconds. 0 is `prompt=login`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age: Option<u32>,
    /// Who is going to sign in, as the application believes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_hint: Option<String>,
    /// How the person should sign in, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acr_values: Vec<String>,
    /// At which organization, by its slug or id. Not of the standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// By which connection, by its id. Not of the standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
}

/// Reads a request whose redirect address was found good by [`super::redirect_uri`]. Parameters that
/// are not known are ignored (RFC 6749 §3.1). The errors are those of RFC 6749 §4.1.2.1 and Core
/// §3.1.2.6, for the application to get.
pub fn parse_request(
    parameters: &Parameters,
    redirect_uri: String,
    client: &ClientRegistration<'_>,
) -> Result<AuthorizationRequest, OAuthError> {
    refuse_unsupported(parameters)?;
    check_response_type(parameters)?;
    Ok(AuthorizationRequest {
        redirect_uri,
        response_mode: response_mode(parameters)?,
        scopes: scopes(parameters, client)?,
        state: parameters.get_text("state", MAX_STATE)?,
        nonce: parameters.get_text("nonce", MAX_NONCE)?,
        code_challenge: code_challenge(parameters, client.is_pkce_required)?,
        prompt: prompt(parameters)?,
        max_age: max_age(parameters)?,
        login_hint: parameters.get_text("login_hint", MAX_LOGIN_HINT)?,
        acr_values: acr_values(parameters)?,
        organization: parameters.get_text("organization", MAX_NAME)?,
        connection: parameters.get_text("connection", MAX_NAME)?,
    })
}

/// The `state` that goes with an error: that of the request, if it can be read.
#[must_use]
pub fn requested_state(parameters: &Parameters) -> Option<String> {
    parameters.get_text("state", MAX_STATE).ok().flatten()
}

fn refuse_unsupported(parameters: &Parameters) -> Result<(), OAuthError> {
    for (name, code, description) in [
        (
            "request",
            OAuthErrorCode::RequestNotSupported,
            "Request objects are not supported: send the parameters themselves",
        ),
        (
            "request_uri",
            OAuthErrorCode::RequestUriNotSupported,
            "Request objects by reference are not supported: push the request, or send the parameters themselves",
        ),
        (
            "registration",
            OAuthErrorCode::RegistrationNotSupported,
            "The parameter registration is not supported: register the application in the portal",
        ),
    ] {
        if parameters.get(name).is_some() {
            return Err(OAuthError::new(code, description));
        }
    }
    Ok(())
}

fn check_response_type(parameters: &Parameters) -> Result<(), OAuthError> {
    if parameters.require("response_type")? == "code" {
        return Ok(());
    }
    let description = "Use the authorization code flow: send response_type=code";
    Err(OAuthError::new(OAuthErrorCode::UnsupportedResponseType, description))
}

fn scopes(parameters: &Parameters, client: &ClientRegistration<'_>) -> Result<Scopes, OAuthError> {
    let invalid = |description: &'static str| OAuthError::new(OAuthErrorCode::InvalidScope, description);
    let scope =
        parameters.get("scope").ok_or_else(|| invalid("The parameter scope is missing: send at least openid"))?;
    let requested = Scopes::from(scope.to_owned());
    if !requested.contains(Scope::Openid) {
        return Err(invalid("The scope openid is missing: add it, this is OpenID Connect"));
    }
    let granted = requested.intersection(client.scopes);
    if !granted.contains(Scope::Openid) {
        return Err(invalid("The application is not registered for the scope openid: add it in the portal"));
    }
    Ok(granted)
}

fn code_challenge(parameters: &Parameters, is_required: bool) -> Result<Option<CodeChallenge>, OAuthError> {
    let method = parameters.get("code_challenge_method");
    let Some(challenge) = parameters.get("code_challenge") else {
        if is_required || method.is_some() {
            let description = "PKCE is required: send code_challenge and code_challenge_method=S256";
            return Err(OAuthError::invalid_request(description));
        }
        return Ok(None);
    };
    match method {
        Some("S256") => {}
        None => {
            let description = "Without code_challenge_method the method is plain, which is not taken: send S256";
            return Err(OAuthError::invalid_request(description));
        }
        Some(_) => return Err(OAuthError::invalid_request("The code_challenge_method must be S256")),
    }
    let challenge = challenge.parse().map_err(|_| {
        let description = "The code_challenge must be the SHA-256 of the code verifier in Base64url: 43 characters";
        OAuthError::invalid_request(description)
    })?;
    Ok(Some(challenge))
}

/// First-party applications need no consent, and a portal with one person at a time has no accounts to
/// choose from: who wants to choose another signs in again.
fn prompt(parameters: &Parameters) -> Result<Prompt, OAuthError> {
    let Some(text) = parameters.get("prompt") else { return Ok(Prompt::Unspecified) };
    let mut prompt = Prompt::Unspecified;
    for value in text.split(' ').filter(|value| !value.is_empty()) {
        match value {
            "none" if text.trim() == "none" => prompt = Prompt::None,
            "none" => {
                return Err(OAuthError::invalid_request(
                    "The prompt none cannot be combined with others: send it alone",
                ));
            }
            "login" | "select_account" => prompt = Prompt::Login,
            "consent" => {}
            _ => {
                let description = "A value of prompt is not known: send none, login, consent or select_account";
                return Err(OAuthError::invalid_request(description));
            }
        }
    }
    Ok(prompt)
}

fn max_age(parameters: &Parameters) -> Result<Option<u32>, OAuthError> {
    let Some(text) = parameters.get("max_age") else { return Ok(None) };
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(OAuthError::invalid_request("The max_age must be a number of seconds, 0 or more"));
    }
    // what does not fit is more than a hundred years
    Ok(Some(text.parse().unwrap_or(u32::MAX)))
}

fn acr_values(parameters: &Parameters) -> Result<Vec<String>, OAuthError> {
    let text = parameters.get_text("acr_values", MAX_ACR_VALUES * (MAX_NAME + 1))?.unwrap_or_default();
    let values: Vec<String> = text.split(' ').filter(|value| !value.is_empty()).map(str::to_owned).collect();
    if values.len() > MAX_ACR_VALUES || values.iter().any(|value| value.len() > MAX_NAME) {
        return Err(OAuthError::invalid_request("Send at most 10 acr_values of at most 256 bytes"));
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    /// A good request, with changes: an empty value leaves out.
    fn changed(changes: &[(&str, &str)]) -> Parameters {
        let good = [
            ("response_type", "code"),
            ("scope", "openid email"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let kept = good.iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let pairs = kept.chain(changes).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Parameters::parse(pairs).unwrap()
    }

    fn request(changes: &[(&str, &str)]) -> Result<AuthorizationRequest, OAuthError> {
        let scopes = Scopes::from("openid email profile".to_owned());
        let client =
            ClientRegistration { redirect_uris: &[], trial_redirect_uri: "", scopes: &scopes, is_pkce_required: true };
        parse_request(&changed(changes), "https://app.example/cb".to_owned(), &client)
    }

    fn code(changes: &[(&str, &str)]) -> OAuthErrorCode {
        request(changes).unwrap_err().code
    }

    #[test]
    fn a_whole_request_is_read_and_stored() {
        let request = request(&[
            ("response_mode", "form_post"),
            ("state", "s t"),
            ("nonce", "n"),
            ("prompt", "login"),
            ("max_age", "3600"),
            ("login_hint", "anna@example.com"),
            ("acr_values", "a  b"),
            ("organization", "acme"),
            ("connection", "c1"),
            ("claims", "{}"),
        ])
        .unwrap();
        assert_eq!(request.response_mode, ResponseMode::FormPost);
        assert_eq!(request.scopes.to_string(), "openid email");
        assert_eq!(request.code_challenge, CHALLENGE.parse().ok());
        assert_eq!((request.prompt, request.max_age), (Prompt::Login, Some(3600)));
        assert_eq!(request.acr_values, ["a", "b"]);
        let json = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<AuthorizationRequest>(&json).unwrap(), request);
    }

    #[test]
    fn a_document_of_an_older_version_reads_back() {
        let json = r#"{"redirect_uri":"https://app.example/cb","scopes":"openid"}"#;
        let request: AuthorizationRequest = serde_json::from_str(json).unwrap();
        assert_eq!((request.prompt, request.response_mode), (Prompt::Unspecified, ResponseMode::Query));
    }

    #[test]
    fn only_the_code_flow_is_taken() {
        assert_eq!(code(&[("response_type", "")]), OAuthErrorCode::InvalidRequest);
        for other in ["token", "id_token", "code id_token", "code ", "CODE"] {
            assert_eq!(code(&[("response_type", other)]), OAuthErrorCode::UnsupportedResponseType, "{other}");
        }
    }

    #[test]
    fn request_objects_and_registration_are_refused_by_name() {
        assert_eq!(code(&[("request", "e30")]), OAuthErrorCode::RequestNotSupported);
        assert_eq!(code(&[("request_uri", "urn:x")]), OAuthErrorCode::RequestUriNotSupported);
        assert_eq!(code(&[("registration", "{}")]), OAuthErrorCode::RegistrationNotSupported);
    }

    #[test]
    fn a_request_without_openid_is_refused_and_other_scopes_are_cut_down() {
        assert_eq!(code(&[("scope", "")]), OAuthErrorCode::InvalidScope);
        assert_eq!(code(&[("scope", "email")]), OAuthErrorCode::InvalidScope);
        let cut = request(&[("scope", "openid profile groups unknown")]).unwrap();
        assert_eq!(cut.scopes.to_string(), "openid profile");
    }

    #[test]
    fn pkce_is_s256_and_nothing_else() {
        let invalid = OAuthErrorCode::InvalidRequest;
        assert_eq!(code(&[("code_challenge", "")]), invalid);
        assert_eq!(code(&[("code_challenge_method", "plain")]), invalid);
        assert_eq!(code(&[("code_challenge", "short")]), invalid);
        let plain = request(&[("code_challenge_method", "")]).unwrap_err();
        assert!(plain.code == invalid && plain.description.contains("plain"));
    }

    #[test]
    fn pkce_may_be_left_out_where_it_is_optional() {
        let client = ClientRegistration {
            redirect_uris: &[],
            trial_redirect_uri: "",
            scopes: &Scopes::all(),
            is_pkce_required: false,
        };
        let parse = |changes: &[(&str, &str)]| parse_request(&changed(changes), String::new(), &client);
        let without = parse(&[("code_challenge", ""), ("code_challenge_method", "")]).unwrap();
        assert_eq!(without.code_challenge, None);
        assert!(parse(&[("code_challenge", "")]).is_err());
        assert!(parse(&[("code_challenge_method", "")]).is_err());
    }

    #[test]
    fn a_prompt_says_whether_somebody_has_to_sign_in() {
        for (text, prompt) in [
            ("none", Prompt::None),
            ("login", Prompt::Login),
            ("select_account", Prompt::Login),
            ("consent", Prompt::Unspecified),
            ("consent login", Prompt::Login),
            ("login consent", Prompt::Login),
        ] {
            assert_eq!(request(&[("prompt", text)]).unwrap().prompt, prompt, "{text}");
        }
        for text in ["none login", "consent none", "create", "Login"] {
            assert_eq!(code(&[("prompt", text)]), OAuthErrorCode::InvalidRequest, "{text}");
        }
    }

    #[test]
    fn a_max_age_is_a_number_that_is_not_negative() {
        for (text, age) in [("0", 0), ("007", 7), ("4294967295", u32::MAX), ("99999999999999999999", u32::MAX)] {
            assert_eq!(request(&[("max_age", text)]).unwrap().max_age, Some(age), "{text}");
        }
        for text in ["-1", "+1", "1.5", "1h", " 1"] {
            assert_eq!(code(&[("max_age", text)]), OAuthErrorCode::InvalidRequest, "{text}");
        }
    }

    #[test]
    fn long_values_and_control_characters_are_refused() {
        for (name, max) in [("state", 2048), ("nonce", 512), ("login_hint", 320), ("acr_values", 256)] {
            assert!(request(&[(name, &"a".repeat(max))]).is_ok(), "{name}");
            assert_eq!(code(&[(name, &"a".repeat(max + 1))]), OAuthErrorCode::InvalidRequest, "{name}");
            assert_eq!(code(&[(name, "a\nb")]), OAuthErrorCode::InvalidRequest, "{name}");
        }
        assert!(request(&[("acr_values", "a b c d e f g h i j")]).is_ok());
        assert!(request(&[("acr_values", "a b c d e f g h i j k")]).is_err());
    }

    #[test]
    fn the_state_of_an_error_is_that_of_the_request() {
        assert_eq!(requested_state(&changed(&[("state", "s")])).as_deref(), Some("s"));
        assert_eq!(requested_state(&changed(&[("state", &"s".repeat(2049))])), None);
        assert_eq!(requested_state(&changed(&[])), None);
    }
}
