//! The identifiers that the specifications define.

/// The assertion namespace (core §1.1).
pub(crate) const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// The protocol namespace (core §1.1).
pub(crate) const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// The protocol namespace of SAML 1.0 and 1.1, by which their responses are told.
pub(crate) const PROTOCOL_1: &str = "urn:oasis:names:tc:SAML:1.0:protocol";
/// The metadata namespace (metadata §1.1).
pub(crate) const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// The XML Signature namespace (xmldsig §1.3).
pub(crate) const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The XML Encryption namespace (xmlenc §1.3).
pub(crate) const XENC: &str = "http://www.w3.org/2001/04/xmlenc#";
/// That of its version 1.1 (xmlenc11 §1.3).
pub(crate) const XENC11: &str = "http://www.w3.org/2009/xmlenc11#";

/// The HTTP-Redirect binding (bindings §3.4).
pub(crate) const BINDING_REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/// The HTTP-POST binding (bindings §3.5).
pub(crate) const BINDING_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
/// The only encoding of the HTTP-Redirect binding (bindings §3.4.4.1).
pub(crate) const ENCODING_DEFLATE: &str = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";

/// Whoever bears the assertion is its subject (profiles §3.3).
pub(crate) const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
/// The request succeeded (core §3.2.2.2).
pub(crate) const STATUS_SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";

/// The formats a name identifier may have, as our metadata offers them (core §8.3).
pub(crate) const NAME_ID_FORMATS: [&str; 3] = [
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
];

/// The person could not be signed out at every participant (core §3.2.2.2).
pub(crate) const STATUS_PARTIAL_LOGOUT: &str = "urn:oasis:names:tc:SAML:2.0:status:PartialLogout";
/// The request failed because of who sent it (core §3.2.2.2).
pub(crate) const STATUS_REQUESTER: &str = "urn:oasis:names:tc:SAML:2.0:status:Requester";
/// The request failed because of who got it (core §3.2.2.2).
pub(crate) const STATUS_RESPONDER: &str = "urn:oasis:names:tc:SAML:2.0:status:Responder";
/// An issuer is an entity (core §2.2.5, §8.3.6).
pub(crate) const NAME_ID_FORMAT_ENTITY: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
/// A name identifier for this session only (core §8.3.8).
pub(crate) const NAME_ID_FORMAT_TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

/// What we sign with (RFC 6931 §2.3.2): the one algorithm that Entra verifies by default.
pub(crate) const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
/// What we digest with (xmlenc §5.8.2).
pub(crate) const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// How assertions may be encrypted to us, the best first (xmlenc11 §5.2, §5.5): what the
/// content is encrypted with, and what its key is.
pub(crate) const ENCRYPTION_METHODS: [&str; 6] = [
    "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    "http://www.w3.org/2009/xmlenc11#aes128-gcm",
    "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
    "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
    "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    "http://www.w3.org/2009/xmlenc11#rsa-oaep",
];
/// Cuts the signature out of what it signs (xmldsig §6.6.4).
pub(crate) const ENVELOPED_SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
/// Exclusive canonicalisation without comments.
pub(crate) const EXC_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// Canonical XML 1.0 without comments.
pub(crate) const C14N_10: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
/// Canonical XML 1.1 without comments.
pub(crate) const C14N_11: &str = "http://www.w3.org/2006/12/xml-c14n11";
/// Exclusive canonicalisation with comments (core §5.4.3).
pub(crate) const EXC_C14N_WITH_COMMENTS: &str = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
/// Canonical XML 1.0 with comments.
pub(crate) const C14N_10_WITH_COMMENTS: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments";
/// Canonical XML 1.1 with comments.
pub(crate) const C14N_11_WITH_COMMENTS: &str = "http://www.w3.org/2006/12/xml-c14n11#WithComments";
