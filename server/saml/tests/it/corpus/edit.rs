//! Changing one thing in a document's text. Text, not a tree: what is not changed stays as
//! its author wrote it, and what no parser accepts can be made too. Whatever is to be changed
//! must be there, so that no attack quietly becomes an honest response.

use std::ops::Range;

/// Where the first element of that name is.
pub fn element(xml: &str, name: &str) -> Range<usize> {
    let tag = start_tag(xml, name);
    if xml[tag.clone()].ends_with("/>") {
        return tag;
    }
    let end = format!("</{name}>");
    let length = xml[tag.start..].find(&end).unwrap_or_else(|| panic!("no {end}")) + end.len();
    tag.start..tag.start + length
}

/// Where its start tag is.
fn start_tag(xml: &str, name: &str) -> Range<usize> {
    let open = format!("<{name}");
    let begins = |start: &usize| xml[start + open.len()..].starts_with([' ', '>', '/', '\n']);
    let start = xml.match_indices(&open).map(|(start, _)| start).find(begins);
    let start = start.unwrap_or_else(|| panic!("no <{name}> in {xml}"));
    start..start + xml[start..].find('>').unwrap() + 1
}

/// The element as it stands there.
pub fn cut<'a>(xml: &'a str, name: &str) -> &'a str {
    &xml[element(xml, name)]
}

fn splice(xml: &str, range: Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &xml[..range.start], &xml[range.end..])
}

/// Something else in its place.
pub fn replace(xml: &str, name: &str, with: &str) -> String {
    splice(xml, element(xml, name), with)
}

pub fn remove(xml: &str, name: &str) -> String {
    replace(xml, name, "")
}

/// The element twice.
pub fn repeat(xml: &str, name: &str) -> String {
    let twice = cut(xml, name).repeat(2);
    replace(xml, name, &twice)
}

pub fn before(xml: &str, name: &str, what: &str) -> String {
    let start = element(xml, name).start;
    splice(xml, start..start, what)
}

pub fn after(xml: &str, name: &str, what: &str) -> String {
    let end = element(xml, name).end;
    splice(xml, end..end, what)
}

/// Something more at the end of its content.
pub fn append(xml: &str, name: &str, what: &str) -> String {
    let content = content(xml, name);
    splice(xml, content.end..content.end, what)
}

/// Something more at the beginning of its content.
pub fn prepend(xml: &str, name: &str, what: &str) -> String {
    let content = content(xml, name);
    splice(xml, content.start..content.start, what)
}

/// Another content.
pub fn fill(xml: &str, name: &str, with: &str) -> String {
    splice(xml, content(xml, name), with)
}

fn content(xml: &str, name: &str) -> Range<usize> {
    let whole = element(xml, name);
    let start = start_tag(xml, name).end;
    assert!(start < whole.end, "<{name}/> has no content");
    start..whole.end - name.len() - 3
}

/// An attribute's value, or the attribute gone. Added if it is not there.
pub fn attribute(xml: &str, element: &str, name: &str, value: Option<&str>) -> String {
    let tag = start_tag(xml, element);
    let written = value.map(|value| format!(" {name}=\"{value}\"")).unwrap_or_default();
    let place = if let Some(at) = xml[tag.clone()].find(&format!(" {name}=\"")) {
        let start = tag.start + at;
        let quote = start + name.len() + 3;
        start..quote + xml[quote..].find('"').unwrap() + 1
    } else {
        assert!(value.is_some(), "<{element}> has no {name}");
        let start = tag.start + 1 + element.len();
        start..start
    };
    splice(xml, place, &written)
}

/// Some text by another, everywhere.
pub fn text(xml: &str, from: &str, to: &str) -> String {
    assert!(xml.contains(from), "no {from} in {xml}");
    xml.replace(from, to)
}

/// Some text by another, where it stands first.
pub fn first(xml: &str, from: &str, to: &str) -> String {
    assert!(xml.contains(from), "no {from} in {xml}");
    xml.replacen(from, to, 1)
}
