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

use crate::app::{App, is_web_address};
use crate::verification;

/// A refusal with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AadSts {
    /// The number behind `AADSTS`.
    pub number: u32,
    /// What is wrong.
    pub message: String,
}

/// A request that is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
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
pub fn read(query: &str, app: Option<&App>) -> Result<Asked, AadSts> {
    let message = redirect::decode(query).map_err(|error| match error {
        RedirectError::NoMessage => {
            refused(750_054, "SAMLRequest or SAMLResponse must be present as query string parameters in HTTP request for SAML Redirect binding.")
        }
        other => invalid(&other),
    })?;
    if message.kind != MessageKind::Request {
        return Err(invalid(&"it is no request"));
    }
    if let Some(app) = app.filter(|app| app.require_signed_requests) {
        verification::redirected(query, &app.verifying())?;
    }
    let asked = asked(&message.xml, app)?;
    Ok(Asked { relay_state: message.relay_state, login_hint: login_hint(query), ..asked })
}

/// The same for a request that came by HTTP-POST.
pub fn read_posted(form: &PostedRequest, app: Option<&App>) -> Result<Asked, AadSts> {
    let Some(message) = &form.saml_request else {
        return Err(refused(750_052, "SAMLRequest must be present in the body of an HTTP request by POST."));
    };
    let mut dense = message.clone();
    dense.retain(|character| !character.is_ascii_whitespace());
    let bytes = STANDARD.decode(dense).map_err(|error| invalid(&error))?;
    let mut xml = String::from_utf8(bytes).map_err(|error| invalid(&error))?;
    if let Some(app) = app.filter(|app| app.require_signed_requests) {
        xml = verification::posted(&xml, &app.verifying())?;
    }
    Ok(Asked { relay_state: form.relay_state.clone(), ..asked(&xml, app)? })
}

/// What a request asks, without what came beside it.
fn asked(xml: &str, app: Option<&App>) -> Result<Asked, AadSts> {
    let request = ReceivedAuthnRequest::parse(xml).map_err(|error| invalid(&error))?;
    if request.id.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(refused(
            7_500_529,
            format!("The value '{}' is not a valid SAML ID. The ID must not begin with a number.", request.id),
        ));
    }
    if request.has_subject {
        return Err(refused(
            900_236,
            "The SAML authentication request property 'Subject' is not supported and must not be set.",
        ));
    }
    let reply_url = reply_url(&request, app)?;
    Ok(Asked { reply_url, id: request.id, identifier: request.issuer, relay_state: None, login_hint: None })
}

/// What the tile in My Apps starts, where the application has no Sign on URL.
pub fn unasked(app: &App) -> Result<Asked, AadSts> {
    if app.require_signed_requests {
        // that it stops is in Microsoft's documentation, under which number is not
        return Err(refused(76_021, "The application requires signed requests, so that no sign-in can begin here."));
    }
    Ok(Asked {
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
        let asked = request.acs_url.as_deref().filter(|url| is_web_address(url));
        return asked.map(str::to_owned).ok_or(refused(900_971, "No reply address provided."));
    };
    if request.issuer != app.identifier {
        return Err(refused(
            700_016,
            format!("Application with identifier '{}' was not found in the directory.", request.issuer),
        ));
    }
    match request.acs_url.as_deref() {
        Some(asked) if asked != app.reply_url => Err(refused(
            50_011,
            format!(
                "The reply URL '{asked}' specified in the request does not match the reply URLs configured for the application '{}'.",
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
    refused(75_005, format!("The request is not a valid Saml2 protocol message: {why}."))
}

pub(crate) fn refused(number: u32, message: impl Into<String>) -> AadSts {
    AadSts { number, message: message.into() }
}
