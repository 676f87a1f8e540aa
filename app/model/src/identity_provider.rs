//! The kinds of identity provider whose own words the portal knows, and how one is recognised by
//! its issuer and its Login URL.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use url::Url;

use crate::host::{is_in, is_oktas};
use crate::{IdpSettings, entra};

/// The field of the form that chooses one.
pub const FIELD: &str = "identity_provider";

/// A kind of identity provider: field names, places and steps follow it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum IdentityProvider {
    /// Microsoft Entra ID, in any of its clouds.
    Entra,
    /// Active Directory Federation Services.
    AdFs,
    /// Okta.
    Okta,
    /// Google Workspace.
    GoogleWorkspace,
    /// Keycloak, and what is built on it.
    Keycloak,
    /// OneLogin.
    #[serde(rename = "onelogin")]
    #[strum(serialize = "onelogin")]
    OneLogin,
    /// PingOne.
    #[serde(rename = "pingone")]
    #[strum(serialize = "pingone")]
    PingOne,
    /// JumpCloud.
    #[serde(rename = "jumpcloud")]
    #[strum(serialize = "jumpcloud")]
    JumpCloud,
    /// SimpleSAMLphp.
    #[serde(rename = "simplesamlphp")]
    #[strum(serialize = "simplesamlphp")]
    SimpleSamlPhp,
    /// Shibboleth.
    Shibboleth,
    /// Any other, in SAML's own terms.
    #[default]
    Other,
}

coded!(IdentityProvider);

impl IdentityProvider {
    /// The one in use: what the administrator chose, or else what its values look like.
    #[must_use]
    pub fn in_use(chosen: Option<Self>, idp: Option<&IdpSettings>) -> Self {
        let recognised = || idp.and_then(|idp| Self::recognise(&idp.entity_id, &idp.sso_url));
        chosen.or_else(recognised).unwrap_or_default()
    }

    /// The one whose words and order the set-up follows: Entra until another one is chosen or entered.
    #[must_use]
    pub fn of_setup(chosen: Option<Self>, idp: Option<&IdpSettings>) -> Self {
        if chosen.is_none() && idp.is_none() { Self::Entra } else { Self::in_use(chosen, idp) }
    }

    /// Which one has such an issuer (entity ID) or such a Login URL; none where neither says. The
    /// issuer says more: a Login URL may lead through somebody else's proxy.
    #[must_use]
    pub fn recognise(entity_id: &str, sso_url: &str) -> Option<Self> {
        let [issuer, login] = [entity_id, sso_url].map(|text| Url::parse(text.trim()).ok());
        issuer.as_ref().and_then(by_address).or_else(|| login.as_ref().and_then(by_address))
    }
}

/// By host where the provider is a service, by path where it is a program on the customer's own host.
fn by_address(url: &Url) -> Option<IdentityProvider> {
    by_host(url).or_else(|| by_path(url))
}

fn by_host(url: &Url) -> Option<IdentityProvider> {
    use IdentityProvider as Idp;
    let host = url.host_str()?.to_ascii_lowercase();
    // an address of another kind on the same host would be somebody's website
    let is_googles = host == "accounts.google.com" && url.path().starts_with("/o/saml2");
    let is_ping =
        host.starts_with("auth.pingone.") || (is_in(&host, "pingidentity.com") && host.starts_with("pingone."));
    let known = [
        (entra::is_identifier(url) || entra::is_login(url), Idp::Entra),
        (is_oktas(&host), Idp::Okta),
        (is_googles, Idp::GoogleWorkspace),
        (is_in(&host, "onelogin.com"), Idp::OneLogin),
        (is_ping, Idp::PingOne),
        (is_in(&host, "jumpcloud.com"), Idp::JumpCloud),
    ];
    known.into_iter().find_map(|(is, provider)| is.then_some(provider))
}

fn by_path(url: &Url) -> Option<IdentityProvider> {
    use IdentityProvider as Idp;
    let path = url.path().to_ascii_lowercase();
    let has = |part: &str| path.contains(part);
    let known = [
        (has("/adfs/"), Idp::AdFs),
        (has("/module.php/saml/idp/") || has("/saml2/idp/"), Idp::SimpleSamlPhp),
        (path.ends_with("/idp/shibboleth") || has("/idp/profile/saml2/"), Idp::Shibboleth),
        (has("/realms/"), Idp::Keycloak),
        // Okta on a domain of the customer's own: /app/{name}/exk…/sso/saml
        (path.starts_with("/app/") && has("/exk") && path.ends_with("/sso/saml"), Idp::Okta),
        // OneLogin on a domain of the customer's own
        (has("/trust/saml2/http-"), Idp::OneLogin),
    ];
    known.into_iter().find_map(|(is, provider)| is.then_some(provider))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[(&str, &str, Option<IdentityProvider>)] = {
        use IdentityProvider as Idp;
        &[
            (
                "https://sts.windows.net/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/",
                "https://login.microsoftonline.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2",
                Some(Idp::Entra),
            ),
            (
                "urn:contoso",
                "https://login.microsoftonline.us/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2",
                Some(Idp::Entra),
            ),
            (
                "",
                "https://login.partner.microsoftonline.cn/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2",
                Some(Idp::Entra),
            ),
            (
                "http://www.okta.com/exk1fcia6d6EMsf331d8",
                "https://contoso.okta.com/app/contoso_portal_1/exk1/sso/saml",
                Some(Idp::Okta),
            ),
            (
                "http://www.okta.com/exk1fcia6d6EMsf331d8",
                "https://login.contoso.com/app/portal/exk1/sso/saml",
                Some(Idp::Okta),
            ),
            ("contoso", "https://login.contoso.com/app/portal/exk1/sso/saml", Some(Idp::Okta)),
            ("https://contoso.oktapreview.com/x", "", Some(Idp::Okta)),
            (
                "https://accounts.google.com/o/saml2?idpid=C01abcdef",
                "https://accounts.google.com/o/saml2/idp?idpid=C01abcdef",
                Some(Idp::GoogleWorkspace),
            ),
            (
                "https://id.contoso.com/realms/staff",
                "https://id.contoso.com/realms/staff/protocol/saml",
                Some(Idp::Keycloak),
            ),
            ("https://id.contoso.com/auth/realms/staff", "", Some(Idp::Keycloak)),
            ("http://fs.contoso.com/adfs/services/trust", "https://fs.contoso.com/adfs/ls/", Some(Idp::AdFs)),
            ("contoso", "https://fs.contoso.com/ADFS/LS/", Some(Idp::AdFs)),
            (
                "https://app.onelogin.com/saml/metadata/0f1d1b8c",
                "https://contoso.onelogin.com/trust/saml2/http-post/sso/0f1d1b8c",
                Some(Idp::OneLogin),
            ),
            ("https://auth.pingone.eu/0f1d/idp", "https://auth.pingone.eu/0f1d/saml20/idp/sso", Some(Idp::PingOne)),
            ("https://pingone.com/idp/x", "https://auth.pingone.com/0f1d/saml20/idp/sso", Some(Idp::PingOne)),
            ("JumpCloud", "https://sso.jumpcloud.com/saml2/portal", Some(Idp::JumpCloud)),
            (
                "https://idp.contoso.com/saml2/idp/metadata.php",
                "https://idp.contoso.com/saml2/idp/SSOService.php",
                Some(Idp::SimpleSamlPhp),
            ),
            ("https://idp.contoso.com/simplesaml/module.php/saml/idp/metadata", "", Some(Idp::SimpleSamlPhp)),
            (
                "https://idp.contoso.edu/idp/shibboleth",
                "https://idp.contoso.edu/idp/profile/SAML2/Redirect/SSO",
                Some(Idp::Shibboleth),
            ),
            // what looks alike and is something else
            ("https://okta.com.evil.example/exk1", "https://notokta.com/sso", None),
            ("https://accounts.google.com/signin", "", None),
            ("urn:idp", "https://idp.example.com/sso", None),
            ("", "", None),
            ("not an address", "neither", None),
        ]
    };

    #[test]
    fn each_is_recognised_by_its_values() {
        for (entity_id, sso_url, provider) in TABLE {
            assert_eq!(IdentityProvider::recognise(entity_id, sso_url), *provider, "{entity_id} {sso_url}");
        }
        let recognised: Vec<_> = TABLE.iter().filter_map(|(_, _, provider)| *provider).collect();
        for provider in IdentityProvider::ALL.iter().filter(|provider| **provider != IdentityProvider::Other) {
            assert!(recognised.contains(provider), "{provider:?} has no row");
        }
    }

    #[test]
    fn a_choice_beats_recognition() {
        let idp = IdpSettings {
            entity_id: "http://www.okta.com/exk1".into(),
            sso_url: "https://contoso.okta.com/sso".into(),
            slo_url: None,
            sso_binding: crate::SsoBinding::default(),
        };
        assert_eq!(IdentityProvider::in_use(None, Some(&idp)), IdentityProvider::Okta);
        let chosen = Some(IdentityProvider::Keycloak);
        assert_eq!(IdentityProvider::in_use(chosen, Some(&idp)), IdentityProvider::Keycloak);
        assert_eq!(IdentityProvider::in_use(None, None), IdentityProvider::Other);
    }

    #[test]
    fn codes_read_back() {
        for provider in IdentityProvider::ALL {
            assert_eq!(IdentityProvider::parse(provider.as_str()), Some(*provider));
            assert_eq!(serde_json::to_string(provider).unwrap(), format!("\"{}\"", provider.as_str()));
        }
    }
}
