//! The checks on what an admin enters of an identity provider: its identifier, its Login URL and its
//! Logout URL.

use url::Url;
use uuid::Uuid;

use crate::connection::field;
use crate::host::is_loopback;
use crate::login_url::{AddressKind, misplaced};
use crate::{Endpoints, FieldProblem, IdpSettings, SsoBinding, entra, pasted_text};

/// An entity ID has no more characters (SAML core §8.3.6).
const MAX_ENTITY_ID: usize = 1024;
/// No address of a service is longer, in bytes.
pub(crate) const MAX_URL: usize = 2048;
/// What the bindings put into an address: one that has it already was copied from a sign-in
/// that was under way, and every sign-in from here would fail (bindings §3.4.3, §3.4.4.1).
const BINDING_PARAMETERS: [&str; 6] =
    ["SAMLRequest", "SAMLResponse", "SAMLEncoding", "RelayState", "SigAlg", "Signature"];

/// What the checks must know of the installation and the team.
#[derive(Clone, Debug)]
pub struct IdpPolicy<'a> {
    /// Whether `http://` on a loopback host is allowed: only where our own `account_url` is such.
    pub allow_http_loopback: bool,
    /// Our own addresses, which an admin may paste back by mistake.
    pub endpoints: &'a Endpoints,
}

/// What an address is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    SignIn,
    SignOut,
}

/// What is wrong, each with the field it is wrong with.
pub type FieldProblems = Vec<(&'static str, FieldProblem)>;

impl IdpSettings {
    /// Checks what an admin pasted, forgives what copying brings along, and catches the mix-ups
    /// that happen between Entra's three boxes. Addresses are kept as they were understood.
    /// The binding is the one that every identity provider takes; metadata may say better.
    ///
    /// # Errors
    /// Every problem found, with the field it belongs to.
    pub fn check(entity_id: &str, sso_url: &str, slo_url: &str, policy: &IdpPolicy<'_>) -> Result<Self, FieldProblems> {
        let entity_id = check_entity_id(entity_id, policy);
        let sso_url = check_url(sso_url, Purpose::SignIn, policy).and_then(|url| url.ok_or(FieldProblem::Missing));
        let slo_url = check_url(slo_url, Purpose::SignOut, policy);
        match (entity_id, sso_url, slo_url) {
            (Ok(entity_id), Ok(sso_url), Ok(slo_url)) => {
                let idp = Self { entity_id, sso_url, slo_url, sso_binding: SsoBinding::default() };
                let problems = idp.other_tenants();
                if problems.is_empty() { Ok(idp) } else { Err(problems) }
            }
            (entity_id, sso_url, slo_url) => {
                let problems = [
                    (field::IDP_ENTITY_ID, entity_id.err()),
                    (field::SSO_URL, sso_url.err()),
                    (field::SLO_URL, slo_url.err()),
                ];
                Err(problems.into_iter().filter_map(|(name, problem)| Some((name, problem?))).collect())
            }
        }
    }

    /// The same for what metadata says: a Logout URL that cannot be used does not spoil the
    /// rest, and why it cannot is told.
    ///
    /// # Errors
    /// Every problem found with identifier and Login URL.
    pub fn check_found(
        entity_id: &str,
        sso_url: &str,
        slo_url: &str,
        policy: &IdpPolicy<'_>,
    ) -> Result<(Self, Option<FieldProblem>), FieldProblems> {
        match Self::check(entity_id, sso_url, slo_url, policy) {
            Ok(idp) => Ok((idp, None)),
            Err(problems) => {
                let of_logout = problems.into_iter().find(|(name, _)| *name == field::SLO_URL);
                Ok((Self::check(entity_id, sso_url, "", policy)?, of_logout.map(|(_, problem)| problem)))
            }
        }
    }

    /// Addresses of another Entra tenant than the identifier's.
    fn other_tenants(&self) -> FieldProblems {
        let Some(tenant) = entra::tenant(&self.entity_id) else { return Vec::new() };
        let addresses = [(field::SSO_URL, Some(&self.sso_url)), (field::SLO_URL, self.slo_url.as_ref())];
        let is_other = |url: &String| entra::tenant(url).is_some_and(|other| other != tenant);
        let others = addresses.into_iter().filter(|(_, url)| url.is_some_and(is_other));
        others.map(|(name, _)| (name, FieldProblem::TenantsDiffer)).collect()
    }
}

/// An entity ID is any URI (SAML core §8.3.6), compared byte for byte: it stays as it was
/// pasted, but for what nobody sees.
fn check_entity_id(text: &str, policy: &IdpPolicy<'_>) -> Result<String, FieldProblem> {
    let text = pasted_text::single_line(text)?;
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    if text.chars().count() > MAX_ENTITY_ID {
        return Err(FieldProblem::TooLong { max: MAX_ENTITY_ID });
    }
    if policy.endpoints.contains(&text) {
        return Err(FieldProblem::ServiceProviderValue);
    }
    if entra::has_place_holder(&text) {
        return Err(FieldProblem::CommonTenant);
    }
    let Ok(url) = Url::parse(&text) else { return Ok(text) };
    if entra::is_login(&url) {
        return Err(FieldProblem::LoginUrlAsIdentifier);
    }
    if entra::is_identifier(&url) {
        check_entra_identifier(&url)?;
    }
    Ok(text)
}

/// Checks an identifier on Entra's host: the tenant's ID and a slash, or, with "Append
/// application ID to issuer", the tenant's and the application's ID without one.
fn check_entra_identifier(url: &Url) -> Result<(), FieldProblem> {
    let segments: Vec<&str> = url.path_segments().into_iter().flatten().collect();
    let is_id = |segment: &str| Uuid::try_parse(segment).is_ok();
    match *segments.as_slice() {
        [tenant] if !tenant.is_empty() => Err(FieldProblem::MissingTrailingSlash),
        [tenant, ""] if is_id(tenant) => Ok(()),
        [tenant, application] | [tenant, application, ""] if is_id(tenant) && is_id(application) => Ok(()),
        _ => Err(FieldProblem::NotAnEntraIdentifier),
    }
}

/// Checks a Login URL alone, as [`IdpSettings::check`] does.
///
/// # Errors
/// What is wrong with it.
pub fn check_login_url(text: &str, policy: &IdpPolicy<'_>) -> Result<Url, FieldProblem> {
    let url = check_url(text, Purpose::SignIn, policy)?.ok_or(FieldProblem::Missing)?;
    Url::parse(&url).map_err(|_| FieldProblem::NotAUrl)
}

/// The address as it was understood; none if nothing was pasted.
fn check_url(text: &str, purpose: Purpose, policy: &IdpPolicy<'_>) -> Result<Option<String>, FieldProblem> {
    let text = pasted_text::single_line(text)?;
    if text.is_empty() {
        return Ok(None);
    }
    let url = Url::parse(&text).map_err(|_| FieldProblem::NotAUrl)?;
    if url.as_str().len() > MAX_URL {
        return Err(FieldProblem::TooLong { max: MAX_URL });
    }
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(FieldProblem::NotAUrl);
    }
    if policy.endpoints.contains(&text) || policy.endpoints.contains(url.as_str()) {
        return Err(FieldProblem::ServiceProviderValue);
    }
    // first: an address of a console has a fragment, and some identifiers begin with http
    if let Some(problem) = wrong_kind(&url, purpose) {
        return Err(problem);
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(FieldProblem::NotAUrl);
    }
    if url.scheme() == "http" && !(policy.allow_http_loopback && is_loopback(&url)) {
        return Err(FieldProblem::NotHttps);
    }
    if entra::is_identifier(&url) {
        return Err(FieldProblem::IdentifierAsUrl);
    }
    let signs_everybody_out = purpose == Purpose::SignOut && entra::is_common_logout(&url);
    if entra::names_no_tenant(&text) && !signs_everybody_out {
        return Err(FieldProblem::CommonTenant);
    }
    if let Some(parameter) = binding_parameter(&url) {
        return Err(FieldProblem::SamlParameterInUrl { parameter: parameter.to_owned() });
    }
    Ok(Some(url.into()))
}

/// An address that is for something else than its purpose.
fn wrong_kind(url: &Url, purpose: Purpose) -> Option<FieldProblem> {
    let found = misplaced(url.as_str())?;
    let kind = found.kind;
    match purpose {
        Purpose::SignIn => Some(FieldProblem::NotALoginUrl { kind, login_url: found.login_url }),
        // people can be signed out by other protocols, too
        Purpose::SignOut if matches!(kind, AddressKind::Logout | AddressKind::WsFederation) => None,
        Purpose::SignOut => Some(FieldProblem::NotALogoutUrl { kind, logout_url: found.logout_url }),
    }
}

fn binding_parameter(url: &Url) -> Option<&'static str> {
    BINDING_PARAMETERS.into_iter().find(|known| url.query_pairs().any(|(name, _)| name == *known))
}

#[cfg(test)]
mod tests;
