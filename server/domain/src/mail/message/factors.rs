//! Mails about an account's second factors.

use super::{Action, Parts, Place};
use crate::Settings;
use model::paths;

/// What happened to an account's factors, to be told to its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorNews {
    /// An authenticator app was set up.
    TotpAdded,
    /// The authenticator app was removed.
    TotpRemoved,
    /// A passkey was added.
    PasskeyAdded {
        /// What its owner calls it.
        name: String,
    },
    /// A passkey was removed.
    PasskeyRemoved {
        /// What its owner called it.
        name: String,
    },
    /// A recovery code was used.
    RecoveryCodeUsed {
        /// How many are left.
        left: u64,
    },
    /// New recovery codes replaced those before.
    RecoveryCodesReplaced,
    /// The operator removed all factors and ended all sessions.
    Reset,
}

impl FactorNews {
    fn subject(&self, product: &str) -> String {
        match self {
            Self::TotpAdded => format!("An authenticator app was added to your {product} account"),
            Self::TotpRemoved => format!("The authenticator app was removed from your {product} account"),
            Self::PasskeyAdded { .. } => format!("A passkey was added to your {product} account"),
            Self::PasskeyRemoved { .. } => format!("A passkey was removed from your {product} account"),
            Self::RecoveryCodeUsed { .. } => format!("A recovery code was used to sign in to {product}"),
            Self::RecoveryCodesReplaced => format!("New recovery codes for your {product} account"),
            Self::Reset => format!("The second factors of your {product} account were removed"),
        }
    }

    fn what(&self) -> String {
        match self {
            Self::TotpAdded => {
                "From now on, signing in with your password also asks for a code of this app.".to_owned()
            }
            Self::TotpRemoved => "Its codes no longer sign you in.".to_owned(),
            Self::PasskeyAdded { name } => format!("The passkey \"{name}\" can sign in to your account from now on."),
            Self::PasskeyRemoved { name } => format!("The passkey \"{name}\" no longer signs in to your account."),
            Self::RecoveryCodeUsed { left: 0 } => {
                "Somebody signed in with your password and your last recovery code. Create new codes now.".to_owned()
            }
            Self::RecoveryCodeUsed { left } => format!(
                "Somebody signed in with your password and one of your recovery codes. It is used up; {left} of them \
                 {} left.",
                if *left == 1 { "is" } else { "are" }
            ),
            Self::RecoveryCodesReplaced => "The recovery codes you had before no longer work.".to_owned(),
            Self::Reset => "The portal's operator removed all second factors of your account and ended all its \
                            sessions. Sign in with your password, and set up a second factor again."
                .to_owned(),
        }
    }

    const fn closing(&self) -> &'static str {
        match self {
            Self::Reset => "If you did not ask for this, write to us at once.",
            _ => {
                "If it was not you, somebody else may have your password: change it, end all other sessions on the \
                 page below, remove factors you do not know, and write to us."
            }
        }
    }

    pub(super) fn parts(&self, place: &Place, settings: &Settings) -> Parts {
        Parts {
            subject: self.subject(&settings.brand.product_name),
            paragraphs: vec![self.what(), place.sentence()],
            quote: None,
            action: Some(Action { label: "Open your security page", link: settings.urls.account(paths::SECURITY) }),
            closing: self.closing().to_owned(),
        }
    }
}
