//! XML constructs that are rejected.

use std::fmt;

use strum::{EnumIter, IntoStaticStr};

use crate::error_code::ErrorCode;

/// A construct that is rejected before any XML parser runs, because parsers disagree about
/// it, fetch external data because of it, or run without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case", prefix = "construct_")]
#[non_exhaustive]
pub enum Construct {
    /// `<!DOCTYPE`: a document type, with which entities begin.
    Doctype,
    /// `<!`: a comment or a CDATA section.
    Markup,
    /// `<?` that is not a leading declaration of XML 1.0 in UTF-8.
    ProcessingInstruction,
    /// A NUL byte, as in UTF-16.
    Nul,
    /// A byte order mark.
    ByteOrderMark,
    /// More elements than the limit.
    Elements,
    /// Elements nested deeper than the limit.
    Depth,
    /// More attributes on one element than the limit.
    Attributes,
    /// More different namespace declarations than the limit, or more in scope at once.
    Namespaces,
    /// A namespace name that is very long, which canonicalisation would repeat.
    LongNamespace,
    /// A relative namespace name, which canonicalisation cannot express.
    RelativeNamespace,
    /// `xml:id`, a second way to be referenced.
    XmlId,
    /// Another attribute in the `xml:` namespace than `xml:lang` and `xml:space`, which
    /// versions of canonicalisation treat differently.
    XmlAttribute,
    /// An ID that is not a name.
    MalformedId,
    /// Two elements with one ID.
    DuplicateId,
}

impl Construct {
    /// Whether there is nothing wrong with it but how much of it there is.
    #[must_use]
    pub const fn is_limit(self) -> bool {
        matches!(self, Self::Elements | Self::Depth | Self::Attributes | Self::Namespaces | Self::LongNamespace)
    }
}

impl fmt::Display for Construct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Doctype => "a document type (DTD)",
            Self::Markup => "a comment or CDATA section",
            Self::ProcessingInstruction => "a processing instruction, or an encoding other than UTF-8",
            Self::Nul => "a NUL byte",
            Self::ByteOrderMark => "a byte order mark",
            Self::Elements => "too many elements",
            Self::Depth => "elements nested too deeply",
            Self::Attributes => "too many attributes on one element",
            Self::Namespaces => "too many different namespace declarations",
            Self::LongNamespace => "a very long namespace name",
            Self::RelativeNamespace => "a relative namespace name",
            Self::XmlId => "an xml:id attribute",
            Self::XmlAttribute => "an xml: attribute other than xml:lang and xml:space",
            Self::MalformedId => "an ID that is not a name",
            Self::DuplicateId => "the same ID twice",
        })
    }
}

impl ErrorCode for Construct {
    fn code(&self) -> &'static str {
        self.into()
    }
}
