//! Where one lands: the team, the list of teams, support's queue; for strangers what this is.

use leptos::either::Either;
use leptos::prelude::*;
use model::AccountView;

use super::sign_up::{by_invitation, sign_up_is_open};
use crate::api::accounts::current_account;
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::status::team_status;
use crate::routes;

/// `/`
#[component]
pub fn Home() -> impl IntoView {
    let content = loaded(current_account(), |account| match account {
        None => Either::Left(welcome()),
        Some(account) => {
            #[cfg(feature = "ssr")]
            if let Some(next) = destination(&account) {
                crate::api::go_to(&next);
            }
            Either::Right(teams(account))
        }
    });
    view! {
        <Page title="Start" class="content--text">
            {content}
        </Page>
    }
}

/// Where somebody goes who has only one place to go.
#[cfg(feature = "ssr")]
fn destination(account: &AccountView) -> Option<String> {
    match (account.support_role, account.teams.as_slice()) {
        (Some(_), []) => Some(routes::SUPPORT.to_owned()),
        (None, []) if sign_up_is_open() => Some(routes::NEW_TEAM.to_owned()),
        (None, [team]) => Some(routes::team(team.slug.as_str())),
        _ => None,
    }
}

fn welcome() -> impl IntoView {
    let product = brand().product_name;
    let open = sign_up_is_open();
    view! {
        <div class="stack">
            <div class="page-head">
                <h1>"Single sign-on for " {product.clone()}</h1>
                <p>
                    "Connect your company's " <span class="entra">"Microsoft Entra ID"</span> " with " {product}
                    " in eight short steps: copy three values into Entra, upload its certificate, test, go live."
                </p>
            </div>
            <div class="cluster">
                {open
                    .then(|| {
                        view! {
                            <a class="button button--primary" href=routes::SIGN_UP>
                                "Set up your team"
                            </a>
                        }
                    })}
                <a class="button" href=routes::LOGIN>
                    "Sign in"
                </a>
            </div>
            {(!open).then(by_invitation)}
            <div class="card">
                <h2 class="card__title">"You only want to sign in to the product?"</h2>
                <p>
                    <a href="/sso">"Sign in with your company's account"</a>
                </p>
            </div>
        </div>
    }
}

fn teams(account: AccountView) -> impl IntoView {
    let support = account.support_role.is_some();
    let open = sign_up_is_open();
    let none = account.teams.is_empty().then(|| {
        view! { <p class="empty">"You belong to no team. An owner of your company's team can invite you."</p> }
    });
    let items = account
        .teams
        .into_iter()
        .map(|team| {
            view! {
                <li class="cluster">
                    <a href=routes::team(team.slug.as_str())>{team.name}</a>
                    {team_status(team.status)}
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="stack">
            <h1>"Your teams"</h1>
            {none}
            <ul class="stack stack--tight">{items}</ul>
            {(!open).then(by_invitation)}
            <div class="cluster">
                {open
                    .then(|| {
                        view! {
                            <a class="button" href=routes::NEW_TEAM>
                                "Create another team"
                            </a>
                        }
                    })}
                {support.then(|| view! { <a class="button" href=routes::SUPPORT>"Teams for review"</a> })}
            </div>
        </div>
    }
}
