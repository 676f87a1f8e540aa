//! A team's connection to its identity provider, and the checks on what an admin enters.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use url::{Host, Url};

use crate::form::FieldProblem;
use crate::login_url::{AddressKind, misplaced};
use crate::{CertificateView, SignInOptions, SsoBinding, Timestamp, entra, pasted};

/// An entity ID has no more characters (SAML core §8.3.6).
const MAX_ENTITY_ID: usize = 1024;
/// No address of a service is longer, in bytes.
pub(crate) const MAX_URL: usize = 2048;
/// What the bindings put into an address: one that has it already was copied from a sign-in
/// that was under way, and every sign-in from here would fail (bindings §3.4.3, §3.4.4.1).
const BINDING_PARAMETERS: [&str; 6] =
    ["SAMLRequest", "SAMLResponse", "SAMLEncoding", "RelayState", "SigAlg", "Signature"];

/// What Entra needs from us, to be copied into Basic SAML Configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// Identifier (Entity ID): the team's slug.
    pub identifier: String,
    /// Reply URL (Assertion Consumer Service URL).
    pub reply_url: String,
    /// Sign on URL.
    pub sign_on_url: String,
    /// Where the service provider's metadata is.
    pub metadata_url: String,
    /// Logout Url: where the identity provider says that a session ended.
    pub logout_url: String,
}

/// Where a revision is in its life. Immutable once live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RevisionState {
    /// Being edited; at most one per team.
    Draft,
    /// Serving sign-ins; at most one per team.
    Live,
    /// Was live once.
    Retired,
}

coded!(RevisionState);

/// Which attribute of the assertion fills which field of a person. `None` means: look
/// under the names that Entra and others use by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimMapping {
    /// The person's e-mail address.
    pub email: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Surname.
    pub last_name: Option<String>,
    /// Name to show.
    pub display_name: Option<String>,
    /// Group memberships.
    pub groups: Option<String>,
}

/// One revision of a connection, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionView {
    /// 1, 2, 3 … within the team.
    pub number: i32,
    /// Draft, live or retired.
    pub state: RevisionState,
    /// The identity provider's addresses, once entered.
    pub idp: Option<IdpSettings>,
    /// App Federation Metadata URL, if it was given.
    pub metadata_url: Option<String>,
    /// Certificates whose keys may sign.
    pub certificates: Vec<CertificateView>,
    /// The claim mapping.
    pub claims: ClaimMapping,
    /// How it asks for sign-ins.
    pub options: SignInOptions,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it went live.
    pub live_at: Option<Timestamp>,
}

/// The identity provider's addresses, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdpSettings {
    /// Microsoft Entra Identifier: the issuer of its assertions, compared byte for byte.
    pub entity_id: String,
    /// Login URL.
    pub sso_url: String,
    /// Logout URL.
    pub slo_url: Option<String>,
    /// How requests travel to the Login URL.
    pub sso_binding: SsoBinding,
}

/// What the checks must know of the installation and the team.
#[derive(Clone, Debug)]
pub struct IdpPolicy<'a> {
    /// Whether `http://` on a loopback host is allowed: only where our own `account_url` is such.
    pub allow_http_loopback: bool,
    /// Our own addresses, which an admin may paste back by mistake.
    pub endpoints: &'a Endpoints,
}

/// The fields of the "Set up URLs" form.
pub mod field {
    /// Microsoft Entra Identifier.
    pub const IDP_ENTITY_ID: &str = "idp_entity_id";
    /// Login URL.
    pub const SSO_URL: &str = "sso_url";
    /// Logout URL.
    pub const SLO_URL: &str = "slo_url";
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
    let text = pasted::one_line(text)?;
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    if text.chars().count() > MAX_ENTITY_ID {
        return Err(FieldProblem::TooLong { max: MAX_ENTITY_ID });
    }
    if is_ours(&text, policy.endpoints) {
        return Err(FieldProblem::OwnValue);
    }
    if entra::has_place_holder(&text) {
        return Err(FieldProblem::CommonTenant);
    }
    let Ok(url) = Url::parse(&text) else { return Ok(text) };
    if entra::is_login(&url) {
        return Err(FieldProblem::LoginUrlAsIdentifier);
    }
    if entra::is_identifier(&url) {
        entra::check_identifier(&url)?;
    }
    Ok(text)
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
    let text = pasted::one_line(text)?;
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
    if is_ours(&text, policy.endpoints) || is_ours(url.as_str(), policy.endpoints) {
        return Err(FieldProblem::OwnValue);
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
        return Err(FieldProblem::HoldsParameter { parameter: parameter.to_owned() });
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

pub(crate) fn is_ours(text: &str, endpoints: &Endpoints) -> bool {
    [
        &endpoints.identifier,
        &endpoints.reply_url,
        &endpoints.sign_on_url,
        &endpoints.metadata_url,
        &endpoints.logout_url,
    ]
    .into_iter()
    .any(|own| own == text)
}

/// Whether a URL's host is this machine.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests;
