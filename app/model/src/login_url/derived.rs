//! The Login URL that another address of the same identity provider leaves no doubt of.

use url::Url;
use uuid::Uuid;

use super::realm::realm;
use crate::entra;
use crate::host::is_loopback;

/// A Login URL that was derived.
pub(super) struct DerivedLoginUrl {
    pub(super) url: String,
    /// Whether people sign out at the same address.
    pub(super) signs_out: bool,
}

/// Derives it, where that is certain. `path` is in lower case, `segments` as it was typed.
pub(super) fn login_url(url: &Url, host: &str, path: &[&str], segments: &[&str]) -> Option<DerivedLoginUrl> {
    if let Some(path) = of_entra(url, segments).or_else(|| of_ad_fs(url, path)).or_else(|| of_keycloak(path, segments))
    {
        return Some(DerivedLoginUrl { url: with_path(url, &path, None)?, signs_out: true });
    }
    let google = of_google(url, host, path).map(|query| ("o/saml2/idp".to_owned(), Some(query)));
    let plain = || of_others(host, path, segments).map(|path| (path, None));
    let (path, query) = google.or_else(plain)?;
    Some(DerivedLoginUrl { url: with_path(url, &path, query.as_deref())?, signs_out: false })
}

fn of_entra(url: &Url, segments: &[&str]) -> Option<String> {
    let is_tenant = |segment: &&&str| Uuid::try_parse(segment).is_ok() || segment.contains('.');
    let tenant = segments.first().filter(is_tenant).filter(|_| entra::is_login(url))?;
    Some(format!("{tenant}/saml2"))
}

fn of_ad_fs(url: &Url, path: &[&str]) -> Option<String> {
    let is_its = matches!(path, ["adfs", ..] | ["federationmetadata", "2007-06", "federationmetadata.xml"])
        && !entra::is_login(url);
    is_its.then(|| "adfs/ls/".to_owned())
}

fn of_keycloak(path: &[&str], segments: &[&str]) -> Option<String> {
    let realm = realm(path)?;
    let is_its = matches!(path.get(realm + 1..)?, [] | ["protocol" | "account" | ".well-known", ..]);
    let before = segments.get(..=realm).filter(|_| is_its)?;
    Some(format!("{}/protocol/saml", before.join("/")))
}

/// The query of Google's Login URL.
fn of_google(url: &Url, host: &str, path: &[&str]) -> Option<String> {
    let (_, id) = url.query_pairs().find(|(name, _)| name == "idpid")?;
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
    (host == "accounts.google.com" && matches!(path, ["o", "saml2", ..]) && is_id).then(|| format!("idpid={id}"))
}

/// Those whose addresses differ in their last segments only.
fn of_others(host: &str, path: &[&str], segments: &[&str]) -> Option<String> {
    let (removed, added) = match path {
        // Okta
        ["app", _, _, "sso", "saml", "metadata"] => (1, ""),
        ["app", _, _, "slo", "saml"] => (2, "/sso/saml"),
        // PingOne
        [_, "saml20", "metadata", _] | [_, "saml20", "idp", "slo"] if host.starts_with("auth.pingone.") => {
            (2, "/idp/sso")
        }
        // SimpleSAMLphp
        [.., "saml2", "idp", "metadata.php" | "singlelogoutservice.php"] => (1, "/SSOService.php"),
        [.., "module.php", "saml", "idp", "metadata" | "singlelogout"] => (1, "/singleSignOnService"),
        // Shibboleth
        [.., "idp", "shibboleth"] => (1, "/profile/SAML2/Redirect/SSO"),
        [.., "idp", "profile", "saml2", _, "slo"] => (2, "/Redirect/SSO"),
        _ => return None,
    };
    let kept = segments.get(..segments.len().checked_sub(removed)?)?;
    Some(format!("{}{added}", kept.join("/")))
}

/// Another address on the same host: encrypted, and with nothing else of this one.
fn with_path(url: &Url, path: &str, query: Option<&str>) -> Option<String> {
    let mut derived = url.clone();
    derived.set_username("").ok()?;
    derived.set_password(None).ok()?;
    derived.set_fragment(None);
    derived.set_query(query);
    derived.set_path(path);
    if derived.scheme() == "http" && !is_loopback(&derived) {
        // which port it has for https, nobody knows
        if derived.port().is_some() {
            return None;
        }
        derived.set_scheme("https").ok()?;
    }
    Some(derived.into())
}
