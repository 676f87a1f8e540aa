//! Signing certificates as people see them, and what kind of file an upload is.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::ids::CertificateId;

/// A signing certificate of a revision, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateView {
    /// Its identifier.
    pub id: CertificateId,
    /// The subject's distinguished name, such as `CN=Microsoft Azure Federated SSO Certificate`.
    pub subject: String,
    /// SHA-1 in upper-case hexadecimal: the thumbprint that Entra shows.
    pub thumbprint_sha1: String,
    /// SHA-256 in upper-case hexadecimal.
    pub thumbprint_sha256: String,
    /// Such as `RSA 2048` or `EC P-256`.
    pub key: String,
    /// Valid from.
    pub not_before: Timestamp,
    /// Valid until.
    pub not_after: Timestamp,
}

/// How a certificate is used, as far as the latest sign-ins say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CertificateUse {
    /// It signed the latest sign-in.
    SignsNow {
        /// When that was.
        at: Timestamp,
    },
    /// It signed earlier ones; another one has signed since.
    SignedBefore {
        /// When it signed last.
        at: Timestamp,
    },
    /// It signed none of the latest.
    NotSeen,
}

impl CertificateView {
    /// From how many days before its end a certificate asks to be replaced.
    pub const WARN_DAYS: i64 = 60;
}

/// What a file looks like, judged by its content and never by its name: Entra gives both
/// its Raw (DER) and its Base64 certificate the ending `.cer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// Certificate (Raw): an X.509 certificate in DER.
    Der,
    /// Certificate (Base64) or PEM, one or several; also bare Base64 of a certificate.
    Pem,
    /// Federation Metadata XML.
    Metadata,
    /// Nothing at all.
    Empty,
    /// A private key, in any coating: it must never be sent to anybody.
    PrivateKey,
    /// A PKCS#12 container (`.pfx`), which usually holds a private key.
    Pkcs12,
    /// A PKCS#7 bundle (`.p7b`).
    Pkcs7,
    /// A certificate signing request.
    SigningRequest,
    /// A public key without a certificate around it.
    PublicKey,
    /// A key store of Java's.
    KeyStore,
    /// An HTML page: a download that became a sign-in page.
    WebPage,
    /// XML of another kind.
    Xml,
    /// A PDF document.
    Pdf,
    /// A zip or another archive, which Office documents are as well.
    Archive,
    /// None of these.
    Unknown,
}

impl CertificateKind {
    /// Every kind.
    pub const ALL: [Self; 15] = [
        Self::Der,
        Self::Pem,
        Self::Metadata,
        Self::Empty,
        Self::PrivateKey,
        Self::Pkcs12,
        Self::Pkcs7,
        Self::SigningRequest,
        Self::PublicKey,
        Self::KeyStore,
        Self::WebPage,
        Self::Xml,
        Self::Pdf,
        Self::Archive,
        Self::Unknown,
    ];

    /// Whether the kind can be read as signing certificates.
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Der | Self::Pem | Self::Metadata)
    }

    /// Whether a private key is in it, or may be: such a file is never kept.
    #[must_use]
    pub const fn may_hold_private_key(self) -> bool {
        matches!(self, Self::PrivateKey | Self::Pkcs12 | Self::KeyStore)
    }

    /// Recognises a file by its content.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        match content {
            [0x30, ..] => return der_kind(content),
            [b'%', b'P', b'D', b'F', ..] => return Self::Pdf,
            [b'P', b'K', 3, 4, ..] | [0x1f, 0x8b, ..] | [b'7', b'z', 0xbc, 0xaf, ..] | [b'R', b'a', b'r', b'!', ..] => {
                return Self::Archive;
            }
            [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..] => return Self::KeyStore,
            _ => {}
        }
        let narrow = narrow(content);
        let text = String::from_utf8_lossy(&narrow);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.is_empty() { Self::Empty } else { text_kind(text) }
    }
}

/// UTF-16 with every other byte left out: what kinds are told by is ASCII.
fn narrow(content: &[u8]) -> Cow<'_, [u8]> {
    match content {
        [0xff, 0xfe, rest @ ..] | [0xfe, 0xff, rest @ ..] => rest.iter().copied().filter(|byte| *byte != 0).collect(),
        [0, other, ..] | [other, 0, ..] if *other != 0 => content.iter().copied().filter(|byte| *byte != 0).collect(),
        _ => content.into(),
    }
}

fn text_kind(text: &str) -> CertificateKind {
    if text.contains("PRIVATE KEY-----") || text.starts_with("PuTTY-User-Key-File") {
        return CertificateKind::PrivateKey;
    }
    if text.starts_with('<') {
        return xml_kind(text);
    }
    for (label, kind) in [
        ("-----BEGIN CERTIFICATE-----", CertificateKind::Pem),
        ("-----BEGIN X509 CERTIFICATE-----", CertificateKind::Pem),
        ("-----BEGIN TRUSTED CERTIFICATE-----", CertificateKind::Pem),
        ("-----BEGIN CERTIFICATE REQUEST-----", CertificateKind::SigningRequest),
        ("-----BEGIN NEW CERTIFICATE REQUEST-----", CertificateKind::SigningRequest),
        ("-----BEGIN PKCS7-----", CertificateKind::Pkcs7),
        ("-----BEGIN PKCS12-----", CertificateKind::Pkcs12),
        ("PUBLIC KEY-----", CertificateKind::PublicKey),
        ("---- BEGIN SSH2 PUBLIC KEY", CertificateKind::PublicKey),
    ] {
        let Some((_, body)) = text.split_once(label) else { continue };
        let inside = if kind == CertificateKind::Pem { base64_kind(body) } else { kind };
        // a damaged one is still one
        return if inside == CertificateKind::Unknown { kind } else { inside };
    }
    // the lines around it were copied in part, or lost a hyphen
    if text.contains("BEGIN CERTIFICATE") || text.contains("END CERTIFICATE") {
        let is_request = text.contains("CERTIFICATE REQUEST");
        return if is_request { CertificateKind::SigningRequest } else { CertificateKind::Pem };
    }
    if text.starts_with("ssh-") || text.starts_with("ecdsa-sha2-") {
        return CertificateKind::PublicKey;
    }
    base64_kind(text)
}

fn xml_kind(text: &str) -> CertificateKind {
    let head = text.get(..text.len().min(4096)).unwrap_or(text).to_ascii_lowercase();
    let is_page = head.starts_with("<!doctype html") || head.starts_with("<html");
    if !is_page && (text.contains("EntityDescriptor") || text.contains("EntitiesDescriptor")) {
        CertificateKind::Metadata
    } else if is_page || head.contains("<html") || head.contains("<!doctype html") {
        CertificateKind::WebPage
    } else {
        CertificateKind::Xml
    }
}

/// What Base64 is of, by its first bytes.
fn base64_kind(text: &str) -> CertificateKind {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    for character in text.chars().filter(|c| !c.is_whitespace()).take(BASE64_LOOK) {
        let value = match u8::try_from(character) {
            Ok(c @ b'A'..=b'Z') => c - b'A',
            Ok(c @ b'a'..=b'z') => c - b'a' + 26,
            Ok(c @ b'0'..=b'9') => c - b'0' + 52,
            Ok(b'+') => 62,
            Ok(b'/') => 63,
            _ => break,
        };
        (bits, held) = ((bits << 6) | u32::from(value), held + 6);
        if held >= 8 {
            held -= 8;
            bytes.extend(u8::try_from((bits >> held) & 0xff));
        }
    }
    match der_kind(&bytes) {
        CertificateKind::Der => CertificateKind::Pem,
        other => other,
    }
}

/// Enough characters of Base64 to see what a structure begins with.
const BASE64_LOOK: usize = 400;

/// Tells DER structures apart by their first elements (X.509 RFC 5280 §4.1, PKCS#12
/// RFC 7292 §4, PKCS#7 RFC 2315 §7, PKCS#8 RFC 5208 §5, PKCS#10 RFC 2986 §4).
fn der_kind(der: &[u8]) -> CertificateKind {
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    let Some((SEQUENCE, body, _)) = element(der) else { return CertificateKind::Unknown };
    match body {
        // version 3: a PFX
        [0x02, 0x01, 0x03, 0x30, ..] => CertificateKind::Pkcs12,
        // version 0 or 1, then an algorithm or a modulus: PKCS#8, PKCS#1 and SEC1 keys
        [0x02, 0x01, 0x00 | 0x01, ..] => CertificateKind::PrivateKey,
        _ if body.starts_with(SIGNED_DATA) => CertificateKind::Pkcs7,
        [SEQUENCE, ..] => element(body).map_or(CertificateKind::Unknown, |(_, first, rest)| signed_kind(first, rest)),
        _ => CertificateKind::Unknown,
    }
}

const SEQUENCE: u8 = 0x30;

/// What a sequence is that begins with this one.
fn signed_kind(first: &[u8], rest: &[u8]) -> CertificateKind {
    match first {
        // an explicit version: versions 2 and 3 of a certificate
        [0xa0, ..] => CertificateKind::Der,
        // a certificate of version 1 begins with its serial number, which an algorithm follows;
        // a request with version 0 and a name, which is made of sets
        [0x02, ..] => match element(first).and_then(|(_, _, rest)| element(rest)) {
            Some((SEQUENCE, [0x31, ..] | [], _)) => CertificateKind::SigningRequest,
            _ => CertificateKind::Der,
        },
        // an algorithm: of a public key, which is a bit string, or of what encrypts a private one
        [0x06, ..] if rest.first() == Some(&0x03) => CertificateKind::PublicKey,
        [0x06, ..] => CertificateKind::PrivateKey,
        _ => CertificateKind::Unknown,
    }
}

/// The first DER element's tag and content, as far as it is there, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, rest) = match *length {
        short @ 0..0x80 => (usize::from(short), rest),
        long => {
            let (bytes, rest) =
                rest.split_at_checked(usize::from(long & 0x7f)).filter(|(bytes, _)| (1..=4).contains(&bytes.len()))?;
            (bytes.iter().fold(0_usize, |length, byte| (length << 8) | usize::from(*byte)), rest)
        }
    };
    let (content, rest) = rest.split_at(length.min(rest.len()));
    Some((*tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tbsCertificate` of version 1: number, algorithm.
    const V1: &[u8] = &[0x30, 0x82, 0x01, 0x00, 0x30, 0x81, 0x80, 0x02, 0x01, 0x07, 0x30, 0x0d, 0x06, 0x09];
    const V1_NUMBER_0: &[u8] = &[0x30, 0x82, 0x01, 0x00, 0x30, 0x81, 0x80, 0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09];
    /// `certificationRequestInfo`: version, name.
    const REQUEST: &[u8] = &[0x30, 0x82, 0x01, 0x00, 0x30, 0x81, 0x80, 0x02, 0x01, 0x00, 0x30, 0x0d, 0x31, 0x0b];

    #[test]
    fn files_are_told_apart_by_content() {
        let utf16: Vec<u8> = "\u{feff}-----BEGIN CERTIFICATE-----".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let no_mark: Vec<u8> = "<EntityDescriptor/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let cases: [(&[u8], CertificateKind); 36] = [
            (&utf16, CertificateKind::Pem),
            (&no_mark, CertificateKind::Metadata),
            (b"-----BEGIN TRUSTED CERTIFICATE-----", CertificateKind::Pem),
            (b"-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC", CertificateKind::PrivateKey),
            (b"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", CertificateKind::PrivateKey),
            (b"MIICijCCAXICAQAwRTELMAkGA1UEBhMCQVUxEzAR", CertificateKind::SigningRequest),
            (b"-----BEGIN PUBLIC KEY-----\nMIIBIjAN", CertificateKind::PublicKey),
            (b"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", CertificateKind::PublicKey),
            (b"ssh-rsa AAAAB3", CertificateKind::PublicKey),
            (b"PuTTY-User-Key-File-3: ssh-rsa", CertificateKind::PrivateKey),
            (b"%PDF-1.7", CertificateKind::Pdf),
            (b"PK\x03\x04", CertificateKind::Archive),
            (&[0xfe, 0xed, 0xfe, 0xed], CertificateKind::KeyStore),
            (b"<md:EntitiesDescriptor><!-- <html> -->", CertificateKind::Metadata),
            (b"<html><body>EntityDescriptor", CertificateKind::WebPage),
            (b"<samlp:Response/>", CertificateKind::Xml),
            (V1, CertificateKind::Der),
            (V1_NUMBER_0, CertificateKind::Der),
            (REQUEST, CertificateKind::SigningRequest),
            (&[0x30, 0x82, 0x05, 0x00, 0x30, 0x10, 0x06, 0x01], CertificateKind::PrivateKey),
            (b"", CertificateKind::Empty),
            (b"  \r\n", CertificateKind::Empty),
            (b"-----BEGIN CERTIFICATE-----\nMII", CertificateKind::Pem),
            (b"----BEGIN CERTIFICATE-----\nMII", CertificateKind::Pem),
            (b"----BEGIN CERTIFICATE REQUEST-----\nMII", CertificateKind::SigningRequest),
            ("\u{2014}BEGIN CERTIFICATE\u{2014}\nMII".as_bytes(), CertificateKind::Pem),
            (b"AAAA\n-----END CERTIFICATE-----", CertificateKind::Pem),
            (b"\xef\xbb\xbf-----BEGIN CERTIFICATE-----\nMII", CertificateKind::Pem),
            (b"MIIC8DCCAdigAwIBAgIQ", CertificateKind::Pem),
            (b"-----BEGIN RSA PRIVATE KEY-----", CertificateKind::PrivateKey),
            (b"-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----", CertificateKind::PrivateKey),
            (b"<!DOCTYPE html><html>", CertificateKind::WebPage),
            (b"<?xml version=\"1.0\"?><EntityDescriptor ID=\"_1\">", CertificateKind::Metadata),
            (b"hello", CertificateKind::Unknown),
            (&[0x30, 0x82, 0x09, 0x00, 0x02, 0x01, 0x03, 0x30, 0x82], CertificateKind::Pkcs12),
            (&[0x30, 0x82, 0x03, 0x00, 0x30, 0x82, 0x02, 0x00, 0xa0, 0x03], CertificateKind::Der),
        ];
        for (content, kind) in cases {
            assert_eq!(CertificateKind::of(content), kind, "{:?}", String::from_utf8_lossy(content));
        }
    }

    #[test]
    fn truncated_der_is_unknown_and_does_not_panic() {
        for content in [&[0x30][..], &[0x30, 0x84], &[0x30, 0x80, 0x00], &[0x30, 0x03, 0x30], &[0x30, 0xff, 0x01]] {
            assert_eq!(CertificateKind::of(content), CertificateKind::Unknown);
        }
    }
}
