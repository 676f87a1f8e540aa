//! A document that passed the gate, parsed once: the tree that everything is read from.

use roxmltree::{Document, Node, NodeId};
use self_cell::self_cell;

use super::problems::InternalFault;
use super::rejection::{Rejection, repeated_in};
use crate::identifiers::ASSERTION;
use crate::xml::{Limits, child, parsing_options, prefilter};

/// What a message may have of everything.
const LIMITS: Limits =
    Limits { elements: 4_000, depth: 32, attributes: 32, namespaces: 1_000, in_scope: 32, comments: false };

type Tree<'input> = Document<'input>;

self_cell!(
    /// The text and its tree.
    pub(super) struct ParsedDocument {
        owner: String,
        #[covariant]
        dependent: Tree,
    }

    impl {Debug}
);

impl ParsedDocument {
    /// Filters and parses a document. It is parsed only here.
    pub(super) fn parse(xml: String) -> Result<Self, Rejection> {
        prefilter(&xml, &LIMITS)?;
        Self::try_new(xml, |xml| parse_tree(xml))
    }

    /// The tree.
    pub(super) fn tree(&self) -> &Document<'_> {
        self.borrow_dependent()
    }

    /// Its root element.
    pub(super) fn root(&self) -> Node<'_, '_> {
        self.tree().root_element()
    }

    /// A node that the gate saw.
    pub(super) fn node(&self, id: NodeId) -> Result<Node<'_, '_>, Rejection> {
        self.tree().get_node(id).ok_or(Rejection::Internal { what: InternalFault::LostNode })
    }
}

/// Parses what the prefilter has let through, or what came out of a verified signature.
pub(super) fn parse_tree(xml: &str) -> Result<Document<'_>, Rejection> {
    Document::parse_with_options(xml, parsing_options(LIMITS.elements))
        .map_err(|error| Rejection::NotXml { what: error.into() })
}

/// The only child of that name in the assertion namespace, if there is one. `parent` is the name of the node.
pub(super) fn single_child<'a, 'input>(
    node: Node<'a, 'input>,
    parent: &'static str,
    name: &'static str,
) -> Result<Option<Node<'a, 'input>>, Rejection> {
    child(node, ASSERTION, name).map_err(repeated_in(parent))
}
