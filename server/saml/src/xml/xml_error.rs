//! Why a document is not well-formed, or not to be relied on.

use roxmltree::TextPos;
use strum::{EnumIter, IntoStaticStr};

use crate::display::displayable;
use crate::error_code::ErrorCode;

/// Why a document is not well-formed XML, as far as it was read. Names are those of the document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "xml_")]
#[non_exhaustive]
pub enum XmlError {
    /// A colon at the beginning or the end of a name, or a second one.
    #[error("a name with a colon out of place")]
    ColonMisplaced,
    /// A tag without its end.
    #[error("a tag does not end")]
    TagUnclosed,
    /// An end tag too many.
    #[error("an element ends that never began")]
    EndTagUnexpected,
    /// A tag begins before the one before has ended.
    #[error("a tag within a tag")]
    TagInTag,
    /// A tag begins in an attribute's value.
    #[error("a tag within a value")]
    TagInValue,
    /// An attribute without quotes.
    #[error("an attribute's value is not quoted")]
    ValueUnquoted,
    /// A declaration of `xml` or `xmlns`.
    #[error("a prefix that is nobody's to declare")]
    PrefixReserved,
    /// Two declarations of a prefix in one tag.
    #[error("a namespace is declared twice")]
    NamespaceRepeated,
    /// A prefix declared for no namespace.
    #[error("a prefix is taken back")]
    PrefixTakenBack,
    /// A reference without its semicolon.
    #[error("a reference does not end")]
    ReferenceUnclosed,
    /// A reference to no character and none of the five entities.
    #[error("an entity or character that XML does not know")]
    ReferenceUnknown,
    /// A prefix that no namespace is declared for.
    #[error("an unknown namespace prefix '{prefix}' at {line}:{column}")]
    PrefixUnknown {
        /// Which.
        prefix: String,
        /// Where.
        line: u32,
        /// Where in the line.
        column: u32,
    },
    /// An attribute twice in one tag.
    #[error("attribute '{attribute}' at {line}:{column} is already defined")]
    AttributeRepeated {
        /// Which.
        attribute: String,
        /// Where.
        line: u32,
        /// Where in the line.
        column: u32,
    },
    /// Another end tag than the one of the element.
    #[error("expected '{expected}' tag, not '{actual}' at {line}:{column}")]
    EndTagMismatch {
        /// The element.
        expected: String,
        /// The end tag.
        actual: String,
        /// Where.
        line: u32,
        /// Where in the line.
        column: u32,
    },
    /// A character that cannot stand there.
    #[error("unexpected '{character}' at {line}:{column}")]
    CharacterUnexpected {
        /// Which; by its number, if it is not one to be shown.
        character: String,
        /// Where.
        line: u32,
        /// Where in the line.
        column: u32,
    },
    /// Something else that breaks the syntax.
    #[error("a syntax error at {line}:{column}")]
    Syntax {
        /// Where.
        line: u32,
        /// Where in the line.
        column: u32,
    },
    /// No element at all.
    #[error("the document does not have a root node")]
    NoElement,
    /// The document is over before its element is.
    #[error("the document ends too early")]
    EndMissing,
    /// More nodes than are read.
    #[error("more nodes than are read")]
    TooManyNodes,
    /// libxml2, which gives the second opinion, does not take it.
    #[error("libxml2 does not accept it")]
    UnreadByLibxml,
    /// xmlsec, which gives the second opinion, does not take it.
    #[error("xmlsec cannot work with it")]
    UnreadByXmlsec,
}

impl From<roxmltree::Error> for XmlError {
    fn from(error: roxmltree::Error) -> Self {
        use roxmltree::Error;
        let TextPos { row: line, col: column } = error.pos();
        match error {
            Error::UnknownNamespace(prefix, _) => Self::PrefixUnknown { prefix: displayable(&prefix), line, column },
            Error::DuplicatedAttribute(name, _) => {
                Self::AttributeRepeated { attribute: displayable(&name), line, column }
            }
            Error::UnexpectedCloseTag(expected, actual, _) => {
                let (expected, actual) = (displayable(&expected), displayable(&actual));
                Self::EndTagMismatch { expected, actual, line, column }
            }
            Error::NonXmlChar(character, _) => {
                let character = format!("U+{:04X}", u32::from(character));
                Self::CharacterUnexpected { character, line, column }
            }
            Error::InvalidChar(_, byte, _) | Error::InvalidChar2(_, byte, _) => {
                Self::CharacterUnexpected { character: shown(byte), line, column }
            }
            Error::NoRootNode => Self::NoElement,
            Error::UnclosedRootNode | Error::UnexpectedEndOfStream => Self::EndMissing,
            Error::NodesLimitReached | Error::AttributesLimitReached | Error::NamespacesLimitReached => {
                Self::TooManyNodes
            }
            _ => Self::Syntax { line, column },
        }
    }
}

/// A byte of a document, which may be a part of a character only.
fn shown(byte: u8) -> String {
    if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("0x{byte:02X}") }
}

impl ErrorCode for XmlError {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::PrefixUnknown { prefix, line, column } => located(&[("prefix", prefix.as_str())], *line, *column),
            Self::AttributeRepeated { attribute, line, column } => {
                located(&[("attribute", attribute.as_str())], *line, *column)
            }
            Self::EndTagMismatch { expected, actual, line, column } => {
                located(&[("expected", expected.as_str()), ("actual", actual.as_str())], *line, *column)
            }
            Self::CharacterUnexpected { character, line, column } => {
                located(&[("character", character.as_str())], *line, *column)
            }
            Self::Syntax { line, column } => located(&[], *line, *column),
            _ => Vec::new(),
        }
    }
}

/// Values with their place in the document.
fn located(values: &[(&'static str, &str)], line: u32, column: u32) -> Vec<(&'static str, String)> {
    let place = [("line", line.to_string()), ("column", column.to_string())];
    values.iter().map(|(name, value)| (*name, (*value).to_owned())).chain(place).collect()
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn what_the_parser_refuses_has_a_code_and_its_place() {
        let refused = |xml: &str| XmlError::from(Document::parse(xml).unwrap_err());
        let values = |xml: &str| refused(xml).values().into_iter().map(|(_, value)| value).collect::<Vec<_>>();
        for (xml, code) in [
            ("<a><b></c></a>", "xml_end_tag_mismatch"),
            ("<a>\n<x:b/></a>", "xml_prefix_unknown"),
            ("<a b='' b=''/>", "xml_attribute_repeated"),
            ("<a>", "xml_end_missing"),
            ("<a>\u{1}</a>", "xml_character_unexpected"),
        ] {
            assert_eq!(refused(xml).code(), code, "{xml}: {:?}", refused(xml));
        }
        assert_eq!(values("<a>\n<x:b/></a>"), ["x", "2", "2"]);
        assert_eq!(values("<a><b></c></a>")[..2], ["b", "c"]);
    }

    #[test]
    fn names_of_a_document_are_cut() {
        let long = format!("<a><{0}:b/></a>", "x".repeat(1_000));
        let XmlError::PrefixUnknown { prefix, .. } = XmlError::from(Document::parse(&long).unwrap_err()) else {
            panic!("an unknown prefix")
        };
        assert_eq!(prefix.len(), 300);
    }
}
