//! Our logout messages.

use chrono::{DateTime, Utc};
use url::Url;

use crate::authn_request::RequestId;
use crate::bindings::post::{self, PostForm};
use crate::bindings::redirect::OutgoingMessage;
use crate::bindings::{MessageKind, SendError};
use crate::identifiers::{
    ASSERTION, PROTOCOL, STATUS_PARTIAL_LOGOUT, STATUS_REQUESTER, STATUS_RESPONDER, STATUS_SUCCESS,
};
use crate::name_id::NameId;
use crate::sp_key::SpKey;
use crate::xml::{XmlWriter, format_instant};

/// A request to sign somebody out (core §3.7.1).
#[derive(Clone, Copy, Debug)]
pub struct LogoutRequest<'a> {
    /// Its ID, which the response must name.
    pub id: &'a RequestId,
    /// Our entity id.
    pub issuer: &'a str,
    /// The identity provider's sign-out address.
    pub destination: &'a str,
    /// When it is made.
    pub issue_instant: DateTime<Utc>,
    /// When it may be forgotten.
    pub not_on_or_after: Option<DateTime<Utc>>,
    /// Why, as a URI such as `urn:oasis:names:tc:SAML:2.0:logout:user`.
    pub reason: Option<&'a str>,
    /// Whom.
    pub name_id: &'a NameId,
    /// Which of the person's sessions, as the assertion named them; none means all.
    pub session_indexes: &'a [String],
}

impl LogoutRequest<'_> {
    /// The document.
    #[must_use]
    pub fn to_xml(&self) -> String {
        self.write(None)
    }

    fn write(&self, signature: Option<&str>) -> String {
        let instant = format_instant(self.issue_instant);
        let until = self.not_on_or_after.map(format_instant);
        let mut attributes = header_attributes(self.id, &instant, self.destination);
        attributes.extend(until.as_deref().map(|until| ("NotOnOrAfter", until)));
        attributes.extend(self.reason.map(|reason| ("Reason", reason)));
        let mut xml = XmlWriter::new();
        xml.open("samlp:LogoutRequest", &attributes);
        xml.text("saml:Issuer", &[], self.issuer);
        xml.fragment(signature.unwrap_or_default());
        write_name_id(&mut xml, self.name_id);
        for index in self.session_indexes {
            xml.text("samlp:SessionIndex", &[], index);
        }
        xml.close("samlp:LogoutRequest");
        xml.finish()
    }

    /// The address to send a browser to by HTTP-Redirect (bindings §3.4.4). Identity
    /// providers want it signed (profiles §4.4.4.1); Entra takes it without.
    pub fn redirect_url(&self, relay_state: &str, signer: Option<&SpKey>) -> Result<Url, SendError> {
        let (kind, destination, xml) = (MessageKind::Request, self.destination, &self.to_xml());
        OutgoingMessage { kind, destination, xml, relay_state, signer }.to_url()
    }

    /// The form for HTTP-POST (bindings §3.5.4).
    pub fn post_form(&self, relay_state: &str, signer: Option<&SpKey>) -> Result<PostForm, SendError> {
        let write = |signature: Option<&str>| self.write(signature);
        post::post_form(MessageKind::Request, self.destination, relay_state, signer, self.id.as_str(), write)
    }
}

/// How a logout went, for us to tell (core §3.2.2.2, §3.7.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoutStatus {
    /// The person is signed out.
    Success,
    /// The request was not acceptable.
    Requester,
    /// The person is signed out here, but not everywhere.
    PartialLogout,
}

/// The answer to a request to sign somebody out (core §3.7.2).
#[derive(Clone, Copy, Debug)]
pub struct LogoutResponse<'a> {
    /// Its own ID.
    pub id: &'a RequestId,
    /// Our entity id.
    pub issuer: &'a str,
    /// The identity provider's address for responses, or its sign-out address.
    pub destination: &'a str,
    /// When it is made.
    pub issue_instant: DateTime<Utc>,
    /// The ID of the request.
    pub in_response_to: &'a str,
    /// How it went.
    pub status: LogoutStatus,
}

impl LogoutResponse<'_> {
    /// The document.
    #[must_use]
    pub fn to_xml(&self) -> String {
        self.write(None)
    }

    fn write(&self, signature: Option<&str>) -> String {
        let instant = format_instant(self.issue_instant);
        let mut attributes = header_attributes(self.id, &instant, self.destination);
        attributes.push(("InResponseTo", self.in_response_to));
        let mut xml = XmlWriter::new();
        xml.open("samlp:LogoutResponse", &attributes);
        xml.text("saml:Issuer", &[], self.issuer);
        xml.fragment(signature.unwrap_or_default());
        write_status(&mut xml, self.status);
        xml.close("samlp:LogoutResponse");
        xml.finish()
    }

    /// The address to send a browser to by HTTP-Redirect (bindings §3.4.4).
    pub fn redirect_url(&self, relay_state: &str, signer: Option<&SpKey>) -> Result<Url, SendError> {
        let (kind, destination, xml) = (MessageKind::Response, self.destination, &self.to_xml());
        OutgoingMessage { kind, destination, xml, relay_state, signer }.to_url()
    }

    /// The form for HTTP-POST (bindings §3.5.4).
    pub fn post_form(&self, relay_state: &str, signer: Option<&SpKey>) -> Result<PostForm, SendError> {
        let write = |signature: Option<&str>| self.write(signature);
        post::post_form(MessageKind::Response, self.destination, relay_state, signer, self.id.as_str(), write)
    }
}

/// The attributes that every message has (core §3.2.1, §3.2.2).
fn header_attributes<'a>(id: &'a RequestId, instant: &'a str, destination: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("xmlns:samlp", PROTOCOL),
        ("xmlns:saml", ASSERTION),
        ("ID", id.as_str()),
        ("Version", "2.0"),
        ("IssueInstant", instant),
        ("Destination", destination),
    ]
}

fn write_name_id(xml: &mut XmlWriter, name_id: &NameId) {
    let parts = [
        ("NameQualifier", &name_id.name_qualifier),
        ("SPNameQualifier", &name_id.sp_name_qualifier),
        ("Format", &name_id.format),
    ];
    let attributes: Vec<_> = parts.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))).collect();
    xml.text("saml:NameID", &attributes, &name_id.value);
}

fn write_status(xml: &mut XmlWriter, status: LogoutStatus) {
    xml.open("samlp:Status", &[]);
    match status {
        LogoutStatus::Success => xml.empty("samlp:StatusCode", &[("Value", STATUS_SUCCESS)]),
        LogoutStatus::Requester => xml.empty("samlp:StatusCode", &[("Value", STATUS_REQUESTER)]),
        LogoutStatus::PartialLogout => {
            xml.open("samlp:StatusCode", &[("Value", STATUS_RESPONDER)]);
            xml.empty("samlp:StatusCode", &[("Value", STATUS_PARTIAL_LOGOUT)]);
            xml.close("samlp:StatusCode");
        }
    }
    xml.close("samlp:Status");
}
