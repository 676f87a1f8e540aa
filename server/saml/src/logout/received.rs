//! The identity provider's logout messages. They exist only verified.

use chrono::{DateTime, Utc};
use roxmltree::{Document, Node};

use super::error::LogoutRejection;
use super::expected::ExpectedLogoutMessage;
use super::validator::{LogoutValidator, MessageHeader, duplicate_part, shortened};
use crate::bindings::redirect::{RedirectSignatureError, verify_if_signed};
use crate::bindings::{MessageKind, post};
use crate::identifiers::{ASSERTION, PROTOCOL, STATUS_PARTIAL_LOGOUT, STATUS_SUCCESS};
use crate::name_id::NameId;
use crate::response::{Rejection, verify_signed_message};
use crate::session_indexes;
use crate::trust::Trust;
use crate::xml::{Limits, attribute, child, children, is_named, parsing_options, prefilter, text};

/// A logout message is short, a person's sessions are few.
const LIMITS: Limits =
    Limits { elements: 200, depth: 16, attributes: 32, namespaces: 64, in_scope: 32, comments: false };
/// No name identifier is longer (core §8.3.7).
const NAME_ID_LIMIT: usize = 256;

/// A request that the identity provider has signed (core §3.7.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedLogoutRequest {
    /// Its ID, to answer with, and not to be taken twice.
    pub id: String,
    /// When it was made: what it ends began before.
    pub issue_instant: DateTime<Utc>,
    /// Whom to sign out.
    pub name_id: NameId,
    /// Which of the person's sessions. Empty means all of them.
    pub session_indexes: Vec<String>,
    /// Until when it is to be remembered (core §3.7.3.1); without one, ten minutes and the skew.
    pub not_on_or_after: Option<DateTime<Utc>>,
    /// What the sender wants back, as it came.
    pub relay_state: Option<String>,
}

/// A response to our own request (core §3.7.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedLogoutResponse {
    /// Its ID.
    pub id: String,
    /// The ID of our request.
    pub in_response_to: String,
    /// The status code, shortened.
    pub status: String,
    /// The status code within the status code, shortened.
    pub sub_status: Option<String>,
    /// What the identity provider says about it, shortened. Escape it where it is shown.
    pub status_message: Option<String>,
    /// Whether it was signed. If not, anybody can have written it.
    pub signed: bool,
    /// What we sent along, as it came back.
    pub relay_state: Option<String>,
}

impl ReceivedLogoutResponse {
    /// Whether the person is signed out everywhere.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status == STATUS_SUCCESS && !self.is_partial()
    }

    /// Whether the person is signed out at the identity provider, but not everywhere.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        self.sub_status.as_deref() == Some(STATUS_PARTIAL_LOGOUT)
    }
}

/// What came to the sign-out address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoutMessage {
    /// The identity provider wants somebody signed out.
    Request(ReceivedLogoutRequest),
    /// The identity provider answers.
    Response(ReceivedLogoutResponse),
}

impl LogoutMessage {
    /// Verifies and reads what came by HTTP-Redirect, from the raw query (without the
    /// question mark).
    pub fn from_redirect(
        query: &str,
        trust: &Trust<'_>,
        expected: &ExpectedLogoutMessage<'_>,
        now: DateTime<Utc>,
    ) -> Result<Self, LogoutRejection> {
        let (message, signed) = verify_if_signed(query, trust, now)?;
        if message.kind == MessageKind::Request && !signed {
            return Err(RedirectSignatureError::Unsigned.into());
        }
        let delivery = MessageEnvelope { signed, relay_state: message.relay_state };
        read(&message.xml, message.kind, &LogoutValidator { trust, expected, now }, delivery)
    }

    /// Verifies and reads what came by HTTP-POST: the value of the field `SAMLRequest` or
    /// `SAMLResponse`, as `kind` says, and that of `RelayState`. It must be signed as a whole
    /// (profiles §4.4.3.3, §4.4.3.5), and nothing but what was signed is read.
    pub fn from_post(
        kind: MessageKind,
        form_value: &str,
        relay_state: Option<&str>,
        trust: &Trust<'_>,
        expected: &ExpectedLogoutMessage<'_>,
        now: DateTime<Utc>,
    ) -> Result<Self, LogoutRejection> {
        let posted = post::decode(form_value).map_err(Rejection::from)?;
        let signed = verify_signed_message(&posted, root_name(kind), trust, now)?;
        let delivery = MessageEnvelope { signed: true, relay_state: relay_state.map(str::to_owned) };
        read(&signed, kind, &LogoutValidator { trust, expected, now }, delivery)
    }
}

/// How a message was delivered.
struct MessageEnvelope {
    signed: bool,
    relay_state: Option<String>,
}

fn read(
    xml: &str,
    kind: MessageKind,
    validator: &LogoutValidator<'_>,
    delivery: MessageEnvelope,
) -> Result<LogoutMessage, LogoutRejection> {
    prefilter(xml, &LIMITS)?;
    let document = Document::parse_with_options(xml, parsing_options(LIMITS.elements))
        .map_err(|error| LogoutRejection::NotXml { what: error.into() })?;
    let root = document.root_element();
    let expected = root_name(kind);
    if !is_named(root, PROTOCOL, expected) {
        return Err(LogoutRejection::WrongMessage { expected });
    }
    match kind {
        MessageKind::Request => read_request(root, validator, delivery).map(LogoutMessage::Request),
        MessageKind::Response => read_response(root, validator, delivery).map(LogoutMessage::Response),
    }
}

/// The element that the parameter must hold.
const fn root_name(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Request => "LogoutRequest",
        MessageKind::Response => "LogoutResponse",
    }
}

fn read_request(
    root: Node<'_, '_>,
    validator: &LogoutValidator<'_>,
    delivery: MessageEnvelope,
) -> Result<ReceivedLogoutRequest, LogoutRejection> {
    let MessageHeader { id, issue_instant } = validator.check_header(root, delivery.signed, false)?;
    let not_on_or_after = validator.check_not_on_or_after(root)?;
    let session_indexes = children(root, PROTOCOL, "SessionIndex").map(session_index).collect::<Result<_, _>>()?;
    let (name_id, relay_state) = (name_id(root)?, delivery.relay_state);
    Ok(ReceivedLogoutRequest { id, issue_instant, name_id, session_indexes, not_on_or_after, relay_state })
}

fn session_index(node: Node<'_, '_>) -> Result<String, LogoutRejection> {
    let index = text(node);
    let is_index = !index.is_empty() && session_indexes::check(&index).is_ok();
    if is_index { Ok(index) } else { Err(LogoutRejection::InvalidPart { part: "SessionIndex" }) }
}

/// Whom the request is about: exactly one `NameID` (core §3.7.1).
fn name_id(root: Node<'_, '_>) -> Result<NameId, LogoutRejection> {
    if children(root, ASSERTION, "EncryptedID").next().is_some() {
        return Err(LogoutRejection::EncryptedId);
    }
    let missing = LogoutRejection::InvalidPart { part: "NameID" };
    let node = child(root, ASSERTION, "NameID").map_err(duplicate_part)?.ok_or_else(|| missing.clone())?;
    // exactly as the assertion had it, which is not trimmed either
    let value = text(node);
    if value.trim().is_empty() || value.chars().any(char::is_control) {
        return Err(missing);
    }
    if value.len() > NAME_ID_LIMIT {
        return Err(LogoutRejection::NameIdTooLong { actual: value.len(), limit: NAME_ID_LIMIT });
    }
    let own = |name| attribute(node, name).map(str::to_owned);
    Ok(NameId {
        value,
        format: own("Format"),
        name_qualifier: own("NameQualifier"),
        sp_name_qualifier: own("SPNameQualifier"),
    })
}

fn read_response(
    root: Node<'_, '_>,
    validator: &LogoutValidator<'_>,
    delivery: MessageEnvelope,
) -> Result<ReceivedLogoutResponse, LogoutRejection> {
    let MessageHeader { id, .. } = validator.check_header(root, delivery.signed, true)?;
    let in_response_to = validator.check_in_response_to(root)?;
    let missing = LogoutRejection::InvalidPart { part: "Status" };
    let status = child(root, PROTOCOL, "Status").map_err(duplicate_part)?.ok_or_else(|| missing.clone())?;
    let code = child(status, PROTOCOL, "StatusCode").map_err(duplicate_part)?.ok_or_else(|| missing.clone())?;
    let sub_code = child(code, PROTOCOL, "StatusCode").map_err(duplicate_part)?;
    let message = child(status, PROTOCOL, "StatusMessage").map_err(duplicate_part)?;
    Ok(ReceivedLogoutResponse {
        id,
        in_response_to,
        status: shortened(attribute(code, "Value").ok_or(missing)?),
        sub_status: sub_code.and_then(|sub| attribute(sub, "Value")).map(shortened),
        status_message: message.map(|message| shortened(text(message).trim())).filter(|message| !message.is_empty()),
        signed: delivery.signed,
        relay_state: delivery.relay_state,
    })
}
