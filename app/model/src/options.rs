//! How a team's connection asks for sign-ins: what is optional in SAML, and off unless an
//! admin turns it on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::EmailDomains;

/// How a request travels to the identity provider's sign-in address.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SsoBinding {
    /// HTTP-Redirect, what every identity provider takes.
    #[default]
    Redirect,
    /// HTTP-POST, by a form that submits itself.
    Post,
}

coded!(SsoBinding);

/// Which format of the name identifier a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NameIdFormat {
    /// An opaque identifier that stays with the person for this application.
    Persistent,
    /// An e-mail address.
    EmailAddress,
    /// Whatever the identity provider thinks best.
    Unspecified,
}

coded!(NameIdFormat);

impl NameIdFormat {
    /// The format's identifier in SAML (core §8.3).
    #[must_use]
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Persistent => "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
            Self::EmailAddress => "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            Self::Unspecified => "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        }
    }
}

/// An authentication context class: a URI that says how a person is to authenticate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AuthnContextClass(String);

/// The text is no authentication context class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an authentication context class is a URI of at most {} characters", AuthnContextClass::MAX_LENGTH)]
pub struct InvalidAuthnContextClass;

impl AuthnContextClass {
    /// In characters.
    pub const MAX_LENGTH: usize = 256;

    /// The class as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AuthnContextClass {
    type Err = InvalidAuthnContextClass;

    fn from_str(text: &str) -> Result<Self, InvalidAuthnContextClass> {
        let text = text.trim();
        let plain = text.len() <= Self::MAX_LENGTH && text.bytes().all(|byte| byte.is_ascii_graphic());
        if plain && url::Url::parse(text).is_ok() { Ok(Self(text.to_owned())) } else { Err(InvalidAuthnContextClass) }
    }
}

impl TryFrom<String> for AuthnContextClass {
    type Error = InvalidAuthnContextClass;
    fn try_from(text: String) -> Result<Self, InvalidAuthnContextClass> {
        text.parse()
    }
}

impl From<AuthnContextClass> for String {
    fn from(class: AuthnContextClass) -> Self {
        class.0
    }
}

impl fmt::Display for AuthnContextClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a revision asks for sign-ins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in SAML")]
pub struct SignInOptions {
    /// Whether requests are signed with the team's current key.
    pub sign_requests: bool,
    /// Whether people must authenticate again (`ForceAuthn`).
    pub force_authn: bool,
    /// Whether the identity provider must not ask the person anything (`IsPassive`). Not on
    /// any page: for team files.
    pub is_passive: bool,
    /// Which format of the name identifier to ask for; `None`: as it is configured there.
    pub name_id_format: Option<NameIdFormat>,
    /// How people are to authenticate; `None`: as the identity provider decides.
    pub authn_context: Option<AuthnContextClass>,
    /// Whether responses that nobody here asked for are taken.
    pub allow_idp_initiated: bool,
    /// Whose e-mail addresses may sign in.
    pub email_domains: EmailDomains,
}

/// The fields of the "Sign-in options" form.
pub mod field {
    /// Signed requests.
    pub const SIGN_REQUESTS: &str = "sign_requests";
    /// Authenticate again.
    pub const FORCE_AUTHN: &str = "force_authn";
    /// The name identifier's format.
    pub const NAME_ID_FORMAT: &str = "name_id_format";
    /// The authentication context class.
    pub const AUTHN_CONTEXT: &str = "authn_context";
    /// IdP-initiated sign-in.
    pub const ALLOW_IDP_INITIATED: &str = "allow_idp_initiated";
    /// The domains of e-mail addresses that may sign in.
    pub const EMAIL_DOMAINS: &str = "email_domains";
    /// How requests travel.
    pub const SSO_BINDING: &str = "sso_binding";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_stored_has_its_default() {
        assert_eq!(serde_json::from_str::<SignInOptions>("{}").unwrap(), SignInOptions::default());
        let options = SignInOptions {
            sign_requests: true,
            name_id_format: Some(NameIdFormat::EmailAddress),
            authn_context: "urn:oasis:names:tc:SAML:2.0:ac:classes:Password".parse().ok(),
            ..SignInOptions::default()
        };
        let stored = serde_json::to_string(&options).unwrap();
        assert_eq!(serde_json::from_str::<SignInOptions>(&stored).unwrap(), options, "{stored}");
    }

    #[test]
    fn an_authentication_context_class_is_a_uri() {
        assert!(" urn:oasis:names:tc:SAML:2.0:ac:classes:Password ".parse::<AuthnContextClass>().is_ok());
        for text in ["", "Password", "urn: a", "urn:a\nb", &format!("urn:{}", "x".repeat(256))] {
            assert_eq!(text.parse::<AuthnContextClass>(), Err(InvalidAuthnContextClass), "{text:?}");
        }
    }

    #[test]
    fn typed_words_read_back() {
        for format in NameIdFormat::ALL.iter().copied() {
            assert_eq!(NameIdFormat::parse(format.as_str()), Some(format));
        }
        assert_eq!(SsoBinding::parse("post"), Some(SsoBinding::Post));
    }
}
