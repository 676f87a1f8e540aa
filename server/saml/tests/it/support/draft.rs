//! A response that can be changed before it is signed, and after.

use samael::crypto::{Crypto, CryptoProvider};

use super::{ACS, IDP, Key, PERSON, REQUEST, SP};

const SIGNATURE_HERE: &str = "[signature]";
const ASSERTION_HERE: &str = "[assertion]";

/// What a signature says before it is made.
#[derive(Clone)]
pub struct Signature {
    pub canonicalization: String,
    pub method: String,
    pub digest: String,
    pub transforms: String,
    pub uri: Option<String>,
    pub key_info: String,
}

impl Default for Signature {
    fn default() -> Self {
        Self {
            canonicalization: "http://www.w3.org/2001/10/xml-exc-c14n#".into(),
            method: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256".into(),
            digest: "http://www.w3.org/2001/04/xmlenc#sha256".into(),
            transforms: r#"<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>"#.into(),
            uri: None,
            key_info: String::new(),
        }
    }
}

impl Signature {
    /// With that signature algorithm of the xmldsig-more family.
    pub fn by(method: &str) -> Self {
        Self { method: format!("http://www.w3.org/2001/04/xmldsig-more#{method}"), ..Self::default() }
    }

    /// The element, with room for the values.
    pub fn template(&self, id: &str) -> String {
        let Self { canonicalization, method, digest, transforms, uri, key_info } = self;
        let uri = uri.clone().unwrap_or_else(|| format!("#{id}"));
        format!(
            r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{canonicalization}"/><ds:SignatureMethod Algorithm="{method}"/><ds:Reference URI="{uri}"><ds:Transforms>{transforms}</ds:Transforms><ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue>{key_info}</ds:Signature>"#
        )
    }
}

/// A response and its assertion as Entra writes them, not yet signed.
#[derive(Clone)]
pub struct Draft {
    pub assertion: String,
    pub response: String,
}

impl Draft {
    pub fn entra() -> Self {
        let assertion = format!(
            r#"<Assertion ID="_a1" IssueInstant="2026-11-23T12:59:58.123Z" Version="2.0" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>{IDP}</Issuer>{SIGNATURE_HERE}<Subject><NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">{PERSON}</NameID><SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="2026-11-23T14:00:00.000Z" Recipient="{ACS}"/></SubjectConfirmation></Subject><Conditions NotBefore="2026-11-23T12:55:00.000Z" NotOnOrAfter="2026-11-23T14:09:58.123Z"><AudienceRestriction><Audience>{SP}</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="http://schemas.microsoft.com/identity/claims/tenantid"><AttributeValue>8f4f2a34</AttributeValue></Attribute><Attribute Name="groups"><AttributeValue>one</AttributeValue><AttributeValue>two &amp; three</AttributeValue></Attribute></AttributeStatement><AuthnStatement AuthnInstant="2026-11-23T12:00:00.000Z" SessionIndex="_s1"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>"#
        );
        let response = format!(
            r#"<samlp:Response ID="_r1" Version="2.0" IssueInstant="2026-11-23T12:59:58.123Z" Destination="{ACS}" InResponseTo="{REQUEST}" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">{IDP}</Issuer>{SIGNATURE_HERE}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{ASSERTION_HERE}</samlp:Response>"#
        );
        Self { assertion, response }
    }

    /// Changes the assertion; what is changed must be there.
    pub fn assertion(mut self, from: &str, to: &str) -> Self {
        assert!(self.assertion.contains(from), "the assertion has no {from}");
        self.assertion = self.assertion.replace(from, to);
        self
    }

    /// Changes the response; what is changed must be there.
    pub fn response(mut self, from: &str, to: &str) -> Self {
        assert!(self.response.contains(from), "the response has no {from}");
        self.response = self.response.replace(from, to);
        self
    }

    /// Without any signature.
    pub fn unsigned(&self) -> String {
        self.assembled().replace(SIGNATURE_HERE, "")
    }

    /// Entra's default: the assertion signed.
    pub fn signed(&self) -> String {
        self.assertion_signed(super::rsa(), &Signature::default())
    }

    pub fn assertion_signed(&self, key: &Key, signature: &Signature) -> String {
        self.response.replace(SIGNATURE_HERE, "").replace(ASSERTION_HERE, &self.own_assertion(key, signature))
    }

    pub fn response_signed(&self, key: &Key, signature: &Signature) -> String {
        let whole = self.response.replace(SIGNATURE_HERE, &signature.template("_r1"));
        sign(&whole.replace(ASSERTION_HERE, &self.assertion.replace(SIGNATURE_HERE, "")), key)
    }

    pub fn both_signed(&self, key: &Key, signature: &Signature) -> String {
        let whole = self.response.replace(SIGNATURE_HERE, &signature.template("_r1"));
        sign(&whole.replace(ASSERTION_HERE, &self.own_assertion(key, signature)), key)
    }

    /// Each signed with a key of its own: the assertion, and the response around it.
    pub fn signed_with_two_keys(&self, inner: &Key, outer: &Key) -> String {
        let assertion = self.own_assertion(inner, &Signature::default());
        let whole = self.response.replace(SIGNATURE_HERE, &Signature::default().template("_r1"));
        // the first template without a value is the response's
        sign(&whole.replace(ASSERTION_HERE, &assertion), outer)
    }

    /// The assertion signed where it stands: inclusive canonicalisation takes its context in.
    pub fn assertion_signed_in_place(&self, key: &Key, signature: &Signature) -> String {
        let assertion = self.assertion.replace(SIGNATURE_HERE, &signature.template("_a1"));
        sign(&self.response.replace(SIGNATURE_HERE, "").replace(ASSERTION_HERE, &assertion), key)
    }

    /// The assertion alone, signed.
    pub fn signed_assertion(&self, key: &Key, signature: &Signature) -> String {
        self.own_assertion(key, signature)
    }

    /// The assertion alone, not signed.
    pub fn unsigned_assertion(&self) -> String {
        self.assertion.replace(SIGNATURE_HERE, "")
    }

    /// With something else where the assertion stands.
    pub fn with_assertion(&self, assertion: &str) -> Self {
        Self { assertion: assertion.to_owned(), response: self.response.clone() }
    }

    fn own_assertion(&self, key: &Key, signature: &Signature) -> String {
        sign(&self.assertion.replace(SIGNATURE_HERE, &signature.template("_a1")), key)
    }

    fn assembled(&self) -> String {
        self.response.replace(ASSERTION_HERE, &self.assertion)
    }
}

/// Fills in the values of every signature in a document.
pub fn sign(xml: &str, key: &Key) -> String {
    let private = key.private.private_key_to_der().unwrap();
    let signed = <Crypto as CryptoProvider>::sign_xml(xml, &private).expect("signed");
    signed.split_once("?>").unwrap().1.trim().to_owned()
}
