//! `/support/teams/new`: support creates a team and sends its first owner a link.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;

use crate::api::onboarding::CreateOnboarding;
use crate::api::support::load_support_overview;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;

/// Name a team and its first owner.
#[component]
pub fn Onboarding() -> impl IntoView {
    let load = async {
        // whoever may not see support's pages does not see this one either
        load_support_overview().await?;
        Ok(form_state("onboarding").await)
    };
    let form = loaded(load, |form: FormState| {
        view! {
            <ErrorSummary form=form.clone() />
            <form method="post" action=CreateOnboarding::url() class="stack" novalidate>
                <TextField
                    form=form.clone()
                    name="name"
                    label=text!("onboarding-name")
                    hint=text!("onboarding-name.hint")
                />
                <TextField
                    form=form
                    name="email"
                    label=text!("onboarding-email")
                    hint=text!("onboarding-email.hint")
                    kind="email"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("onboarding-button")}
                    </button>
                </div>
            </form>
        }
    });
    view! {
        <Page title=text!("onboarding-title") class="content--narrow">
            <h1>{text!("onboarding-title")}</h1>
            {form}
        </Page>
    }
}
