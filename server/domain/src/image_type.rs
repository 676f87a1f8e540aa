//! Logos: pictures that are told by their first bytes, not by a name or a type that somebody gives.

use sha2::{Digest as _, Sha256};

/// The largest logo, in kilobytes: it is shown small.
pub const MAX_KILOBYTES: usize = 128;
/// How many characters of its hash name a version.
const VERSION_LENGTH: usize = 16;
/// How far into a file the element `svg` may begin, after a declaration and comments, in bytes.
const SVG_PROLOGUE: usize = 2048;

/// The kind of picture that a file is, as browsers are told.
#[must_use]
pub fn media_type(content: &[u8]) -> Option<&'static str> {
    if content.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if content.starts_with(b"\xff\xd8\xff") {
        return Some("image/jpeg");
    }
    if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        return Some("image/webp");
    }
    let text = std::str::from_utf8(content).ok()?.trim_start_matches('\u{feff}').trim_start();
    let prologue = text.get(..SVG_PROLOGUE.min(text.len())).unwrap_or(text);
    let is_svg = text.starts_with('<') && prologue.contains("<svg") && !prologue.to_ascii_lowercase().contains("<html");
    is_svg.then_some("image/svg+xml")
}

/// What a version of a picture is called in its address.
#[must_use]
pub fn version(content: &[u8]) -> String {
    let mut version = hex::encode(Sha256::digest(content));
    version.truncate(VERSION_LENGTH);
    version
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_told_by_its_bytes() {
        for (content, expected) in [
            (&b"\x89PNG\r\n\x1a\n\0\0"[..], Some("image/png")),
            (b"\xff\xd8\xff\xe0", Some("image/jpeg")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some("image/webp")),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Some("image/svg+xml")),
            (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a logo -->\n<svg/>", Some("image/svg+xml")),
            (b"<!DOCTYPE html><html><svg/></html>", None),
            (b"GIF89a", None),
            (b"an <svg/> in a text", None),
            (b"", None),
            (b"RIFF", None),
        ] {
            assert_eq!(media_type(content), expected, "{}", String::from_utf8_lossy(content));
        }
        let late = format!("<!--{}--><svg/>", "é".repeat(SVG_PROLOGUE));
        assert_eq!(media_type(late.as_bytes()), None);
    }
}
