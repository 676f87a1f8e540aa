//! Mails about an account's second factors.

use messages::FluentValue;
use model::paths;
use strum::{EnumDiscriminants, VariantArray};

use super::{Parts, Reason, RequestOrigin};
use crate::Settings;

/// What happened to an account's factors, to be told to its owner.
#[derive(Clone, Debug, PartialEq, Eq, EnumDiscriminants)]
#[strum_discriminants(name(FactorNewsKind), vis(pub(crate)), derive(VariantArray), doc = "The kinds of these mails.")]
pub enum FactorChange {
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

impl FactorChange {
    pub(super) fn parts(&self, origin: &RequestOrigin, settings: &Settings) -> Parts {
        let (key, detail) = match self {
            Self::TotpAdded => ("mail-second-factor-totp-added", None),
            Self::TotpRemoved => ("mail-second-factor-totp-removed", None),
            Self::PasskeyAdded { name } => {
                ("mail-second-factor-passkey-added", Some(("name", FluentValue::from(name.as_str()))))
            }
            Self::PasskeyRemoved { name } => {
                ("mail-second-factor-passkey-removed", Some(("name", FluentValue::from(name.as_str()))))
            }
            Self::RecoveryCodeUsed { left } => {
                ("mail-second-factor-recovery-code-used", Some(("left", FluentValue::from(*left))))
            }
            Self::RecoveryCodesReplaced => ("mail-second-factor-recovery-codes-replaced", None),
            Self::Reset => ("mail-second-factor-reset", None),
        };
        let arguments = [("origin", FluentValue::from(origin.as_str()))].into_iter().chain(detail).collect();
        let link = Some(settings.urls.account(paths::SECURITY));
        Parts::of_values(settings, key, Reason::Account, link, arguments)
    }
}
