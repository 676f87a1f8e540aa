//! From verified attributes to a person's fields.

use model::sign_on::Profile;
use model::{Claim, ClaimMapping};
use saml::response::VerifiedAssertion;

const IDENTITY: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const MICROSOFT: &str = "http://schemas.microsoft.com/identity/claims/";
const MICROSOFT_2008: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/";

/// The attributes as they came.
pub(super) fn claims(assertion: &VerifiedAssertion) -> Vec<Claim> {
    let claim = |attribute: &saml::response::Attribute| Claim {
        name: attribute.name.clone(),
        values: attribute.values.clone(),
    };
    assertion.attributes().iter().map(claim).collect()
}

/// The person's fields: by the mapping where it names an attribute, else under the names
/// that Entra and others use, short or in full, whatever their case.
pub(super) fn profile(claims: &[Claim], mapping: &ClaimMapping, name_id: &str) -> Profile {
    let first = |mapped: &Option<String>, defaults: &[String]| {
        values(claims, mapped.as_deref(), defaults).and_then(|values| values.first()).cloned()
    };
    let identity = |names: &[&str]| -> Vec<String> {
        names.iter().flat_map(|name| [(*name).to_owned(), format!("{IDENTITY}{name}")]).collect()
    };
    let email = first(&mapping.email, &identity(&["email", "emailaddress", "mail"])).and_then(|text| text.parse().ok());
    Profile {
        // without a mapped attribute, a name identifier that is an address will do
        email: email.or_else(|| mapping.email.is_none().then(|| name_id.parse().ok()).flatten()),
        first_name: first(&mapping.first_name, &identity(&["givenname", "firstname", "first_name"])),
        last_name: first(&mapping.last_name, &identity(&["surname", "lastname", "last_name", "sn"])),
        display_name: first(
            &mapping.display_name,
            &["displayname".to_owned(), format!("{MICROSOFT}displayname"), "display_name".to_owned()],
        ),
        groups: values(
            claims,
            mapping.groups.as_deref(),
            &["groups".to_owned(), format!("{MICROSOFT_2008}groups"), format!("{MICROSOFT_2008}role")],
        )
        .map(<[String]>::to_vec)
        .unwrap_or_default(),
    }
}

fn values<'a>(claims: &'a [Claim], mapped: Option<&str>, defaults: &[String]) -> Option<&'a [String]> {
    let named = |name: &str| {
        let claim = claims.iter().find(|claim| claim.name.eq_ignore_ascii_case(name))?;
        claim.values.iter().any(|value| !value.is_empty()).then_some(claim.values.as_slice())
    };
    match mapped {
        Some(name) => named(name),
        None => defaults.iter().find_map(|name| named(name)),
    }
}

/// The identity provider's immutable key for a person: Entra's tenant and object identifier
/// where both are there, the name identifier otherwise. Never the e-mail address, which may
/// pass to somebody else.
pub(super) fn subject_key(claims: &[Claim], assertion: &VerifiedAssertion) -> String {
    let one = |name: &str| {
        let full = format!("{MICROSOFT}{name}");
        claims.iter().find(|claim| claim.name == full)?.values.first().filter(|value| !value.is_empty())
    };
    match (one("tenantid"), one("objectidentifier")) {
        (Some(tenant), Some(object)) => format!("entra:{tenant}:{object}"),
        _ => format!("nameid:{}:{}", assertion.name_id_format().unwrap_or_default(), assertion.name_id()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(name: &str, values: &[&str]) -> Claim {
        Claim { name: name.to_owned(), values: values.iter().map(|value| (*value).to_owned()).collect() }
    }

    #[test]
    fn entras_default_claims_fill_the_profile() {
        let claims = [
            claim(&format!("{IDENTITY}givenname"), &["B"]),
            claim(&format!("{IDENTITY}surname"), &["Simon"]),
            claim(&format!("{MICROSOFT}displayname"), &["B.Simon"]),
            claim("email", &["B.Simon@contoso.com"]),
            claim(&format!("{MICROSOFT_2008}groups"), &["a", "b"]),
        ];
        let profile = profile(&claims, &ClaimMapping::default(), "b.simon@contoso.onmicrosoft.com");
        assert_eq!(profile.email.unwrap().as_str(), "b.simon@contoso.com");
        assert_eq!(profile.first_name.as_deref(), Some("B"));
        assert_eq!(profile.last_name.as_deref(), Some("Simon"));
        assert_eq!(profile.display_name.as_deref(), Some("B.Simon"));
        assert_eq!(profile.groups, ["a", "b"]);
    }

    #[test]
    fn a_mapped_attribute_is_the_only_one_looked_at() {
        let mapping = ClaimMapping { email: Some("workMail".into()), ..ClaimMapping::default() };
        let claims = [claim("email", &["other@contoso.com"]), claim("workmail", &["right@contoso.com"])];
        assert_eq!(profile(&claims, &mapping, "x").email.unwrap().as_str(), "right@contoso.com");
        assert_eq!(profile(&claims[..1], &mapping, "name@contoso.com").email, None);
    }

    #[test]
    fn without_an_email_attribute_the_name_identifier_will_do_if_it_is_an_address() {
        let by_name_id = |name_id| profile(&[], &ClaimMapping::default(), name_id).email.map(String::from);
        assert_eq!(by_name_id("b.simon@contoso.com").as_deref(), Some("b.simon@contoso.com"));
        assert_eq!(by_name_id("7f3k2q9m"), None);
        let empty = [claim("email", &[""])];
        assert_eq!(profile(&empty, &ClaimMapping::default(), "7f3k2q9m").email, None);
    }
}
