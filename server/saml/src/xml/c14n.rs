//! Canonical XML, as far as signed SAML messages need it: Exclusive XML Canonicalization 1.0,
//! Canonical XML 1.0 and 1.1, all without comments, of one element and what is in it.
//!
//! It works on a tree whose document has passed the gate, which is what keeps it short:
//! there are no comments, processing instructions, document types or CDATA sections, nothing
//! is nested deeper than the limit, no namespace name is relative, and of the attributes in
//! the `xml:` namespace there are only `xml:lang` and `xml:space`, which 1.0 and 1.1 treat
//! alike.

use roxmltree::Node;

/// Canonical XML is longer than what it was made from, but not by much in an honest message;
/// a hostile one could repeat a long namespace at thousands of elements.
pub(crate) const CANONICAL_LIMIT: usize = 1024 * 1024;

/// The namespace that the prefix `xml` always has.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// How an element is to be canonicalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Canonicalization {
    /// Exclusive (W3C xml-exc-c14n §3): namespaces are written where they are used; those of
    /// the prefixes in the `InclusiveNamespaces` list wherever they are in scope. The empty
    /// prefix stands for `#default`.
    Exclusive {
        /// The prefixes of the list.
        inclusive_prefixes: Vec<String>,
    },
    /// Canonical XML 1.0 or 1.1: every namespace in scope is written.
    Inclusive,
}

impl Canonicalization {
    /// Exclusive without a list, as SAML recommends (core §5.4.3).
    pub(crate) const EXCLUSIVE: Self = Self::Exclusive { inclusive_prefixes: Vec::new() };
}

/// The canonical form of an element, without the one child element `skip` (the enveloped
/// signature, xmldsig §6.6.4). `None`: it would be longer than [`CANONICAL_LIMIT`].
pub(crate) fn canonicalize(
    element: Node<'_, '_>,
    canonicalization: &Canonicalization,
    skip: Option<Node<'_, '_>>,
) -> Option<String> {
    let mut writer = Canonicalizer {
        source: element.document().input_text(),
        canonicalization,
        skip,
        rendered: Vec::with_capacity(8),
        out: String::with_capacity(element.range().len().saturating_add(512)),
    };
    writer.element(element, true);
    (writer.out.len() <= CANONICAL_LIMIT).then_some(writer.out)
}

struct Canonicalizer<'a, 'input> {
    source: &'a str,
    canonicalization: &'a Canonicalization,
    skip: Option<Node<'a, 'input>>,
    /// The namespaces that the open output elements declare, the innermost last.
    rendered: Vec<(&'a str, &'a str)>,
    out: String,
}

/// An attribute as it is sorted and written.
struct Attribute<'a> {
    namespace: &'a str,
    local: &'a str,
    qname: &'a str,
    value: &'a str,
}

impl<'a, 'input: 'a> Canonicalizer<'a, 'input> {
    fn element(&mut self, node: Node<'a, 'input>, is_apex: bool) {
        if self.out.len() > CANONICAL_LIMIT {
            return;
        }
        let outer = self.rendered.len();
        let qname = qname_at(self.source, node.range().start.saturating_add(1));
        let attributes = self.attributes(node, is_apex && *self.canonicalization == Canonicalization::Inclusive);
        self.out.push('<');
        self.out.push_str(qname);
        self.namespaces(node, prefix_of(qname), &attributes);
        for attribute in &attributes {
            self.out.push(' ');
            self.out.push_str(attribute.qname);
            self.out.push_str("=\"");
            escape(&mut self.out, attribute.value, in_attribute);
            self.out.push('"');
        }
        self.out.push('>');
        for child in node.children() {
            if child.is_element() {
                if Some(child) != self.skip {
                    self.element(child, false);
                }
            } else if let Some(text) = child.text().filter(|_| child.is_text()) {
                escape(&mut self.out, text, in_text);
            }
        }
        self.out.push_str("</");
        self.out.push_str(qname);
        self.out.push('>');
        self.rendered.truncate(outer);
    }

    /// The attributes in the order of the specification: by namespace name, then by local
    /// name (Canonical XML 1.0 §2.2).
    fn attributes(&self, node: Node<'a, 'input>, inherits: bool) -> Vec<Attribute<'a>> {
        let mut attributes: Vec<_> = node.attributes().map(|attribute| self.attribute(attribute)).collect();
        if inherits {
            self.inherit(node, &mut attributes);
        }
        attributes.sort_unstable_by(|a, b| (a.namespace, a.local).cmp(&(b.namespace, b.local)));
        attributes
    }

    fn attribute(&self, attribute: roxmltree::Attribute<'a, 'input>) -> Attribute<'a> {
        Attribute {
            namespace: attribute.namespace().unwrap_or_default(),
            local: attribute.name(),
            qname: self.source.get(attribute.range_qname()).unwrap_or_default(),
            value: attribute.value(),
        }
    }

    /// What the element inherits from ancestors that are not written: the nearest value of
    /// each attribute in the `xml:` namespace (Canonical XML 1.0 §2.4).
    fn inherit(&self, node: Node<'a, 'input>, attributes: &mut Vec<Attribute<'a>>) {
        for attribute in node.ancestors().skip(1).flat_map(|ancestor| ancestor.attributes()) {
            let known = |other: &Attribute<'_>| other.namespace == XML && other.local == attribute.name();
            if attribute.namespace() == Some(XML) && !attributes.iter().any(known) {
                attributes.push(self.attribute(attribute));
            }
        }
    }

    /// Writes the namespace declarations that the element needs and that no open output
    /// element has made, sorted by prefix.
    fn namespaces(&mut self, node: Node<'a, 'input>, own_prefix: &'a str, attributes: &[Attribute<'a>]) {
        let first = self.rendered.len();
        match self.canonicalization {
            Canonicalization::Exclusive { inclusive_prefixes } => {
                self.declare(node, own_prefix);
                for attribute in attributes {
                    let prefix = prefix_of(attribute.qname);
                    if !prefix.is_empty() {
                        self.declare(node, prefix);
                    }
                }
                for prefix in inclusive_prefixes {
                    self.declare(node, prefix);
                }
            }
            Canonicalization::Inclusive => {
                self.declare(node, "");
                for namespace in node.namespaces() {
                    self.declare(node, namespace.name().unwrap_or_default());
                }
            }
        }
        let Some(declared) = self.rendered.get_mut(first..) else { return };
        declared.sort_unstable_by_key(|(prefix, _)| *prefix);
        for (prefix, uri) in declared {
            self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.out.push_str(prefix);
            self.out.push_str("=\"");
            escape(&mut self.out, uri, in_attribute);
            self.out.push('"');
        }
    }

    /// Notes a prefix as declared here, unless what is open already says the same of it. No
    /// default namespace is said by `xmlns=""`, and only where there was one.
    fn declare(&mut self, node: Node<'a, 'input>, prefix: &'a str) {
        if prefix == "xml" {
            return;
        }
        let wanted = (!prefix.is_empty()).then_some(prefix);
        let uri = node.namespaces().find(|namespace| namespace.name() == wanted).map(roxmltree::Namespace::uri);
        if uri.is_none() && !prefix.is_empty() {
            return;
        }
        let uri = uri.unwrap_or_default();
        let open = self.rendered.iter().rev().find(|(known, _)| *known == prefix);
        if open.map_or("", |(_, uri)| *uri) != uri {
            self.rendered.push((prefix, uri));
        }
    }
}

/// The qualified name that begins at that place of the source.
fn qname_at(source: &str, start: usize) -> &str {
    let rest = source.get(start..).unwrap_or_default();
    let end = rest.find([' ', '\t', '\r', '\n', '/', '>']).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

fn prefix_of(qname: &str) -> &str {
    qname.split_once(':').map_or("", |(prefix, _)| prefix)
}

const fn in_text(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'\r' => Some("&#xD;"),
        _ => None,
    }
}

const fn in_attribute(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'"' => Some("&quot;"),
        b'\t' => Some("&#x9;"),
        b'\n' => Some("&#xA;"),
        b'\r' => Some("&#xD;"),
        _ => None,
    }
}

/// Writes text with the replacements of Canonical XML 1.0 §2.3. All of what is replaced is
/// ASCII, so splitting at it never splits a character.
fn escape(out: &mut String, text: &str, replacement: impl Fn(u8) -> Option<&'static str>) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| replacement(byte).is_some()) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let mut bytes = from.bytes();
        out.push_str(before);
        out.push_str(bytes.next().and_then(&replacement).unwrap_or_default());
        rest = from.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    fn form(xml: &str, path: &[&str], canonicalization: &Canonicalization) -> String {
        let document = Document::parse(xml).unwrap();
        let node = path.iter().fold(document.root_element(), |node, name| {
            node.children().find(|child| child.tag_name().name() == *name).unwrap()
        });
        canonicalize(node, canonicalization, None).unwrap()
    }

    fn exclusive(xml: &str, path: &[&str]) -> String {
        form(xml, path, &Canonicalization::EXCLUSIVE)
    }

    #[test]
    fn attributes_are_sorted_by_namespace_then_name_and_quoted() {
        let xml = "<e xmlns:b='urn:2' xmlns:a='urn:1'  z='1' b:c = '2' a:d='&#9;&lt;\"' b:a='4'\n><x/></e>";
        let expected = r#"<e xmlns:a="urn:1" xmlns:b="urn:2" z="1" a:d="&#x9;&lt;&quot;" b:a="4" b:c="2"><x></x></e>"#;
        assert_eq!(exclusive(xml, &[]), expected);
    }

    #[test]
    fn text_keeps_its_white_space_and_is_escaped() {
        let xml = "<e>\r\n a &gt; b &amp; &#13;\u{e4}\u{1f600}</e>";
        assert_eq!(exclusive(xml, &[]), "<e>\n a &gt; b &amp; &#xD;\u{e4}\u{1f600}</e>");
    }

    #[test]
    fn exclusive_writes_a_namespace_where_it_is_used() {
        let xml =
            r#"<a:r xmlns:a="urn:a" xmlns:b="urn:b" xmlns:c="urn:c"><b:x><b:y c:z="1"/><b:y c:z="2"/></b:x></a:r>"#;
        let expected =
            r#"<b:x xmlns:b="urn:b"><b:y xmlns:c="urn:c" c:z="1"></b:y><b:y xmlns:c="urn:c" c:z="2"></b:y></b:x>"#;
        assert_eq!(exclusive(xml, &["x"]), expected);
    }

    #[test]
    fn exclusive_writes_the_prefixes_of_the_list_wherever_they_are_in_scope() {
        let xml = r#"<r xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b"><a:x><a:y xmlns:b="urn:b2"/></a:x></r>"#;
        let list = |prefixes: &[&str]| Canonicalization::Exclusive {
            inclusive_prefixes: prefixes.iter().map(|prefix| (*prefix).to_owned()).collect(),
        };
        let expected = r#"<a:x xmlns:a="urn:a" xmlns:b="urn:b"><a:y xmlns:b="urn:b2"></a:y></a:x>"#;
        assert_eq!(form(xml, &["x"], &list(&["b", "unknown"])), expected);
        let expected = r#"<a:x xmlns="urn:d" xmlns:a="urn:a"><a:y></a:y></a:x>"#;
        assert_eq!(form(xml, &["x"], &list(&[""])), expected);
    }

    #[test]
    fn inclusive_writes_everything_in_scope_once() {
        let xml = r#"<r xmlns="urn:d" xmlns:a="urn:a" xml:lang="de"><x xmlns:b="urn:b"><a:y xmlns="" xmlns:b="urn:b"/></x></r>"#;
        let expected = r#"<x xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b" xml:lang="de"><a:y xmlns=""></a:y></x>"#;
        assert_eq!(form(xml, &["x"], &Canonicalization::Inclusive), expected);
    }

    #[test]
    fn a_default_namespace_is_taken_back_only_where_it_was_given() {
        let xml = r#"<r xmlns="urn:d"><x xmlns=""><y/></x></r>"#;
        assert_eq!(exclusive(xml, &[]), r#"<r xmlns="urn:d"><x xmlns=""><y></y></x></r>"#);
        assert_eq!(exclusive(xml, &["x"]), "<x><y></y></x>");
    }

    #[test]
    fn what_would_grow_without_end_is_not_written() {
        let numbers: Vec<usize> = (0..28).collect();
        let namespaces = numbers.iter().map(|n| format!(" xmlns:n{n}=\"urn:{n}{}\"", "x".repeat(200)));
        let uses = numbers.iter().map(|n| format!(" n{n}:a=\"\""));
        let (namespaces, uses) = (namespaces.collect::<Vec<_>>().concat(), uses.collect::<Vec<_>>().concat());
        let xml = format!("<r{namespaces}>{}</r>", format!("<e{uses}/>").repeat(500));
        let document = Document::parse(&xml).unwrap();
        assert_eq!(canonicalize(document.root_element(), &Canonicalization::EXCLUSIVE, None).map(|_| ()), None);
    }

    #[test]
    fn the_skipped_child_leaves_no_trace() {
        let document = Document::parse("<r> <s><t/></s> <u/></r>").unwrap();
        let skipped = document.root_element().children().find(|child| child.has_tag_name("s"));
        let canonical = canonicalize(document.root_element(), &Canonicalization::EXCLUSIVE, skipped);
        assert_eq!(canonical.as_deref(), Some("<r>  <u></u></r>"));
    }
}
