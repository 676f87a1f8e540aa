//! Why a sign-in failed or what there is to know about it, in words: for the admin who can mend
//! it, and for the person who only wanted in. What was seen and what is expected stand beside
//! these words, with their values.

mod authn;
mod certificates;
mod claims;
mod conditions;
mod encryption;
mod message;
mod portal;
mod requests;
mod signatures;

use model::FindingCode;

use super::mending::{Mending, Paste};

/// A finding in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What it is.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// How it is mended.
    pub mending: Mending,
}

/// The words of a finding, for admins and support.
#[must_use]
pub const fn words(code: FindingCode) -> Words {
    use FindingCode as Code;
    match code {
        Code::NotBase64 => message::NOT_BASE64,
        Code::TooLarge => message::TOO_LARGE,
        Code::LimitExceeded => message::LIMIT_EXCEEDED,
        Code::NotXml => message::NOT_XML,
        Code::ForbiddenConstruct => message::FORBIDDEN_CONSTRUCT,
        Code::DoctypePresent => message::DOCTYPE_PRESENT,
        Code::ResponseMissing => message::RESPONSE_MISSING,
        Code::WrongShape => message::WRONG_SHAPE,
        Code::SeveralAssertions => message::SEVERAL_ASSERTIONS,
        Code::WrongVersion => message::WRONG_VERSION,
        Code::ResponseInQuery => message::RESPONSE_IN_QUERY,
        Code::StatusNotSuccess => message::STATUS_NOT_SUCCESS,
        Code::Encrypted => encryption::ENCRYPTED,
        Code::EncryptedPart => encryption::ENCRYPTED_PART,
        Code::EncryptedForOther => encryption::ENCRYPTED_FOR_OTHER,
        Code::EncryptionNotAllowed => encryption::ENCRYPTION_NOT_ALLOWED,
        Code::DecryptionFailed => encryption::DECRYPTION_FAILED,
        Code::EncryptedToOldKey => encryption::ENCRYPTED_TO_OLD_KEY,
        Code::SignatureMissing => signatures::SIGNATURE_MISSING,
        Code::AlgorithmNotAllowed => signatures::ALGORITHM_NOT_ALLOWED,
        Code::AlgorithmSha1 => signatures::ALGORITHM_SHA1,
        Code::SignatureInvalid => signatures::SIGNATURE_INVALID,
        Code::DigestMismatch => signatures::DIGEST_MISMATCH,
        Code::EnginesDisagree => signatures::ENGINES_DISAGREE,
        Code::SecondEngineUnread => signatures::SECOND_ENGINE_UNREAD,
        Code::SignedAssertion => signatures::SIGNED_ASSERTION,
        Code::SignedResponse => signatures::SIGNED_RESPONSE,
        Code::SignedBoth => signatures::SIGNED_BOTH,
        Code::CertificateUnknown => certificates::CERTIFICATE_UNKNOWN,
        Code::CertificateNext => certificates::CERTIFICATE_NEXT,
        Code::CertificateNotInMetadata => certificates::CERTIFICATE_NOT_IN_METADATA,
        Code::CertificateExpired => certificates::CERTIFICATE_EXPIRED,
        Code::CertificateNotYetValid => certificates::CERTIFICATE_NOT_YET_VALID,
        Code::CertificateReplaced => certificates::CERTIFICATE_REPLACED,
        Code::CertificateEndsSoon => certificates::CERTIFICATE_ENDS_SOON,
        Code::WrongIssuer => conditions::WRONG_ISSUER,
        Code::IssuerOtherTenant => conditions::ISSUER_OTHER_TENANT,
        Code::IssuerWithoutSlash => conditions::ISSUER_WITHOUT_SLASH,
        Code::CommonTenant => conditions::COMMON_TENANT,
        Code::WhiteSpace => conditions::WHITE_SPACE,
        Code::WrongAudience => conditions::WRONG_AUDIENCE,
        Code::WrongDestination => conditions::WRONG_DESTINATION,
        Code::WrongRecipient => conditions::WRONG_RECIPIENT,
        Code::NoBearerConfirmation => conditions::NO_BEARER_CONFIRMATION,
        Code::Expired => conditions::EXPIRED,
        Code::NotYetValid => conditions::NOT_YET_VALID,
        Code::ImplausibleTime => conditions::IMPLAUSIBLE_TIME,
        Code::MalformedTime => conditions::MALFORMED_TIME,
        Code::AuthnInstantTooOld => authn::AUTHN_INSTANT_TOO_OLD,
        Code::AuthnContextNotAskedFor => authn::AUTHN_CONTEXT_NOT_ASKED_FOR,
        Code::UnknownCondition => conditions::UNKNOWN_CONDITION,
        Code::NameIdMissing => claims::NAME_ID_MISSING,
        Code::NameIdUnusable => claims::NAME_ID_UNUSABLE,
        Code::NameIdFormatUnknown => claims::NAME_ID_FORMAT_UNKNOWN,
        Code::NameIdTransient => claims::NAME_ID_TRANSIENT,
        Code::EmailMissing => claims::EMAIL_MISSING,
        Code::EmailFromNameId => claims::EMAIL_FROM_NAME_ID,
        Code::EmailInvalid => claims::EMAIL_INVALID,
        Code::EmailDomain => claims::EMAIL_DOMAIN,
        Code::SeveralValues => claims::SEVERAL_VALUES,
        Code::GroupOverage => claims::GROUP_OVERAGE,
        Code::Guest => claims::GUEST,
        Code::GroupsMissing => claims::GROUPS_MISSING,
        Code::Unsolicited => requests::UNSOLICITED,
        Code::RequestUnknown => requests::REQUEST_UNKNOWN,
        Code::RequestForeign => requests::REQUEST_FOREIGN,
        Code::RequestExpired => requests::REQUEST_EXPIRED,
        Code::Replayed => requests::REPLAYED,
        Code::SignedOut => requests::SIGNED_OUT,
        Code::OtherBrowser => requests::OTHER_BROWSER,
        Code::CookieMissing => requests::COOKIE_MISSING,
        Code::CodeExpired => requests::CODE_EXPIRED,
        Code::Declined => requests::DECLINED,
        Code::TeamNotActive => portal::TEAM_NOT_ACTIVE,
        Code::NotConfigured => portal::NOT_CONFIGURED,
        Code::LoginUrlUnusable => portal::LOGIN_URL_UNUSABLE,
        Code::StaffDeactivated => portal::STAFF_DEACTIVATED,
        Code::StaffAccountExists => portal::STAFF_ACCOUNT_EXISTS,
        Code::TooManyAttempts => portal::TOO_MANY_ATTEMPTS,
        Code::Internal => portal::INTERNAL,
    }
}

/// What a certificate is told by.
pub const THUMBPRINT: &str = "Thumbprint";

/// What the value that a finding expects is called, where it is one that is entered, in Entra
/// or in a form of ours, or looked for there: that is worth copying, a limit is not.
#[must_use]
pub const fn expected_is(code: FindingCode) -> Option<&'static str> {
    use FindingCode as Code;
    match code {
        Code::WrongAudience => Some(Paste::Identifier.label()),
        Code::WrongDestination | Code::WrongRecipient => Some(Paste::ReplyUrl.label()),
        Code::WrongIssuer | Code::IssuerOtherTenant | Code::IssuerWithoutSlash | Code::CommonTenant => {
            Some(Paste::EntraIdentifier.label())
        }
        Code::CertificateUnknown
        | Code::CertificateReplaced
        | Code::SignatureInvalid
        | Code::EncryptedForOther
        | Code::DecryptionFailed
        | Code::EncryptedToOldKey => Some(THUMBPRINT),
        Code::EmailMissing => Some("Name of the claim"),
        Code::AuthnContextNotAskedFor => Some("Authentication context"),
        Code::EmailDomain => Some("E-mail domains"),
        _ => None,
    }
}

/// What the person reads: one plain sentence that helps no attacker.
#[must_use]
pub const fn for_person(code: FindingCode) -> &'static str {
    use FindingCode as Code;
    match code {
        Code::TeamNotActive => "Single sign-on is not active for this team.",
        Code::CookieMissing => {
            "This browser did not keep the cookie of your sign-in. Allow cookies for this site, and start again from the sign-in page."
        }
        Code::OtherBrowser
        | Code::CodeExpired
        | Code::RequestUnknown
        | Code::RequestForeign
        | Code::RequestExpired
        | Code::Replayed
        | Code::SignedOut
        | Code::Expired
        | Code::ImplausibleTime => "This sign-in has ended. Start again from the sign-in page, in one browser window.",
        Code::AuthnInstantTooOld => {
            "Your company's sign-in has to ask you again who you are. Start again from the sign-in page."
        }
        Code::Declined => "You chose to stay signed in as you were.",
        Code::TooManyAttempts => "There are too many sign-ins at the moment. Wait a minute and try again.",
        Code::Unsolicited => "Sign in from your company's sign-in page instead.",
        Code::StatusNotSuccess => "Your company's sign-in did not let you through to this application.",
        Code::EmailMissing
        | Code::EmailInvalid
        | Code::NameIdMissing
        | Code::NameIdUnusable
        | Code::NameIdTransient => "Your company's sign-in did not tell us who you are.",
        Code::EmailDomain => "Your account is not one of those that may sign in to this team.",
        Code::GroupsMissing | Code::StaffDeactivated | Code::StaffAccountExists => {
            "You have no access to the support pages. Ask an administrator, and give them the reference."
        }
        Code::Internal => "Something failed on our side. Try again.",
        Code::NotBase64
        | Code::TooLarge
        | Code::LimitExceeded
        | Code::NotXml
        | Code::ForbiddenConstruct
        | Code::DoctypePresent
        | Code::ResponseMissing
        | Code::WrongShape
        | Code::SeveralAssertions
        | Code::WrongVersion
        | Code::ResponseInQuery
        | Code::Encrypted
        | Code::EncryptedPart
        | Code::EncryptedForOther
        | Code::EncryptionNotAllowed
        | Code::DecryptionFailed
        | Code::EncryptedToOldKey
        | Code::SignatureMissing
        | Code::AlgorithmNotAllowed
        | Code::AlgorithmSha1
        | Code::SignatureInvalid
        | Code::DigestMismatch
        | Code::EnginesDisagree
        | Code::SecondEngineUnread
        | Code::AuthnContextNotAskedFor
        | Code::SignedAssertion
        | Code::SignedResponse
        | Code::SignedBoth
        | Code::CertificateUnknown
        | Code::CertificateNext
        | Code::CertificateNotInMetadata
        | Code::CertificateExpired
        | Code::CertificateNotYetValid
        | Code::CertificateReplaced
        | Code::CertificateEndsSoon
        | Code::WrongIssuer
        | Code::IssuerOtherTenant
        | Code::IssuerWithoutSlash
        | Code::CommonTenant
        | Code::WhiteSpace
        | Code::WrongAudience
        | Code::WrongDestination
        | Code::WrongRecipient
        | Code::NoBearerConfirmation
        | Code::NotYetValid
        | Code::MalformedTime
        | Code::UnknownCondition
        | Code::NameIdFormatUnknown
        | Code::EmailFromNameId
        | Code::SeveralValues
        | Code::GroupOverage
        | Code::Guest
        | Code::NotConfigured
        | Code::LoginUrlUnusable => "Your sign-in could not be completed.",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::words::mending::{Fixer, assert_well_written};

    #[test]
    fn every_finding_has_words_of_its_own() {
        let titles: HashSet<_> = FindingCode::ALL.iter().map(|code| words(*code).title).collect();
        let meanings: HashSet<_> = FindingCode::ALL.iter().map(|code| words(*code).meaning).collect();
        assert_eq!((titles.len(), meanings.len()), (FindingCode::ALL.len(), FindingCode::ALL.len()));
    }

    #[test]
    fn titles_are_short_and_sentences_end() {
        for code in FindingCode::ALL {
            let Words { title, meaning, mending } = words(*code);
            assert!(!title.ends_with('.') && title.len() < 70, "{title}");
            assert!(meaning.ends_with('.') && !meaning.contains('!'), "{meaning}");
            assert!(for_person(*code).ends_with('.'), "{code:?}");
            assert_well_written(&mending, code.as_str());
        }
    }

    /// Whatever it is, an honest identity provider can have sent it.
    #[test]
    fn no_finding_accuses_anybody() {
        for code in FindingCode::ALL {
            let Words { title, meaning, mending } = words(*code);
            let said = [title, meaning, &mending.steps.join(" ")].join(" ").to_lowercase();
            for accusation in ["probing", "attack", "honest", "stolen", "forged", "by hand", "hostile", "malicious"] {
                assert!(!said.contains(accusation), "{code:?}: {said}");
            }
        }
    }

    #[test]
    fn what_is_fine_is_said_to_be() {
        use FindingCode as Code;
        for code in [Code::SignedAssertion, Code::SignedResponse, Code::SignedBoth, Code::NameIdFormatUnknown] {
            assert_eq!(words(code).mending.fixer, Fixer::Nobody, "{code:?}");
        }
        for warning in [FindingCode::Guest, FindingCode::EmailFromNameId] {
            assert_ne!(words(warning).mending.fixer, Fixer::Nobody, "{warning:?} may become a failure");
        }
    }

    #[test]
    fn what_answers_for_the_metadata_is_not_taken_for_fine() {
        let Words { meaning, mending, .. } = words(FindingCode::CertificateNotInMetadata);
        assert!(meaning.contains("Do not add it"), "{meaning}");
        assert_eq!(mending.fixer, Fixer::EntraAdmin);
        let next = words(FindingCode::CertificateNext).mending;
        assert!(next.afterwards().is_some(), "a certificate that is added goes live with the revision");
    }

    #[test]
    fn a_rollover_goes_live_here_before_entra_changes_over() {
        for code in [FindingCode::CertificateExpired, FindingCode::CertificateEndsSoon] {
            let mending = words(code).mending;
            let place = |words: &str| mending.steps.iter().position(|step| step.contains(words)).unwrap();
            assert!(place("Raw certificate download") < place("make the change live"), "{code:?}");
            assert!(place("make the change live") < place("Make certificate active"), "{code:?}");
            assert_eq!(mending.afterwards(), None, "{code:?}: it is said in its place");
        }
    }

    #[test]
    fn a_value_of_ours_that_is_wrong_in_entra_is_there_to_be_pasted() {
        for (code, paste) in [
            (FindingCode::WrongAudience, Paste::Identifier),
            (FindingCode::WrongDestination, Paste::ReplyUrl),
            (FindingCode::WrongRecipient, Paste::ReplyUrl),
            (FindingCode::RequestForeign, Paste::ReplyUrl),
            (FindingCode::RequestForeign, Paste::Identifier),
            (FindingCode::RequestForeign, Paste::SignOnUrl),
            (FindingCode::Unsolicited, Paste::SignOnUrl),
        ] {
            assert!(words(code).mending.paste.contains(&paste), "{code:?}");
        }
    }

    #[test]
    fn the_person_learns_nothing_about_the_configuration() {
        for code in FindingCode::ALL {
            let words = for_person(*code).to_lowercase();
            for told in ["certificate", "signature", "issuer", "audience", "entra", "saml", "domain"] {
                assert!(!words.contains(told), "{code:?}: {words}");
            }
        }
    }
}
