//! Second factors and sessions of one's own account, as its pages show them.

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, Timestamp};

/// The state of an account's second factors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityView {
    /// The authenticator app, if one is in use.
    pub totp: Option<TotpView>,
    /// The passkeys, oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// How many recovery codes are left.
    pub recovery_codes_left: u64,
    /// Who asks for a second factor, if somebody does.
    pub required_by: Option<RequiredBy>,
    /// Whether passkeys can be used at this portal's address.
    pub passkeys_work: bool,
}

impl SecurityView {
    /// Whether there is a second factor at all.
    #[must_use]
    pub const fn has_factor(&self) -> bool {
        self.totp.is_some() || !self.passkeys.is_empty()
    }

    /// Whether removing one factor would leave none where one is required.
    #[must_use]
    pub fn last_is_required(&self) -> bool {
        self.required_by.is_some() && usize::from(self.totp.is_some()) + self.passkeys.len() == 1
    }
}

/// Who asks for a second factor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequiredBy {
    /// The vendor, of its support.
    Support,
    /// A team, of its members.
    Team(String),
    /// The vendor, of everybody with an account.
    Everyone,
}

/// An authenticator app in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotpView {
    /// Since when.
    pub added_at: Timestamp,
    /// When a code was last used.
    pub last_used_at: Option<Timestamp>,
}

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyView {
    /// Its identifier.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub added_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// What an authenticator app is set up with. A secret: for the account's owner only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotpSetupView {
    /// The seed in Base32, to be typed.
    pub secret: String,
    /// The same as a QR code.
    pub qr: QrView,
}

/// A QR code as a drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrView {
    /// Its width and height in modules, with the quiet zone.
    pub size: usize,
    /// The dark modules, as an SVG path.
    pub path: String,
}

/// Which ways an account has to prove more than its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorChoice {
    /// Whose they are.
    pub email: EmailAddress,
    /// An authenticator app.
    pub totp: bool,
    /// A passkey.
    pub passkey: bool,
    /// A recovery code.
    pub recovery_code: bool,
    /// None of these, but to sign in again through the vendor's identity provider, here.
    pub sign_on: Option<String>,
}

/// A session of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// What it is ended by.
    pub id: String,
    /// The browser in words, such as "Firefox on Windows".
    pub device: String,
    /// From which address it was last proved.
    pub ip: Option<String>,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Timestamp,
    /// Whether it is the one that asks.
    pub current: bool,
    /// Whether its second factor is still awaited.
    pub awaiting_factor: bool,
}
