//! What administrators upload: told apart by content, because Entra gives its Raw (DER) and
//! its Base64 certificate the same ending.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{CertificateError, SigningCertificate};
use crate::metadata::{IdpMetadata, METADATA_LIMIT, MetadataError};

/// No upload is larger than this many bytes.
pub const UPLOAD_LIMIT: usize = METADATA_LIMIT;
/// Nobody has more signing certificates than this at once.
const CERTIFICATES: usize = 20;

/// Reads every signing certificate in an upload: DER, PEM (one or several), bare Base64 of
/// a certificate, or an identity provider's metadata. The same certificate twice counts once.
pub fn read_upload(content: &[u8]) -> Result<Vec<SigningCertificate>, CertificateError> {
    if content.len() > UPLOAD_LIMIT {
        return Err(CertificateError::TooLarge);
    }
    // 0x30 opens a DER sequence and is also the digit 0, which no PEM and no XML begins with
    if content.first() == Some(&0x30) {
        return Ok(vec![SigningCertificate::from_der(content)?]);
    }
    let text = std::str::from_utf8(content).map_err(|_| CertificateError::NotACertificate)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.contains("PRIVATE KEY-----") {
        return Err(CertificateError::PrivateKey);
    }
    if text.starts_with('<') {
        from_metadata(text)
    } else if text.contains("-----BEGIN") {
        fold(pem_blocks(text)?)
    } else {
        Ok(vec![SigningCertificate::from_der(&decode(text)?)?])
    }
}

/// Keeps the first of each, in order, and no more than [`CERTIFICATES`].
pub(crate) fn fold(ders: Vec<Vec<u8>>) -> Result<Vec<SigningCertificate>, CertificateError> {
    if ders.len() > CERTIFICATES {
        return Err(CertificateError::TooMany { limit: CERTIFICATES });
    }
    let mut certificates: Vec<SigningCertificate> = Vec::with_capacity(ders.len());
    for der in ders {
        if certificates.iter().all(|known| known.der() != der) {
            certificates.push(SigningCertificate::from_der(&der)?);
        }
    }
    Ok(certificates)
}

/// White space out, Base64 decoded.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, CertificateError> {
    let mut dense = text.to_owned();
    dense.retain(|character| !character.is_ascii_whitespace());
    STANDARD.decode(dense).map_err(|_| CertificateError::NotACertificate)
}

fn pem_blocks(text: &str) -> Result<Vec<Vec<u8>>, CertificateError> {
    let blocks = pem::parse_many(text).map_err(|_| CertificateError::Damaged)?;
    if blocks.is_empty() {
        return Err(CertificateError::Damaged);
    }
    let certificate = |block: pem::Pem| match block.tag() {
        "CERTIFICATE" | "X509 CERTIFICATE" => Ok(block.into_contents()),
        _ => Err(CertificateError::NotACertificate),
    };
    blocks.into_iter().map(certificate).collect()
}

fn from_metadata(text: &str) -> Result<Vec<SigningCertificate>, CertificateError> {
    match IdpMetadata::parse(text.as_bytes()) {
        Ok(metadata) => Ok(metadata.certificates),
        Err(MetadataError::Certificate(error)) => Err(error),
        // a web page, say: XML-like, but nothing of ours
        Err(MetadataError::NotMetadata) => Err(CertificateError::NotACertificate),
        Err(error) => Err(CertificateError::Metadata { detail: error.to_string() }),
    }
}
