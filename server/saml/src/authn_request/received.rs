//! Anybody's authentication requests, read.

use chrono::{DateTime, Utc};
use roxmltree::{Document, Node};

use crate::identifiers::{ASSERTION, PROTOCOL};
use crate::xml::{Limits, attribute, child, is_named, parse_instant, parsing_options, prefilter, text};

/// A request is short; this is plenty for what any service provider asks.
const LIMITS: Limits =
    Limits { elements: 200, depth: 16, attributes: 32, namespaces: 64, in_scope: 32, comments: false };

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
    InvalidPart {
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
    /// Whether it names a `Subject`, which Entra rejects.
    pub has_subject: bool,
}

impl ReceivedAuthnRequest {
    /// Reads a request.
    pub fn parse(xml: &str) -> Result<Self, ReadRequestError> {
        prefilter(xml, &LIMITS).map_err(|error| ReadRequestError::NotXml { detail: error.to_string() })?;
        let document = Document::parse_with_options(xml, parsing_options(LIMITS.elements))
            .map_err(|error| ReadRequestError::NotXml { detail: error.to_string() })?;
        Self::read(document.root_element())
    }

    fn read(root: Node<'_, '_>) -> Result<Self, ReadRequestError> {
        if !is_named(root, PROTOCOL, "AuthnRequest") || attribute(root, "Version") != Some("2.0") {
            return Err(ReadRequestError::NotAnAuthnRequest);
        }
        let part = |part| ReadRequestError::InvalidPart { part };
        let issuer = child(root, ASSERTION, "Issuer").map_err(|duplicate| part(duplicate.0))?.map(text);
        let subject = child(root, ASSERTION, "Subject").map_err(|duplicate| part(duplicate.0))?;
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
