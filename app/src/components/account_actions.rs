//! What the lists of members and of support accounts share: cells about an account, and the
//! menu of what can be done with it.

use leptos::prelude::*;
use messages::{message, text};
use model::{SupportRole, Timestamp};

use super::status::badge;
use super::time::moment;

/// The roles that a support account can have.
const SUPPORT_ROLES: [SupportRole; 2] = [SupportRole::Reviewer, SupportRole::Administrator];

/// Fields of a form that are not shown: which account it is about, and of which team.
pub type HiddenFields = Vec<(&'static str, String)>;

/// Those fields.
pub fn hidden_fields(fields: HiddenFields) -> impl IntoView {
    fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()
}

/// The name of a role that is known by its code.
pub fn role_name(code: &str) -> String {
    message(&format!("role-{code}"), &[])
}

/// Roles to choose from, each with what it may do.
pub fn role_choices(codes: impl IntoIterator<Item = &'static str>) -> Vec<(&'static str, String)> {
    codes.into_iter().map(|code| (code, message(&format!("role-{code}.explained"), &[]))).collect()
}

/// The roles that a support account can have, to choose from.
pub fn support_role_choices() -> Vec<(&'static str, String)> {
    role_choices(SUPPORT_ROLES.map(SupportRole::as_str))
}

/// An account's address, marked where it is one's own.
pub fn account_address(email: &str, is_own: bool) -> impl IntoView + use<> {
    if is_own { text!("account-actions-you", email = email) } else { email.to_owned() }
}

/// When an account last signed in, if that session still stands.
pub fn last_sign_in(at: Option<Timestamp>) -> impl IntoView {
    at.map_or_else(|| text!("account-actions-no-session").into_any(), |at| moment(at).into_any())
}

/// Whether one of an account's sessions has proved a second factor.
pub fn second_factor_badge(is_proved: bool) -> impl IntoView {
    if is_proved {
        badge("succeeded", text!("account-actions-factor-proved"))
    } else {
        badge("open", text!("account-actions-factor-not-seen"))
    }
}

/// What can be done with an account. It is folded: what cannot be undone is never one click
/// away.
pub fn actions_menu<V: IntoView + 'static>(email: &str, actions: V) -> impl IntoView + use<V> {
    view! {
        <details>
            <summary aria-label=text!(
                "account-actions-menu.label", email = email
            )>{text!("account-actions-menu")}</summary>
            <div class="stack stack--tight">{actions}</div>
        </details>
    }
}

/// Changes an account's role.
pub fn role_form(
    action: &'static str,
    hidden: HiddenFields,
    email: &str,
    choices: Vec<(&'static str, String)>,
    current: Option<&str>,
) -> impl IntoView + use<> {
    let options = choices.into_iter().map(|(value, label)| {
        view! {
            <option value=value selected=Some(value) == current>
                {label}
            </option>
        }
    });
    let options = options.collect_view();
    view! {
        <form method="post" action=action class="cluster">
            {hidden_fields(hidden)}
            <select name="role" aria-label=text!("account-actions-role.label", email = email)>
                {options}
            </select>
            <button type="submit" class="button">
                {text!("account-actions-role-button")}
            </button>
        </form>
    }
}

/// A button with what it does, in a sentence above it.
pub fn explained_button(
    action: &'static str,
    hidden: HiddenFields,
    explanation: String,
    label: String,
    class: &'static str,
) -> impl IntoView {
    view! {
        <form method="post" action=action class="stack stack--tight">
            {hidden_fields(hidden)}
            <p>{explanation}</p>
            <button type="submit" class=class>
                {label}
            </button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use model::Role;

    use super::*;

    #[test]
    fn every_role_has_a_name_and_an_explanation() {
        let team = [Role::Viewer, Role::Admin, Role::Owner].map(Role::as_str);
        for code in team.into_iter().chain(SUPPORT_ROLES.map(SupportRole::as_str)) {
            assert!(messages::has(&format!("role-{code}")), "{code}");
            assert!(messages::has(&format!("role-{code}.explained")), "{code}");
        }
        assert_eq!(messages::keys("role-").len(), 5);
    }

    #[test]
    fn the_current_role_is_chosen_and_the_account_is_named() {
        let choices = role_choices(["viewer", "admin"]);
        let hidden = vec![("account", "7".to_owned())];
        let html = Owner::new().with(|| role_form("/x", hidden, "ada@contoso.com", choices, Some("admin")).to_html());
        assert!(html.contains("<option value=\"admin\" selected"), "{html}");
        assert!(html.contains("name=\"account\" value=\"7\"") && html.contains("ada@contoso.com"), "{html}");
    }
}
