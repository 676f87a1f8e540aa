//! What a refused form gives back: what was typed, and a problem beside each field.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{CertificateKind, TeamStatus, Timestamp};

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
    /// No URL.
    #[error("Paste the whole address, beginning with https://")]
    NotAUrl,
    /// An address that is not https.
    #[error("The address must begin with https://")]
    NotHttps,
    /// No entity ID.
    #[error("Paste the identifier as it is in Entra: one line without spaces")]
    NotAnIdentifier,
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
        "This address is for any Microsoft account. Use the one with your own tenant's ID, as Entra shows it under \"Set up\""
    )]
    CommonTenant,
    /// Two addresses of different tenants.
    #[error(
        "This address belongs to another Entra tenant than the Microsoft Entra Identifier above. Copy both from the same application"
    )]
    TenantsDiffer,
    /// A file that holds no certificate.
    #[error("{}", refusal(*kind))]
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
    /// The metadata holds no signing certificate.
    #[error(
        "This metadata file names no signing certificate. Download Federation Metadata XML from your application's Single sign-on page"
    )]
    NoSigningCertificate,
    /// Claims: not the name of an attribute.
    #[error("Enter the attribute's name as it is in Entra: one line without spaces, at most 256 characters")]
    NotAnAttributeName,
    /// Not an authentication context class.
    #[error("Enter a class such as urn:oasis:names:tc:SAML:2.0:ac:classes:Password, or leave the field empty")]
    NotAnAuthnContext,
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

/// Why a file of this kind is no certificate, and which one to bring instead.
#[must_use]
pub const fn refusal(kind: CertificateKind) -> &'static str {
    match kind {
        CertificateKind::Empty => "This file is empty. Download the certificate from Entra again",
        CertificateKind::PrivateKey => {
            "This is a private key. We did not keep it, and nobody should be sent it: replace the key pair if it is in use. Upload Certificate (Raw)"
        }
        CertificateKind::Pkcs12 => {
            "This is a PKCS#12 container (.pfx), which may hold a private key. We did not keep it. Upload Certificate (Raw)"
        }
        CertificateKind::Pkcs7 => "This is a PKCS#7 bundle (.p7b). Upload Certificate (Raw) or Certificate (Base64)",
        CertificateKind::SigningRequest => {
            "This is a certificate signing request, not a certificate. Upload Certificate (Raw)"
        }
        CertificateKind::WebPage => {
            "This file is a web page: the download ended on a sign-in page. Sign in to Entra and download the certificate again"
        }
        CertificateKind::Der | CertificateKind::Pem | CertificateKind::Metadata | CertificateKind::Unknown => {
            "This file holds no certificate. Upload Certificate (Raw), Certificate (Base64) or Federation Metadata XML"
        }
    }
}

fn wait(seconds: u64) -> String {
    if seconds < 90 { format!("{seconds} seconds") } else { format!("{} minutes", seconds.div_ceil(60)) }
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
