//! What Entra offers for download, and a summary for scripts.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::keys::SigningKey;
use crate::tenant::Tenant;
use crate::xml::escape;

/// The summary: what a team needs to know of its identity provider.
#[derive(Serialize)]
struct Team {
    idp_entity_id: String,
    sso_url: String,
    slo_url: String,
    metadata_url: String,
    certificate: String,
}

/// Writes Certificate (Raw), Certificate (Base64), Federation Metadata XML and `team.json`,
/// the last of them last, so that its presence says that all are there.
pub fn write(directory: &Path, tenant: &Tenant, key: &SigningKey) -> Result<()> {
    fs::create_dir_all(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    let put = |name: &str, content: &[u8]| {
        let path = directory.join(name);
        fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))
    };
    put("certificate.cer", &key.certificate_der()?)?;
    put("certificate-base64.cer", &key.certificate_pem()?)?;
    put("federation-metadata.xml", metadata(tenant, std::slice::from_ref(key))?.as_bytes())?;
    let team = Team {
        idp_entity_id: tenant.entity_id(),
        sso_url: tenant.sso_url(),
        slo_url: tenant.sso_url(),
        metadata_url: tenant.metadata_url(),
        certificate: directory.join("certificate.cer").display().to_string(),
    };
    put("team.json", serde_json::to_string_pretty(&team)?.as_bytes())
}

/// Federation metadata, of which only what a SAML application needs.
pub fn metadata(tenant: &Tenant, keys: &[SigningKey]) -> Result<String> {
    descriptor(&tenant.entity_id(), &tenant.sso_url(), keys)
}

/// The federation metadata of no tenant in particular. Its entity id is a pattern, so that no
/// application can use it.
pub fn common_metadata(tenant: &Tenant, keys: &[SigningKey]) -> Result<String> {
    let nobody = |id: &str| Tenant { id: id.to_owned(), base_url: tenant.base_url.clone() };
    descriptor(&nobody("{tenantid}").entity_id(), &nobody("common").sso_url(), keys)
}

fn descriptor(entity_id: &str, url: &str, keys: &[SigningKey]) -> Result<String> {
    let (entity_id, url) = (escape(entity_id), escape(url));
    let keys = keys.iter().map(key_descriptor).collect::<Result<String>>()?;
    Ok(format!(
        r#"<?xml version="1.0" encoding="utf-8"?><EntityDescriptor entityID="{entity_id}" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{keys}<SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{url}"/><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{url}"/><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{url}"/></IDPSSODescriptor></EntityDescriptor>"#
    ))
}

fn key_descriptor(key: &SigningKey) -> Result<String> {
    let certificate = key.certificate_base64()?;
    Ok(format!(
        r#"<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"#
    ))
}
