//! Our authentication requests.

use std::fmt;

use chrono::{DateTime, Utc};
use url::Url;

use crate::bindings::post::{self, PostForm};
use crate::bindings::redirect::OutgoingMessage;
use crate::bindings::{MessageKind, SendError};
use crate::identifiers::{ASSERTION, BINDING_POST, NAME_ID_FORMAT_TRANSIENT, PROTOCOL};
use crate::sp_key::SpKey;
use crate::xml::{XmlWriter, format_instant};

/// No address of a person is longer.
const LOGIN_HINT_LIMIT: usize = 320;

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

    /// Whether a text has the form of one: an underscore and 128 bits in lower-case hexadecimal digits.
    #[must_use]
    pub fn has_form(text: &str) -> bool {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        text.strip_prefix('_').is_some_and(|digits| digits.len() == 32 && digits.bytes().all(is_digit))
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

/// What a team asks of its identity provider beyond the sign-in itself. By default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestOptions {
    /// The person must prove who they are again (`ForceAuthn`).
    pub force_authn: bool,
    /// The identity provider must show no page (`IsPassive`).
    pub is_passive: bool,
    /// The format that the name identifier is wanted in (`NameIDPolicy`).
    pub name_id_format: Option<String>,
    /// The ways to sign in, one of which it must be exactly (`RequestedAuthnContext`).
    pub authn_context: Vec<String>,
}

impl RequestOptions {
    /// Nothing beyond the sign-in itself.
    pub const NONE: Self =
        Self { force_authn: false, is_passive: false, name_id_format: None, authn_context: Vec::new() };

    /// The parts in the order of the schema (core §3.4.1).
    fn write(&self, xml: &mut XmlWriter) {
        if let Some(format) = &self.name_id_format {
            let mut policy = vec![("Format", format.as_str())];
            // not together with transient, which always makes a new one (core §3.4.1.1, E14)
            if format != NAME_ID_FORMAT_TRANSIENT {
                policy.push(("AllowCreate", "true"));
            }
            xml.empty("samlp:NameIDPolicy", &policy);
        }
        if !self.authn_context.is_empty() {
            xml.open("samlp:RequestedAuthnContext", &[("Comparison", "exact")]);
            for class in &self.authn_context {
                xml.text("saml:AuthnContextClassRef", &[], class);
            }
            xml.close("samlp:RequestedAuthnContext");
        }
    }
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
    /// What the team asks for.
    pub options: &'a RequestOptions,
}

impl AuthnRequest<'_> {
    /// The document (core §3.4.1).
    #[must_use]
    pub fn to_xml(&self) -> String {
        self.write(None)
    }

    fn write(&self, signature: Option<&str>) -> String {
        let instant = format_instant(self.issue_instant);
        let mut attributes = vec![
            ("xmlns:samlp", PROTOCOL),
            ("xmlns:saml", ASSERTION),
            ("ID", self.id.as_str()),
            ("Version", "2.0"),
            ("IssueInstant", &instant),
            ("Destination", self.destination),
            ("AssertionConsumerServiceURL", self.acs_url),
            ("ProtocolBinding", BINDING_POST),
        ];
        if self.options.force_authn {
            attributes.push(("ForceAuthn", "true"));
        }
        if self.options.is_passive {
            attributes.push(("IsPassive", "true"));
        }
        let mut xml = XmlWriter::new();
        xml.open("samlp:AuthnRequest", &attributes);
        xml.text("saml:Issuer", &[], self.issuer);
        xml.fragment(signature.unwrap_or_default());
        self.options.write(&mut xml);
        xml.close("samlp:AuthnRequest");
        xml.finish()
    }

    /// The address to send a browser to by HTTP-Redirect (bindings §3.4.4), signed if there
    /// is a key to sign with. A query that the sign-in address has is kept in front.
    /// `login_hint` is Entra's and Google's parameter for whom to offer; it comes last,
    /// outside of what is signed, and one that cannot be an address is left out.
    pub fn redirect_url(
        &self,
        relay_state: &str,
        login_hint: Option<&str>,
        signer: Option<&SpKey>,
    ) -> Result<Url, SendError> {
        let (kind, destination, xml) = (MessageKind::Request, self.destination, &self.to_xml());
        let mut url = OutgoingMessage { kind, destination, xml, relay_state, signer }.to_url()?;
        let is_address = |hint: &&str| hint.len() <= LOGIN_HINT_LIMIT && !hint.chars().any(char::is_control);
        if let Some(hint) = login_hint.filter(is_address).filter(|hint| !hint.is_empty()) {
            url.query_pairs_mut().append_pair("login_hint", hint);
        }
        Ok(url)
    }

    /// The form for HTTP-POST (bindings §3.5.4), with the signature in the document if there
    /// is a key to sign with.
    pub fn post_form(&self, relay_state: &str, signer: Option<&SpKey>) -> Result<PostForm, SendError> {
        let write = |signature: Option<&str>| self.write(signature);
        post::post_form(MessageKind::Request, self.destination, relay_state, signer, self.id.as_str(), write)
    }
}
