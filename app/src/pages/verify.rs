//! `/verify?token=`: where the mailed link leads.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::query;
use crate::api::accounts::VerifyEmail;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::routes;

/// Asks for one more click: programs that scan mail follow links, and must not use it up.
#[component]
pub fn Verify() -> impl IntoView {
    let token = query("token");
    let form = loaded(async { Ok(form_state("verify_email").await) }, move |form| {
        let refused = !form.problems.is_empty();
        let confirm = (!refused && !token.is_empty()).then(|| {
            view! {
                <p>"Confirm that this address is yours to sign in and go on."</p>
                <form method="post" action=VerifyEmail::url()>
                    <input type="hidden" name="token" value=token />
                    <button type="submit" class="button button--primary">
                        "Confirm and continue"
                    </button>
                </form>
            }
        });
        view! {
            <ErrorSummary form=form />
            {confirm}
        }
    });
    view! {
        <Page title="Confirm your e-mail address" class="content--narrow">
            <h1>"Confirm your e-mail address"</h1>
            {form}
            <p>
                "For a new link, " <a href=routes::LOGIN>"sign in"</a> " with your password: we then send another."
            </p>
        </Page>
    }
}
