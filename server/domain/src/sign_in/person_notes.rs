//! What is worth a look in a sign-in that passes: nothing here is a reason to reject it.

use model::options::NameIdFormat;
use model::sign_in::is_mail_address;
use model::{Claim, ClaimMapping, EventKind, FindingCode, FindingValue, Verdict};
use saml::logout::NameId;
use saml::response::VerifiedAssertion;
use store::attempt_events::NewEvent;
use store::attempts::Attempt;
use store::revisions::Revision;
use store::sign_in_steps::KnownPerson;
use url::Url;
use uuid::Uuid;

use super::claims::{claim_sources, first_value};
use super::requested_authn::contexts_requested_by_application;
use super::timeline::noted;

/// What separates groups where somebody joins them.
const SEPARATORS: [char; 2] = [',', ';'];

/// The notes on the claims of a verified assertion.
pub(super) fn claim_notes(claims: &[Claim], mapping: &ClaimMapping) -> Vec<NewEvent> {
    let [email, .., groups] = claim_sources(mapping);
    let groups = groups.find(claims);
    let on_groups = groups.and_then(|claim| joined_groups(claim).or_else(|| object_ids(claim, mapping)));
    let address = email.find(claims).and_then(first_value);
    let on_address = address.map(address_notes).unwrap_or_default();
    on_groups.into_iter().chain(on_address).collect()
}

/// One value with commas. A distinguished name has them too, between parts with an equals sign.
fn joined_groups(claim: &Claim) -> Option<NewEvent> {
    let [value] = claim.values.as_slice() else { return None };
    let parts = value.split(SEPARATORS).filter(|part| !part.trim().is_empty()).count();
    let is_joined = parts > 1 && !value.contains('=');
    let actual = || FindingValue::InClaim { value: value.clone(), claim: claim.name.clone() };
    is_joined.then(|| note(EventKind::Claims, FindingCode::GroupsJoined, actual()))
}

/// Object IDs in a claim that somebody mapped on purpose: by default nobody asked for names.
fn object_ids(claim: &Claim, mapping: &ClaimMapping) -> Option<NewEvent> {
    let are_ids = !claim.values.is_empty() && claim.values.iter().all(|value| Uuid::try_parse(value.trim()).is_ok());
    let values = FindingValue::list(claim.values.iter().map(String::as_str));
    (are_ids && mapping.groups.is_some())
        .then(|| noted(EventKind::Claims, Verdict::Noted, FindingCode::GroupsObjectIds, values))
}

/// Of what is an address that mail reaches: what is refused needs no note.
fn address_notes(address: &str) -> Vec<NewEvent> {
    if !is_mail_address(address) {
        return Vec::new();
    }
    let local_part = address.rsplit_once('@').map_or(address, |(local_part, _)| local_part);
    let remarkable = [
        (address.chars().any(char::is_uppercase), FindingCode::EmailLetterCase),
        (local_part.contains('+'), FindingCode::EmailPlus),
    ];
    let found = remarkable.into_iter().filter(|(is_so, _)| *is_so);
    found.map(|(_, code)| noted(EventKind::Claims, Verdict::Noted, code, FindingValue::text(address))).collect()
}

/// Where the application wished for a way to authenticate, and the connection asks for none of its own:
/// what came instead. A wish is no condition (OpenID Connect Core §5.5.1.1).
pub(super) fn context_note(attempt: &Attempt, revision: &Revision, assertion: &VerifiedAssertion) -> Option<NewEvent> {
    if revision.options.authn_context.is_some() {
        return None;
    }
    let wished = contexts_requested_by_application(attempt);
    let actual = assertion.authn_context();
    let is_met = wished.is_empty() || actual.is_some_and(|actual| wished.iter().any(|wish| wish == actual));
    let event = || {
        let actual = FindingValue::text_or_missing(actual);
        let event = note(EventKind::AuthnContext, FindingCode::AuthnContextWeaker, actual);
        NewEvent { expected: Some(FindingValue::list(wished.iter().map(String::as_str))), ..event }
    };
    (!is_met).then(event)
}

/// Where an identity provider that began the sign-in wants the person to arrive, if nobody is sent there. What does
/// not look like an address is a mark of the identity provider's own.
pub(super) fn relay_state_note(attempt: &Attempt, relay_state: Option<&str>) -> Option<NewEvent> {
    let relay_state = relay_state.filter(|_| attempt.return_to.is_none())?;
    let is_web_address = Url::parse(relay_state).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    let event = || {
        let actual = FindingValue::text(relay_state);
        let event = note(EventKind::ResponseReceived, FindingCode::RelayStateNotAllowed, actual);
        // no signature covers it
        NewEvent { is_verified: false, ..event }
    };
    (is_web_address || relay_state.starts_with('/')).then(event)
}

/// Another name identifier than at the latest sign-in, of somebody who is known by another key. One that is
/// persistent by now is what a warning would ask for.
pub(super) fn name_id_note(before: Option<&KnownPerson>, name_id: &NameId) -> Option<NewEvent> {
    let before = before.filter(|before| before.name_id != name_id.value)?;
    let is_persistent = name_id.format.as_deref() == Some(NameIdFormat::Persistent.uri());
    let verdict = if is_persistent { Verdict::Noted } else { Verdict::Warned };
    let event = noted(EventKind::NameId, verdict, FindingCode::NameIdChanged, FindingValue::text(&name_id.value));
    Some(NewEvent { expected: Some(FindingValue::text(before.name_id.as_str())), ..event })
}

/// Somebody else of the team has the same address.
pub(super) fn shared_address(address: &str) -> NewEvent {
    note(EventKind::Claims, FindingCode::EmailShared, FindingValue::text(address))
}

fn note(kind: EventKind, code: FindingCode, actual: FindingValue) -> NewEvent {
    noted(kind, Verdict::Warned, code, actual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(claims: &[(&str, &[&str])], mapping: &ClaimMapping) -> Vec<FindingCode> {
        let claim = |(name, values): &(&str, &[&str])| Claim {
            name: (*name).to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let claims: Vec<_> = claims.iter().map(claim).collect();
        claim_notes(&claims, mapping).into_iter().filter_map(|event| event.finding).collect()
    }

    #[test]
    fn groups_in_one_value_are_noted_and_names_with_commas_of_their_own_are_not() {
        let plain = ClaimMapping::default();
        for joined in ["Sales, Engineering, All", "Sales;Engineering", "a,b"] {
            assert_eq!(codes(&[("groups", &[joined])], &plain), [FindingCode::GroupsJoined], "{joined}");
        }
        for honest in [&["Sales"][..], &["CN=Sales,OU=Groups,DC=contoso"], &["Sales, EMEA", "All"], &["Sales,"], &[]] {
            assert_eq!(codes(&[("groups", honest)], &plain), [], "{honest:?}");
        }
    }

    #[test]
    fn object_ids_are_noted_only_where_somebody_mapped_the_groups() {
        let ids: &[(&str, &[&str])] = &[("groups", &["7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11"])];
        let mapped = ClaimMapping { groups: Some("groups".into()), ..ClaimMapping::default() };
        assert_eq!(codes(ids, &ClaimMapping::default()), []);
        assert_eq!(codes(ids, &mapped), [FindingCode::GroupsObjectIds]);
        assert_eq!(codes(&[("groups", &["7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11", "Sales"])], &mapped), []);
    }

    #[test]
    fn addresses_in_mixed_case_or_with_a_plus_are_noted() {
        for (address, expected) in [
            ("b.simon@contoso.example", &[][..]),
            ("B.Simon@contoso.example", &[FindingCode::EmailLetterCase]),
            ("b.simon+sso@contoso.example", &[FindingCode::EmailPlus]),
            ("B+1@contoso.example", &[FindingCode::EmailLetterCase, FindingCode::EmailPlus]),
        ] {
            assert_eq!(codes(&[("email", &[address])], &ClaimMapping::default()), expected, "{address}");
        }
    }
}
