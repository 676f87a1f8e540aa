//! Queries of the HTTP-Redirect binding that are made to fill the memory once inflated.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use saml::bindings::redirect::{MESSAGE_LIMIT, RedirectError};

use crate::support::encode;

/// A query, and why it must be rejected.
pub struct AttackQuery {
    pub name: &'static str,
    pub query: String,
    pub error: RedirectError,
}

pub fn queries() -> Vec<AttackQuery> {
    let mebibytes = |number: usize| vec![b' '; number << 20];
    let tags = "<a>".repeat(10 << 20).into_bytes();
    let twice = deflated(&deflated(&mebibytes(64)));
    let large = RedirectError::TooLarge;
    vec![
        bad("one-byte-more", &deflated(&vec![b' '; MESSAGE_LIMIT + 1]), large.clone()),
        bad("twenty-mebibytes", &deflated(&mebibytes(20)), large.clone()),
        bad("tags", &deflated(&tags), large.clone()),
        // the first inflation is short of the limit, and there is no second
        bad("deflated-twice", &twice, RedirectError::NotDeflated),
        bad("more-than-a-query", &deflated(&mebibytes(128)), large.clone()),
        bad("stored", &stored(), large),
        bad("cut-off", &deflated(b"<a/>")[..3], RedirectError::NotDeflated),
        bad("zlib-header", &[&[0x78, 0x9c][..], &deflated(b"<a/>")].concat(), RedirectError::NotDeflated),
    ]
}

fn bad(name: &'static str, message: &[u8], error: RedirectError) -> AttackQuery {
    let query =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("SAMLResponse", &encode(message)).finish();
    AttackQuery { name, query, error }
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Not compressed at all: the query itself is too long.
fn stored() -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::none());
    encoder.write_all(&vec![b' '; 200 << 10]).unwrap();
    encoder.finish().unwrap()
}
