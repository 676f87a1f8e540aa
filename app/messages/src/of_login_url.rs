//! The text of what an address is instead of a Login URL, and of what was seen at one.

use model::SetupStep;
use model::login_url::{AddressKind, LoginUrlAnswer, LoginUrlCheck};

use crate::{Text, text};

impl Text for AddressKind {
    fn text(&self) -> String {
        match self {
            Self::Metadata => text!("login-url-kind-metadata"),
            Self::WsFederation => text!("login-url-kind-ws-federation"),
            Self::OAuth => text!("login-url-kind-oauth"),
            Self::MyApps => text!("login-url-kind-my-apps"),
            Self::ApplicationsPage => text!("login-url-kind-applications-page"),
            Self::Logout => text!("login-url-kind-logout"),
            Self::Console => text!("login-url-kind-console"),
            Self::Identifier => text!("login-url-kind-identifier"),
        }
    }
}

impl Text for LoginUrlCheck {
    fn text(&self) -> String {
        use LoginUrlAnswer as Answer;
        let host = &self.host;
        match &self.answer {
            Answer::Status { status } => answered(host, *status),
            Answer::Redirected { host: to } if to == host => text!("login-url-seen-redirected-within", host = host),
            Answer::Redirected { host: to } => text!("login-url-seen-redirected", host = host, to = to),
            Answer::Metadata => {
                let (field, step) = (text!("label-revision-part-metadata-url"), SetupStep::Certificates.text());
                text!("login-url-seen-metadata", host = host, field = field, step = step)
            }
            Answer::NotAsked => text!("login-url-seen-not-asked", host = host),
            Answer::Private => text!("login-url-seen-private", host = host),
            Answer::NotReached { seconds } => text!("login-url-seen-not-reached", host = host, seconds = seconds),
            Answer::NotVerified => text!("login-url-seen-not-verified", host = host),
            Answer::BrokenOff => text!("login-url-seen-broken-off", host = host),
            Answer::Failed => text!("login-url-seen-failed", host = host),
        }
    }
}

fn answered(host: &str, status: u16) -> String {
    // as text: it is a name, not a count
    let code = status.to_string();
    match status {
        404 | 410 => text!("login-url-seen-missing", host = host, status = code),
        500.. => text!("login-url-seen-failing", host = host, status = code),
        _ => text!("login-url-seen-answers", host = host, status = code),
    }
}

/// Why an address is no Login URL, and what to do.
pub(crate) fn not_a_login_url(kind: AddressKind, login_url: Option<&str>) -> String {
    let (what, field, step) = (kind.text(), text!("label-revision-part-metadata-url"), SetupStep::Certificates.text());
    match (kind, login_url) {
        (AddressKind::Metadata, Some(address)) => text!(
            "field-problem-not-a-login-url.metadata-derived",
            kind = what,
            field = field,
            step = step,
            address = address
        ),
        (AddressKind::Metadata, None) => {
            text!("field-problem-not-a-login-url.metadata", kind = what, field = field, step = step)
        }
        (_, Some(address)) => text!("field-problem-not-a-login-url.derived", kind = what, address = address),
        (_, None) => text!("field-problem-not-a-login-url", kind = what),
    }
}

/// Why an address is no Logout URL, and what to do.
pub(crate) fn not_a_logout_url(kind: AddressKind, logout_url: Option<&str>) -> String {
    let (what, field, step) = (kind.text(), text!("label-revision-part-metadata-url"), SetupStep::Certificates.text());
    match (kind, logout_url) {
        (AddressKind::Metadata, Some(address)) => text!(
            "field-problem-not-a-logout-url.metadata-derived",
            kind = what,
            field = field,
            step = step,
            address = address
        ),
        (AddressKind::Metadata, None) => {
            text!("field-problem-not-a-logout-url.metadata", kind = what, field = field, step = step)
        }
        (_, Some(address)) => text!("field-problem-not-a-logout-url.derived", kind = what, address = address),
        (_, None) => text!("field-problem-not-a-logout-url", kind = what),
    }
}

#[cfg(test)]
mod tests {
    use model::FieldProblem;
    use model::login_url::misplaced;

    use super::*;

    fn said_of(address: &str) -> String {
        let found = misplaced(address).unwrap();
        FieldProblem::NotALoginUrl { kind: found.kind, login_url: found.login_url }.text()
    }

    #[test]
    fn a_metadata_address_is_named_with_the_login_url_derived_from_it() {
        let said = said_of("https://id.contoso.com/realms/staff/protocol/saml/descriptor");
        for words in [
            "the identity provider's metadata",
            "Address of the metadata in the step SAML Certificates",
            "The Login URL is https://id.contoso.com/realms/staff/protocol/saml",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        let said = said_of("https://app.onelogin.com/saml/metadata/0f1d");
        assert!(said.contains("in the step SAML Certificates. Enter here"), "{said}");
    }

    #[test]
    fn an_answer_of_the_login_url_is_reported_without_approval() {
        let seen = |answer| LoginUrlCheck { host: "id.contoso.com".to_owned(), answer }.text();
        let to = |host: &str| LoginUrlAnswer::Redirected { host: host.to_owned() };
        for (answer, words) in [
            (LoginUrlAnswer::Status { status: 400 }, "answers (HTTP status 400)"),
            (LoginUrlAnswer::Status { status: 404 }, "nothing at this address (HTTP status 404)"),
            (LoginUrlAnswer::Status { status: 502 }, "an error of its own (HTTP status 502)"),
            (to("id.contoso.com"), "another of its pages"),
            (to("login.contoso.com"), "sends on to login.contoso.com"),
            (LoginUrlAnswer::Metadata, "as Address of the metadata in the step SAML Certificates"),
            (LoginUrlAnswer::NotReached { seconds: 2 }, "within 2 seconds. That is fine if"),
        ] {
            let said = seen(answer);
            assert!(said.contains(words), "{words}: {said}");
        }
    }

    #[test]
    fn microsoft_is_named_for_its_own_addresses_only() {
        for address in [
            "https://contoso.okta.com/app/UserHome",
            "https://accounts.google.com/o/saml2/initsso?idpid=C01",
            "https://admin.google.com/ac/apps",
            "https://id.contoso.com/admin/staff/console/",
            "https://contoso.okta.com/oauth2/v1/authorize",
            "https://idp.contoso.edu/idp/profile/Logout",
            "http://www.okta.com/exk1",
        ] {
            let said = said_of(address);
            assert!(!said.contains("Entra") && !said.contains("Microsoft"), "{address}: {said}");
        }
        assert!(said_of("https://myapps.microsoft.com/").contains("My Apps"));
    }
}
