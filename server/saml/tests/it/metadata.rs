//! Metadata, read and written.

use saml::certificate::{CertificateError, read_upload};
use saml::metadata::{IdpMetadata, MetadataError, Organization, SpMetadata};

use crate::support::*;

fn key(certificate: &saml::certificate::SigningCertificate, purpose: &str) -> String {
    let base64 = encode(certificate.der());
    format!(
        "<KeyDescriptor{purpose}><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>\n{base64}\n</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
    )
}

fn entity(keys: &str) -> String {
    format!(
        "<EntityDescriptor entityID=\"{IDP}\" xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"><!-- ours --><RoleDescriptor/><IDPSSODescriptor protocolSupportEnumeration=\"urn:x urn:oasis:names:tc:SAML:2.0:protocol\">{keys}<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://idp.example/slo\"/><SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://idp.example/sso\"/><SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://idp.example/post\"/></IDPSSODescriptor></EntityDescriptor>"
    )
}

fn good() -> String {
    let keys = [
        key(&rsa().certificate, " use=\"signing\""),
        key(&other_rsa().certificate, " use=\"encryption\""),
        key(&p256().certificate, ""),
        key(&rsa().certificate, " use=\"signing\""),
    ];
    entity(&keys.concat())
}

#[test]
fn an_identity_providers_metadata_is_read() {
    let xml = format!("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>{}", good());
    let metadata = IdpMetadata::parse(xml.as_bytes()).unwrap();
    assert_eq!(
        metadata,
        IdpMetadata {
            entity_id: IDP.into(),
            sso_redirect_url: Some("https://idp.example/sso".into()),
            sso_post_url: Some("https://idp.example/post".into()),
            slo_redirect_url: Some("https://idp.example/slo".into()),
            certificates: vec![rsa().certificate.clone(), p256().certificate.clone()],
        }
    );
    assert_eq!(read_upload(xml.as_bytes()).unwrap(), metadata.certificates);
}

#[test]
fn a_federation_with_one_identity_provider_is_read_and_with_two_is_not() {
    let federation = |inside: &str| {
        format!("<EntitiesDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\">{inside}</EntitiesDescriptor>")
    };
    let other = "<EntityDescriptor entityID=\"urn:sp\"><SPSSODescriptor/></EntityDescriptor>";
    let one = federation(&format!("{other}{}", good()));
    assert_eq!(IdpMetadata::parse(one.as_bytes()).unwrap().entity_id, IDP);
    let two = federation(&good().repeat(2));
    assert_eq!(IdpMetadata::parse(two.as_bytes()), Err(MetadataError::SeveralIdentityProviders));
    assert_eq!(IdpMetadata::parse(federation(other).as_bytes()), Err(MetadataError::NoIdentityProvider));
}

#[test]
fn metadata_without_a_signing_certificate_is_refused() {
    let none = Err(MetadataError::Certificate(CertificateError::NoSigningCertificate));
    assert_eq!(IdpMetadata::parse(entity("").as_bytes()), none);
    let encryption = entity(&key(&rsa().certificate, " use=\"encryption\""));
    assert_eq!(IdpMetadata::parse(encryption.as_bytes()), none);
    assert_eq!(read_upload(encryption.as_bytes()), Err(CertificateError::NoSigningCertificate));
}

#[test]
fn what_is_no_metadata_is_refused() {
    assert_eq!(IdpMetadata::parse(b"<a/>"), Err(MetadataError::NotMetadata));
    assert_eq!(IdpMetadata::parse(b"hello"), Err(MetadataError::NotMetadata));
    assert_eq!(IdpMetadata::parse(b"\xff"), Err(MetadataError::NotUtf8));
    assert!(matches!(IdpMetadata::parse(b"<a>"), Err(MetadataError::NotXml { .. })));
    let doctype = format!("<!DOCTYPE a>{}", good());
    assert!(matches!(IdpMetadata::parse(doctype.as_bytes()), Err(MetadataError::ForbiddenConstruct { .. })));
    let saml1 = good().replace("urn:x urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol");
    assert_eq!(IdpMetadata::parse(saml1.as_bytes()), Err(MetadataError::NoIdentityProvider));
    assert_eq!(IdpMetadata::parse(&vec![b' '; 1024 * 1024 + 1]), Err(MetadataError::TooLarge));
}

#[test]
fn our_metadata_says_what_entra_reads_in_the_order_of_the_schema() {
    let organization = Some(Organization { name: "A & B", url: "https://portal.example/" });
    let entity_id = "urn:a&b\"<";
    let xml = SpMetadata { entity_id, acs_url: ACS, organization }.to_xml();
    let document = roxmltree::Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("entityID"), Some(entity_id));
    let names = |node: roxmltree::Node<'_, '_>| -> Vec<String> {
        node.children().map(|child| child.tag_name().name().to_owned()).collect()
    };
    assert_eq!(names(root), ["SPSSODescriptor", "Organization"]);
    let role = root.first_element_child().unwrap();
    assert_eq!(role.attribute("AuthnRequestsSigned"), Some("false"));
    assert_eq!(role.attribute("WantAssertionsSigned"), Some("true"));
    assert_eq!(names(role), ["NameIDFormat", "NameIDFormat", "NameIDFormat", "AssertionConsumerService"]);
    let acs = role.last_element_child().unwrap();
    assert_eq!(
        (acs.attribute("Location"), acs.attribute("index"), acs.attribute("isDefault")),
        (Some(ACS), Some("0"), Some("true"))
    );
    let organization = root.last_element_child().unwrap();
    assert_eq!(names(organization), ["OrganizationName", "OrganizationDisplayName", "OrganizationURL"]);
}
