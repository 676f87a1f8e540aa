//! The address under which an identity provider publishes its metadata: what Entra calls App
//! Federation Metadata URL.

use url::Url;

use crate::idp_settings_check::MAX_URL;
use crate::{Endpoints, FieldProblem, entra, pasted_text};

/// The field in which an administrator gives it.
pub const FIELD: &str = "metadata_url";

/// What the checks must know of the installation and the team.
#[derive(Clone, Copy, Debug)]
pub struct MetadataUrlPolicy<'a> {
    /// Whether http and any port are allowed, as for a trial with an identity provider on the
    /// same machine.
    pub allow_private_addresses: bool,
    /// Our own addresses, which an admin may paste back by mistake.
    pub endpoints: &'a Endpoints,
}

/// Checks what an admin pasted, and forgives what copying brings along. What the name in it
/// stands for is judged when it is fetched.
///
/// # Errors
/// What is wrong with it.
pub fn check(text: &str, policy: &MetadataUrlPolicy<'_>) -> Result<Url, FieldProblem> {
    let text = pasted_text::single_line(text)?;
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let url = Url::parse(&text).map_err(|_| FieldProblem::NotAUrl)?;
    if url.as_str().len() > MAX_URL {
        return Err(FieldProblem::TooLong { max: MAX_URL });
    }
    if policy.endpoints.contains(&text) || policy.endpoints.contains(url.as_str()) {
        return Err(FieldProblem::ServiceProviderValue);
    }
    may_fetch(&url, policy.allow_private_addresses)?;
    if entra::names_no_tenant(&text) {
        return Err(FieldProblem::CommonTenant);
    }
    Ok(url)
}

/// Whether an address is of a kind that metadata is fetched from.
///
/// # Errors
/// What is wrong with it.
pub fn may_fetch(url: &Url, allow_private_addresses: bool) -> Result<(), FieldProblem> {
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() || !bare {
        return Err(FieldProblem::NotAUrl);
    }
    if allow_private_addresses {
        return Ok(());
    }
    if url.scheme() != "https" {
        return Err(FieldProblem::NotHttps);
    }
    if url.port_or_known_default() == Some(443) { Ok(()) } else { Err(FieldProblem::OtherPort) }
}

/// Whether the address is Entra's for a whole tenant: without an application's ID, its
/// metadata lists the tenant's keys, and an application may sign with another.
#[must_use]
pub fn is_tenant_wide(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    entra::is_login(&url)
        && entra::first_segment(&url).is_some_and(|segment| !segment.is_empty())
        && !url.query_pairs().any(|(name, value)| name.eq_ignore_ascii_case("appid") && !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRA: &str = "https://login.microsoftonline.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/federationmetadata/2007-06/federationmetadata.xml";

    fn check_with(text: &str, allow_private_addresses: bool) -> Result<String, FieldProblem> {
        let endpoints = Endpoints {
            identifier: "contoso-7k2m9q".into(),
            reply_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q".into(),
            sign_on_url: "https://account.krisp.ai/sso/contoso-7k2m9q".into(),
            metadata_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q/metadata".into(),
            logout_url: "https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q/logout".into(),
        };
        let policy = MetadataUrlPolicy { allow_private_addresses, endpoints: &endpoints };
        check(text, &policy).map(String::from)
    }

    #[test]
    fn entras_address_is_accepted_and_trimmed() {
        let with_app = format!("{ENTRA}?appid=11111111-1f5c-4f0e-9d41-0c6f6d1f2a11");
        assert_eq!(check_with(&format!(" {with_app}\n"), false), Ok(with_app));
        assert_eq!(check_with(ENTRA, false), Ok(ENTRA.to_owned()));
        let broken = format!("\u{200b}{}\r\n{}\u{feff}", &ENTRA[..40], &ENTRA[40..]);
        assert_eq!(check_with(&broken, false), Ok(ENTRA.to_owned()));
    }

    #[test]
    fn each_wrong_address_is_refused_with_its_own_words() {
        use FieldProblem as P;
        for (text, problem) in [
            ("", P::Missing),
            ("login.microsoftonline.com/x", P::NotAUrl),
            ("file:///etc/passwd", P::NotAUrl),
            ("https://user:secret@idp.example.com/metadata", P::NotAUrl),
            ("https://idp.example.com/metadata#part", P::NotAUrl),
            ("http://idp.example.com/metadata", P::NotHttps),
            ("https://idp.example.com:8443/metadata", P::OtherPort),
            ("https://idp.example.com:80/metadata", P::OtherPort),
            (&ENTRA.replace("7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11", "common"), P::CommonTenant),
            (&ENTRA.replace("7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11", "Organizations"), P::CommonTenant),
            (&ENTRA.replace("7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11", "consumers"), P::CommonTenant),
            ("https://api.krisp.ai/v2/auth/sso/saml/contoso-7k2m9q/metadata", P::ServiceProviderValue),
        ] {
            assert_eq!(check_with(text, false), Err(problem), "{text}");
        }
    }

    #[test]
    fn http_and_other_ports_are_for_trials_only() {
        for text in ["http://localhost:7100/metadata", "https://127.0.0.1:8443/metadata"] {
            assert!(check_with(text, false).is_err());
            assert_eq!(check_with(text, true), Ok(text.to_owned()));
        }
        assert_eq!(check_with("https://user@localhost/metadata", true), Err(FieldProblem::NotAUrl));
    }

    #[test]
    fn without_an_application_entras_metadata_is_the_tenants() {
        assert!(is_tenant_wide(ENTRA));
        assert!(is_tenant_wide(&format!("{ENTRA}?appid=")));
        assert!(!is_tenant_wide(&format!("{ENTRA}?appid=11111111")));
        assert!(!is_tenant_wide("https://idp.example.com/metadata"));
    }
}
