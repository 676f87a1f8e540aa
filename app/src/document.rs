//! The document around the pages with islands, and which page is at which address.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::SsrMode;
use leptos_router::components::{Route, Router, Routes};

use crate::components::policy;
use crate::pages::{
    account, applications, attempt, attempts, audit, connection, email_change, email_verification,
    first_support_account, help_findings, home, idp_error, invitation, login, members, new_team, not_found, onboarding,
    password_change, password_reset, people, person, reauthentication, recovery_codes, second_factor, security,
    sessions, setup, sign_up, support_accounts, support_bulk, support_overview, support_team, support_teams, team,
    team_sessions, team_settings, totp_setup, undelivered_mail, xml,
};
use crate::routes::{self, PagePath};

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
                <link rel="icon" href=routes::FAVICON type="image/svg+xml" />
                <HashedStylesheet options=options.clone() />
                <link rel="stylesheet" href=routes::BRAND_CSS />
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
                <Route path=PagePath(routes::HOME) view=home::Home ssr=SsrMode::Async />
                <Route path=PagePath(routes::LOGIN) view=login::Login ssr=SsrMode::Async />
                <Route path=PagePath(routes::SIGN_UP) view=sign_up::SignUp ssr=SsrMode::Async />
                <Route path=PagePath(routes::CHECK_EMAIL) view=email_verification::CheckEmail ssr=SsrMode::Async />
                <Route path=PagePath(routes::VERIFY_EMAIL) view=email_verification::EmailVerification ssr=SsrMode::Async />
                <Route path=PagePath(routes::FORGOT_PASSWORD) view=password_reset::PasswordResetRequest ssr=SsrMode::Async />
                <Route path=PagePath(routes::FORGOT_PASSWORD_SENT) view=password_reset::PasswordResetSent ssr=SsrMode::Async />
                <Route path=PagePath(routes::RESET_PASSWORD) view=password_reset::PasswordReset ssr=SsrMode::Async />
                <Route path=PagePath(routes::PASSWORD) view=password_change::PasswordChange ssr=SsrMode::Async />
                <Route path=PagePath(routes::EMAIL) view=email_change::EmailChange ssr=SsrMode::Async />
                <Route path=PagePath(routes::EMAIL_CONFIRM) view=email_change::EmailChangeConfirmation ssr=SsrMode::Async />
                <Route path=PagePath(routes::EMAIL_UNDO) view=email_change::EmailChangeUndo ssr=SsrMode::Async />
                <Route path=PagePath(routes::SECOND_FACTOR) view=second_factor::SecondFactor ssr=SsrMode::Async />
                <Route path=PagePath(routes::ACCOUNT) view=account::Account ssr=SsrMode::Async />
                <Route path=PagePath(routes::REAUTHENTICATE) view=reauthentication::Reauthentication ssr=SsrMode::Async />
                <Route path=PagePath(routes::SECURITY) view=security::Security ssr=SsrMode::Async />
                <Route path=PagePath(routes::TOTP_SETUP) view=totp_setup::TotpSetup ssr=SsrMode::Async />
                <Route
                    path=PagePath(routes::RECOVERY_CODES)
                    view=recovery_codes::RecoveryCodes
                    ssr=SsrMode::Async
                />
                <Route path=PagePath(routes::SESSIONS) view=sessions::Sessions ssr=SsrMode::Async />
                <Route path=PagePath(routes::NEW_TEAM) view=new_team::NewTeam ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM) view=team::Team ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_CONNECTION) view=connection::Connection ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_SETTINGS) view=team_settings::TeamSettings ssr=SsrMode::Async />
                <Route path=PagePath(routes::PEOPLE) view=people::People ssr=SsrMode::Async />
                <Route path=PagePath(routes::PERSON) view=person::Person ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_SESSIONS) view=team_sessions::TeamSessions ssr=SsrMode::Async />
                <Route path=PagePath(routes::MEMBERS) view=members::Members ssr=SsrMode::Async />
                <Route path=PagePath(routes::INVITE) view=invitation::Invitation ssr=SsrMode::Async />
                <Route path=PagePath(routes::SETUP_CERTIFICATES) view=setup::Certificates ssr=SsrMode::Async />
                <Route path=PagePath(routes::SETUP_OPTIONS) view=setup::Options ssr=SsrMode::Async />
                <Route path=PagePath(routes::SETUP) view=setup::Setup ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_AUDIT) view=audit::TeamAudit ssr=SsrMode::Async />
                <Route path=PagePath(routes::IDP_ERROR) view=idp_error::IdpError ssr=SsrMode::Async />
                <Route
                    path=PagePath(routes::SUPPORT_IDP_ERROR)
                    view=idp_error::SupportIdpError
                    ssr=SsrMode::Async
                />
                <Route path=PagePath(routes::TEAM_ATTEMPTS) view=attempts::TeamAttempts ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_ATTEMPT) view=attempt::TeamAttempt ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_ATTEMPT_XML) view=xml::TeamXml ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_ATTEMPTS) view=attempts::SupportAttempts ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_ATTEMPT) view=attempt::SupportAttempt ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_ATTEMPT_XML) view=xml::SupportXml ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_MAIL) view=undelivered_mail::UndeliveredMail ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_AUDIT) view=audit::SupportAudit ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT) view=support_overview::SupportOverviewPage ssr=SsrMode::Async />
                <Route path=PagePath(routes::FIRST_SUPPORT_ACCOUNT) view=first_support_account::FirstSupportAccount ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_ACCOUNTS) view=support_accounts::SupportAccounts ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_APPLICATIONS) view=applications::Applications ssr=SsrMode::Async />
                <Route path=PagePath(routes::NEW_APPLICATION) view=applications::NewApplication ssr=SsrMode::Async />
                <Route path=PagePath(routes::HELP_FINDINGS) view=help_findings::HelpFindings ssr=SsrMode::Async />
                <Route path=PagePath(routes::APPLICATION_TRIAL_CALLBACK) view=applications::TrialResult ssr=SsrMode::Async />
                <Route path=PagePath(routes::APPLICATION_TRIAL) view=applications::Trial ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_APPLICATION) view=applications::Application ssr=SsrMode::Async />
                <Route path=PagePath(routes::ONBOARDING) view=onboarding::Onboarding ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_TEAMS) view=support_teams::SupportTeams ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_BULK) view=support_bulk::SupportBulk ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_TEAM) view=support_team::SupportTeam ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
