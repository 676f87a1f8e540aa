//! What there is to say about the person of a verified assertion.

use model::attempts::ProfileField;
use model::sign_on::Profile;
use model::{Claim, ClaimMapping, EventKind, FindingCode, SignInOptions, Verdict};
use saml::response::VerifiedAssertion;
use store::attempt_events::NewEvent;

use super::findings::{Told, names};
use super::profile::{IDENTITY, Source, entra_key, first, is_guest, sources};
use super::timeline::{noted, passed};

/// What Entra sends instead of more than 150 groups.
const GROUPS_LINK: &str = "http://schemas.microsoft.com/claims/groups.link";
/// How the format ends whose identifiers are others each time; some write it with the version
/// of SAML that did not know it yet.
const TRANSIENT: &str = ":nameid-format:transient";
/// The claims in which Entra sends the user principal name, unless it is told otherwise.
const USER_PRINCIPAL_NAMES: [&str; 2] = ["name", "upn"];

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
    remarks.guest(claims, assertion.name_id());
    remarks.name_id(claims, assertion);
    remarks.encrypted(assertion);
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

/// The names of the attributes that came: what to look for the missing one among.
pub(super) fn came(claims: &[Claim]) -> String {
    if claims.is_empty() {
        return "no attribute at all".to_owned();
    }
    names(claims.iter().map(|claim| claim.name.as_str()))
}

impl Remarks {
    /// Guests are named in the name identifier, or in one of the claims that hold the user
    /// principal name.
    fn guest(&mut self, claims: &[Claim], name_id: &str) {
        let is_named =
            |claim: &&Claim| USER_PRINCIPAL_NAMES.iter().any(|name| claim.name == format!("{IDENTITY}{name}"));
        let mut names = claims.iter().filter(is_named).flat_map(|claim| claim.values.iter().map(String::as_str));
        if is_guest(name_id) {
            self.events.push(noted(EventKind::NameId, Verdict::Warned, FindingCode::Guest, name_id));
        } else if let Some(name) = names.find(|name| is_guest(name)) {
            self.events.push(noted(EventKind::Claims, Verdict::Warned, FindingCode::Guest, name));
        }
    }

    /// Attributes that came encrypted by themselves are left out, and that is said.
    fn encrypted(&mut self, assertion: &VerifiedAssertion) {
        let number = assertion.encrypted_attributes();
        if number > 0 {
            let actual = format!("attributes encrypted by themselves: {number}");
            self.events.push(noted(EventKind::Attributes, Verdict::Warned, FindingCode::EncryptedPart, actual));
        }
    }

    fn name_id(&mut self, claims: &[Claim], assertion: &VerifiedAssertion) {
        if let Some(format) = assertion.name_id_format().filter(|_| !assertion.is_name_id_format_known()) {
            let event = noted(EventKind::NameId, Verdict::Noted, FindingCode::NameIdFormatUnknown, format);
            self.events.push(event);
        }
        let Some(format) = assertion.name_id_format().filter(|format| format.ends_with(TRANSIENT)) else { return };
        if entra_key(claims).is_some() {
            let event = noted(EventKind::NameId, Verdict::Warned, FindingCode::NameIdTransient, format);
            self.events.push(event);
        } else {
            // each sign-in would make another person
            let told = Told { actual: Some(format.to_owned()), ..Told::of(FindingCode::NameIdTransient) };
            self.refusals.push((EventKind::NameId, told));
        }
    }

    fn email(&mut self, claims: &[Claim], mapping: &ClaimMapping, options: &SignInOptions, profile: &Profile) {
        let [source, ..] = sources(mapping);
        let claim = source.find(claims);
        let told = match (&profile.email, claim) {
            (Some(email), claim) if options.email_domains.allow(email) => {
                let email = email.to_string();
                self.events.push(match claim {
                    Some(_) => NewEvent { actual: Some(email), ..passed(EventKind::Claims) },
                    None => noted(EventKind::Claims, Verdict::Warned, FindingCode::EmailFromNameId, email),
                });
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
                actual: Some(came(claims)),
                ..Told::of(FindingCode::EmailMissing)
            },
        };
        self.refusals.push((EventKind::Claims, told));
    }

    fn several(&mut self, source: &Source<'_>, claims: &[Claim]) {
        let Some(claim) = source.find(claims).filter(|_| source.field != ProfileField::Groups) else { return };
        if claim.values.len() > 1 {
            let actual = format!("{}: {}", claim.name, claim.values.join(", "));
            self.events.push(noted(EventKind::Claims, Verdict::Warned, FindingCode::SeveralValues, actual));
        }
    }
}
