//! The shape of a signature (xmldsig §4, core §5.4): one reference, to its own parent, and
//! nothing a library could be made to fetch, compute or choose.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Node, NodeId};

use super::Rejection;
use super::document::Parsed;
use super::gate::{dense, wrong};
use super::shown::shown;
use crate::names::{
    C14N_10, C14N_10_WITH_COMMENTS, C14N_11, C14N_11_WITH_COMMENTS, DSIG, ENVELOPED_SIGNATURE, EXC_C14N,
    EXC_C14N_WITH_COMMENTS,
};
use crate::signature_method::{Hash, SignatureMethod};
use crate::xml::c14n::Canonicalization;
use crate::xml::{attribute, elements, is, text};

/// `InclusiveNamespaces` names this many prefixes at most: each is looked up per element.
const PREFIXES: usize = 16;

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
    pub(super) of_signed_info: Canonicalization,
    /// How the signed element is.
    pub(super) of_reference: Canonicalization,
}

impl Signature {
    /// Its algorithms, if both are allowed. SHA-1, MD5, HMAC and DSA are not, for nobody.
    pub(super) fn algorithms(&self) -> Result<(SignatureMethod, Hash), Rejection> {
        let refused = |algorithm: &str| Rejection::AlgorithmNotAllowed { algorithm: shown(algorithm) };
        let method = SignatureMethod::from_uri(&self.method).ok_or_else(|| refused(&self.method))?;
        let digest = Hash::from_uri(&self.digest).ok_or_else(|| refused(&self.digest))?;
        Ok((method, digest))
    }

    /// The `Signature` element, which its own digest leaves out.
    pub(super) fn node<'a>(&self, parsed: &'a Parsed) -> Result<Node<'a, 'a>, Rejection> {
        parsed.node(self.node)
    }

    /// What the signature value is over.
    pub(super) fn signed_info<'a>(&self, parsed: &'a Parsed) -> Result<Node<'a, 'a>, Rejection> {
        parsed.node(self.signed_info)
    }

    /// The signature value.
    pub(super) fn value(&self, parsed: &Parsed) -> Result<Vec<u8>, Rejection> {
        decoded(parsed.node(self.value)?)
    }

    /// The digest that the signed element must have.
    pub(super) fn digest_value(&self, parsed: &Parsed) -> Result<Vec<u8>, Rejection> {
        decoded(parsed.node(self.digest_value)?)
    }

    /// The certificates that the sender says it signed with, as Base64 without white space.
    /// Never a key to verify with: a hint at which of the tenant's to try first.
    pub(super) fn hints(&self, parsed: &Parsed) -> Result<Vec<String>, Rejection> {
        let Some(key_info) = self.key_info else { return Ok(Vec::new()) };
        let certificates = parsed.node(key_info)?.descendants().filter(|node| is(*node, DSIG, "X509Certificate"));
        Ok(certificates.map(|node| dense(&text(node))).collect())
    }
}

fn decoded(node: Node<'_, '_>) -> Result<Vec<u8>, Rejection> {
    STANDARD.decode(dense(&text(node))).map_err(|_| wrong("a signature's value or digest is not Base64"))
}

/// Checks a `Signature` whose parent has that ID.
pub(super) fn shape(signature: Node<'_, '_>, parent_id: &str) -> Result<Signature, Rejection> {
    let (signed_info, value, key_info) = match parts(signature).as_slice() {
        [info, value] => (*info, *value, None),
        [info, value, key] => (*info, *value, Some(*key)),
        _ => return Err(wrong("a signature has parts that do not belong")),
    };
    require(is(signed_info, DSIG, "SignedInfo"), "a signature has no SignedInfo")?;
    require(is_text_only(value, "SignatureValue"), "a signature has no SignatureValue")?;
    if let Some(key_info) = key_info {
        check_key_info(key_info)?;
    }
    let info = parts(signed_info);
    let [canonicalization, method, reference] = info.as_slice() else {
        return Err(wrong("a signature does not have exactly one reference"));
    };
    let of_signed_info = self::canonicalization(*canonicalization, "CanonicalizationMethod")?;
    require(is(*method, DSIG, "SignatureMethod"), "a signature names no method")?;
    require(parts(*method).is_empty(), "a signature method has parameters")?;
    let reference = check_reference(*reference, parent_id)?;
    Ok(Signature {
        node: signature.id(),
        signed_info: signed_info.id(),
        value: value.id(),
        digest_value: reference.digest_value,
        key_info: key_info.map(|node| node.id()),
        method: algorithm(*method)?.to_owned(),
        digest: reference.digest,
        of_signed_info,
        of_reference: reference.canonicalization,
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
fn check_reference(reference: Node<'_, '_>, parent_id: &str) -> Result<Reference, Rejection> {
    require(is(reference, DSIG, "Reference"), "a signature has no reference")?;
    let plain = reference.attributes().all(|a| a.namespace().is_none() && matches!(a.name(), "URI" | "Id"));
    require(plain, "a reference has attributes that do not belong")?;
    let target = attribute(reference, "URI").and_then(|uri| uri.strip_prefix('#'));
    require(target == Some(parent_id), "a signature refers to something else than its own element")?;
    let reference = parts(reference);
    let [transforms, method, value] = reference.as_slice() else {
        return Err(wrong("a reference has parts that do not belong"));
    };
    require(is(*transforms, DSIG, "Transforms"), "a reference has no transforms")?;
    let canonicalization = check_transforms(&parts(*transforms))?;
    require(is(*method, DSIG, "DigestMethod") && parts(*method).is_empty(), "a reference names no digest method")?;
    require(is_text_only(*value, "DigestValue"), "a reference has no digest")?;
    Ok(Reference { digest: algorithm(*method)?.to_owned(), digest_value: value.id(), canonicalization })
}

/// What the transforms make of the element. Where none of them canonicalises, the digest is
/// over Canonical XML 1.0 without comments (xmldsig §4.4.3.2), whatever is said of
/// `SignedInfo`.
fn check_transforms(transforms: &[Node<'_, '_>]) -> Result<Canonicalization, Rejection> {
    let (enveloped, canonicalization) = match transforms {
        [enveloped] => (*enveloped, None),
        [enveloped, canonicalization] => (*enveloped, Some(*canonicalization)),
        _ => return Err(wrong("a reference has none of SAML's transforms, or more than those two")),
    };
    let is_enveloped = is(enveloped, DSIG, "Transform") && algorithm(enveloped)? == ENVELOPED_SIGNATURE;
    require(is_enveloped && parts(enveloped).is_empty(), "a reference has a transform that is not allowed")?;
    canonicalization.map_or(Ok(Canonicalization::Inclusive), |node| self::canonicalization(node, "Transform"))
}

/// The algorithms with comments are those without: no comment passes the gate.
fn canonicalization(node: Node<'_, '_>, name: &str) -> Result<Canonicalization, Rejection> {
    require(is(node, DSIG, name), NOT_ALLOWED)?;
    match (algorithm(node)?, parts(node).as_slice()) {
        (EXC_C14N | EXC_C14N_WITH_COMMENTS, []) => Ok(Canonicalization::EXCLUSIVE),
        (EXC_C14N | EXC_C14N_WITH_COMMENTS, [list]) => {
            Ok(Canonicalization::Exclusive { inclusive_prefixes: prefix_list(*list)? })
        }
        (C14N_10 | C14N_11 | C14N_10_WITH_COMMENTS | C14N_11_WITH_COMMENTS, []) => Ok(Canonicalization::Inclusive),
        _ => Err(wrong(NOT_ALLOWED)),
    }
}

const NOT_ALLOWED: &str = "a canonicalisation or transform is not allowed";

/// The prefixes of an `InclusiveNamespaces` (xml-exc-c14n §3), the default one as "".
fn prefix_list(node: Node<'_, '_>) -> Result<Vec<String>, Rejection> {
    let prefixes = attribute(node, "PrefixList").unwrap_or_default();
    let known = is(node, EXC_C14N, "InclusiveNamespaces")
        && parts(node).is_empty()
        && prefixes.split_ascii_whitespace().count() <= PREFIXES;
    require(known, NOT_ALLOWED)?;
    let names = prefixes.split_ascii_whitespace();
    Ok(names.map(|prefix| if prefix == "#default" { "" } else { prefix }.to_owned()).collect())
}

/// `KeyInfo` is never used: the key comes from the tenant's certificates. All it may not do
/// is point elsewhere (xmldsig §4.4.3).
fn check_key_info(node: Node<'_, '_>) -> Result<(), Rejection> {
    require(is(node, DSIG, "KeyInfo"), "a signature has parts that do not belong")?;
    let points = |node: Node<'_, '_>| matches!(node.tag_name().name(), "RetrievalMethod" | "KeyInfoReference");
    require(!node.descendants().any(points), "a signature's key is to be fetched from elsewhere")
}

fn algorithm<'a>(node: Node<'a, '_>) -> Result<&'a str, Rejection> {
    attribute(node, "Algorithm").ok_or(wrong("an algorithm is not named"))
}

fn is_text_only(node: Node<'_, '_>, name: &str) -> bool {
    is(node, DSIG, name) && parts(node).is_empty() && !text(node).trim().is_empty()
}

fn parts<'a, 'input>(node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    elements(node).collect()
}

fn require(holds: bool, otherwise: &'static str) -> Result<(), Rejection> {
    if holds { Ok(()) } else { Err(wrong(otherwise)) }
}
