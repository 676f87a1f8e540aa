//! What a finding can look like: values as they come over the wire, for `/help/findings`.

use model::FindingCode;

/// Values that lead to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FindingExample {
    /// What came.
    pub actual: &'static str,
    /// What should have come, where that is one value.
    pub expected: Option<&'static str>,
}

const ISSUER: &str = "https://sts.windows.net/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/";
const REPLY_URL: &str = "https://api.example.com/v2/auth/sso/saml/contoso-7k2m9q";
const SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

const REQUEST: &str = "InResponseTo=\"_8f4f2a345b1e4a0c9d7e3c6b1f0a2d55\"";
/// Of certificates, SHA-1.
const THUMBPRINT: &str = "3B1F0A2D558F4F2A345B1E4A0C9D7E3C6B1F0A2D";
const OTHER_THUMBPRINT: &str = "9D410C6F6D1F2A117D1C8C3E1F5C4F0E9D410C6F";
/// What the identity provider's clock shows at noon.
const BEHIND: FindingExample = instead("IssueInstant=\"2026-11-23T11:45:00Z\"", "2026-11-23T12:00:00Z");
const AHEAD: FindingExample = instead("IssueInstant=\"2026-11-23T12:15:00Z\"", "2026-11-23T12:00:00Z");

const fn came(actual: &'static str) -> FindingExample {
    FindingExample { actual, expected: None }
}

const fn instead(actual: &'static str, expected: &'static str) -> FindingExample {
    FindingExample { actual, expected: Some(expected) }
}

/// An example of a finding, unless its words say all there is to see.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one line for each finding")]
pub const fn example(code: FindingCode) -> Option<FindingExample> {
    use FindingCode as Code;
    Some(match code {
        Code::NotBase64 => came("SAMLResponse=PHNhbWxw"),
        Code::TooLarge => came("SAMLResponse=PHNhbWxw… (412 KB)"),
        Code::LimitExceeded => came("<saml:AttributeValue> × 4,200"),
        Code::ResponseMissing => instead("code=0.AXoA…&state=…", "SAMLResponse=…"),
        Code::SeveralAssertions => came("<saml:Assertion ID=\"_a\"> <saml:Assertion ID=\"_b\">"),
        Code::NotEncoded => came("<samlp:Response xmlns:samlp=… (as XML)"),
        Code::ResponseCompressed => came("SAMLResponse=fZJNT8MwDIbv…"),
        Code::ResponseByArtifact => instead("SAMLart=AAQAAMh48/1oXIM…", "SAMLResponse"),
        Code::LogoutAtReplyUrl => came("<samlp:LogoutResponse>"),
        Code::WsFederation => instead("wresult", "SAMLResponse"),
        Code::NotXml => came("<samlp:Response … <saml:Assertion … (cut off)"),
        Code::ForbiddenConstruct => came("<NameID>admin@contoso.com<!-- -->.evil.example</NameID>"),
        Code::DoctypePresent => came("<!DOCTYPE samlp:Response>"),
        Code::WrongShape => came("<saml:Assertion> without <samlp:Response>"),
        Code::WrongVersion => instead("1.1", "2.0"),
        Code::ResponseInQuery => came("GET …?SAMLResponse=…"),
        Code::NoPassive => came("urn:oasis:names:tc:SAML:2.0:status:NoPassive"),
        Code::NoAuthnContext => came("urn:oasis:names:tc:SAML:2.0:status:NoAuthnContext"),
        Code::InvalidNameIdPolicy => came("urn:oasis:names:tc:SAML:2.0:status:InvalidNameIDPolicy"),
        Code::RequestUnsupported => came("urn:oasis:names:tc:SAML:2.0:status:RequestUnsupported"),
        Code::RequestDenied => came("urn:oasis:names:tc:SAML:2.0:status:RequestDenied"),
        Code::AuthnFailed => came("urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"),
        Code::UnsupportedBinding => came("urn:oasis:names:tc:SAML:2.0:status:UnsupportedBinding"),
        Code::StatusRequester => came("urn:oasis:names:tc:SAML:2.0:status:Requester"),
        Code::StatusResponder => came("urn:oasis:names:tc:SAML:2.0:status:Responder"),
        Code::StatusVersionMismatch => came("urn:oasis:names:tc:SAML:2.0:status:VersionMismatch"),
        Code::StatusNotSuccess => came("https://idp.example.com/status/maintenance"),
        Code::Encrypted | Code::EncryptedForOther | Code::DecryptionFailed | Code::EncryptedToOldKey => {
            came("<saml:EncryptedAssertion>")
        }
        Code::SignatureMissing => came("<saml:Assertion> without <ds:Signature>"),
        Code::SignatureInvalid => came("<ds:Signature> without <ds:X509Certificate>"),
        Code::DigestMismatch => came("<ds:DigestValue>"),
        Code::SignedAssertion => came("<saml:Assertion> <ds:Signature>"),
        Code::SignedResponse => came("<samlp:Response> <ds:Signature>"),
        Code::SignedBoth => came("<samlp:Response> <ds:Signature>, <saml:Assertion> <ds:Signature>"),
        Code::SignedByOtherKey | Code::CertificateNext => came(OTHER_THUMBPRINT),
        Code::CertificateUnknown | Code::CertificateNotInMetadata | Code::CertificateReplaced => {
            instead(OTHER_THUMBPRINT, THUMBPRINT)
        }
        Code::CertificateExpired => came("2026-11-22T12:00:00Z"),
        Code::CertificateNotYetValid => came("2026-12-01T12:00:00Z"),
        Code::CertificateEndsSoon => came("2027-01-10T12:00:00Z"),
        Code::EncryptedPart => came("<saml:EncryptedID>"),
        Code::EncryptionNotAllowed => came("http://www.w3.org/2001/04/xmlenc#rsa-1_5"),
        Code::AlgorithmNotAllowed => instead("http://www.w3.org/2000/09/xmldsig#hmac-sha1", SHA256),
        Code::AlgorithmSha1 => instead("http://www.w3.org/2000/09/xmldsig#rsa-sha1", SHA256),
        Code::WrongIssuer => instead("https://idp.example.com/metadata", ISSUER),
        Code::IssuerOtherTenant => instead("https://sts.windows.net/8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55/", ISSUER),
        Code::IssuerWithoutSlash => instead("https://sts.windows.net/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11", ISSUER),
        Code::CommonTenant => instead("https://sts.windows.net/{tenantid}/", ISSUER),
        Code::WhiteSpace => instead("contoso-7k2m9q␠", "contoso-7k2m9q"),
        Code::WrongAudience => instead("https://api.example.com", "contoso-7k2m9q"),
        Code::WrongDestination | Code::WrongRecipient => instead("https://api.example.com/saml/acs", REPLY_URL),
        Code::AudienceMissing => came("<saml:Conditions> without <saml:AudienceRestriction>"),
        Code::NoBearerConfirmation => {
            instead("urn:oasis:names:tc:SAML:2.0:cm:holder-of-key", "urn:oasis:names:tc:SAML:2.0:cm:bearer")
        }
        Code::Expired | Code::ValidityWrong => came("NotOnOrAfter=\"2026-11-23T11:00:00Z\""),
        Code::NotYetValid => came("NotBefore=\"2026-11-23T13:00:00Z\""),
        Code::AuthnInstantTooOld => came("AuthnInstant=\"2026-11-23T08:00:00Z\""),
        Code::ClockBehind | Code::ClockSlightlyBehind => BEHIND,
        Code::ClockAhead | Code::ClockSlightlyAhead => AHEAD,
        Code::MalformedTime => instead("23.11.2026 12:00", "2026-11-23T12:00:00Z"),
        Code::ImplausibleTime => came("1970-01-01T00:00:00Z"),
        Code::AuthnContextNotRequested => {
            instead("urn:oasis:names:tc:SAML:2.0:ac:classes:Password", "urn:oasis:names:tc:SAML:2.0:ac:classes:X509")
        }
        Code::UnknownCondition => came("<saml:Condition xsi:type=\"…\">"),
        Code::NameIdMissing => came("<saml:Subject> without <saml:NameID>"),
        Code::NameIdEmpty => came("<saml:NameID/>"),
        Code::NameIdUnusable => came("<saml:NameID Format=\"upn\">"),
        Code::NameIdFormatUnknown => came("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn"),
        Code::EmailMissing => instead("givenname, surname, displayname", "email"),
        Code::EmailEmpty => came("<saml:Attribute Name=\"email\"> <saml:AttributeValue/>"),
        Code::EmailFromNameId => came("<saml:NameID>b.simon@contoso.com</saml:NameID>"),
        Code::EmailShared => came("sales@contoso.com"),
        Code::GroupsMissing => came("<saml:AttributeStatement> without groups"),
        Code::NameIdFormatOther => instead(
            "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
        ),
        Code::NameIdTransient => came("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
        Code::EmailInvalid => instead("bsimon", "b.simon@contoso.com"),
        Code::EmailDomain => instead("b.simon@fabrikam.com", "contoso.com"),
        Code::SeveralValues => came("b.simon@contoso.com, simon@contoso.com"),
        Code::GroupOverage => came("http://schemas.microsoft.com/claims/groups.link"),
        Code::GuestAccount => came("b.simon_fabrikam.com#EXT#@contoso.onmicrosoft.com"),
        Code::PersonDeactivated => came("b.simon@contoso.com"),
        Code::RequestUnknown | Code::Replayed => came(REQUEST),
        Code::Unsolicited => came("<samlp:Response> without InResponseTo"),
        Code::InResponseToMissing => instead("InResponseTo=\"IdP_Initiated_Login\"", REQUEST),
        Code::LogoutUnanswered => came("https://login.example.com/logout?SAMLRequest=fZJ…"),
        Code::IdpInitiatedResponse => came("InResponseTo=\"IdP_Initiated_Login\""),
        Code::ReplyUrlOfOtherTeam => instead(
            "https://api.example.com/v2/auth/sso/saml/…",
            "https://api.example.com/v2/auth/sso/saml/contoso-7k2m9q",
        ),
        Code::ReplyUrlUnknown => instead("https://api.example.com/v2/auth/sso/saml/contoso", REPLY_URL),
        Code::RelayStateNotAllowed => came("https://intranet.contoso.com/start"),
        Code::GroupsJoined => instead("Sales, Engineering, All staff", "one value a group"),
        Code::GroupsObjectIds => came("7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11"),
        Code::EmailLetterCase => came("B.Simon@Contoso.com"),
        Code::EmailPlus => came("b.simon+sso@contoso.com"),
        Code::NameIdChanged => instead("b.simon-smith@contoso.com", "b.simon@contoso.com"),
        Code::AuthnContextWeaker => instead(
            "urn:oasis:names:tc:SAML:2.0:ac:classes:Password",
            "https://schemas.microsoft.com/claims/multipleauthn",
        ),
        Code::LoginUrlUnusable => came("https://login.example.com/saml2?SAMLRequest=fZJ…"),
        _ => return None,
    })
}
