//! The text of the enums of `model`, which know codes only: they may reach a browser, and text
//! does not.

use model::application::LogoutProblem;
use model::attempts::{MetadataAnswer, MetadataResult};
use model::{
    ApplicationKind, ApplicationProblem, CertificateKind, FieldProblem, MetadataProblem, Timestamp, Unreachable,
    UploadNote,
};

use crate::of_login_url::{not_a_login_url, not_a_logout_url};
use crate::{Text, message, text};

impl Text for ApplicationKind {
    fn text(&self) -> String {
        message(&format!("application-kind-{}", self.as_str().replace('_', "-")), &[])
    }
}

impl Text for LogoutProblem {
    fn text(&self) -> String {
        match self {
            Self::ApplicationGone => text!("application-logout-problem-application-gone"),
            Self::NoAddress => text!("application-logout-problem-no-address"),
            Self::Answered(status) => text!("application-logout-problem-answered", status = *status),
            Self::TimedOut => text!("application-logout-problem-timed-out"),
            Self::Unreachable => text!("application-logout-problem-unreachable"),
            Self::Unreadable => text!("application-logout-problem-unreadable"),
        }
    }
}

impl Text for ApplicationProblem {
    fn text(&self) -> String {
        message(&format!("application-problem-{}", self.as_str().replace('_', "-")), &[])
    }
}

/// How people call a character, with its number where the name is of several.
fn character_name(character: char) -> String {
    let number = format!("U+{:04X}", u32::from(character));
    match character {
        ' ' => text!("field-problem-character-blank"),
        '\u{a0}' => text!("field-problem-character-non-breaking-space", number = number),
        '\u{200c}' | '\u{200d}' => text!("field-problem-character-invisible", number = number),
        _ if character.is_control() => text!("field-problem-character-control", number = number),
        _ => text!("field-problem-character-space", number = number),
    }
}

impl Text for FieldProblem {
    #[expect(clippy::too_many_lines, reason = "one line for each problem")]
    fn text(&self) -> String {
        match self {
            Self::Missing => text!("field-problem-missing"),
            Self::TooLong { max } => text!("field-problem-too-long", max = max),
            Self::NotAnEmail => text!("field-problem-not-an-email"),
            Self::NotATeamName => text!("field-problem-not-a-team-name"),
            Self::TeamNameAmbiguous => text!("field-problem-team-name-ambiguous"),
            Self::TooManyViews { most } => text!("field-problem-too-many-views", most = most),
            Self::NoTeamChosen => text!("field-problem-no-team-chosen"),
            Self::RemindedRecently => text!("field-problem-reminded-recently"),
            Self::NoTeamFound => text!("field-problem-no-team-found"),
            Self::TooManyTeams { most } => text!("field-problem-too-many-teams", most = most),
            Self::PasswordTooShort { min } => text!("field-problem-password-too-short", min = min),
            Self::PasswordGuessable => text!("field-problem-password-guessable"),
            Self::WrongPassword => text!("field-problem-wrong-password"),
            Self::SameEmail => text!("field-problem-same-email"),
            Self::WrongCredentials => text!("field-problem-wrong-credentials"),
            Self::AccountExists => text!("field-problem-account-exists"),
            Self::LinkExpired => text!("field-problem-link-expired"),
            Self::InviteOnly => text!("field-problem-invite-only"),
            Self::AlreadyMember => text!("field-problem-already-member"),
            Self::AlreadyInvited => text!("field-problem-already-invited"),
            Self::AlreadySupport => text!("field-problem-already-support"),
            Self::AccountDeactivated => text!("field-problem-account-deactivated"),
            Self::InvitationForOther => text!("field-problem-invitation-for-other"),
            Self::InvitationNoLongerValid => text!("field-problem-invitation-no-longer-valid"),
            Self::LastOwner => text!("field-problem-last-owner"),
            Self::LastAdministrator => text!("field-problem-last-administrator"),
            Self::OwnSecondFactorMissing => text!("field-problem-own-second-factor-missing"),
            Self::TeamHasOwner => text!("field-problem-team-has-owner"),
            Self::OnboardingNeedsAdministrator => text!("field-problem-onboarding-needs-administrator"),
            Self::OtherVendorTeam => text!("field-problem-other-vendor-team"),
            Self::PersonIsSupport => text!("field-problem-person-is-support"),
            Self::VendorTeamNeedsAdministrator => text!("field-problem-vendor-team-needs-administrator"),
            Self::NotTheVendorTeam => text!("field-problem-not-the-vendor-team"),
            Self::NotAGroup => text!("field-problem-not-a-group"),
            Self::RoleFromGroups => text!("field-problem-role-from-groups"),
            Self::WrongCode => text!("field-problem-wrong-code"),
            Self::CodeUsed => text!("field-problem-code-used"),
            Self::WrongRecoveryCode => text!("field-problem-wrong-recovery-code"),
            Self::SetupExpired => text!("field-problem-setup-expired"),
            Self::PasskeyRefused => text!("field-problem-passkey-refused"),
            Self::PasskeyExists => text!("field-problem-passkey-exists"),
            Self::TooManyPasskeys { max } => text!("field-problem-too-many-passkeys", max = max),
            Self::LastFactor => text!("field-problem-last-factor"),
            Self::NoSuchAccount => text!("field-problem-no-such-account"),
            Self::FactorMissing => text!("field-problem-factor-missing"),
            Self::ClientIdTaken => text!("field-problem-client-id-taken"),
            Self::NotAClientId => text!("field-problem-not-a-client-id"),
            Self::TooManyEntries { max } => text!("field-problem-too-many-entries", max = max),
            Self::PkceRequired => text!("field-problem-pkce-required"),
            Self::NotAJwkSet => text!("field-problem-not-a-jwk-set"),
            Self::NotARedirectUri { line } => text!("field-problem-not-a-redirect-uri", line = line),
            Self::NoTeamWithSlug { slug } => text!("field-problem-no-team-with-slug", slug = slug),
            Self::NotALifetime { min, max } => text!("field-problem-not-a-lifetime", min = min, max = max),
            Self::PublicClientWithoutSecret => text!("field-problem-public-client-without-secret"),
            Self::TooManySecrets { max } => text!("field-problem-too-many-secrets", max = max),
            Self::NotAUrl => text!("field-problem-not-a-url"),
            Self::NotHttps => text!("field-problem-not-https"),
            Self::OtherPort => text!("field-problem-other-port"),
            Self::MetadataUnreachable { why } => why.text(),
            Self::ForbiddenCharacter { character } => {
                text!("field-problem-forbidden-character", character = character_name(*character))
            }
            Self::SeveralAddresses => text!("field-problem-several-addresses"),
            Self::SamlParameterInUrl { parameter } => {
                text!("field-problem-saml-parameter-in-url", parameter = parameter)
            }
            Self::NotAnEntraIdentifier => text!("field-problem-not-an-entra-identifier"),
            Self::ServiceProviderValue => text!("field-problem-service-provider-value"),
            Self::LoginUrlAsIdentifier => text!("field-problem-login-url-as-identifier"),
            Self::IdentifierAsUrl => text!("field-problem-identifier-as-url"),
            Self::MissingTrailingSlash => text!("field-problem-missing-trailing-slash"),
            Self::NotALoginUrl { kind, login_url } => not_a_login_url(*kind, login_url.as_deref()),
            Self::NotALogoutUrl { kind, logout_url } => not_a_logout_url(*kind, logout_url.as_deref()),
            Self::CommonTenant => text!("field-problem-common-tenant"),
            Self::TenantsDiffer => text!("field-problem-tenants-differ"),
            Self::MetadataUnusable { why } => why.text(),
            Self::CaCertificate => text!("field-problem-ca-certificate"),
            Self::TooManyInFile { max } => text!("field-problem-too-many-in-file", max = max),
            Self::NotACertificate { kind } => kind.text(),
            Self::DamagedCertificate => text!("field-problem-damaged-certificate"),
            Self::OwnCertificate => text!("field-problem-own-certificate"),
            Self::CertificateExpired { not_after } => {
                text!("field-problem-certificate-expired", date = date(*not_after))
            }
            Self::WeakKey { key } => text!("field-problem-weak-key", key = key),
            Self::TooManyCertificates { max } => text!("field-problem-too-many-certificates", max = max),
            Self::LogoTooLarge { max_kilobytes } => text!("field-problem-logo-too-large", max = max_kilobytes),
            Self::NotALogo => text!("field-problem-not-a-logo"),
            Self::FileTooLarge => text!("field-problem-file-too-large"),
            Self::UploadUnreadable => text!("field-problem-upload-unreadable"),
            Self::NoSigningCertificate => text!("field-problem-no-signing-certificate"),
            Self::NotAnAttributeName => text!("field-problem-not-an-attribute-name"),
            Self::NotAnAuthnContext => text!("field-problem-not-an-authn-context"),
            Self::NotADomainList => text!("field-problem-not-a-domain-list"),
            Self::NotAReference => text!("field-problem-not-a-reference"),
            Self::UnknownError => text!("field-problem-unknown-error"),
            Self::NotAChoice => text!("field-problem-not-a-choice"),
            Self::KeyNeeded => text!("field-problem-key-needed"),
            Self::KeyExists => text!("field-problem-key-exists"),
            Self::UnderReview => text!("field-problem-under-review"),
            Self::StepsMissing { steps } => {
                let steps: Vec<_> = steps.iter().map(Text::text).collect();
                text!("field-problem-steps-missing", steps = steps.join(", "))
            }
            Self::WrongStatus { status } => text!("field-problem-wrong-status", status = status.as_str()),
            Self::ChangedSinceShown { changes } if changes.is_empty() => {
                text!("field-problem-changed-since-shown.unknown")
            }
            Self::ChangedSinceShown { changes } => {
                let changes: Vec<_> = changes.iter().map(Text::text).collect();
                text!("field-problem-changed-since-shown", changes = changes.join("; "))
            }
            Self::EditConflict { changes } if changes.is_empty() => text!("field-problem-edit-conflict.unknown"),
            Self::EditConflict { changes } => {
                let changes: Vec<_> = changes.iter().map(Text::text).collect();
                text!("field-problem-edit-conflict", changes = changes.join("; "))
            }
            Self::TooManyNotes { max } => text!("field-problem-too-many-notes", max = max),
            Self::ExplanationMissing => text!("field-problem-explanation-missing"),
            Self::NotADate => text!("field-problem-not-a-date"),
            Self::TooManyAttempts { seconds } if *seconds < 90 => {
                text!("field-problem-too-many-attempts", time = seconds, unit = "seconds")
            }
            Self::TooManyAttempts { seconds } => {
                text!("field-problem-too-many-attempts", time = seconds.div_ceil(60), unit = "minutes")
            }
            Self::Failed => text!("field-problem-failed"),
            Self::NoMatchingTeam => text!("field-problem-no-matching-team"),
        }
    }
}

impl Text for CertificateKind {
    fn text(&self) -> String {
        match self {
            Self::Empty => text!("upload-file-empty"),
            Self::PrivateKey => text!("upload-file-private-key"),
            Self::Pkcs12 => text!("upload-file-pkcs12"),
            Self::Pkcs7 => text!("upload-file-pkcs7"),
            Self::SigningRequest => text!("upload-file-signing-request"),
            Self::WebPage => text!("upload-file-web-page"),
            Self::PublicKey => text!("upload-file-public-key"),
            Self::KeyStore => text!("upload-file-key-store"),
            Self::Pdf => text!("upload-file-pdf"),
            Self::Archive => text!("upload-file-archive"),
            Self::Xml => text!("upload-file-xml"),
            Self::Der | Self::Pem | Self::Metadata | Self::Unknown => text!("upload-file-unknown"),
        }
    }
}

impl Text for MetadataProblem {
    fn text(&self) -> String {
        match self {
            Self::Encoding => text!("upload-metadata-encoding"),
            Self::NotWellFormed { detail } => text!("upload-metadata-not-well-formed", detail = detail.text()),
            Self::Construct { what } => text!("upload-metadata-construct", what = what.text()),
            Self::NotMetadata => text!("upload-metadata-not-metadata"),
            Self::NoIdentityProvider => text!("upload-metadata-no-identity-provider"),
            Self::OlderProtocol => text!("upload-metadata-older-protocol"),
            Self::ServiceProvider { entity_id } => text!("upload-metadata-service-provider", entity_id = entity_id),
            Self::SeveralIdentityProviders { entity_ids } => {
                text!("upload-metadata-several-identity-providers", entity_ids = entity_ids.join(", "))
            }
        }
    }
}

impl Text for Unreachable {
    fn text(&self) -> String {
        match self {
            Self::Failed => text!("upload-unreachable-failed"),
            Self::NotAllowed => text!("upload-unreachable-not-allowed"),
            Self::Private => text!("upload-unreachable-private"),
            Self::NotReached => text!("upload-unreachable-not-reached", seconds = Self::SECONDS),
            Self::NotVerified => text!("upload-unreachable-not-verified"),
            Self::BrokenOff => text!("upload-unreachable-broken-off"),
            Self::Redirected => text!("upload-unreachable-redirected"),
            Self::Status { status } => text!("upload-unreachable-status", status = status),
            Self::TooLarge => text!("upload-unreachable-too-large"),
            Self::NotMetadata => text!("upload-unreachable-not-metadata"),
        }
    }
}

impl Text for UploadNote {
    fn text(&self) -> String {
        match self {
            Self::CertificateSkipped { position, subject, why } => {
                certificate_skipped(*position, subject.as_deref().filter(|subject| !subject.is_empty()), &why.text())
            }
            Self::AddressesSkipped { why } => text!("upload-note-addresses-skipped", why = why.text()),
            Self::LogoutUrlSkipped { why } => text!("upload-note-logout-url-skipped", why = why.text()),
            Self::SignedRequestsWanted => text!("upload-note-signed-requests-wanted"),
            Self::MetadataOutdated { valid_until } => text!("upload-note-metadata-outdated", date = date(*valid_until)),
        }
    }
}

impl Text for MetadataAnswer {
    fn text(&self) -> String {
        let thumbprint = self.thumbprint.as_deref().unwrap_or_default();
        match &self.result {
            MetadataResult::Listed { is_known: false } => text!("metadata-answer-listed", thumbprint = thumbprint),
            MetadataResult::Listed { is_known: true } => text!("metadata-answer-added", thumbprint = thumbprint),
            MetadataResult::NotListed => text!("metadata-answer-not-listed", thumbprint = thumbprint),
            MetadataResult::SignerNotNamed => text!("metadata-answer-signer-not-named"),
            MetadataResult::NoUrl => text!("metadata-answer-no-url", thumbprint = thumbprint),
            MetadataResult::Unreachable(why) => {
                text!("metadata-answer-unread", thumbprint = thumbprint, why = why.text())
            }
            MetadataResult::Unusable(why) => {
                text!("metadata-answer-unread", thumbprint = thumbprint, why = why.text())
            }
        }
    }
}

/// A file can hold several certificates: which of them is known by its place or its subject.
fn certificate_skipped(position: Option<usize>, subject: Option<&str>, why: &str) -> String {
    match (position, subject) {
        (Some(position), Some(subject)) => text!(
            "upload-note-certificate-skipped.position-and-subject",
            position = position,
            subject = subject,
            why = why
        ),
        (Some(position), None) => {
            text!("upload-note-certificate-skipped.position", position = position, why = why)
        }
        (None, Some(subject)) => text!("upload-note-certificate-skipped.subject", subject = subject, why = why),
        (None, None) => text!("upload-note-certificate-skipped", why = why),
    }
}

fn date(at: Timestamp) -> String {
    at.format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_file_is_said_in_the_words_of_no_provider() {
        let kinds = CertificateKind::ALL.into_iter().filter(|kind| !kind.is_accepted());
        let problems = kinds.map(|kind| FieldProblem::NotACertificate { kind }).chain([
            FieldProblem::DamagedCertificate,
            FieldProblem::OwnCertificate,
            FieldProblem::NoSigningCertificate,
            FieldProblem::FileTooLarge,
            FieldProblem::MetadataUnusable { why: MetadataProblem::NotMetadata },
            FieldProblem::MetadataUnusable { why: MetadataProblem::NoIdentityProvider },
            FieldProblem::MetadataUnreachable { why: Unreachable::Private },
            FieldProblem::MetadataUnreachable { why: Unreachable::NotVerified },
            FieldProblem::MetadataUnreachable { why: Unreachable::BrokenOff },
            FieldProblem::MetadataUnreachable { why: Unreachable::Failed },
        ]);
        for problem in problems {
            let said = problem.text();
            for name in ["Entra", "Microsoft", "Certificate (", "Federation Metadata", "Single sign-on page"] {
                assert!(!said.contains(name), "{said}");
            }
        }
    }

    #[test]
    fn unreachable_metadata_is_not_reported_as_fine() {
        let unusable = MetadataResult::Unusable(FieldProblem::NoSigningCertificate);
        let unreachable = MetadataResult::Unreachable(Unreachable::Redirected);
        for result in [MetadataResult::NoUrl, MetadataResult::SignerNotNamed, unreachable, unusable] {
            let answer = MetadataAnswer { thumbprint: Some("AA11".to_owned()), result };
            assert!(answer.text().contains("could not be"), "{answer:?}");
        }
    }
}
