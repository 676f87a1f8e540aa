//! The service provider's metadata.

use crate::names::{BINDING_POST, METADATA, NAME_ID_FORMATS, PROTOCOL};
use crate::xml::Writer;

/// Who runs the service (metadata §2.3.2.1).
#[derive(Clone, Copy, Debug)]
pub struct Organization<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its address on the web.
    pub url: &'a str,
}

/// What we tell an identity provider about ourselves (metadata §2.4.4).
#[derive(Clone, Copy, Debug)]
pub struct SpMetadata<'a> {
    /// Our entity id for this tenant, which Entra calls Identifier.
    pub entity_id: &'a str,
    /// Where responses are posted, which Entra calls Reply URL.
    pub acs_url: &'a str,
    /// Who runs the service, if that is to be said.
    pub organization: Option<Organization<'a>>,
}

impl SpMetadata<'_> {
    /// The document, in the order of the OASIS schema. We sign no requests; we want
    /// assertions signed, though a signed response is accepted as well.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let mut xml = Writer::new();
        xml.open("md:EntityDescriptor", &[("xmlns:md", METADATA), ("entityID", self.entity_id)]);
        xml.open(
            "md:SPSSODescriptor",
            &[
                ("AuthnRequestsSigned", "false"),
                ("WantAssertionsSigned", "true"),
                ("protocolSupportEnumeration", PROTOCOL),
            ],
        );
        for format in NAME_ID_FORMATS {
            xml.text("md:NameIDFormat", &[], format);
        }
        xml.empty(
            "md:AssertionConsumerService",
            &[("Binding", BINDING_POST), ("Location", self.acs_url), ("index", "0"), ("isDefault", "true")],
        );
        xml.close("md:SPSSODescriptor");
        if let Some(organization) = self.organization {
            write_organization(&mut xml, organization);
        }
        xml.close("md:EntityDescriptor");
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", xml.finish())
    }
}

fn write_organization(xml: &mut Writer, organization: Organization<'_>) {
    let english = [("xml:lang", "en")];
    xml.open("md:Organization", &[]);
    xml.text("md:OrganizationName", &english, organization.name);
    xml.text("md:OrganizationDisplayName", &english, organization.name);
    xml.text("md:OrganizationURL", &english, organization.url);
    xml.close("md:Organization");
}
