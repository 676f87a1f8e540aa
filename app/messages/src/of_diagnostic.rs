//! The sentences of what a parser, a check or a mail server says is wrong.

use std::collections::BTreeMap;

use model::Diagnostic;

use crate::{Argument as _, Text, has, message};

impl Text for Diagnostic {
    fn text(&self) -> String {
        match self {
            Self::Coded { code, values } => coded(code, values),
            Self::Text(text) => text.clone(),
        }
    }
}

fn coded(code: &str, values: &BTreeMap<String, String>) -> String {
    let key = format!("diagnostic-{}", code.replace('_', "-"));
    if has(&key) {
        let values: Vec<_> = values.iter().map(|(name, value)| (name.as_str(), value.to_value())).collect();
        return message(&key, &values);
    }
    // a newer version's: the code names what is wrong, and what it quotes can be read as well
    let quoted = values.values().map(String::as_str).collect::<Vec<_>>().join(", ");
    if quoted.is_empty() { code.to_owned() } else { format!("{code}: {quoted}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_said_with_what_it_quotes() {
        let missing = |element: &str| {
            let values = [("parent", "Assertion".to_owned()), ("element", element.to_owned())];
            Diagnostic::new("shape_element_missing", values).text()
        };
        assert_eq!(missing("Issuer"), "Assertion has no Issuer");
        assert_eq!(Diagnostic::new("construct_doctype", []).text(), "a document type (DTD)");
    }

    #[test]
    fn what_an_earlier_version_stored_is_shown_as_it_was() {
        let text = "the assertion has no ID: { $value }";
        assert_eq!(Diagnostic::Text(text.to_owned()).text(), text);
    }

    #[test]
    fn a_code_of_a_newer_version_can_be_read() {
        let values = [("element", "Issuer".to_owned()), ("depth", "7".to_owned())];
        assert_eq!(Diagnostic::new("shape_too_round", values).text(), "shape_too_round: 7, Issuer");
        assert_eq!(Diagnostic::new("shape_too_round", []).text(), "shape_too_round");
    }
}
