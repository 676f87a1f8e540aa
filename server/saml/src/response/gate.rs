//! The gate: what a response must look like before any C code and any signature check sees
//! it. Whoever posts a response chooses what a signature library works through, so this
//! admits one shape only, the one that honest identity providers send.

use std::collections::HashSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node};

use super::envelope::Envelope;
use super::rejection::shown;
use super::signature::{self, Algorithms};
use super::{GatedResponse, Rejection};
use crate::names::{ASSERTION, DSIG, PROTOCOL};
use crate::xml::{Construct, Limits, attribute, child, elements, is, options, prefilter};

/// A decoded response may have this many bytes. Entra's have 6,000; 150 groups make 16,000.
pub const RESPONSE_LIMIT: usize = 256 * 1024;
/// And its form value this many: Base64 of the above, with some line breaks.
const FORM_VALUE_LIMIT: usize = 360 * 1024;

/// What a response may have of everything.
pub(super) const LIMITS: Limits =
    Limits { elements: 4_000, depth: 32, attributes: 32, namespaces: 256, in_scope: 32, comments: false };

/// What a response carries, as the gate saw it.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// No assertion, as when the identity provider reports an error.
    Nothing,
    /// An encrypted assertion.
    Encrypted,
    /// One assertion.
    Assertion {
        /// Its ID.
        id: String,
        /// The algorithms of the assertion's signature.
        on_assertion: Option<Algorithms>,
        /// The algorithms of the response's signature.
        on_response: Option<Algorithms>,
    },
}

/// Decodes a form value and lets it through the gate.
pub(super) fn decode(form_value: &str) -> Result<GatedResponse, Rejection> {
    if form_value.len() > FORM_VALUE_LIMIT {
        return Err(Rejection::TooLarge { limit: FORM_VALUE_LIMIT, actual: form_value.len() });
    }
    let mut dense = form_value.to_owned();
    dense.retain(|character| !character.is_ascii_whitespace());
    let bytes = STANDARD.decode(dense).map_err(|_| Rejection::NotBase64)?;
    if bytes.len() > RESPONSE_LIMIT {
        return Err(Rejection::TooLarge { limit: RESPONSE_LIMIT, actual: bytes.len() });
    }
    let xml = String::from_utf8(bytes).map_err(|_| Rejection::NotUtf8)?;
    prefilter(&xml, &LIMITS)?;
    let (envelope, content, hint) = {
        let document = parse(&xml)?;
        let root = document.root_element();
        let content = shape(root)?;
        let envelope = Envelope::read(root)?;
        let hint = envelope.in_response_to.clone().or_else(|| confirmed_request(root));
        (envelope, content, hint)
    };
    Ok(GatedResponse { xml, envelope, content, hint })
}

/// Parses what the prefilter has let through, or what came out of a verified signature.
pub(super) fn parse(xml: &str) -> Result<Document<'_>, Rejection> {
    Document::parse_with_options(xml, options(LIMITS.elements))
        .map_err(|error| Rejection::NotXml { detail: shown(&error.to_string()) })
}

/// The request that the first confirmation names; only ever a hint.
fn confirmed_request(root: Node<'_, '_>) -> Option<String> {
    let data = root.descendants().find(|node| is(*node, ASSERTION, "SubjectConfirmationData"))?;
    attribute(data, "InResponseTo").map(str::to_owned)
}

/// One `Response` (core §3.3.3) with at most one assertion in it, and signatures only where
/// SAML puts them (core §5.4).
fn shape(root: Node<'_, '_>) -> Result<Content, Rejection> {
    if !is(root, PROTOCOL, "Response") {
        return Err(wrong("the document is not a Response"));
    }
    unique_ids(root)?;
    for node in root.descendants().filter(Node::is_element) {
        in_its_place(node, root)?;
    }
    response_children(root)?;
    let assertion = child(root, ASSERTION, "Assertion").map_err(|_| wrong("there are several assertions"))?;
    let encrypted = child(root, ASSERTION, "EncryptedAssertion").map_err(|_| wrong("there are several assertions"))?;
    let on_response = signature_of(root)?;
    match (assertion, encrypted) {
        (Some(_), Some(_)) => Err(wrong("there are several assertions")),
        (None, Some(_)) => Ok(Content::Encrypted),
        (None, None) => Ok(Content::Nothing),
        (Some(assertion), None) => Ok(Content::Assertion {
            id: attribute(assertion, "ID").ok_or(wrong("the assertion has no ID"))?.to_owned(),
            on_assertion: signature_of(assertion)?,
            on_response,
        }),
    }
}

/// No two elements share an ID, however the attribute's name is written: libraries differ in
/// what they take for one (CVE-2025-23369).
fn unique_ids(root: Node<'_, '_>) -> Result<(), Rejection> {
    let mut seen = HashSet::new();
    for node in root.descendants().filter(Node::is_element) {
        for id in node.attributes().filter(|attribute| attribute.name().eq_ignore_ascii_case("id")) {
            if !seen.insert(id.value()) {
                return Err(Rejection::ForbiddenConstruct { what: Construct::DuplicateId });
            }
        }
    }
    Ok(())
}

/// Assertions, responses and signatures stand where SAML puts them and nowhere else, under
/// any namespace: signature wrapping lives on second ones.
fn in_its_place(node: Node<'_, '_>, root: Node<'_, '_>) -> Result<(), Rejection> {
    let parent = node.parent_element();
    let in_root = parent == Some(root);
    match node.tag_name().name() {
        "Response" if node != root => Err(wrong("there is a response within the response")),
        "Assertion" | "EncryptedAssertion" if !in_root || node.tag_name().namespace() != Some(ASSERTION) => {
            Err(wrong("an assertion stands where none belongs"))
        }
        "Signature" => {
            let in_assertion = parent.is_some_and(|parent| is(parent, ASSERTION, "Assertion"));
            if is(node, DSIG, "Signature") && (in_root || in_assertion) {
                Ok(())
            } else {
                Err(wrong("a signature stands where none belongs"))
            }
        }
        _ => Ok(()),
    }
}

fn response_children(root: Node<'_, '_>) -> Result<(), Rejection> {
    for node in elements(root) {
        let known = match node.tag_name().namespace() {
            Some(ASSERTION) => matches!(node.tag_name().name(), "Issuer" | "Assertion" | "EncryptedAssertion"),
            Some(PROTOCOL) => matches!(node.tag_name().name(), "Extensions" | "Status"),
            Some(DSIG) => node.tag_name().name() == "Signature",
            _ => false,
        };
        if !known {
            return Err(wrong("the response has a part that SAML does not know"));
        }
    }
    Ok(())
}

fn signature_of(parent: Node<'_, '_>) -> Result<Option<Algorithms>, Rejection> {
    let Some(node) = child(parent, DSIG, "Signature").map_err(|_| wrong("an element has two signatures"))? else {
        return Ok(None);
    };
    let id = attribute(parent, "ID").ok_or(wrong("a signed element has no ID"))?;
    signature::check(node, id).map(Some)
}

pub(super) const fn wrong(what: &'static str) -> Rejection {
    Rejection::WrongShape { what }
}
