//! `/account/security`: one's own second factors.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::{FormState, PasskeyView, RequiredBy, SecurityView, TotpView};

use super::query;
use crate::api::factors::{BeginTotp, RegenerateRecoveryCodes, RemoveTotp, load_security};
use crate::api::passkeys::{RegisterPasskey, RemovePasskey, RenamePasskey, StartRegistration};
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::passkey::{PasskeyForm, Wanted};
use crate::components::time::moment;
use crate::routes;

/// The refused forms of the page.
struct Forms {
    plain: FormState,
    passkey: FormState,
}

/// One's own second factors.
#[component]
pub fn Security() -> impl IntoView {
    let done = query("done");
    let load = async move {
        let view = load_security().await?;
        let forms = Forms { plain: form_state("security").await, passkey: form_state("passkey").await };
        Ok((forms, view))
    };
    let content = loaded(load, move |(forms, view)| {
        view! {
            <div class="stack">
                {notice(&done)} {why(&view)} <ErrorSummary form=forms.plain.clone() />
                <ErrorSummary form=forms.passkey.clone() /> {app(&view)} {passkeys(&view, &forms.passkey)}
                {recovery_codes(&view)}
                <p class="cluster">
                    <a href=routes::SESSIONS>"Where you are signed in"</a>
                    <a href=routes::ACCOUNT>"Your account"</a>
                </p>
            </div>
        }
    });
    view! {
        <Page title="Second factors" class="content--text">
            <h1>"Second factors"</h1>
            <p>
                "A second factor keeps others out of your account even if they have your password."
            </p>
            {content}
        </Page>
    }
}

/// What was just done: words of ours for codes of ours.
fn notice(done: &str) -> impl IntoView + use<> {
    let words = match done {
        "totp-added" => "The authenticator app is set up.",
        "totp-removed" => "The authenticator app is removed, and your other sessions are ended.",
        "passkey-added" => "The passkey is added.",
        "passkey-renamed" => "The passkey is renamed.",
        "passkey-removed" => "The passkey is removed, and your other sessions are ended.",
        "codes-kept" => "Your recovery codes are in force. They are not shown again.",
        _ => "",
    };
    (!words.is_empty()).then(|| {
        view! {
            <div class="notice notice--success" role="status">
                <strong>{words}</strong>
                <p>
                    <a href=routes::HOME>"Go on to the start page"</a>
                </p>
            </div>
        }
    })
}

/// Who asks for a second factor, and that there is none yet.
fn why(view: &SecurityView) -> impl IntoView + use<> {
    let product = brand().product_name;
    let words = match view.required_by.as_ref()? {
        RequiredBy::Support => {
            format!("Support accounts decide how the customers of {product} sign in. Theirs need more than a password.")
        }
        RequiredBy::Everyone => format!("{product} asks everybody with an account for a second factor."),
        RequiredBy::Team(team) => format!("The team {team} asks all its members for a second factor."),
    };
    let (class, title) = if view.has_factor() {
        ("notice notice--info", "You need a second factor")
    } else {
        ("notice notice--warning", "Set up a second factor to go on")
    };
    let how = (!view.has_factor()).then_some(" Set up an authenticator app or a passkey below.");
    Some(view! {
        <div class=class>
            <strong>{title}</strong>
            <p>{words} {how}</p>
        </div>
    })
}

fn app(view: &SecurityView) -> impl IntoView + use<> {
    let last = view.last_is_required();
    let content = match view.totp.clone() {
        None => Either::Left(view! {
            <p>
                "An app on your phone shows a code of six digits, which you enter after your password. Any app for one-time codes works, such as Microsoft Authenticator, Google Authenticator or 1Password."
            </p>
            {button(BeginTotp::url(), "Set up an authenticator app", "button button--primary")}
        }),
        Some(totp) => Either::Right(app_in_use(totp, last)),
    };
    view! {
        <section class="card stack stack--tight" aria-labelledby="app-title">
            <h2 class="card__title" id="app-title">
                "Authenticator app"
            </h2>
            {content}
        </section>
    }
}

fn app_in_use(totp: TotpView, last: bool) -> impl IntoView {
    let remove = (!last).then(|| {
        view! {
            <details>
                <summary>"Remove the authenticator app"</summary>
                <div class="stack stack--tight">
                    <p>"Its codes no longer sign you in, and your other sessions end."</p>
                    {button(RemoveTotp::url(), "Remove", "button button--danger")}
                </div>
            </details>
        }
    });
    view! {
        <dl class="facts">
            <dt>"Set up"</dt>
            <dd>{moment(totp.added_at)}</dd>
            <dt>"Last used"</dt>
            <dd>{totp.last_used_at.map_or_else(|| "Not yet".into_any(), |at| moment(at).into_any())}</dd>
        </dl>
        <details>
            <summary>"Move to another app or phone"</summary>
            <div class="stack stack--tight">
                <p>"The one you use now works until the new one has shown its first code."</p>
                {button(BeginTotp::url(), "Set up anew", "button")}
            </div>
        </details>
        {remove}
    }
}

fn passkeys(view: &SecurityView, form: &FormState) -> impl IntoView + use<> {
    let last = view.last_is_required();
    let rows = view.passkeys.iter().map(|passkey| passkey_row(passkey.clone(), last)).collect_view();
    let form = form.clone();
    let add = if view.passkeys_work {
        Either::Left(view! {
            <PasskeyForm
                wanted=Wanted::Create
                start=StartRegistration::url()
                action=RegisterPasskey::url()
                label="Add a passkey"
            >
                <TextField
                    form=form.clone()
                    name="name"
                    label="Name"
                    hint="What you will know it by, such as the device it is on."
                    optional=true
                />
            </PasskeyForm>
        })
    } else {
        Either::Right(
            view! { <p class="empty">"Passkeys need a host name; this portal is reached by an IP address."</p> },
        )
    };
    view! {
        <section class="card stack stack--tight" aria-labelledby="passkeys-title">
            <h2 class="card__title" id="passkeys-title">
                "Passkeys"
            </h2>
            <p>
                "Your device's fingerprint, face or PIN, or a security key. A passkey signs you in without a password, and cannot be given to a false page."
            </p>
            {rows}
            {add}
        </section>
    }
}

fn passkey_row(passkey: PasskeyView, last: bool) -> impl IntoView {
    let used = passkey.last_used_at.map_or_else(|| "Not yet".into_any(), |at| moment(at).into_any());
    let remove = (!last).then(|| {
        view! {
            <details>
                <summary>"Remove"</summary>
                <form method="post" action=RemovePasskey::url() class="stack stack--tight">
                    <p>
                        "It no longer signs you in, and your other sessions end. Delete it on your device too."
                    </p>
                    <input type="hidden" name="id" value=passkey.id.clone() />
                    <div class="form-actions">
                        <button type="submit" class="button button--danger">
                            "Remove"
                        </button>
                    </div>
                </form>
            </details>
        }
    });
    let field = format!("name-{}", passkey.id);
    view! {
        <div class="stack stack--tight">
            <h3>{passkey.name.clone()}</h3>
            <dl class="facts">
                <dt>"Added"</dt>
                <dd>{moment(passkey.added_at)}</dd>
                <dt>"Last used"</dt>
                <dd>{used}</dd>
            </dl>
            <details>
                <summary>"Rename"</summary>
                <form method="post" action=RenamePasskey::url() class="stack stack--tight">
                    <input type="hidden" name="id" value=passkey.id />
                    <div class="field">
                        <label for=field.clone()>"Name"</label>
                        <input id=field name="name" value=passkey.name autocomplete="off" maxlength="60" />
                    </div>
                    <div class="form-actions">
                        <button type="submit" class="button">
                            "Save"
                        </button>
                    </div>
                </form>
            </details>
            {remove}
        </div>
    }
}

fn recovery_codes(view: &SecurityView) -> impl IntoView + use<> {
    let left = view.recovery_codes_left;
    view.has_factor().then(|| {
        let low = (left <= 3).then(|| {
            view! {
                <div class="notice notice--warning">
                    <strong>"Few recovery codes are left"</strong>
                    <p>"Create new ones, so that a lost device does not keep you out."</p>
                </div>
            }
        });
        view! {
            <section class="card stack stack--tight" aria-labelledby="codes-title">
                <h2 class="card__title" id="codes-title">
                    "Recovery codes"
                </h2>
                <p>
                    "Each lets you in once when your other factors are out of reach. "
                    <strong>{left} {if left == 1 { " is left." } else { " are left." }}</strong>
                </p>
                {low}
                <details>
                    <summary>"Create new recovery codes"</summary>
                    <div class="stack stack--tight">
                        <p>"The ones you have stop working."</p>
                        {button(RegenerateRecoveryCodes::url(), "Create new codes", "button")}
                    </div>
                </details>
            </section>
        }
    })
}

fn button(action: &'static str, label: &'static str, class: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=action class="form-actions">
            <button type="submit" class=class>
                {label}
            </button>
        </form>
    }
}
