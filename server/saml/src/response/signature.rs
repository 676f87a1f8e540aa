//! The shape of a signature (xmldsig §4, core §5.4): one reference, to its own parent, and
//! nothing a library could be made to fetch, compute or choose.

use roxmltree::{Node, NodeId};

use super::document::ParsedDocument;
use super::rejection::{Rejection, invalid};
use super::shape_error::ShapeError;
use crate::base64_text::{self, without_whitespace};
use crate::display::displayable;
use crate::identifiers::{
    C14N_10, C14N_10_WITH_COMMENTS, C14N_11, C14N_11_WITH_COMMENTS, DSIG, ENVELOPED_SIGNATURE, EXC_C14N,
    EXC_C14N_WITH_COMMENTS,
};
use crate::signature_method::{Hash, SignatureMethod};
use crate::xml::c14n::Canonicalization;
use crate::xml::{attribute, elements, is_named, text};

/// `InclusiveNamespaces` names this many prefixes at most: each is looked up per element.
const MAX_PREFIXES: usize = 16;

/// A signature of the right shape: what it says, and where its parts are.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    node: NodeId,
    signed_info: NodeId,
    value: NodeId,
    digest_value: NodeId,
    key_info: Option<NodeId>,
    method: String,
    digest: String,
    /// How `SignedInfo` is canonicalised.
    pub(super) signed_info_canonicalization: Canonicalization,
    /// How the signed element is.
    pub(super) reference_canonicalization: Canonicalization,
}

impl Signature {
    /// Its algorithms, if both are allowed. SHA-1, MD5, HMAC and DSA never are.
    pub(super) fn algorithms(&self) -> Result<(SignatureMethod, Hash), Rejection> {
        let not_allowed = |algorithm: &str| Rejection::AlgorithmNotAllowed { algorithm: displayable(algorithm) };
        let method = SignatureMethod::from_uri(&self.method).ok_or_else(|| not_allowed(&self.method))?;
        let digest = Hash::from_uri(&self.digest).ok_or_else(|| not_allowed(&self.digest))?;
        Ok((method, digest))
    }

    /// The `Signature` element, which its own digest leaves out.
    pub(super) fn node<'a>(&self, parsed: &'a ParsedDocument) -> Result<Node<'a, 'a>, Rejection> {
        parsed.node(self.node)
    }

    /// The `SignedInfo`, which the signature value covers.
    pub(super) fn signed_info<'a>(&self, parsed: &'a ParsedDocument) -> Result<Node<'a, 'a>, Rejection> {
        parsed.node(self.signed_info)
    }

    /// The signature value.
    pub(super) fn value(&self, parsed: &ParsedDocument) -> Result<Vec<u8>, Rejection> {
        decode_text_of(parsed.node(self.value)?)
    }

    /// The digest that the signed element must have.
    pub(super) fn digest_value(&self, parsed: &ParsedDocument) -> Result<Vec<u8>, Rejection> {
        decode_text_of(parsed.node(self.digest_value)?)
    }

    /// The certificates that the sender says it signed with, as Base64 without white space.
    /// Never used to verify: they only tell which of the team's certificates to try first.
    pub(super) fn named_certificates(&self, parsed: &ParsedDocument) -> Result<Vec<String>, Rejection> {
        let Some(key_info) = self.key_info else { return Ok(Vec::new()) };
        let certificates = parsed.node(key_info)?.descendants().filter(|node| is_named(*node, DSIG, "X509Certificate"));
        Ok(certificates.map(|node| without_whitespace(&text(node))).collect())
    }
}

fn decode_text_of(node: Node<'_, '_>) -> Result<Vec<u8>, Rejection> {
    base64_text::decode(&text(node)).map_err(|_| invalid(ShapeError::SignatureNotBase64))
}

/// Reads and checks a `Signature` whose parent has that ID.
pub(super) fn read(signature: Node<'_, '_>, parent_id: &str) -> Result<Signature, Rejection> {
    let (signed_info, value, key_info) = match child_elements(signature).as_slice() {
        [info, value] => (*info, *value, None),
        [info, value, key] => (*info, *value, Some(*key)),
        _ => return Err(invalid(ShapeError::SignatureParts)),
    };
    require(is_named(signed_info, DSIG, "SignedInfo"), lacks("Signature", "SignedInfo"))?;
    require(is_text_only(value, "SignatureValue"), lacks("Signature", "SignatureValue"))?;
    if let Some(key_info) = key_info {
        check_key_info(key_info)?;
    }
    let info = child_elements(signed_info);
    let [canonicalization, method, reference] = info.as_slice() else {
        return Err(invalid(ShapeError::NotOneReference));
    };
    let signed_info_canonicalization = read_canonicalization(*canonicalization, "CanonicalizationMethod")?;
    require(is_named(*method, DSIG, "SignatureMethod"), lacks("SignedInfo", "SignatureMethod"))?;
    require(child_elements(*method).is_empty(), ShapeError::MethodParameters)?;
    let reference = read_reference(*reference, parent_id)?;
    Ok(Signature {
        node: signature.id(),
        signed_info: signed_info.id(),
        value: value.id(),
        digest_value: reference.digest_value,
        key_info: key_info.map(|node| node.id()),
        method: algorithm(*method)?.to_owned(),
        digest: reference.digest,
        signed_info_canonicalization,
        reference_canonicalization: reference.canonicalization,
    })
}

/// What a reference says.
struct Reference {
    digest: String,
    digest_value: NodeId,
    canonicalization: Canonicalization,
}

/// A reference to the parent by its ID, through the transforms that SAML knows (core §5.4.2,
/// §5.4.4): the enveloped signature, and a canonicalisation or none.
fn read_reference(reference: Node<'_, '_>, parent_id: &str) -> Result<Reference, Rejection> {
    require(is_named(reference, DSIG, "Reference"), lacks("SignedInfo", "Reference"))?;
    let plain = reference.attributes().all(|a| a.namespace().is_none() && matches!(a.name(), "URI" | "Id"));
    require(plain, ShapeError::ReferenceAttributes)?;
    let target = attribute(reference, "URI").and_then(|uri| uri.strip_prefix('#'));
    require(target == Some(parent_id), ShapeError::ReferenceElsewhere)?;
    let reference = child_elements(reference);
    let [transforms, method, value] = reference.as_slice() else {
        return Err(invalid(ShapeError::ReferenceParts));
    };
    require(is_named(*transforms, DSIG, "Transforms"), lacks("Reference", "Transforms"))?;
    let canonicalization = read_transforms(&child_elements(*transforms))?;
    require(
        is_named(*method, DSIG, "DigestMethod") && child_elements(*method).is_empty(),
        lacks("Reference", "DigestMethod"),
    )?;
    require(is_text_only(*value, "DigestValue"), lacks("Reference", "DigestValue"))?;
    Ok(Reference { digest: algorithm(*method)?.to_owned(), digest_value: value.id(), canonicalization })
}

/// What the transforms make of the element. Where none of them canonicalises, the digest is
/// over Canonical XML 1.0 without comments (xmldsig §4.4.3.2), whatever is said of
/// `SignedInfo`.
fn read_transforms(transforms: &[Node<'_, '_>]) -> Result<Canonicalization, Rejection> {
    let (enveloped, canonicalization) = match transforms {
        [enveloped] => (*enveloped, None),
        [enveloped, canonicalization] => (*enveloped, Some(*canonicalization)),
        _ => return Err(invalid(ShapeError::TransformCount)),
    };
    let is_enveloped = is_named(enveloped, DSIG, "Transform") && algorithm(enveloped)? == ENVELOPED_SIGNATURE;
    require(is_enveloped && child_elements(enveloped).is_empty(), ShapeError::TransformNotAllowed)?;
    canonicalization.map_or(Ok(Canonicalization::Inclusive), |node| read_canonicalization(node, "Transform"))
}

/// The algorithms with comments are those without: no comment passes the gate.
fn read_canonicalization(node: Node<'_, '_>, name: &str) -> Result<Canonicalization, Rejection> {
    require(is_named(node, DSIG, name), ShapeError::CanonicalizationNotAllowed)?;
    match (algorithm(node)?, child_elements(node).as_slice()) {
        (EXC_C14N | EXC_C14N_WITH_COMMENTS, []) => Ok(Canonicalization::EXCLUSIVE),
        (EXC_C14N | EXC_C14N_WITH_COMMENTS, [list]) => {
            Ok(Canonicalization::Exclusive { inclusive_prefixes: read_prefix_list(*list)? })
        }
        (C14N_10 | C14N_11 | C14N_10_WITH_COMMENTS | C14N_11_WITH_COMMENTS, []) => Ok(Canonicalization::Inclusive),
        _ => Err(invalid(ShapeError::CanonicalizationNotAllowed)),
    }
}

/// The prefixes of an `InclusiveNamespaces` (xml-exc-c14n §3), the default one as "".
fn read_prefix_list(node: Node<'_, '_>) -> Result<Vec<String>, Rejection> {
    let prefixes = attribute(node, "PrefixList").unwrap_or_default();
    let known = is_named(node, EXC_C14N, "InclusiveNamespaces")
        && child_elements(node).is_empty()
        && prefixes.split_ascii_whitespace().count() <= MAX_PREFIXES;
    require(known, ShapeError::CanonicalizationNotAllowed)?;
    let names = prefixes.split_ascii_whitespace();
    Ok(names.map(|prefix| if prefix == "#default" { "" } else { prefix }.to_owned()).collect())
}

/// `KeyInfo` is never used: the key comes from the team's certificates. All it may not do
/// is point elsewhere (xmldsig §4.4.3).
fn check_key_info(node: Node<'_, '_>) -> Result<(), Rejection> {
    require(is_named(node, DSIG, "KeyInfo"), ShapeError::SignatureParts)?;
    let points = |node: Node<'_, '_>| matches!(node.tag_name().name(), "RetrievalMethod" | "KeyInfoReference");
    require(!node.descendants().any(points), ShapeError::KeyElsewhere)
}

fn algorithm<'a>(node: Node<'a, '_>) -> Result<&'a str, Rejection> {
    attribute(node, "Algorithm").ok_or(invalid(ShapeError::AlgorithmMissing))
}

fn is_text_only(node: Node<'_, '_>, name: &str) -> bool {
    is_named(node, DSIG, name) && child_elements(node).is_empty() && !text(node).trim().is_empty()
}

fn child_elements<'a, 'input>(node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    elements(node).collect()
}

const fn lacks(parent: &'static str, element: &'static str) -> ShapeError {
    ShapeError::ElementMissing { parent, element }
}

fn require(holds: bool, otherwise: ShapeError) -> Result<(), Rejection> {
    if holds { Ok(()) } else { Err(invalid(otherwise)) }
}
