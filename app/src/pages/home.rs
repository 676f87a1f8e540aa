//! `/`: leads to the team, the list of teams or support's queue; for others it says what this is.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::AccountView;

use super::sign_up::{by_invitation, sign_up_is_open};
use crate::api::accounts::current_account;
use crate::components::blade::entra;
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::rich_text::rich_text;
use crate::components::status::team_status;
use crate::routes;

/// `/`
#[component]
pub fn Home() -> impl IntoView {
    let content = loaded(current_account(), |account| match account {
        None => Either::Left(welcome()),
        Some(account) => {
            if let Some(next) = destination(&account) {
                crate::api::go_to(&next);
            }
            Either::Right(teams(account))
        }
    });
    view! {
        <Page title=text!("home-title")>
            {content}
        </Page>
    }
}

/// Where somebody goes who has only one place to go.
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
                <h1>{text!("home-welcome", product = product)}</h1>
                <p>
                    {rich_text(
                        "home-welcome-text",
                        vec![("entra", entra(text!("entra-product"))), ("product", product.clone().into_any())],
                    )}
                </p>
            </div>
            <div class="cluster">
                {open
                    .then(|| {
                        view! {
                            <a class="button button--primary" href=routes::SIGN_UP>
                                {text!("home-sign-up")}
                            </a>
                        }
                    })}
                <a class="button" href=routes::LOGIN>
                    {text!("home-sign-in")}
                </a>
            </div>
            {(!open).then(by_invitation)}
            {journey(&product)}
            <div class="beside">
                {needed()}
                <section class="card stack stack--tight">
                    <h2 class="card__title">{text!("home-person")}</h2>
                    <p>{text!("home-person.text", product = product)}</p>
                    <p>
                        <a href=routes::CHOOSE_TEAM>{text!("home-person.link")}</a>
                    </p>
                </section>
            </div>
        </div>
    }
}

/// The way from the identity provider's values to the first sign-in, as a row of what is done where.
fn journey(product: &str) -> impl IntoView + use<> {
    let stages = [
        (text!("home-stage-copy"), text!("home-stage-copy.at"), text!("home-stage-copy.text")),
        (text!("home-stage-paste"), text!("home-stage-paste.at"), text!("home-stage-paste.text")),
        (text!("home-stage-test"), text!("home-stage-test.at"), text!("home-stage-test.text")),
        (text!("home-stage-live"), text!("home-stage-live.at"), text!("home-stage-live.text", product = product)),
    ];
    let stages = stages.map(|(title, at, words)| {
        view! {
            <li class="journey__stage">
                <span class="journey__at">{at}</span>
                <strong>{title}</strong>
                <span>{words}</span>
            </li>
        }
    });
    view! {
        <section class="stack stack--tight">
            <h2>{text!("home-journey")}</h2>
            <ol class="journey" role="list">
                {stages.collect_view()}
            </ol>
        </section>
    }
}

/// What somebody should have before they begin.
fn needed() -> impl IntoView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("home-needed")}</h2>
            <ul>
                <li>{text!("home-needed-role")}</li>
                <li>{text!("home-needed-person")}</li>
                <li>{text!("home-needed-time")}</li>
            </ul>
        </section>
    }
}

fn teams(account: AccountView) -> impl IntoView {
    let support = account.support_role.is_some();
    let open = sign_up_is_open();
    let none = account.teams.is_empty().then(|| {
        view! { <p class="empty">{text!("home-teams-none")}</p> }
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
            <h1>{text!("home-teams")}</h1>
            {none}
            <ul class="stack stack--tight">{items}</ul>
            {(!open).then(by_invitation)}
            <div class="cluster">
                {open
                    .then(|| {
                        view! {
                            <a class="button" href=routes::NEW_TEAM>
                                {text!("home-create-team")}
                            </a>
                        }
                    })}
                {support.then(|| view! { <a class="button" href=routes::SUPPORT>{text!("home-review")}</a> })}
            </div>
        </div>
    }
}
