//! Signing out, whoever begins: every application that somebody is signed in at is told, one
//! after the other, through the browser.

use std::sync::Arc;

use anyhow::Result;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use samael::schema;
use saml::bindings::redirect;
use saml::logout::{LogoutRequest, LogoutResponse, LogoutStatus};

use super::html::{aad_sts_page, failed, page, session, stop_page};
use super::mock::Mock;
use crate::aad_sts::{AadSts, aad_sts};
use crate::clock::{message_id, now};
use crate::fault::{Fault, StopPage};
use crate::sessions::{Participant, SignOutProgress, SignOutRequest};

/// What applications send to the tenant's address beside requests to sign in.
pub(super) enum Message {
    Request(schema::LogoutRequest, String),
    Response(schema::LogoutResponse),
}

/// The logout message in a query, if it is one.
pub(super) fn message(query: &str) -> Option<Message> {
    let message = redirect::decode(query).ok()?;
    match root(&message.xml) {
        "LogoutRequest" => Some(Message::Request(message.xml.parse().ok()?, message.relay_state.unwrap_or_default())),
        "LogoutResponse" => message.xml.parse().ok().map(Message::Response),
        _ => None,
    }
}

/// The local name of the outermost element.
fn root(xml: &str) -> &str {
    let body = if xml.starts_with("<?") { xml.split_once("?>").map_or("", |(_, body)| body) } else { xml };
    let name = body.trim_start().trim_start_matches('<').split([' ', '\n', '>', '/']).next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
}

/// A logout message came.
pub(super) fn receive(mock: &Mock, headers: &HeaderMap, message: Message) -> Response {
    let session = session(headers).unwrap_or_default();
    if mock.faults().fault == Fault::LogoutKept && matches!(message, Message::Request(..)) {
        return stop_page(&StopPage { title: "Signing out did not work", line: "The application is not known here." });
    }
    let progress = match message {
        Message::Request(request, relay_state) => receive_request(mock, &session, request, relay_state),
        Message::Response(response) => receive_response(mock, &session, &response),
    };
    match progress {
        Ok(progress) => proceed(mock, &session, progress),
        Err(error) => aad_sts_page(error),
    }
}

/// An application asks. Entra takes requests without signature and does not weigh the name
/// identifier: the session is the browser's.
fn receive_request(
    mock: &Mock,
    session: &str,
    request: schema::LogoutRequest,
    relay_state: String,
) -> Result<SignOutProgress, AadSts> {
    let issuer = request.issuer.and_then(|issuer| issuer.value).unwrap_or_default();
    let request_id =
        request.id.ok_or_else(|| aad_sts(50_061, "Unable to complete sign out: the request has no ID."))?;
    mock.sessions.leave(session, &issuer).ok_or_else(|| {
        aad_sts(50_068, format!("Sign out has failed. The app '{issuer}' is not a participant in the current session."))
    })?;
    let mut progress = SignOutProgress::default();
    match logout_url(mock, &issuer) {
        Some(logout_url) => progress.request = Some(SignOutRequest { request_id, logout_url, relay_state }),
        None => progress.not_signed_out.push(issuer),
    }
    Ok(progress)
}

/// An application answers.
fn receive_response(mock: &Mock, session: &str, response: &schema::LogoutResponse) -> Result<SignOutProgress, AadSts> {
    let mut progress = mock
        .sessions
        .take_progress(session, response.in_response_to.as_deref())
        .ok_or_else(|| aad_sts(50_061, "Unable to complete sign out. The response answers no request."))?;
    let issuer = response.issuer.as_ref().and_then(|issuer| issuer.value.clone()).unwrap_or_default();
    let status = response.status.as_ref().and_then(|status| status.status_code.value.as_deref());
    let is_success = status == Some("urn:oasis:names:tc:SAML:2.0:status:Success");
    let heard = if is_success { &mut progress.signed_out } else { &mut progress.not_signed_out };
    heard.push(issuer);
    Ok(progress)
}

/// `POST /sign-out`: Sign out everywhere.
pub(super) async fn everywhere(State(mock): State<Arc<Mock>>, headers: HeaderMap) -> Response {
    proceed(&mock, &session(&headers).unwrap_or_default(), SignOutProgress::default())
}

/// Tells the next application, or ends the session.
fn proceed(mock: &Mock, session: &str, mut progress: SignOutProgress) -> Response {
    while let Some(participant) = mock.sessions.next(session) {
        let Some(logout_url) = logout_url(mock, &participant.identifier) else {
            progress.not_signed_out.push(participant.identifier);
            continue;
        };
        return match request_to(mock, &participant, &logout_url) {
            Ok((id, address)) => {
                mock.sessions.keep_progress(session, SignOutProgress { waiting_for: Some(id), ..progress });
                Redirect::to(&address).into_response()
            }
            Err(error) => failed(&error),
        };
    }
    mock.sessions.end(session);
    finish(mock, progress)
}

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage {
    signed_out: Vec<String>,
    not_signed_out: Vec<String>,
}

fn finish(mock: &Mock, progress: SignOutProgress) -> Response {
    let SignOutProgress { request, signed_out, not_signed_out, .. } = progress;
    let Some(request) = request else {
        return page(StatusCode::OK, &SignedOutPage { signed_out, not_signed_out });
    };
    let status = if not_signed_out.is_empty() { LogoutStatus::Success } else { LogoutStatus::PartialLogout };
    match response_to(mock, &request, status) {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => failed(&error),
    }
}

/// Where an application is told. Only the one that is registered can be.
fn logout_url(mock: &Mock, identifier: &str) -> Option<String> {
    match mock.app().filter(|app| app.identifier == identifier) {
        Some(app) => Some(app.logout_url).filter(|url| !url.is_empty()),
        None => mock.unregistered_logout_url(identifier),
    }
}

/// A signed request, and its ID.
fn request_to(mock: &Mock, participant: &Participant, logout_url: &str) -> Result<(String, String)> {
    let id = message_id()?;
    let request = LogoutRequest {
        id: &id,
        issuer: &mock.issuer(),
        destination: logout_url,
        issue_instant: now(),
        not_on_or_after: None,
        reason: None,
        name_id: &participant.name_id,
        session_indexes: std::slice::from_ref(&participant.session_index),
    };
    let address = request.redirect_url("", Some(&mock.keys.active().message_signer()?))?;
    Ok((id.to_string(), address.into()))
}

fn response_to(mock: &Mock, request: &SignOutRequest, status: LogoutStatus) -> Result<String> {
    let is_alias = mock.app().is_some_and(|app| app.logout_alias);
    let issuer = if is_alias { mock.tenant.logout_alias() } else { mock.issuer() };
    let response = LogoutResponse {
        id: &message_id()?,
        issuer: &issuer,
        destination: &request.logout_url,
        issue_instant: now(),
        in_response_to: &request.request_id,
        status,
    };
    Ok(response.redirect_url(&request.relay_state, Some(&mock.keys.active().message_signer()?))?.into())
}
