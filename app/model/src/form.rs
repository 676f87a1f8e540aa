//! What a refused form gives back: what was typed, and a problem beside each field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CertificateKind, MetadataProblem, Notice, PartChange, TeamStatus, Timestamp, Unreachable, UploadNote};

/// What is wrong with a field, and what to do about it. A closed set: no text that came
/// from outside is ever shown as ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    /// Nothing was entered.
    #[error("Enter this value")]
    Missing,
    /// Longer than the field holds.
    #[error("Use at most {max} characters")]
    TooLong {
        /// In characters.
        max: usize,
    },
    /// Not an e-mail address.
    #[error("Enter an e-mail address, such as name@example.com")]
    NotAnEmail,
    /// Not a team name.
    #[error("Enter a name of at most 80 characters, on one line")]
    NotATeamName,
    /// Several teams have the name of a team file's entry.
    #[error("Several teams have this name. Say which by its slug")]
    NameIsAmbiguous,
    /// Not a team slug.
    #[error("Use lower-case letters, digits and single hyphens, such as contoso-7k2m9q")]
    NotASlug,
    /// A password under the minimum.
    #[error("Use at least {min} characters; a few words are easier to remember than symbols")]
    PasswordTooShort {
        /// In characters.
        min: usize,
    },
    /// A password that guessing programs try early.
    #[error(
        "This password is easy to guess. Use a few words that do not belong together, and nothing from your address or our names"
    )]
    PasswordGuessable,
    /// Not the account's password.
    #[error("This is not your current password. Check it and try again")]
    WrongPassword,
    /// The new address is the one the account has.
    #[error("This is your address already. Enter the new one")]
    SameEmail,
    /// Wrong e-mail or password; which of them is not said.
    #[error("This e-mail address and password do not match an account. Check both and try again")]
    WrongCredentials,
    /// The password that came with a mailed link is not the one of the sign-up.
    #[error("This is not the password chosen at sign-up. If you did not sign up yourself, sign up again with your own")]
    NotTheSignUpPassword,
    /// The address was never confirmed.
    #[error("Confirm your e-mail address first: we have just sent the link again")]
    EmailNotVerified,
    /// The address has an account. Only said to whoever may know: never at sign-up.
    #[error("This e-mail address has an account already. Sign in with it, or use another address")]
    AccountExists,
    /// A link that was used, has expired or never existed.
    #[error("This link has expired or was used already. Ask for a new one")]
    LinkExpired,
    /// New teams and accounts only by invitation.
    #[error("New teams are set up by invitation here. Write to support to get an onboarding link")]
    InviteOnly,
    /// The invited address is a member.
    #[error("This person is a member of the team already. Change their role in the list of members")]
    AlreadyMember,
    /// The invited address is invited.
    #[error("This address is invited already. Send the invitation again, or take it back first")]
    AlreadyInvited,
    /// The invited address belongs to the staff.
    #[error("This address has a support account already. Change its role in the list")]
    AlreadyStaff,
    /// The invited address has an account that was deactivated.
    #[error("The account with this address is deactivated. Activate it again instead")]
    AccountDeactivated,
    /// Whoever is signed in is not who was invited.
    #[error("This invitation is for another address. Sign out, open the link again, and sign in with the invited one")]
    InvitationForOther,
    /// A link that was used, taken back, withdrawn or replaced, or has expired.
    #[error(
        "This invitation no longer works: it was used, taken back or replaced by a newer one, or its time is over. Ask the team that invited you for a new one"
    )]
    InvitationGone,
    /// A team would have no owner left.
    #[error("A team needs an owner. Make somebody else an owner first")]
    LastOwner,
    /// Support would have no administrator left.
    #[error("Support needs an administrator who can sign in. Make somebody else an administrator first")]
    LastAdministrator,
    /// An owner without a second factor cannot ask others for one.
    #[error(
        "Your own session has no second factor yet. Set one up under Your account, Security, then ask others for it"
    )]
    OwnFactorFirst,
    /// Support's links are for teams that nobody owns.
    #[error("This team has an owner, who can invite others. Onboarding links are for teams that nobody owns yet")]
    HasOwner,
    /// Reviewers hand new teams over, and no others.
    #[error(
        "Only a support administrator can send or take back an onboarding link for a team that is past its first set-up, or that is the vendor's own"
    )]
    AdministratorsLink,
    /// Another team is marked as the vendor's.
    #[error("Another team is marked as the vendor's already. Take the mark off there first")]
    OtherVendorTeam,
    /// Only administrators decide how, and whether, support signs in.
    #[error(
        "This team signs the vendor's support in. Only a support administrator can decide about its sign-in, its keys and its sessions"
    )]
    VendorsSignIn,
    /// Groups give roles in the vendor's team only.
    #[error("Mark the team as the vendor's first")]
    NotTheVendorTeam,
    /// Not a group's value.
    #[error(
        "Paste the group's value as the claim has it: one line of at most 256 characters. In Entra it is the group's Object ID"
    )]
    NotAGroup,
    /// A role that the identity provider decides.
    #[error("This account's role comes from the groups of your identity provider. Change the groups there")]
    RoleFromGroups,
    /// No code of the authenticator app.
    #[error("This code does not match. Enter the six digits that your authenticator app shows now")]
    WrongCode,
    /// A code of the authenticator app that was accepted before.
    #[error("This code was used already. Wait until your authenticator app shows the next one, and enter that")]
    CodeUsed,
    /// No recovery code of the account that is left.
    #[error("This is not one of your unused recovery codes. Check it, or use another one")]
    WrongRecoveryCode,
    /// The seed waited too long for its first code.
    #[error("Setting up took too long. Begin again, and remove the unfinished entry from your authenticator app")]
    SetupExpired,
    /// A passkey's answer that is not accepted; why is in the log.
    #[error("The passkey was not accepted. Try again, or use another way")]
    PasskeyRefused,
    /// A passkey that is registered already.
    #[error("This passkey is registered already. Use another device or key")]
    PasskeyExists,
    /// More passkeys than an account holds.
    #[error("An account holds at most {max} passkeys. Remove one that is no longer used first")]
    TooManyPasskeys {
        /// The limit.
        max: usize,
    },
    /// The last factor, where one is required.
    #[error("Your role or your team asks for a second factor, and this is your last one. Add another one first")]
    LastFactor,
    /// At the command line: nobody's e-mail address.
    #[error("No account has this e-mail address")]
    NoSuchAccount,
    /// Recovery codes for an account without a factor.
    #[error("Set up an authenticator app or a passkey first")]
    FactorMissing,
    /// No URL.
    #[error("Paste the whole address, beginning with https://")]
    NotAUrl,
    /// An address that is not https.
    #[error("The address must begin with https://")]
    NotHttps,
    /// Another port than that of https.
    #[error("The address must be without a port: metadata is fetched from the port of https only")]
    OtherPort,
    /// Metadata that cannot be had from the address that was given.
    #[error("{why}")]
    MetadataUnreachable {
        /// Why.
        why: Unreachable,
    },
    /// A character that no address has, and that may stand for something.
    #[error(
        "This holds {character}, which cannot be part of it. Take it out, or copy the value again with the copy button"
    )]
    HoldsCharacter {
        /// Its name.
        character: String,
    },
    /// More than one address in a field for one.
    #[error("This is more than one address. Paste the one that belongs here")]
    SeveralAddresses,
    /// An address with a parameter of the SAML bindings.
    #[error(
        "This address holds {parameter}, which belongs to one single sign-in or sign-out: it was copied from a browser on its way. Copy the address again from the identity provider's settings"
    )]
    HoldsParameter {
        /// Which.
        parameter: String,
    },
    /// On Entra's host for identifiers, but not like one.
    #[error(
        "Microsoft's identifier is https://sts.windows.net/, the tenant's ID and a slash. Copy it again with the copy button in Entra"
    )]
    NotEntrasIdentifier,
    /// One of our own values.
    #[error("This is one of our values, meant for Entra. Paste the value that Entra shows under \"Set up\" instead")]
    OwnValue,
    /// The Login URL stands in the identifier's field.
    #[error("This is the Login URL. The Microsoft Entra Identifier begins with https://sts.windows.net/")]
    LoginUrlAsIdentifier,
    /// The identifier stands in a URL's field.
    #[error(
        "This is the Microsoft Entra Identifier. This field's address begins with https://login.microsoftonline.com/"
    )]
    IdentifierAsUrl,
    /// `sts.windows.net/…` without the slash at its end.
    #[error(
        "Microsoft's identifier ends with a slash. Copy it again with the copy button in Entra, or add the / at the end"
    )]
    MissingTrailingSlash,
    /// `common` instead of a tenant.
    #[error(
        "This is for any Microsoft account and names no tenant. Use the one with your own tenant's ID, as Entra shows it on your application's Single sign-on page"
    )]
    CommonTenant,
    /// Two addresses of different tenants.
    #[error(
        "This address belongs to another Entra tenant than the Microsoft Entra Identifier above. Copy both from the same application"
    )]
    TenantsDiffer,
    /// Metadata that cannot be used.
    #[error("{why}")]
    MetadataUnusable {
        /// Why.
        why: MetadataProblem,
    },
    /// The certificate of an authority beside one that it issued.
    #[error(
        "It belongs to a certificate authority and only vouches for another certificate of the file: it signs no sign-ins"
    )]
    CertificateOfAuthority,
    /// More certificates in one file than anybody uses.
    #[error("This file holds more than {max} certificates. Upload the one that signs")]
    TooManyInFile {
        /// The limit.
        max: usize,
    },
    /// A file that holds no certificate.
    #[error("{}", kind.refusal())]
    NotACertificate {
        /// What it looks like instead.
        kind: CertificateKind,
    },
    /// It looked like a certificate but does not parse.
    #[error("This file looks like a certificate but is damaged. Download it from Entra again")]
    DamagedCertificate,
    /// The certificate's validity is over.
    #[error("This certificate expired on {}. In Entra, create a new certificate, make it active, and upload that one", date(*not_after))]
    CertificateExpired {
        /// When it ended.
        not_after: Timestamp,
    },
    /// An RSA key under 2048 bits, or a curve or key type we do not verify with.
    #[error(
        "This certificate's key ({key}) is too weak or of a kind we do not accept. Use RSA with 2048 bits or more, or EC P-256 or P-384"
    )]
    WeakKey {
        /// Such as `RSA 1024`.
        key: String,
    },
    /// More certificates than a revision holds.
    #[error("A connection holds at most {max} certificates. Remove one that is no longer used first")]
    TooManyCertificates {
        /// The limit.
        max: usize,
    },
    /// The file is larger than any certificate or metadata.
    #[error("This file is too large to be a certificate. Upload the file that Entra offers as Certificate (Raw)")]
    FileTooLarge,
    /// The upload ended early, or is not what browsers send.
    #[error("The upload broke off or could not be read. Choose the file again and send the form once more")]
    UploadUnreadable,
    /// The metadata holds no signing certificate.
    #[error(
        "This metadata file names no signing certificate. Download Federation Metadata XML from your application's Single sign-on page"
    )]
    NoSigningCertificate,
    /// Claims: not the name of an attribute.
    #[error("Enter the attribute's name as it is in Entra: on one line, at most 256 characters")]
    NotAnAttributeName,
    /// Not an authentication context class.
    #[error("Enter a class such as urn:oasis:names:tc:SAML:2.0:ac:classes:Password, or leave the field empty")]
    NotAnAuthnContext,
    /// Not a list of domains.
    #[error("Enter domains such as contoso.com, with commas between them")]
    NotDomains,
    /// A reference that cannot be one.
    #[error("Enter a reference such as SSO-7F3K-2Q9M: three letters and twice four signs")]
    NotAReference,
    /// No number of Microsoft's in a text.
    #[error(
        "There is no AADSTS number in this text. Copy the number that begins with AADSTS from Microsoft's page, or all of its text"
    )]
    NoErrorNumber,
    /// Not one of the choices that the page offers.
    #[error("Choose one of the values in the list")]
    NotAChoice,
    /// Signed requests without a key to sign with.
    #[error("Create a key first, in the section Keys below")]
    KeyNeeded,
    /// A key exists in this state, and there is one only.
    #[error("There is one already. Reload the page to see it")]
    KeyExists,
    /// The configuration is frozen while support looks at it.
    #[error("The configuration is with support for review. Take it back first to change it")]
    UnderReview,
    /// A step before this one is not done.
    #[error("Finish these steps first: {}", steps.join(", "))]
    StepsMissing {
        /// Their titles.
        steps: Vec<String>,
    },
    /// The team is not in a state that allows this; somebody else may have been quicker.
    #[error("The team is {} now, so this is no longer possible. Reload the page to see what changed", status.words())]
    WrongStatus {
        /// The state the team is in.
        status: TeamStatus,
    },
    /// What a decision was to be about is not what the page showed.
    #[error("{}", changed_since(changes))]
    ChangedSinceShown {
        /// What is different now; empty where that cannot be said.
        changes: Vec<PartChange>,
    },
    /// The vendor's words to the customer are missing.
    #[error("Say what the team should change or know: these words go to its members")]
    WordsMissing,
    /// Not a day.
    #[error("Enter a day as year, month and day, such as 2026-11-23")]
    NotADate,
    /// Too many attempts.
    #[error("Too many attempts. Wait {} and try again", wait(*seconds))]
    TooManyAttempts {
        /// How long to wait.
        seconds: u64,
    },
    /// Our own fault; nothing was changed.
    #[error("Something failed on our side and nothing was changed. Try again; if it stays so, write to support")]
    Failed,
    /// Nothing typed matches a team.
    #[error("No active team matches this. Ask your IT team for your company's Sign on URL")]
    NoSuchTeam,
}

fn wait(seconds: u64) -> String {
    if seconds < 90 { format!("{seconds} seconds") } else { format!("{} minutes", seconds.div_ceil(60)) }
}

fn changed_since(changes: &[PartChange]) -> String {
    if changes.is_empty() {
        return "Nothing was done, because it is not certain that you saw what this decides on. Look at it below, then decide again".to_owned();
    }
    let changes: Vec<_> = changes.iter().map(PartChange::to_string).collect();
    format!(
        "Nothing was done, because something has changed since this page was shown to you. {}. Look at it below, then decide again",
        changes.join("; ")
    )
}

fn date(at: Timestamp) -> String {
    at.format("%-d %B %Y").to_string()
}

/// A refused form, kept on the server until its page is shown again. Never holds a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    /// What was typed, by field name.
    pub values: BTreeMap<String, String>,
    /// What is wrong, by field name; the empty name is the form as a whole.
    pub problems: Vec<(String, FieldProblem)>,
    /// What is worth knowing of an upload that was used.
    #[serde(default)]
    pub notes: Vec<UploadNote>,
    /// What the form before this page did.
    #[serde(default)]
    pub notice: Option<Box<Notice>>,
}

impl FormState {
    /// What was typed into `field`, if the form came back.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.get(field).map(String::as_str)
    }

    /// The first problem of `field`.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<&FieldProblem> {
        self.problems.iter().find(|(name, _)| name == field).map(|(_, problem)| problem)
    }
}
