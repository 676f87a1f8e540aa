//! A team's connection to its identity provider, and the checks on what an admin enters.

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::form::FieldProblem;
use crate::{CertificateView, SignInOptions, SsoBinding, Timestamp};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevisionState {
    /// Being edited; at most one per team.
    Draft,
    /// Serving sign-ins; at most one per team.
    Live,
    /// Was live once.
    Retired,
}

impl RevisionState {
    /// The state as it is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Live => "live",
            Self::Retired => "retired",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Draft, Self::Live, Self::Retired].into_iter().find(|state| state.as_str() == text)
    }
}

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

impl IdpSettings {
    /// Checks what an admin typed, white space around it forgiven, and catches the mix-ups
    /// that happen between Entra's three boxes. The binding is the one that every identity
    /// provider takes; metadata may say better.
    ///
    /// # Errors
    /// Every problem found, with the field it belongs to.
    pub fn check(
        entity_id: &str,
        sso_url: &str,
        slo_url: &str,
        policy: &IdpPolicy<'_>,
    ) -> Result<Self, Vec<(&'static str, FieldProblem)>> {
        let (entity_id, sso_url, slo_url) = (entity_id.trim(), sso_url.trim(), slo_url.trim());
        let mut problems = Vec::new();
        if let Err(problem) = check_entity_id(entity_id, policy) {
            problems.push((field::IDP_ENTITY_ID, problem));
        }
        if let Err(problem) = check_url(sso_url, policy) {
            problems.push((field::SSO_URL, problem));
        }
        if !slo_url.is_empty()
            && let Err(problem) = check_url(slo_url, policy)
        {
            problems.push((field::SLO_URL, problem));
        }
        if problems.is_empty() {
            let tenant = entra_tenant(entity_id);
            for (name, url) in [(field::SSO_URL, sso_url), (field::SLO_URL, slo_url)] {
                let other = entra_tenant(url);
                if tenant.is_some() && other.is_some() && tenant != other {
                    problems.push((name, FieldProblem::TenantsDiffer));
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            entity_id: entity_id.to_owned(),
            sso_url: sso_url.to_owned(),
            slo_url: (!slo_url.is_empty()).then(|| slo_url.to_owned()),
            sso_binding: SsoBinding::default(),
        })
    }
}

/// An entity ID is any URI up to 1,024 characters (SAML core §8.3.6); Entra's is
/// `https://sts.windows.net/<tenant>/`, slash included.
fn check_entity_id(text: &str, policy: &IdpPolicy<'_>) -> Result<(), FieldProblem> {
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    if text.chars().count() > 1024 || text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Err(FieldProblem::NotAnIdentifier);
    }
    if is_ours(text, policy.endpoints) {
        return Err(FieldProblem::OwnValue);
    }
    if has_place_holder(text) {
        return Err(FieldProblem::CommonTenant);
    }
    let Ok(url) = Url::parse(text) else { return Ok(()) };
    if is_entra_login(&url) {
        return Err(FieldProblem::LoginUrlAsIdentifier);
    }
    if url.host_str() == Some("sts.windows.net") && !text.ends_with('/') {
        return Err(FieldProblem::MissingTrailingSlash);
    }
    Ok(())
}

fn check_url(text: &str, policy: &IdpPolicy<'_>) -> Result<(), FieldProblem> {
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let url = Url::parse(text).map_err(|_| FieldProblem::NotAUrl)?;
    if text.len() > 2048 || !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(FieldProblem::NotAUrl);
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(FieldProblem::NotAUrl);
    }
    if url.scheme() == "http" && !(policy.allow_http_loopback && is_loopback(&url)) {
        return Err(FieldProblem::NotHttps);
    }
    if is_ours(text, policy.endpoints) {
        return Err(FieldProblem::OwnValue);
    }
    if url.host_str() == Some("sts.windows.net") {
        return Err(FieldProblem::IdentifierAsUrl);
    }
    if names_no_tenant(text) {
        return Err(FieldProblem::CommonTenant);
    }
    Ok(())
}

/// Whether a value of Entra's is for any Microsoft account instead of for one tenant's.
#[must_use]
pub fn names_no_tenant(text: &str) -> bool {
    let any = |segment: &str| {
        ["common", "organizations", "consumers"].into_iter().any(|name| name.eq_ignore_ascii_case(segment))
    };
    let entra = Url::parse(text).ok().filter(is_entra_login);
    has_place_holder(text) || entra.as_ref().and_then(first_segment).is_some_and(any)
}

/// `https://sts.windows.net/{tenantid}/`: the issuer in Entra's metadata of no tenant.
fn has_place_holder(text: &str) -> bool {
    text.to_ascii_lowercase().contains("{tenant")
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

/// Entra's sign-in hosts, the public cloud's and the sovereign ones.
pub(crate) fn is_entra_login(url: &Url) -> bool {
    matches!(
        url.host_str(),
        Some("login.microsoftonline.com" | "login.microsoftonline.us" | "login.partner.microsoftonline.cn")
    )
}

/// The tenant that an Entra address names: the first segment of its path.
fn entra_tenant(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let entra = is_entra_login(&url) || url.host_str() == Some("sts.windows.net");
    // A Logout URL may name no tenant (`/common/wsfederation?wa=wsignout1.0`).
    let tenant = first_segment(&url).filter(|segment| uuid::Uuid::try_parse(segment).is_ok())?;
    entra.then(|| tenant.to_ascii_lowercase())
}

pub(crate) fn first_segment(url: &Url) -> Option<&str> {
    url.path_segments()?.next()
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
mod tests {
    use super::*;

    const TENANT: &str = "7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11";
    const OTHER: &str = "11111111-1f5c-4f0e-9d41-0c6f6d1f2a11";

    fn check(entity_id: &str, sso: &str, slo: &str) -> Result<IdpSettings, Vec<(&'static str, FieldProblem)>> {
        let endpoints = Endpoints {
            identifier: "contoso-7k2m9q".into(),
            reply_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q".into(),
            sign_on_url: "https://account.krisp.ai/sso/contoso-7k2m9q".into(),
            metadata_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q/metadata".into(),
            logout_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q/logout".into(),
        };
        IdpSettings::check(entity_id, sso, slo, &IdpPolicy { allow_http_loopback: false, endpoints: &endpoints })
    }

    fn sts(tenant: &str) -> String {
        format!("https://sts.windows.net/{tenant}/")
    }

    fn login(tenant: &str) -> String {
        format!("https://login.microsoftonline.com/{tenant}/saml2")
    }

    #[test]
    fn entras_three_values_are_accepted_and_trimmed() {
        let idp = check(&format!(" {} ", sts(TENANT)), &format!("{}\n", login(TENANT)), &login(TENANT)).unwrap();
        assert_eq!(idp.entity_id, sts(TENANT));
        assert_eq!(idp.sso_url, login(TENANT));
        assert_eq!(idp.slo_url, Some(login(TENANT)));
    }

    #[test]
    fn each_mix_up_is_named_at_its_field() {
        use FieldProblem as P;
        let cases = [
            (String::new(), login(TENANT), field::IDP_ENTITY_ID, P::Missing),
            (sts(TENANT), String::new(), field::SSO_URL, P::Missing),
            (login(TENANT), login(TENANT), field::IDP_ENTITY_ID, P::LoginUrlAsIdentifier),
            (format!("https://sts.windows.net/{TENANT}"), login(TENANT), field::IDP_ENTITY_ID, P::MissingTrailingSlash),
            (sts(TENANT), sts(TENANT), field::SSO_URL, P::IdentifierAsUrl),
            (sts(TENANT), login(OTHER), field::SSO_URL, P::TenantsDiffer),
            (sts(TENANT), login("common"), field::SSO_URL, P::CommonTenant),
            (sts("{tenantid}"), login(TENANT), field::IDP_ENTITY_ID, P::CommonTenant),
            (sts(TENANT), "login.microsoftonline.com".into(), field::SSO_URL, P::NotAUrl),
            (sts(TENANT), login(TENANT).replace("https", "http"), field::SSO_URL, P::NotHttps),
            (sts(TENANT), "http://localhost:7000/saml2".into(), field::SSO_URL, P::NotHttps),
            (sts(TENANT), "javascript:alert(1)".into(), field::SSO_URL, P::NotAUrl),
            ("contoso-7k2m9q".into(), login(TENANT), field::IDP_ENTITY_ID, P::OwnValue),
            (sts(TENANT), "https://account.krisp.ai/sso/contoso-7k2m9q".into(), field::SSO_URL, P::OwnValue),
        ];
        for (entity_id, sso, name, problem) in cases {
            assert_eq!(check(&entity_id, &sso, ""), Err(vec![(name, problem)]), "{entity_id} {sso}");
        }
    }

    #[test]
    fn http_is_allowed_on_loopback_only_and_only_by_policy() {
        let endpoints = Endpoints {
            identifier: "a-b".into(),
            reply_url: String::new(),
            sign_on_url: String::new(),
            metadata_url: String::new(),
            logout_url: String::new(),
        };
        let policy = IdpPolicy { allow_http_loopback: true, endpoints: &endpoints };
        for host in ["localhost:7000", "127.0.0.1:7000", "[::1]:7000"] {
            assert!(IdpSettings::check("urn:idp", &format!("http://{host}/saml2"), "", &policy).is_ok());
        }
        let refused = IdpSettings::check("urn:idp", "http://localhost.evil.com/saml2", "", &policy);
        assert_eq!(refused, Err(vec![(field::SSO_URL, FieldProblem::NotHttps)]));
    }
}
