use std::collections::HashSet;

use super::finding_text::key;
use super::*;
use crate::remediation::{FixOwner, Task, assert_steps_well_written, assert_well_written};

fn in_use() -> impl Iterator<Item = (FindingCode, IdentityProvider)> {
    let providers = IdentityProvider::ALL.iter();
    providers.flat_map(|provider| FindingCode::ALL.iter().map(move |code| (*code, *provider)))
}

#[test]
fn every_finding_has_words_of_its_own() {
    let titles: HashSet<_> = FindingCode::ALL.iter().map(|code| title(*code)).collect();
    assert_eq!(titles.len(), FindingCode::ALL.len());
    for provider in IdentityProvider::ALL {
        let meanings: HashSet<_> = FindingCode::ALL.iter().map(|code| finding_text(*code, *provider).meaning).collect();
        assert_eq!(meanings.len(), FindingCode::ALL.len(), "{provider:?}");
    }
}

#[test]
fn titles_are_short_and_sentences_end() {
    for (code, provider) in in_use() {
        let FindingText { title, meaning, steps } = finding_text(code, provider);
        assert_steps_well_written(&steps, &key(code));
        assert!(!title.ends_with('.') && title.len() < 70, "{title}");
        assert!(meaning.ends_with('.') && !meaning.contains('!'), "{meaning}");
        let is_joined_badly = ["  ", " .", " ,", " :", "\n", "{", "}"].iter().any(|joint| meaning.contains(joint));
        assert!(!is_joined_badly, "{code:?}: {meaning}");
        assert!(text_for_person(code).ends_with('.'), "{code:?}");
        assert_well_written(&remediation(code), &key(code));
    }
}

/// Whatever it is, an honest identity provider can have sent it.
#[test]
fn no_finding_accuses_anybody() {
    for (code, provider) in in_use() {
        let FindingText { title, meaning, steps } = finding_text(code, provider);
        let said = [title, meaning, steps.join(" ")].join(" ").to_lowercase();
        for accusation in ["probing", "attack", "honest", "stolen", "forged", "by hand", "hostile", "malicious"] {
            assert!(!said.contains(accusation), "{code:?}: {said}");
        }
    }
}

#[test]
fn what_is_fine_is_said_to_be() {
    use FindingCode as Code;
    for code in
        [Code::SignedAssertion, Code::SignedResponse, Code::SignedBoth, Code::NameIdFormatUnknown, Code::GuestAccount]
    {
        assert_eq!(remediation(code).fixer, FixOwner::Nobody, "{code:?}");
    }
    let warning = FindingCode::EmailFromNameId;
    assert_ne!(remediation(warning).fixer, FixOwner::Nobody, "{warning:?} may become a failure");
}

#[test]
fn an_answer_that_is_no_metadata_is_not_reported_as_fine() {
    let meaning = finding_text(FindingCode::CertificateNotInMetadata, IdentityProvider::Other).meaning;
    assert!(meaning.contains("Do not add it"), "{meaning}");
    assert_eq!(remediation(FindingCode::CertificateNotInMetadata).fixer, FixOwner::IdpAdmin);
    let next = remediation(FindingCode::CertificateNext);
    assert!(next.make_live_hint().is_some(), "a certificate that is added goes live with the revision");
}

#[test]
fn a_rollover_goes_live_here_before_the_identity_provider_changes_over() {
    for code in [FindingCode::CertificateExpired, FindingCode::CertificateEndsSoon] {
        let known = remediation(code);
        assert_eq!(known.tasks, [Task::NewCertificate], "{code:?}");
        let steps = finding_text(code, IdentityProvider::Okta).steps;
        assert!(steps.iter().any(|step| step.contains("make the change live")), "{code:?}: {steps:?}");
        assert_eq!(known.tasks_after, [Task::SwitchCertificate], "{code:?}: only then");
        assert_eq!(known.make_live_hint(), None, "{code:?}: it is said in its place");
    }
}

#[test]
fn a_certificate_that_is_new_here_goes_live_before_the_identity_provider_signs_with_it() {
    for code in [FindingCode::CertificateNotYetValid, FindingCode::SignedByOtherKey] {
        let known = remediation(code);
        assert_eq!(known.tasks_after, [Task::NewCertificate, Task::SwitchCertificate], "{code:?}");
        let steps = finding_text(code, IdentityProvider::Okta).steps;
        assert!(steps.iter().any(|step| step.contains("make the change live")), "{code:?}: {steps:?}");
        assert_eq!(known.make_live_hint(), None, "{code:?}: it is said in its place");
    }
}

#[test]
fn entra_has_no_setting_for_the_binding_of_its_responses() {
    for code in [FindingCode::ResponseByArtifact, FindingCode::ResponseInQuery] {
        let entra = remediation_for(code, IdentityProvider::Entra);
        assert_eq!(entra.tasks, [Task::Logs], "{code:?}");
        assert!(entra.tasks_after.is_empty() && entra.all_values().contains(&TeamValue::LoginUrl), "{code:?}");
        assert_eq!(remediation_for(code, IdentityProvider::Keycloak), remediation(code), "{code:?}");
    }
    let said = |provider| finding_text(FindingCode::ResponseByArtifact, provider).steps.join(" ");
    let [entra, keycloak] = [IdentityProvider::Entra, IdentityProvider::Keycloak].map(said);
    assert!(!entra.contains("switch artifacts off") && keycloak.contains("switch artifacts off"), "{entra} {keycloak}");
}

#[test]
fn encryption_is_switched_off_there_and_kept_by_a_key_that_is_made_here() {
    let fixer = remediation(FindingCode::Encrypted).fixer;
    for (provider, name) in [
        (IdentityProvider::Entra, "Your Entra administrator; to keep encryption, you first, in this portal"),
        (
            IdentityProvider::Other,
            "The administrator of your identity provider; to keep encryption, you first, in this portal",
        ),
    ] {
        assert_eq!(fixer.name("Contoso", provider).as_deref(), Some(name));
    }
    let for_others = fixer.name_for_others("Contoso", IdentityProvider::Okta);
    let expected = "The team's Okta administrator; to keep encryption, an admin of the team first, in this portal";
    assert_eq!(for_others.as_deref(), Some(expected));
}

#[test]
fn a_value_of_ours_that_is_wrong_there_is_there_to_be_pasted() {
    for (code, value) in [
        (FindingCode::WrongAudience, TeamValue::Identifier),
        (FindingCode::WrongDestination, TeamValue::ReplyUrl),
        (FindingCode::WrongRecipient, TeamValue::ReplyUrl),
        (FindingCode::ReplyUrlOfOtherTeam, TeamValue::ReplyUrl),
        (FindingCode::ReplyUrlOfOtherTeam, TeamValue::Identifier),
        (FindingCode::ReplyUrlUnknown, TeamValue::ReplyUrl),
        (FindingCode::ResponseByArtifact, TeamValue::ReplyUrl),
        (FindingCode::LogoutAtReplyUrl, TeamValue::LogoutUrl),
        (FindingCode::Unsolicited, TeamValue::SignOnUrl),
        (FindingCode::IdpInitiatedResponse, TeamValue::SignOnUrl),
        (FindingCode::RequestUnknown, TeamValue::SignOnUrl),
        (FindingCode::LogoutUnanswered, TeamValue::LogoutUrl),
    ] {
        assert!(remediation(code).all_values().contains(&value), "{code:?}");
    }
}

#[test]
fn steps_too_name_what_only_the_provider_in_use_has() {
    let steps = |code, provider| finding_text(code, provider).steps.join(" ");
    for (code, words) in
        [(FindingCode::WrongAudience, "audience override"), (FindingCode::SeveralValues, "\"user.mail\"")]
    {
        let (entra, okta) = (steps(code, IdentityProvider::Entra), steps(code, IdentityProvider::Okta));
        assert!(entra.contains(words) && !okta.contains(words), "{code:?}: {entra} {okta}");
    }
}

#[test]
fn the_person_learns_nothing_about_the_configuration() {
    for code in FindingCode::ALL {
        let words = text_for_person(*code).to_lowercase();
        for told in ["certificate", "signature", "issuer", "audience", "entra", "saml", "domain"] {
            assert!(!words.contains(told), "{code:?}: {words}");
        }
    }
}

#[test]
fn whatever_comes_over_the_wire_has_an_example() {
    use FindingCode as Code;
    let without: HashSet<_> = FindingCode::ALL.iter().copied().filter(|code| example(*code).is_none()).collect();
    let said_by_its_words = HashSet::from([
        Code::EnginesDisagree,
        Code::SecondEngineUnreadable,
        Code::RequestOfOtherTeam,
        Code::RequestExpired,
        Code::SignedOut,
        Code::OtherBrowser,
        Code::CookieMissing,
        Code::CodeExpired,
        Code::InterstitialDeclined,
        Code::TeamNotActive,
        Code::ApplicationNotAllowed,
        Code::NotConfigured,
        Code::SupportDeactivated,
        Code::SupportAccountExists,
        Code::TooManyAttempts,
        Code::Internal,
    ]);
    assert_eq!(without, said_by_its_words);
}
