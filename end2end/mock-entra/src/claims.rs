//! The claims of a new enterprise application, and what they are called.

use crate::directory::User;
use crate::tenant::Tenant;

pub(crate) const TENANT_ID: &str = "http://schemas.microsoft.com/identity/claims/tenantid";
pub(crate) const OBJECT_ID: &str = "http://schemas.microsoft.com/identity/claims/objectidentifier";
pub(crate) const DISPLAY_NAME: &str = "http://schemas.microsoft.com/identity/claims/displayname";
pub(crate) const IDENTITY_PROVIDER: &str = "http://schemas.microsoft.com/identity/claims/identityprovider";
pub(crate) const EMAIL_ADDRESS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";
/// What the portal asks administrators to add.
pub(crate) const EMAIL: &str = "email";
pub(crate) const GROUPS: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";
/// Where the groups are to be asked for, when there are too many to be listed.
pub(crate) const GROUPS_LINK: &str = "http://schemas.microsoft.com/claims/groups.link";

const AUTHN_METHODS: &str = "http://schemas.microsoft.com/claims/authnmethodsreferences";
const GIVEN_NAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname";
const SURNAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname";
const NAME: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name";

/// A claim and its values.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
}

/// Every claim about a user.
pub(crate) fn all_claims(tenant: &Tenant, user: &User) -> Vec<Claim> {
    let methods = vec![
        "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password".to_owned(),
        "http://schemas.microsoft.com/claims/multipleauthn".to_owned(),
    ];
    let mut claims = vec![
        single_value(TENANT_ID, &tenant.id),
        single_value(IDENTITY_PROVIDER, &tenant.entity_id()),
        Claim { name: AUTHN_METHODS.to_owned(), values: methods },
    ];
    claims.extend(user_claims(user));
    claims
}

/// Those that depend on the user alone.
pub(crate) fn user_claims(user: &User) -> Vec<Claim> {
    vec![
        single_value(OBJECT_ID, &user.object_id()),
        single_value(DISPLAY_NAME, &user.display_name),
        single_value(GIVEN_NAME, &user.given_name),
        single_value(SURNAME, &user.surname),
        single_value(EMAIL_ADDRESS, &user.mail),
        single_value(NAME, &user.upn),
        single_value(EMAIL, &user.mail),
    ]
}

fn single_value(name: &str, value: &str) -> Claim {
    Claim { name: name.to_owned(), values: vec![value.to_owned()] }
}
