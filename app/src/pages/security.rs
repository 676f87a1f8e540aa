//! `/account/security`: one's own second factors.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::{FormState, PasskeyView, RequiredBy, SecurityView, TotpView};

use crate::api::factors::{BeginTotp, RegenerateRecoveryCodes, RemoveTotp, load_security};
use crate::api::passkeys::{RegisterPasskey, RemovePasskey, RenamePasskey, StartRegistration};
use crate::components::account_actions::explained_button;
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::passkey::{PasskeyForm, PasskeyRequest};
use crate::components::time::moment;
use crate::routes;

/// The refused forms of the page.
struct RefusedForms {
    plain: FormState,
    passkey: FormState,
}

/// One's own second factors.
#[component]
pub fn Security() -> impl IntoView {
    let load = async move {
        let view = load_security().await?;
        let forms = RefusedForms { plain: form_state("security").await, passkey: form_state("passkey").await };
        Ok((forms, view))
    };
    let content = loaded(load, move |(forms, view)| {
        view! {
            <div class="stack">
                {done_notice()} {requirement(&view)} <ErrorSummary form=forms.plain.clone() />
                <ErrorSummary form=forms.passkey.clone() /> {totp_card(&view)} {passkeys_card(&view, &forms.passkey)}
                {recovery_codes_card(&view)}
                <p class="cluster">
                    <a href=routes::SESSIONS>{text!("security-sessions-link")}</a>
                    <a href=routes::ACCOUNT>{text!("security-account-link")}</a>
                    <a href=routes::HOME>{text!("common-home-link")}</a>
                </p>
            </div>
        }
    });
    view! {
        <Page title=text!("security-title") class="content--text">
            <h1>{text!("security-title")}</h1>
            <p>{text!("security-intro")}</p>
            {content}
        </Page>
    }
}

/// Who asks for a second factor, and whether there is one already.
fn requirement(view: &SecurityView) -> impl IntoView + use<> {
    let product = brand().product_name;
    let reason = match view.required_by.as_ref()? {
        RequiredBy::Support => text!("security-required-support", product = product),
        RequiredBy::Everyone => text!("security-required-everyone", product = product),
        RequiredBy::Team(team) => text!("security-required-team", team = team),
    };
    Some(if view.has_factor() {
        Either::Left(view! {
            <div class="notice notice--info">
                <strong>{text!("security-required")}</strong>
                <p>{reason}</p>
            </div>
        })
    } else {
        Either::Right(view! {
            <div class="notice notice--warning">
                <strong>{text!("security-missing")}</strong>
                <p>{reason} " " {text!("security-missing-how")}</p>
            </div>
        })
    })
}

fn totp_card(view: &SecurityView) -> impl IntoView + use<> {
    let is_last = view.last_is_required();
    let content = match view.totp.clone() {
        None => Either::Left(explained_button(
            BeginTotp::url(),
            Vec::new(),
            text!("security-totp-intro"),
            text!("security-totp-button"),
            "button button--primary",
        )),
        Some(totp) => Either::Right(totp_in_use(totp, is_last)),
    };
    view! {
        <section class="card stack stack--tight" aria-labelledby="app-title">
            <h2 class="card__title" id="app-title">
                {text!("security-totp")}
            </h2>
            {content}
        </section>
    }
}

fn totp_in_use(totp: TotpView, is_last: bool) -> impl IntoView {
    let used = totp.last_used_at.map_or_else(|| text!("security-never-used").into_any(), |at| moment(at).into_any());
    let replace = explained_button(
        BeginTotp::url(),
        Vec::new(),
        text!("security-totp-replace-text"),
        text!("security-totp-replace-button"),
        "button",
    );
    let remove = (!is_last).then(|| {
        let remove = explained_button(
            RemoveTotp::url(),
            Vec::new(),
            text!("security-totp-remove-text"),
            text!("security-totp-remove-button"),
            "button button--danger",
        );
        view! {
            <details>
                <summary>{text!("security-totp-remove")}</summary>
                {remove}
            </details>
        }
    });
    view! {
        <dl class="facts">
            <dt>{text!("security-totp-added")}</dt>
            <dd>{moment(totp.added_at)}</dd>
            <dt>{text!("security-last-used")}</dt>
            <dd>{used}</dd>
        </dl>
        <details>
            <summary>{text!("security-totp-replace")}</summary>
            {replace}
        </details>
        {remove}
    }
}

fn passkeys_card(view: &SecurityView, form: &FormState) -> impl IntoView + use<> {
    let is_last = view.last_is_required();
    let rows = view.passkeys.iter().map(|passkey| passkey_row(passkey.clone(), is_last)).collect_view();
    let form = form.clone();
    let add = if view.passkeys_work {
        Either::Left(view! {
            <PasskeyForm
                request=PasskeyRequest::Create
                start=StartRegistration::url()
                action=RegisterPasskey::url()
                label=text!("security-passkey-add-button")
            >
                <TextField
                    form=form.clone()
                    name="name"
                    label=text!("security-passkey-name")
                    hint=text!("security-passkey-name.hint")
                    optional=true
                />
            </PasskeyForm>
        })
    } else {
        Either::Right(view! { <p class="empty">{text!("security-passkeys-need-host")}</p> })
    };
    view! {
        <section class="card stack stack--tight" aria-labelledby="passkeys-title">
            <h2 class="card__title" id="passkeys-title">
                {text!("security-passkeys")}
            </h2>
            <p>{text!("security-passkeys-intro")}</p>
            {rows}
            {add}
        </section>
    }
}

fn passkey_row(passkey: PasskeyView, is_last: bool) -> impl IntoView {
    let used = passkey.last_used_at.map_or_else(|| text!("security-never-used").into_any(), |at| moment(at).into_any());
    let remove = (!is_last).then(|| {
        let remove = explained_button(
            RemovePasskey::url(),
            vec![("id", passkey.id.clone())],
            text!("security-passkey-remove-text"),
            text!("security-passkey-remove-button"),
            "button button--danger",
        );
        view! {
            <details>
                <summary>{text!("security-passkey-remove")}</summary>
                {remove}
            </details>
        }
    });
    let field = format!("name-{}", passkey.id);
    view! {
        <div class="stack stack--tight">
            <h3>{passkey.name.clone()}</h3>
            <dl class="facts">
                <dt>{text!("security-passkey-added")}</dt>
                <dd>{moment(passkey.added_at)}</dd>
                <dt>{text!("security-last-used")}</dt>
                <dd>{used}</dd>
            </dl>
            <details>
                <summary>{text!("security-passkey-rename")}</summary>
                <form method="post" action=RenamePasskey::url() class="stack stack--tight">
                    <input type="hidden" name="id" value=passkey.id />
                    <div class="field">
                        <label for=field.clone()>{text!("security-passkey-name")}</label>
                        <input id=field name="name" value=passkey.name autocomplete="off" maxlength="60" />
                    </div>
                    <div class="form-actions">
                        <button type="submit" class="button">
                            {text!("security-passkey-rename-button")}
                        </button>
                    </div>
                </form>
            </details>
            {remove}
        </div>
    }
}

fn recovery_codes_card(view: &SecurityView) -> impl IntoView + use<> {
    let left = view.recovery_codes_left;
    view.has_factor().then(|| {
        let low = (left <= 3).then(|| {
            view! {
                <div class="notice notice--warning">
                    <strong>{text!("security-codes-low")}</strong>
                    <p>{text!("security-codes-low-text")}</p>
                </div>
            }
        });
        let replace = explained_button(
            RegenerateRecoveryCodes::url(),
            Vec::new(),
            text!("security-codes-replace-text"),
            text!("security-codes-replace-button"),
            "button",
        );
        view! {
            <section class="card stack stack--tight" aria-labelledby="codes-title">
                <h2 class="card__title" id="codes-title">
                    {text!("security-codes")}
                </h2>
                <p>{text!("security-codes-intro")} " " <strong>{text!("security-codes-left", count = left)}</strong></p>
                {low}
                <details>
                    <summary>{text!("security-codes-replace")}</summary>
                    {replace}
                </details>
            </section>
        }
    })
}
