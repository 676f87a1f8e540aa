//! Findings about the person of a verified assertion: guests, addresses, groups, name identifiers.

use model::attempts::ProfileField;
use model::options::NameIdFormat;
use model::sign_in::Profile;
use model::{Claim, ClaimMapping, EventKind, FindingCode, FindingValue, SignInOptions, Verdict};
use saml::response::VerifiedAssertion;
use store::attempt_events::NewEvent;

use super::claims::{ClaimSource, IDENTITY, claim_sources, entra_key, first_value, is_guest_name};
use super::finding::Finding;
use super::person_notes::claim_notes;
use super::timeline::{noted, passed};

/// What Entra sends instead of more than 150 groups.
const GROUPS_LINK: &str = "http://schemas.microsoft.com/claims/groups.link";
/// The end of the transient format's URI, whose identifiers change with each sign-in. Some
/// identity providers write it with the number of an older SAML version.
const TRANSIENT: &str = ":nameid-format:transient";
/// The claims in which Entra sends the user principal name, unless it is told otherwise.
const USER_PRINCIPAL_NAMES: [&str; 2] = ["name", "upn"];

/// The findings about a verified assertion's person.
pub(super) struct PersonFindings {
    /// Worth knowing, and no reason to reject.
    pub(super) events: Vec<NewEvent>,
    /// Why the sign-in is rejected, with what each is about.
    pub(super) rejections: Vec<(EventKind, Finding)>,
}

/// Looks at who signed in: as what, with which address, from where.
pub(super) fn person_findings(
    claims: &[Claim],
    mapping: &ClaimMapping,
    options: &SignInOptions,
    profile: &Profile,
    assertion: &VerifiedAssertion,
) -> PersonFindings {
    let mut findings = PersonFindings { events: Vec::new(), rejections: Vec::new() };
    findings.add_guest(claims, assertion.name_id());
    findings.add_name_id(claims, assertion);
    findings.add_name_id_format(options, assertion);
    findings.add_encrypted_attributes(assertion);
    findings.add_email(claims, mapping, options, profile);
    for source in &claim_sources(mapping) {
        findings.add_several_values(source, claims);
    }
    findings.events.extend(claim_notes(claims, mapping));
    let link = claims.iter().find(|claim| claim.name.eq_ignore_ascii_case(GROUPS_LINK));
    if let Some(link) = link.and_then(first_value) {
        findings.events.push(noted(
            EventKind::Claims,
            Verdict::Warned,
            FindingCode::GroupOverage,
            FindingValue::text(link),
        ));
    }
    findings
}

/// The names of the attributes that came, among which to look for the missing one.
pub(super) fn received_names(claims: &[Claim]) -> FindingValue {
    if claims.is_empty() {
        return FindingValue::NoAttributes;
    }
    FindingValue::list(claims.iter().map(|claim| claim.name.as_str()))
}

/// A claim that came empty is set up; one that did not come may not be.
fn no_email(empty: Option<&Claim>, claims: &[Claim], mapping: &ClaimMapping) -> Finding {
    let Some(empty) = empty else {
        return Finding {
            expected: Some(FindingValue::text(mapping.email.as_deref().unwrap_or("email"))),
            actual: Some(received_names(claims)),
            ..Finding::new(FindingCode::EmailMissing)
        };
    };
    let actual = FindingValue::ClaimValues { claim: empty.name.clone(), values: vec![String::new()] };
    Finding {
        expected: Some(FindingValue::EmailAddress),
        actual: Some(actual),
        ..Finding::new(FindingCode::EmailEmpty)
    }
}

impl PersonFindings {
    /// Guests are named in the name identifier, or in one of the claims that hold the user
    /// principal name. Nothing is wrong with them; where their address is missing, that is said by itself.
    fn add_guest(&mut self, claims: &[Claim], name_id: &str) {
        let is_named =
            |claim: &&Claim| USER_PRINCIPAL_NAMES.iter().any(|name| claim.name == format!("{IDENTITY}{name}"));
        let mut names = claims.iter().filter(is_named).flat_map(|claim| claim.values.iter().map(String::as_str));
        if is_guest_name(name_id) {
            self.events.push(noted(
                EventKind::NameId,
                Verdict::Noted,
                FindingCode::GuestAccount,
                FindingValue::text(name_id),
            ));
        } else if let Some(name) = names.find(|name| is_guest_name(name)) {
            self.events.push(noted(
                EventKind::Claims,
                Verdict::Noted,
                FindingCode::GuestAccount,
                FindingValue::text(name),
            ));
        }
    }

    /// Attributes that came encrypted by themselves are left out, and that is said.
    fn add_encrypted_attributes(&mut self, assertion: &VerifiedAssertion) {
        let number = assertion.encrypted_attributes();
        if number > 0 {
            let actual = FindingValue::EncryptedAttributes(number);
            self.events.push(noted(EventKind::Attributes, Verdict::Warned, FindingCode::EncryptedPart, actual));
        }
    }

    fn add_name_id(&mut self, claims: &[Claim], assertion: &VerifiedAssertion) {
        if let Some(format) = assertion.name_id_format().filter(|_| !assertion.is_name_id_format_known()) {
            let event =
                noted(EventKind::NameId, Verdict::Noted, FindingCode::NameIdFormatUnknown, FindingValue::text(format));
            self.events.push(event);
        }
        let Some(format) = assertion.name_id_format().filter(|format| format.ends_with(TRANSIENT)) else { return };
        if entra_key(claims).is_some() {
            let event =
                noted(EventKind::NameId, Verdict::Warned, FindingCode::NameIdTransient, FindingValue::text(format));
            self.events.push(event);
        } else {
            // each sign-in would make another person
            let finding = Finding::with_actual(FindingCode::NameIdTransient, FindingValue::text(format));
            self.rejections.push((EventKind::NameId, finding));
        }
    }

    /// An identity provider that cannot give the format that was asked for must answer with an error (core
    /// §3.4.1.1); some send what they have. What says nothing of a format is none.
    fn add_name_id_format(&mut self, options: &SignInOptions, assertion: &VerifiedAssertion) {
        let asked = options.name_id_format.filter(|asked| *asked != NameIdFormat::Unspecified);
        let Some((asked, came)) = asked.zip(assertion.name_id_format()) else { return };
        if came != asked.uri() && !came.ends_with(TRANSIENT) {
            let code = FindingCode::NameIdFormatOther;
            let event = noted(EventKind::NameId, Verdict::Warned, code, FindingValue::text(came));
            self.events.push(NewEvent { expected: Some(FindingValue::text(asked.uri())), ..event });
        }
    }

    fn add_email(&mut self, claims: &[Claim], mapping: &ClaimMapping, options: &SignInOptions, profile: &Profile) {
        let [source, ..] = claim_sources(mapping);
        let claim = source.find(claims);
        let finding = match (&profile.email, claim) {
            (Some(email), claim) if options.email_domains.allow(email) => {
                let email = FindingValue::text(email.as_str());
                self.events.push(match claim {
                    Some(_) => NewEvent { actual: Some(email), ..passed(EventKind::Claims) },
                    None => noted(EventKind::Claims, Verdict::Warned, FindingCode::EmailFromNameId, email),
                });
                return;
            }
            (Some(email), _) => Finding {
                code: FindingCode::EmailDomain,
                expected: Some(FindingValue::text(options.email_domains.as_str())),
                actual: Some(FindingValue::text(email.domain())),
            },
            (None, Some(claim)) => Finding {
                code: FindingCode::EmailInvalid,
                expected: Some(FindingValue::EmailAddress),
                actual: Some(FindingValue::InClaim {
                    value: first_value(claim).unwrap_or_default().to_owned(),
                    claim: claim.name.clone(),
                }),
            },
            (None, None) => no_email(source.find_empty(claims), claims, mapping),
        };
        self.rejections.push((EventKind::Claims, finding));
    }

    fn add_several_values(&mut self, source: &ClaimSource<'_>, claims: &[Claim]) {
        let Some(claim) = source.find(claims).filter(|_| source.field != ProfileField::Groups) else { return };
        if claim.values.len() > 1 {
            let actual = FindingValue::ClaimValues { claim: claim.name.clone(), values: claim.values.clone() };
            self.events.push(noted(EventKind::Claims, Verdict::Warned, FindingCode::SeveralValues, actual));
        }
    }
}
