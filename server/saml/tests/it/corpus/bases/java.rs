//! Okta, Google, Shibboleth and `JumpCloud`: `OpenSAML` or its like, with a declaration of XML,
//! `saml2p` and `saml2`, attributes in alphabetical order and Base64 in lines.

use super::{ASSERTION, ASSERTION_HERE, BEARER, BEGINS, Base, CONFIRMED, EMAIL, ENDS, INSTANCE, ISSUED, PASSWORD};
use super::{PROTOCOL, SCHEMA, SIGNATURE_HERE, SIGNED_IN, SUCCESS, Signs};
use crate::corpus::signature::{KeyInfo, LineFolding, Signature};
use crate::support::{ACS, IDP, PERSON, REQUEST, SP};

const NAME_ID_FORMAT_ENTITY: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
const NAMED_BY_URI: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri";
const NAMED_SOMEHOW: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified";
/// Java's Base64 ends its lines in CR LF, of which XML keeps the CR as a reference.
const CARRIAGE_RETURN: &str = "&#13;\n";

/// Both namespaces declared again and again, `xs` on the outermost elements and in the list.
pub fn okta() -> Base {
    let response = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><saml2p:Response Destination="{ACS}" ID="id71040918263554007211806634" InResponseTo="{REQUEST}" IssueInstant="{ISSUED}" Version="2.0" xmlns:saml2p="{PROTOCOL}" xmlns:xs="{SCHEMA}"><saml2:Issuer Format="{NAME_ID_FORMAT_ENTITY}" xmlns:saml2="{ASSERTION}">{IDP}</saml2:Issuer>{SIGNATURE_HERE}<saml2p:Status xmlns:saml2p="{PROTOCOL}"><saml2p:StatusCode Value="{SUCCESS}"/></saml2p:Status>{ASSERTION_HERE}</saml2p:Response>"#
    );
    let value = format!(r#"<saml2:AttributeValue xmlns:xs="{SCHEMA}" xmlns:xsi="{INSTANCE}" xsi:type="xs:string">"#);
    let assertion = format!(
        r#"<saml2:Assertion ID="id710409182711390458806247" IssueInstant="{ISSUED}" Version="2.0" xmlns:saml2="{ASSERTION}" xmlns:xs="{SCHEMA}"><saml2:Issuer Format="{NAME_ID_FORMAT_ENTITY}" xmlns:saml2="{ASSERTION}">{IDP}</saml2:Issuer>{SIGNATURE_HERE}<saml2:Subject xmlns:saml2="{ASSERTION}"><saml2:NameID Format="{UNSPECIFIED}">{PERSON}</saml2:NameID><saml2:SubjectConfirmation Method="{BEARER}"><saml2:SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}" xmlns:saml2="{ASSERTION}"><saml2:AudienceRestriction><saml2:Audience>{SP}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="{SIGNED_IN}" SessionIndex="{REQUEST}" xmlns:saml2="{ASSERTION}"><saml2:AuthnContext><saml2:AuthnContextClassRef>{PASSWORD}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement xmlns:saml2="{ASSERTION}"><saml2:Attribute Name="email" NameFormat="{NAMED_SOMEHOW}">{value}{PERSON}</saml2:AttributeValue></saml2:Attribute><saml2:Attribute Name="groups" NameFormat="{NAMED_SOMEHOW}">{value}Everyone</saml2:AttributeValue>{value}R&amp;D &lt;all&gt;</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement></saml2:Assertion>"#
    );
    Base {
        vendor: "okta",
        signs: Signs::Both,
        protocol: "saml2p:",
        saml: "saml2:",
        response_id: "id71040918263554007211806634",
        assertion_id: "id710409182711390458806247",
        signature: Signature { prefixes: Some("xs"), fold: LineFolding::Lines(76, "\n"), ..Signature::default() },
        response,
        assertion,
        name_id_format: Some(UNSPECIFIED),
        attributes: &[("email", &[PERSON]), ("groups", &["Everyone", "R&D <all>"])],
    }
}

/// `standalone`, the subject's name in the key, values of `xs:anyType`.
pub fn google() -> Base {
    let response = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="no"?><saml2p:Response xmlns:saml2p="{PROTOCOL}" Destination="{ACS}" ID="_c2f0917be5d84a31a6e0f41b28d97503" InResponseTo="{REQUEST}" IssueInstant="{ISSUED}" Version="2.0"><saml2:Issuer xmlns:saml2="{ASSERTION}">{IDP}</saml2:Issuer>{SIGNATURE_HERE}<saml2p:Status><saml2p:StatusCode Value="{SUCCESS}"/></saml2p:Status>{ASSERTION_HERE}</saml2p:Response>"#
    );
    let value = format!(r#"<saml2:AttributeValue xmlns:xs="{SCHEMA}" xmlns:xsi="{INSTANCE}" xsi:type="xs:anyType">"#);
    let assertion = format!(
        r#"<saml2:Assertion xmlns:saml2="{ASSERTION}" ID="_18d4a7c05be2f9637a40c8e15db3f206" IssueInstant="{ISSUED}" Version="2.0"><saml2:Issuer>{IDP}</saml2:Issuer>{SIGNATURE_HERE}<saml2:Subject><saml2:NameID Format="{EMAIL}">{PERSON}</saml2:NameID><saml2:SubjectConfirmation Method="{BEARER}"><saml2:SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}"><saml2:AudienceRestriction><saml2:Audience>{SP}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AttributeStatement><saml2:Attribute Name="department">{value}Öffentlichkeitsarbeit</saml2:AttributeValue></saml2:Attribute><saml2:Attribute Name="title"/><saml2:Attribute Name="phone">{value}</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement><saml2:AuthnStatement AuthnInstant="{SIGNED_IN}" SessionIndex="_18d4a7c05be2f9637a40c8e15db3f206"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement></saml2:Assertion>"#
    );
    Base {
        vendor: "google",
        signs: Signs::Assertion,
        protocol: "saml2p:",
        saml: "saml2:",
        response_id: "_c2f0917be5d84a31a6e0f41b28d97503",
        assertion_id: "_18d4a7c05be2f9637a40c8e15db3f206",
        signature: Signature { fold: LineFolding::Lines(76, "\n"), key_info: KeyInfo::Subject, ..Signature::default() },
        response,
        assertion,
        name_id_format: Some(EMAIL),
        attributes: &[("department", &["Öffentlichkeitsarbeit"]), ("title", &[]), ("phone", &[""])],
    }
}

/// Names by OID with friendly ones, a name identifier as a value, an address, carriage
/// returns in the Base64, and the list of prefixes on the response.
pub fn shibboleth() -> Base {
    let response = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<saml2p:Response Destination=\"{ACS}\" ID=\"_3c39bc0fe7b13769cab2f6f45eba801b\" InResponseTo=\"{REQUEST}\" IssueInstant=\"{ISSUED}\" Version=\"2.0\" xmlns:saml2p=\"{PROTOCOL}\" xmlns:xsd=\"{SCHEMA}\"><saml2:Issuer xmlns:saml2=\"{ASSERTION}\">{IDP}</saml2:Issuer>{SIGNATURE_HERE}<saml2p:Status><saml2p:StatusCode Value=\"{SUCCESS}\"/></saml2p:Status>{ASSERTION_HERE}</saml2p:Response>"
    );
    let assertion = format!(
        r#"<saml2:Assertion ID="_9d3e2a1b0c4f5e6d7a8b9c0d1e2f3a4b" IssueInstant="{ISSUED}" Version="2.0" xmlns:saml2="{ASSERTION}" xmlns:xsd="{SCHEMA}"><saml2:Issuer>{IDP}</saml2:Issuer>{SIGNATURE_HERE}<saml2:Subject><saml2:NameID Format="{EMAIL}" NameQualifier="{IDP}" SPNameQualifier="{SP}">{PERSON}</saml2:NameID><saml2:SubjectConfirmation Method="{BEARER}"><saml2:SubjectConfirmationData Address="192.0.2.17" InResponseTo="{REQUEST}" NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}"><saml2:AudienceRestriction><saml2:Audience>{SP}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="{SIGNED_IN}" SessionIndex="_5e6f7a8b9c0d1e2f"><saml2:SubjectLocality Address="192.0.2.17"/><saml2:AuthnContext><saml2:AuthnContextClassRef>{PASSWORD}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement><saml2:Attribute FriendlyName="mail" Name="urn:oid:0.9.2342.19200300.100.1.3" NameFormat="{NAMED_BY_URI}"><saml2:AttributeValue xmlns:xsi="{INSTANCE}" xsi:type="xsd:string">{PERSON}</saml2:AttributeValue></saml2:Attribute><saml2:Attribute FriendlyName="eduPersonTargetedID" Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.10" NameFormat="{NAMED_BY_URI}"><saml2:AttributeValue><saml2:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" NameQualifier="{IDP}" SPNameQualifier="{SP}">dGFyZ2V0ZWQgaWQgb2YgYi4=</saml2:NameID></saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement></saml2:Assertion>"#
    );
    let fold = LineFolding::Lines(76, CARRIAGE_RETURN);
    Base {
        vendor: "shibboleth",
        signs: Signs::Response,
        protocol: "saml2p:",
        saml: "saml2:",
        response_id: "_3c39bc0fe7b13769cab2f6f45eba801b",
        assertion_id: "_9d3e2a1b0c4f5e6d7a8b9c0d1e2f3a4b",
        signature: Signature { prefixes: Some("xsd"), fold, gap: "\n", ..Signature::default() },
        response,
        assertion,
        name_id_format: Some(EMAIL),
        attributes: &[
            ("urn:oid:0.9.2342.19200300.100.1.3", &[PERSON]),
            ("urn:oid:1.3.6.1.4.1.5923.1.1.1.10", &["dGFyZ2V0ZWQgaWQgb2YgYi4="]),
        ],
    }
}

/// The list of prefixes names one that only the response declares.
pub fn jumpcloud() -> Base {
    let response = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><saml2p:Response xmlns:saml2p="{PROTOCOL}" xmlns:xs="{SCHEMA}" Destination="{ACS}" ID="T4KX91MWQ0CZ7HBVEY3RJ5NA8DPL62" InResponseTo="{REQUEST}" IssueInstant="{ISSUED}" Version="2.0"><saml2:Issuer xmlns:saml2="{ASSERTION}" Format="{NAME_ID_FORMAT_ENTITY}">{IDP}</saml2:Issuer>{SIGNATURE_HERE}<saml2p:Status><saml2p:StatusCode Value="{SUCCESS}"/></saml2p:Status>{ASSERTION_HERE}</saml2p:Response>"#
    );
    let assertion = format!(
        r#"<saml2:Assertion xmlns:saml2="{ASSERTION}" ID="B7QH2ZVN5X0WJ8KCR3MTE6YDA914LF" IssueInstant="{ISSUED}" Version="2.0"><saml2:Issuer Format="{NAME_ID_FORMAT_ENTITY}">{IDP}</saml2:Issuer>{SIGNATURE_HERE}<saml2:Subject><saml2:NameID Format="{UNSPECIFIED}" NameQualifier="{IDP}">{PERSON}</saml2:NameID><saml2:SubjectConfirmation Method="{BEARER}"><saml2:SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}"/></saml2:SubjectConfirmation></saml2:Subject><saml2:Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}"><saml2:AudienceRestriction><saml2:Audience>{SP}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="{SIGNED_IN}" SessionIndex="0c8e1b7e-5f4a"><saml2:AuthnContext><saml2:AuthnContextClassRef>{PASSWORD}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement><saml2:Attribute Name="memberOf" NameFormat="{NAMED_SOMEHOW}"><saml2:AttributeValue xmlns:xsi="{INSTANCE}" xsi:type="xs:string">all&#10;hands</saml2:AttributeValue></saml2:Attribute></saml2:AttributeStatement></saml2:Assertion>"#
    );
    let fold = LineFolding::Lines(76, CARRIAGE_RETURN);
    Base {
        vendor: "jumpcloud",
        signs: Signs::Assertion,
        protocol: "saml2p:",
        saml: "saml2:",
        response_id: "T4KX91MWQ0CZ7HBVEY3RJ5NA8DPL62",
        assertion_id: "B7QH2ZVN5X0WJ8KCR3MTE6YDA914LF",
        signature: Signature { prefixes: Some("xs"), fold, ..Signature::default() },
        response,
        assertion,
        name_id_format: Some(UNSPECIFIED),
        attributes: &[("memberOf", &["all\nhands"])],
    }
}
