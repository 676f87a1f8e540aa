//! The catalogue of findings: everything that a sign-in can show, by stable codes.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

macro_rules! finding_codes {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// A diagnosed property of a sign-in, as a stable code: an error, a warning or a note. Text for each:
        /// `app/messages/en/findings.ftl`.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
        )]
        pub enum FindingCode { $($(#[$doc])* #[serde(rename = $code)] #[strum(serialize = $code)] $variant),+ }

        coded!(FindingCode);
    };
}

finding_codes! {
    /// The posted value is not Base64.
    NotBase64 = "not-base64",
    /// The posted value is the XML itself, without its encoding.
    NotEncoded = "not-encoded",
    /// Larger than the gate accepts.
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
    /// The response compressed, as it is in an address only.
    ResponseCompressed = "response-compressed",
    /// A reference to a response, instead of it.
    ResponseByArtifact = "response-by-artifact",
    /// A request or an answer of a sign-out, at the address for sign-ins.
    LogoutAtReplyUrl = "logout-at-reply-url",
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
    /// Encrypted to a certificate that the team's connection does not have.
    EncryptedForOther = "encrypted-for-other",
    /// Encrypted with an algorithm that is not allowed.
    EncryptionNotAllowed = "encryption-not-allowed",
    /// Could not be decrypted. The reason is withheld on purpose: it would be a decryption oracle.
    DecryptionFailed = "decryption-failed",
    /// Decrypted with a key that is not the team's current one: fine until that key is deleted.
    EncryptedToOldKey = "encrypted-to-old-key",
    /// `NoPassive`: the identity provider cannot sign the person in without a prompt (`IsPassive`).
    NoPassive = "no-passive",
    /// `NoAuthnContext`: the identity provider cannot satisfy the requested authentication context.
    NoAuthnContext = "no-authn-context",
    /// `InvalidNameIDPolicy`: the identity provider cannot supply the requested NameID format.
    InvalidNameIdPolicy = "invalid-name-id-policy",
    /// The identity provider does not support something in the request.
    RequestUnsupported = "request-unsupported",
    /// `RequestDenied`: the identity provider refuses to answer the request.
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
    /// The message names a certificate of the connection, but another key signed it.
    SignedByOtherKey = "signed-by-other-key",
    /// Signed, as the message itself says, with a certificate that the connection does not hold.
    CertificateUnknown = "certificate-unknown",
    /// The certificate that signed is in the identity provider's metadata: the next one, or
    /// one that was added since.
    CertificateNext = "certificate-next",
    /// The certificate that signed is not in the identity provider's metadata either.
    CertificateNotInMetadata = "certificate-not-in-metadata",
    /// The digest differs: the signed content was changed on the way.
    DigestMismatch = "digest-mismatch",
    /// Two signature engines do not agree about what is signed.
    EnginesDisagree = "engines-disagree",
    /// The second signature engine could not read what ours verified.
    SecondEngineUnreadable = "second-engine-unread",
    /// The signing certificate has expired.
    CertificateExpired = "certificate-expired",
    /// The certificate that signed is not valid yet.
    CertificateNotYetValid = "certificate-not-yet-valid",
    /// The certificate that signed was replaced while the sign-in was under way.
    CertificateReplaced = "certificate-replaced",
    /// The signing certificate expires soon.
    CertificateEndsSoon = "certificate-ends-soon",
    /// Not SAML 2.0.
    WrongVersion = "wrong-version",
    /// Another issuer than the configured one.
    WrongIssuer = "wrong-issuer",
    /// The issuer is another tenant of Microsoft's.
    IssuerOtherTenant = "issuer-other-tenant",
    /// The issuer is the configured one without the slash at its end.
    IssuerWithoutSlash = "issuer-without-slash",
    /// The address or identifier of no tenant in particular: `common`.
    CommonTenant = "common-tenant",
    /// A value that differs from the right one in white space or invisible characters alone.
    WhiteSpace = "white-space",
    /// Meant for another audience.
    WrongAudience = "wrong-audience",
    /// The assertion has no audience.
    AudienceMissing = "audience-missing",
    /// Sent to another Reply URL.
    WrongDestination = "wrong-destination",
    /// Confirmed for another Reply URL.
    WrongRecipient = "wrong-recipient",
    /// No usable bearer confirmation.
    NoBearerConfirmation = "no-bearer-confirmation",
    /// The assertion has expired.
    Expired = "expired",
    /// The assertion is not valid yet.
    NotYetValid = "not-yet-valid",
    /// Issued just now, with a validity period that does not include the present.
    ValidityWrong = "validity-wrong",
    /// An implausible date, far in the past or the future.
    ImplausibleTime = "implausible-time",
    /// A date that is not an `xs:dateTime` in UTC, as SAML requires.
    MalformedTime = "malformed-time",
    /// The request has `ForceAuthn`, and `AuthnInstant` is older than the request.
    AuthnInstantTooOld = "authn-instant-too-old",
    /// Authenticated in another way than the connection asks for.
    AuthnContextNotRequested = "authn-context-not-asked-for",
    /// A condition we do not know.
    UnknownCondition = "unknown-condition",
    /// No name identifier.
    NameIdMissing = "name-id-missing",
    /// The name identifier came without a value.
    NameIdEmpty = "name-id-empty",
    /// The name identifier has characters or a length that cannot be stored.
    NameIdUnusable = "name-id-unusable",
    /// A name identifier of a format that SAML does not define: taken as it is.
    NameIdFormatUnknown = "name-id-format-unknown",
    /// A name identifier of another format than the connection asks for.
    NameIdFormatOther = "name-id-format-other",
    /// A transient name identifier: a new one at each sign-in.
    NameIdTransient = "name-id-transient",
    /// No e-mail address in the claims.
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
    /// Group overage: Entra sends a link instead of the groups, because there are too many.
    GroupOverage = "group-overage",
    /// The person is a guest account of the tenant.
    GuestAccount = "guest",
    /// Only the assertion is signed.
    SignedAssertion = "signed-assertion",
    /// Only the response is signed.
    SignedResponse = "signed-response",
    /// Response and assertion are signed.
    SignedBoth = "signed-both",
    /// An unsolicited response, which the team does not allow.
    Unsolicited = "unsolicited",
    /// The response answers our request, but has no `InResponseTo`.
    InResponseToMissing = "in-response-to-missing",
    /// It answers a request that this team did not make.
    RequestUnknown = "request-unknown",
    /// IdP-initiated, with an `InResponseTo` that is not the ID of any request of ours.
    IdpInitiatedResponse = "idp-initiated-response",
    /// It answers a request of another team.
    RequestOfOtherTeam = "request-foreign",
    /// The answer to this sign-in was posted to the Reply URL of another team.
    ReplyUrlOfOtherTeam = "reply-url-of-other-team",
    /// The answer came to an address of ours that is no team's Reply URL.
    ReplyUrlUnknown = "reply-url-unknown",
    /// It answers a request that has expired.
    RequestExpired = "request-expired",
    /// The response came in the query of a GET.
    ResponseInQuery = "response-in-query",
    /// The assertion was used before (replay).
    Replayed = "replayed",
    /// The person was signed out while the sign-in was under way.
    SignedOut = "signed-out",
    /// Another browser came back than the one that started the sign-in.
    OtherBrowser = "other-browser",
    /// The browser that returned has no cookie of ours.
    CookieMissing = "cookie-missing",
    /// The person declined on the interstitial and kept the existing session.
    InterstitialDeclined = "declined",
    /// The team is not active.
    TeamNotActive = "team-not-active",
    /// The team has deactivated the person.
    PersonDeactivated = "person-deactivated",
    /// The application that asked for the sign-in may not be used by the team any more.
    ApplicationNotAllowed = "application-not-allowed",
    /// The one-time code was used, has expired or never existed.
    CodeExpired = "code-expired",
    /// The vendor's team gives roles by group, and no groups came.
    GroupsMissing = "groups-missing",
    /// The support account is deactivated.
    SupportDeactivated = "support-deactivated",
    /// The address has a support account of another kind, which is not taken over.
    SupportAccountExists = "support-account-exists",
    /// The connection is not fully configured.
    NotConfigured = "not-configured",
    /// No request can be sent to the Login URL.
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
    // ---- notes on sign-ins that passed ----
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
    /// Authenticated in another way than the application requested (`acr_values`).
    AuthnContextWeaker = "authn-context-weaker",
    /// The RelayState of a sign-in that the identity provider began is an address that nobody is sent to.
    RelayStateNotAllowed = "relay-state-not-allowed",
    /// The identity provider did not send the browser back after a sign-out that began here.
    LogoutUnanswered = "logout-unanswered",
}

/// The verdict on a step of a sign-in, or on a finding.
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
    /// Passed, with something worth knowing.
    Noted,
    /// Not checked, because an earlier check failed.
    NotRun,
    /// Passed, but will fail later or for other people.
    Warned,
    /// Failed: the sign-in was rejected, or would have been.
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
