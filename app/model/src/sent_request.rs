//! What an authentication request asks for: an option of the connection, or the application that
//! began the sign-in.

use serde::{Deserialize, Serialize};

use crate::options::NameIdFormat;
use crate::{IdpSettings, SignInOptions, SsoBinding};

/// Who asked for something in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestedBy {
    /// An option of the connection.
    Option,
    /// The application that began the sign-in.
    Application,
}

/// The authentication context that a request asks for (`RequestedAuthnContext`, core §3.3.2.2.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestedContext {
    /// The classes, any of which will do; never empty.
    pub classes: Vec<String>,
    /// By whom.
    pub by: RequestedBy,
}

/// An authentication request as it was sent to the identity provider (core §3.4.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentRequest {
    /// The identity provider's Login URL.
    pub login_url: String,
    /// How it was sent.
    pub binding: SsoBinding,
    /// Whether we signed it.
    pub is_signed: bool,
    /// `IsPassive`: the person must not be asked anything.
    pub is_passive: bool,
    /// `ForceAuthn`: the person must authenticate again.
    pub force_authn: Option<RequestedBy>,
    /// The format in `NameIDPolicy`.
    pub name_id_format: Option<NameIdFormat>,
    /// `RequestedAuthnContext`.
    pub authn_context: Option<RequestedContext>,
}

impl SentRequest {
    /// By the options of a connection, with nothing that an application adds.
    #[must_use]
    pub fn from_options(options: &SignInOptions, idp: &IdpSettings) -> Self {
        let asked = |class: &_| RequestedContext { classes: vec![ToString::to_string(class)], by: RequestedBy::Option };
        Self {
            login_url: idp.sso_url.clone(),
            binding: idp.sso_binding,
            is_signed: options.sign_requests,
            is_passive: options.is_passive,
            force_authn: options.force_authn.then_some(RequestedBy::Option),
            name_id_format: options.name_id_format,
            authn_context: options.authn_context.as_ref().map(asked),
        }
    }

    /// The same where an application wishes to have the person authenticate again, or in one of these
    /// ways. The connection's own options count more (OpenID Connect Core §3.1.2.1).
    #[must_use]
    pub fn with_application_request(self, force_authn: bool, contexts: Vec<String>) -> Self {
        let wished =
            (!contexts.is_empty()).then_some(RequestedContext { classes: contexts, by: RequestedBy::Application });
        Self {
            is_passive: self.is_passive && !force_authn,
            force_authn: self.force_authn.or_else(|| force_authn.then_some(RequestedBy::Application)),
            authn_context: self.authn_context.or(wished),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
    const MULTI_FACTOR: &str = "https://refeds.org/profile/mfa";

    fn request(options: &SignInOptions) -> SentRequest {
        let idp = IdpSettings {
            entity_id: "https://idp.example/metadata".into(),
            sso_url: "https://idp.example/sso".into(),
            slo_url: None,
            sso_binding: SsoBinding::Post,
        };
        SentRequest::from_options(options, &idp)
    }

    #[test]
    fn an_option_counts_more_than_the_wish_of_an_application() {
        let options =
            SignInOptions { is_passive: true, authn_context: PASSWORD.parse().ok(), ..SignInOptions::default() };
        let sent = request(&options).with_application_request(true, vec![MULTI_FACTOR.into()]);
        assert_eq!(
            sent.authn_context,
            Some(RequestedContext { classes: vec![PASSWORD.into()], by: RequestedBy::Option })
        );
        assert_eq!((sent.force_authn, sent.is_passive), (Some(RequestedBy::Application), false));
    }

    #[test]
    fn a_wish_is_told_from_an_option_and_nothing_from_both() {
        let plain = request(&SignInOptions::default());
        let wished = plain.clone().with_application_request(false, vec![MULTI_FACTOR.into()]);
        assert_eq!(wished.authn_context.map(|asked| asked.by), Some(RequestedBy::Application));
        assert_eq!(plain.clone().with_application_request(false, Vec::new()), plain);
        assert_eq!((plain.force_authn, plain.authn_context), (None, None));
    }
}
