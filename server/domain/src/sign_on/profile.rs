//! From verified attributes to a person's fields, and what there is to say about them.

use model::attempts::{MappedClaim, ProfileField};
use model::sign_on::Profile;
use model::{Claim, ClaimMapping, EmailAddress, EventKind, FindingCode, SignInOptions, Verdict};
use saml::response::VerifiedAssertion;
use store::attempt_events::NewEvent;

use super::findings::Told;
use super::timeline::{noted, passed};

const IDENTITY: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const MICROSOFT: &str = "http://schemas.microsoft.com/identity/claims/";
const MICROSOFT_2008: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/";
/// What Entra sends instead of more than 150 groups.
const GROUPS_LINK: &str = "http://schemas.microsoft.com/claims/groups.link";
const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
/// How Entra names guests (B2B): `name_domain#EXT#@tenant.onmicrosoft.com`.
const GUEST: &str = "#ext#";

/// The attributes as they came.
pub(super) fn claims(assertion: &VerifiedAssertion) -> Vec<Claim> {
    let claim = |attribute: &saml::response::Attribute| Claim {
        name: attribute.name.clone(),
        values: attribute.values.clone(),
    };
    assertion.attributes().iter().map(claim).collect()
}

/// Which claims fill a field: the one that the mapping names, else the first of the names
/// that Entra and others use, short or in full, whatever their case.
struct Source<'a> {
    field: ProfileField,
    mapped: Option<&'a str>,
    defaults: Vec<String>,
}

fn sources(mapping: &ClaimMapping) -> [Source<'_>; 5] {
    let identity = |names: &[&str]| -> Vec<String> {
        names.iter().flat_map(|name| [(*name).to_owned(), format!("{IDENTITY}{name}")]).collect()
    };
    [
        Source {
            field: ProfileField::Email,
            mapped: mapping.email.as_deref(),
            defaults: identity(&["email", "emailaddress", "mail"]),
        },
        Source {
            field: ProfileField::FirstName,
            mapped: mapping.first_name.as_deref(),
            defaults: identity(&["givenname", "firstname", "first_name"]),
        },
        Source {
            field: ProfileField::LastName,
            mapped: mapping.last_name.as_deref(),
            defaults: identity(&["surname", "lastname", "last_name", "sn"]),
        },
        Source {
            field: ProfileField::DisplayName,
            mapped: mapping.display_name.as_deref(),
            defaults: vec!["displayname".to_owned(), format!("{MICROSOFT}displayname"), "display_name".to_owned()],
        },
        Source {
            field: ProfileField::Groups,
            mapped: mapping.groups.as_deref(),
            defaults: vec!["groups".to_owned(), format!("{MICROSOFT_2008}groups"), format!("{MICROSOFT_2008}role")],
        },
    ]
}

impl Source<'_> {
    fn find<'c>(&self, claims: &'c [Claim]) -> Option<&'c Claim> {
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

/// The first value that says something.
fn first(claim: &Claim) -> Option<&str> {
    claim.values.iter().map(|value| value.trim()).find(|value| !value.is_empty())
}

/// The person's fields as claims and mapping give them. An e-mail claim that holds no
/// address gives none; without any such claim a name identifier that is an address will do.
pub(super) fn profile(claims: &[Claim], mapping: &ClaimMapping, name_id: &str) -> Profile {
    let sources = sources(mapping);
    let found = |field| sources.iter().find(|source| source.field == field).and_then(|source| source.find(claims));
    let text = |field| found(field).and_then(first).map(str::to_owned);
    let email = match found(ProfileField::Email) {
        Some(claim) => first(claim).and_then(|value| value.parse().ok()),
        None if mapping.email.is_none() => name_id.parse().ok(),
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

/// Each claim with what it fills.
pub(crate) fn mapped(claims: Vec<Claim>, mapping: &ClaimMapping) -> Vec<MappedClaim> {
    let mut fills: Vec<(String, ProfileField)> =
        sources(mapping).iter().filter_map(|source| Some((source.find(&claims)?.name.clone(), source.field))).collect();
    let keys = ["tenantid", "objectidentifier"].map(|name| format!("{MICROSOFT}{name}"));
    if keys.iter().all(|key| claims.iter().any(|claim| claim.name == *key)) {
        fills.extend(keys.map(|key| (key, ProfileField::SubjectKey)));
    }
    let field = |name: &str| fills.iter().find(|(filled, _)| filled == name).map(|(_, field)| *field);
    claims.into_iter().map(|claim| MappedClaim { fills: field(&claim.name), claim }).collect()
}

/// What there is to say about a verified assertion's person.
pub(super) struct Remarks {
    /// Worth knowing, and no reason to refuse.
    pub(super) events: Vec<NewEvent>,
    /// Why the person is not let in, with what it is about.
    pub(super) refusals: Vec<(EventKind, Told)>,
}

/// Looks at who signed in: as what, with which address, from where.
pub(super) fn remarks(
    claims: &[Claim],
    mapping: &ClaimMapping,
    options: &SignInOptions,
    profile: &Profile,
    assertion: &VerifiedAssertion,
) -> Remarks {
    let mut remarks = Remarks { events: Vec::new(), refusals: Vec::new() };
    remarks.name_id(claims, assertion);
    remarks.email(claims, mapping, options, profile);
    for source in &sources(mapping) {
        remarks.several(source, claims);
    }
    let link = claims.iter().find(|claim| claim.name.eq_ignore_ascii_case(GROUPS_LINK));
    if let Some(link) = link.and_then(first) {
        remarks.events.push(noted(EventKind::Claims, Verdict::Warned, FindingCode::GroupOverage, link));
    }
    remarks
}

impl Remarks {
    fn name_id(&mut self, claims: &[Claim], assertion: &VerifiedAssertion) {
        let name_id = assertion.name_id();
        if name_id.to_ascii_lowercase().contains(GUEST) {
            self.events.push(noted(EventKind::NameId, Verdict::Noted, FindingCode::Guest, name_id));
        }
        if assertion.name_id_format() != Some(TRANSIENT) {
            return;
        }
        if entra_key(claims).is_some() {
            let event = noted(EventKind::NameId, Verdict::Warned, FindingCode::NameIdTransient, TRANSIENT);
            self.events.push(event);
        } else {
            // each sign-in would make another person
            let told = Told { actual: Some(TRANSIENT.to_owned()), ..Told::of(FindingCode::NameIdTransient) };
            self.refusals.push((EventKind::NameId, told));
        }
    }

    fn email(&mut self, claims: &[Claim], mapping: &ClaimMapping, options: &SignInOptions, profile: &Profile) {
        let [source, ..] = sources(mapping);
        let claim = source.find(claims);
        let told = match (&profile.email, claim) {
            (Some(email), _) if options.email_domains.allow(email) => {
                let event = NewEvent { actual: Some(email.to_string()), ..passed(EventKind::Claims) };
                self.events.push(event);
                return;
            }
            (Some(email), _) => Told {
                code: FindingCode::EmailDomain,
                expected: Some(options.email_domains.as_str().to_owned()),
                actual: Some(email.domain().to_owned()),
            },
            (None, Some(claim)) => Told {
                code: FindingCode::EmailInvalid,
                expected: Some("an address such as b.simon@contoso.com".to_owned()),
                actual: Some(format!("{} in the claim {}", first(claim).unwrap_or_default(), claim.name)),
            },
            (None, None) => Told {
                expected: Some(mapping.email.clone().unwrap_or_else(|| "email".to_owned())),
                ..Told::of(FindingCode::EmailMissing)
            },
        };
        self.refusals.push((EventKind::Claims, told));
    }

    fn several(&mut self, source: &Source<'_>, claims: &[Claim]) {
        let Some(claim) = source.find(claims).filter(|_| source.field != ProfileField::Groups) else { return };
        if claim.values.len() > 1 {
            let actual = format!("{}: {}", claim.name, claim.values.join(", "));
            self.events.push(noted(EventKind::Claims, Verdict::Warned, FindingCode::SeveralValues, cut(actual)));
        }
    }
}

/// A value that is stored and shown, no longer than 300 characters.
fn cut(text: String) -> String {
    if text.len() <= 300 { text } else { text.chars().take(300).collect() }
}

/// What is different between two profiles, in words.
pub(super) fn changes(before: &Profile, after: &Profile) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
    let email = |profile: &Profile| text(&profile.email.as_ref().map(EmailAddress::to_string));
    let pairs = [
        ("E-mail", email(before), email(after)),
        ("First name", text(&before.first_name), text(&after.first_name)),
        ("Last name", text(&before.last_name), text(&after.last_name)),
        ("Name to show", text(&before.display_name), text(&after.display_name)),
        ("Groups", before.groups.join(", "), after.groups.join(", ")),
    ];
    let changed = pairs.into_iter().filter(|(_, before, after)| before != after);
    changed.map(|(name, before, after)| cut(format!("{name}: {before} → {after}"))).collect()
}

/// The identity provider's immutable key for a person: Entra's tenant and object identifier
/// where both are there, the name identifier otherwise. Never the e-mail address, which may
/// pass to somebody else.
pub(super) fn subject_key(claims: &[Claim], assertion: &VerifiedAssertion) -> String {
    entra_key(claims)
        .unwrap_or_else(|| format!("nameid:{}:{}", assertion.name_id_format().unwrap_or_default(), assertion.name_id()))
}

fn entra_key(claims: &[Claim]) -> Option<String> {
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
    fn an_email_attribute_that_holds_no_address_gives_none() {
        let claims = [claim("email", &["n/a"])];
        assert_eq!(profile(&claims, &ClaimMapping::default(), "b.simon@contoso.com").email, None);
    }

    #[test]
    fn what_changed_is_said() {
        let before = Profile { email: "a@contoso.com".parse().ok(), ..Profile::default() };
        let after = Profile { email: "b@contoso.com".parse().ok(), groups: vec!["g".into()], ..Profile::default() };
        assert_eq!(changes(&before, &after), ["E-mail: a@contoso.com → b@contoso.com", "Groups:  → g"]);
        assert!(changes(&after, &after).is_empty());
    }

    #[test]
    fn claims_are_shown_with_what_they_fill() {
        let claims = vec![
            claim("email", &["a@contoso.com"]),
            claim(&format!("{IDENTITY}givenname"), &["A"]),
            claim("x", &["y"]),
        ];
        let fills: Vec<_> = mapped(claims, &ClaimMapping::default()).into_iter().map(|mapped| mapped.fills).collect();
        assert_eq!(fills, [Some(ProfileField::Email), Some(ProfileField::FirstName), None]);
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
