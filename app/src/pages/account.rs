//! `/account`

use leptos::either::Either;
use leptos::prelude::*;
use model::account::AccountTeam;
use model::{AccountView, SecurityView};

use super::{notice, query};
use crate::api::accounts::current_account;
use crate::api::factors::load_security;
use crate::api::sessions::load_sessions;
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
        view! {
            <div class="stack">
                {who(&account)} {(!account.managed).then(|| safety(&security, sessions))}
                {account.managed.then(elsewhere)} {teams(account.teams)}
            </div>
        }
    });
    let done = notice(match query("done").as_str() {
        "password" => Some("Your password is changed. Every other browser is signed out."),
        "email-asked" => Some("We have sent a link to the new address. Open it within 30 minutes to make the change."),
        "email" => Some("Your e-mail address is changed."),
        _ => None,
    });
    view! {
        <Page title="Your account" class="content--text">
            <h1>"Your account"</h1>
            {done}
            {content}
        </Page>
    }
}

fn who(account: &AccountView) -> impl IntoView + use<> {
    let role = account.support_role.map(|role| {
        view! {
            <dt>"Support role"</dt>
            <dd>{role.as_str()}</dd>
        }
    });
    let own = !account.managed;
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"Signing in"</h2>
            <dl class="facts">
                <dt>"E-mail address"</dt>
                <dd>{account.email.to_string()} {own.then(|| view! { " " <a href=routes::EMAIL>"Change"</a> })}</dd>
                {own
                    .then(|| {
                        view! {
                            <dt>"Password"</dt>
                            <dd>
                                <a href=routes::PASSWORD>"Change password"</a>
                            </dd>
                        }
                    })}
                {role}
            </dl>
        </section>
    }
}

/// For accounts that have no credentials here.
fn elsewhere() -> impl IntoView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"Security"</h2>
            <p>
                "You sign in through your company's identity provider: address, password and second factor are changed there."
            </p>
            <p>
                <a href=routes::SESSIONS>"Where you are signed in"</a>
            </p>
        </section>
    }
}

fn safety(security: &SecurityView, sessions: usize) -> impl IntoView + use<> {
    let state = if security.has_factor() { badge("active", "On") } else { badge("draft", "Off") };
    let mut factors = Vec::new();
    if security.totp.is_some() {
        factors.push("authenticator app".to_owned());
    }
    match security.passkeys.len() {
        0 => {}
        1 => factors.push("1 passkey".to_owned()),
        count => factors.push(format!("{count} passkeys")),
    }
    let codes = security.has_factor().then(|| {
        view! {
            <dt>"Recovery codes left"</dt>
            <dd>{security.recovery_codes_left}</dd>
        }
    });
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"Security"</h2>
            <dl class="facts">
                <dt>"Second factor"</dt>
                <dd>
                    <span class="cluster">{state} {factors.join(", ")}</span>
                </dd>
                {codes}
                <dt>"Signed in"</dt>
                <dd>{if sessions == 1 { "Here only".to_owned() } else { format!("In {sessions} browsers") }}</dd>
            </dl>
            <p class="cluster">
                <a href=routes::SECURITY>"Manage second factors"</a>
                <a href=routes::SESSIONS>"Where you are signed in"</a>
            </p>
        </section>
    }
}

fn teams(teams: Vec<AccountTeam>) -> impl IntoView {
    let list = if teams.is_empty() {
        Either::Left(view! { <p class="empty">"You belong to no team."</p> })
    } else {
        let items = teams.into_iter().map(|team| {
            view! {
                <li class="cluster">
                    <a href=routes::team(team.slug.as_str())>{team.name}</a>
                    {team_status(team.status)}
                </li>
            }
        });
        Either::Right(view! { <ul class="stack stack--tight">{items.collect_view()}</ul> })
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"Teams"</h2>
            {list}
        </section>
    }
}
