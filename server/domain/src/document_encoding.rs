//! How the XML of a sign-in is written before it is sealed: compressed, where that makes it smaller.
//! What the version before wrote is the text itself; a first byte that begins no text tells them
//! apart.

use std::io::Read as _;

use flate2::read::DeflateDecoder;
use saml::raw_deflate;

/// The first byte of what is compressed (raw DEFLATE). No UTF-8 text has it anywhere.
const DEFLATED: u8 = 0xff;
/// Shorter texts, such as most requests, are not worth the time.
const MIN_BYTES: usize = 1024;
/// Nothing longer is compressed, and nothing is read further than this.
const MAX_BYTES: usize = 1024 * 1024;

/// What was stored is no text of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the stored message cannot be decompressed")]
pub struct UnreadableDocument;

/// The bytes that are sealed for a message.
pub(crate) fn encode(xml: &str) -> Vec<u8> {
    let is_worth_it = (MIN_BYTES..=MAX_BYTES).contains(&xml.len());
    let compressed = if is_worth_it { compress(xml) } else { None };
    compressed.unwrap_or_else(|| xml.as_bytes().to_vec())
}

/// Nothing where it does not get smaller.
fn compress(xml: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(xml.len());
    bytes.push(DEFLATED);
    raw_deflate::compress_into(xml, &mut bytes).then_some(bytes)
}

/// The message that was sealed as these bytes.
///
/// # Errors
/// [`UnreadableDocument`] where it decompresses to nothing, or to more than is read.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, UnreadableDocument> {
    let Some((&DEFLATED, compressed)) = bytes.split_first() else {
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    };
    let (limit, mut text) = (u64::try_from(MAX_BYTES).unwrap_or(u64::MAX), Vec::new());
    DeflateDecoder::new(compressed).take(limit + 1).read_to_end(&mut text).map_err(|_| UnreadableDocument)?;
    if text.len() > MAX_BYTES {
        return Err(UnreadableDocument);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use flate2::{Compress, Compression, FlushCompress};

    use super::*;

    fn message(elements: usize) -> String {
        "<a:Element Id=\"_7\">ä</a:Element>".repeat(elements)
    }

    #[test]
    fn a_message_reads_back_and_takes_less_room() {
        for elements in [0, 1, 40, 200, 20_000] {
            let xml = message(elements);
            let encoded = encode(&xml);
            assert_eq!(decode(&encoded).as_deref(), Ok(&*xml), "{elements}");
            assert!(xml.len() < MIN_BYTES || encoded.len() * 2 < xml.len(), "{elements}");
        }
        let longest = message(40_000);
        assert!(longest.len() > MAX_BYTES);
        assert_eq!(decode(&encode(&longest)).as_deref(), Ok(&*longest));
    }

    #[test]
    fn documents_of_the_previous_version_are_uncompressed_text() {
        assert_eq!(decode(b"<Response/>").as_deref(), Ok("<Response/>"));
        assert_eq!(decode(b"").as_deref(), Ok(""));
        assert_eq!(decode(b"\xfe?").as_deref(), Ok("\u{fffd}?"));
    }

    #[test]
    fn what_is_not_compressed_or_grows_without_end_is_refused() {
        assert_eq!(decode(b"\xff\xff\xff\xff"), Err(UnreadableDocument));
        let spaces = vec![b' '; MAX_BYTES + 1];
        let mut bomb = Vec::with_capacity(MAX_BYTES);
        bomb.push(DEFLATED);
        Compress::new(Compression::best(), false).compress_vec(&spaces, &mut bomb, FlushCompress::Finish).unwrap();
        assert_eq!(decode(&bomb), Err(UnreadableDocument));
    }
}
