//! Forms that a passkey fills in.

use leptos::prelude::*;
use messages::text;

use super::script::module_script;
use crate::routes;

/// What a form asks a device for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyRequest {
    /// A new one.
    Create,
    /// An answer of one that is registered.
    Get,
}

/// A form whose button asks the device for a passkey and then submits its answer. Hidden
/// where there are no scripts or no passkeys.
#[component]
pub fn PasskeyForm(
    /// What the form asks the device for.
    request: PasskeyRequest,
    /// The address that answers with a challenge.
    start: &'static str,
    /// Where the answer goes.
    action: &'static str,
    /// What the button says.
    #[prop(into)]
    label: String,
    /// The button's classes.
    #[prop(default = "button")]
    class: &'static str,
    /// Further fields.
    children: Children,
) -> impl IntoView {
    let request = match request {
        PasskeyRequest::Create => "create",
        PasskeyRequest::Get => "get",
    };
    view! {
        <form
            method="post"
            action=action
            class="stack stack--tight"
            data-passkey=request
            data-start=start
            novalidate
            hidden
        >
            {children()}
            <input type="hidden" name="credential" />
            <p class="field__problem" data-problem hidden>
                {text!("form-passkey-problem")}
            </p>
            <div class="form-actions">
                <button type="submit" class=class>
                    {label}
                </button>
            </div>
        </form>
        <noscript>
            <p>{text!("form-passkey-no-script")}</p>
        </noscript>
        {script()}
    }
}

/// A form that a registered passkey answers, and that leads on to `next`.
pub fn passkey_answer_form(
    start: &'static str,
    action: &'static str,
    label: String,
    next: &str,
) -> impl IntoView + use<> {
    let next = next.to_owned();
    view! {
        <PasskeyForm request=PasskeyRequest::Get start=start action=action label=label>
            <input type="hidden" name="next" value=next />
        </PasskeyForm>
    }
}

/// The script of such forms, and of buttons that print the page; once a page.
pub fn script() -> impl IntoView {
    module_script(routes::PASSKEY_SCRIPT)
}
