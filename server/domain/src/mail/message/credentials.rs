//! Mails to an account's owner, of its password and address.

use model::paths;
use strum::{EnumDiscriminants, VariantArray};

use super::{Parts, Reason, RequestOrigin};
use crate::Settings;

/// A mail of an account's password or address.
#[derive(Clone, Debug, EnumDiscriminants)]
#[strum_discriminants(name(CredentialsKind), vis(pub(crate)), derive(VariantArray), doc = "The kinds of these mails.")]
pub enum Credentials {
    /// Leads to a new password.
    ResetPassword {
        /// The link, single use.
        link: String,
        /// Who asked.
        origin: RequestOrigin,
    },
    /// The password was changed.
    PasswordChanged {
        /// By whom.
        origin: RequestOrigin,
    },
    /// To the new address: confirm it.
    ConfirmNewAddress {
        /// The link, single use.
        link: String,
        /// Who asked.
        origin: RequestOrigin,
    },
    /// To an address that somebody wanted for another account.
    AddressTaken,
    /// To the old address: a change was asked for.
    EmailChangeRequested {
        /// The new address.
        new: String,
        /// Who asked.
        origin: RequestOrigin,
    },
    /// To the old address: it was changed.
    EmailChanged {
        /// The new address.
        new: String,
        /// The link that undoes it, single use.
        undo: String,
        /// Who confirmed.
        origin: RequestOrigin,
    },
    /// To the old address, which is the account's again: choose a new password.
    EmailRestored {
        /// The link, single use.
        link: String,
    },
    /// To the address that the account had until somebody undid the change.
    EmailChangeUndone {
        /// The address that it has again.
        old: String,
        /// Who did.
        origin: RequestOrigin,
    },
    /// Several wrong passwords or codes were entered.
    FailedLogins {
        /// When and from where, newest first.
        lines: Vec<String>,
    },
}

impl Credentials {
    pub(super) fn parts(&self, settings: &Settings) -> Parts {
        let page = |path| Some(settings.urls.account(path));
        let (key, link, change) = match self {
            Self::ResetPassword { link, .. } => ("mail-account-reset-password", Some(link.clone()), None),
            Self::PasswordChanged { .. } => ("mail-account-password-changed", page(paths::FORGOT_PASSWORD), None),
            Self::FailedLogins { .. } => ("mail-account-failed-logins", page(paths::FORGOT_PASSWORD), None),
            Self::ConfirmNewAddress { link, .. } => ("mail-account-confirm-new-address", Some(link.clone()), None),
            Self::AddressTaken => ("mail-account-address-taken", page(paths::LOGIN), None),
            Self::EmailChangeRequested { new, .. } => {
                ("mail-account-email-change-requested", page(paths::FORGOT_PASSWORD), Some(("new", new.as_str())))
            }
            Self::EmailChanged { new, undo, .. } => {
                ("mail-account-email-changed", Some(undo.clone()), Some(("new", new.as_str())))
            }
            Self::EmailRestored { link } => ("mail-account-email-restored", Some(link.clone()), None),
            Self::EmailChangeUndone { old, .. } => {
                ("mail-account-email-change-undone", None, Some(("old", old.as_str())))
            }
        };
        let origin = self.origin().map(|origin| ("origin", origin.as_str()));
        let arguments: Vec<_> = origin.into_iter().chain(change).collect();
        let parts = Parts::of(settings, key, self.reason(), link, &arguments);
        match self {
            Self::FailedLogins { lines } => parts.listing(lines),
            _ => parts,
        }
    }

    /// What the address that it goes to has to do with the account.
    const fn reason(&self) -> Reason<'static> {
        match self {
            Self::ResetPassword { .. }
            | Self::PasswordChanged { .. }
            | Self::AddressTaken
            | Self::EmailChangeRequested { .. }
            | Self::EmailRestored { .. }
            | Self::FailedLogins { .. } => Reason::Account,
            Self::ConfirmNewAddress { .. } => Reason::NewAddress,
            Self::EmailChanged { .. } | Self::EmailChangeUndone { .. } => Reason::FormerAddress,
        }
    }

    /// When and from where it was done, where the mail says so.
    const fn origin(&self) -> Option<&RequestOrigin> {
        match self {
            Self::ResetPassword { origin, .. }
            | Self::PasswordChanged { origin }
            | Self::ConfirmNewAddress { origin, .. }
            | Self::EmailChangeRequested { origin, .. }
            | Self::EmailChanged { origin, .. }
            | Self::EmailChangeUndone { origin, .. } => Some(origin),
            Self::AddressTaken | Self::EmailRestored { .. } | Self::FailedLogins { .. } => None,
        }
    }
}
