//! Writing a message into an address, signed or not.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;
use url::form_urlencoded::byte_serialize;

use crate::bindings::destination::{SendError, parse_destination};
use crate::bindings::message_kind::MessageKind;
use crate::identifiers::RSA_SHA256;
use crate::raw_deflate;
use crate::sp_key::SpKey;

/// The parameters that belong to the binding (bindings §3.4.4.1).
const PARAMETERS: [&str; 6] = ["SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature", "SAMLEncoding"];

/// A message on its way to an identity provider.
pub(crate) struct OutgoingMessage<'a> {
    pub(crate) kind: MessageKind,
    pub(crate) destination: &'a str,
    pub(crate) xml: &'a str,
    /// Left out when empty.
    pub(crate) relay_state: &'a str,
    pub(crate) signer: Option<&'a SpKey>,
}

impl OutgoingMessage<'_> {
    /// The address to send a browser to. A query that the destination has stays in front,
    /// and outside of what is signed.
    pub(crate) fn to_url(&self) -> Result<Url, SendError> {
        let mut url = parse_destination(self.destination, self.relay_state)?;
        url.set_fragment(None);
        if let Some((taken, _)) = url.query_pairs().find(|(name, _)| PARAMETERS.contains(&name.as_ref())) {
            return Err(SendError::ReservedParameter { parameter: taken.into_owned() });
        }
        let mut query = url.query().filter(|own| !own.is_empty()).map(|own| format!("{own}&")).unwrap_or_default();
        query.push_str(&self.query()?);
        url.set_query(Some(&query));
        Ok(url)
    }

    /// The binding's parameters. What is signed is these very octets, up to the signature
    /// (bindings §3.4.4.1).
    fn query(&self) -> Result<String, SendError> {
        let mut query = String::new();
        append_parameter(&mut query, self.kind.parameter(), &deflate(self.xml).ok_or(SendError::Deflate)?);
        if !self.relay_state.is_empty() {
            append_parameter(&mut query, "RelayState", self.relay_state);
        }
        if let Some(key) = self.signer {
            append_parameter(&mut query, "SigAlg", RSA_SHA256);
            let signature = key.sign_rsa_sha256(query.as_bytes())?;
            append_parameter(&mut query, "Signature", &STANDARD.encode(signature));
        }
        Ok(query)
    }
}

fn append_parameter(query: &mut String, name: &str, value: &str) {
    let separator = if query.is_empty() { "" } else { "&" };
    let value: String = byte_serialize(value.as_bytes()).collect();
    // writing to a String cannot fail
    let _ = write!(query, "{separator}{name}={value}");
}

/// Deflates a message for the query, without the zlib header (RFC 1951).
fn deflate(xml: &str) -> Option<String> {
    // what cannot be compressed grows by a few bytes for each block of some thousand
    let mut deflated = Vec::with_capacity(xml.len() + xml.len() / 1024 + 64);
    raw_deflate::compress_into(xml, &mut deflated).then(|| STANDARD.encode(deflated))
}
