//! The algorithms that are allowed, for everybody and for good: RSA (PKCS #1 v1.5) and ECDSA
//! over SHA-2. No tenant can switch SHA-1, MD5, HMAC or DSA on.

use openssl::md::{Md, MdRef};
use openssl::sha::{sha256, sha384, sha512};

/// A hash function of SHA-2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

/// Digest methods (xmlenc §5.8, RFC 6931 §2.1).
const DIGESTS: [(&str, Hash); 3] = [
    ("http://www.w3.org/2001/04/xmlenc#sha256", Hash::Sha256),
    ("http://www.w3.org/2001/04/xmldsig-more#sha384", Hash::Sha384),
    ("http://www.w3.org/2001/04/xmlenc#sha512", Hash::Sha512),
];

impl Hash {
    /// The allowed digest method of that identifier.
    pub(crate) fn from_uri(uri: &str) -> Option<Self> {
        DIGESTS.iter().find(|(known, _)| *known == uri).map(|(_, hash)| *hash)
    }

    /// The digest of those bytes.
    pub(crate) fn digest(self, bytes: &[u8]) -> Digest {
        match self {
            Self::Sha256 => Digest::Sha256(sha256(bytes)),
            Self::Sha384 => Digest::Sha384(sha384(bytes)),
            Self::Sha512 => Digest::Sha512(sha512(bytes)),
        }
    }

    /// OpenSSL's name for it.
    pub(crate) fn md(self) -> &'static MdRef {
        match self {
            Self::Sha256 => Md::sha256(),
            Self::Sha384 => Md::sha384(),
            Self::Sha512 => Md::sha512(),
        }
    }
}

/// A digest, without a heap of its own.
pub(crate) enum Digest {
    Sha256([u8; 32]),
    Sha384([u8; 48]),
    Sha512([u8; 64]),
}

impl AsRef<[u8]> for Digest {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Sha256(digest) => digest,
            Self::Sha384(digest) => digest,
            Self::Sha512(digest) => digest,
        }
    }
}

/// An allowed signature method (RFC 6931 §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignatureMethod {
    /// RSA, PKCS #1 v1.5.
    Rsa(Hash),
    /// ECDSA; the curve is the key's.
    Ecdsa(Hash),
}

const METHODS: [(&str, SignatureMethod); 6] = [
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", SignatureMethod::Rsa(Hash::Sha256)),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", SignatureMethod::Rsa(Hash::Sha384)),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", SignatureMethod::Rsa(Hash::Sha512)),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", SignatureMethod::Ecdsa(Hash::Sha256)),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", SignatureMethod::Ecdsa(Hash::Sha384)),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", SignatureMethod::Ecdsa(Hash::Sha512)),
];

impl SignatureMethod {
    /// The allowed method of that identifier.
    pub(crate) fn from_uri(uri: &str) -> Option<Self> {
        METHODS.iter().find(|(known, _)| *known == uri).map(|(_, method)| *method)
    }

    /// Whether it needs an RSA key rather than one on a curve.
    pub(crate) const fn is_rsa(self) -> bool {
        matches!(self, Self::Rsa(_))
    }
}
