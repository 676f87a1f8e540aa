//! What administrators upload. The kind of file is recognised by its content, because Entra gives its Raw (DER) and
//! its Base64 certificate the same ending.

use crate::certificate::{Bundle, CertificateError, SigningCertificate, SkippedCertificate, decode};
use crate::metadata::{IdpMetadata, METADATA_LIMIT, MetadataError};
use crate::text_encoding::decode_text;

/// No upload is larger than this many bytes.
pub const UPLOAD_LIMIT: usize = METADATA_LIMIT;

/// Why an uploaded file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UploadError {
    /// Not a certificate, or not one we can use.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// A private key. It must not be sent to anybody.
    #[error("this is a private key, which nobody else should ever see: choose the certificate instead")]
    PrivateKey,
    /// XML that cannot be used as metadata.
    #[error("the metadata cannot be used: {0}")]
    Metadata(MetadataError),
    /// A file that is too large to be one.
    #[error("the file is larger than 2 MiB, which no certificate is")]
    TooLarge,
}

/// What a file holds that an administrator uploads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadedFile {
    /// Certificates.
    Certificates {
        /// Those that can be used, at least one.
        certificates: Vec<SigningCertificate>,
        /// Those beside them that cannot.
        skipped: Vec<SkippedCertificate>,
    },
    /// An identity provider's metadata.
    Metadata(Box<IdpMetadata>),
}

impl UploadedFile {
    /// Reads DER, PEM (one or several), bare Base64 of a certificate, or an identity provider's
    /// metadata, text in UTF-8 or UTF-16. The same certificate twice counts once.
    pub fn read(content: &[u8]) -> Result<Self, UploadError> {
        if content.len() > UPLOAD_LIMIT {
            return Err(UploadError::TooLarge);
        }
        // 0x30 opens a DER sequence and is also the digit 0, which no PEM and no XML begins with
        if content.first() == Some(&0x30) {
            return Self::from_certificates(vec![Ok(content.to_vec())]);
        }
        // beside PEM blocks may stand anything, such as names in an old encoding
        let text = decode_text(content);
        let lossy = text.clone().unwrap_or_else(|_| String::from_utf8_lossy(content).into_owned());
        let lossy = lossy.trim();
        if lossy.contains("PRIVATE KEY-----") {
            return Err(UploadError::PrivateKey);
        }
        if !lossy.starts_with('<') {
            return Self::from_certificates(decode(lossy));
        }
        match text.map_err(MetadataError::Encoding).and_then(|text| IdpMetadata::read(&text)) {
            Ok(metadata) => Ok(Self::Metadata(Box::new(metadata))),
            Err(MetadataError::Certificate(error)) => Err(error.into()),
            Err(error) => Err(UploadError::Metadata(error)),
        }
    }

    fn from_certificates(ders: Vec<Result<Vec<u8>, CertificateError>>) -> Result<Self, UploadError> {
        let mut bundle = Bundle::default();
        bundle.add(ders);
        let (certificates, skipped) = bundle.finish()?;
        Ok(Self::Certificates { certificates, skipped })
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
pub fn read_certificates(content: &[u8]) -> Result<Vec<SigningCertificate>, UploadError> {
    UploadedFile::read(content).map(UploadedFile::into_certificates)
}
