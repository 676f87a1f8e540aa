//! The text of the audit trail: who acted, what happened, and what goes with it.

use model::AuditAction;
use model::audit::{ActorKind, AuditDetail, BrowserName};

use crate::{Text, message, text};

impl Text for ActorKind {
    fn text(&self) -> String {
        match self {
            Self::Anonymous => text!("label-actor-anonymous"),
            Self::Member => text!("label-actor-member"),
            Self::Support => text!("label-actor-support"),
            Self::Operator => text!("label-actor-operator"),
            Self::Portal => text!("label-actor-portal"),
        }
    }
}

impl Text for AuditDetail {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::SessionsEnded { count } => text!("audit-detail-sessions-ended", count = *count),
            Self::RecoveryCodesLeft { count } => text!("audit-detail-recovery-codes-left", count = *count),
            Self::FactorsRemoved { authenticator_apps, passkeys, sessions } => text!(
                "audit-detail-factors-removed",
                apps = *authenticator_apps,
                passkeys = *passkeys,
                sessions = *sessions
            ),
            Self::NewFactorsRemoved { authenticator_apps, passkeys } => {
                text!("audit-detail-new-factors-removed", apps = *authenticator_apps, passkeys = *passkeys)
            }
            Self::NoSignIn { days } => text!("audit-detail-no-sign-in", days = *days),
            Self::Resealed { count, key } => text!("audit-detail-resealed", count = *count, key = key),
            Self::WithAuthenticatorApp => text!("audit-detail-authenticator-app"),
            Self::WithRecoveryCode => text!("audit-detail-recovery-code"),
            Self::WithPasskey { name } => text!("audit-detail-passkey", name = name),
            Self::ThroughVendorIdp => text!("audit-detail-vendor-idp"),
            Self::OnBrowser(browser) => browser.text(),
        }
    }
}

impl Text for BrowserName {
    fn text(&self) -> String {
        match (&self.browser, &self.system) {
            (Some(browser), Some(system)) => text!("label-browser-on-system", browser = browser, system = system),
            (Some(name), None) | (None, Some(name)) => name.clone(),
            (None, None) => text!("label-browser-unknown"),
        }
    }
}

impl Text for AuditAction {
    fn text(&self) -> String {
        message(&format!("audit-action-{}", self.as_str().replace(['.', '_'], "-")), &[])
    }
}
