//! `/verify?token=`: where the mailed link leads.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::login::password;
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
        let over = form.problem("").is_some() || token.is_empty();
        let confirm = (!over).then(|| {
            view! {
                <p>"Enter the password you chose at sign-up: it shows that the sign-up was yours."</p>
                <form method="post" action=VerifyEmail::url() class="stack" novalidate>
                    <input type="hidden" name="token" value=token />
                    {password(&form, false)}
                    <div class="form-actions">
                        <button type="submit" class="button button--primary">
                            "Confirm and continue"
                        </button>
                    </div>
                </form>
            }
        });
        view! {
            <ErrorSummary form=form.clone() />
            {confirm}
        }
    });
    view! {
        <Page title="Confirm your e-mail address" class="content--narrow">
            <h1>"Confirm your e-mail address"</h1>
            {form}
            <p>
                "For a new link, " <a href=routes::CHECK_EMAIL>"have it sent again"</a> ": only the newest one works."
            </p>
        </Page>
    }
}
