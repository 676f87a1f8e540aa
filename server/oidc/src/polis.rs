//! Requests as applications of Ory Polis (SAML Jackson) send them, in the words of this provider: the tenant
//! and the product stand in for the organization and the client, in one of several places, and a request
//! without `openid` is plain OAuth 2.0.

use model::Scope;

use crate::error::OAuthError;
use crate::parameters::Parameters;

/// What a client sends where its tenant and product are named elsewhere.
pub const DUMMY: &str = "dummy";

/// Whose sign-in is meant, in Polis's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantProduct {
    /// The customer: a team's slug or ID.
    pub tenant: String,
    /// The vendor's application: its client ID.
    pub product: String,
}

impl TenantProduct {
    /// Reads `tenant=…&product=…`, which may be encoded once more.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let read = |text: &str| {
            let parameters = Parameters::parse_query(text).ok()?;
            let (tenant, product) = (parameters.get("tenant")?, parameters.get("product")?);
            Some(Self { tenant: tenant.to_owned(), product: product.to_owned() })
        };
        read(text).or_else(|| read(&percent_encoding::percent_decode_str(text).decode_utf8().ok()?))
    }

    /// Looks in all places where a request may name them: its own parameters, then `client_id`, `access_type`,
    /// `resource`, and a scope.
    #[must_use]
    pub fn of(parameters: &Parameters) -> Option<Self> {
        if let (Some(tenant), Some(product)) = (parameters.get("tenant"), parameters.get("product")) {
            return Some(Self { tenant: tenant.to_owned(), product: product.to_owned() });
        }
        let carriers = ["client_id", "access_type", "resource"].into_iter().filter_map(|name| parameters.get(name));
        let scopes = parameters.get("scope").unwrap_or_default().split(' ');
        carriers.chain(scopes).find_map(Self::parse)
    }
}

/// An authorization request, translated.
#[derive(Clone, Debug)]
pub struct TranslatedRequest {
    /// Its parameters, as this provider takes them.
    pub parameters: Parameters,
    /// Whether it asked for `openid`: otherwise it gets no ID token, which clients for plain OAuth 2.0 refuse.
    pub wants_id_token: bool,
}

/// What people are known by there; a request of Polis's names no scopes for it.
const SCOPES: [Scope; 5] = [Scope::Openid, Scope::Profile, Scope::Email, Scope::Groups, Scope::Saml];

/// Translates an authorization request. What it says besides, such as `state` and PKCE, stays as it is.
///
/// # Errors
/// `invalid_request` where the translation is longer than a request may be.
pub fn translate_request(parameters: &Parameters) -> Result<TranslatedRequest, OAuthError> {
    let wants_id_token = parameters.get("scope").unwrap_or_default().split(' ').any(|scope| scope == "openid");
    let named = TenantProduct::of(parameters);
    let replaced = ["client_id", "tenant", "product", "access_type", "resource", "scope", "provider", "forceAuthn"];
    let kept =
        parameters.iter().filter(|(name, _)| !replaced.contains(name) || (*name == "client_id" && named.is_none()));
    let mut pairs: Vec<(String, String)> = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if let Some(TenantProduct { tenant, product }) = named {
        pairs.extend([("client_id".to_owned(), product), ("organization".to_owned(), tenant)]);
    }
    pairs.push(("scope".to_owned(), model::Scopes::from_iter(SCOPES).to_string()));
    if parameters.get("forceAuthn") == Some("true") && parameters.get("prompt").is_none() {
        pairs.push(("prompt".to_owned(), "login".to_owned()));
    }
    Ok(TranslatedRequest { parameters: Parameters::parse(pairs)?, wants_id_token })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(query: &str) -> TranslatedRequest {
        translate_request(&Parameters::parse_query(query).unwrap()).unwrap()
    }

    #[test]
    fn tenant_and_product_are_found_wherever_they_are() {
        for query in [
            "client_id=tenant%3Dcontoso%26product%3Dkrisp",
            "client_id=tenant%253Dcontoso%2526product%253Dkrisp",
            "client_id=dummy&tenant=contoso&product=krisp",
            "client_id=dummy&access_type=tenant%3Dcontoso%26product%3Dkrisp",
            "client_id=dummy&resource=tenant%3Dcontoso%26product%3Dkrisp",
            "client_id=dummy&scope=openid+tenant%3Dcontoso%26product%3Dkrisp",
        ] {
            let request = translated(query).parameters;
            assert_eq!(request.get("client_id"), Some("krisp"), "{query}");
            assert_eq!(request.get("organization"), Some("contoso"), "{query}");
            for gone in ["tenant", "product", "access_type", "resource"] {
                assert_eq!(request.get(gone), None, "{query}");
            }
        }
    }

    #[test]
    fn a_client_id_of_this_provider_stays_and_so_does_the_rest() {
        let request =
            translated("client_id=app_1&state=a%26b&code_challenge=x&code_challenge_method=S256&provider=saml");
        let parameters = &request.parameters;
        assert_eq!((parameters.get("client_id"), parameters.get("organization")), (Some("app_1"), None));
        assert_eq!((parameters.get("state"), parameters.get("code_challenge")), (Some("a&b"), Some("x")));
        assert!(!request.wants_id_token && parameters.get("provider").is_none());
    }

    #[test]
    fn an_id_token_is_for_those_who_ask_for_openid_and_force_authn_is_a_prompt() {
        let request = translated("client_id=app_1&scope=openid&forceAuthn=true");
        assert!(request.wants_id_token);
        assert_eq!(request.parameters.get("prompt"), Some("login"));
        assert_eq!(request.parameters.get("scope"), Some("openid profile email groups saml"));
    }
}
