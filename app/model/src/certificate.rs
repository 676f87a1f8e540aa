//! Signing certificates as people see them, and what kind of file an upload is.

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
    /// An HTML page: a download that became a sign-in page.
    WebPage,
    /// None of these.
    Unknown,
}

impl CertificateKind {
    /// Whether the kind can be read as signing certificates.
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Der | Self::Pem | Self::Metadata)
    }

    /// Recognises a file by its content.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        if let [0x30, ..] = content {
            return der_kind(content);
        }
        // What is left is text or nothing of ours; a UTF-16 file ends as unknown.
        let text = String::from_utf8_lossy(content);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.is_empty() { Self::Empty } else { text_kind(text) }
    }
}

fn text_kind(text: &str) -> CertificateKind {
    if text.contains("PRIVATE KEY-----") {
        return CertificateKind::PrivateKey;
    }
    for (label, kind) in [
        ("-----BEGIN CERTIFICATE-----", CertificateKind::Pem),
        ("-----BEGIN CERTIFICATE REQUEST-----", CertificateKind::SigningRequest),
        ("-----BEGIN NEW CERTIFICATE REQUEST-----", CertificateKind::SigningRequest),
        ("-----BEGIN PKCS7-----", CertificateKind::Pkcs7),
    ] {
        if text.contains(label) {
            return kind;
        }
    }
    if text.starts_with('<') {
        let head = text.get(..text.len().min(4096)).unwrap_or(text).to_ascii_lowercase();
        return if head.contains("<html") || head.contains("<!doctype html") {
            CertificateKind::WebPage
        } else if text.contains("EntityDescriptor") || text.contains("EntitiesDescriptor") {
            CertificateKind::Metadata
        } else {
            CertificateKind::Unknown
        };
    }
    // `MII` begins every Base64 of a DER sequence between 256 bytes and 64 KiB.
    let base64 = |c: char| c.is_ascii_alphanumeric() || c.is_ascii_whitespace() || matches!(c, '+' | '/' | '=');
    if text.starts_with("MII") && text.chars().all(base64) { CertificateKind::Pem } else { CertificateKind::Unknown }
}

/// Tells DER structures apart by their first elements (X.509 RFC 5280 §4.1, PKCS#12
/// RFC 7292 §4, PKCS#7 RFC 2315 §7, PKCS#8 RFC 5208 §5, PKCS#10 RFC 2986 §4).
fn der_kind(der: &[u8]) -> CertificateKind {
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    let Some(body) = der_content(der) else { return CertificateKind::Unknown };
    match body {
        // version 3: a PFX
        [0x02, 0x01, 0x03, 0x30, ..] => CertificateKind::Pkcs12,
        // version 0 or 1, then an algorithm or a modulus: PKCS#8, PKCS#1 and SEC1 keys
        [0x02, 0x01, 0x00 | 0x01, ..] => CertificateKind::PrivateKey,
        _ if body.starts_with(SIGNED_DATA) => CertificateKind::Pkcs7,
        // tbsCertificate begins with an explicit version, or (version 1) a serial number
        // followed by an algorithm; a request's info begins with version 0 and a name
        [0x30, ..] => match der_content(body) {
            Some([0x02, 0x01, 0x00, 0x30, ..]) => CertificateKind::SigningRequest,
            Some([0xa0 | 0x02, ..]) => CertificateKind::Der,
            // EncryptedPrivateKeyInfo begins with an algorithm's object identifier
            Some([0x06, ..]) => CertificateKind::PrivateKey,
            _ => CertificateKind::Unknown,
        },
        _ => CertificateKind::Unknown,
    }
}

/// What follows the tag and length of the first DER element.
fn der_content(der: &[u8]) -> Option<&[u8]> {
    match der {
        [_, 0x80, ..] => None,
        [_, short, rest @ ..] if *short < 0x80 => Some(rest),
        [_, long, rest @ ..] => rest.get(usize::from(long & 0x7f)..),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_apart_by_content() {
        let cases: [(&[u8], CertificateKind); 12] = [
            (b"", CertificateKind::Empty),
            (b"  \r\n", CertificateKind::Empty),
            (b"-----BEGIN CERTIFICATE-----\nMII", CertificateKind::Pem),
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
