//! The subject's identifier (core §2.2.3, §8.3).

use roxmltree::Node;

use super::invisible_characters::reject_surrounding;
use super::problems::NameIdError;
use super::rejection::{Rejection, repeated_in};
use crate::display::displayable;
use crate::identifiers::ASSERTION;
use crate::name_id::NameId;
use crate::xml::{attribute, child, children, text};

/// A name identifier is no longer than this (core §8.3.7).
const NAME_ID_BYTES: usize = 256;
/// Its qualifiers are entity ids (core §8.3.6), and its format is a URI as long.
const URI_BYTES: usize = 1024;

/// The formats of core §8.3, and two that identity providers write with the wrong version.
const KNOWN_FORMATS: [&str; 10] = [
    "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:entity",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:unspecified",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress",
];

/// Whether SAML says what identifiers of that format are. Of any other nothing is known but
/// that the same identifier is the same person: it is opaque, like a persistent one.
pub(super) fn is_known_format(format: &str) -> bool {
    KNOWN_FORMATS.contains(&format)
}

/// Reads the identifier of a `Subject`.
pub(super) fn read_name_id(subject: Node<'_, '_>) -> Result<NameId, Rejection> {
    if children(subject, ASSERTION, "EncryptedID").next().is_some() {
        return Err(Rejection::EncryptedNameId);
    }
    let node = child(subject, ASSERTION, "NameID").map_err(repeated_in("Subject"))?;
    let node = node.ok_or(Rejection::NameIdMissing)?;
    let value = text(node);
    check_value(&value)?;
    let own = |name| attribute(node, name).map(str::to_owned);
    let format = own("Format");
    if let Some(format) = format.as_deref() {
        check_format(format)?;
    }
    let qualifiers = [own("NameQualifier"), own("SPNameQualifier")];
    if let Some(long) = qualifiers.iter().flatten().find(|qualifier| qualifier.len() > URI_BYTES) {
        let what = NameIdError::QualifierTooLong;
        return Err(Rejection::NameIdUnusable { what, value: displayable(long) });
    }
    let [name_qualifier, sp_name_qualifier] = qualifiers;
    Ok(NameId { value, format, name_qualifier, sp_name_qualifier })
}

fn check_value(value: &str) -> Result<(), Rejection> {
    if value.trim().is_empty() {
        return Err(Rejection::NameIdEmpty);
    }
    let unusable = |what| Err(Rejection::NameIdUnusable { what, value: displayable(value) });
    if value.len() > NAME_ID_BYTES {
        return unusable(NameIdError::TooLong);
    }
    reject_surrounding("the name identifier", value)?;
    if value.chars().any(char::is_control) { unusable(NameIdError::ControlCharacters) } else { Ok(()) }
}

/// Formats are an open set of URIs (core §2.2.2), which are absolute (core §1.3.2).
fn check_format(format: &str) -> Result<(), Rejection> {
    let unusable = |what| Err(Rejection::NameIdUnusable { what, value: displayable(format) });
    if format.len() > URI_BYTES {
        return unusable(NameIdError::FormatTooLong);
    }
    if is_absolute_uri(format) { Ok(()) } else { unusable(NameIdError::FormatNotUri) }
}

/// A scheme, a colon, and something (RFC 3986 §3).
fn is_absolute_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let in_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(in_scheme)
        && !rest.is_empty()
        && !text.contains(|character: char| character.is_whitespace() || character.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_an_absolute_uri() {
        for format in [
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn",
            "urn:oid:0.9.2342.19200300.100.1.1",
            "urn:mace:shibboleth:1.0:nameIdentifier",
            "tag:example.com,2026:id",
        ] {
            assert!(is_absolute_uri(format), "{format}");
        }
        for format in ["", "upn", "/claims/upn", "urn:", ":upn", "1a:b", "urn:a b", "urn:a\n", "//host/upn"] {
            assert!(!is_absolute_uri(format), "{format}");
        }
    }
}
