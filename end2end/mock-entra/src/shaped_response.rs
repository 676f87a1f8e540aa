//! Entra's responses made to look like another identity provider's.

use crate::claims::{Claim, EMAIL, EMAIL_ADDRESS, GROUPS};
use crate::response::ResponseOptions;
use crate::shape::Shape;

const UNSPECIFIED_NAME: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
const PERSISTENT_NAME: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const PASSWORD_PROTECTED: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const UNSPECIFIED_CONTEXT: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";
const SCHEMAS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const AD_FS_GROUP: &str = "http://schemas.xmlsoap.org/claims/Group";

impl Shape {
    /// Says what Entra says as this one does.
    pub(crate) fn apply(self, options: &mut ResponseOptions) {
        options.shape = self;
        let Some(issuer) = self.issuer() else { return };
        issuer.clone_into(&mut options.issuer);
        let (name_id_format, context) = match self {
            Self::Keycloak => (PERSISTENT_NAME, UNSPECIFIED_CONTEXT),
            Self::Entra | Self::AdFs | Self::Okta => (UNSPECIFIED_NAME, PASSWORD_PROTECTED),
        };
        name_id_format.clone_into(&mut options.name_id_format);
        context.clone_into(&mut options.authn_context);
        let claims = std::mem::take(&mut options.claims);
        options.claims = claims.into_iter().filter_map(|claim| self.renamed(claim)).collect();
    }

    /// A claim of Entra's under this one's name; none where it sends no such claim.
    fn renamed(self, claim: Claim) -> Option<Claim> {
        let [email, first_name, last_name, groups] = match self {
            Self::AdFs => return renamed_for_ad_fs(claim),
            Self::Keycloak => ["email", "givenName", "surname", "groups"],
            Self::Entra | Self::Okta => ["email", "firstName", "lastName", "groups"],
        };
        let name = match claim.name.as_str() {
            EMAIL => email,
            GROUPS => groups,
            name if name == format!("{SCHEMAS}givenname") => first_name,
            name if name == format!("{SCHEMAS}surname") => last_name,
            _ => return None,
        };
        Some(Claim { name: name.to_owned(), ..claim })
    }
}

fn renamed_for_ad_fs(claim: Claim) -> Option<Claim> {
    let name = match claim.name.as_str() {
        GROUPS => AD_FS_GROUP,
        EMAIL_ADDRESS => EMAIL_ADDRESS,
        name if name.starts_with(SCHEMAS) => return Some(claim),
        _ => return None,
    };
    Some(Claim { name: name.to_owned(), ..claim })
}
