//! `/support/accounts`: the accounts of the vendor's support.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::ids::AccountId;
use model::members::{InvitationKind, InvitationView, SupportAccountView, SupportAccountsView};
use model::{FormState, SupportRole};

use crate::api::support_accounts::{
    ChangeSupportRole, InviteToSupport, ResendSupportInvitation, RevokeSupportInvitation, SetSupportAccountActive,
    load_support_accounts,
};
use crate::components::account_actions::{
    account_address, actions_menu, explained_button, last_sign_in, role_form, role_name, second_factor_badge,
    support_role_choices,
};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::invitations::InvitationForms;
use crate::components::invite_form::{InviteForm, invite_form, pending_invitations};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::status::badge;

/// Support's accounts.
#[component]
pub fn SupportAccounts() -> impl IntoView {
    let load = async {
        let view = load_support_accounts().await?;
        Ok((form_state("support_accounts").await, form_state("invite_to_support").await, view))
    };
    let content = loaded(load, |(plain, invite, view)| accounts(plain, invite, view));
    view! {
        <Page title=text!("support-accounts-title")>
            <h1>{text!("support-accounts-title")}</h1>
            {content}
        </Page>
    }
}

fn accounts(plain: FormState, invite: FormState, view: SupportAccountsView) -> impl IntoView {
    let rows: Vec<_> = view.accounts.iter().map(|account| row(account, view.you)).collect();
    view! {
        <div class="stack">
            {done_notice()}
            <ErrorSummary form=plain />
            <table class="table">
                <caption class="visually-hidden">{text!("support-accounts-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!("support-accounts-email")}</th>
                        <th scope="col">{text!("support-accounts-role")}</th>
                        <th scope="col">{text!("support-accounts-second-factor")}</th>
                        <th scope="col">{text!("support-accounts-last-sign-in")}</th>
                        <th scope="col">{text!("support-accounts-state")}</th>
                        <th scope="col">{text!("support-accounts-actions")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {invite_form(invite_to_support(invite))}
            {pending(view.invitations)}
        </div>
    }
}

fn row(account: &SupportAccountView, own: AccountId) -> impl IntoView + use<> {
    let state = match account.deactivated_at {
        Some(_) => badge("suspended", text!("support-accounts-deactivated")),
        None => badge("active", text!("support-accounts-active")),
    };
    view! {
        <tr>
            <td data-label=text!("support-accounts-email") class="long">
                {account_address(&account.email, account.id == own)}
            </td>
            <td data-label=text!("support-accounts-role")>{role(account)}</td>
            <td data-label=text!("support-accounts-second-factor")>{second_factor_badge(account.second_factor)}</td>
            <td data-label=text!("support-accounts-last-sign-in")>{last_sign_in(account.last_sign_in_at)}</td>
            <td data-label=text!("support-accounts-state")>{state}</td>
            <td data-label=text!("support-accounts-actions")>{actions_cell(account)}</td>
        </tr>
    }
}

fn role(account: &SupportAccountView) -> String {
    let role = account.role.map_or_else(|| text!("support-accounts-no-role"), |role| role_name(role.as_str()));
    if account.through_idp { text!("support-accounts-role-by-group", role = role) } else { role }
}

fn actions_cell(account: &SupportAccountView) -> impl IntoView + use<> {
    if account.only_administrator {
        return Either::Left(view! { <p class="field__hint">{text!("support-accounts-only-administrator")}</p> });
    }
    Either::Right(actions(account))
}

fn actions(account: &SupportAccountView) -> impl IntoView + use<> {
    let hidden = vec![("account", account.id.to_string())];
    let role = (!account.through_idp).then(|| {
        let current = account.role.map(SupportRole::as_str);
        role_form(ChangeSupportRole::url(), hidden.clone(), &account.email, support_role_choices(), current)
    });
    let is_active = account.deactivated_at.is_none();
    let (explanation, label, class) = if is_active {
        (
            text!("support-accounts-deactivate-text"),
            text!("support-accounts-deactivate-button"),
            "button button--danger",
        )
    } else {
        (text!("support-accounts-activate-text"), text!("support-accounts-activate-button"), "button")
    };
    let hidden = hidden.into_iter().chain([("active", (!is_active).to_string())]).collect();
    let set_active = explained_button(SetSupportAccountActive::url(), hidden, explanation, label, class);
    actions_menu(
        &account.email,
        view! {
            {role}
            {set_active}
        },
    )
}

fn invite_to_support(form: FormState) -> InviteForm {
    InviteForm {
        form,
        action: InviteToSupport::url(),
        hidden: Vec::new(),
        title: text!("support-accounts-invite-title"),
        roles: support_role_choices(),
        default_role: SupportRole::Reviewer.as_str(),
        role_hint: text!("support-accounts-invite-role-hint"),
    }
}

fn pending(list: Vec<InvitationView>) -> impl IntoView {
    let forms = InvitationForms {
        resend: Some(ResendSupportInvitation::url()),
        revoke: Some(RevokeSupportInvitation::url()),
        kind: InvitationKind::Support,
    };
    pending_invitations(list, "", forms)
}
