//! The service provider's metadata.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::identifiers::{
    BINDING_POST, BINDING_REDIRECT, DSIG, ENCRYPTION_METHODS, METADATA, NAME_ID_FORMATS, PROTOCOL,
};
use crate::xml::XmlWriter;

/// Who runs the service (metadata §2.3.2.1).
#[derive(Clone, Copy, Debug)]
pub struct Organization<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address on the web.
    pub url: &'a str,
}

/// What we tell an identity provider about ourselves (metadata §2.4.4). There is no secret
/// in it: keys come as certificates.
#[derive(Clone, Copy, Debug)]
pub struct SpMetadata<'a> {
    /// Our entity id for this tenant, which Entra calls Identifier.
    pub entity_id: &'a str,
    /// Where responses are posted, which Entra calls Reply URL.
    pub acs_url: &'a str,
    /// Where logout messages are sent, which Entra calls Logout Url: by HTTP-Redirect and by
    /// HTTP-POST. Without one, we take no part in single logout.
    pub slo_url: Option<&'a str>,
    /// The certificates in DER that we sign with, the current one first, then the next.
    pub signing_certificates: &'a [&'a [u8]],
    /// The certificates in DER that may be encrypted to, the current one first, then the next.
    pub encryption_certificates: &'a [&'a [u8]],
    /// Whether we sign our authentication requests.
    pub authn_requests_signed: bool,
    /// Who runs the service, if that is to be said.
    pub organization: Option<Organization<'a>>,
    /// Where an administrator can write to for help.
    pub support_email: Option<&'a str>,
}

impl SpMetadata<'_> {
    /// The document, in the order of the OASIS schema. We want assertions signed, though a
    /// signed response is accepted as well.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut xml = XmlWriter::new();
        xml.open("md:EntityDescriptor", &[("xmlns:md", METADATA), ("entityID", self.entity_id)]);
        self.write_role(&mut xml);
        if let Some(organization) = self.organization {
            write_organization(&mut xml, organization);
        }
        if let Some(email) = self.support_email {
            xml.open("md:ContactPerson", &[("contactType", "support")]);
            xml.text("md:EmailAddress", &[], &format!("mailto:{email}"));
            xml.close("md:ContactPerson");
        }
        xml.close("md:EntityDescriptor");
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", xml.finish())
    }

    fn write_role(&self, xml: &mut XmlWriter) {
        let signed = if self.authn_requests_signed { "true" } else { "false" };
        xml.open(
            "md:SPSSODescriptor",
            &[
                ("AuthnRequestsSigned", signed),
                ("WantAssertionsSigned", "true"),
                ("protocolSupportEnumeration", PROTOCOL),
            ],
        );
        for certificate in self.signing_certificates {
            write_key(xml, "signing", certificate, &[]);
        }
        for certificate in self.encryption_certificates {
            write_key(xml, "encryption", certificate, &ENCRYPTION_METHODS);
        }
        if let Some(slo_url) = self.slo_url {
            for binding in [BINDING_REDIRECT, BINDING_POST] {
                xml.empty("md:SingleLogoutService", &[("Binding", binding), ("Location", slo_url)]);
            }
        }
        for format in NAME_ID_FORMATS {
            xml.text("md:NameIDFormat", &[], format);
        }
        xml.empty(
            "md:AssertionConsumerService",
            &[("Binding", BINDING_POST), ("Location", self.acs_url), ("index", "0"), ("isDefault", "true")],
        );
        xml.close("md:SPSSODescriptor");
    }
}

/// A key and what may be done with it (metadata §2.4.1.1).
fn write_key(xml: &mut XmlWriter, purpose: &str, certificate: &[u8], methods: &[&str]) {
    xml.open("md:KeyDescriptor", &[("use", purpose)]);
    xml.open("ds:KeyInfo", &[("xmlns:ds", DSIG)]);
    xml.open("ds:X509Data", &[]);
    xml.text("ds:X509Certificate", &[], &STANDARD.encode(certificate));
    xml.close("ds:X509Data");
    xml.close("ds:KeyInfo");
    for method in methods {
        xml.empty("md:EncryptionMethod", &[("Algorithm", method)]);
    }
    xml.close("md:KeyDescriptor");
}

fn write_organization(xml: &mut XmlWriter, organization: Organization<'_>) {
    let english = [("xml:lang", "en")];
    xml.open("md:Organization", &[]);
    xml.text("md:OrganizationName", &english, organization.name);
    xml.text("md:OrganizationDisplayName", &english, organization.name);
    xml.text("md:OrganizationURL", &english, organization.url);
    xml.close("md:Organization");
}
