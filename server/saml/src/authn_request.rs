//! Authentication requests (core §3.4, profiles §4.1.4.1): ours, written, and anybody's, read.
//!
//! What ours leaves out, it leaves out because of Entra: a `Subject` is an error there
//! (AADSTS900236), a `RequestedAuthnContext` refuses people who signed in another way
//! (AADSTS75011), and a `NameIDPolicy` would overrule what the administrator chose.

use std::fmt;

use chrono::{DateTime, Utc};
use roxmltree::{Document, Node};
use url::Url;

use crate::names::{ASSERTION, BINDING_POST, PROTOCOL};
use crate::redirect;
use crate::xml::{
    Limits, Refused, Writer, attribute, child, format_instant, is, options, parse_instant, prefilter, text,
};

/// The binding lets a `RelayState` be no longer (bindings §3.4.3).
pub const RELAY_STATE_LIMIT: usize = 80;
/// No address of a person is longer.
const LOGIN_HINT_LIMIT: usize = 320;

/// A request is short; this is plenty for what any service provider asks.
const LIMITS: Limits =
    Limits { elements: 200, depth: 16, attributes: 32, namespaces: 64, in_scope: 32, comments: false };

/// The ID of a request: `_` and 32 hexadecimal digits. It must be an `NCName`, so it must not
/// begin with a digit (core §1.3.4, AADSTS7500529).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(String);

impl RequestId {
    /// An ID from 128 random bits.
    #[must_use]
    pub fn from_random(random: [u8; 16]) -> Self {
        Self(format!("_{}", hex::encode(random)))
    }

    /// The ID as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a request cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthnRequestError {
    /// The sign-in address is no absolute URL.
    #[error("the identity provider's sign-in address is not a URL: {0}")]
    Destination(#[from] url::ParseError),
    /// The sign-in address already has a parameter of the binding's.
    #[error("the identity provider's sign-in address already has the parameter {parameter}")]
    TakenParameter {
        /// Which.
        parameter: String,
    },
    /// The `RelayState` is longer than the binding allows.
    #[error("RelayState has {actual} bytes, of which {RELAY_STATE_LIMIT} are allowed")]
    RelayStateTooLong {
        /// How long it is.
        actual: usize,
    },
    /// Compression failed.
    #[error("the request could not be compressed")]
    Deflate,
}

/// A request that we send.
#[derive(Clone, Copy, Debug)]
pub struct AuthnRequest<'a> {
    /// Its ID, which the response must name.
    pub id: &'a RequestId,
    /// Our entity id.
    pub issuer: &'a str,
    /// Where the response is to be posted.
    pub acs_url: &'a str,
    /// The identity provider's sign-in address.
    pub destination: &'a str,
    /// When it is made.
    pub issue_instant: DateTime<Utc>,
}

impl AuthnRequest<'_> {
    /// The document (core §3.4.1).
    #[must_use]
    pub fn to_xml(&self) -> String {
        let instant = format_instant(self.issue_instant);
        let mut xml = Writer::new();
        xml.open(
            "samlp:AuthnRequest",
            &[
                ("xmlns:samlp", PROTOCOL),
                ("xmlns:saml", ASSERTION),
                ("ID", self.id.as_str()),
                ("Version", "2.0"),
                ("IssueInstant", &instant),
                ("Destination", self.destination),
                ("AssertionConsumerServiceURL", self.acs_url),
                ("ProtocolBinding", BINDING_POST),
            ],
        );
        xml.text("saml:Issuer", &[], self.issuer);
        xml.close("samlp:AuthnRequest");
        xml.finish()
    }

    /// The address to send a browser to by HTTP-Redirect (bindings §3.4.4). A query that the
    /// sign-in address has is kept. `login_hint` is Entra's and Google's parameter for whom
    /// to offer; one that cannot be an address is left out.
    pub fn redirect_url(&self, relay_state: &str, login_hint: Option<&str>) -> Result<Url, AuthnRequestError> {
        if relay_state.len() > RELAY_STATE_LIMIT {
            return Err(AuthnRequestError::RelayStateTooLong { actual: relay_state.len() });
        }
        let mut url = Url::parse(self.destination)?;
        url.set_fragment(None);
        if let Some((taken, _)) = url.query_pairs().find(|(name, _)| redirect::PARAMETERS.contains(&name.as_ref())) {
            return Err(AuthnRequestError::TakenParameter { parameter: taken.into_owned() });
        }
        let message = redirect::deflate(&self.to_xml()).map_err(|_| AuthnRequestError::Deflate)?;
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("SAMLRequest", &message).append_pair("RelayState", relay_state);
            let is_address = |hint: &&str| hint.len() <= LOGIN_HINT_LIMIT && !hint.chars().any(char::is_control);
            if let Some(hint) = login_hint.filter(is_address).filter(|hint| !hint.is_empty()) {
                query.append_pair("login_hint", hint);
            }
        }
        Ok(url)
    }
}

/// Why a received request cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadRequestError {
    /// Not XML that is let in.
    #[error("the request is not acceptable XML: {detail}")]
    NotXml {
        /// Why not.
        detail: String,
    },
    /// XML, but no request of SAML 2.0.
    #[error("the message is not a SAML 2.0 AuthnRequest")]
    NotAnAuthnRequest,
    /// A part that every request has is missing or wrong.
    #[error("the request's {part} is missing or wrong")]
    Part {
        /// Which.
        part: &'static str,
    },
}

/// A request as an identity provider receives it. Nothing in it is authenticated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedAuthnRequest {
    /// Its ID, which need not be an `NCName`.
    pub id: String,
    /// Who asks.
    pub issuer: String,
    /// Where the response is wanted.
    pub acs_url: Option<String>,
    /// Where it was sent.
    pub destination: Option<String>,
    /// When it was made.
    pub issue_instant: DateTime<Utc>,
    /// Whether it names a `Subject`, which Entra refuses.
    pub has_subject: bool,
}

impl ReceivedAuthnRequest {
    /// Reads a request.
    pub fn parse(xml: &str) -> Result<Self, ReadRequestError> {
        prefilter(xml, &LIMITS).map_err(|refused| {
            let detail = match refused {
                Refused::Construct(construct) => construct.to_string(),
                Refused::Malformed(detail) => detail.to_owned(),
            };
            ReadRequestError::NotXml { detail }
        })?;
        let document = Document::parse_with_options(xml, options(LIMITS.elements))
            .map_err(|error| ReadRequestError::NotXml { detail: error.to_string() })?;
        Self::read(document.root_element())
    }

    fn read(root: Node<'_, '_>) -> Result<Self, ReadRequestError> {
        if !is(root, PROTOCOL, "AuthnRequest") || attribute(root, "Version") != Some("2.0") {
            return Err(ReadRequestError::NotAnAuthnRequest);
        }
        let part = |part| ReadRequestError::Part { part };
        let issuer = child(root, ASSERTION, "Issuer").map_err(|several| part(several.0))?.map(text);
        let subject = child(root, ASSERTION, "Subject").map_err(|several| part(several.0))?;
        let instant = attribute(root, "IssueInstant").and_then(|text| parse_instant(text).ok());
        Ok(Self {
            id: attribute(root, "ID").filter(|id| !id.is_empty()).ok_or(part("ID"))?.to_owned(),
            issuer: issuer.filter(|issuer| !issuer.is_empty()).ok_or(part("Issuer"))?,
            acs_url: attribute(root, "AssertionConsumerServiceURL").map(str::to_owned),
            destination: attribute(root, "Destination").map(str::to_owned),
            issue_instant: instant.ok_or(part("IssueInstant"))?,
            has_subject: subject.is_some(),
        })
    }
}
