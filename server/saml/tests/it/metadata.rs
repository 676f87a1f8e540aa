//! Metadata, read and written.

use openssl::pkey::PKey;
use saml::UnsupportedEncoding;
use saml::certificate::CertificateError;
use saml::metadata::{IdpMetadata, METADATA_LIMIT, MetadataError, Organization, SpMetadata};
use saml::upload::read_certificates;

use crate::schema::assert_valid;
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
            slo_post_url: None,
            slo_response_url: None,
            want_authn_requests_signed: false,
            valid_until: None,
            skipped: Vec::new(),
            certificates: vec![rsa().certificate.clone(), p256().certificate.clone()],
        }
    );
    assert_eq!(read_certificates(xml.as_bytes()).unwrap(), metadata.certificates);
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
    let entity_ids = vec![IDP.to_owned(), IDP.to_owned()];
    assert_eq!(IdpMetadata::parse(two.as_bytes()), Err(MetadataError::SeveralIdentityProviders { entity_ids }));
    let application = Err(MetadataError::ServiceProvider { entity_id: "urn:sp".into() });
    assert_eq!(IdpMetadata::parse(federation(other).as_bytes()), application);
    let nobody = federation("<EntityDescriptor entityID=\"urn:nobody\"/>");
    assert_eq!(IdpMetadata::parse(nobody.as_bytes()), Err(MetadataError::NoIdentityProvider));
}

#[test]
fn metadata_is_read_in_the_encoding_that_it_was_saved_in() {
    let xml = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{}", good());
    let read = IdpMetadata::parse(xml.as_bytes()).unwrap();
    let utf16: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = format!("\u{feff}{xml}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin = xml.replace("utf-8", "ISO-8859-1");
    for content in [&utf16, &marked, latin.as_bytes()] {
        assert_eq!(IdpMetadata::parse(content).as_ref(), Ok(&read));
        assert_eq!(read_certificates(content).as_ref(), Ok(&read.certificates));
    }
}

#[test]
fn what_browsers_and_programs_add_to_metadata_is_passed_over() {
    let read = IdpMetadata::parse(good().as_bytes()).unwrap();
    let styled = format!("<?xml version=\"1.0\"?>\n<?xml-stylesheet type=\"text/xsl\" href=\"x.xsl\"?>{}", good());
    let pem = good()
        .replace("<X509Certificate>\n", "<X509Certificate>\n-----BEGIN CERTIFICATE-----\n")
        .replace("\n</X509Certificate>", "\n-----END CERTIFICATE-----\n</X509Certificate>");
    let stray = good()
        .replace("<X509Certificate>\n", "<X509Certificate>\u{feff}\u{a0}<![CDATA[")
        .replace("\n</X509Certificate>", "\u{200b}]]></X509Certificate>");
    for xml in [styled, pem, stray] {
        assert_eq!(IdpMetadata::parse(xml.as_bytes()).as_ref(), Ok(&read), "{xml}");
    }
}

#[test]
fn the_earliest_end_of_validity_counts() {
    let until = |root: &str, role: &str| {
        let xml = good()
            .replace("<EntityDescriptor ", &format!("<EntityDescriptor {root} "))
            .replace("<IDPSSODescriptor ", &format!("<IDPSSODescriptor {role} "));
        IdpMetadata::parse(xml.as_bytes()).unwrap().valid_until.map(|until| until.to_rfc3339())
    };
    let (early, late) = ("validUntil=\"2020-01-01T00:00:00Z\"", "validUntil=\"2030-01-01T00:00:00Z\"");
    let expected = Some("2020-01-01T00:00:00+00:00".to_owned());
    assert_eq!((until(early, late), until(late, early)), (expected.clone(), expected));
    assert_eq!(until("", ""), None);
}

#[test]
fn a_certificate_that_cannot_be_used_is_named_and_does_not_spoil_the_others() {
    let weak = PKey::from_rsa(openssl::rsa::Rsa::generate(1024).unwrap()).unwrap();
    let weak = encode(certificate(&weak, Validity(-1, 1)));
    let bad = |content: &str| {
        format!(
            "<KeyDescriptor><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{content}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
        )
    };
    let xml = entity(&[bad(&weak), key(&rsa().certificate, ""), bad("!")].concat());
    let metadata = IdpMetadata::parse(xml.as_bytes()).unwrap();
    assert_eq!(metadata.certificates, [rsa().certificate.clone()]);
    let why: Vec<_> = metadata.skipped.iter().map(|skipped| (skipped.position, skipped.reason.clone())).collect();
    let key = "RSA 1024".to_owned();
    assert_eq!(why, [(1, CertificateError::WeakKey { key: key.clone() }), (3, CertificateError::NotACertificate)]);
    let alone = IdpMetadata::parse(entity(&bad(&weak)).as_bytes());
    assert_eq!(alone, Err(MetadataError::Certificate(CertificateError::WeakKey { key })));
}

#[test]
fn metadata_without_a_signing_certificate_is_rejected() {
    let none = Err(MetadataError::Certificate(CertificateError::NoSigningCertificate));
    assert_eq!(IdpMetadata::parse(entity("").as_bytes()), none);
    let encryption = entity(&key(&rsa().certificate, " use=\"encryption\""));
    assert_eq!(IdpMetadata::parse(encryption.as_bytes()), none);
    assert_eq!(read_certificates(encryption.as_bytes()), Err(CertificateError::NoSigningCertificate.into()));
}

#[test]
fn what_is_no_metadata_is_rejected() {
    assert_eq!(IdpMetadata::parse(b"<a/>"), Err(MetadataError::NotMetadata));
    assert_eq!(IdpMetadata::parse(b"hello"), Err(MetadataError::NotMetadata));
    assert_eq!(IdpMetadata::parse(b"\xff"), Err(MetadataError::Encoding(UnsupportedEncoding { declared: None })));
    assert!(matches!(IdpMetadata::parse(b"<a>"), Err(MetadataError::NotXml { .. })));
    let doctype = format!("<!DOCTYPE a>{}", good());
    assert!(matches!(IdpMetadata::parse(doctype.as_bytes()), Err(MetadataError::ForbiddenConstruct { .. })));
    let saml1 = good().replace("urn:x urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol");
    assert_eq!(IdpMetadata::parse(saml1.as_bytes()), Err(MetadataError::OlderProtocol));
    assert_eq!(IdpMetadata::parse(&vec![b' '; METADATA_LIMIT + 1]), Err(MetadataError::TooLarge));
    let large = format!("{}{}", good(), " ".repeat(METADATA_LIMIT - good().len()));
    assert!(IdpMetadata::parse(large.as_bytes()).is_ok());
}

#[test]
fn each_binding_of_sign_in_and_sign_out_is_reported() {
    let post = "<SingleLogoutService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"https://idp.example/slo-post\" ResponseLocation=\"https://idp.example/slo-done\"/>";
    let read = |xml: &str| IdpMetadata::parse(xml.as_bytes()).unwrap();
    let both = good().replace("<SingleLogoutService", &format!("{post}<SingleLogoutService"));
    let metadata = read(&both);
    assert_eq!(metadata.slo_redirect_url.as_deref(), Some("https://idp.example/slo"));
    assert_eq!(metadata.slo_post_url.as_deref(), Some("https://idp.example/slo-post"));
    assert_eq!(metadata.slo_response_url, None);
    let elsewhere = good().replace("/slo\"/>", "/slo\" ResponseLocation=\"https://idp.example/slo-done\"/>");
    assert_eq!(read(&elsewhere).slo_response_url.as_deref(), Some("https://idp.example/slo-done"));
    let from_post =
        good().replace("HTTP-Redirect", "x").replace("<SingleLogoutService", &format!("{post}<SingleLogoutService"));
    let metadata = read(&from_post);
    assert_eq!((metadata.sso_redirect_url, metadata.slo_redirect_url), (None, None));
    assert_eq!(metadata.slo_response_url.as_deref(), Some("https://idp.example/slo-done"));
    assert_eq!(metadata.sso_post_url.as_deref(), Some("https://idp.example/post"));
}

#[test]
fn an_identity_provider_says_whether_it_wants_requests_signed() {
    let wants = |value: &str| {
        let role = format!("<IDPSSODescriptor WantAuthnRequestsSigned=\"{value}\"");
        IdpMetadata::parse(good().replace("<IDPSSODescriptor", &role).as_bytes()).unwrap().want_authn_requests_signed
    };
    assert!(wants("true") && wants("1"));
    assert!(!wants("false") && !wants("0") && !wants("TRUE") && !wants(""));
}

const MINIMAL: SpMetadata<'_> = SpMetadata {
    entity_id: SP,
    acs_url: ACS,
    slo_url: None,
    signing_certificates: &[],
    encryption_certificates: &[],
    authn_requests_signed: false,
    organization: None,
    support_email: None,
};

fn names(node: roxmltree::Node<'_, '_>) -> Vec<String> {
    node.children().map(|child| child.tag_name().name().to_owned()).collect()
}

#[test]
fn the_least_metadata_is_that_of_a_service_without_a_key() {
    let xml = MINIMAL.to_xml();
    assert_valid("metadata", &xml);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!((root.attribute("entityID"), names(root)), (Some(SP), vec!["SPSSODescriptor".to_owned()]));
    let role = root.first_element_child().unwrap();
    assert_eq!(role.attribute("AuthnRequestsSigned"), Some("false"));
    assert_eq!(role.attribute("WantAssertionsSigned"), Some("true"));
    assert_eq!(names(role), ["NameIDFormat", "NameIDFormat", "NameIDFormat", "AssertionConsumerService"]);
    let acs = role.last_element_child().unwrap();
    assert_eq!(
        (acs.attribute("Location"), acs.attribute("index"), acs.attribute("isDefault")),
        (Some(ACS), Some("0"), Some("true"))
    );
}

#[test]
fn our_whole_metadata_is_in_the_order_of_the_schema_and_holds_no_secret() {
    let (current, next) = (sp_key().certificate_der(), rsa().certificate.der());
    let metadata = SpMetadata {
        entity_id: "urn:a&b\"<",
        slo_url: Some("https://portal.example/slo?a=1&b=2"),
        signing_certificates: &[current, next],
        encryption_certificates: &[next, current],
        authn_requests_signed: true,
        organization: Some(Organization { name: "A & B", url: "https://portal.example/" }),
        support_email: Some("help@portal.example"),
        ..MINIMAL
    };
    let xml = metadata.to_xml();
    assert_valid("metadata", &xml);
    assert!(!xml.contains("PRIVATE"));
    let document = roxmltree::Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("entityID"), Some("urn:a&b\"<"));
    assert_eq!(names(root), ["SPSSODescriptor", "Organization", "ContactPerson"]);
    let role = root.first_element_child().unwrap();
    assert_eq!(role.attribute("AuthnRequestsSigned"), Some("true"));
    let expected = [
        vec!["KeyDescriptor"; 4],
        vec!["SingleLogoutService"; 2],
        vec!["NameIDFormat"; 3],
        vec!["AssertionConsumerService"],
    ];
    assert_eq!(names(role), expected.concat());
    let keys: Vec<_> =
        role.children().take(4).map(|key| (key.attribute("use").unwrap(), certificate_in(key))).collect();
    let (current, next) = (encode(current), encode(next));
    assert_eq!(
        keys,
        [("signing", current.clone()), ("signing", next.clone()), ("encryption", next), ("encryption", current)]
    );
    let slo: Vec<_> =
        role.children().skip(4).take(2).map(|slo| (slo.attribute("Binding"), slo.attribute("Location"))).collect();
    let at = Some("https://portal.example/slo?a=1&b=2");
    let bindings =
        ["urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"];
    assert_eq!(slo, bindings.map(|binding| (Some(binding), at)));
    let organization = root.children().nth(1).unwrap();
    assert_eq!(names(organization), ["OrganizationName", "OrganizationDisplayName", "OrganizationURL"]);
    let contact = root.last_element_child().unwrap();
    assert_eq!(contact.attribute("contactType"), Some("support"));
    assert_eq!(contact.first_element_child().unwrap().text(), Some("mailto:help@portal.example"));
}

fn certificate_in(key: roxmltree::Node<'_, '_>) -> String {
    let node = key.descendants().find(|node| node.tag_name().name() == "X509Certificate").unwrap();
    node.text().unwrap().to_owned()
}

#[test]
fn only_keys_that_are_encrypted_to_say_how() {
    let certificate = sp_key().certificate_der();
    let metadata =
        SpMetadata { signing_certificates: &[certificate], encryption_certificates: &[certificate], ..MINIMAL };
    let xml = metadata.to_xml();
    assert_valid("metadata", &xml);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let methods: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == "EncryptionMethod").collect();
    let algorithms: Vec<_> = methods.iter().map(|method| method.attribute("Algorithm").unwrap()).collect();
    assert_eq!(
        algorithms,
        [
            "http://www.w3.org/2009/xmlenc11#aes256-gcm",
            "http://www.w3.org/2009/xmlenc11#aes128-gcm",
            "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
            "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
            "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
            "http://www.w3.org/2009/xmlenc11#rsa-oaep",
        ]
    );
    assert!(methods.iter().all(|method| method.parent().unwrap().attribute("use") == Some("encryption")));
}
