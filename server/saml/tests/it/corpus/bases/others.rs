//! Keycloak, `OneLogin`, Ping and `SimpleSAMLphp`: `samlp` and `saml`, each in its own way.

use super::{ASSERTION, ASSERTION_HERE, BEARER, BEGINS, Base, CONFIRMED, EMAIL, ENDS, INSTANCE, ISSUED, PASSWORD};
use super::{PROTOCOL, SCHEMA, SIGNATURE_HERE, SIGNED_IN, SUCCESS, Signs};
use crate::corpus::signature::{KeyInfo, LineFolding, Signature};
use crate::support::{ACS, IDP, PERSON, REQUEST, SP};

const BASIC: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const LATER: &str = "2026-11-23T22:59:58.123Z";

/// `saml` declared on the response only, a default namespace that nothing uses, `dsig`, and
/// one attribute per role.
pub fn keycloak() -> Base {
    let response = format!(
        r#"<samlp:Response xmlns:samlp="{PROTOCOL}" xmlns:saml="{ASSERTION}" Destination="{ACS}" ID="ID_1b7e4d20-9c3f-4e86-b5a1-d07f82c6394e" InResponseTo="{REQUEST}" IssueInstant="{ISSUED}" Version="2.0"><saml:Issuer>{IDP}</saml:Issuer>{SIGNATURE_HERE}<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>{ASSERTION_HERE}</samlp:Response>"#
    );
    let role = |role: &str| {
        format!(
            r#"<saml:Attribute Name="Role" NameFormat="{BASIC}"><saml:AttributeValue xmlns:xs="{SCHEMA}" xmlns:xsi="{INSTANCE}" xsi:type="xs:string">{role}</saml:AttributeValue></saml:Attribute>"#
        )
    };
    let roles = [role("view-profile"), role("offline_access")].concat();
    let assertion = format!(
        r#"<saml:Assertion xmlns="{ASSERTION}" ID="ID_f3902c6d-57b8-4a14-8ed3-6a1c0b94e72f" IssueInstant="{ISSUED}" Version="2.0"><saml:Issuer>{IDP}</saml:Issuer>{SIGNATURE_HERE}<saml:Subject><saml:NameID Format="{EMAIL}">{PERSON}</saml:NameID><saml:SubjectConfirmation Method="{BEARER}"><saml:SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}"><saml:AudienceRestriction><saml:Audience>{SP}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{SIGNED_IN}" SessionIndex="a5b1f0e2::7c31" SessionNotOnOrAfter="{LATER}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{roles}</saml:AttributeStatement></saml:Assertion>"#
    );
    Base {
        vendor: "keycloak",
        signs: Signs::Both,
        protocol: "samlp:",
        saml: "saml:",
        response_id: "ID_1b7e4d20-9c3f-4e86-b5a1-d07f82c6394e",
        assertion_id: "ID_f3902c6d-57b8-4a14-8ed3-6a1c0b94e72f",
        signature: Signature { prefix: "dsig", key_info: KeyInfo::Named, ..Signature::default() },
        response,
        assertion,
        name_id_format: Some(EMAIL),
        attributes: &[("Role", &["view-profile"]), ("Role", &["offline_access"])],
    }
}

/// `xs` declared on the assertion and used in values only, so that the canonical form loses
/// it; a value that is nil.
pub fn onelogin() -> Base {
    let response = format!(
        r#"<samlp:Response xmlns:saml="{ASSERTION}" xmlns:samlp="{PROTOCOL}" ID="R5d0c92e71fb84a36c7e8025b9d14f3a6" Version="2.0" IssueInstant="{ISSUED}" Destination="{ACS}" InResponseTo="{REQUEST}"><saml:Issuer>{IDP}</saml:Issuer>{SIGNATURE_HERE}<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>{ASSERTION_HERE}</samlp:Response>"#
    );
    let assertion = format!(
        r#"<saml:Assertion xmlns:saml="{ASSERTION}" xmlns:xs="{SCHEMA}" xmlns:xsi="{INSTANCE}" Version="2.0" ID="pfx2c84e1f7-03ad-49b6-7e52-b90d4f6a18c3" IssueInstant="{ISSUED}"><saml:Issuer>{IDP}</saml:Issuer>{SIGNATURE_HERE}<saml:Subject><saml:NameID Format="{EMAIL}">{PERSON}</saml:NameID><saml:SubjectConfirmation Method="{BEARER}"><saml:SubjectConfirmationData NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}" InResponseTo="{REQUEST}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}"><saml:AudienceRestriction><saml:Audience>{SP}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{SIGNED_IN}" SessionNotOnOrAfter="{LATER}" SessionIndex="_a0f1c2d3-e4b5"><saml:AuthnContext><saml:AuthnContextClassRef>{PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute NameFormat="{BASIC}" Name="User.email"><saml:AttributeValue xsi:type="xs:string">{PERSON}</saml:AttributeValue></saml:Attribute><saml:Attribute NameFormat="{BASIC}" Name="memberOf"><saml:AttributeValue xsi:type="xs:string" xsi:nil="true"/></saml:Attribute></saml:AttributeStatement></saml:Assertion>"#
    );
    Base {
        vendor: "onelogin",
        signs: Signs::Assertion,
        protocol: "samlp:",
        saml: "saml:",
        response_id: "R5d0c92e71fb84a36c7e8025b9d14f3a6",
        assertion_id: "pfx2c84e1f7-03ad-49b6-7e52-b90d4f6a18c3",
        signature: Signature::default(),
        response,
        assertion,
        name_id_format: Some(EMAIL),
        attributes: &[("User.email", &[PERSON]), ("memberOf", &[""])],
    }
}

/// No format of the name, the bare key, and who else took part in signing in.
pub fn ping() -> Base {
    let response = format!(
        r#"<samlp:Response ID="id-5e20c7b9-1f68-4d3a-8b04-92ad61f7c35e" Version="2.0" IssueInstant="{ISSUED}" Destination="{ACS}" InResponseTo="{REQUEST}" xmlns:samlp="{PROTOCOL}"><saml:Issuer xmlns:saml="{ASSERTION}">{IDP}</saml:Issuer>{SIGNATURE_HERE}<samlp:Status><samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>{ASSERTION_HERE}</samlp:Response>"#
    );
    let assertion = format!(
        r#"<saml:Assertion ID="id-b81d4f06-7c92-4e5b-a3d8-0f6e25c91b74" Version="2.0" IssueInstant="{ISSUED}" xmlns:saml="{ASSERTION}"><saml:Issuer>{IDP}</saml:Issuer>{SIGNATURE_HERE}<saml:Subject><saml:NameID>{PERSON}</saml:NameID><saml:SubjectConfirmation Method="{BEARER}"><saml:SubjectConfirmationData InResponseTo="{REQUEST}" NotOnOrAfter="{CONFIRMED}" Recipient="{ACS}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{BEGINS}" NotOnOrAfter="{ENDS}"><saml:AudienceRestriction><saml:Audience>{SP}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{SIGNED_IN}" SessionNotOnOrAfter="{LATER}" SessionIndex="3f7a90c2-d5e1-4b68-9c04-718eb2f6a05d"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef><saml:AuthenticatingAuthority>{IDP}</saml:AuthenticatingAuthority></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="saml_subject" NameFormat="{BASIC}"><saml:AttributeValue xsi:type="xs:string" xmlns:xs="{SCHEMA}" xmlns:xsi="{INSTANCE}">{PERSON}</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"#
    );
    Base {
        vendor: "ping",
        signs: Signs::Assertion,
        protocol: "samlp:",
        saml: "saml:",
        response_id: "id-5e20c7b9-1f68-4d3a-8b04-92ad61f7c35e",
        assertion_id: "id-b81d4f06-7c92-4e5b-a3d8-0f6e25c91b74",
        signature: Signature { key_info: KeyInfo::Value, ..Signature::default() },
        response,
        assertion,
        name_id_format: None,
        attributes: &[("saml_subject", &[PERSON])],
    }
}

/// White space between the parts of the signature, and single values over several lines.
pub fn simplesamlphp() -> Base {
    let response = format!(
        "<samlp:Response xmlns:samlp=\"{PROTOCOL}\" xmlns:saml=\"{ASSERTION}\" ID=\"_4b1f70e2c9a85d36f0e7b42a91c5d8830f6e2a7b54\" Version=\"2.0\" IssueInstant=\"2026-11-23T12:59:58Z\" Destination=\"{ACS}\" InResponseTo=\"{REQUEST}\">\n  <saml:Issuer>{IDP}</saml:Issuer>{SIGNATURE_HERE}\n  <samlp:Status>\n    <samlp:StatusCode Value=\"{SUCCESS}\"/>\n  </samlp:Status>\n  {ASSERTION_HERE}\n</samlp:Response>\n"
    );
    let assertion = format!(
        r#"<saml:Assertion xmlns:xsi="{INSTANCE}" xmlns:xs="{SCHEMA}" ID="_a90e5c3b72f14d86e05b9c1fa7d2384e6b0f91c2d7" Version="2.0" IssueInstant="2026-11-23T12:59:58Z">
    <saml:Issuer>{IDP}</saml:Issuer>{SIGNATURE_HERE}
    <saml:Subject>
      <saml:NameID SPNameQualifier="{SP}" Format="{EMAIL}">{PERSON}</saml:NameID>
      <saml:SubjectConfirmation Method="{BEARER}">
        <saml:SubjectConfirmationData NotOnOrAfter="2026-11-23T14:00:00Z" Recipient="{ACS}" InResponseTo="{REQUEST}"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="2026-11-23T12:55:00Z" NotOnOrAfter="2026-11-23T14:09:58Z">
      <saml:AudienceRestriction>
        <saml:Audience>{SP}</saml:Audience>
      </saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AuthnStatement AuthnInstant="2026-11-23T12:00:00Z" SessionNotOnOrAfter="{LATER}" SessionIndex="_70c2e9b15f8ad3460b7e92f1c4d5a8e36f0b1c9d28">
      <saml:AuthnContext>
        <saml:AuthnContextClassRef>{PASSWORD}</saml:AuthnContextClassRef>
      </saml:AuthnContext>
    </saml:AuthnStatement>
    <saml:AttributeStatement>
      <saml:Attribute Name="uid" NameFormat="{BASIC}">
        <saml:AttributeValue xsi:type="xs:string">simon</saml:AttributeValue>
      </saml:Attribute>
      <saml:Attribute Name="eduPersonAffiliation" NameFormat="{BASIC}">
        <saml:AttributeValue xsi:type="xs:string">users</saml:AttributeValue>
        <saml:AttributeValue xsi:type="xs:string">staff</saml:AttributeValue>
      </saml:Attribute>
    </saml:AttributeStatement>
  </saml:Assertion>"#
    );
    Base {
        vendor: "simplesamlphp",
        signs: Signs::Assertion,
        protocol: "samlp:",
        saml: "saml:",
        response_id: "_4b1f70e2c9a85d36f0e7b42a91c5d8830f6e2a7b54",
        assertion_id: "_a90e5c3b72f14d86e05b9c1fa7d2384e6b0f91c2d7",
        signature: Signature { gap: "\n  ", fold: LineFolding::Lines(64, "\n"), ..Signature::default() },
        response,
        assertion,
        name_id_format: Some(EMAIL),
        attributes: &[("uid", &["simon"]), ("eduPersonAffiliation", &["users", "staff"])],
    }
}
