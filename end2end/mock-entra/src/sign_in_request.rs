//! Authentication requests, refused as Entra refuses them.
//!
//! The numbers are from Microsoft's error reference; the texts are ours, since Microsoft
//! says that its own may change.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use saml::authn_request::ReceivedAuthnRequest;
use saml::bindings::MessageKind;
use saml::bindings::redirect::{self, RedirectError};
use serde::Deserialize;

use crate::aad_sts::aad_sts;
use crate::app::{App, is_web_address};
use crate::request_signature;

pub use crate::aad_sts::AadSts;

/// A sign-in request, as far as the answer needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInRequest {
    /// The request's ID.
    pub id: String,
    /// The application's Identifier.
    pub identifier: String,
    /// Where the answer goes.
    pub reply_url: String,
    /// What the application wants back with it.
    pub relay_state: Option<String>,
    /// Whom to offer.
    pub login_hint: Option<String>,
}

/// A request in a form (SAML bindings §3.5.4).
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PostedRequest {
    /// The request in Base64.
    #[serde(rename = "SAMLRequest")]
    pub saml_request: Option<String>,
    /// What the application wants back with the answer.
    #[serde(rename = "RelayState")]
    pub relay_state: Option<String>,
}

/// Reads and checks the request in a raw query. Without a registered application any is
/// taken, and no signature is looked at.
pub fn read(query: &str, app: Option<&App>) -> Result<SignInRequest, AadSts> {
    let message = redirect::decode(query).map_err(|error| match error {
        RedirectError::NoMessage => {
            aad_sts(750_054, "SAMLRequest or SAMLResponse must be present as query string parameters in HTTP request for SAML Redirect binding.")
        }
        other => invalid(&other),
    })?;
    if message.kind != MessageKind::Request {
        return Err(invalid(&"it is no request"));
    }
    if let Some(app) = app.filter(|app| app.require_signed_requests) {
        request_signature::verify_query(query, &app.verifying())?;
    }
    let request = read_xml(&message.xml, app)?;
    Ok(SignInRequest { relay_state: message.relay_state, login_hint: login_hint(query), ..request })
}

/// The same for a request that came by HTTP-POST.
pub fn read_posted(form: &PostedRequest, app: Option<&App>) -> Result<SignInRequest, AadSts> {
    let Some(message) = &form.saml_request else {
        return Err(aad_sts(750_052, "SAMLRequest must be present in the body of an HTTP request by POST."));
    };
    let bytes =
        STANDARD.decode(message.split_ascii_whitespace().collect::<String>()).map_err(|error| invalid(&error))?;
    let mut xml = String::from_utf8(bytes).map_err(|error| invalid(&error))?;
    if let Some(app) = app.filter(|app| app.require_signed_requests) {
        xml = request_signature::verify_posted(&xml, &app.verifying())?;
    }
    Ok(SignInRequest { relay_state: form.relay_state.clone(), ..read_xml(&xml, app)? })
}

/// Reads the document, without what came beside it.
fn read_xml(xml: &str, app: Option<&App>) -> Result<SignInRequest, AadSts> {
    let request = ReceivedAuthnRequest::parse(xml).map_err(|error| invalid(&error))?;
    if request.id.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(aad_sts(
            7_500_529,
            format!("The value '{}' is not a valid SAML ID. The ID must not begin with a number.", request.id),
        ));
    }
    if request.has_subject {
        return Err(aad_sts(
            900_236,
            "The SAML authentication request property 'Subject' is not supported and must not be set.",
        ));
    }
    let reply_url = reply_url(&request, app)?;
    Ok(SignInRequest { reply_url, id: request.id, identifier: request.issuer, relay_state: None, login_hint: None })
}

/// What stands for a request when the tile in My Apps starts the sign-in, where the application
/// has no Sign on URL.
pub fn idp_initiated(app: &App) -> Result<SignInRequest, AadSts> {
    if app.require_signed_requests {
        // that it stops is in Microsoft's documentation, under which number is not
        return Err(aad_sts(76_021, "The application requires signed requests, so that no sign-in can begin here."));
    }
    Ok(SignInRequest {
        id: String::new(),
        identifier: app.identifier.clone(),
        reply_url: app.reply_url.clone(),
        relay_state: None,
        login_hint: None,
    })
}

/// Checks the application and picks the address to answer to.
fn reply_url(request: &ReceivedAuthnRequest, app: Option<&App>) -> Result<String, AadSts> {
    let Some(app) = app else {
        let requested = request.acs_url.as_deref().filter(|url| is_web_address(url));
        return requested.map(str::to_owned).ok_or(aad_sts(900_971, "No reply address provided."));
    };
    if request.issuer != app.identifier {
        return Err(aad_sts(
            700_016,
            format!("Application with identifier '{}' was not found in the directory.", request.issuer),
        ));
    }
    match request.acs_url.as_deref() {
        Some(requested) if requested != app.reply_url => Err(aad_sts(
            50_011,
            format!(
                "The reply URL '{requested}' specified in the request does not match the reply URLs configured for the application '{}'.",
                app.identifier
            ),
        )),
        _ => Ok(app.reply_url.clone()),
    }
}

fn login_hint(query: &str) -> Option<String> {
    let mut parameters = url::form_urlencoded::parse(query.as_bytes());
    parameters.find(|(name, _)| name == "login_hint").map(|(_, hint)| hint.into_owned())
}

fn invalid(why: &dyn std::fmt::Display) -> AadSts {
    aad_sts(75_005, format!("The request is not a valid Saml2 protocol message: {why}."))
}
