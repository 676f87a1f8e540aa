//! Entra and AD FS: .NET's writers, with default namespaces and everything on one line.

use super::{ASSERTION, ASSERTION_HERE, BEARER, BEGINS, Base, CONFIRMED, EMAIL, ENDS, ISSUED, PASSWORD};
use super::{PROTOCOL, SIGNATURE_HERE, SIGNED_IN, SUCCESS, Signs};
use crate::corpus::signature::{KeyInfo, Signature};
use crate::support::{ACS, IDP, PERSON, REQUEST, SP};

const MAIL: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
const TENANT: &str = "http://schemas.microsoft.com/identity/claims/tenantid";
const GROUPS: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
const UPN: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";

pub fn entra() -> Base {
    let response = format!(
        r#"<samlp:Response ID="_6c1a5b0e-7f1d-4c58-9a60-2f3b7f0d1e11" Version="2.0" IssueInstant="{ISSUED}" Destination="{ACS}" InResponseTo="{REQUEST}" xmlns:samlp="{PROTOCOL}"><Issuer xmlns="{ASSERTION}">{IDP}</Issuer>{SIGNATURE_HERE}<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>{ASSERTION_HERE}</samlp:Response>"#
    );
    let assertion = format!(
        r#"<Assertion ID="_0d5b6f0a-32c4-47f1-8a0a-9be1c0e64b00" IssueInstant="{ISSUED}" Version="2.0" xmlns="{ASSERTION}"><Issuer>{IDP}</Issuer>{SIGNATURE_HERE}<Subject><NameID Format="{EMAIL}">{PERSON}</NameID><SubjectConfirmation Method="{BEARER}"><SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}"/></SubjectConfirmation></Subject><Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}"><AudienceRestriction><Audience>{SP}</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="{TENANT}"><AttributeValue>8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55</AttributeValue></Attribute><Attribute Name="{MAIL}"><AttributeValue>{PERSON}</AttributeValue></Attribute><Attribute Name="{GROUPS}"><AttributeValue>one</AttributeValue><AttributeValue>two &amp; three</AttributeValue></Attribute></AttributeStatement><AuthnStatement AuthnInstant="{SIGNED_IN}" SessionIndex="_0d5b6f0a-32c4-47f1-8a0a-9be1c0e64b00"><AuthnContext><AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>"#
    );
    Base {
        vendor: "entra",
        signs: Signs::Assertion,
        protocol: "samlp:",
        saml: "",
        response_id: "_6c1a5b0e-7f1d-4c58-9a60-2f3b7f0d1e11",
        assertion_id: "_0d5b6f0a-32c4-47f1-8a0a-9be1c0e64b00",
        signature: Signature { prefix: "", ..Signature::default() },
        response,
        assertion,
        name_id_format: Some(EMAIL),
        attributes: &[
            (TENANT, &["8f4f2a34-5b1e-4a0c-9d7e-3c6b1f0a2d55"]),
            (MAIL, &[PERSON]),
            (GROUPS, &["one", "two & three"]),
        ],
    }
}

pub fn adfs() -> Base {
    let response = format!(
        r#"<samlp:Response ID="_b3c7f0a1-52de-4c0c-8a7f-0f3b1c2d4e5f" Version="2.0" IssueInstant="{ISSUED}" Destination="{ACS}" Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified" InResponseTo="{REQUEST}" xmlns:samlp="{PROTOCOL}"><Issuer xmlns="{ASSERTION}">{IDP}</Issuer>{SIGNATURE_HERE}<samlp:Status><samlp:StatusCode Value="{SUCCESS}" /></samlp:Status>{ASSERTION_HERE}</samlp:Response>"#
    );
    let assertion = format!(
        r#"<Assertion ID="_77d0c5a3-0b5e-4d4e-bb0b-4f5a6b7c8d9e" IssueInstant="{ISSUED}" Version="2.0" xmlns="{ASSERTION}"><Issuer>{IDP}</Issuer>{SIGNATURE_HERE}<Subject><NameID Format="{EMAIL}">{PERSON}</NameID><SubjectConfirmation Method="{BEARER}"><SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}" /></SubjectConfirmation></Subject><Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}"><AudienceRestriction><Audience>{SP}</Audience></AudienceRestriction></Conditions><AttributeStatement><Attribute Name="{UPN}"><AttributeValue>{PERSON}</AttributeValue></Attribute><Attribute Name="http://schemas.xmlsoap.org/claims/Group"><AttributeValue>Domain Users</AttributeValue><AttributeValue>R&amp;D</AttributeValue></Attribute><Attribute Name="http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname" a:OriginalIssuer="{IDP}" xmlns:a="http://schemas.xmlsoap.org/ws/2009/09/identity/claims"><AttributeValue>CONTOSO\b.simon</AttributeValue></Attribute></AttributeStatement><AuthnStatement AuthnInstant="{SIGNED_IN}" SessionIndex="_77d0c5a3-0b5e-4d4e-bb0b-4f5a6b7c8d9e"><AuthnContext><AuthnContextClassRef>{PASSWORD}</AuthnContextClassRef></AuthnContext></AuthnStatement></Assertion>"#
    );
    Base {
        vendor: "adfs",
        signs: Signs::Assertion,
        protocol: "samlp:",
        saml: "",
        response_id: "_b3c7f0a1-52de-4c0c-8a7f-0f3b1c2d4e5f",
        assertion_id: "_77d0c5a3-0b5e-4d4e-bb0b-4f5a6b7c8d9e",
        signature: Signature { key_info: KeyInfo::Mixed, ..Signature::default() },
        response,
        assertion,
        name_id_format: Some(EMAIL),
        attributes: &[
            (UPN, &[PERSON]),
            ("http://schemas.xmlsoap.org/claims/Group", &["Domain Users", "R&D"]),
            ("http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname", &["CONTOSO\\b.simon"]),
        ],
    }
}
