//! `/account/security/totp`: an authenticator app that is being set up.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{FormState, QrView, TotpSetupView};

use crate::api::factors::{ConfirmTotp, load_totp_setup};
use crate::components::copy::Copy;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::error::ApiError;
use crate::routes;

/// An authenticator app that is being set up.
#[component]
pub fn TotpSetup() -> impl IntoView {
    let load = async {
        match load_totp_setup().await {
            Ok(view) => Ok(Some((form_state("totp_setup").await, view))),
            Err(ApiError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let content = loaded(load, |loaded| {
        if let Some((form, view)) = loaded {
            return Either::Left(setup_steps(&form, view));
        }
        // nothing is being set up: it took too long, or is done
        crate::api::go_to(routes::SECURITY);
        Either::Right(view! { <a href=routes::SECURITY>{text!("totp-setup-restart")}</a> })
    });
    view! {
        <Page title=text!("totp-setup-title") class="content--text">
            <h1>{text!("totp-setup-title")}</h1>
            {content}
        </Page>
    }
}

fn setup_steps(form: &FormState, view: TotpSetupView) -> impl IntoView + use<> {
    view! {
        <div class="stack">
            <ErrorSummary form=form.clone() />
            <section class="card stack stack--tight">
                <h2 class="card__title">{text!("totp-setup-scan")}</h2>
                {qr_code(view.qr)}
                <p>{text!("totp-setup-by-hand")}</p>
                <Copy label=text!("totp-setup-key") value=view.secret />
            </section>
            <section class="card stack stack--tight">
                <h2 class="card__title">{text!("totp-setup-enter")}</h2>
                <form method="post" action=ConfirmTotp::url() class="stack stack--tight" novalidate>
                    <TextField
                        form=form.clone()
                        name="code"
                        label=text!("totp-setup-code")
                        hint=text!("totp-setup-code.hint")
                        autocomplete="one-time-code"
                    />
                    <div class="form-actions">
                        <button type="submit" class="button button--primary">
                            {text!("totp-setup-button")}
                        </button>
                        <a href=routes::SECURITY>{text!("common-cancel")}</a>
                    </div>
                </form>
            </section>
        </div>
    }
}

/// Dark on light whatever the page's colours are: readers need it so.
fn qr_code(qr: QrView) -> impl IntoView {
    let size = qr.size.to_string();
    let view_box = format!("0 0 {size} {size}");
    view! {
        <svg
            class="qr"
            role="img"
            aria-label=text!("totp-setup-qr-code")
            viewBox=view_box
            width="232"
            height="232"
            shape-rendering="crispEdges"
        >
            <rect width=size.clone() height=size fill="#fff" />
            <path d=qr.path fill="#000" />
        </svg>
    }
}
