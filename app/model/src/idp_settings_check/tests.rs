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
        ("contoso-7k2m9q".into(), login(TENANT), field::IDP_ENTITY_ID, P::ServiceProviderValue),
        (sts(TENANT), "https://account.krisp.ai/sso/contoso-7k2m9q".into(), field::SSO_URL, P::ServiceProviderValue),
    ];
    for (entity_id, sso, name, problem) in cases {
        assert_eq!(check(&entity_id, &sso, ""), Err(vec![(name, problem)]), "{entity_id} {sso}");
    }
}

#[test]
fn an_identifier_with_the_applications_id_is_accepted_and_its_tenant_compared() {
    let appended = format!("https://sts.windows.net/{TENANT}/{OTHER}");
    assert_eq!(check(&appended, &login(TENANT), "").unwrap().entity_id, appended);
    let differ = Err(vec![(field::SSO_URL, FieldProblem::TenantsDiffer)]);
    assert_eq!(check(&appended, &login(OTHER), ""), differ);
    for wrong in ["https://sts.windows.net/".to_owned(), format!("{}adfs", sts(TENANT)), sts("contoso.com")] {
        let problem = FieldProblem::NotAnEntraIdentifier;
        assert_eq!(check(&wrong, &login(TENANT), ""), Err(vec![(field::IDP_ENTITY_ID, problem)]), "{wrong}");
    }
}

#[test]
fn entras_logout_for_everybody_is_an_address_to_sign_out_at_only() {
    let common = "https://login.microsoftonline.com/common/wsfederation?wa=wsignout1.0";
    let idp = check(&sts(TENANT), &login(TENANT), common).unwrap();
    assert_eq!(idp.slo_url.as_deref(), Some(common));
    let refused = |name| Err(vec![(name, FieldProblem::CommonTenant)]);
    let logout = FieldProblem::NotALoginUrl { kind: AddressKind::Logout, login_url: None };
    assert_eq!(check(&sts(TENANT), common, ""), Err(vec![(field::SSO_URL, logout)]));
    assert_eq!(check(&sts(TENANT), &login(TENANT), &login("common")), refused(field::SLO_URL));
    let other = format!("https://login.microsoftonline.com/{OTHER}/saml2");
    let differ = Err(vec![(field::SLO_URL, FieldProblem::TenantsDiffer)]);
    assert_eq!(check(&sts(TENANT), &login(TENANT), &other), differ);
}

#[test]
fn an_address_of_another_kind_is_named_with_the_right_one() {
    use AddressKind as Kind;
    let metadata = login(TENANT).replace("/saml2", "/federationmetadata/2007-06/federationmetadata.xml");
    let login_url = |kind, right: Option<String>| FieldProblem::NotALoginUrl { kind, login_url: right };
    let logout_url = |kind, right: Option<String>| FieldProblem::NotALogoutUrl { kind, logout_url: right };
    assert_eq!(
        check(&sts(TENANT), &metadata, &metadata),
        Err(vec![
            (field::SSO_URL, login_url(Kind::Metadata, Some(login(TENANT)))),
            (field::SLO_URL, logout_url(Kind::Metadata, Some(login(TENANT)))),
        ])
    );
    let (console, okta) = ("https://entra.microsoft.com/#home", "https://contoso.okta.com/app/portal/exk1/slo/saml");
    let refused = Err(vec![(field::SSO_URL, login_url(Kind::Console, None))]);
    assert_eq!(check(&sts(TENANT), console, okta), refused, "a logout address is one to sign out at");
    let ad_fs = "http://fs.contoso.com/adfs/services/trust";
    let right = Some("https://fs.contoso.com/adfs/ls/".to_owned());
    assert_eq!(check(ad_fs, ad_fs, ""), Err(vec![(field::SSO_URL, login_url(Kind::Identifier, right))]));
    let google = "https://accounts.google.com/Logout";
    assert!(check("urn:idp", "https://idp.example/sso", google).is_ok());
}

#[test]
fn the_parsed_address_is_stored() {
    let sts = sts(TENANT);
    let identifier = format!("\u{feff}{}\u{200b}\r\n{}", &sts[..30], &sts[30..]);
    let idp = check(&identifier, "\u{202a}HTTPS://IdP.Example:443\u{200b}/a\\b\n", "https://idp.example").unwrap();
    assert_eq!((idp.entity_id, idp.sso_url.as_str()), (sts, "https://idp.example/a/b"));
    assert_eq!(idp.slo_url.as_deref(), Some("https://idp.example/"));
    let blank = FieldProblem::ForbiddenCharacter { character: ' ' };
    let both = Err(vec![(field::IDP_ENTITY_ID, blank.clone()), (field::SSO_URL, blank)]);
    assert_eq!(check("urn: idp", "https://idp.example/a b", ""), both);
    let own = "HTTPS://account.krisp.ai:443/sso/contoso-7k2m9q";
    assert_eq!(check("urn:idp", own, ""), Err(vec![(field::SSO_URL, FieldProblem::ServiceProviderValue)]));
}

#[test]
fn an_address_with_a_parameter_of_the_bindings_is_refused() {
    for parameter in BINDING_PARAMETERS {
        let url = format!("https://idp.example/sso?tenant=7&{parameter}=x");
        let problem = FieldProblem::SamlParameterInUrl { parameter: parameter.into() };
        let both = Err(vec![(field::SSO_URL, problem.clone()), (field::SLO_URL, problem)]);
        assert_eq!(check("urn:idp", &url, &url), both);
    }
    assert!(check("urn:idp", "https://idp.example/sso?idp=7&SAML=RelayState", "").is_ok());
}

#[test]
fn a_logout_address_in_metadata_does_not_spoil_the_rest() {
    let endpoints = Endpoints {
        identifier: "a-b".into(),
        reply_url: String::new(),
        sign_on_url: String::new(),
        metadata_url: String::new(),
        logout_url: String::new(),
    };
    let policy = IdpPolicy { allow_http_loopback: false, endpoints: &endpoints };
    let (idp, why) =
        IdpSettings::check_found("urn:idp", "https://idp.example/", "http://idp.example/", &policy).unwrap();
    assert_eq!((idp.slo_url, why), (None, Some(FieldProblem::NotHttps)));
    let refused = IdpSettings::check_found("urn:idp", "http://idp.example/", "http://idp.example/", &policy);
    assert_eq!(refused, Err(vec![(field::SSO_URL, FieldProblem::NotHttps)]));
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
