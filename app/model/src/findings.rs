//! The catalogue of findings: everything that a sign-in can show, by stable codes.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

macro_rules! finding_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// What was found out about a sign-in, as a stable code: why it failed, what to look at,
        /// what is fine and said so. Text for each:
        /// `app/messages/en/findings.ftl`.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
        )]
        pub enum FindingCode { $($(#[$doc])* #[serde(rename = $code)] #[strum(serialize = $code)] $variant),+ }

        coded!(FindingCode);
    };
}

finding_codes! {
    /// The posted value is no Base64.
    NotBase64 = "not-base64",
    /// The posted value is the XML itself, without its encoding.
    NotEncoded = "not-encoded",
    /// More than the gate lets in.
    TooLarge = "too-large",
    /// Not well-formed XML in UTF-8.
    NotXml = "not-xml",
    /// More elements, nesting, attributes or namespaces than are read.
    LimitExceeded = "limit-exceeded",
    /// Well-formed, but with a construct that is not read: a comment, a processing instruction …
    ForbiddenConstruct = "forbidden-construct",
    /// A document type declaration, which SAML does not use.
    DoctypePresent = "doctype-present",
    /// A post without a `SAMLResponse`.
    ResponseMissing = "response-missing",
    /// A post with the answer of WS-Federation in it.
    WsFederation = "ws-federation",
    /// Not one Response with one Assertion in it.
    WrongShape = "wrong-shape",
    /// More than one assertion.
    SeveralAssertions = "several-assertions",
    /// The assertion is encrypted, and we hold no key.
    Encrypted = "encrypted",
    /// A part of the assertion is encrypted by itself.
    EncryptedPart = "encrypted-part",
    /// Encrypted to a certificate that is none of ours.
    EncryptedForOther = "encrypted-for-other",
    /// Encrypted with an algorithm that is not allowed.
    EncryptionNotAllowed = "encryption-not-allowed",
    /// Could not be decrypted; deliberately not said why.
    DecryptionFailed = "decryption-failed",
    /// Decrypted with a key that is not the team's current one: fine until that key is deleted.
    EncryptedToOldKey = "encrypted-to-old-key",
    /// Nobody could be signed in without being asked, as the request wanted.
    NoPassive = "no-passive",
    /// Nobody could be signed in as the requested authentication context says.
    NoAuthnContext = "no-authn-context",
    /// The requested format of the name identifier cannot be had.
    InvalidNameIdPolicy = "invalid-name-id-policy",
    /// The identity provider does not support something in the request.
    RequestUnsupported = "request-unsupported",
    /// The identity provider does not want to answer the request.
    RequestDenied = "request-denied",
    /// The person could not authenticate.
    AuthnFailed = "authn-failed",
    /// The identity provider does not take or send messages in this binding.
    UnsupportedBinding = "unsupported-binding",
    /// The identity provider found something wrong with the request, and does not say what.
    StatusRequester = "status-requester",
    /// The identity provider could not do what was asked, and does not say why.
    StatusResponder = "status-responder",
    /// The identity provider does not take this version of SAML.
    StatusVersionMismatch = "status-version-mismatch",
    /// The identity provider answered with another error.
    StatusNotSuccess = "status-not-success",
    /// Neither response nor assertion is signed.
    SignatureMissing = "signature-missing",
    /// SHA-1, MD5, HMAC or another algorithm that is not allowed.
    AlgorithmNotAllowed = "algorithm-not-allowed",
    /// Signed or digested with SHA-1.
    AlgorithmSha1 = "algorithm-sha1",
    /// No certificate of the connection verifies the signature.
    SignatureInvalid = "signature-invalid",
    /// It names a certificate of the connection, whose key did not make the signature.
    SignedByOtherKey = "signed-by-other-key",
    /// Signed, as the message itself says, with a certificate that the connection does not hold.
    CertificateUnknown = "certificate-unknown",
    /// The certificate that signed is in the identity provider's metadata: the next one, or
    /// one that was added since.
    CertificateNext = "certificate-next",
    /// The certificate that signed is not in the identity provider's metadata either.
    CertificateNotInMetadata = "certificate-not-in-metadata",
    /// What was signed is not what came.
    DigestMismatch = "digest-mismatch",
    /// Two signature engines do not agree about what is signed.
    EnginesDisagree = "engines-disagree",
    /// The second signature engine could not read what ours verified.
    SecondEngineUnread = "second-engine-unread",
    /// The certificate that signed is out of its validity.
    CertificateExpired = "certificate-expired",
    /// The certificate that signed is not valid yet.
    CertificateNotYetValid = "certificate-not-yet-valid",
    /// The certificate that signed was replaced while the sign-in was under way.
    CertificateReplaced = "certificate-replaced",
    /// The certificate that signed is over soon.
    CertificateEndsSoon = "certificate-ends-soon",
    /// Not SAML 2.0.
    WrongVersion = "wrong-version",
    /// Another issuer than the configured one.
    WrongIssuer = "wrong-issuer",
    /// The issuer is another tenant of Microsoft's.
    IssuerOtherTenant = "issuer-other-tenant",
    /// The issuer is the configured one but for the slash at its end.
    IssuerWithoutSlash = "issuer-without-slash",
    /// The address or identifier of no tenant in particular: `common`.
    CommonTenant = "common-tenant",
    /// A value that differs from the right one in white space or invisible characters alone.
    WhiteSpace = "white-space",
    /// Meant for another audience.
    WrongAudience = "wrong-audience",
    /// It names no audience.
    AudienceMissing = "audience-missing",
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
    /// Made just now, and valid at another time only.
    ValidityWrong = "validity-wrong",
    /// A date that cannot be.
    ImplausibleTime = "implausible-time",
    /// A date that is not written as SAML says.
    MalformedTime = "malformed-time",
    /// People are to authenticate again, and this one did so before they were asked to.
    AuthnInstantTooOld = "authn-instant-too-old",
    /// Authenticated in another way than the connection asks for.
    AuthnContextNotAskedFor = "authn-context-not-asked-for",
    /// A condition we do not know.
    UnknownCondition = "unknown-condition",
    /// No name identifier.
    NameIdMissing = "name-id-missing",
    /// The name identifier came without a value.
    NameIdEmpty = "name-id-empty",
    /// A name identifier that cannot be one.
    NameIdUnusable = "name-id-unusable",
    /// A name identifier of a format that SAML does not define: taken as it is.
    NameIdFormatUnknown = "name-id-format-unknown",
    /// A name identifier of another format than the connection asks for.
    NameIdFormatOther = "name-id-format-other",
    /// A name identifier that is another one each time.
    NameIdTransient = "name-id-transient",
    /// No address to know the person by.
    EmailMissing = "email-missing",
    /// The claim with the e-mail address came without a value.
    EmailEmpty = "email-empty",
    /// No e-mail claim came; the name identifier is an address and stands in for it.
    EmailFromNameId = "email-from-name-id",
    /// What the e-mail claim holds is no address, or none that mail reaches.
    EmailInvalid = "email-invalid",
    /// The address is of a domain that the team does not own.
    EmailDomain = "email-domain",
    /// A claim that should have one value has several.
    SeveralValues = "several-values",
    /// A link instead of the groups, because there are too many.
    GroupOverage = "group-overage",
    /// A guest of the tenant's.
    Guest = "guest",
    /// Only the assertion is signed.
    SignedAssertion = "signed-assertion",
    /// Only the response is signed.
    SignedResponse = "signed-response",
    /// Response and assertion are signed.
    SignedBoth = "signed-both",
    /// A response that nobody here asked for.
    Unsolicited = "unsolicited",
    /// It answers our request, and does not say so.
    InResponseToMissing = "in-response-to-missing",
    /// It answers a request that this team did not make.
    RequestUnknown = "request-unknown",
    /// It names a request that nothing here could have sent: the identity provider began by itself.
    IdpInitiatedResponse = "idp-initiated-response",
    /// It answers a request of another team.
    RequestForeign = "request-foreign",
    /// The answer to this sign-in was posted to the Reply URL of another team.
    ReplyUrlOfOtherTeam = "reply-url-of-other-team",
    /// It answers a request that has ended unanswered.
    RequestExpired = "request-expired",
    /// The response came in the query of a GET.
    ResponseInQuery = "response-in-query",
    /// The same assertion again.
    Replayed = "replayed",
    /// The person was signed out while the sign-in was under way.
    SignedOut = "signed-out",
    /// The browser that returned is not the one that left.
    OtherBrowser = "other-browser",
    /// The browser that returned has no cookie of ours.
    CookieMissing = "cookie-missing",
    /// The person stayed signed in as somebody else.
    Declined = "declined",
    /// The team is not active.
    TeamNotActive = "team-not-active",
    /// The team has deactivated the person.
    PersonDeactivated = "person-deactivated",
    /// The application that asked for the sign-in may not be used by the team any more.
    ApplicationNotAllowed = "application-not-allowed",
    /// The code was used, is too old, or never was.
    CodeExpired = "code-expired",
    /// The vendor's team gives roles by group, and no groups came.
    GroupsMissing = "groups-missing",
    /// The support account is deactivated.
    SupportDeactivated = "support-deactivated",
    /// The address has a support account of another kind, which is not taken over.
    SupportAccountExists = "support-account-exists",
    /// The connection is not fully configured.
    NotConfigured = "not-configured",
    /// The Login URL is none that a request can be sent to.
    LoginUrlUnusable = "login-url-unusable",
    /// Too many attempts at once.
    TooManyAttempts = "too-many-attempts",
    /// Our own fault.
    Internal = "internal",
    // ---- time ----
    /// The identity provider's clock is behind ours: it answered before it was asked.
    ClockBehind = "clock-behind",
    /// The identity provider's clock is ahead of ours: it answered in the future.
    ClockAhead = "clock-ahead",
    // ---- what passed, and is worth a look all the same ----
    /// The identity provider's clock is minutes behind ours, and the sign-in passed.
    ClockSlightlyBehind = "clock-slightly-behind",
    /// The identity provider's clock is minutes ahead of ours, and the sign-in passed.
    ClockSlightlyAhead = "clock-slightly-ahead",
    /// Several groups seem to have come in one value, with commas between them.
    GroupsJoined = "groups-joined",
    /// Groups came as object IDs, where names may be wanted.
    GroupsObjectIds = "groups-object-ids",
    /// The e-mail address came in mixed case.
    EmailLetterCase = "email-letter-case",
    /// The e-mail address has a plus in it.
    EmailPlus = "email-plus",
    /// Somebody else of the team signed in with the same e-mail address.
    EmailShared = "email-shared",
    /// The name identifier of somebody known by another key is another one than before.
    NameIdChanged = "name-id-changed",
    /// Authenticated in another way than the application wished.
    AuthnContextWeaker = "authn-context-weaker",
    /// The identity provider did not send the browser back after a sign-out that began here.
    LogoutUnanswered = "logout-unanswered",
}

/// How a step of a sign-in, or a finding, is to be taken.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// As it should be.
    Passed,
    /// Worth knowing, and fine.
    Noted,
    /// It could not be checked: nothing is said of how it would have ended.
    NotRun,
    /// Worked, and will not for ever or for everybody.
    Warned,
    /// Why nobody was let in, or would not have been.
    Failed,
}

coded!(Verdict);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for code in FindingCode::ALL {
            assert_eq!(FindingCode::parse(code.as_str()), Some(*code));
        }
    }
}
