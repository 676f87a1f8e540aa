//! Inviting, and the invitations that wait: the same for members and for support accounts.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::FormState;
use model::members::InvitationView;

use super::account_actions::{HiddenFields, hidden_fields};
use super::choice::Select;
use super::form::{ErrorSummary, TextField};
use super::invitations::{InvitationForms, invitations};

/// What a form that invites asks and says.
pub struct InviteForm {
    /// The form as it came back, if it did.
    pub form: FormState,
    /// Where it posts to.
    pub action: &'static str,
    /// What it says without asking.
    pub hidden: HiddenFields,
    /// Its heading.
    pub title: String,
    /// The roles to choose from.
    pub roles: Vec<(&'static str, String)>,
    /// The role that is chosen at first.
    pub default_role: &'static str,
    /// What helps to choose one.
    pub role_hint: String,
}

/// The form.
pub fn invite_form(asked: InviteForm) -> impl IntoView {
    let InviteForm { form, action, hidden, title, roles, default_role, role_hint } = asked;
    view! {
        <section class="card stack" id="invite">
            <h2 class="card__title">{title}</h2>
            <ErrorSummary form=form.clone() />
            <form method="post" action=action class="stack" novalidate>
                {hidden_fields(hidden)}
                <TextField
                    form=form.clone()
                    name="email"
                    label=text!("invite-form-email")
                    hint=text!("invite-form-email.hint")
                    kind="email"
                />
                <Select form=form name="role" label=text!("invite-form-role") choices=roles value=default_role>
                    {role_hint}
                </Select>
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("invite-form-button")}
                    </button>
                </div>
            </form>
        </section>
    }
}

/// The invitations that were not accepted yet; `slug` is the team's whose they are.
pub fn pending_invitations(list: Vec<InvitationView>, slug: &str, forms: InvitationForms) -> impl IntoView + use<> {
    let list = if list.is_empty() {
        Either::Left(view! { <p class="empty">{text!("invite-form-none-pending")}</p> })
    } else {
        Either::Right(invitations(list, slug, forms))
    };
    view! {
        <section class="stack stack--tight">
            <h2>{text!("invite-form-pending")}</h2>
            {list}
        </section>
    }
}
