//! Mails to an account's owner, of its password and address.

use model::paths;

use super::{Parts, RequestOrigin};
use crate::Settings;

/// A mail of an account's password or address.
#[derive(Clone, Debug)]
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
<<<<<<< HEAD
            Self::EmailRestored { .. } | Self::EmailChangeUndone { .. } => self.about_undoing(settings),
            _ => self.about_address(settings),
        }
    }

    fn about_password(&self, settings: &Settings) -> Parts {
        let product = &settings.brand.product_name;
        let forgot = || Action { label: "Choose a new password", link: settings.urls.account(paths::FORGOT_PASSWORD) };
        match self {
            Self::ResetPassword { place, .. } => Parts {
                subject: format!("Choose a new password for {product}"),
                paragraphs: vec![
                    "Somebody asked for a new password for your account. Open this link to choose one.".to_owned(),
                    "It works once, within 30 minutes. Links we sent before it no longer work.".to_owned(),
                    place.sentence(),
                ],
                quote: None,
                action: self.link("Choose a new password"),
                closing: "If it was not you, ignore this mail: your password stays as it is, and nobody can change it \
                          without the link."
                    .to_owned(),
            },
            Self::Guessing { lines } => Parts {
                subject: format!("Failed sign-ins to your {product} account"),
                paragraphs: vec![
                    "Somebody has entered a wrong password or code for your account several times. None of these \
                     attempts got in, and each makes the next one wait longer."
                        .to_owned(),
                    "The latest attempts:".to_owned(),
                ],
                quote: Some(lines.join("\n")),
                action: Some(forgot()),
                closing: "If it was you, there is nothing to do: choose a new password if you have forgotten yours. \
                          If it was not you and you use the same password elsewhere, choose a new one here, and add \
                          a second factor on your account's page. We send this mail at most once a day."
                    .to_owned(),
            },
            _ => Parts {
                subject: format!("Your password for {product} was changed"),
                paragraphs: vec![
                    "The password of your account was changed. Every other browser was signed out.".to_owned(),
                    self.happened(),
                ],
                quote: None,
                action: Some(forgot()),
                closing: "If it was you, there is nothing to do. If it was not you, choose a new password at once by \
                          the link above, and write to us."
                    .to_owned(),
            },
        }
    }

    fn about_address(&self, settings: &Settings) -> Parts {
        let product = &settings.brand.product_name;
        match self {
            Self::ConfirmNewAddress { .. } => Parts {
                subject: format!("Confirm your new e-mail address for {product}"),
                paragraphs: vec![
                    "Somebody with an account asked to use this address for it. Open this link to confirm.".to_owned(),
                    "It works once, within 30 minutes.".to_owned(),
                    self.happened(),
                ],
                quote: None,
                action: self.link("Confirm the new address"),
                closing: "If it was not you, ignore this mail: nothing changes without the link.".to_owned(),
            },
            Self::EmailChangeAsked { new, .. } => Parts {
                subject: format!("A new e-mail address for your {product} account"),
                paragraphs: vec![
                    format!("Somebody signed in to your account asked to change its address to {new}."),
                    self.happened(),
                    "The change is made once it is confirmed from the new address. We tell you when that happens."
                        .to_owned(),
                ],
                quote: None,
                action: Some(Action {
                    label: "Choose a new password",
                    link: settings.urls.account(paths::FORGOT_PASSWORD),
                }),
                closing: "If it was you, there is nothing to do here. If it was not you, choose a new password now by \
                          the link above: that signs everybody out and stops the change."
                    .to_owned(),
            },
            Self::EmailChanged { new, undo, .. } => Parts {
                subject: format!("The e-mail address of your {product} account was changed"),
                paragraphs: vec![format!("Your account's address is {new} from now on."), self.happened()],
                quote: None,
                action: Some(Action { label: "Undo the change", link: undo.clone() }),
                closing: "If it was you, there is nothing to do. If it was not you, open the link above: it gives you \
                          the account back, signs everybody out and lets you choose a new password. It works once, \
                          within 7 days."
                    .to_owned(),
            },
            _ => Parts {
                subject: format!("You already have an account with {product}"),
                paragraphs: vec![
                    "Somebody, perhaps you, wanted to use this address for another account. It has one already, so \
                     nothing was changed."
                        .to_owned(),
                ],
                quote: None,
                action: Some(Action { label: "Sign in", link: settings.urls.account(paths::LOGIN) }),
                closing: "If it was not you, there is nothing to do.".to_owned(),
            },
        }
    }

    fn about_undoing(&self, settings: &Settings) -> Parts {
        let product = &settings.brand.product_name;
        match self {
            Self::EmailChangeUndone { old, .. } => Parts {
                subject: format!("The change of your {product} account's address was undone"),
                paragraphs: vec![
                    format!("Your account's address is {old} again, by the link that we had sent there."),
                    self.happened(),
                    "Everybody was signed out, and the password no longer works.".to_owned(),
                ],
                quote: None,
                action: None,
                closing: "If this is wrong, write to us: an administrator can look at what happened.".to_owned(),
            },
            _ => Parts {
                subject: format!("Your {product} account has this address again"),
                paragraphs: vec![
                    "The change of its address is undone. Everybody was signed out, and the password it had no longer \
                     works. Open this link to choose a new one."
                        .to_owned(),
                    "It works once, within 30 minutes. After that, ask for another one on the sign-in page.".to_owned(),
                ],
                quote: None,
                action: self.link("Choose a new password"),
                closing: "Look at your account's second factors, too, and at what was done in your team.".to_owned(),
            },
        }
    }

    /// The mail's own link, if it has one.
    fn link(&self, label: &'static str) -> Option<Action> {
        match self {
            Self::ResetPassword { link, .. } | Self::ConfirmNewAddress { link, .. } | Self::EmailRestored { link } => {
                Some(Action { label, link: link.clone() })
=======
            Self::EmailChanged { new, undo, .. } => {
                ("mail-account-email-changed", Some(undo.clone()), Some(("new", new.as_str())))
>>>>>>> pages2
            }
            Self::EmailRestored { link } => ("mail-account-email-restored", Some(link.clone()), None),
            Self::EmailChangeUndone { old, .. } => {
                ("mail-account-email-change-undone", None, Some(("old", old.as_str())))
            }
        };
        let origin = self.origin().map(|origin| ("origin", origin.as_str()));
        let arguments: Vec<_> = origin.into_iter().chain(change).collect();
        let parts = Parts::of(settings, key, link, &arguments);
        match self {
            Self::FailedLogins { lines } => parts.quoting(lines.join("\n")),
            _ => parts,
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
