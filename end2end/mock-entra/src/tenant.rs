//! The tenant and its addresses, in Entra's shape.

/// One tenant, served at one address.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Its directory (tenant) ID, a GUID.
    pub id: String,
    /// Where the mock is reached, without a slash at the end.
    pub base_url: String,
}

impl Tenant {
    /// Microsoft Entra Identifier. It stays Entra's own, whatever the mock's address is.
    #[must_use]
    pub fn entity_id(&self) -> String {
        format!("https://sts.windows.net/{}/", self.id)
    }

    /// Under which name logout responses of some tenants come.
    #[must_use]
    pub fn logout_alias(&self) -> String {
        format!("https://login.microsoftonline.com/{}/", self.id)
    }

    /// Login URL, which is also the Logout URL.
    #[must_use]
    pub fn sso_url(&self) -> String {
        format!("{}/{}/saml2", self.base_url, self.id)
    }

    /// App Federation Metadata URL.
    #[must_use]
    pub fn metadata_url(&self) -> String {
        format!("{}/{}/federationmetadata/2007-06/federationmetadata.xml", self.base_url, self.id)
    }
}
