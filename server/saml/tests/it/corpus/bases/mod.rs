//! One honest response in the style of each identity provider, made by hand after what they
//! document and send: prefixes, order, white space, types and ways to sign. None is copied.

mod java;
mod microsoft;
mod others;

use super::edit;
use super::signature::Signature;
use crate::support::{Key, rsa};

pub const ISSUED: &str = "2026-11-23T12:59:58.123Z";
pub const BEGINS: &str = "2026-11-23T12:55:00.000Z";
pub const ENDS: &str = "2026-11-23T14:09:58.123Z";
pub const CONFIRMED: &str = "2026-11-23T14:00:00.000Z";
pub const SIGNED_IN: &str = "2026-11-23T12:00:00.000Z";
pub const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
pub const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
pub const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
pub const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
pub const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
pub const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
pub const EMAIL: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
pub const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";

pub const SIGNATURE_HERE: &str = "[signature]";
pub const ASSERTION_HERE: &str = "[assertion]";

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    Assertion,
    Response,
    Both,
}

impl Signs {
    pub const ALL: [Self; 3] = [Self::Assertion, Self::Response, Self::Both];

    pub fn name(self) -> &'static str {
        match self {
            Self::Assertion => "assertion",
            Self::Response => "response",
            Self::Both => "both",
        }
    }
}

/// An attribute's name and its values.
pub type Values = (&'static str, &'static [&'static str]);

/// A response not yet signed, and how it is to be.
#[derive(Clone)]
pub struct Base {
    pub vendor: &'static str,
    pub signs: Signs,
    /// The prefixes of the two namespaces, with the colon.
    pub protocol: &'static str,
    pub saml: &'static str,
    pub response_id: &'static str,
    pub assertion_id: &'static str,
    pub signature: Signature,
    pub response: String,
    pub assertion: String,
    pub name_id_format: Option<&'static str>,
    pub attributes: &'static [Values],
}

/// Every style with every way to sign.
pub fn all() -> Vec<Base> {
    let styles = [
        microsoft::entra(),
        microsoft::adfs(),
        java::okta(),
        java::google(),
        java::shibboleth(),
        java::jumpcloud(),
        others::keycloak(),
        others::onelogin(),
        others::ping(),
        others::simplesamlphp(),
    ];
    styles.iter().flat_map(|style| Signs::ALL.map(|signs| Base { signs, ..style.clone() })).collect()
}

impl Base {
    pub fn name(&self) -> String {
        format!("{}-{}", self.vendor, self.signs.name())
    }

    /// A name of the assertion namespace as this provider writes it.
    pub fn a(&self, local: &str) -> String {
        format!("{}{local}", self.saml)
    }

    /// A name of the protocol namespace as this provider writes it.
    pub fn p(&self, local: &str) -> String {
        format!("{}{local}", self.protocol)
    }

    /// With another assertion.
    pub fn assertion(&self, change: impl FnOnce(&str) -> String) -> Self {
        Self { assertion: change(&self.assertion), ..self.clone() }
    }

    /// With another response around it.
    pub fn response(&self, change: impl FnOnce(&str) -> String) -> Self {
        Self { response: change(&self.response), ..self.clone() }
    }

    /// Signed with other words.
    pub fn signature(&self, change: impl FnOnce(&mut Signature)) -> Self {
        let mut other = self.clone();
        change(&mut other.signature);
        other
    }

    pub fn signs_assertion(&self) -> bool {
        self.signs != Signs::Response
    }

    pub fn signs_response(&self) -> bool {
        self.signs != Signs::Assertion
    }

    pub fn signed(&self) -> String {
        self.signed_by(rsa())
    }

    pub fn signed_by(&self, key: &Key) -> String {
        self.signed_by_two(key, key)
    }

    /// The assertion signed by the one, the response by the other.
    pub fn signed_by_two(&self, inside: &Key, outside: &Key) -> String {
        let mut xml = self.response.replace(ASSERTION_HERE, &self.assertion);
        let inner = format!("{}{SIGNATURE_HERE}", &self.before_signature());
        if self.signs_assertion() {
            let template = self.signature.template(self.assertion_id, inside);
            let here = inner.replace(SIGNATURE_HERE, &template);
            xml = self.signature.make(&xml.replace(&inner, &here).replace(SIGNATURE_HERE, ""), inside);
        }
        if self.signs_response() {
            let template = self.signature.template(self.response_id, outside);
            let outer = self.response.find(SIGNATURE_HERE).unwrap();
            xml.insert_str(outer, &template);
            xml = self.signature.make(&xml.replace(SIGNATURE_HERE, ""), outside);
        }
        xml
    }

    /// Signed by nobody, though it looks like it.
    pub fn pretended(&self) -> String {
        let mark = |xml: &str, signed: bool, id: &str| {
            let signature = if signed { self.signature.pretended(id, rsa()) } else { String::new() };
            xml.replace(SIGNATURE_HERE, &signature)
        };
        let assertion = mark(&self.assertion, self.signs_assertion(), self.assertion_id);
        mark(&self.response, self.signs_response(), self.response_id).replace(ASSERTION_HERE, &assertion)
    }

    pub fn unsigned(&self) -> String {
        self.response.replace(ASSERTION_HERE, &self.assertion).replace(SIGNATURE_HERE, "")
    }

    /// The assertion's text up to its signature.
    fn before_signature(&self) -> String {
        self.assertion.split_once(SIGNATURE_HERE).unwrap().0.to_owned()
    }

    /// An element of a signed document, by its name in the assertion namespace.
    pub fn cut(&self, xml: &str, local: &str) -> String {
        edit::cut(xml, &self.a(local)).to_owned()
    }
}
