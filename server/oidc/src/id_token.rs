//! ID tokens (Core §2 and §3.1.3.6), and what is said of a person by scope (Core §5.1 and §5.4).

use std::collections::BTreeMap;

use model::{Scope, Scopes, SigningAlgorithm};
use openssl::sha::{sha256, sha512};
use serde::Serialize;

use crate::digest::hmac_of_parts;
use crate::jose::base64url;

/// The `typ` that an ID token is signed with. Access tokens and logout tokens have others, so that none
/// is taken for another.
pub const TYP: &str = "JWT";

/// What an ID token says (Core §2).
#[derive(Clone, Debug, Serialize)]
pub struct IdTokenClaims<'a> {
    /// Who says it.
    pub iss: &'a str,
    /// Of whom.
    pub sub: &'a str,
    /// To whom: the client id.
    pub aud: &'a str,
    /// Until when it is to be taken, in seconds since 1970.
    pub exp: i64,
    /// When it was made, in seconds since 1970.
    pub iat: i64,
    /// When the person signed in, in seconds since 1970.
    pub auth_time: i64,
    /// The request's nonce.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<&'a str>,
    /// How well the person was authenticated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<&'a str>,
    /// By what (RFC 8176).
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub amr: &'a [String],
    /// The session, as this client knows it: [`session_id`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<&'a str>,
    /// What ties the access token to this one: [`at_hash`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_hash: Option<String>,
    /// What is said of the person.
    #[serde(flatten)]
    pub person: PersonClaims,
}

/// The answer of the userinfo endpoint (Core §5.3.2).
#[derive(Clone, Debug, Serialize)]
pub struct UserinfoClaims<'a> {
    /// Of whom: the same as in the ID token.
    pub sub: &'a str,
    /// What is said of the person.
    #[serde(flatten)]
    pub person: PersonClaims,
}

/// What is said of a person. What was not asked for, or is not known, is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PersonClaims {
    /// The whole name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The given name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_name: Option<String>,
    /// The family name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family_name: Option<String>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether the address is known to be the person's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    /// Groups, as the identity provider sent them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// Roles, as the identity provider sent them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// The organization's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_id: Option<String>,
    /// The organization's slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_slug: Option<String>,
    /// The organization's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org_name: Option<String>,
    /// The connection that the person signed in by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<String>,
    /// All attributes, as the identity provider sent them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saml: Option<BTreeMap<String, Vec<String>>>,
}

/// What is known of a person.
#[derive(Clone, Copy, Debug)]
pub struct PersonFacts<'a> {
    /// The whole name.
    pub name: Option<&'a str>,
    /// The given name.
    pub given_name: Option<&'a str>,
    /// The family name.
    pub family_name: Option<&'a str>,
    /// The e-mail address.
    pub email: Option<&'a str>,
    /// Whether the address is known to be the person's.
    pub is_email_verified: bool,
    /// Groups.
    pub groups: &'a [String],
    /// Roles.
    pub roles: &'a [String],
    /// The organization's id.
    pub org_id: &'a str,
    /// The organization's slug.
    pub org_slug: &'a str,
    /// The organization's name.
    pub org_name: &'a str,
    /// The connection that the person signed in by.
    pub connection_id: &'a str,
    /// All attributes: names and values. A name may be there more than once.
    pub attributes: &'a [(String, Vec<String>)],
}

/// What of a person's facts those scopes ask for.
#[must_use]
pub fn person_claims(scopes: &Scopes, facts: &PersonFacts<'_>) -> PersonClaims {
    let by = |scope: Scope, text: Option<&str>| {
        text.filter(|text| scopes.contains(scope) && !text.is_empty()).map(str::to_owned)
    };
    let list = |list: &[String]| scopes.contains(Scope::Groups).then(|| list.to_vec());
    let email = by(Scope::Email, facts.email);
    PersonClaims {
        name: by(Scope::Profile, facts.name),
        given_name: by(Scope::Profile, facts.given_name),
        family_name: by(Scope::Profile, facts.family_name),
        email_verified: email.is_some().then_some(facts.is_email_verified),
        email,
        groups: list(facts.groups),
        roles: list(facts.roles),
        org_id: by(Scope::Organization, Some(facts.org_id)),
        org_slug: by(Scope::Organization, Some(facts.org_slug)),
        org_name: by(Scope::Organization, Some(facts.org_name)),
        connection_id: by(Scope::Organization, Some(facts.connection_id)),
        saml: scopes.contains(Scope::Saml).then(|| by_name(facts.attributes)),
    }
}

fn by_name(attributes: &[(String, Vec<String>)]) -> BTreeMap<String, Vec<String>> {
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, values) in attributes {
        by_name.entry(name.clone()).or_default().extend_from_slice(values);
    }
    by_name
}

/// The left half of the access token's hash, in Base64url (Core §3.1.3.6). The hash is that of the ID
/// token's algorithm: SHA-256, or SHA-512 for Ed25519.
#[must_use]
pub fn at_hash(access_token: &str, algorithm: SigningAlgorithm) -> String {
    let half =
        |digest: &[u8]| base64url::encode(digest.split_at_checked(digest.len() / 2).map_or(&[], |(half, _)| half));
    match algorithm {
        SigningAlgorithm::Rs256 | SigningAlgorithm::Es256 => half(&sha256(access_token.as_bytes())),
        SigningAlgorithm::EdDsa => half(&sha512(access_token.as_bytes())),
    }
}

/// A person's `sub` at the applications of one sector (Core §8.1): HMAC-SHA256 in Base64url. The salt
/// must never change, and never be known outside.
#[must_use]
pub fn pairwise_subject(salt: &[u8], sector: &str, person: &str) -> String {
    base64url::encode(&hmac_of_parts(salt, &[b"sub", sector.as_bytes(), person.as_bytes()]))
}

/// A session's `sid` at one client, which no other client can compare with its own (Back-Channel Logout
/// §2.1): 128 bits of HMAC-SHA256, in Base64url.
#[must_use]
pub fn session_id(salt: &[u8], session: &[u8], client_id: &str) -> String {
    let [digest @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
        hmac_of_parts(salt, &[b"sid", client_id.as_bytes(), session]);
    base64url::encode(&digest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims(scopes: &str) -> serde_json::Value {
        let (groups, roles) = (["g".to_owned()], []);
        let attributes = [("a", "1"), ("b", "2"), ("a", "3")].map(|(name, value)| (name.into(), vec![value.into()]));
        let facts = PersonFacts {
            name: Some("Anna Berg"),
            given_name: Some(""),
            family_name: None,
            email: Some("anna@example.com"),
            is_email_verified: false,
            groups: &groups,
            roles: &roles,
            org_id: "o",
            org_slug: "acme",
            org_name: "Acme",
            connection_id: "c",
            attributes: &attributes,
        };
        serde_json::to_value(person_claims(&Scopes::from(scopes.to_owned()), &facts)).unwrap()
    }

    #[test]
    fn each_scope_tells_its_part_and_no_more() {
        assert_eq!(claims("openid offline_access"), json!({}));
        assert_eq!(claims("profile"), json!({ "name": "Anna Berg" }));
        assert_eq!(claims("email"), json!({ "email": "anna@example.com", "email_verified": false }));
        assert_eq!(claims("groups"), json!({ "groups": ["g"], "roles": [] }));
        let organization = json!({ "org_id": "o", "org_slug": "acme", "org_name": "Acme", "connection_id": "c" });
        assert_eq!(claims("organization"), organization);
        assert_eq!(claims("saml"), json!({ "saml": { "a": ["1", "3"], "b": ["2"] } }));
    }

    #[test]
    fn claims_that_are_not_there_are_left_out() {
        let claims = IdTokenClaims {
            iss: "https://login.example",
            sub: "s",
            aud: "c",
            exp: 2,
            iat: 1,
            auth_time: 0,
            nonce: None,
            acr: None,
            amr: &[],
            sid: None,
            at_hash: None,
            person: PersonClaims { name: Some("Anna".to_owned()), ..PersonClaims::default() },
        };
        let expected = json!({ "iss": "https://login.example", "sub": "s", "aud": "c", "exp": 2, "iat": 1, "auth_time": 0,
                    "name": "Anna" });
        assert_eq!(serde_json::to_value(claims).unwrap(), expected);
    }

    #[test]
    fn the_at_hash_of_core_appendix_a_fits() {
        let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        assert_eq!(at_hash(token, SigningAlgorithm::Rs256), "77QmUPtjPfzWtF2AnpK9RQ");
        assert_eq!(at_hash(token, SigningAlgorithm::Es256), "77QmUPtjPfzWtF2AnpK9RQ");
        assert_eq!(at_hash(token, SigningAlgorithm::EdDsa).len(), 43);
    }

    #[test]
    fn a_person_is_another_at_each_sector_and_a_session_at_each_client() {
        assert_eq!(pairwise_subject(b"k", "a.example", "p"), pairwise_subject(b"k", "a.example", "p"));
        assert_ne!(pairwise_subject(b"k", "a.example", "p"), pairwise_subject(b"k", "b.example", "p"));
        assert_ne!(pairwise_subject(b"k", "a.example", "p"), pairwise_subject(b"l", "a.example", "p"));
        assert_eq!(pairwise_subject(b"k", "a.example", "p").len(), 43);
        assert_ne!(session_id(b"k", b"s", "a"), session_id(b"k", b"s", "b"));
        assert_ne!(session_id(b"k", b"s", "a"), session_id(b"k", b"t", "a"));
        assert_eq!(session_id(b"k", b"s", "a").len(), 22);
    }
}
