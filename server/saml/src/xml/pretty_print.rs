//! Messages for people to read: one element a line, text beside elements on lines of its own,
//! and which lines a signature covers.

use std::ops::Range;

use roxmltree::{Document, Node};

use super::prefilter::{Limits, prefilter};
use super::read::{attribute, child, elements, is_named, parsing_options};
use crate::identifiers::DSIG;

/// Deeper than anything honest, and shallow enough to recurse.
const LIMITS: Limits =
    Limits { elements: 4_000, depth: 64, attributes: 64, namespaces: 512, in_scope: 64, comments: false };
/// In characters. What is no XML is cut to this length.
const RAW_CHARS: usize = 20_000;

/// A line of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrettyLine {
    /// How deep it is nested.
    pub depth: u16,
    /// The line, as it stands in the message.
    pub text: String,
    /// Whether a signature says that it covers it. That the signature verifies is not looked
    /// at here.
    pub is_signed: bool,
}

/// The lines of a message. What is no XML, or has what no honest message has, comes as it
/// is, cut to 20,000 characters and unmarked.
#[must_use]
pub fn pretty_print(xml: &str) -> Vec<PrettyLine> {
    let parsed = prefilter(xml, &LIMITS)
        .ok()
        .and_then(|()| Document::parse_with_options(xml, parsing_options(LIMITS.elements)).ok());
    let Some(document) = parsed else { return raw(xml) };
    let mut lines = Vec::new();
    write(document.root_element(), xml, 0, false, &mut lines);
    lines
}

fn raw(text: &str) -> Vec<PrettyLine> {
    let visible_text: String = text.chars().take(RAW_CHARS).collect();
    let visible = |line: &str| line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    visible_text.lines().map(|line| PrettyLine { depth: 0, text: visible(line), is_signed: false }).collect()
}

/// Writes an element. `is_signed` is whether a signature around it covers it.
fn write(node: Node<'_, '_>, source: &str, depth: u16, is_signed: bool, lines: &mut Vec<PrettyLine>) {
    let own = own_signature(node);
    let covered = is_signed || own.is_some();
    let line = |depth, text: &str| PrettyLine { depth, text: text.trim().to_owned(), is_signed: covered };
    let whole = source.get(node.range()).unwrap_or_default();
    if elements(node).next().is_none() {
        lines.push(line(depth, whole));
        return;
    }
    let inside = depth.saturating_add(1);
    let (start, end) = (start_tag(whole), whole.rfind("</").unwrap_or(whole.len()));
    lines.push(line(depth, start));
    let mut from = node.range().start.saturating_add(start.len());
    for inner in elements(node) {
        lines.extend(text_between(source, from..inner.range().start).map(|text| line(inside, text)));
        // an enveloped signature is not under itself, but may be under one further out
        let covered = if Some(inner) == own { is_signed } else { covered };
        write(inner, source, inside, covered, lines);
        from = inner.range().end;
    }
    let until = node.range().start.saturating_add(end);
    lines.extend(text_between(source, from..until).map(|text| line(inside, text)));
    lines.push(line(depth, whole.get(end..).unwrap_or_default()));
}

/// Text beside an element, if there is more than white space.
fn text_between(source: &str, range: Range<usize>) -> Option<&str> {
    source.get(range).filter(|text| !text.trim().is_empty())
}

/// The signature in an element that refers to that element.
fn own_signature<'a, 'input>(node: Node<'a, 'input>) -> Option<Node<'a, 'input>> {
    let signature = child(node, DSIG, "Signature").ok().flatten()?;
    let id = attribute(node, "ID")?;
    let mut references = signature.descendants().filter(|node| is_named(*node, DSIG, "Reference"));
    let refers =
        |reference: Node<'_, '_>| attribute(reference, "URI").and_then(|uri| uri.strip_prefix('#')) == Some(id);
    references.any(refers).then_some(signature)
}

/// An element's text up to the end of its start tag; a `>` in an attribute does not end it.
fn start_tag(element: &str) -> &str {
    let mut quote = None;
    for (at, character) in element.char_indices() {
        match (quote, character) {
            (None, '>') => return element.get(..=at).unwrap_or(element),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    element
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(xml: &str) -> Vec<(u16, String, bool)> {
        pretty_print(xml).into_iter().map(|line| (line.depth, line.text, line.is_signed)).collect()
    }

    #[test]
    fn each_element_has_its_line_and_nothing_is_lost() {
        let xml = r#"<a x="1>2"><b>text &amp; more</b><c><d/></c></a>"#;
        let lines = printed(xml);
        let expected =
            [(0, r#"<a x="1>2">"#), (1, "<b>text &amp; more</b>"), (1, "<c>"), (2, "<d/>"), (1, "</c>"), (0, "</a>")];
        assert_eq!(lines.iter().map(|(depth, text, _)| (*depth, text.as_str())).collect::<Vec<_>>(), expected);
        assert_eq!(lines.iter().map(|(_, text, _)| text.as_str()).collect::<String>(), xml);
    }

    #[test]
    fn text_beside_elements_has_lines_of_its_own_with_the_mark_of_its_element() {
        let signature = format!(r##"<S:Signature xmlns:S="{DSIG}"><S:Reference URI="#_a"/></S:Signature>"##);
        let xml = format!(r#"<r> out <a ID="_a">{signature} before<n>in</n> after &lt; </a></r>"#);
        let lines = printed(&xml);
        let expected = [
            (0, "<r>", false),
            (1, "out", false),
            (1, r#"<a ID="_a">"#, true),
            (3, r##"<S:Reference URI="#_a"/>"##, false),
            (2, "before", true),
            (2, "<n>in</n>", true),
            (2, "after &lt;", true),
            (1, "</a>", true),
            (0, "</r>", false),
        ];
        let found = lines.iter().map(|(depth, text, is_signed)| (*depth, text.as_str(), *is_signed));
        let found: Vec<_> = found.filter(|(_, text, _)| !text.contains("S:Signature")).collect();
        assert_eq!(found, expected);
        let dense = |text: &str| text.replace(' ', "");
        assert_eq!(dense(&lines.iter().map(|(_, text, _)| text.as_str()).collect::<String>()), dense(&xml));
    }

    #[test]
    fn what_is_signed_is_marked_and_a_signature_is_not_under_itself() {
        let signature = |id: &str| {
            format!(
                r##"<S:Signature xmlns:S="{DSIG}"><S:SignedInfo><S:Reference URI="#{id}"/></S:SignedInfo></S:Signature>"##
            )
        };
        let inner = format!(r#"<r ID="_r"><i/><a ID="_a">{}<n/></a></r>"#, signature("_a"));
        let is_signed = |xml: &str, start: &str| {
            printed(xml).into_iter().find(|(_, text, _)| text.starts_with(start)).map(|(_, _, signed)| signed)
        };
        assert_eq!(is_signed(&inner, "<i"), Some(false));
        assert_eq!(is_signed(&inner, "<a"), Some(true));
        assert_eq!(is_signed(&inner, "<n"), Some(true));
        assert_eq!(is_signed(&inner, "<S:Signature"), Some(false));
        let both = inner.replace("<i/>", &signature("_r"));
        assert_eq!(is_signed(&both, "<n"), Some(true));
        let signatures: Vec<bool> = printed(&both)
            .into_iter()
            .filter(|(_, text, _)| text.starts_with("<S:Sig"))
            .map(|(.., signed)| signed)
            .collect();
        // the inner one is covered by the outer one
        assert!(signatures.contains(&false) && signatures.contains(&true), "{signatures:?}");
        let elsewhere = inner.replace("#_a", "#_other");
        assert_eq!(is_signed(&elsewhere, "<n"), Some(false));
    }

    #[test]
    fn what_is_no_xml_comes_as_it_is() {
        assert_eq!(
            printed("not <xml\nat all\u{7}"),
            [(0, "not <xml".to_owned(), false), (0, "at all\u{fffd}".to_owned(), false)]
        );
        let doctype = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
        assert_eq!(printed(doctype), [(0, doctype.to_owned(), false)]);
    }
}
