//! The shape of a message: one response (core §3.3.3) with at most one assertion in it, only
//! the elements that the schema knows in each place, and signatures only where SAML puts them
//! (core §5.4).

use std::collections::HashSet;

use roxmltree::{Node, NodeId};

use super::encrypted_assertion::{self, EncryptedAssertion};
use super::rejection::{Rejection, invalid, missing_attribute};
use super::shape_error::ShapeError;
use super::signature::{self, Signature};
use crate::display::displayable;
use crate::identifiers::{ASSERTION, DSIG, PROTOCOL, PROTOCOL_1};
use crate::xml::{Construct, attribute, child, elements, is_named};

/// What a response carries, as the gate saw it.
#[derive(Clone, Debug)]
pub(super) enum ResponseContent {
    /// No assertion, as when the identity provider reports an error.
    Nothing,
    /// An encrypted assertion.
    Encrypted {
        /// Its ciphertext and keys.
        encrypted: EncryptedAssertion,
        /// The signature of the response, made over the encrypted form.
        on_response: Option<Signature>,
    },
    /// One assertion.
    Assertion {
        /// Its element.
        assertion: NodeId,
        /// Its ID.
        id: String,
        /// The assertion's signature.
        on_assertion: Option<Signature>,
        /// The response's signature.
        on_response: Option<Signature>,
    },
}

/// Checks a whole response.
pub(super) fn check_response(root: Node<'_, '_>) -> Result<ResponseContent, Rejection> {
    if !is_named(root, PROTOCOL, "Response") {
        return Err(no_response(root));
    }
    check_elements(root)?;
    let assertion = child(root, ASSERTION, "Assertion").map_err(|_| Rejection::SeveralAssertions)?;
    let encrypted = child(root, ASSERTION, "EncryptedAssertion").map_err(|_| Rejection::SeveralAssertions)?;
    let on_response = signature_of(root)?;
    match (assertion, encrypted) {
        (Some(_), Some(_)) => Err(Rejection::SeveralAssertions),
        (None, Some(encrypted)) => {
            Ok(ResponseContent::Encrypted { encrypted: encrypted_assertion::read(encrypted)?, on_response })
        }
        (None, None) => Ok(ResponseContent::Nothing),
        (Some(assertion), None) => Ok(ResponseContent::Assertion {
            assertion: assertion.id(),
            id: attribute(assertion, "ID").ok_or(missing_attribute("Assertion", "ID"))?.to_owned(),
            on_assertion: signature_of(assertion)?,
            on_response,
        }),
    }
}

/// What a document is that is no response of SAML 2.0: mostly an older one, or a message of a sign-out that
/// was sent to the wrong address.
fn no_response(root: Node<'_, '_>) -> Rejection {
    let expected = "Response";
    if is_named(root, PROTOCOL_1, expected) {
        let [major, minor] = ["MajorVersion", "MinorVersion"].map(|name| attribute(root, name).unwrap_or("?"));
        return Rejection::WrongVersion { actual: displayable(&format!("{major}.{minor}")) };
    }
    let name = root.tag_name();
    if name.namespace() == Some(PROTOCOL) {
        return invalid(ShapeError::OtherMessage { expected, actual: displayable(name.name()) });
    }
    invalid(ShapeError::OtherDocument { expected })
}

/// Checks any other message of the protocol that is signed as a whole, and returns its
/// signature.
pub(super) fn check_message(root: Node<'_, '_>, expected: &'static str) -> Result<Option<Signature>, Rejection> {
    if !is_named(root, PROTOCOL, expected) {
        return Err(invalid(ShapeError::OtherDocument { expected }));
    }
    check_elements(root)?;
    signature_of(root)
}

/// All elements: their IDs, then their places, then their children, so that the most
/// serious reason is the one that is reported.
fn check_elements(root: Node<'_, '_>) -> Result<(), Rejection> {
    let elements = || root.descendants().filter(Node::is_element);
    let mut ids = HashSet::new();
    elements().try_for_each(|node| check_id(node, &mut ids))?;
    elements().try_for_each(|node| check_position(node, root))?;
    elements().try_for_each(check_children)
}

/// No two elements share an ID, however the attribute's name is written: libraries differ in
/// which attributes they take for IDs (CVE-2025-23369). And an ID is a name without a colon, as the schema
/// says: libxml2 changes white space in one, and finds none that begins with a digit.
fn check_id<'a>(node: Node<'a, '_>, seen: &mut HashSet<&'a str>) -> Result<(), Rejection> {
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    for id in node.attributes().filter(|attribute| attribute.name().eq_ignore_ascii_case("id")) {
        let begins = id.value().starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        if !begins || !id.value().bytes().all(in_name) {
            return Err(Rejection::ForbiddenConstruct { what: Construct::MalformedId });
        }
        if !seen.insert(id.value()) {
            return Err(Rejection::ForbiddenConstruct { what: Construct::DuplicateId });
        }
    }
    Ok(())
}

/// Assertions, responses and signatures stand where SAML puts them and nowhere else, under
/// any namespace: signature wrapping needs a second one.
fn check_position(node: Node<'_, '_>, root: Node<'_, '_>) -> Result<(), Rejection> {
    let name = node.tag_name();
    match name.name() {
        "Response" if node != root => Err(invalid(ShapeError::NestedResponse)),
        "Assertion" | "EncryptedAssertion"
            if node.parent_element() != Some(root) || name.namespace() != Some(ASSERTION) =>
        {
            Err(invalid(ShapeError::MisplacedAssertion))
        }
        "Signature" => {
            let parent = node.parent_element();
            let in_assertion = parent.is_some_and(|parent| is_named(parent, ASSERTION, "Assertion"));
            if is_named(node, DSIG, "Signature") && (parent == Some(root) || in_assertion) {
                Ok(())
            } else {
                Err(invalid(ShapeError::MisplacedSignature))
            }
        }
        _ => Ok(()),
    }
}

/// The children that the schema knows, where it leaves no room for others: text for none.
/// `Extensions`, `StatusDetail`, `Advice`, `SubjectConfirmationData`, `AttributeValue` and
/// `AuthnContext` are open by design; nothing is read from inside them.
fn check_children(node: Node<'_, '_>) -> Result<(), Rejection> {
    let name = node.tag_name();
    let Some(Schema { namespace, signed, known }) = schema_of(name.name()) else { return Ok(()) };
    if name.namespace() != Some(namespace) {
        return Ok(());
    }
    for child in elements(node) {
        let is_signature = signed && is_named(child, DSIG, "Signature");
        if !is_signature && !known.iter().any(|(namespace, name)| is_named(child, namespace, name)) {
            let (parent, element) = (displayable(name.name()), displayable(child.tag_name().name()));
            return Err(invalid(ShapeError::UnknownElement { parent, element }));
        }
    }
    Ok(())
}

/// What an element may hold.
struct Schema {
    namespace: &'static str,
    /// Whether it may be signed.
    signed: bool,
    known: &'static [(&'static str, &'static str)],
}

/// No name stands for different elements in the two namespaces, so the name decides.
fn schema_of(name: &str) -> Option<Schema> {
    let (namespace, signed, known): (_, _, &[_]) = match name {
        "Response" => (
            PROTOCOL,
            true,
            &[
                (ASSERTION, "Issuer"),
                (PROTOCOL, "Extensions"),
                (PROTOCOL, "Status"),
                (ASSERTION, "Assertion"),
                (ASSERTION, "EncryptedAssertion"),
            ],
        ),
        "Status" => {
            (PROTOCOL, false, &[(PROTOCOL, "StatusCode"), (PROTOCOL, "StatusMessage"), (PROTOCOL, "StatusDetail")])
        }
        "StatusCode" => (PROTOCOL, false, &[(PROTOCOL, "StatusCode")]),
        "StatusMessage" => (PROTOCOL, false, &[]),
        "Issuer" | "NameID" | "Audience" | "AuthnContextClassRef" => (ASSERTION, false, &[]),
        "Assertion" => (
            ASSERTION,
            true,
            &[
                (ASSERTION, "Issuer"),
                (ASSERTION, "Subject"),
                (ASSERTION, "Conditions"),
                (ASSERTION, "Advice"),
                (ASSERTION, "AuthnStatement"),
                (ASSERTION, "AuthzDecisionStatement"),
                (ASSERTION, "AttributeStatement"),
            ],
        ),
        "Subject" => {
            (ASSERTION, false, &[(ASSERTION, "NameID"), (ASSERTION, "EncryptedID"), (ASSERTION, "SubjectConfirmation")])
        }
        "SubjectConfirmation" => (
            ASSERTION,
            false,
            &[(ASSERTION, "NameID"), (ASSERTION, "EncryptedID"), (ASSERTION, "SubjectConfirmationData")],
        ),
        "AudienceRestriction" => (ASSERTION, false, &[(ASSERTION, "Audience")]),
        "AuthnStatement" => (ASSERTION, false, &[(ASSERTION, "SubjectLocality"), (ASSERTION, "AuthnContext")]),
        "AttributeStatement" => (ASSERTION, false, &[(ASSERTION, "Attribute"), (ASSERTION, "EncryptedAttribute")]),
        "Attribute" => (ASSERTION, false, &[(ASSERTION, "AttributeValue")]),
        _ => return None,
    };
    Some(Schema { namespace, signed, known })
}

fn signature_of(parent: Node<'_, '_>) -> Result<Option<Signature>, Rejection> {
    let Some(node) = child(parent, DSIG, "Signature").map_err(|_| invalid(ShapeError::TwoSignatures))? else {
        return Ok(None);
    };
    let id = attribute(parent, "ID").ok_or(invalid(ShapeError::SignedElementWithoutId))?;
    signature::read(node, id).map(Some)
}
