//! `/support/teams/new`: support creates a team and sends its first owner a link.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::FormState;

use crate::api::onboarding::CreateOnboarding;
use crate::api::support::load_queue;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::routes;

/// Name a team and its first owner.
#[component]
pub fn Onboard() -> impl IntoView {
    let load = async {
        // whoever may not see support's pages does not see this one either
        load_queue().await?;
        Ok(form_state("onboard").await)
    };
    let form = loaded(load, |form: FormState| {
        view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=CreateOnboarding::url() class="stack" novalidate>
                <TextField
                    form=form.clone()
                    name="name"
                    label="Company or team name"
                    hint="The team slug ID is made from it."
                />
                <TextField
                    form=form
                    name="email"
                    label="First owner's e-mail address"
                    hint="They get a link that works once, for seven days, and leads straight into the set-up."
                    kind="email"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Create team and send link"
                    </button>
                </div>
            </form>
        }
    });
    view! {
        <Page title="New team" class="content--narrow">
            <p>
                <a href=routes::SUPPORT>"All teams"</a>
            </p>
            <h1>"New team"</h1>
            {form}
        </Page>
    }
}
