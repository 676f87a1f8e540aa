//! `/teams/new`.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;

use super::sign_up::{by_invitation, sign_up_is_open};
use crate::api::accounts::current_account;
use crate::api::teams::CreateTeam;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::error::ApiError;

/// Name a new team.
#[component]
pub fn NewTeam() -> impl IntoView {
    let load = async {
        current_account().await?.ok_or(ApiError::SignInNeeded)?;
        Ok(form_state("create_team").await)
    };
    let form = loaded(load, |form: FormState| {
        if !sign_up_is_open() {
            return Either::Left(by_invitation());
        }
        Either::Right(view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=CreateTeam::url() class="stack" novalidate>
                <TextField
                    form=form
                    name="name"
                    label=text!("team-new-name")
                    hint=text!("team-new-name.hint")
                    autocomplete="organization"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("team-new-button")}
                    </button>
                </div>
            </form>
        })
    });
    view! {
        <Page title=text!("team-new-title") class="content--narrow">
            <h1>{text!("team-new-title")}</h1>
            {form}
        </Page>
    }
}
