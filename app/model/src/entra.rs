//! Microsoft Entra's addresses, by which mix-ups between its boxes are told.

use url::Url;
use uuid::Uuid;

/// The host in the identifier of every Entra tenant.
const STS: &str = "sts.windows.net";

/// Whether a URL is on the host that Entra's identifiers begin with, where nobody signs in.
pub(crate) fn is_identifier(url: &Url) -> bool {
    url.host_str() == Some(STS)
}

/// Entra's sign-in hosts, the public cloud's and the sovereign ones.
pub(crate) fn is_login(url: &Url) -> bool {
    matches!(
        url.host_str(),
        Some("login.microsoftonline.com" | "login.microsoftonline.us" | "login.partner.microsoftonline.cn")
    )
}

/// The address that Entra shows as Logout URL for every application: it signs whoever comes
/// there out, of whichever tenant.
pub(crate) fn is_common_logout(url: &Url) -> bool {
    is_login(url)
        && url.path().eq_ignore_ascii_case("/common/wsfederation")
        && url.query_pairs().any(|(name, value)| name == "wa" && value == "wsignout1.0")
}

/// Whether a value of Entra's is for any Microsoft account instead of for one tenant's.
#[must_use]
pub fn names_no_tenant(text: &str) -> bool {
    let any = |segment: &str| {
        ["common", "organizations", "consumers"].into_iter().any(|name| name.eq_ignore_ascii_case(segment))
    };
    let entra = Url::parse(text).ok().filter(is_login);
    has_place_holder(text) || entra.as_ref().and_then(first_segment).is_some_and(any)
}

/// `https://sts.windows.net/{tenantid}/`: the issuer in Entra's metadata of no tenant.
pub(crate) fn has_place_holder(text: &str) -> bool {
    text.to_ascii_lowercase().contains("{tenant")
}

/// The tenant that an Entra address names: the first segment of its path.
#[must_use]
pub fn tenant(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let entra = is_login(&url) || is_identifier(&url);
    // a Logout URL may name no tenant: see `is_common_logout`
    let tenant = first_segment(&url).filter(|segment| Uuid::try_parse(segment).is_ok())?;
    entra.then(|| tenant.to_ascii_lowercase())
}

pub(crate) fn first_segment(url: &Url) -> Option<&str> {
    url.path_segments()?.next()
}
