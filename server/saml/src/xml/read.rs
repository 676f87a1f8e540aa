//! Reading a parsed document, always by namespace and local name.

use roxmltree::{Node, ParsingOptions};

/// No DTD, and no more nodes than the prefilter's limits can make.
pub(crate) fn parsing_options<'input>(max_elements: usize) -> ParsingOptions<'input> {
    let nodes = max_elements.saturating_mul(4).saturating_add(16);
    ParsingOptions { allow_dtd: false, nodes_limit: u32::try_from(nodes).unwrap_or(u32::MAX), ..Default::default() }
}

/// Whether a node is the element of that namespace and name.
pub(crate) fn is_named(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && node.tag_name().namespace() == Some(namespace)
}

/// All child elements.
pub(crate) fn elements<'a, 'input>(node: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(Node::is_element)
}

/// The child elements of that name.
pub(crate) fn children<'a, 'input>(
    node: Node<'a, 'input>,
    namespace: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| is_named(*child, namespace, name))
}

/// The only child element of that name: `Err` if there are several.
pub(crate) fn child<'a, 'input>(
    node: Node<'a, 'input>,
    namespace: &'static str,
    name: &'static str,
) -> Result<Option<Node<'a, 'input>>, DuplicateChild> {
    let mut found = children(node, namespace, name);
    let first = found.next();
    if found.next().is_some() { Err(DuplicateChild(name)) } else { Ok(first) }
}

/// An element that may stand once stands several times.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DuplicateChild(pub(crate) &'static str);

/// An attribute without a namespace. `Node::attribute("ID")` would also find `evil:ID`.
pub(crate) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.namespace().is_none() && attribute.name() == name).map(|a| a.value())
}

/// The whole text of an element, descendants included. `Node::text` stops at the first
/// comment, which is how `admin@x.com<!---->.evil.com` once became `admin@x.com`.
pub(crate) fn text(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|part| part.text()).collect()
}
