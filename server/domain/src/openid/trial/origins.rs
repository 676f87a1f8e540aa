//! Where each claim of a token comes from.

use std::collections::HashMap;

use model::attempts::ProfileField;
use model::trial::{ClaimOrigin, DecodedClaim};
use serde_json::{Map, Value};
use store::applications::Application;
use store::authorizations::Authorization;
use store::{people, revisions};

use crate::openid::user_claims;
use crate::sign_in::claims_with_fields;
use crate::{Error, Services};

/// What is known of where a person's claims come from.
pub(super) struct Origins {
    is_pairwise: bool,
    /// The names of the attributes that fill the person's profile.
    attributes: HashMap<ProfileField, String>,
    roles: Option<String>,
}

impl Origins {
    /// By the mapping of the revision that the person signed in with, and by what the identity provider sent.
    pub(super) async fn of(
        services: &Services,
        application: &Application,
        found: &Authorization,
    ) -> Result<Self, Error> {
        let db = services.db.connection();
        let person = people::by_id(db, found.team_id, found.person_id).await?.ok_or(Error::NotFound)?;
        let revision = revisions::by_id(db, found.team_id, found.revision_id).await?;
        let mapping = revision.map(|revision| revision.claims).unwrap_or_default();
        let roles = user_claims::roles_claim(&person.claims).map(|claim| claim.name.clone());
        let attributes = claims_with_fields(person.claims, &mapping)
            .into_iter()
            .filter_map(|mapped| Some((mapped.fills?, mapped.claim.name)))
            .collect();
        Ok(Self { is_pairwise: application.settings.pairwise_sector.is_some(), attributes, roles })
    }

    /// Where a claim comes from, and from which attribute.
    fn of_claim(&self, name: &str) -> (Option<ClaimOrigin>, Option<&str>) {
        use ClaimOrigin as From;
        let origin = match name {
            "iss" => From::Installation,
            "sub" if self.is_pairwise => From::PairwiseSubject,
            "sub" => From::Subject,
            "aud" | "client_id" => From::Application,
            "exp" | "iat" => From::Lifetime,
            "nonce" | "scope" => From::Request,
            "auth_time" | "acr" | "amr" => From::AuthnStatement,
            "sid" => From::Session,
            "at_hash" | "jti" => From::Token,
            "email_verified" => From::NotProved,
            "org_id" | "org_slug" | "org_name" | "connection_id" => From::Team,
            "saml" => From::Attributes,
            "email" => return self.attribute_or(ProfileField::Email, From::NameId),
            "name" => return self.attribute_or(ProfileField::DisplayName, From::Names),
            "given_name" => return self.attribute_or(ProfileField::FirstName, From::NoAttribute),
            "family_name" => return self.attribute_or(ProfileField::LastName, From::NoAttribute),
            "groups" => return self.attribute_or(ProfileField::Groups, From::NoAttribute),
            "roles" if self.roles.is_none() => From::NoAttribute,
            "roles" => return (Some(From::Attribute), self.roles.as_deref()),
            _ => return (None, None),
        };
        (Some(origin), None)
    }

    fn attribute_or(&self, field: ProfileField, otherwise: ClaimOrigin) -> (Option<ClaimOrigin>, Option<&str>) {
        match self.attributes.get(&field) {
            Some(name) => (Some(ClaimOrigin::Attribute), Some(name)),
            None => (Some(otherwise), None),
        }
    }
}

/// Claims as they are shown, in the order in which they stand.
pub(super) fn decoded_claims(claims: &Map<String, Value>, origins: &Origins) -> Vec<DecodedClaim> {
    let decoded = claims.iter().map(|(name, value)| {
        let (origin, attribute) = origins.of_claim(name);
        DecodedClaim {
            name: name.clone(),
            value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            origin,
            attribute: attribute.map(str::to_owned),
        }
    });
    decoded.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn origins() -> Origins {
        let attributes = HashMap::from([(ProfileField::Email, "mail".to_owned())]);
        Origins { is_pairwise: false, attributes, roles: None }
    }

    #[test]
    fn each_claim_says_where_it_comes_from() {
        let claims = json!({ "sub": "1", "email": "a@b.example", "name": "A B", "exp": 5, "groups": [], "x": null });
        let decoded = decoded_claims(claims.as_object().unwrap(), &origins());
        let of = |name: &str| decoded.iter().find(|claim| claim.name == name).unwrap();
        assert_eq!(
            (of("email").origin, of("email").attribute.as_deref()),
            (Some(ClaimOrigin::Attribute), Some("mail"))
        );
        assert_eq!((of("name").origin, &*of("name").value), (Some(ClaimOrigin::Names), "A B"));
        assert_eq!((of("sub").origin, of("exp").origin), (Some(ClaimOrigin::Subject), Some(ClaimOrigin::Lifetime)));
        assert_eq!((&*of("exp").value, &*of("groups").value), ("5", "[]"));
        assert_eq!(of("groups").origin, Some(ClaimOrigin::NoAttribute));
        assert_eq!(of("x").origin, None);
    }

    #[test]
    fn an_address_that_no_attribute_holds_is_the_name_identifier() {
        let origins = Origins { attributes: HashMap::new(), is_pairwise: true, roles: None };
        assert_eq!(origins.of_claim("email"), (Some(ClaimOrigin::NameId), None));
        assert_eq!(origins.of_claim("sub"), (Some(ClaimOrigin::PairwiseSubject), None));
    }
}
