//! Pages, forms and islands. What is here may reach a browser; `domain` is only there with
//! feature `ssr`.
//!
//! Pages are rendered on the server and work without scripts. What is interactive is an
//! island (`islands/`); nothing else of this crate ends up in the WebAssembly, so pages exist
//! with feature `ssr` only. Their text is in the crate `messages`.

// Views are types: a page of nested elements is deeper than the compiler's usual limit.
#![recursion_limit = "256"]
#![cfg_attr(
    feature = "ssr",
    expect(clippy::needless_pass_by_value, reason = "views take what they show; component properties are values"),
    expect(clippy::must_use_candidate, reason = "#[component] makes a public function of each page and island")
)]

#[cfg(feature = "ssr")]
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
#[cfg(feature = "ssr")]
use leptos_router::SsrMode;
#[cfg(feature = "ssr")]
use leptos_router::components::{Route, Router, Routes};

pub mod api;
#[cfg(feature = "ssr")]
mod components;
pub mod error;
#[cfg(feature = "ssr")]
pub mod hand_over_pages;
pub mod islands;
#[cfg(feature = "ssr")]
mod pages;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod sign_on_pages;
pub mod words;

#[cfg(feature = "ssr")]
use pages::{
    account, attempt, attempts, audit, email, entra_error, factor_setup, forgot, home, invite, login, members,
    not_found, onboard, password, prove, security, sessions, setup, sign_up, staff, support, support_mail,
    support_team, team, team_sessions, verify, xml,
};
#[cfg(feature = "ssr")]
use routes::PagePath;

/// The document around every page with islands. Sends the content security policy that
/// names this document's scripts by their nonce.
#[cfg(feature = "ssr")]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    components::policy::send();
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

/// Every page; the addresses are those of [`routes`].
#[cfg(feature = "ssr")]
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=not_found::NotFound>
                <Route path=PagePath(routes::HOME) view=home::Home ssr=SsrMode::Async />
                <Route path=PagePath(routes::LOGIN) view=login::Login ssr=SsrMode::Async />
                <Route path=PagePath(routes::SIGN_UP) view=sign_up::SignUp ssr=SsrMode::Async />
                <Route path=PagePath(routes::CHECK_EMAIL) view=sign_up::CheckEmail ssr=SsrMode::Async />
                <Route path=PagePath(routes::VERIFY) view=verify::Verify ssr=SsrMode::Async />
                <Route path=PagePath(routes::FORGOT) view=forgot::Forgot ssr=SsrMode::Async />
                <Route path=PagePath(routes::FORGOT_SENT) view=forgot::ForgotSent ssr=SsrMode::Async />
                <Route path=PagePath(routes::RESET) view=forgot::Reset ssr=SsrMode::Async />
                <Route path=PagePath(routes::PASSWORD) view=password::Password ssr=SsrMode::Async />
                <Route path=PagePath(routes::EMAIL) view=email::Email ssr=SsrMode::Async />
                <Route path=PagePath(routes::EMAIL_CONFIRM) view=email::ConfirmEmail ssr=SsrMode::Async />
                <Route path=PagePath(routes::EMAIL_UNDO) view=email::UndoEmail ssr=SsrMode::Async />
                <Route path=PagePath(routes::SECOND_FACTOR) view=prove::SecondFactor ssr=SsrMode::Async />
                <Route path=PagePath(routes::ACCOUNT) view=account::Account ssr=SsrMode::Async />
                <Route path=PagePath(routes::CONFIRM) view=prove::ConfirmAgain ssr=SsrMode::Async />
                <Route path=PagePath(routes::SECURITY) view=security::Security ssr=SsrMode::Async />
                <Route path=PagePath(routes::TOTP_SETUP) view=factor_setup::TotpSetup ssr=SsrMode::Async />
                <Route
                    path=PagePath(routes::RECOVERY_CODES)
                    view=factor_setup::RecoveryCodes
                    ssr=SsrMode::Async
                />
                <Route path=PagePath(routes::SESSIONS) view=sessions::Sessions ssr=SsrMode::Async />
                <Route path=PagePath(routes::NEW_TEAM) view=team::NewTeam ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM) view=team::Team ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_SESSIONS) view=team_sessions::TeamSessions ssr=SsrMode::Async />
                <Route path=PagePath(routes::MEMBERS) view=members::Members ssr=SsrMode::Async />
                <Route path=PagePath(routes::INVITE) view=invite::Invite ssr=SsrMode::Async />
                <Route path=PagePath(routes::SETUP_CERTIFICATES) view=setup::Certificates ssr=SsrMode::Async />
                <Route path=PagePath(routes::SETUP_OPTIONS) view=setup::Options ssr=SsrMode::Async />
                <Route path=PagePath(routes::SETUP) view=setup::Setup ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_AUDIT) view=audit::TeamAudit ssr=SsrMode::Async />
                <Route path=PagePath(routes::ENTRA_ERROR) view=entra_error::EntraError ssr=SsrMode::Async />
                <Route
                    path=PagePath(routes::SUPPORT_ENTRA_ERROR)
                    view=entra_error::SupportEntraError
                    ssr=SsrMode::Async
                />
                <Route path=PagePath(routes::TEAM_ATTEMPTS) view=attempts::TeamAttempts ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_ATTEMPT) view=attempt::TeamAttempt ssr=SsrMode::Async />
                <Route path=PagePath(routes::TEAM_ATTEMPT_XML) view=xml::TeamXml ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_ATTEMPTS) view=attempts::SupportAttempts ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_ATTEMPT) view=attempt::SupportAttempt ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_ATTEMPT_XML) view=xml::SupportXml ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_MAIL) view=support_mail::SupportMail ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_AUDIT) view=audit::SupportAudit ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT) view=support::Queue ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_FIRST) view=support::First ssr=SsrMode::Async />
                <Route path=PagePath(routes::STAFF) view=staff::Staff ssr=SsrMode::Async />
                <Route path=PagePath(routes::ONBOARD) view=onboard::Onboard ssr=SsrMode::Async />
                <Route path=PagePath(routes::SUPPORT_TEAM) view=support_team::SupportTeam ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
