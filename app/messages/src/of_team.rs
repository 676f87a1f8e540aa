//! The text of a team's status, of the steps of its set-up, and of what a revision of its connection says.

use model::revision::PartChange;
use model::{RevisionPart, SetupStep, TeamStatus};

use crate::{Text, text};

impl Text for TeamStatus {
    fn text(&self) -> String {
        match self {
            Self::Draft => text!("label-team-status-draft"),
            Self::InReview => text!("label-team-status-in-review"),
            Self::ChangesRequested => text!("label-team-status-changes-requested"),
            Self::Active => text!("label-team-status-active"),
            Self::Suspended => text!("label-team-status-suspended"),
        }
    }
}

impl Text for SetupStep {
    fn text(&self) -> String {
        match self {
            Self::Create => text!("setup-create-title"),
            Self::BasicSaml => text!("entra-basic-saml"),
            Self::Attributes => text!("entra-attributes"),
            Self::Certificates => text!("entra-certificates"),
            Self::Urls => text!("setup-urls-title"),
            Self::Users => text!("entra-users"),
            Self::Test => text!("setup-test-title"),
            Self::GoLive => text!("setup-go-live-title"),
        }
    }
}

impl Text for RevisionPart {
    fn text(&self) -> String {
        match self {
            Self::EntityId => text!("label-revision-part-entity-id"),
            Self::SsoUrl => text!("label-revision-part-sso-url"),
            Self::SloUrl => text!("label-revision-part-slo-url"),
            Self::MetadataUrl => text!("label-revision-part-metadata-url"),
            Self::Certificates => text!("label-revision-part-certificates"),
            Self::ClaimEmail => text!("label-revision-part-claim-email"),
            Self::ClaimFirstName => text!("label-revision-part-claim-first-name"),
            Self::ClaimLastName => text!("label-revision-part-claim-last-name"),
            Self::ClaimDisplayName => text!("label-revision-part-claim-display-name"),
            Self::ClaimGroups => text!("label-revision-part-claim-groups"),
            Self::SignRequests => text!("label-revision-part-sign-requests"),
            Self::ForceAuthn => text!("label-revision-part-force-authn"),
            Self::IsPassive => text!("label-revision-part-is-passive"),
            Self::NameIdFormat => text!("label-revision-part-name-id-format"),
            Self::AuthnContext => text!("label-revision-part-authn-context"),
            Self::SsoBinding => text!("label-revision-part-sso-binding"),
            Self::AllowIdpInitiated => text!("label-revision-part-allow-idp-initiated"),
            Self::EmailDomains => text!("label-revision-part-email-domains"),
            Self::Number => text!("label-revision-part-number"),
            Self::Live => text!("label-revision-part-live"),
            Self::Keys => text!("label-revision-part-keys"),
        }
    }
}

/// What is shown where a part of a revision has no value.
#[must_use]
pub fn absent(part: RevisionPart) -> String {
    use RevisionPart as Part;
    match part {
        Part::EntityId | Part::SsoUrl | Part::SloUrl | Part::MetadataUrl => text!("label-revision-absent-address"),
        Part::ClaimEmail | Part::ClaimFirstName | Part::ClaimLastName | Part::ClaimDisplayName | Part::ClaimGroups => {
            text!("label-revision-absent-claim")
        }
        Part::EmailDomains => text!("label-revision-absent-email-domains"),
        Part::Certificates | Part::Number | Part::Live | Part::Keys => text!("label-revision-absent-none"),
        _ => text!("label-revision-absent-option"),
    }
}

impl Text for PartChange {
    fn text(&self) -> String {
        let part = self.part.text();
        // of a switch the value before can only have been the other one
        match self.now.as_deref() {
            Some("yes") => text!("label-revision-change-switched-on", part = part),
            Some("no") => text!("label-revision-change-switched-off", part = part),
            Some(now) => text!("label-revision-change-value", part = part, value = now),
            None => text!("label-revision-change-value", part = part, value = absent(self.part)),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::FieldProblem;

    use super::*;

    #[test]
    fn a_status_is_capitalized_where_it_stands_alone() {
        for status in TeamStatus::ALL {
            let alone = status.text();
            assert!(alone.starts_with(char::is_uppercase), "{alone}");
            let sentence = FieldProblem::WrongStatus { status: *status }.text();
            assert!(sentence.starts_with(&format!("The team is {} now,", alone.to_lowercase())), "{sentence}");
        }
    }

    #[test]
    fn a_change_is_listed_with_its_new_value() {
        let change = |part, now: Option<&str>| PartChange { part, now: now.map(str::to_owned) }.text();
        assert_eq!(change(RevisionPart::ForceAuthn, Some("yes")), "People authenticate again: no → yes");
        assert_eq!(change(RevisionPart::SsoUrl, Some("https://a.example/")), "Login URL: now https://a.example/");
        assert_eq!(change(RevisionPart::SloUrl, None), "Logout URL: now not entered");
    }
}
