use super::*;

const TENANT: &str = "7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11";

/// Login URLs that people really have: each must be let in.
const HONEST: &[&str] = &[
    // Entra, its sovereign clouds, External ID and B2C
    "https://login.microsoftonline.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2",
    "https://login.microsoftonline.com/contoso.onmicrosoft.com/saml2",
    "https://login.microsoftonline.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2?whr=contoso.com",
    "https://login.microsoftonline.us/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2",
    "https://login.partner.microsoftonline.cn/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2",
    "https://contoso.ciamlogin.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml2",
    "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_signup_signin_saml/samlp/sso/login",
    "https://id.contoso.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/B2C_1A_saml/samlp/sso/login",
    // AD FS
    "https://fs.contoso.com/adfs/ls/",
    "https://fs.contoso.com/adfs/ls",
    "https://fs.contoso.com/ADFS/LS/",
    "https://fs.contoso.com:8443/adfs/ls/",
    "https://fs.contoso.com/adfs/ls/?whr=http://fs.fabrikam.com/adfs/services/trust",
    "https://fs.contoso.com/adfs/ls/?RedirectToIdentityProvider=AD+AUTHORITY",
    "https://fs.contoso.com/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=portal",
    "https://fs.contoso.com/adfs/ls/?wa=wsignin1.0",
    // Okta
    "https://contoso.okta.com/app/contoso_portal_1/exk1fcia6d6EMsf331d8/sso/saml",
    "https://contoso.oktapreview.com/app/portal/exk1/sso/saml",
    "https://contoso.okta-emea.com/app/portal/exk1/sso/saml",
    "https://login.contoso.com/app/contoso_metadata_1/exk1/sso/saml",
    "https://contoso.okta.com/app/contoso_logout_1/exk1/sso/saml?fromHome=true",
    // Google Workspace
    "https://accounts.google.com/o/saml2/idp?idpid=C01abcdef",
    // Keycloak
    "https://id.contoso.com/realms/staff/protocol/saml",
    "https://id.contoso.com/auth/realms/staff/protocol/saml",
    "https://id.contoso.com/iam/v2/realms/metadata/protocol/saml",
    "https://id.contoso.com/realms/logout/protocol/saml?kc_idp_hint=entra",
    "http://localhost:8080/realms/staff/protocol/saml",
    // OneLogin
    "https://contoso.onelogin.com/trust/saml2/http-post/sso/0f1d1b8c-1f5c-4f0e-9d41-0c6f6d1f2a11",
    "https://contoso.onelogin.com/trust/saml2/http-redirect/sso/123456",
    "https://login.contoso.com/trust/saml2/http-redirect/sso/123456",
    // PingOne, PingFederate, PingAM
    "https://auth.pingone.eu/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml20/idp/sso",
    "https://auth.pingone.com/7d1c8c3e-1f5c-4f0e-9d41-0c6f6d1f2a11/saml20/idp/sso/",
    "https://sso.connect.pingidentity.com/sso/idp/SSO.saml2?idpid=0f1d",
    "https://ping.contoso.com/idp/SSO.saml2",
    "https://ping.contoso.com:9031/idp/SSO.saml2",
    "https://am.contoso.com/openam/SSORedirect/metaAlias/idp",
    "https://am.contoso.com/am/SSOPOST/metaAlias/alpha/idp",
    // JumpCloud, where an administrator chooses the last part
    "https://sso.jumpcloud.com/saml2/portal",
    "https://sso.jumpcloud.com/saml2/metadata",
    "https://sso.eu.jumpcloud.com/saml2/logout",
    // SimpleSAMLphp
    "https://idp.contoso.com/saml2/idp/SSOService.php",
    "https://idp.contoso.com/simplesaml/saml2/idp/SSOService.php",
    "https://idp.contoso.com/simplesaml/module.php/saml/idp/singleSignOnService",
    // Shibboleth
    "https://idp.contoso.edu/idp/profile/SAML2/Redirect/SSO",
    "https://idp.contoso.edu/idp/profile/SAML2/POST/SSO",
    "https://idp.contoso.edu/idp/profile/SAML2/POST-SimpleSign/SSO",
    // others
    "https://sso-0f1d.sso.duosecurity.com/saml2/sp/DIXXXX/sso",
    "https://contoso.eu.auth0.com/samlp/AbCdEf0123",
    "https://login.contoso.com/samlp/AbCdEf0123?connection=staff",
    "https://abc0123.my.idaptive.app/applogin/appKey/0f1d/customerId/ABC0123",
    "https://aaa0000.id.cyberark.cloud/applogin/appKey/0f1d/customerId/AAA0000",
    "https://vidm.contoso.com/SAAS/auth/federation/sso",
    "https://auth.contoso.com/saml/singleSignOn",
    "https://cas.contoso.com/cas/idp/profile/SAML2/Redirect/SSO",
    "https://login.contoso.com/nidp/saml2/sso",
    "https://id.contoso.com/application/saml/portal/sso/binding/redirect/",
    "https://id.contoso.com/saml/v2/SSO",
    "https://is.contoso.com/samlsso?tenantDomain=contoso.com",
    "https://portal.sso.eu-west-1.amazonaws.com/saml/assertion/MTIz",
    "https://f5.contoso.com/saml/idp/profile/redirectorpost/sso",
    // proxies and paths that only look alike
    "https://idp.contoso.com/",
    "https://idp.contoso.com/slo/saml2/sso",
    "https://sso.contoso.si/tenants/slo",
    "https://idp.contoso.com/oauth2/saml/sso",
    "https://idp.contoso.com/saml/sso?next=/logout&metadata=1",
    "https://metadata.contoso.com/logout-service/sso",
    "https://myapps.contoso.com/saml/sso",
    "https://portal.azure.com.contoso.com/saml/sso",
    "https://admin.contoso.com/saml/console/sso",
    "https://contoso-admin.example.com/sso",
    "https://idp.contoso.com/wsfed/saml/sso",
];

#[test]
fn honest_login_urls_are_let_in() {
    for address in HONEST {
        assert_eq!(misplaced(address), None, "{address}");
    }
}

#[test]
fn what_can_never_be_a_login_url_is_named_and_the_right_one_derived() {
    use AddressKind as Kind;
    let entra = |rest: &str| format!("https://login.microsoftonline.com/{TENANT}{rest}");
    let derived = |text: &str| Some(text.to_owned());
    let saml2 = Some(entra("/saml2"));
    let adfs = || derived("https://fs.contoso.com/adfs/ls/");
    let keycloak = || derived("https://id.contoso.com/realms/staff/protocol/saml");
    let okta = || derived("https://contoso.okta.com/app/portal/exk1/sso/saml");
    let shibboleth = || derived("https://idp.contoso.edu/idp/profile/SAML2/Redirect/SSO");
    let simplesaml = || derived("https://idp.contoso.com/simplesaml/saml2/idp/SSOService.php");
    let ping = || Some(format!("https://auth.pingone.eu/{TENANT}/saml20/idp/sso"));
    let google = || derived("https://accounts.google.com/o/saml2/idp?idpid=C01abcdef");
    let own = str::to_owned;
    let table = [
        // Entra
        (entra("/federationmetadata/2007-06/federationmetadata.xml"), Kind::Metadata, saml2.clone()),
        (entra("/FederationMetadata/2007-06/FederationMetadata.xml?appid=1"), Kind::Metadata, saml2.clone()),
        (entra("/wsfed"), Kind::WsFederation, saml2.clone()),
        (entra("/oauth2/v2.0/authorize"), Kind::OAuth, saml2.clone()),
        (entra("/oauth2/token"), Kind::OAuth, saml2.clone()),
        (entra("/v2.0/.well-known/openid-configuration"), Kind::OAuth, saml2.clone()),
        (entra("/oauth2/v2.0/logout"), Kind::Logout, saml2.clone()),
        (entra("/wsfed?wa=wsignout1.0"), Kind::Logout, saml2),
        (own("https://login.microsoftonline.com/common/wsfederation?wa=wsignout1.0"), Kind::Logout, None),
        (own("https://login.microsoftonline.com/common/oauth2/v2.0/authorize"), Kind::OAuth, None),
        (
            own("https://login.microsoftonline.com/federationmetadata/2007-06/federationmetadata.xml"),
            Kind::Metadata,
            None,
        ),
        (own("https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1A_saml/samlp/metadata"), Kind::Metadata, None),
        (own("https://myapps.microsoft.com/signin/portal/0f1d?tenantId=7"), Kind::MyApps, None),
        (own("https://launcher.myapps.microsoft.com/api/signin/0f1d?tenantId=7"), Kind::MyApps, None),
        (own("https://myapplications.microsoft.com/"), Kind::MyApps, None),
        (own("https://portal.azure.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/SignOn"), Kind::Console, None),
        (own("https://entra.microsoft.com/#home"), Kind::Console, None),
        // AD FS
        (own("https://fs.contoso.com/FederationMetadata/2007-06/FederationMetadata.xml"), Kind::Metadata, adfs()),
        (own("http://fs.contoso.com/adfs/services/trust"), Kind::Identifier, adfs()),
        (own("https://fs.contoso.com/adfs/services/trust/mex"), Kind::WsFederation, adfs()),
        (own("https://fs.contoso.com/adfs/oauth2/authorize/"), Kind::OAuth, adfs()),
        (own("https://fs.contoso.com/adfs/ls/?wa=wsignout1.0"), Kind::Logout, adfs()),
        // Okta
        (own("https://contoso.okta.com/app/portal/exk1/sso/saml/metadata"), Kind::Metadata, okta()),
        (own("https://contoso.okta.com/app/exk1/sso/saml/metadata"), Kind::Metadata, None),
        (own("https://contoso.okta.com/app/portal/exk1/slo/saml"), Kind::Logout, okta()),
        (own("https://contoso.okta.com/app/portal/exk1/sso/wsfed/passive"), Kind::WsFederation, None),
        (own("https://contoso.okta.com/oauth2/default/v1/authorize"), Kind::OAuth, None),
        (own("https://contoso.okta.com/home/portal/0oa1/aln1"), Kind::ApplicationsPage, None),
        (own("https://contoso.okta.com/app/UserHome"), Kind::ApplicationsPage, None),
        (own("https://contoso-admin.okta.com/admin/app/portal/instance/0oa1"), Kind::Console, None),
        (own("http://www.okta.com/exk1fcia6d6EMsf331d8"), Kind::Identifier, None),
        // Google Workspace
        (own("https://accounts.google.com/o/saml2?idpid=C01abcdef"), Kind::Identifier, google()),
        (own("https://accounts.google.com/o/saml2/initsso?idpid=C01abcdef&spid=7"), Kind::ApplicationsPage, google()),
        (own("https://accounts.google.com/o/oauth2/v2/auth"), Kind::OAuth, None),
        (own("https://accounts.google.com/Logout"), Kind::Logout, None),
        (own("https://admin.google.com/ac/apps/unified"), Kind::Console, None),
        // Keycloak
        (own("https://id.contoso.com/realms/staff/protocol/saml/descriptor"), Kind::Metadata, keycloak()),
        (own("https://id.contoso.com/realms/staff/protocol/openid-connect/auth"), Kind::OAuth, keycloak()),
        (own("https://id.contoso.com/realms/staff/.well-known/openid-configuration"), Kind::OAuth, keycloak()),
        (own("https://id.contoso.com/realms/staff/protocol/openid-connect/logout"), Kind::Logout, keycloak()),
        (own("https://id.contoso.com/realms/staff/protocol/saml/clients/portal"), Kind::ApplicationsPage, keycloak()),
        (own("https://id.contoso.com/realms/staff/account/#/applications"), Kind::ApplicationsPage, keycloak()),
        (own("http://id.contoso.com/realms/staff"), Kind::Identifier, keycloak()),
        (own("https://id.contoso.com/auth/admin/master/console/#/staff/clients"), Kind::Console, None),
        (own("https://id.contoso.com/admin/staff/console/"), Kind::Console, None),
        // OneLogin
        (own("https://app.onelogin.com/saml/metadata/0f1d1b8c"), Kind::Metadata, None),
        (own("https://contoso.onelogin.com/trust/saml2/http-redirect/slo/123456"), Kind::Logout, None),
        (own("https://contoso.onelogin.com/oidc/2/auth"), Kind::OAuth, None),
        (own("https://contoso.onelogin.com/portal/"), Kind::ApplicationsPage, None),
        (own("https://contoso.onelogin.com/apps/123456/edit"), Kind::Console, None),
        // PingOne, PingFederate
        (format!("https://auth.pingone.eu/{TENANT}/saml20/metadata/0f1d"), Kind::Metadata, ping()),
        (format!("https://auth.pingone.eu/{TENANT}/saml20/idp/slo"), Kind::Logout, ping()),
        (format!("https://auth.pingone.eu/{TENANT}/as/authorize"), Kind::OAuth, None),
        (own("https://console.pingone.eu/?env=7"), Kind::Console, None),
        (own("https://ping.contoso.com/pf/federation_metadata.ping?PartnerSpId=x"), Kind::Metadata, None),
        (own("https://ping.contoso.com/idp/SLO.saml2"), Kind::Logout, None),
        // JumpCloud
        (own("https://console.jumpcloud.com/#/sso"), Kind::Console, None),
        // SimpleSAMLphp
        (own("https://idp.contoso.com/simplesaml/saml2/idp/metadata.php"), Kind::Metadata, simplesaml()),
        (own("https://idp.contoso.com/simplesaml/saml2/idp/SingleLogoutService.php"), Kind::Logout, simplesaml()),
        (
            own("https://idp.contoso.com/module.php/saml/idp/metadata"),
            Kind::Metadata,
            derived("https://idp.contoso.com/module.php/saml/idp/singleSignOnService"),
        ),
        // Shibboleth
        (own("https://idp.contoso.edu/idp/shibboleth"), Kind::Metadata, shibboleth()),
        (own("https://idp.contoso.edu/idp/profile/SAML2/POST/SLO"), Kind::Logout, shibboleth()),
        (own("https://idp.contoso.edu/idp/profile/Logout"), Kind::Logout, None),
        // others
        (own("https://contoso.auth0.com/wsfed/AbCdEf"), Kind::WsFederation, None),
        (own("https://contoso.auth0.com/samlp/metadata/AbCdEf"), Kind::Metadata, None),
        (own("https://idp.contoso.com/saml/idp-metadata.xml"), Kind::Metadata, None),
        (own("https://id.contoso.com/application/saml/portal/slo/binding/redirect/"), Kind::Logout, None),
        (own("https://id.contoso.com/saml/v2/SLO"), Kind::Logout, None),
    ];
    for (address, kind, login_url) in table {
        let found = misplaced(&address).unwrap_or_else(|| panic!("{address} is let in"));
        assert_eq!((found.kind, found.login_url.as_ref()), (kind, login_url.as_ref()), "{address}");
        for right in [found.login_url, found.logout_url].into_iter().flatten() {
            assert_eq!(misplaced(&right), None, "{address} leads to {right}");
        }
    }
}

#[test]
fn a_derived_login_url_has_no_session_parameters() {
    for (address, login_url) in [
        (
            "https://ada:secret@id.contoso.com/realms/a%20b/protocol/saml/descriptor?x=1#y",
            Some("https://id.contoso.com/realms/a%20b/protocol/saml"),
        ),
        (
            "http://localhost:8080/realms/a/protocol/saml/descriptor",
            Some("http://localhost:8080/realms/a/protocol/saml"),
        ),
        ("http://id.contoso.com:8080/realms/a/protocol/saml/descriptor", None),
        ("https://id.contoso.com:8443/realms/a/account", Some("https://id.contoso.com:8443/realms/a/protocol/saml")),
    ] {
        assert_eq!(misplaced(address).unwrap().login_url.as_deref(), login_url, "{address}");
    }
}

#[test]
fn an_address_to_sign_out_at_is_known_where_it_is_the_login_url_too() {
    let logout = |address: &str| misplaced(address).unwrap().logout_url;
    let keycloak = "https://id.contoso.com/realms/staff/protocol/saml";
    assert_eq!(logout(&format!("{keycloak}/descriptor")).as_deref(), Some(keycloak));
    assert_eq!(logout("https://contoso.okta.com/app/portal/exk1/sso/saml/metadata"), None);
}

#[test]
fn text_that_is_no_url_is_not_classified() {
    for text in ["", "nonsense", "urn:contoso:metadata", "javascript:alert(1)//metadata", "mailto:a@b.c/metadata"] {
        assert_eq!(misplaced(text), None, "{text}");
    }
}
