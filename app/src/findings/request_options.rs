//! The options of our request that can be the cause of a finding. They come from the connection or from an
//! application and can be changed in the portal, so they are shown before anything else is suspected.

use messages::text;
use model::options::NameIdFormat;
use model::sent_request::{RequestedBy, RequestedContext};
use model::{FindingCode, SentRequest, SsoBinding};

use crate::remediation::FixOwner;

/// An option of an authentication request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestOption {
    /// `IsPassive`: the person must not be asked anything. On no page: team files set it.
    IsPassive,
    /// `ForceAuthn`: the person must authenticate again.
    ForceAuthn(RequestedBy),
    /// `RequestedAuthnContext`, with these classes.
    AuthnContext(RequestedContext),
    /// `NameIDPolicy`, with this format.
    NameIdFormat(NameIdFormat),
    /// A request without a signature.
    UnsignedRequest,
    /// The binding of the request.
    Binding(SsoBinding),
}

impl RequestOption {
    /// What is set, and what to change.
    #[must_use]
    pub fn text(&self, vendor: &str) -> String {
        match self {
            Self::IsPassive => text!("findings-asked-is-passive", vendor = vendor),
            Self::ForceAuthn(RequestedBy::Option) => text!("findings-asked-force-authn"),
            Self::ForceAuthn(RequestedBy::Application) => text!("findings-asked-force-authn-by-application"),
            Self::AuthnContext(RequestedContext { classes, by: RequestedBy::Option }) => {
                text!("findings-asked-authn-context", value = classes.join(", "))
            }
            Self::AuthnContext(RequestedContext { classes, by: RequestedBy::Application }) => {
                text!("findings-asked-authn-context-by-application", value = classes.join(", "), vendor = vendor)
            }
            Self::NameIdFormat(format) => text!("findings-asked-name-id-format", value = format.uri()),
            Self::UnsignedRequest => text!("findings-asked-unsigned-requests"),
            Self::Binding(SsoBinding::Redirect) => text!("findings-asked-binding-redirect"),
            Self::Binding(SsoBinding::Post) => text!("findings-asked-binding-post"),
        }
    }

    /// Who can change it: what an application asks for, and what is on no page, only support can.
    #[must_use]
    pub const fn fix_owner(&self) -> FixOwner {
        match self {
            Self::IsPassive
            | Self::ForceAuthn(RequestedBy::Application)
            | Self::AuthnContext(RequestedContext { by: RequestedBy::Application, .. }) => FixOwner::Support,
            _ => FixOwner::TeamAdmin,
        }
    }
}

/// What a request asked for that can be the cause of a finding. That it is not signed is one of them only
/// where the identity provider's message speaks of signatures.
#[must_use]
pub fn suspected_options(code: FindingCode, request: &SentRequest, message: Option<&str>) -> Vec<RequestOption> {
    use FindingCode as Code;
    let is_passive = request.is_passive.then_some(RequestOption::IsPassive);
    let force = request.force_authn.map(RequestOption::ForceAuthn);
    let context = request.authn_context.clone().map(RequestOption::AuthnContext);
    let name_id = request.name_id_format.map(RequestOption::NameIdFormat);
    let is_of_signatures = message.is_some_and(speaks_of_signatures);
    let unsigned = (!request.is_signed && is_of_signatures).then_some(RequestOption::UnsignedRequest);
    let asked = match code {
        Code::NoPassive => vec![is_passive],
        Code::NoAuthnContext => vec![context],
        Code::InvalidNameIdPolicy => vec![name_id],
        Code::RequestUnsupported => vec![context, name_id, force, is_passive],
        Code::StatusRequester | Code::StatusResponder => vec![unsigned, name_id, context, force, is_passive],
        Code::RequestDenied => vec![unsigned],
        Code::AuthnFailed => vec![force, context],
        Code::UnsupportedBinding => vec![Some(RequestOption::Binding(request.binding))],
        _ => Vec::new(),
    };
    asked.into_iter().flatten().collect()
}

/// What the request asked for, in order, for findings that are about it: who reads a log there knows
/// then what to look for.
#[must_use]
pub fn request_facts(request: &SentRequest) -> Vec<String> {
    let binding = match request.binding {
        SsoBinding::Redirect => "HTTP-Redirect",
        SsoBinding::Post => "HTTP-POST",
    };
    let signature =
        if request.is_signed { text!("findings-request-signed") } else { text!("findings-request-unsigned") };
    let format = match request.name_id_format {
        Some(format) => text!("findings-request-name-id-format", value = format.uri()),
        None => text!("findings-request-no-name-id-format"),
    };
    let context = match &request.authn_context {
        Some(asked) => text!("findings-request-authn-context", value = asked.classes.join(", ")),
        None => text!("findings-request-no-authn-context"),
    };
    let force = request.force_authn.is_some().then(|| text!("findings-request-force-authn"));
    let is_passive = request.is_passive.then(|| text!("findings-request-is-passive"));
    let sent = text!("findings-request-sent", binding = binding, address = request.login_url.as_str());
    [Some(sent), Some(signature), Some(format), Some(context), force, is_passive].into_iter().flatten().collect()
}

/// Whether a finding is about the request itself, so that its options matter.
#[must_use]
pub const fn is_about_request(code: FindingCode) -> bool {
    use FindingCode as Code;
    matches!(
        code,
        Code::NoPassive
            | Code::NoAuthnContext
            | Code::InvalidNameIdPolicy
            | Code::RequestUnsupported
            | Code::RequestDenied
            | Code::UnsupportedBinding
            | Code::StatusRequester
            | Code::StatusVersionMismatch
    )
}

/// By whole words: a signed in user who is not assigned has nothing to do with signatures.
fn speaks_of_signatures(message: &str) -> bool {
    let message = message.to_lowercase();
    let words: Vec<&str> = message.split(|char: char| !char.is_alphanumeric()).collect();
    let is_of_signatures = |(place, word): (usize, &&str)| match *word {
        "signature" | "signatures" | "unsigned" => true,
        "signed" => words.get(place + 1) != Some(&"in"),
        _ => false,
    };
    words.iter().enumerate().any(is_of_signatures)
}

#[cfg(test)]
mod tests {
    use super::RequestOption::{Binding, ForceAuthn, IsPassive, UnsignedRequest};
    use super::*;

    const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";

    fn nothing() -> SentRequest {
        SentRequest {
            login_url: "https://idp.example/sso".into(),
            binding: SsoBinding::Post,
            is_signed: false,
            is_passive: false,
            force_authn: None,
            name_id_format: None,
            authn_context: None,
        }
    }

    fn requested_context(by: RequestedBy) -> RequestedContext {
        RequestedContext { classes: vec![PASSWORD.into()], by }
    }

    fn everything() -> SentRequest {
        SentRequest {
            is_passive: true,
            force_authn: Some(RequestedBy::Option),
            name_id_format: Some(NameIdFormat::Persistent),
            authn_context: Some(requested_context(RequestedBy::Option)),
            ..nothing()
        }
    }

    #[test]
    fn an_option_is_named_where_it_asked_for_what_was_refused() {
        let context = || RequestOption::AuthnContext(requested_context(RequestedBy::Option));
        let format = || RequestOption::NameIdFormat(NameIdFormat::Persistent);
        let force = || ForceAuthn(RequestedBy::Option);
        for (code, asked) in [
            (FindingCode::NoPassive, vec![IsPassive]),
            (FindingCode::NoAuthnContext, vec![context()]),
            (FindingCode::InvalidNameIdPolicy, vec![format()]),
            (FindingCode::RequestUnsupported, vec![context(), format(), force(), IsPassive]),
            (FindingCode::RequestDenied, vec![UnsignedRequest]),
            (FindingCode::AuthnFailed, vec![force(), context()]),
            (FindingCode::UnsupportedBinding, vec![Binding(SsoBinding::Post)]),
            (FindingCode::StatusRequester, vec![UnsignedRequest, format(), context(), force(), IsPassive]),
            (FindingCode::StatusResponder, vec![UnsignedRequest, format(), context(), force(), IsPassive]),
            (FindingCode::StatusVersionMismatch, vec![]),
            (FindingCode::WrongAudience, vec![]),
        ] {
            let message = Some("The request must be signed");
            assert_eq!(suspected_options(code, &everything(), message), asked, "{code:?}");
        }
    }

    #[test]
    fn what_nobody_asked_for_here_is_not_blamed_on_an_option() {
        for (request, message) in [
            (SentRequest { is_signed: true, ..nothing() }, "Invalid signature"),
            (nothing(), "Unknown issuer"),
            (nothing(), "AADSTS50105: The signed in user is not assigned to a role for the application"),
        ] {
            for code in FindingCode::ALL.iter().filter(|code| **code != FindingCode::UnsupportedBinding) {
                assert_eq!(suspected_options(*code, &request, Some(message)), [], "{code:?}");
            }
        }
    }

    #[test]
    fn what_an_application_asked_for_is_not_for_the_teams_admin_to_change() {
        let wished = RequestOption::AuthnContext(requested_context(RequestedBy::Application));
        assert_eq!(wished.fix_owner(), FixOwner::Support);
        assert!(wished.text("Krisp").contains("acr_values"), "{}", wished.text("Krisp"));
        assert_eq!(
            RequestOption::AuthnContext(requested_context(RequestedBy::Option)).fix_owner(),
            FixOwner::TeamAdmin
        );
    }

    #[test]
    fn the_request_is_told_as_it_was_sent() {
        let plain = request_facts(&nothing());
        assert_eq!(plain.len(), 4, "{plain:?}");
        assert!(plain[0].contains("HTTP-POST") && plain[0].contains("https://idp.example/sso"), "{plain:?}");
        let full = request_facts(&everything()).join(" ");
        for words in [PASSWORD, NameIdFormat::Persistent.uri(), "ForceAuthn", "IsPassive"] {
            assert!(full.contains(words), "{words}: {full}");
        }
    }
}
