//! What goes with an event of the audit trail.

use serde::{Deserialize, Serialize};

/// What goes with an event, where it is more than a name or somebody's words. The trail keeps it as JSON:
/// pages say it in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditDetail {
    /// Somebody's words which could be taken for one of the others.
    Text(String),
    /// Sessions ended with it.
    SessionsEnded {
        /// How many.
        count: u64,
    },
    /// Recovery codes are left.
    RecoveryCodesLeft {
        /// How many.
        count: u64,
    },
    /// Second factors were removed.
    FactorsRemoved {
        /// Authenticator apps, of which an account has one at most.
        authenticator_apps: u64,
        /// Passkeys.
        passkeys: u64,
        /// Sessions that ended with it.
        sessions: u64,
    },
    /// Second factors were removed that were added after an address was changed, with that change.
    NewFactorsRemoved {
        /// Authenticator apps, of which an account has one at most.
        authenticator_apps: u64,
        /// Passkeys.
        passkeys: u64,
    },
    /// A person was kept for so long without a sign-in.
    NoSignIn {
        /// For how many days.
        days: i64,
    },
    /// Secrets were sealed anew.
    Resealed {
        /// How many.
        count: u64,
        /// With the key that is called so.
        key: String,
    },
    /// Somebody signed in with an authenticator app.
    WithAuthenticatorApp,
    /// Somebody signed in with a recovery code.
    WithRecoveryCode,
    /// Somebody signed in with a passkey.
    WithPasskey {
        /// What its owner calls it.
        name: String,
    },
    /// Somebody signed in through the vendor's identity provider.
    ThroughVendorIdp,
    /// It is about a session of this browser.
    OnBrowser(BrowserName),
}

/// A browser, as far as it says what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowserName {
    /// Such as Firefox.
    pub browser: Option<String>,
    /// The operating system, such as Windows.
    pub system: Option<String>,
}
