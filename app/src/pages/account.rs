//! `/account`

use leptos::either::Either;
use leptos::prelude::*;

use super::{notice, query};
use crate::api::accounts::current_account;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::error::ApiError;
use crate::routes;

/// One's own account.
#[component]
pub fn Account() -> impl IntoView {
    let load = async { current_account().await?.ok_or(ApiError::SignInNeeded) };
    let content = loaded(load, |account| {
        let role = account.support_role.map(|role| {
            view! {
                <dt>"Support role"</dt>
                <dd>{role.as_str()}</dd>
            }
        });
        let teams = account.teams.into_iter().map(|team| {
            view! {
                <li>
                    <a href=routes::team(team.slug.as_str())>{team.name}</a>
                </li>
            }
        });
        let teams: Vec<_> = teams.collect();
        let teams = if teams.is_empty() {
            Either::Left("You belong to no team.")
        } else {
            Either::Right(view! { <ul>{teams}</ul> })
        };
        view! {
            <dl class="facts">
                <dt>"E-mail address"</dt>
                <dd>
                    {account.email.to_string()} " " <a href=routes::EMAIL>"Change"</a>
                </dd>
                <dt>"Password"</dt>
                <dd>
                    <a href=routes::PASSWORD>"Change password"</a>
                </dd>
                {role}
                <dt>"Teams"</dt>
                <dd>{teams}</dd>
            </dl>
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
