//! The enterprise application: what is entered on its pages in Entra.

use saml::certificate::SigningCertificate;
use saml::upload::read_certificates;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::encrypt::ContentCipher;

/// Signing Option, under SAML Signing Certificate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SigningOption {
    /// Sign SAML assertion.
    #[default]
    Assertion,
    /// Sign SAML response.
    Response,
    /// Sign SAML response and assertion.
    Both,
}

impl SigningOption {
    /// As Entra lists them: the form's value and the label.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Assertion, "assertion", "Sign SAML assertion"),
        (Self::Response, "response", "Sign SAML response"),
        (Self::Both, "both", "Sign SAML response and assertion"),
    ];

    /// Whether the assertion has a signature of its own.
    #[must_use]
    pub fn signs_assertion(self) -> bool {
        matches!(self, Self::Assertion | Self::Both)
    }

    /// Whether the response has one.
    #[must_use]
    pub fn signs_response(self) -> bool {
        matches!(self, Self::Response | Self::Both)
    }
}

/// The application that is registered, if any. Certificates are PEM text once it is
/// [checked](App::checked), before that whatever an administrator may upload.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct App {
    /// Identifier (Entity ID).
    pub identifier: String,
    /// Reply URL (Assertion Consumer Service URL).
    pub reply_url: String,
    /// Sign on URL, which the My Apps tile opens.
    pub sign_on_url: String,
    /// Logout URL, without which nobody here is told of a sign-out.
    pub logout_url: String,
    /// Signing Option.
    pub signing: SigningOption,
    /// Require verification certificates.
    pub require_signed_requests: bool,
    /// Verification certificates.
    pub verification_certificates: Vec<String>,
    /// The active certificate under Token encryption.
    pub encryption_certificate: Option<String>,
    /// What tokens are encrypted with.
    pub encryption: ContentCipher,
    /// Whether logout responses come from `login.microsoftonline.com` instead of
    /// `sts.windows.net`, as those of some tenants do.
    pub logout_alias: bool,
}

impl App {
    /// The same without white space around and with certificates that were read, if the
    /// addresses are addresses.
    pub fn checked(mut self) -> Result<Self, String> {
        for text in [&mut self.identifier, &mut self.reply_url, &mut self.sign_on_url, &mut self.logout_url] {
            *text = text.trim().to_owned();
        }
        if self.identifier.is_empty() {
            return Err("Identifier (Entity ID) is missing.".to_owned());
        }
        if !is_web_address(&self.reply_url) {
            return Err("Reply URL must be an http or https address.".to_owned());
        }
        for (name, url) in [("Sign on URL", &self.sign_on_url), ("Logout URL", &self.logout_url)] {
            if !url.is_empty() && !is_web_address(url) {
                return Err(format!("{name} must be an http or https address."));
            }
        }
        self.verification_certificates = pems(&self.verification_certificates)?;
        self.encryption_certificate = pems(self.encryption_certificate.as_slice())?.pop();
        if self.require_signed_requests && self.verification_certificates.is_empty() {
            return Err("Upload a verification certificate before requiring one.".to_owned());
        }
        Ok(self)
    }

    /// The verification certificates.
    #[must_use]
    pub fn verifying(&self) -> Vec<SigningCertificate> {
        self.verification_certificates
            .iter()
            .flat_map(|pem| read_certificates(pem.as_bytes()).unwrap_or_default())
            .collect()
    }

    /// The certificate that tokens are encrypted to.
    #[must_use]
    pub fn encrypting(&self) -> Option<SigningCertificate> {
        read_certificates(self.encryption_certificate.as_ref()?.as_bytes()).ok()?.pop()
    }
}

fn pems(uploads: &[String]) -> Result<Vec<String>, String> {
    let mut pems = Vec::new();
    for upload in uploads {
        let certificates = read_certificates(upload.as_bytes()).map_err(|error| error.to_string())?;
        pems.extend(certificates.iter().map(SigningCertificate::to_pem));
    }
    Ok(pems)
}

/// Whether a form may be posted there.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
