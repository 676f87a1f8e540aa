//! The document around the pages with islands, and which page is at which address.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::components::policy;
use crate::pages::{
    account, attempt, audit, email_change, email_verification, entra_error, first_support_account, home, invitation,
    login, members, not_found, onboarding, password_change, password_reset, reauthentication, recovery_codes,
    second_factor, security, sessions, setup, sign_ins, sign_up, support_accounts, support_queue, support_team, team,
    team_sessions, totp_setup, undelivered_mail, xml,
};

/// The document around every page with islands. Sends the content security policy that
/// names this document's scripts by their nonce.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    policy::send();
    view! {
        <!DOCTYPE html>
        <html lang=messages::language().tag()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() />
                <link rel="stylesheet" href="/brand.css" />
                <HydrationScripts options islands=true />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// Every page; the addresses are those of [`crate::routes`].
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=not_found::NotFound>
                <Route path=path!("/") view=home::Home ssr=SsrMode::Async />
                <Route path=path!("/login") view=login::Login ssr=SsrMode::Async />
                <Route path=path!("/signup") view=sign_up::SignUp ssr=SsrMode::Async />
                <Route path=path!("/signup/check-email") view=email_verification::CheckEmail ssr=SsrMode::Async />
                <Route path=path!("/verify-email") view=email_verification::EmailVerification ssr=SsrMode::Async />
                <Route path=path!("/forgot-password") view=password_reset::PasswordResetRequest ssr=SsrMode::Async />
                <Route path=path!("/forgot-password/sent") view=password_reset::PasswordResetSent ssr=SsrMode::Async />
                <Route path=path!("/reset-password") view=password_reset::PasswordReset ssr=SsrMode::Async />
                <Route path=path!("/account/password") view=password_change::PasswordChange ssr=SsrMode::Async />
                <Route path=path!("/account/email") view=email_change::EmailChange ssr=SsrMode::Async />
                <Route path=path!("/account/email/confirm") view=email_change::EmailChangeConfirmation ssr=SsrMode::Async />
                <Route path=path!("/account/email/undo") view=email_change::EmailChangeUndo ssr=SsrMode::Async />
                <Route path=path!("/login/second-factor") view=second_factor::SecondFactor ssr=SsrMode::Async />
                <Route path=path!("/account") view=account::Account ssr=SsrMode::Async />
                <Route path=path!("/account/reauthenticate") view=reauthentication::Reauthentication ssr=SsrMode::Async />
                <Route path=path!("/account/security") view=security::Security ssr=SsrMode::Async />
                <Route path=path!("/account/security/totp") view=totp_setup::TotpSetup ssr=SsrMode::Async />
                <Route
                    path=path!("/account/security/recovery-codes")
                    view=recovery_codes::RecoveryCodes
                    ssr=SsrMode::Async
                />
                <Route path=path!("/account/sessions") view=sessions::Sessions ssr=SsrMode::Async />
                <Route path=path!("/teams/new") view=team::NewTeam ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug") view=team::Team ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/sessions") view=team_sessions::TeamSessions ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/members") view=members::Members ssr=SsrMode::Async />
                <Route path=path!("/invite/:token") view=invitation::Invitation ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/setup/certificates") view=setup::Certificates ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/setup/options") view=setup::Options ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/setup/:step") view=setup::Setup ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/audit") view=audit::TeamAudit ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/entra-error") view=entra_error::EntraError ssr=SsrMode::Async />
                <Route
                    path=path!("/support/teams/:slug/entra-error")
                    view=entra_error::SupportEntraError
                    ssr=SsrMode::Async
                />
                <Route path=path!("/teams/:slug/sign-ins") view=sign_ins::TeamSignIns ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/sign-ins/:reference") view=attempt::TeamAttempt ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/sign-ins/:reference/xml") view=xml::TeamXml ssr=SsrMode::Async />
                <Route path=path!("/support/sign-ins") view=sign_ins::SupportSignIns ssr=SsrMode::Async />
                <Route path=path!("/support/sign-ins/:reference") view=attempt::SupportAttempt ssr=SsrMode::Async />
                <Route path=path!("/support/sign-ins/:reference/xml") view=xml::SupportXml ssr=SsrMode::Async />
                <Route path=path!("/support/mail") view=undelivered_mail::UndeliveredMail ssr=SsrMode::Async />
                <Route path=path!("/support/audit") view=audit::SupportAudit ssr=SsrMode::Async />
                <Route path=path!("/support") view=support_queue::SupportQueue ssr=SsrMode::Async />
                <Route path=path!("/support/first-account") view=first_support_account::FirstSupportAccount ssr=SsrMode::Async />
                <Route path=path!("/support/accounts") view=support_accounts::SupportAccounts ssr=SsrMode::Async />
                <Route path=path!("/support/teams/new") view=onboarding::Onboarding ssr=SsrMode::Async />
                <Route path=path!("/support/teams/:slug") view=support_team::SupportTeam ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
