//! Pages, forms and islands. What is here may reach a browser; `domain` is only there with
//! feature `ssr`.
//!
//! Pages are rendered on the server and work without scripts. What is interactive is an
//! island (`islands/`); nothing else of this crate ends up in the WebAssembly, so pages exist
//! with feature `ssr` only. Their text is in the crate `messages`.

// Views are types: a page of nested elements is deeper than the compiler's usual limit.
#![recursion_limit = "256"]
#![expect(clippy::needless_pass_by_value, reason = "views take what they show; component properties are values")]
#![expect(clippy::must_use_candidate, reason = "#[component] makes a public function of each page and island")]

#[cfg(feature = "ssr")]
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
#[cfg(feature = "ssr")]
use leptos_router::components::{Route, Router, Routes};
#[cfg(feature = "ssr")]
use leptos_router::{SsrMode, path};

#[cfg(feature = "ssr")]
pub mod aadsts;
pub mod api;
#[cfg(feature = "ssr")]
mod components;
pub mod done;
pub mod error;
#[cfg(feature = "ssr")]
pub mod findings;
#[cfg(feature = "ssr")]
pub mod hand_over_pages;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod notices;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub mod remediation;
pub mod routes;
#[cfg(feature = "ssr")]
pub mod sign_on_pages;
#[cfg(feature = "ssr")]
pub mod timeline;

#[cfg(feature = "ssr")]
use pages::{
    account, attempt, attempts, audit, email, entra_error, factor_setup, forgot, home, invite, login, members,
    not_found, onboard, password, prove, security, sessions, setup, sign_up, staff, support, support_mail,
    support_team, team, team_sessions, verify, xml,
};

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

/// Every page; the addresses are those of [`routes`].
#[cfg(feature = "ssr")]
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=not_found::NotFound>
                <Route path=path!("/") view=home::Home ssr=SsrMode::Async />
                <Route path=path!("/login") view=login::Login ssr=SsrMode::Async />
                <Route path=path!("/signup") view=sign_up::SignUp ssr=SsrMode::Async />
                <Route path=path!("/signup/check-email") view=sign_up::CheckEmail ssr=SsrMode::Async />
                <Route path=path!("/verify") view=verify::Verify ssr=SsrMode::Async />
                <Route path=path!("/forgot") view=forgot::Forgot ssr=SsrMode::Async />
                <Route path=path!("/forgot/sent") view=forgot::ForgotSent ssr=SsrMode::Async />
                <Route path=path!("/reset") view=forgot::Reset ssr=SsrMode::Async />
                <Route path=path!("/account/password") view=password::Password ssr=SsrMode::Async />
                <Route path=path!("/account/email") view=email::Email ssr=SsrMode::Async />
                <Route path=path!("/account/email/confirm") view=email::ConfirmEmail ssr=SsrMode::Async />
                <Route path=path!("/account/email/undo") view=email::UndoEmail ssr=SsrMode::Async />
                <Route path=path!("/login/factor") view=prove::SecondFactor ssr=SsrMode::Async />
                <Route path=path!("/account") view=account::Account ssr=SsrMode::Async />
                <Route path=path!("/account/confirm") view=prove::ConfirmAgain ssr=SsrMode::Async />
                <Route path=path!("/account/security") view=security::Security ssr=SsrMode::Async />
                <Route path=path!("/account/security/totp") view=factor_setup::TotpSetup ssr=SsrMode::Async />
                <Route
                    path=path!("/account/security/recovery-codes")
                    view=factor_setup::RecoveryCodes
                    ssr=SsrMode::Async
                />
                <Route path=path!("/account/sessions") view=sessions::Sessions ssr=SsrMode::Async />
                <Route path=path!("/teams/new") view=team::NewTeam ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug") view=team::Team ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/sessions") view=team_sessions::TeamSessions ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/members") view=members::Members ssr=SsrMode::Async />
                <Route path=path!("/invite/:token") view=invite::Invite ssr=SsrMode::Async />
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
                <Route path=path!("/teams/:slug/sign-ins") view=attempts::TeamAttempts ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/sign-ins/:reference") view=attempt::TeamAttempt ssr=SsrMode::Async />
                <Route path=path!("/teams/:slug/sign-ins/:reference/xml") view=xml::TeamXml ssr=SsrMode::Async />
                <Route path=path!("/support/sign-ins") view=attempts::SupportAttempts ssr=SsrMode::Async />
                <Route path=path!("/support/sign-ins/:reference") view=attempt::SupportAttempt ssr=SsrMode::Async />
                <Route path=path!("/support/sign-ins/:reference/xml") view=xml::SupportXml ssr=SsrMode::Async />
                <Route path=path!("/support/mail") view=support_mail::SupportMail ssr=SsrMode::Async />
                <Route path=path!("/support/audit") view=audit::SupportAudit ssr=SsrMode::Async />
                <Route path=path!("/support") view=support::Queue ssr=SsrMode::Async />
                <Route path=path!("/support/first") view=support::First ssr=SsrMode::Async />
                <Route path=path!("/support/accounts") view=staff::Staff ssr=SsrMode::Async />
                <Route path=path!("/support/teams/new") view=onboard::Onboard ssr=SsrMode::Async />
                <Route path=path!("/support/teams/:slug") view=support_team::SupportTeam ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
