//! Our engine (xmldsig §3.2): reference validation, then signature validation, on the tree
//! that the gate parsed. What is digested is what is returned; no bytes are looked for again.

use chrono::{DateTime, Utc};

use super::{Signed, Verified, candidates};
use crate::certificate::SigningCertificate;
use crate::response::Rejection;
use crate::response::document::Parsed;
use crate::signature_method::Hash;
use crate::xml::c14n::{CANONICAL_LIMIT, Canonicalization, canonicalize};

/// Verifies one signature with any of the certificates.
pub(super) fn verify<'t>(
    parsed: &Parsed,
    signed: Signed<'_>,
    certificates: &'t [SigningCertificate],
    now: DateTime<Utc>,
) -> Result<Verified<'t>, Rejection> {
    let Signed { signature, .. } = signed;
    let (method, digest) = signature.algorithms()?;
    let canonical = reference(parsed, signed, digest)?;
    let signed_info = signature.signed_info(parsed)?;
    let signed_info = canonical_form(signed_info, &signature.of_signed_info, None)?;
    let value = signature.value(parsed)?;
    let hints = if certificates.len() > 1 { signature.hints(parsed)? } else { Vec::new() };
    candidates(certificates, method.is_rsa(), &hints, now)
        .into_iter()
        .find(|certificate| certificate.verify(method, signed_info.as_bytes(), &value))
        .map(|certificate| Verified { canonical, certificate })
        .ok_or(Rejection::SignatureInvalid)
}

/// The canonical bytes of the signed element, if they have the digest that the reference
/// says (xmldsig §3.2.1). Checked first: it costs less than a public key's operation.
fn reference(parsed: &Parsed, signed: Signed<'_>, digest: Hash) -> Result<String, Rejection> {
    let Signed { element: id, signature } = signed;
    let own_signature = signature.node(parsed)?;
    let canonical = canonical_form(parsed.node(id)?, &signature.of_reference, Some(own_signature))?;
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
