//! What `saml` says is wrong, as it is stored: codes with values. Pages put it into words.

use model::{Diagnostic, FindingValue};
use saml::ErrorCode;

/// The part of the assertion that is encrypted by itself. Of no other it is an error.
const ENCRYPTED_NAME_ID: &str = "encrypted_name_id";

/// What is stored of an error.
pub(crate) fn diagnostic(error: &dyn ErrorCode) -> Diagnostic {
    Diagnostic::new(error.code(), error.values())
}

/// An error as the value of a finding.
pub(crate) fn coded(error: &dyn ErrorCode) -> FindingValue {
    FindingValue::Diagnostic(diagnostic(error))
}

/// An error with the value that it is about.
pub(crate) fn coded_with(error: &dyn ErrorCode, value: &str) -> FindingValue {
    FindingValue::Diagnostic(Diagnostic::new(error.code(), [("value", value.to_owned())]))
}

/// That the name identifier is encrypted by itself.
pub(crate) fn encrypted_name_id() -> FindingValue {
    FindingValue::Diagnostic(Diagnostic::new(ENCRYPTED_NAME_ID, []))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use messages::Text as _;
    use model::Timestamp;
    use saml::bindings::redirect::{RedirectError, RedirectSignatureError};
    use saml::logout::LogoutRejection;
    use saml::response::{
        ConfirmationError, Construct, InternalFault, NameIdError, Rejection, ShapeError, TimedPart, XmlError,
    };
    use strum::{IntoEnumIterator, VariantNames};

    use super::*;

    /// Every error of an enum, with the value that comes with each.
    fn of<E: IntoEnumIterator + ErrorCode>(value: Option<&str>) -> Vec<FindingValue> {
        E::iter().map(|error| value.map_or_else(|| coded(&error), |value| coded_with(&error, value))).collect()
    }

    fn signature_errors() -> Vec<RedirectSignatureError> {
        use RedirectSignatureError as Error;
        let at = Timestamp::default();
        vec![
            Error::Unsigned,
            Error::Algorithm { algorithm: String::new() },
            Error::NotBase64,
            Error::NoCertificate,
            Error::Expired { not_after: at },
            Error::NotYetValid { not_before: at },
            Error::Mismatch,
        ]
    }

    fn logout_errors() -> Vec<LogoutRejection> {
        let (at, now) = (Timestamp::default(), Timestamp::default());
        let [expected, actual] = [String::new(), String::new()];
        vec![
            LogoutRejection::Post(Rejection::SignatureMissing),
            LogoutRejection::WrongMessage { expected: "" },
            LogoutRejection::InvalidPart { part: "" },
            LogoutRejection::EncryptedId,
            LogoutRejection::NameIdTooLong { actual: 0, limit: 0 },
            LogoutRejection::WrongIssuer { expected: expected.clone(), actual: actual.clone() },
            LogoutRejection::WrongDestination { expected: expected.clone(), actual: actual.clone() },
            LogoutRejection::DestinationMissing { expected: expected.clone() },
            LogoutRejection::ImplausibleTime { issue_instant: at, now },
            LogoutRejection::Expired { not_on_or_after: at, now },
            LogoutRejection::UnknownRequest { expected, actual: actual.clone() },
            LogoutRejection::Unsolicited { actual },
        ]
    }

    fn all() -> Vec<FindingValue> {
        let mut all = vec![encrypted_name_id()];
        all.extend(of::<ShapeError>(None));
        all.extend(of::<XmlError>(None));
        all.extend(of::<Construct>(None));
        all.extend(of::<ConfirmationError>(None));
        all.extend(of::<InternalFault>(None));
        all.extend(of::<NameIdError>(Some("value")));
        all.extend(of::<TimedPart>(Some("value")));
        all.extend(of::<RedirectError>(None));
        all.extend(signature_errors().iter().map(|error| coded(error)));
        all.extend(logout_errors().iter().map(|error| coded(error)));
        all
    }

    fn key(value: &FindingValue) -> String {
        let FindingValue::Diagnostic(Diagnostic::Coded { code, .. }) = value else { panic!("{value:?}") };
        format!("diagnostic-{}", code.replace('_', "-"))
    }

    #[test]
    fn every_code_has_its_sentence_and_no_sentence_is_without_its_code() {
        let made: BTreeSet<String> = all().iter().map(key).collect();
        assert_eq!(made.len(), all().len(), "no code twice: {made:?}");
        let mail = |key: &String| key.starts_with("diagnostic-mail-");
        let written = messages::keys("diagnostic-").into_iter().map(str::to_owned);
        let written: BTreeSet<String> = written.filter(|key| !mail(key)).collect();
        assert_eq!(made, written);
    }

    #[test]
    fn every_sentence_is_given_what_it_quotes() {
        for value in all() {
            let FindingValue::Diagnostic(diagnostic) = &value else { panic!("{value:?}") };
            let text = diagnostic.text();
            assert!(!text.contains('{') && !text.ends_with('.'), "{}: {text}", key(&value));
        }
    }

    #[test]
    fn the_lists_of_errors_that_hold_others_are_complete() {
        let own = |errors: Vec<&'static str>, others: &[&'static str]| -> BTreeSet<&'static str> {
            errors.into_iter().chain(others.iter().copied()).collect()
        };
        let signature = signature_errors().iter().map(ErrorCode::code).collect();
        let names: BTreeSet<_> = RedirectSignatureError::VARIANTS.iter().copied().collect();
        assert_eq!(own(signature, &["redirect_signature_query"]), names);
        let logout = logout_errors().iter().map(ErrorCode::code).collect();
        let names: BTreeSet<_> = LogoutRejection::VARIANTS.iter().copied().collect();
        assert_eq!(own(logout, &["logout_redirect", "logout_not_xml", "logout_forbidden_construct"]), names);
    }

    #[test]
    fn an_error_within_an_error_keeps_its_code() {
        let twice = RedirectSignatureError::Query(RedirectError::Duplicate { parameter: "SigAlg" });
        let expected = Diagnostic::new("redirect_duplicate", [("parameter", "SigAlg".to_owned())]);
        assert_eq!(diagnostic(&LogoutRejection::from(twice)), expected);
        assert_eq!(
            diagnostic(&LogoutRejection::NotXml { what: XmlError::NoElement }),
            Diagnostic::new("xml_no_element", [])
        );
    }
}
