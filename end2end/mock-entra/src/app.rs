//! The enterprise application: what is entered under Basic SAML Configuration.

use serde::{Deserialize, Serialize};
use url::Url;

/// The application that is registered, if any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// Identifier (Entity ID).
    pub identifier: String,
    /// Reply URL (Assertion Consumer Service URL).
    pub reply_url: String,
    /// Sign on URL, which the My Apps tile opens.
    #[serde(default)]
    pub sign_on_url: String,
}

impl App {
    /// The same without white space around, if the addresses are addresses.
    pub fn checked(self) -> Result<Self, &'static str> {
        let app = Self {
            identifier: self.identifier.trim().to_owned(),
            reply_url: self.reply_url.trim().to_owned(),
            sign_on_url: self.sign_on_url.trim().to_owned(),
        };
        if app.identifier.is_empty() {
            return Err("Identifier (Entity ID) is missing.");
        }
        if !is_web_address(&app.reply_url) {
            return Err("Reply URL must be an http or https address.");
        }
        if !app.sign_on_url.is_empty() && !is_web_address(&app.sign_on_url) {
            return Err("Sign on URL must be an http or https address.");
        }
        Ok(app)
    }
}

/// Whether a form may be posted there.
#[must_use]
pub fn is_web_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
