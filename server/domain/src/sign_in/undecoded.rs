//! What is wrong with a form value in which no document could be read.

use model::{FindingCode, FindingValue};
use saml::response::{GatedResponse, Rejection, decode_deflated, is_logout_message};

use super::diagnosis::diagnose;
use super::evidence::Evidence;
use super::finding::Finding;

/// How much is quoted of a value that could not be decoded.
const QUOTED_CHARS: usize = 60;

/// What a form value that could not be decoded means, with a part of it: that is what tells who wrote it.
pub(super) fn diagnose_undecoded(rejection: &Rejection, form_value: &str) -> Finding {
    let finding = diagnose(rejection, &Evidence::none());
    let is_garbled = matches!(rejection, Rejection::NotUtf8 | Rejection::NotXml { .. });
    if is_garbled && decode_deflated(form_value).is_some() {
        return Finding::new(FindingCode::ResponseCompressed);
    }
    let value = form_value.trim();
    if *rejection != Rejection::NotBase64 && !(is_garbled && has_blank_within(value)) {
        return finding;
    }
    let is_xml = ["<", "%3C", "%3c", "&lt;"].iter().any(|start| value.starts_with(start));
    let quoted = quoted(value);
    Finding {
        code: if is_xml { FindingCode::NotEncoded } else { FindingCode::NotBase64 },
        expected: None,
        actual: Some(if quoted.is_empty() { FindingValue::Missing } else { FindingValue::text(quoted) }),
    }
}

/// Whether a message is one of a sign-out, as it is encoded in an address or in a form.
pub(super) fn is_encoded_logout_message(value: &str) -> bool {
    match decode_deflated(value) {
        Some(xml) => is_logout_message(&xml),
        None => matches!(GatedResponse::decode(value), Err(Rejection::WrongShape { what }) if what.is_logout_message()),
    }
}

/// Whether a blank stands where a plus sign did: a form that is not escaped loses those. Blanks at the beginning of
/// a line are none of these, nor are those between lines of one length, which were line breaks.
fn has_blank_within(value: &str) -> bool {
    if are_lines(value) {
        return false;
    }
    let is_blank_between = |window: &[u8]| match window {
        [before, b' ', after] => before.is_ascii_graphic() && after.is_ascii_graphic(),
        _ => false,
    };
    value.as_bytes().windows(3).any(is_blank_between)
}

/// Whether the blanks divide Base64 into lines, as MIME and PEM do: of 76 characters, or of 64.
fn are_lines(value: &str) -> bool {
    let mut lines: Vec<_> = value.split(' ').map(str::len).collect();
    let (last, length) = (lines.pop().unwrap_or_default(), lines.first().copied().unwrap_or_default());
    matches!(length, 64 | 76) && last <= length && lines.iter().all(|line| *line == length)
}

/// How it begins; or what is around its first blank, if it has one.
fn quoted(value: &str) -> String {
    let skipped = value.chars().position(|sign| sign == ' ').unwrap_or(0).saturating_sub(QUOTED_CHARS / 2);
    value.chars().skip(skipped).take(QUOTED_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use saml::response::XmlError;

    use super::*;

    fn found(rejection: &Rejection, form_value: &str) -> (FindingCode, Option<String>) {
        let finding = diagnose_undecoded(rejection, form_value);
        (finding.code, finding.actual.as_ref().and_then(FindingValue::as_text).map(str::to_owned))
    }

    #[test]
    fn a_plus_sign_that_was_lost_is_quoted_and_a_blank_before_a_line_is_not_taken_for_one() {
        let not_xml = Rejection::NotXml { what: XmlError::NoElement };
        let long = format!("{} {}", "A".repeat(100), "B".repeat(100));
        let around = format!("{} {}", "A".repeat(30), "B".repeat(29));
        for rejection in [&Rejection::NotBase64, &Rejection::NotUtf8, &not_xml] {
            assert_eq!(found(rejection, &long), (FindingCode::NotBase64, Some(around.clone())), "{rejection:?}");
        }
        assert_eq!(found(&not_xml, "AAAA\n    BBBB").0, FindingCode::NotXml);
        for length in [64, 76] {
            let line = "A".repeat(length);
            assert_eq!(found(&not_xml, &format!("{line} {line} BBBB")).0, FindingCode::NotXml, "{length}");
            assert_eq!(found(&not_xml, &format!("{line} AA {line}")).0, FindingCode::NotBase64, "{length}");
        }
        assert_eq!(found(&Rejection::NotUtf8, "AAAABBBB").0, FindingCode::NotXml);
    }

    #[test]
    fn what_was_not_encoded_is_quoted_from_its_beginning() {
        let xml = format!("  <samlp:Response ID=\"_r\">{}", "A".repeat(100));
        let (code, quoted) = found(&Rejection::NotBase64, &xml);
        assert_eq!((code, quoted.unwrap().starts_with("<samlp:Response ID=")), (FindingCode::NotEncoded, true));
        assert_eq!(found(&Rejection::NotBase64, " "), (FindingCode::NotBase64, None));
    }
}
