//! Sign-in attempts, what went wrong with one, and the people who signed in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, TeamSlug, Timestamp};

/// The reference of a sign-in attempt, such as `SSO-7F3K-2Q9M`: what an end user reads out
/// to support. Not a secret: it only finds an attempt for those who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// Crockford's alphabet: no I, L, O, U.
    const ALPHABET: &'static [u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// A reference from eight random bytes (40 bits are used).
    #[must_use]
    pub fn new(random: [u8; 8]) -> Self {
        let symbol = |byte: &u8| Self::ALPHABET.get(usize::from(byte % 32)).map_or('0', |c| char::from(*c));
        let symbols: String = random.iter().map(symbol).collect();
        let (first, second) = symbols.split_at(4);
        Self(format!("SSO-{first}-{second}"))
    }

    /// A reference that the store holds.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The reference as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reference {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.trim().to_ascii_uppercase()))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! finding_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// Why a sign-in failed, as a stable code. Words for each: `app/src/words/findings.rs`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]

        pub enum FindingCode { $($(#[$doc])* #[serde(rename = $code)] $variant),+ }

        impl FindingCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is stored and shown.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
    };
}

finding_codes! {
    /// The posted value is no Base64.
    NotBase64 = "not-base64",
    /// More than the gate lets in.
    TooLarge = "too-large",
    /// Not well-formed XML in UTF-8.
    NotXml = "not-xml",
    /// Well-formed, but with a construct that no honest response has: a DTD, a comment …
    ForbiddenConstruct = "forbidden-construct",
    /// Not one Response with one Assertion in it.
    WrongShape = "wrong-shape",
    /// The assertion is encrypted, and we hold no key.
    Encrypted = "encrypted",
    /// Encrypted to a certificate that is none of ours.
    EncryptedForOther = "encrypted-for-other",
    /// Encrypted with an algorithm that is not allowed.
    EncryptionNotAllowed = "encryption-not-allowed",
    /// Could not be decrypted; deliberately not said why.
    DecryptionFailed = "decryption-failed",
    /// The identity provider answered with an error.
    StatusNotSuccess = "status-not-success",
    /// Neither response nor assertion is signed.
    SignatureMissing = "signature-missing",
    /// SHA-1, MD5, HMAC or another algorithm that is not allowed.
    AlgorithmNotAllowed = "algorithm-not-allowed",
    /// No certificate of the connection verifies the signature.
    SignatureInvalid = "signature-invalid",
    /// What was signed is not what came.
    DigestMismatch = "digest-mismatch",
    /// Two signature engines do not agree about what is signed.
    EnginesDisagree = "engines-disagree",
    /// The certificate that signed is out of its validity.
    CertificateExpired = "certificate-expired",
    /// Not SAML 2.0.
    WrongVersion = "wrong-version",
    /// Another issuer than the configured one.
    WrongIssuer = "wrong-issuer",
    /// Meant for another audience.
    WrongAudience = "wrong-audience",
    /// Sent to another Reply URL.
    WrongDestination = "wrong-destination",
    /// Confirmed for another Reply URL.
    WrongRecipient = "wrong-recipient",
    /// No usable bearer confirmation.
    NoBearerConfirmation = "no-bearer-confirmation",
    /// Its time is over.
    Expired = "expired",
    /// Its time has not come.
    NotYetValid = "not-yet-valid",
    /// A date that cannot be.
    ImplausibleTime = "implausible-time",
    /// A condition we do not know.
    UnknownCondition = "unknown-condition",
    /// No name identifier, or one that cannot be.
    NameIdMissing = "name-id-missing",
    /// No address to know the person by.
    EmailMissing = "email-missing",
    /// A response that nobody here asked for.
    Unsolicited = "unsolicited",
    /// It answers a request that this team did not make, or that has ended.
    UnknownRequest = "unknown-request",
    /// The same assertion again.
    Replayed = "replayed",
    /// The browser that returned is not the one that left.
    OtherBrowser = "other-browser",
    /// The team is not active.
    TeamNotActive = "team-not-active",
    /// The code was used, is too old, or never was.
    CodeExpired = "code-expired",
    /// The vendor's team gives roles by group, and no groups came.
    GroupsMissing = "groups-missing",
    /// The support account is deactivated.
    StaffDeactivated = "staff-deactivated",
    /// The address has a support account of another kind, which is not taken over.
    StaffAccountExists = "staff-account-exists",
    /// The connection is not fully configured.
    NotConfigured = "not-configured",
    /// Too many attempts at once.
    TooManyAttempts = "too-many-attempts",
    /// Our own fault.
    Internal = "internal",
}

impl FindingCode {
    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

/// An attribute of a verified assertion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its name, often a URI.
    pub name: String,
    /// Its values, in order.
    pub values: Vec<String>,
}

/// How an attempt stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// Went to the identity provider, has not returned.
    Open,
    /// Every check passed.
    Succeeded,
    /// A check failed.
    Failed {
        /// Which.
        code: FindingCode,
        /// What we expected, if that helps.
        expected: Option<String>,
        /// What came instead.
        actual: Option<String>,
    },
}

/// A sign-in attempt, as members and support see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptView {
    /// Its reference.
    pub reference: Reference,
    /// Whether it was a test of a revision rather than somebody's sign-in.
    pub is_test: bool,
    /// The revision that served it.
    pub revision: i32,
    /// When it left for the identity provider.
    pub started_at: Timestamp,
    /// When it returned.
    pub finished_at: Option<Timestamp>,
    /// How it stands.
    pub outcome: AttemptOutcome,
    /// Who it was, once verified.
    pub name_id: Option<String>,
    /// The person's fields as the claim mapping read them.
    pub profile: Option<Profile>,
    /// The verified attributes.
    pub claims: Vec<Claim>,
}

/// A person's fields, as the claim mapping read them from an assertion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Their e-mail address.
    pub email: Option<EmailAddress>,
    /// Given name.
    pub first_name: Option<String>,
    /// Surname.
    pub last_name: Option<String>,
    /// Name to show.
    pub display_name: Option<String>,
    /// Groups.
    pub groups: Vec<String>,
}

/// The signed-in person's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// Their fields.
    pub profile: Profile,
    /// The name identifier they signed in with.
    pub name_id: String,
    /// Their team's name.
    pub team_name: String,
    /// Their team's slug.
    pub team_slug: TeamSlug,
    /// The attributes of their latest sign-in.
    pub claims: Vec<Claim>,
    /// Their first sign-in.
    pub created_at: Timestamp,
    /// Their latest sign-in.
    pub last_sign_in_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_aloud_in_two_groups() {
        assert_eq!(Reference::new([7, 15, 3, 19, 2, 23, 9, 20]).as_str(), "SSO-7F3K-2Q9M");
    }

    #[test]
    fn codes_read_back() {
        for code in FindingCode::ALL {
            assert_eq!(FindingCode::parse(code.as_str()), Some(*code));
        }
    }
}
