//! The HTTP-POST binding (bindings §3.5): a message in Base64 in a form, its signature
//! enveloped in it (core §5.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use openssl::sha::sha256;
use roxmltree::Document;

use crate::base64_text;
use crate::bindings::destination::{SendError, parse_destination};
use crate::bindings::message_kind::MessageKind;
use crate::identifiers::{DSIG, ENVELOPED_SIGNATURE, EXC_C14N, RSA_SHA256, SHA256};
use crate::sp_key::{SpKey, SpKeyError};
use crate::xml::XmlWriter;
use crate::xml::c14n::{Canonicalization, canonicalize};

/// A posted message may have this many bytes in Base64; what we read by POST beside
/// responses is short.
const FORM_VALUE_LIMIT: usize = 64 * 1024;

/// The form that a browser is to post. Its values are not escaped for HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostForm {
    /// Where the form goes.
    pub action: String,
    /// What the field with the message is called: `SAMLRequest` or `SAMLResponse`.
    pub parameter: &'static str,
    /// The message in Base64.
    pub message: String,
    /// The field `RelayState`, which is left out when empty.
    pub relay_state: String,
}

/// Why a posted form value is not a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormValueError {
    /// Longer than the limit.
    TooLarge {
        /// How long it may be.
        limit: usize,
        /// How long it is.
        actual: usize,
    },
    /// Not Base64.
    NotBase64,
    /// Not text in UTF-8.
    NotUtf8,
}

/// The XML in a posted form value (bindings §3.5.4), before anything is known about it.
pub(crate) fn decode(form_value: &str) -> Result<String, FormValueError> {
    if form_value.len() > FORM_VALUE_LIMIT {
        return Err(FormValueError::TooLarge { limit: FORM_VALUE_LIMIT, actual: form_value.len() });
    }
    let bytes = base64_text::decode(form_value).map_err(|_| FormValueError::NotBase64)?;
    String::from_utf8(bytes).map_err(|_| FormValueError::NotUtf8)
}

/// Puts a message in a form. `write` makes the document with that signature in its place.
pub(crate) fn post_form(
    kind: MessageKind,
    destination: &str,
    relay_state: &str,
    signer: Option<&SpKey>,
    id: &str,
    write: impl Fn(Option<&str>) -> String,
) -> Result<PostForm, SendError> {
    let action = parse_destination(destination, relay_state)?;
    let plain = write(None);
    let xml = match signer {
        Some(key) => write(Some(&enveloped_signature(&plain, id, key)?)),
        None => plain,
    };
    Ok(PostForm {
        action: action.into(),
        parameter: kind.parameter(),
        message: STANDARD.encode(xml),
        relay_state: relay_state.to_owned(),
    })
}

/// The signature of a document that does not hold it yet, which is what the enveloped
/// signature transform makes of the one that does.
fn enveloped_signature(plain: &str, id: &str, key: &SpKey) -> Result<String, SendError> {
    let digest = sha256(canonical_form(plain)?.as_bytes());
    let info = signed_info(id, &STANDARD.encode(digest));
    let value = key.sign_rsa_sha256(canonical_form(&info)?.as_bytes())?;
    let mut xml = XmlWriter::new();
    xml.open("ds:Signature", &[("xmlns:ds", DSIG)]);
    xml.fragment(&info);
    xml.text("ds:SignatureValue", &[], &STANDARD.encode(value));
    xml.open("ds:KeyInfo", &[]);
    xml.open("ds:X509Data", &[]);
    xml.text("ds:X509Certificate", &[], &key.certificate_base64());
    xml.close("ds:X509Data");
    xml.close("ds:KeyInfo");
    xml.close("ds:Signature");
    Ok(xml.finish())
}

/// What is signed (xmldsig §4.3). It declares its namespace itself, so that it can be
/// canonicalised by itself.
fn signed_info(id: &str, digest: &str) -> String {
    let mut xml = XmlWriter::new();
    xml.open("ds:SignedInfo", &[("xmlns:ds", DSIG)]);
    xml.empty("ds:CanonicalizationMethod", &[("Algorithm", EXC_C14N)]);
    xml.empty("ds:SignatureMethod", &[("Algorithm", RSA_SHA256)]);
    xml.open("ds:Reference", &[("URI", &format!("#{id}"))]);
    xml.open("ds:Transforms", &[]);
    xml.empty("ds:Transform", &[("Algorithm", ENVELOPED_SIGNATURE)]);
    xml.empty("ds:Transform", &[("Algorithm", EXC_C14N)]);
    xml.close("ds:Transforms");
    xml.empty("ds:DigestMethod", &[("Algorithm", SHA256)]);
    xml.text("ds:DigestValue", &[], digest);
    xml.close("ds:Reference");
    xml.close("ds:SignedInfo");
    xml.finish()
}

/// The canonical form of a document that we have just written.
fn canonical_form(xml: &str) -> Result<String, SpKeyError> {
    let document = Document::parse(xml).map_err(|_| SpKeyError::Unsignable)?;
    canonicalize(document.root_element(), &Canonicalization::EXCLUSIVE, None).ok_or(SpKeyError::Unsignable)
}
