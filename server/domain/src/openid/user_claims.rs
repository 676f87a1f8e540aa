//! What is known of a person, for the claims that a scope allows.

use model::{Claim, Scopes};
use oidc::id_token::{PersonClaims, PersonFacts, person_claims};
use store::people::Person;
use store::teams::Team;

use super::team_choice::connection_id;

/// The names of the claim with a person's roles of the application, as Entra sends them, short and in full.
const ROLES: [&str; 2] = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

/// The claims about a person that these scopes allow.
pub(super) fn claims(scopes: &Scopes, person: &Person, team: &Team) -> PersonClaims {
    let profile = &person.profile;
    let email = profile.email.as_ref().map(ToString::to_string);
    let (org_id, connection) = (team.id.to_string(), connection_id(team));
    let name = profile.name();
    let attributes: Vec<_> = person.claims.iter().map(|claim| (claim.name.clone(), claim.values.clone())).collect();
    let facts = PersonFacts {
        name: name.as_deref(),
        given_name: profile.first_name.as_deref(),
        family_name: profile.last_name.as_deref(),
        email: email.as_deref(),
        // true only once teams can prove their domains: until then the identity provider alone says so
        is_email_verified: false,
        groups: &profile.groups,
        roles: roles(&person.claims),
        org_id: &org_id,
        org_slug: team.slug.as_str(),
        org_name: &team.name,
        connection_id: &connection,
        attributes: &attributes,
    };
    person_claims(scopes, &facts)
}

pub(super) fn roles(claims: &[Claim]) -> &[String] {
    roles_claim(claims).map(|claim| claim.values.as_slice()).unwrap_or_default()
}

/// The claim that holds the person's roles of the application.
pub(super) fn roles_claim(claims: &[Claim]) -> Option<&Claim> {
    claims.iter().find(|claim| ROLES.iter().any(|name| claim.name.eq_ignore_ascii_case(name)))
}
