//! Raw DEFLATE (RFC 1951), in which messages travel by redirect and are kept.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};

thread_local! {
    /// Making one takes longer than compressing a message with it.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
}

/// Appends the compressed text to bytes, as far as these have room already. `false`: it has none, and what
/// was appended is no use.
pub fn compress_into(text: &str, bytes: &mut Vec<u8>) -> bool {
    COMPRESSOR.with_borrow_mut(|compressor| {
        compressor.reset();
        let status = compressor.compress_vec(text.as_bytes(), bytes, FlushCompress::Finish);
        matches!(status, Ok(Status::StreamEnd))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::DeflateDecoder;

    use super::*;

    fn inflated(bytes: &[u8]) -> String {
        let mut text = String::new();
        DeflateDecoder::new(bytes).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn one_compressor_after_another_text_reads_back() {
        for text in ["", "a", &"<a:Element Id=\"_7\">ä</a:Element>".repeat(3_000), "b"] {
            let mut bytes = Vec::with_capacity(text.len() + 64);
            bytes.push(7);
            assert!(compress_into(text, &mut bytes), "{}", text.len());
            assert_eq!((bytes[0], inflated(&bytes[1..])), (7, text.to_owned()));
        }
    }

    #[test]
    fn what_has_no_room_is_refused_and_the_next_text_is_not_touched_by_it() {
        let text = "no repetition to be found here: 0123456789";
        assert!(!compress_into(text, &mut Vec::with_capacity(8)));
        let mut bytes = Vec::with_capacity(64);
        assert!(compress_into("next", &mut bytes));
        assert_eq!(inflated(&bytes), "next");
    }
}
