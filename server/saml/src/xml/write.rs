//! A small XML writer. Text and attribute values are always escaped, so that an entity id
//! with `&` in it cannot break a document, let alone write into it.

/// Builds a document from the top down.
#[derive(Debug, Default)]
pub(crate) struct XmlWriter {
    out: String,
}

impl XmlWriter {
    /// An empty document.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push('>');
    }

    /// Writes an element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// Writes an element that holds text.
    pub(crate) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        escape(&mut self.out, text);
        self.close(name);
    }

    /// Puts a fragment in that another writer has written.
    pub(crate) fn fragment(&mut self, fragment: &str) {
        self.out.push_str(fragment);
    }

    /// Closes an element.
    pub(crate) fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// The document.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            escape(&mut self.out, value);
            self.out.push('"');
        }
    }
}

/// Escapes for text and for attribute values alike. Characters that XML 1.0 cannot hold
/// become U+FFFD.
fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_as_a_value_becomes_markup() {
        let hostile = "a&b<c>\"d'\u{1}\n]]>";
        let mut writer = XmlWriter::new();
        writer.open("r", &[("a", hostile)]);
        writer.text("t", &[], hostile);
        writer.close("r");
        let xml = writer.finish();
        let document = roxmltree::Document::parse(&xml).unwrap();
        let read_back = hostile.replace('\u{1}', "\u{fffd}");
        assert_eq!(document.root_element().attribute("a"), Some(read_back.as_str()));
        assert_eq!(document.root_element().first_element_child().unwrap().text(), Some(read_back.as_str()));
    }
}
