//! The moments of an attempt in words: what happened, or which question was asked of the
//! response and what is compared to answer it.

use model::EventKind;

/// A moment in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What happened, or the name of the check.
    pub label: &'static str,
    /// For checks: what is compared.
    pub compared: Option<&'static str>,
}

const fn happened(label: &'static str) -> Words {
    Words { label, compared: None }
}

const fn check(label: &'static str, compared: &'static str) -> Words {
    Words { label, compared: Some(compared) }
}

/// The words of a kind of moment.
#[must_use]
pub const fn words(kind: EventKind) -> Words {
    match kind {
        EventKind::Started => happened("The sign-in began"),
        EventKind::RequestSent => happened("The request was sent to the identity provider"),
        EventKind::ResponseReceived => happened("A response came to the Reply URL"),
        EventKind::RequestKnown => check(
            "Request",
            "The request that the response answers must be one of this team's, open, and at most ten minutes old.",
        ),
        EventKind::Status => check("Status", "The identity provider must say that it signed somebody in."),
        EventKind::Decryption => {
            check("Decryption", "An encrypted assertion must be encrypted to one of this team's keys.")
        }
        EventKind::Signature => check(
            "Signature",
            "Every signature is verified with the uploaded certificates, and the one that fits must be valid now.",
        ),
        EventKind::ResponseVersion => check("Version of the response", "The response must be SAML 2.0."),
        EventKind::ResponseIssuer => check(
            "Issuer of the response",
            "It is compared with the Microsoft Entra Identifier entered here, letter by letter.",
        ),
        EventKind::Destination => check("Destination", "It is compared with this team's Reply URL."),
        EventKind::ResponseInResponseTo => {
            check("InResponseTo of the response", "It is compared with the ID of the request that was sent.")
        }
        EventKind::ResponseIssueInstant => check(
            "Issue instant of the response",
            "It must be at most ten minutes ago and not in the future, but for what is granted to clocks that differ.",
        ),
        EventKind::Version => check("Version of the assertion", "The assertion must be SAML 2.0."),
        EventKind::IssueInstant => check(
            "Issue instant of the assertion",
            "It must be at most ten minutes ago and not in the future, but for what is granted to clocks that differ.",
        ),
        EventKind::Issuer => check(
            "Issuer of the assertion",
            "It is compared with the Microsoft Entra Identifier entered here, letter by letter.",
        ),
        EventKind::NameId => check(
            "Name ID",
            "The assertion must name who signed in, in at most 256 bytes with no white space around them. Its format may be any URI.",
        ),
        EventKind::BearerConfirmation => {
            check("Bearer confirmation", "The assertion must say that whoever brings it may use it.")
        }
        EventKind::Recipient => check("Recipient", "It is compared with this team's Reply URL."),
        EventKind::InResponseTo => {
            check("InResponseTo of the assertion", "It is compared with the ID of the request that was sent.")
        }
        EventKind::ConfirmationTime => {
            check("Time of the confirmation", "It must not be over, with a little time for clocks that differ.")
        }
        EventKind::ConditionsTime => check(
            "Time of the conditions",
            "It must have begun, if it says when, and not be over, with a little time for clocks that differ.",
        ),
        EventKind::Audience => {
            check("Audience", "It is compared with this team's Identifier (Entity ID), letter by letter.")
        }
        EventKind::OtherConditions => check("Other conditions", "There must be no condition that we do not know."),
        EventKind::Session => check(
            "Session",
            "The assertion must say that its subject signed in, and the session at the identity provider must not be over.",
        ),
        EventKind::AuthnInstant => check(
            "Time of the authentication",
            "People are to authenticate again: it must not lie before they were asked to, with a little time for clocks that differ.",
        ),
        EventKind::AuthnContext => {
            check("Authentication context", "It must be the one that the sign-in options ask for, letter by letter.")
        }
        EventKind::Attributes => {
            check("Attributes", "Each claim must have a name. One that is encrypted by itself is left out.")
        }
        EventKind::SecondOpinion => check(
            "Second signature library",
            "It must find the same content signed as the first one, with which it shares no code.",
        ),
        EventKind::Replay => check("Replay", "The ID of the assertion is compared with those that were used before."),
        EventKind::Claims => happened("The claims were read"),
        EventKind::PersonCreated => happened("The person was provisioned"),
        EventKind::PersonUpdated => happened("The person was known, and updated"),
        EventKind::CodeIssued => happened("A one-time code was issued"),
        EventKind::CodeRedeemed => happened("The browser that began redeemed the code"),
        EventKind::CodeBrought => happened("The one-time code came once more"),
        EventKind::Asked => happened("Somebody else was signed in in this browser, so the person was asked"),
        EventKind::Confirmed => happened("The person agreed to go on"),
        EventKind::SessionMade => happened("The session began"),
        EventKind::TestPassed => happened("The test ended well"),
        EventKind::Refused => happened("The sign-in was refused"),
        EventKind::MetadataAsked => happened("Question to the identity provider's metadata"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_moment_has_a_label_of_its_own() {
        let labels: HashSet<_> = EventKind::ALL.iter().map(|kind| words(*kind).label).collect();
        assert_eq!(labels.len(), EventKind::ALL.len());
    }

    #[test]
    fn every_check_says_what_it_compares() {
        for kind in EventKind::ALL {
            let Words { label, compared } = words(*kind);
            assert!(!label.ends_with('.'), "{label}");
            assert!(compared.is_none_or(|compared| compared.ends_with('.')), "{label}");
            assert!(!kind.as_str().starts_with("check-") || compared.is_some(), "{label}");
        }
    }
}
