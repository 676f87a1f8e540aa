//! `/account/security/recovery-codes`: new recovery codes, shown once.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;

use crate::api::factors::{RecoveryCodesSaved, load_recovery_codes};
use crate::components::copy::copy_button;
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::passkey::script;
use crate::routes;

/// New recovery codes, to be saved.
#[component]
pub fn RecoveryCodes() -> impl IntoView {
    let content = loaded(load_recovery_codes(), |codes| {
        if codes.is_empty() { Either::Left(no_codes()) } else { Either::Right(new_codes(&codes)) }
    });
    view! {
        <Page title=text!("recovery-codes-title") class="content--text">
            <h1>{text!("recovery-codes-title")}</h1>
            {content}
        </Page>
    }
}

fn no_codes() -> impl IntoView {
    view! {
        <div class="stack">
            <p class="empty">{text!("recovery-codes-none")}</p>
            <p>
                <a href=routes::SECURITY>{text!("recovery-codes-none-link")}</a>
            </p>
        </div>
    }
}

fn new_codes(codes: &[String]) -> impl IntoView + use<> {
    let lines = codes.join("\n");
    // letters, digits, hyphens and line ends: nothing else needs encoding
    let file = format!("data:text/plain,{}", lines.replace('\n', "%0A"));
    let items = codes.iter().map(|code| view! { <li class="mono">{code.clone()}</li> }).collect_view();
    view! {
        <div class="stack">
            <div class="notice notice--warning">
                <strong>{text!("recovery-codes-save")}</strong>
                <p>{text!("recovery-codes-save-text", product = brand().product_name)}</p>
            </div>
            <section class="card stack stack--tight">
                <h2 class="card__title">{text!("recovery-codes-list")}</h2>
                <ul class="codes">{items}</ul>
                <div class="cluster">
                    {copy_button(lines, text!("recovery-codes-copy"))}
                    <a class="button" href=file download="recovery-codes.txt">
                        {text!("recovery-codes-download")}
                    </a>
                    <button type="button" class="button" data-print hidden>
                        {text!("recovery-codes-print")}
                    </button>
                </div>
            </section>
            <form method="post" action=RecoveryCodesSaved::url() class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("recovery-codes-saved-button")}
                </button>
            </form>
            {script()}
        </div>
    }
}
