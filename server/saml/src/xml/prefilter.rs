//! The filter before the parsers: one pass over the bytes, remembering nothing but how many
//! namespaces each open element declares, and which there are. It exists because parsers are
//! the target. libxml2 and roxmltree both compare every attribute of a tag with every other,
//! canonicalisation visits every namespace in scope for every element, and recursion follows
//! depth; so all of these are counted here, where counting is all that happens. What costs
//! nothing is not counted: many honest writers declare the same two prefixes on each of
//! hundreds of values.

use std::collections::HashSet;

use memchr::{memchr, memchr3};

use super::character_references::{check_references, split_at_byte};
use super::construct::Construct;
use super::prefilter_error::PrefilterError;
use super::xml_error::XmlError;

/// How much of everything a document may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Elements.
    pub(crate) elements: usize,
    /// Nesting.
    pub(crate) depth: usize,
    /// Attributes in one tag, namespace declarations included.
    pub(crate) attributes: usize,
    /// Different namespace declarations: a prefix with its name. roxmltree keeps a sorted list
    /// of them, whose growth costs the square of its length; the same one again costs nothing.
    pub(crate) namespaces: usize,
    /// Namespace declarations in scope of one element. Inclusive canonicalisation compares
    /// them with one another at every element: 224 of them over 3,900 elements take libxml2
    /// 0.7 seconds, 28 of them 0.03.
    pub(crate) in_scope: usize,
    /// Whether comments, processing instructions and CDATA sections are skipped rather than
    /// rejected. Never in signed messages.
    pub(crate) comments: bool,
}

/// A namespace name may be this long. Exclusive canonicalisation repeats it at each element
/// that uses it, so its length times the number of elements is what gets digested.
const NAMESPACE_BYTES: usize = 256;
/// A declaration is never longer.
const DECLARATION_BYTES: usize = 100;

fn is_doctype(markup: &str) -> bool {
    markup.get(..DOCTYPE.len()).is_some_and(|word| word.eq_ignore_ascii_case(DOCTYPE))
}

const DOCTYPE: &str = "DOCTYPE";

/// Checks a whole document.
pub(crate) fn prefilter(xml: &str, limits: &Limits) -> Result<(), PrefilterError> {
    if xml.starts_with('\u{feff}') {
        return Err(Construct::ByteOrderMark.into());
    }
    if memchr(0, xml.as_bytes()).is_some() {
        return Err(Construct::Nul.into());
    }
    let mut scanner = Scanner {
        rest: skip_declaration(xml)?,
        limits,
        elements: 0,
        namespaces: HashSet::new(),
        in_scope: 0,
        open: Vec::with_capacity(limits.depth),
        declared: Vec::new(),
    };
    while scanner.next_tag()? {}
    // a comment may hold any ampersand; where there are comments nothing is signed
    if limits.comments { Ok(()) } else { check_references(xml) }
}

/// At most one colon, with a name on either side (Namespaces in XML §4).
fn check_qualified_name(name: &str) -> Result<(), PrefilterError> {
    let well = name
        .split_once(':')
        .is_none_or(|(prefix, local)| !prefix.is_empty() && !local.is_empty() && !local.contains(':'));
    if well { Ok(()) } else { Err(XmlError::ColonMisplaced.into()) }
}

/// Encodings whose first 128 characters are those of ASCII, as a declaration names them.
const ASCII_COMPATIBLE: [&str; 4] =
    ["encoding=\"us-ascii\"", "encoding=\"ascii\"", "encoding=\"iso-8859-1\"", "encoding=\"windows-1252\""];

/// Lets a declaration of XML 1.0 in UTF-8 pass, at the very beginning only; or in another
/// encoding where all of the document reads the same in both.
fn skip_declaration(xml: &str) -> Result<&str, PrefilterError> {
    let Some(after) = xml.strip_prefix("<?xml").filter(|after| !after.starts_with('-')) else { return Ok(xml) };
    let (declaration, rest) = after.split_once("?>").ok_or(Construct::ProcessingInstruction)?;
    if declaration.len() > DECLARATION_BYTES || !declaration.starts_with([' ', '\t', '\r', '\n']) {
        return Err(Construct::ProcessingInstruction.into());
    }
    let mut plain = declaration.replace('\'', "\"").to_ascii_lowercase();
    plain.retain(|character| !character.is_ascii_whitespace());
    if let Some(other) = ASCII_COMPATIBLE.iter().find(|other| plain.contains(**other) && xml.is_ascii()) {
        plain = plain.replace(other, "encoding=\"utf-8\"");
    }
    let known = ["version=\"1.0\"", "encoding=\"utf-8\"", "standalone=\"yes\"", "standalone=\"no\""];
    let left = known.iter().fold(plain.as_str(), |left, part| left.strip_prefix(part).unwrap_or(left));
    if left.is_empty() && plain.starts_with("version") {
        Ok(rest)
    } else {
        Err(Construct::ProcessingInstruction.into())
    }
}

struct Scanner<'a> {
    rest: &'a str,
    limits: &'a Limits,
    elements: usize,
    /// The different declarations so far, each a prefix with its name.
    namespaces: HashSet<(&'a str, &'a str)>,
    in_scope: usize,
    /// How many namespaces each open element declares.
    open: Vec<usize>,
    /// The prefixes that the present tag declares.
    declared: Vec<&'a str>,
}

impl<'a> Scanner<'a> {
    /// Goes behind the next tag; `false` when there is none.
    fn next_tag(&mut self) -> Result<bool, PrefilterError> {
        let Some((_, tag)) = split_at_byte(self.rest, b'<') else { return Ok(false) };
        if let Some(instruction) = tag.strip_prefix('?') {
            let skipped = instruction.split_once("?>").filter(|_| self.limits.comments);
            self.rest = skipped.ok_or(Construct::ProcessingInstruction)?.1;
            return Ok(true);
        }
        if let Some(markup) = tag.strip_prefix('!') {
            let refused = if is_doctype(markup) { Construct::Doctype } else { Construct::Markup };
            let skipped = match markup.strip_prefix("--") {
                Some(comment) => comment.split_once("-->"),
                None => markup.strip_prefix("[CDATA[").and_then(|section| section.split_once("]]>")),
            };
            self.rest = skipped.filter(|_| self.limits.comments).ok_or(refused)?.1;
            return Ok(true);
        }
        if let Some(end) = tag.strip_prefix('/') {
            let (_, rest) = split_at_byte(end, b'>').ok_or(XmlError::TagUnclosed)?;
            let declared = self.open.pop().ok_or(XmlError::EndTagUnexpected)?;
            self.in_scope = self.in_scope.saturating_sub(declared);
            self.rest = rest;
            return Ok(true);
        }
        self.start_tag(tag)?;
        Ok(true)
    }

    /// Counts one start tag and what is in it.
    fn start_tag(&mut self, tag: &'a str) -> Result<(), PrefilterError> {
        self.elements = self.elements.saturating_add(1);
        if self.elements > self.limits.elements {
            return Err(Construct::Elements.into());
        }
        let mut rest = tag;
        let mut attributes = 0_usize;
        self.declared.clear();
        let name = tag.split([' ', '\t', '\r', '\n', '/', '>']).next();
        check_qualified_name(name.unwrap_or_default())?;
        loop {
            let end = memchr3(b'=', b'>', b'<', rest.as_bytes()).ok_or(XmlError::TagUnclosed)?;
            let (before, after) = rest.split_at_checked(end).ok_or(XmlError::TagUnclosed)?;
            let mut characters = after.chars();
            match characters.next() {
                Some('=') => {
                    attributes = attributes.saturating_add(1);
                    if attributes > self.limits.attributes {
                        return Err(Construct::Attributes.into());
                    }
                    rest = self.attribute(before, characters.as_str())?;
                }
                Some('>') => {
                    self.rest = characters.as_str();
                    return self.open(before.ends_with('/'));
                }
                _ => return Err(XmlError::TagInTag.into()),
            }
        }
    }

    /// Goes behind one attribute's value. `before` ends in its name, `after` begins with
    /// the value's quote.
    fn attribute(&mut self, before: &'a str, after: &'a str) -> Result<&'a str, PrefilterError> {
        let name = before.split_ascii_whitespace().next_back().unwrap_or_default();
        let quoted = after.trim_ascii_start();
        let quote =
            quoted.bytes().next().filter(|quote| matches!(quote, b'"' | b'\'')).ok_or(XmlError::ValueUnquoted)?;
        let (value, rest) =
            quoted.get(1..).and_then(|value| split_at_byte(value, quote)).ok_or(XmlError::ValueUnquoted)?;
        if memchr(b'<', value.as_bytes()).is_some() {
            return Err(XmlError::TagInValue.into());
        }
        check_qualified_name(name)?;
        match name.split_once(':') {
            Some(("xmlns", "xml" | "xmlns")) => {
                return Err(XmlError::PrefixReserved.into());
            }
            Some(("xml", "lang" | "space")) => {}
            Some(("xml", "id")) => return Err(Construct::XmlId.into()),
            Some(("xml", _)) => return Err(Construct::XmlAttribute.into()),
            Some(("xmlns", prefix)) => self.namespace(prefix, value)?,
            None if name == "xmlns" => self.namespace("", value)?,
            _ => {}
        }
        Ok(rest)
    }

    fn namespace(&mut self, prefix: &'a str, value: &'a str) -> Result<(), PrefilterError> {
        // parsers differ in whether, and which, they take of two; roxmltree takes both
        if self.declared.contains(&prefix) {
            return Err(XmlError::NamespaceRepeated.into());
        }
        self.declared.push(prefix);
        if value.len() > NAMESPACE_BYTES {
            return Err(Construct::LongNamespace.into());
        }
        self.namespaces.insert((prefix, value));
        if self.namespaces.len() > self.limits.namespaces {
            return Err(Construct::Namespaces.into());
        }
        // "" takes the default namespace back, which canonicalisation can express; XML 1.0
        // knows no way to take a prefix back
        if value.is_empty() && !prefix.is_empty() {
            return Err(XmlError::PrefixTakenBack.into());
        }
        if !value.is_empty() && !value.contains(':') {
            return Err(Construct::RelativeNamespace.into());
        }
        Ok(())
    }

    fn open(&mut self, is_empty: bool) -> Result<(), PrefilterError> {
        let declared = self.declared.len();
        if self.open.len() >= self.limits.depth {
            return Err(Construct::Depth.into());
        }
        let in_scope = self.in_scope.saturating_add(declared);
        if in_scope > self.limits.in_scope {
            return Err(Construct::Namespaces.into());
        }
        if !is_empty {
            self.open.push(declared);
            self.in_scope = in_scope;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { elements: 4, depth: 3, attributes: 2, namespaces: 3, in_scope: 2, comments: false };

    fn check(xml: &str) -> Result<(), PrefilterError> {
        prefilter(xml, &LIMITS)
    }

    #[test]
    fn an_ordinary_document_passes() {
        assert_eq!(
            check("<?xml version=\"1.0\" encoding='UTF-8' ?>\n<a b='>' c=\"/>\"><d/><e x = '1'>t</e></a>"),
            Ok(())
        );
        assert_eq!(check("<a><b><c/></b></a>"), Ok(()));
        for encoding in ["ISO-8859-1", "us-ascii", "Windows-1252"] {
            assert_eq!(check(&format!("<?xml version='1.0' encoding='{encoding}'?><a/>")), Ok(()), "{encoding}");
        }
    }

    #[test]
    fn only_a_leading_utf8_declaration_is_let_in() {
        let refused = Err(PrefilterError::Forbidden(Construct::ProcessingInstruction));
        for xml in [
            "<?xml version='1.0' encoding='UTF-16'?><a/>",
            "<?xml version='1.0' encoding='UTF-7'?><a/>",
            "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u{e4}</a>",
            "<?xml version='1.1'?><a/>",
            "<?xml encoding='utf-8'?><a/>",
            "<?xml version='1.0' version='1.0'?><a/>",
            "<?xml-stylesheet href='x'?><a/>",
            " <?xml version='1.0'?><a/>",
            "<a><?php ?></a>",
            "<?xml version='1.0'",
        ] {
            assert_eq!(check(xml), refused, "{xml}");
        }
    }

    #[test]
    fn everything_that_begins_like_a_document_type_is_rejected() {
        for (xml, construct) in [
            ("<!DOCTYPE a><a/>", Construct::Doctype),
            ("<!doctype a><a/>", Construct::Doctype),
            ("<a><!-- --></a>", Construct::Markup),
            ("<a><![CDATA[x]]></a>", Construct::Markup),
        ] {
            assert_eq!(check(xml), Err(PrefilterError::Forbidden(construct)), "{xml}");
        }
    }

    #[test]
    fn comments_are_skipped_where_the_limits_say_so() {
        let limits = Limits { comments: true, ..LIMITS };
        assert_eq!(prefilter("<a><!-- <b><b><b><b> --></a>", &limits), Ok(()));
        assert_eq!(prefilter("<!DOCTYPE a><a/>", &limits), Err(PrefilterError::Forbidden(Construct::Doctype)));
        assert_eq!(prefilter("<a><!-- </a>", &limits), Err(PrefilterError::Forbidden(Construct::Markup)));
        assert_eq!(prefilter("<?xml-stylesheet href='x'?><a><![CDATA[<b><b><b><b>]]></a>", &limits), Ok(()));
        assert_eq!(
            prefilter("<a><?php </a>", &limits),
            Err(PrefilterError::Forbidden(Construct::ProcessingInstruction))
        );
    }

    #[test]
    fn each_limit_is_exact() {
        assert_eq!(check("<a><b/><b/><b/></a>"), Ok(()));
        assert_eq!(check("<a><b/><b/><b/><b/></a>"), Err(PrefilterError::Forbidden(Construct::Elements)));
        assert_eq!(check("<a><a><a><a/></a></a></a>"), Err(PrefilterError::Forbidden(Construct::Depth)));
        assert_eq!(check("<a b='' c='' d=''/>"), Err(PrefilterError::Forbidden(Construct::Attributes)));
        let namespaces = Err(PrefilterError::Forbidden(Construct::Namespaces));
        assert_eq!(check("<a xmlns:b='a:'><c xmlns='a:'/><c xmlns='a:'></c></a>"), Ok(()));
        assert_eq!(check("<a><c xmlns='a:' xmlns:b='a:'/><c xmlns='a:' xmlns:b='a:'/></a>"), Ok(()));
        assert_eq!(check("<a><c xmlns='a:' xmlns:b='a:'/><c xmlns='b:' xmlns:b='a:'/></a>"), Ok(()));
        assert_eq!(check("<a><c xmlns='a:' xmlns:b='a:'/><c xmlns='b:' xmlns:b='b:'/></a>"), namespaces);
        assert_eq!(check("<a xmlns='a:' xmlns:b='a:'><c xmlns:d='a:'/></a>"), namespaces);
        let long = format!("<a xmlns='a:{}'/>", "x".repeat(NAMESPACE_BYTES));
        assert_eq!(check(&long), Err(PrefilterError::Forbidden(Construct::LongNamespace)));
    }

    #[test]
    fn a_relative_namespace_is_rejected() {
        assert_eq!(check("<a xmlns:b='1'/>"), Err(PrefilterError::Forbidden(Construct::RelativeNamespace)));
        assert_eq!(check("<a xmlns=''/>"), Ok(()));
    }

    #[test]
    fn a_namespace_declared_twice_or_taken_back_is_rejected() {
        for xml in ["<a xmlns='a:' xmlns='b:'/>", "<a xmlns:b='a:' xmlns:b='a:'/>", "<a xmlns:b=''/>"] {
            assert!(matches!(check(xml), Err(PrefilterError::Malformed(_))), "{xml}");
        }
    }

    #[test]
    fn references_and_names_that_parsers_differ_about_are_rejected() {
        for xml in [
            "<a>&nbsp;</a>",
            "<a>&#xD800;</a>",
            "<a>&#x110000;</a>",
            "<a>&#1;</a>",
            "<a>&#+65;</a>",
            "<a>&#;</a>",
            "<a b='&#xfffe;'/>",
            "<a>&amp</a>",
            "<:a/>",
            "<a:/>",
            "<a:b:c/>",
            "<a xmlns:='u:'/>",
            "<a xmlns:xmlns='u:'/>",
            "<a xmlns:xml='u:'/>",
        ] {
            assert!(matches!(check(xml), Err(PrefilterError::Malformed(_))), "{xml}");
        }
        assert_eq!(check("<a b='&#65;&#x41;&quot;'>&amp;&lt;&gt;&apos;&#x10FFFF;&#9;</a>"), Ok(()));
    }

    #[test]
    fn of_the_xml_attributes_only_language_and_space_pass() {
        assert_eq!(check("<a xml:lang='en' xml:space='preserve'/>"), Ok(()));
        assert_eq!(check("<a xml:base='a:'/>"), Err(PrefilterError::Forbidden(Construct::XmlAttribute)));
    }

    #[test]
    fn a_second_kind_of_id_is_rejected() {
        assert_eq!(check("<a xml:id='b'/>"), Err(PrefilterError::Forbidden(Construct::XmlId)));
    }

    #[test]
    fn tags_that_no_parser_accepts_are_rejected() {
        for xml in ["<a", "<a b=", "<a b=c>", "<a b='", "<a b='<'>", "<a <b>", "</a>", "<a></a></a>"] {
            assert!(matches!(check(xml), Err(PrefilterError::Malformed(_))), "{xml}");
        }
    }
}
