//! What is wrong with a field of a form.

use serde::{Deserialize, Serialize};

use crate::login_url::AddressKind;
use crate::{CertificateKind, MetadataProblem, PartChange, SetupStep, TeamStatus, Timestamp, Unreachable};

/// What is wrong with a field, and what to do about it. A closed set: no text that came
/// from outside is ever shown as ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    /// Nothing was entered.
    Missing,
    /// Longer than the field holds.
    TooLong {
        /// In characters.
        max: usize,
    },
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a team name.
    NotATeamName,
    /// Several teams have the name of a team file's entry.
    #[serde(rename = "name_is_ambiguous")]
    TeamNameAmbiguous,
    /// Somebody keeps as many views of the list of teams as they can.
    TooManyViews {
        /// So many.
        most: usize,
    },
    /// Nothing is chosen of a list of teams.
    NoTeamChosen,
    /// A team was reminded a day ago at most.
    #[serde(rename = "reminded_lately")]
    RemindedRecently,
    /// No team has this slug, or these words in its name.
    NoTeamFound,
    /// More teams than can be looked at together have these words in their names.
    TooManyTeams {
        /// So many can.
        most: u64,
    },
    /// A password under the minimum.
    PasswordTooShort {
        /// In characters.
        min: usize,
    },
    /// A password that guessing programs try early.
    PasswordGuessable,
    /// Not the account's password.
    WrongPassword,
    /// The new address is the one the account has.
    SameEmail,
    /// Wrong e-mail or password; which of them is not said.
    WrongCredentials,
    /// The address has an account. Only said to whoever may know: never at sign-up.
    AccountExists,
    /// A link that was used, has expired or never existed.
    LinkExpired,
    /// New teams and accounts only by invitation.
    InviteOnly,
    /// The invited address is a member.
    AlreadyMember,
    /// The invited address is invited.
    AlreadyInvited,
    /// The invited address belongs to a support account.
    AlreadySupport,
    /// The invited address has an account that was deactivated.
    AccountDeactivated,
    /// The signed-in account has another address than the invited one.
    InvitationForOther,
    /// A link that was used, taken back, withdrawn or replaced, or has expired.
    #[serde(rename = "invitation_gone")]
    InvitationNoLongerValid,
    /// A team would have no owner left.
    LastOwner,
    /// Support would have no administrator left.
    LastAdministrator,
    /// An owner without a second factor cannot ask others for one.
    #[serde(rename = "own_factor_first")]
    OwnSecondFactorMissing,
    /// Onboarding links are only for teams without an owner.
    #[serde(rename = "has_owner")]
    TeamHasOwner,
    /// Reviewers may send onboarding links for new teams only; this one needs an administrator.
    #[serde(rename = "administrators_link")]
    OnboardingNeedsAdministrator,
    /// Another team is marked as the vendor's.
    OtherVendorTeam,
    /// Only administrators may change how support signs in.
    #[serde(rename = "vendors_sign_in")]
    VendorTeamNeedsAdministrator,
    /// A person with a support account can be erased only after that account is deactivated.
    PersonIsSupport,
    /// Groups give roles in the vendor's team only.
    NotTheVendorTeam,
    /// Not a group's value.
    NotAGroup,
    /// A role that the identity provider decides.
    RoleFromGroups,
    /// No code of the authenticator app.
    WrongCode,
    /// A code of the authenticator app that was accepted before.
    CodeUsed,
    /// No recovery code of the account that is left.
    WrongRecoveryCode,
    /// The seed waited too long for its first code.
    SetupExpired,
    /// A passkey's answer that is not accepted; why is in the log.
    PasskeyRefused,
    /// A passkey that is registered already.
    PasskeyExists,
    /// More passkeys than an account holds.
    TooManyPasskeys {
        /// The limit.
        max: usize,
    },
    /// The last factor, where one is required.
    LastFactor,
    /// At the command line: no account has this e-mail address.
    NoSuchAccount,
    /// Recovery codes for an account without a factor.
    FactorMissing,
    /// The client ID is another application's.
    ClientIdTaken,
    /// Not a client ID.
    NotAClientId,
    /// More than are kept.
    #[serde(rename = "too_many")]
    TooManyEntries {
        /// The limit.
        max: usize,
    },
    /// A public client always uses PKCE.
    PkceRequired,
    /// Not a set of public keys.
    NotAJwkSet,
    /// Not an address that a browser may be sent back to.
    NotARedirectUri {
        /// The line.
        line: String,
    },
    /// No team has this slug.
    NoTeamWithSlug {
        /// What was typed.
        slug: String,
    },
    /// Not a time that a token may work.
    NotALifetime {
        /// In seconds.
        min: u32,
        /// In seconds.
        max: u32,
    },
    /// A single-page or native application keeps no secret.
    #[serde(rename = "public_client")]
    PublicClientWithoutSecret,
    /// The application has as many secrets as it may have.
    TooManySecrets {
        /// The limit.
        max: usize,
    },
    /// No URL.
    NotAUrl,
    /// An address that is not https.
    NotHttps,
    /// Another port than that of https.
    OtherPort,
    /// Metadata that cannot be had from the address that was given.
    MetadataUnreachable {
        /// Why.
        why: Unreachable,
    },
    /// A character that is not allowed in an address, and cannot be removed without changing its meaning.
    #[serde(rename = "holds_character")]
    ForbiddenCharacter {
        /// Which.
        character: char,
    },
    /// More than one address in a field for one.
    SeveralAddresses,
    /// An address with a parameter of the SAML bindings.
    #[serde(rename = "holds_parameter")]
    SamlParameterInUrl {
        /// Which.
        parameter: String,
    },
    /// On Entra's host for identifiers, but not like one.
    #[serde(rename = "not_entras_identifier")]
    NotAnEntraIdentifier,
    /// One of our own values.
    #[serde(rename = "own_value")]
    ServiceProviderValue,
    /// The Login URL stands in the identifier's field.
    LoginUrlAsIdentifier,
    /// The identifier stands in a URL's field.
    IdentifierAsUrl,
    /// `sts.windows.net/…` without the slash at its end.
    MissingTrailingSlash,
    /// An address that can never be a Login URL.
    NotALoginUrl {
        /// What it is instead.
        kind: AddressKind,
        /// The right one, where it leaves no doubt of it.
        login_url: Option<String>,
    },
    /// An address that can never be a Logout URL.
    NotALogoutUrl {
        /// What it is instead.
        kind: AddressKind,
        /// The right one, where it leaves no doubt of it.
        logout_url: Option<String>,
    },
    /// `common` instead of a tenant.
    CommonTenant,
    /// Two addresses of different tenants.
    TenantsDiffer,
    /// Metadata that cannot be used.
    MetadataUnusable {
        /// Why.
        why: MetadataProblem,
    },
    /// The certificate of an authority beside one that it issued.
    #[serde(rename = "certificate_of_authority")]
    CaCertificate,
    /// More certificates in one file than anybody uses.
    TooManyInFile {
        /// The limit.
        max: usize,
    },
    /// A file that holds no certificate.
    NotACertificate {
        /// What it looks like instead.
        kind: CertificateKind,
    },
    /// It looked like a certificate but does not parse.
    DamagedCertificate,
    /// The certificate of one of the team's own keys.
    OwnCertificate,
    /// The certificate's validity is over.
    CertificateExpired {
        /// When it ended.
        not_after: Timestamp,
    },
    /// An RSA key under 2048 bits, or a curve or key type we do not verify with.
    WeakKey {
        /// Such as `RSA 1024`.
        key: String,
    },
    /// More certificates than a revision holds.
    TooManyCertificates {
        /// The limit.
        max: usize,
    },
    /// The file is larger than any certificate or metadata.
    FileTooLarge,
    /// A logo is too large.
    LogoTooLarge {
        /// The limit.
        max_kilobytes: usize,
    },
    /// A logo is no picture of a kind that is taken.
    NotALogo,
    /// The upload ended early, or is not what browsers send.
    UploadUnreadable,
    /// The metadata holds no signing certificate.
    NoSigningCertificate,
    /// Claims: not the name of an attribute.
    NotAnAttributeName,
    /// Not an authentication context class.
    NotAnAuthnContext,
    /// Not a list of domains.
    #[serde(rename = "not_domains")]
    NotADomainList,
    /// Not a well-formed reference.
    NotAReference,
    /// No error that is known in a text.
    UnknownError,
    /// Not one of the choices that the page offers.
    NotAChoice,
    /// Signed requests without a key to sign with.
    KeyNeeded,
    /// A key exists in this state, and there is one only.
    KeyExists,
    /// The configuration is frozen while support looks at it.
    UnderReview,
    /// A step before this one is not done.
    StepsMissing {
        /// Which.
        steps: Vec<SetupStep>,
    },
    /// The team is not in a state that allows this; somebody else may have been quicker.
    WrongStatus {
        /// The state the team is in.
        status: TeamStatus,
    },
    /// The configuration has changed since the page of the decision showed it.
    ChangedSinceShown {
        /// What is different now; empty where that cannot be said.
        changes: Vec<PartChange>,
    },
    /// Somebody else has saved the same configuration since the form was opened.
    #[serde(rename = "saved_meanwhile")]
    EditConflict {
        /// What is different now; empty where that cannot be said.
        changes: Vec<PartChange>,
    },
    /// A team has as many notes as it may have.
    TooManyNotes {
        /// How many that is.
        max: u64,
    },
    /// The explanation to the team is missing.
    #[serde(rename = "words_missing")]
    ExplanationMissing,
    /// Not a day.
    NotADate,
    /// Too many attempts.
    TooManyAttempts {
        /// How long to wait.
        seconds: u64,
    },
    /// Our own fault; nothing was changed.
    Failed,
    /// Nothing typed matches a team.
    #[serde(rename = "no_such_team")]
    NoMatchingTeam,
}
