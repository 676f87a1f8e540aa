//! Signatures (xmldsig): as Entra makes them, and as it does not.

use anyhow::{Context as _, Result};

use crate::claims::DISPLAY_NAME;
use crate::keys::SigningKey;

const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";
/// A method that no library has heard of.
const HOME_MADE: &str = "https://contoso.example/signature#home-made";

/// How a response and its assertion are signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignatureKind {
    /// RSA-SHA256, Entra's default.
    #[default]
    RsaSha256,
    /// RSA-SHA1 over a SHA-1 digest, which can be chosen with Entra.
    RsaSha1,
    /// With a method that nobody knows.
    UnknownMethod,
    /// As by default, and then a claim was changed.
    Altered,
    /// Not at all.
    Missing,
}

impl SignatureKind {
    /// The document that `write` makes around a signature, with the signature of the element
    /// of that ID in it.
    pub(crate) fn sign(self, key: &SigningKey, id: &str, write: impl Fn(&str) -> String) -> Result<String> {
        let (method, digest) = match self {
            Self::Missing => return Ok(write("")),
            Self::RsaSha1 => (RSA_SHA1, SHA1),
            Self::RsaSha256 | Self::UnknownMethod | Self::Altered => (RSA_SHA256, SHA256),
        };
        let signed = key.sign(&write(&unsigned(id, &key.certificate_base64()?, method, digest)))?;
        // nothing can sign by a method that nobody knows; a response's signature comes before
        // its assertion's
        Ok(if self == Self::UnknownMethod { signed.replacen(RSA_SHA256, HOME_MADE, 1) } else { signed })
    }
}

/// The signature, not made yet.
fn unsigned(id: &str, certificate: &str, method: &str, digest: &str) -> String {
    format!(
        r##"<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><SignatureMethod Algorithm="{method}"/><Reference URI="#{id}"><Transforms><Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></Transforms><DigestMethod Algorithm="{digest}"/><DigestValue></DigestValue></Reference></SignedInfo><SignatureValue></SignatureValue><KeyInfo><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></Signature>"##
    )
}

/// Changes the display name, or where it cannot be read, what it is encrypted in.
pub(crate) fn altered(xml: &str) -> Result<String> {
    let claim = format!(r#"<Attribute Name="{DISPLAY_NAME}"><AttributeValue>"#);
    if xml.contains(&claim) {
        return Ok(xml.replacen(&claim, &format!("{claim}Somebody else than "), 1));
    }
    // another shape has other names
    if let Some((before, content)) = xml.split_once("AttributeValue>") {
        return Ok(format!("{before}AttributeValue>Somebody else than {content}"));
    }
    let (before, content) = xml.split_once("<xenc:CipherValue>").context("there is nothing to alter")?;
    let mut content = content.chars();
    let other = if content.next() == Some('A') { 'B' } else { 'A' };
    Ok(format!("{before}<xenc:CipherValue>{other}{}", content.as_str()))
}
