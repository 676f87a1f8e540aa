//! What administrators upload: told apart by content, because Entra gives its Raw (DER) and
//! its Base64 certificate the same ending.

use super::bundle::{Bundle, LeftOut, decode};
use super::{CertificateError, SigningCertificate};
use crate::encoding::decode_text;
use crate::metadata::{IdpMetadata, METADATA_LIMIT, MetadataError};

/// No upload is larger than this many bytes.
pub const UPLOAD_LIMIT: usize = METADATA_LIMIT;

/// What a file holds that an administrator brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upload {
    /// Certificates.
    Certificates {
        /// Those that can be used, at least one.
        certificates: Vec<SigningCertificate>,
        /// Those that stood beside them and cannot.
        left_out: Vec<LeftOut>,
    },
    /// An identity provider's metadata.
    Metadata(Box<IdpMetadata>),
}

impl Upload {
    /// Reads DER, PEM (one or several), bare Base64 of a certificate, or an identity provider's
    /// metadata, text in UTF-8 or UTF-16. The same certificate twice counts once.
    pub fn read(content: &[u8]) -> Result<Self, CertificateError> {
        if content.len() > UPLOAD_LIMIT {
            return Err(CertificateError::TooLarge);
        }
        // 0x30 opens a DER sequence and is also the digit 0, which no PEM and no XML begins with
        if content.first() == Some(&0x30) {
            return Self::of(vec![Ok(content.to_vec())]);
        }
        // beside PEM blocks may stand anything, such as names in an old encoding
        let text = decode_text(content);
        let lossy = text.clone().unwrap_or_else(|_| String::from_utf8_lossy(content).into_owned());
        let lossy = lossy.trim();
        if lossy.contains("PRIVATE KEY-----") {
            return Err(CertificateError::PrivateKey);
        }
        if !lossy.starts_with('<') {
            return Self::of(decode(lossy));
        }
        match text.map_err(MetadataError::Encoding).and_then(|text| IdpMetadata::read(&text)) {
            Ok(metadata) => Ok(Self::Metadata(Box::new(metadata))),
            Err(MetadataError::Certificate(error)) => Err(error),
            Err(error) => Err(CertificateError::Metadata(Box::new(error))),
        }
    }

    fn of(ders: Vec<Result<Vec<u8>, CertificateError>>) -> Result<Self, CertificateError> {
        let mut bundle = Bundle::default();
        bundle.add(ders);
        let (certificates, left_out) = bundle.finish()?;
        Ok(Self::Certificates { certificates, left_out })
    }

    /// The certificates that can be used.
    #[must_use]
    pub fn into_certificates(self) -> Vec<SigningCertificate> {
        match self {
            Self::Certificates { certificates, .. } => certificates,
            Self::Metadata(metadata) => metadata.certificates,
        }
    }
}

/// Reads every signing certificate in an upload that can be used.
pub fn read_upload(content: &[u8]) -> Result<Vec<SigningCertificate>, CertificateError> {
    Upload::read(content).map(Upload::into_certificates)
}
