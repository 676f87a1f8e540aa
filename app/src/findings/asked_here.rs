//! Options of the connection that asked for what the identity provider refused: what was asked for
//! here can be changed here, before anybody looks elsewhere.

use messages::text;
use model::{FindingCode, SignInOptions, SsoBinding};

/// An option of the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskedOption {
    /// `IsPassive`: the person must not be asked anything. On no page: team files set it.
    IsPassive,
    /// `ForceAuthn`: the person must authenticate again.
    ForceAuthn,
    /// `RequestedAuthnContext`, with this class.
    AuthnContext(String),
    /// `NameIDPolicy`, with this format.
    NameIdFormat(&'static str),
    /// Requests without a signature.
    UnsignedRequests,
    /// The binding of the request.
    Binding(SsoBinding),
}

impl AskedOption {
    /// What is set, and what to change.
    #[must_use]
    pub fn text(&self, vendor: &str) -> String {
        match self {
            Self::IsPassive => text!("findings-asked-is-passive", vendor = vendor),
            Self::ForceAuthn => text!("findings-asked-force-authn"),
            Self::AuthnContext(class) => text!("findings-asked-authn-context", value = class.as_str()),
            Self::NameIdFormat(format) => text!("findings-asked-name-id-format", value = *format),
            Self::UnsignedRequests => text!("findings-asked-unsigned-requests"),
            Self::Binding(SsoBinding::Redirect) => text!("findings-asked-binding-redirect"),
            Self::Binding(SsoBinding::Post) => text!("findings-asked-binding-post"),
        }
    }

    /// Whether it is on the page of the sign-in options.
    #[must_use]
    pub fn is_on_page(&self) -> bool {
        *self != Self::IsPassive
    }
}

/// The options that can be the cause of a finding, as they are set. That requests are not signed
/// is one of them only where the identity provider's message speaks of signatures.
#[must_use]
pub fn asked_here(
    code: FindingCode,
    options: &SignInOptions,
    binding: SsoBinding,
    message: Option<&str>,
) -> Vec<AskedOption> {
    use FindingCode as Code;
    let is_passive = options.is_passive.then_some(AskedOption::IsPassive);
    let force = options.force_authn.then_some(AskedOption::ForceAuthn);
    let context = options.authn_context.as_ref().map(|class| AskedOption::AuthnContext(class.to_string()));
    let name_id = options.name_id_format.map(|format| AskedOption::NameIdFormat(format.uri()));
    let is_of_signatures = message.is_some_and(speaks_of_signatures);
    let unsigned = (!options.sign_requests && is_of_signatures).then_some(AskedOption::UnsignedRequests);
    let asked = match code {
        Code::NoPassive => vec![is_passive],
        Code::NoAuthnContext => vec![context],
        Code::InvalidNameIdPolicy => vec![name_id],
        Code::RequestUnsupported => vec![context, name_id, force, is_passive],
        Code::StatusRequester | Code::StatusResponder => vec![unsigned, name_id, context, force, is_passive],
        Code::RequestDenied => vec![unsigned],
        Code::AuthnFailed => vec![force, context],
        Code::UnsupportedBinding => vec![Some(AskedOption::Binding(binding))],
        _ => Vec::new(),
    };
    asked.into_iter().flatten().collect()
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
    use model::options::NameIdFormat;

    use super::AskedOption::{Binding, ForceAuthn, IsPassive, UnsignedRequests};
    use super::*;

    fn everything() -> SignInOptions {
        SignInOptions {
            sign_requests: false,
            force_authn: true,
            is_passive: true,
            name_id_format: Some(NameIdFormat::Persistent),
            authn_context: "urn:oasis:names:tc:SAML:2.0:ac:classes:Password".parse().ok(),
            ..SignInOptions::default()
        }
    }

    #[test]
    fn an_option_is_named_where_it_asked_for_what_was_refused() {
        let context = || AskedOption::AuthnContext("urn:oasis:names:tc:SAML:2.0:ac:classes:Password".into());
        let format = || AskedOption::NameIdFormat(NameIdFormat::Persistent.uri());
        for (code, asked) in [
            (FindingCode::NoPassive, vec![IsPassive]),
            (FindingCode::NoAuthnContext, vec![context()]),
            (FindingCode::InvalidNameIdPolicy, vec![format()]),
            (FindingCode::RequestUnsupported, vec![context(), format(), ForceAuthn, IsPassive]),
            (FindingCode::RequestDenied, vec![UnsignedRequests]),
            (FindingCode::AuthnFailed, vec![ForceAuthn, context()]),
            (FindingCode::UnsupportedBinding, vec![Binding(SsoBinding::Post)]),
            (FindingCode::StatusRequester, vec![UnsignedRequests, format(), context(), ForceAuthn, IsPassive]),
            (FindingCode::StatusResponder, vec![UnsignedRequests, format(), context(), ForceAuthn, IsPassive]),
            (FindingCode::StatusVersionMismatch, vec![]),
            (FindingCode::WrongAudience, vec![]),
        ] {
            let message = Some("The request must be signed");
            assert_eq!(asked_here(code, &everything(), SsoBinding::Post, message), asked, "{code:?}");
        }
    }

    #[test]
    fn what_nobody_asked_for_here_is_not_blamed_on_an_option() {
        let signed = SignInOptions { sign_requests: true, ..SignInOptions::default() };
        for (options, message) in [
            (signed, "Invalid signature"),
            (SignInOptions::default(), "Unknown issuer"),
            (SignInOptions::default(), "AADSTS50105: The signed in user is not assigned to a role for the application"),
        ] {
            for code in FindingCode::ALL.iter().filter(|code| **code != FindingCode::UnsupportedBinding) {
                assert_eq!(asked_here(*code, &options, SsoBinding::Redirect, Some(message)), [], "{code:?}");
            }
        }
    }
}
