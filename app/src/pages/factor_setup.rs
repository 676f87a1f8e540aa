//! `/account/security/totp` and `/account/security/recovery-codes`.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{FormState, QrView, TotpSetupView};

use crate::api::factors::{ConfirmTotp, RecoveryCodesKept, load_recovery_codes, load_totp_setup};
use crate::components::copy::{Copy, copy_button};
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::passkey::script;
use crate::error::ApiError;
use crate::routes;

/// An authenticator app, as it is set up.
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
            return Either::Left(setup(&form, view));
        }
        // nothing is being set up: it took too long, or is done
        #[cfg(feature = "ssr")]
        crate::api::go_to(routes::SECURITY);
        Either::Right(view! { <a href=routes::SECURITY>"Begin again"</a> })
    });
    view! {
        <Page title="Set up an authenticator app" class="content--text">
            <h1>"Set up an authenticator app"</h1>
            {content}
        </Page>
    }
}

fn setup(form: &FormState, view: TotpSetupView) -> impl IntoView + use<> {
    view! {
        <div class="stack">
            <ErrorSummary form=form.clone() />
            <section class="card stack stack--tight">
                <h2 class="card__title">"1. Scan this with the app"</h2>
                {qr_code(view.qr)}
                <p>"The app is on this device, or cannot scan? Enter this key by hand, as time-based."</p>
                <Copy label="Key" value=view.secret />
            </section>
            <section class="card stack stack--tight">
                <h2 class="card__title">"2. Enter the code it shows"</h2>
                <form method="post" action=ConfirmTotp::url() class="stack stack--tight" novalidate>
                    <TextField
                        form=form.clone()
                        name="code"
                        label="Code"
                        hint="Six digits. They change every 30 seconds."
                        autocomplete="one-time-code"
                    />
                    <div class="form-actions">
                        <button type="submit" class="button button--primary">
                            "Confirm"
                        </button>
                        <a href=routes::SECURITY>"Cancel"</a>
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
            aria-label="QR code with the key below"
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

/// New recovery codes, to be kept.
#[component]
pub fn RecoveryCodes() -> impl IntoView {
    let content = loaded(load_recovery_codes(), |codes| {
        if codes.is_empty() {
            return Either::Left(view! {
                <div class="stack">
                    <p class="empty">
                        "There is nothing to show here: recovery codes are shown when they are made, for ten minutes and in the same browser."
                    </p>
                    <p>
                        <a href=routes::SECURITY>"Create new codes on the security page"</a>
                    </p>
                </div>
            });
        }
        Either::Right(fresh_codes(&codes))
    });
    view! {
        <Page title="Recovery codes" class="content--text">
            <h1>"Recovery codes"</h1>
            {content}
        </Page>
    }
}

fn fresh_codes(codes: &[String]) -> impl IntoView + use<> {
    let product = brand().product_name;
    let text = codes.join("\n");
    // letters, digits, hyphens and line ends: nothing else needs encoding
    let file = format!("data:text/plain,{}", text.replace('\n', "%0A"));
    let items = codes.iter().map(|code| view! { <li class="mono">{code.clone()}</li> }).collect_view();
    view! {
        <div class="stack">
            <div class="notice notice--warning">
                <strong>"Keep these codes now: they are not shown again"</strong>
                <p>
                    "Each signs you in to " {product}
                    " once, after your password, when you cannot reach your authenticator app or passkey. Keep them where your phone is not: in a password manager, or printed."
                </p>
            </div>
            <section class="card stack stack--tight">
                <h2 class="card__title">"Your ten recovery codes"</h2>
                <ul class="codes">{items}</ul>
                <div class="cluster">
                    {copy_button(text, "the recovery codes".to_owned())}
                    <a class="button" href=file download="recovery-codes.txt">
                        "Download"
                    </a>
                    <button type="button" class="button" data-print hidden>
                        "Print"
                    </button>
                </div>
            </section>
            <form method="post" action=RecoveryCodesKept::url() class="form-actions">
                <button type="submit" class="button button--primary">
                    "I have kept them"
                </button>
            </form>
            {script()}
        </div>
    }
}
