//! The primary engine (xmldsig §3.2): reference validation, then signature validation, on the tree
//! that the gate parsed. The bytes that are digested are the bytes that are returned.

use chrono::{DateTime, Utc};

use super::signed_element::{SignedElement, VerifiedBytes};
use crate::certificate::SigningCertificate;
use crate::response::document::ParsedDocument;
use crate::response::rejection::Rejection;
use crate::signature_method::Hash;
use crate::xml::c14n::{CANONICAL_LIMIT, Canonicalization, canonicalize};

/// Verifies one signature with any of the certificates.
pub(super) fn verify<'t>(
    parsed: &ParsedDocument,
    signed: SignedElement<'_>,
    certificates: &'t [SigningCertificate],
    now: DateTime<Utc>,
) -> Result<VerifiedBytes<'t>, Rejection> {
    let SignedElement { signature, .. } = signed;
    let (method, digest) = signature.algorithms()?;
    let canonical = verify_reference(parsed, signed, digest)?;
    let signed_info = signature.signed_info(parsed)?;
    let signed_info = canonical_form(signed_info, &signature.signed_info_canonicalization, None)?;
    let value = signature.value(parsed)?;
    let named = if certificates.len() > 1 { signature.named_certificates(parsed)? } else { Vec::new() };
    candidate_certificates(certificates, method.is_rsa(), &named, now)
        .into_iter()
        .find(|certificate| certificate.verify(method, signed_info.as_bytes(), &value))
        .map(|certificate| VerifiedBytes { canonical, certificate })
        .ok_or(Rejection::SignatureInvalid)
}

/// The canonical bytes of the signed element, if they have the digest that the reference
/// says (xmldsig §3.2.1). Checked first: it costs less than a public key's operation.
fn verify_reference(parsed: &ParsedDocument, signed: SignedElement<'_>, digest: Hash) -> Result<String, Rejection> {
    let SignedElement { element: id, signature } = signed;
    let own_signature = signature.node(parsed)?;
    let canonical = canonical_form(parsed.node(id)?, &signature.reference_canonicalization, Some(own_signature))?;
    if digest.digest(canonical.as_bytes()).as_ref() == signature.digest_value(parsed)?.as_slice() {
        Ok(canonical)
    } else {
        Err(Rejection::DigestMismatch)
    }
}

fn canonical_form(
    node: roxmltree::Node<'_, '_>,
    canonicalization: &Canonicalization,
    skip: Option<roxmltree::Node<'_, '_>>,
) -> Result<String, Rejection> {
    let canonical = canonicalize(node, canonicalization, skip);
    canonical.ok_or(Rejection::TooLarge { limit: CANONICAL_LIMIT, actual: CANONICAL_LIMIT.saturating_add(1) })
}

/// The certificates whose kind of key fits: those that the sender names first, then the
/// valid ones, since a certificate may be renewed with its old key and the valid one is the
/// one that counts.
fn candidate_certificates<'t>(
    certificates: &'t [SigningCertificate],
    is_rsa: bool,
    named: &[String],
    now: DateTime<Utc>,
) -> Vec<&'t SigningCertificate> {
    let fits = |certificate: &&SigningCertificate| certificate.key().is_rsa() == is_rsa;
    let mut candidates: Vec<_> = certificates.iter().filter(fits).collect();
    if candidates.len() > 1 {
        candidates.sort_by_key(|certificate| {
            let is_named = named.iter().any(|named| *named == certificate.base64());
            (!certificate.is_valid_at(now), !is_named)
        });
    }
    candidates
}
