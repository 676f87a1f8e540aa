//! A document that passed the gate, parsed once: the tree that everything is read from.

use roxmltree::{Document, Node, NodeId};
use self_cell::self_cell;

use super::Rejection;
use super::gate::LIMITS;
use super::shown::shown;
use crate::xml::{options, prefilter};

type Tree<'input> = Document<'input>;

self_cell!(
    /// The text and its tree.
    pub(super) struct Parsed {
        owner: String,
        #[covariant]
        dependent: Tree,
    }

    impl {Debug}
);

impl Parsed {
    /// Filters and parses, once and for all.
    pub(super) fn admit(xml: String) -> Result<Self, Rejection> {
        prefilter(&xml, &LIMITS)?;
        Self::try_new(xml, |xml| parse(xml))
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
        self.tree().get_node(id).ok_or(Rejection::Internal { what: "a node went missing" })
    }
}

/// Parses what the prefilter has let through, or what came out of a verified signature.
pub(super) fn parse(xml: &str) -> Result<Document<'_>, Rejection> {
    Document::parse_with_options(xml, options(LIMITS.elements))
        .map_err(|error| Rejection::NotXml { detail: shown(&error.to_string()) })
}
