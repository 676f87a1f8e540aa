//! `/account`

use leptos::either::Either;
use leptos::prelude::*;

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
                <dd>{account.email.to_string()}</dd>
                {role}
                <dt>"Teams"</dt>
                <dd>{teams}</dd>
            </dl>
        }
    });
    view! {
        <Page title="Your account" class="content--text">
            <h1>"Your account"</h1>
            {content}
        </Page>
    }
}
