//! Several certificates at once. One that cannot be used does not make the others unusable.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use openssl::x509::X509;

use super::chain::{ChainRole, roles_in_chain};
use super::error::CertificateError;
use super::signing_certificate::{SigningCertificate, subject_of};
use crate::invisible::is_invisible;

/// More signing certificates than any identity provider has at once.
const CERTIFICATES: usize = 20;

/// Base64 as people hand it on: the padding at its end may be lost.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A certificate that stood beside others and is not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedCertificate {
    /// Where it stood, counted from 1.
    pub position: usize,
    /// Its subject, if that could be read.
    pub subject: Option<String>,
    /// Why it is not used.
    pub reason: CertificateError,
}

/// What a file or metadata holds, in order, the same certificate once.
#[derive(Debug, Default)]
pub(crate) struct Bundle {
    seen: usize,
    certificates: Vec<SigningCertificate>,
    skipped: Vec<SkippedCertificate>,
}

impl Bundle {
    /// Adds certificates in DER that stand together, see [`roles_in_chain`].
    pub(crate) fn add(&mut self, together: Vec<Result<Vec<u8>, CertificateError>>) {
        if self.seen + together.len() > CERTIFICATES {
            // counted all the same: `finish` rejects the whole
            self.seen += together.len();
            return;
        }
        let ders: Vec<_> = together.iter().map(|der| der.as_ref().ok().cloned()).collect();
        for (read, role) in together.into_iter().zip(roles_in_chain(&ders)) {
            self.seen += 1;
            let der = match read {
                Ok(der) => der,
                Err(reason) => {
                    self.skip(None, reason);
                    continue;
                }
            };
            let used = if role == ChainRole::Issuer {
                Err(CertificateError::Issuer)
            } else {
                SigningCertificate::from_der(&der)
            };
            match used {
                Ok(certificate) if self.certificates.contains(&certificate) => {}
                Ok(certificate) => self.certificates.push(certificate),
                Err(reason) => self.skip(X509::from_der(&der).ok().map(|read| subject_of(&read)), reason),
            }
        }
    }

    fn skip(&mut self, subject: Option<String>, reason: CertificateError) {
        drop(openssl::error::ErrorStack::get());
        self.skipped.push(SkippedCertificate { position: self.seen, subject, reason });
    }

    /// At least one certificate, and what is not used; otherwise why the first is not.
    pub(crate) fn finish(self) -> Result<(Vec<SigningCertificate>, Vec<SkippedCertificate>), CertificateError> {
        if self.seen > CERTIFICATES {
            return Err(CertificateError::TooMany { limit: CERTIFICATES });
        }
        if !self.certificates.is_empty() {
            return Ok((self.certificates, self.skipped));
        }
        let mut reasons = self.skipped.into_iter().map(|skipped| skipped.reason);
        let first = reasons.next().unwrap_or(CertificateError::NoSigningCertificate);
        // an authority is left out because of another one, which has a reason of its own
        let own = if first == CertificateError::Issuer {
            reasons.find(|reason| *reason != CertificateError::Issuer)
        } else {
            None
        };
        Err(own.unwrap_or(first))
    }
}

/// Reads Base64 as it is found in files and in `X509Certificate`: between the lines of a PEM
/// block or without them, with white space and what else copying brings along. Several blocks
/// are several certificates.
pub(crate) fn decode(text: &str) -> Vec<Result<Vec<u8>, CertificateError>> {
    // from JSON and from environment variables line breaks come as two characters
    let text = text.replace("\\r", "\n").replace("\\n", "\n");
    if text.contains("-----BEGIN") {
        text.split("-----BEGIN").skip(1).map(block).collect()
    } else if text.contains("BEGIN CERTIFICATE") || text.contains("END CERTIFICATE") {
        // the lines around it were copied in part, or lost a hyphen
        vec![Err(CertificateError::Damaged)]
    } else {
        vec![base64(&text)]
    }
}

/// A block of PEM (RFC 7468), from the label on.
fn block(text: &str) -> Result<Vec<u8>, CertificateError> {
    let (label, body) = text.split_once("-----").ok_or(CertificateError::Damaged)?;
    let (body, _) = body.split_once("-----END").ok_or(CertificateError::Damaged)?;
    let damaged = |_| CertificateError::Damaged;
    match label.trim() {
        "CERTIFICATE" | "X509 CERTIFICATE" => base64(body).map_err(damaged),
        // with what OpenSSL trusts it for behind it
        "TRUSTED CERTIFICATE" => {
            let whole = base64(body).map_err(damaged)?;
            X509::from_der(&whole).and_then(|read| read.to_der()).map_err(|_| CertificateError::Damaged)
        }
        _ => Err(CertificateError::NotACertificate),
    }
}

fn base64(text: &str) -> Result<Vec<u8>, CertificateError> {
    let is_base64 = |character: char| character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '=');
    let dense: String = text.chars().filter(|character| !is_invisible(*character)).collect();
    if dense.is_empty() || !dense.chars().all(is_base64) {
        return Err(CertificateError::NotACertificate);
    }
    BASE64.decode(dense).map_err(|_| CertificateError::NotACertificate)
}
