//! `/account`

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::account::AccountTeam;
use model::{AccountView, SecurityView};

use crate::api::accounts::current_account;
use crate::api::factors::load_security;
use crate::api::sessions::load_sessions;
use crate::components::account_actions::role_name;
use crate::components::done::done_notice;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::status::{badge, team_status};
use crate::error::ApiError;
use crate::routes;

/// One's own account.
#[component]
pub fn Account() -> impl IntoView {
    let load = async {
        // first what says so when the second factor is still awaited
        let security = load_security().await?;
        let account = current_account().await?.ok_or(ApiError::SignInNeeded)?;
        Ok((account, security, load_sessions().await?.len()))
    };
    let content = loaded(load, |(account, security, sessions)| {
        let security = if account.is_federated {
            Either::Left(federated_security_card())
        } else {
            Either::Right(security_card(&security, sessions))
        };
        view! { <div class="stack">{sign_in_card(&account)} {security} {teams_card(account.teams)}</div> }
    });
    view! {
        <Page title=text!("account-title") class="content--text">
            <h1>{text!("account-title")}</h1>
            {done_notice()}
            {content}
        </Page>
    }
}

fn sign_in_card(account: &AccountView) -> impl IntoView + use<> {
    let role = account.support_role.map(|role| {
        view! {
            <dt>{text!("account-support-role")}</dt>
            <dd>{role_name(role.as_str())}</dd>
        }
    });
    let has_credentials = !account.is_federated;
    let change_email = has_credentials.then(|| view! { " " <a href=routes::EMAIL>{text!("account-change-email")}</a> });
    let password = has_credentials.then(|| {
        view! {
            <dt>{text!("account-password")}</dt>
            <dd>
                <a href=routes::PASSWORD>{text!("account-change-password")}</a>
            </dd>
        }
    });
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("account-sign-in")}</h2>
            <dl class="facts">
                <dt>{text!("account-email")}</dt>
                <dd>{account.email.to_string()} {change_email}</dd>
                {password}
                {role}
            </dl>
        </section>
    }
}

/// For accounts that have no credentials here.
fn federated_security_card() -> impl IntoView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("account-security")}</h2>
            <p>{text!("account-federated")}</p>
            <p>
                <a href=routes::SESSIONS>{text!("account-sessions-link")}</a>
            </p>
        </section>
    }
}

fn security_card(security: &SecurityView, sessions: usize) -> impl IntoView + use<> {
    let state = if security.has_factor() {
        badge("active", text!("account-factor-on"))
    } else {
        badge("draft", text!("account-factor-off"))
    };
    let mut factors = Vec::new();
    if security.totp.is_some() {
        factors.push(text!("account-factor-totp"));
    }
    if !security.passkeys.is_empty() {
        factors.push(text!("account-factor-passkeys", count = security.passkeys.len()));
    }
    let codes = security.has_factor().then(|| {
        view! {
            <dt>{text!("account-recovery-codes")}</dt>
            <dd>{security.recovery_codes_left}</dd>
        }
    });
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("account-security")}</h2>
            <dl class="facts">
                <dt>{text!("account-factor")}</dt>
                <dd>
                    <span class="cluster">{state} {factors.join(", ")}</span>
                </dd>
                {codes}
                <dt>{text!("account-sessions")}</dt>
                <dd>{text!("account-sessions-count", count = sessions)}</dd>
            </dl>
            <p class="cluster">
                <a href=routes::SECURITY>{text!("account-security-link")}</a>
                <a href=routes::SESSIONS>{text!("account-sessions-link")}</a>
            </p>
        </section>
    }
}

fn teams_card(teams: Vec<AccountTeam>) -> impl IntoView {
    let list = if teams.is_empty() {
        Either::Left(view! { <p class="empty">{text!("account-no-teams")}</p> })
    } else {
        let items = teams.into_iter().map(|team| {
            view! {
                <li class="cluster">
                    <a href=routes::team(team.slug.as_str())>{team.name}</a>
                    {team_status(team.status)}
                </li>
            }
        });
        Either::Right(view! { <ul role="list" class="stack stack--tight">{items.collect_view()}</ul> })
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("account-teams")}</h2>
            {list}
        </section>
    }
}
