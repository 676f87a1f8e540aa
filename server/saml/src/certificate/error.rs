//! Why a certificate cannot be used.

/// Why bytes are not signing certificates we can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// Neither a certificate in any of the known forms nor metadata.
    #[error(
        "this is not a certificate: choose the file Entra calls Certificate (Raw), Certificate (Base64) or Federation Metadata XML"
    )]
    NotACertificate,
    /// A certificate, but cut off, changed or with something behind it.
    #[error("the certificate is damaged: download it again")]
    Damaged,
    /// A key that is too weak, or of a kind that no allowed algorithm uses.
    #[error(
        "the certificate's key ({key}) cannot be used: it must be RSA with 2048 to 8192 bits, EC P-256 or EC P-384"
    )]
    WeakKey {
        /// Such as `RSA 1024`.
        key: String,
    },
    /// Metadata that is sound but names no signing certificate.
    #[error("this metadata has no signing certificate of an identity provider")]
    NoSigningCertificate,
    /// The certificate of an authority, beside the one that it issued.
    #[error("the certificate is of an authority, and stands beside the one that it issued")]
    Issuer,
    /// More certificates than anybody has.
    #[error("the file has more than {limit} certificates")]
    TooMany {
        /// How many are let in.
        limit: usize,
    },
    /// OpenSSL failed for no reason of the certificate's.
    #[error("the certificate could not be examined")]
    Internal,
}
