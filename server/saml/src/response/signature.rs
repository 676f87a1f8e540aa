//! The shape of a signature (xmldsig §4, core §5.4): one reference, to its own parent, and
//! nothing a library could be made to fetch, compute or choose.

use roxmltree::Node;

use super::Rejection;
use super::gate::wrong;
use super::rejection::shown;
use crate::names::{C14N_10, C14N_11, DIGESTS, DSIG, ENVELOPED_SIGNATURE, EXC_C14N};
use crate::xml::{attribute, elements, is, text};

/// Signature methods that are allowed, and whether the key is RSA rather than EC.
const METHODS: [(&str, bool); 6] = [
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", true),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", true),
    ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", true),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", false),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384", false),
    ("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512", false),
];
/// `InclusiveNamespaces` names this many prefixes at most: each is looked up per element.
const PREFIXES: usize = 16;

/// The algorithms a signature names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Algorithms {
    signature: String,
    digest: String,
}

impl Algorithms {
    /// Whether an RSA key is needed, if both algorithms are allowed. SHA-1, MD5, HMAC and
    /// DSA are not, for nobody.
    pub(super) fn needs_rsa(&self) -> Result<bool, Rejection> {
        let refused = |algorithm: &str| Rejection::AlgorithmNotAllowed { algorithm: shown(algorithm) };
        let method = METHODS.iter().find(|(uri, _)| *uri == self.signature);
        let (_, is_rsa) = method.ok_or_else(|| refused(&self.signature))?;
        if DIGESTS.contains(&self.digest.as_str()) { Ok(*is_rsa) } else { Err(refused(&self.digest)) }
    }
}

/// Checks a `Signature` whose parent has that ID.
pub(super) fn check(signature: Node<'_, '_>, parent_id: &str) -> Result<Algorithms, Rejection> {
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
    let signed_info = parts(signed_info);
    let [canonicalization, method, reference] = signed_info.as_slice() else {
        return Err(wrong("a signature does not have exactly one reference"));
    };
    check_canonicalization(*canonicalization, "CanonicalizationMethod")?;
    require(is(*method, DSIG, "SignatureMethod"), "a signature names no method")?;
    require(parts(*method).is_empty(), "a signature method has parameters")?;
    let digest = check_reference(*reference, parent_id)?;
    Ok(Algorithms { signature: algorithm(*method)?.to_owned(), digest })
}

/// A reference to the parent by its ID, through the two transforms that SAML knows
/// (core §5.4.2, §5.4.4). Returns the digest's algorithm.
fn check_reference(reference: Node<'_, '_>, parent_id: &str) -> Result<String, Rejection> {
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
    let transforms = parts(*transforms);
    let [enveloped, canonicalization] = transforms.as_slice() else {
        return Err(wrong("a reference does not have exactly the two transforms of SAML"));
    };
    let is_enveloped = is(*enveloped, DSIG, "Transform") && algorithm(*enveloped)? == ENVELOPED_SIGNATURE;
    require(is_enveloped && parts(*enveloped).is_empty(), "a reference has a transform that is not allowed")?;
    check_canonicalization(*canonicalization, "Transform")?;
    require(is(*method, DSIG, "DigestMethod") && parts(*method).is_empty(), "a reference names no digest method")?;
    require(is_text_only(*value, "DigestValue"), "a reference has no digest")?;
    Ok(algorithm(*method)?.to_owned())
}

fn check_canonicalization(node: Node<'_, '_>, name: &str) -> Result<(), Rejection> {
    let parameters = parts(node);
    let known = match algorithm(node)? {
        EXC_C14N => parameters.len() <= 1 && parameters.iter().all(|parameter| is_prefix_list(*parameter)),
        C14N_10 | C14N_11 => parameters.is_empty(),
        _ => false,
    };
    require(known && is(node, DSIG, name), "a canonicalisation or transform is not allowed")
}

fn is_prefix_list(node: Node<'_, '_>) -> bool {
    let prefixes = attribute(node, "PrefixList").unwrap_or_default();
    is(node, EXC_C14N, "InclusiveNamespaces")
        && parts(node).is_empty()
        && prefixes.split_ascii_whitespace().count() <= PREFIXES
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
