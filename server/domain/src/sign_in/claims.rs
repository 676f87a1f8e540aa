//! From verified attributes to claims, and from claims to a person's profile.

use model::attempts::{MappedClaim, ProfileField};
use model::sign_in::Profile;
use model::{Claim, ClaimMapping, EmailAddress, ProfileChange};
use saml::response::{Attribute, VerifiedAssertion};

/// The full names of Entra's claims, of which most are of the first kind.
macro_rules! full_name {
    (identity, $name:literal) => {
        concat!("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/", $name)
    };
    (microsoft, $name:literal) => {
        concat!("http://schemas.microsoft.com/identity/claims/", $name)
    };
    (microsoft_2008, $name:literal) => {
        concat!("http://schemas.microsoft.com/ws/2008/06/identity/claims/", $name)
    };
}

/// Names, each short and in full.
macro_rules! short_and_full {
    ($($name:literal),+) => {
        &[$($name, full_name!(identity, $name)),+]
    };
}

/// Where the names of most of Entra's claims begin.
pub(super) const IDENTITY: &str = full_name!(identity, "");
const MICROSOFT: &str = full_name!(microsoft, "");

/// The attributes as they came; one that comes twice, in whatever case, is one with the values
/// of both.
pub(super) fn claims_of(assertion: &VerifiedAssertion) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    for Attribute { name, values, .. } in assertion.attributes() {
        match claims.iter_mut().find(|claim| claim.name.eq_ignore_ascii_case(name)) {
            Some(claim) => claim.values.extend(values.iter().cloned()),
            None => claims.push(Claim { name: name.clone(), values: values.clone() }),
        }
    }
    claims
}

/// Which claims can fill a field of the profile: the one that the mapping names, else the first of the names
/// that Entra and others use, short or in full, whatever their case.
pub(super) struct ClaimSource<'a> {
    pub(super) field: ProfileField,
    mapped: Option<&'a str>,
    defaults: &'static [&'static str],
}

pub(super) fn claim_sources(mapping: &ClaimMapping) -> [ClaimSource<'_>; 5] {
    [
        ClaimSource {
            field: ProfileField::Email,
            mapped: mapping.email.as_deref(),
            defaults: short_and_full!("email", "emailaddress", "mail"),
        },
        ClaimSource {
            field: ProfileField::FirstName,
            mapped: mapping.first_name.as_deref(),
            defaults: short_and_full!("givenname", "firstname", "first_name"),
        },
        ClaimSource {
            field: ProfileField::LastName,
            mapped: mapping.last_name.as_deref(),
            defaults: short_and_full!("surname", "lastname", "last_name", "sn"),
        },
        ClaimSource {
            field: ProfileField::DisplayName,
            mapped: mapping.display_name.as_deref(),
            defaults: &["displayname", full_name!(microsoft, "displayname"), "display_name"],
        },
        ClaimSource {
            field: ProfileField::Groups,
            mapped: mapping.groups.as_deref(),
            defaults: &["groups", full_name!(microsoft_2008, "groups"), full_name!(microsoft_2008, "role")],
        },
    ]
}

impl ClaimSource<'_> {
    /// The claim that would fill the field, if it came without a value.
    pub(super) fn find_empty<'c>(&self, claims: &'c [Claim]) -> Option<&'c Claim> {
        let named = |name: &str| claims.iter().find(|claim| claim.name.eq_ignore_ascii_case(name));
        match self.mapped {
            Some(name) => named(name),
            None => self.defaults.iter().find_map(|name| named(name)),
        }
        .filter(|claim| first_value(claim).is_none())
    }

    /// The claim that fills the field.
    pub(super) fn find<'c>(&self, claims: &'c [Claim]) -> Option<&'c Claim> {
        let named = |name: &str| {
            let claim = claims.iter().find(|claim| claim.name.eq_ignore_ascii_case(name))?;
            claim.values.iter().any(|value| !value.trim().is_empty()).then_some(claim)
        };
        match self.mapped {
            Some(name) => named(name),
            None => self.defaults.iter().find_map(|name| named(name)),
        }
    }
}

/// The first value that is not blank.
pub(super) fn first_value(claim: &Claim) -> Option<&str> {
    claim.values.iter().map(|value| value.trim()).find(|value| !value.is_empty())
}

/// An e-mail address; a guest's user principal name looks like one and receives no mail.
fn email_address(value: &str) -> Option<EmailAddress> {
    value.parse().ok().filter(|_| !is_guest_name(value))
}

/// Whether this is how Entra names guests (B2B): `name_domain#EXT#@tenant.onmicrosoft.com`.
pub(super) fn is_guest_name(name: &str) -> bool {
    name.to_ascii_lowercase().contains("#ext#")
}

/// The person's fields as claims and mapping give them. An e-mail claim that holds no
/// address gives none; without any such claim a name identifier that is an address will do.
pub(super) fn profile_of(claims: &[Claim], mapping: &ClaimMapping, name_id: &str) -> Profile {
    let sources = claim_sources(mapping);
    let found = |field| sources.iter().find(|source| source.field == field).and_then(|source| source.find(claims));
    let text = |field| found(field).and_then(first_value).map(str::to_owned);
    let email = match found(ProfileField::Email) {
        Some(claim) => first_value(claim).and_then(email_address),
        None if mapping.email.is_none() => email_address(name_id),
        None => None,
    };
    Profile {
        email,
        first_name: text(ProfileField::FirstName),
        last_name: text(ProfileField::LastName),
        display_name: text(ProfileField::DisplayName),
        groups: found(ProfileField::Groups).map(|claim| claim.values.clone()).unwrap_or_default(),
    }
}

/// Each claim with the field of the profile that it fills.
pub(crate) fn claims_with_fields(claims: Vec<Claim>, mapping: &ClaimMapping) -> Vec<MappedClaim> {
    let mut fills: Vec<(String, ProfileField)> = claim_sources(mapping)
        .iter()
        .filter_map(|source| Some((source.find(&claims)?.name.clone(), source.field)))
        .collect();
    let keys = ["tenantid", "objectidentifier"].map(|name| format!("{MICROSOFT}{name}"));
    if keys.iter().all(|key| claims.iter().any(|claim| claim.name == *key)) {
        fills.extend(keys.map(|key| (key, ProfileField::SubjectKey)));
    }
    let field = |name: &str| fills.iter().find(|(filled, _)| filled == name).map(|(_, field)| *field);
    claims.into_iter().map(|claim| MappedClaim { fills: field(&claim.name), claim }).collect()
}

/// What changed between two profiles, field by field.
pub(super) fn profile_changes(before: &Profile, after: &Profile) -> Vec<ProfileChange> {
    let email = |profile: &Profile| profile.email.as_ref().map(EmailAddress::to_string);
    let groups = |profile: &Profile| (!profile.groups.is_empty()).then(|| profile.groups.join(", "));
    let fields = [
        (ProfileField::Email, email(before), email(after)),
        (ProfileField::FirstName, before.first_name.clone(), after.first_name.clone()),
        (ProfileField::LastName, before.last_name.clone(), after.last_name.clone()),
        (ProfileField::DisplayName, before.display_name.clone(), after.display_name.clone()),
        (ProfileField::Groups, groups(before), groups(after)),
    ];
    let changed = fields.into_iter().filter(|(_, before, after)| before != after);
    changed.map(|(field, before, after)| ProfileChange { field, before, after }).collect()
}

/// The key that the identity provider never changes for a person: Entra's tenant and object identifier
/// where both are there, the name identifier otherwise. Never the e-mail address, which may
/// pass to somebody else.
pub(super) fn subject_key(claims: &[Claim], assertion: &VerifiedAssertion) -> String {
    entra_key(claims).unwrap_or_else(|| {
        let format = assertion.name_id_format().unwrap_or_default();
        name_id_key(format, assertion.is_name_id_format_known(), assertion.name_id())
    })
}

/// A name identifier as a key, with its format: of a format that is anybody's, its length says
/// where it ends, so that no two identifiers have one key.
fn name_id_key(format: &str, is_known: bool, name_id: &str) -> String {
    if is_known { format!("nameid:{format}:{name_id}") } else { format!("nameid:{}:{format}:{name_id}", format.len()) }
}

/// The tenant and object identifiers, if both came.
pub(super) fn entra_key(claims: &[Claim]) -> Option<String> {
    let one = |name: &str| {
        let full = format!("{MICROSOFT}{name}");
        claims.iter().find(|claim| claim.name == full)?.values.first().filter(|value| !value.is_empty())
    };
    Some(format!("entra:{}:{}", one("tenantid")?, one("objectidentifier")?))
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
            claim(full_name!(microsoft_2008, "groups"), &["a", "b"]),
        ];
        let profile = profile_of(&claims, &ClaimMapping::default(), "b.simon@contoso.onmicrosoft.com");
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
        assert_eq!(profile_of(&claims, &mapping, "x").email.unwrap().as_str(), "right@contoso.com");
        assert_eq!(profile_of(&claims[..1], &mapping, "name@contoso.com").email, None);
    }

    #[test]
    fn a_guests_user_principal_name_is_no_address() {
        let guest = "b.simon_fabrikam.com#EXT#@contoso.onmicrosoft.com";
        assert_eq!(profile_of(&[], &ClaimMapping::default(), guest).email, None);
        assert_eq!(profile_of(&[claim("email", &[guest])], &ClaimMapping::default(), "x@contoso.com").email, None);
        let own = profile_of(&[claim("email", &["b.simon@fabrikam.com"])], &ClaimMapping::default(), guest);
        assert_eq!(own.email.unwrap().as_str(), "b.simon@fabrikam.com");
    }

    #[test]
    fn no_two_name_identifiers_have_one_key() {
        let known = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
        assert_eq!(name_id_key(known, true, "a"), format!("nameid:{known}:a"));
        assert_ne!(name_id_key("urn:a", false, "b:c"), name_id_key("urn:a:b", false, "c"));
        assert_ne!(name_id_key("urn:a", false, "b"), name_id_key("urn:a", true, "b"));
    }

    #[test]
    fn an_email_attribute_that_holds_no_address_gives_none() {
        let claims = [claim("email", &["n/a"])];
        assert_eq!(profile_of(&claims, &ClaimMapping::default(), "b.simon@contoso.com").email, None);
    }

    #[test]
    fn what_changed_is_said() {
        let before = Profile { email: "a@contoso.com".parse().ok(), ..Profile::default() };
        let after = Profile { email: "b@contoso.com".parse().ok(), groups: vec!["g".into()], ..Profile::default() };
        let change = |field, before: Option<&str>, after: &str| ProfileChange {
            field,
            before: before.map(str::to_owned),
            after: Some(after.to_owned()),
        };
        let email = change(ProfileField::Email, Some("a@contoso.com"), "b@contoso.com");
        assert_eq!(profile_changes(&before, &after), [email, change(ProfileField::Groups, None, "g")]);
        assert!(profile_changes(&after, &after).is_empty());
    }

    #[test]
    fn claims_are_shown_with_what_they_fill() {
        let claims = vec![
            claim("email", &["a@contoso.com"]),
            claim(&format!("{IDENTITY}givenname"), &["A"]),
            claim("x", &["y"]),
        ];
        let fills: Vec<_> =
            claims_with_fields(claims, &ClaimMapping::default()).into_iter().map(|claim| claim.fills).collect();
        assert_eq!(fills, [Some(ProfileField::Email), Some(ProfileField::FirstName), None]);
    }

    #[test]
    fn without_an_email_attribute_the_name_identifier_will_do_if_it_is_an_address() {
        let by_name_id = |name_id| profile_of(&[], &ClaimMapping::default(), name_id).email.map(String::from);
        assert_eq!(by_name_id("b.simon@contoso.com").as_deref(), Some("b.simon@contoso.com"));
        assert_eq!(by_name_id("7f3k2q9m"), None);
        let empty = [claim("email", &[""])];
        assert_eq!(profile_of(&empty, &ClaimMapping::default(), "7f3k2q9m").email, None);
    }
}
