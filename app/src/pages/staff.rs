//! `/support/accounts`: the vendor's staff.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::ids::AccountId;
use model::members::{InvitationKind, InvitationView, StaffAccount, StaffView};
use model::{FormState, SupportRole};

use crate::api::staff::{
    ChangeStaffRole, InviteStaff, ResendStaffInvitation, RevokeStaffInvitation, SetStaffActive, load_staff,
};
use crate::components::choice::Select;
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::invitations::{Forms, invitations};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::status::badge;
use crate::components::time::moment;

/// The roles with what they may.
pub const ROLES: [(&str, &str); 2] = [
    ("reviewer", "Reviewer: reviews and helps teams"),
    ("administrator", "Administrator: also manages support accounts"),
];

/// Support's accounts.
#[component]
pub fn Staff() -> impl IntoView {
    let load = async {
        let view = load_staff().await?;
        Ok((form_state("staff").await, form_state("invite_staff").await, view))
    };
    let content = loaded(load, |(plain, invite, view)| page(plain, invite, view));
    view! {
        <Page title="Support accounts">
            <h1>"Support accounts"</h1>
            {content}
        </Page>
    }
}

fn page(plain: FormState, invite: FormState, view: StaffView) -> impl IntoView {
    let rows: Vec<_> = view.accounts.iter().map(|account| row(account, view.you)).collect();
    view! {
        <div class="stack">
            {done_notice()}
            <ErrorSummary form=plain />
            <table class="table">
                <caption class="visually-hidden">"Support accounts"</caption>
                <thead>
                    <tr>
                        <th scope="col">"E-mail address"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Second factor"</th>
                        <th scope="col">"Last sign-in"</th>
                        <th scope="col">"State"</th>
                        <th scope="col">"Change"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {invite_form(invite)}
            {pending(view.invitations)}
        </div>
    }
}

fn row(account: &StaffAccount, you: AccountId) -> impl IntoView + use<> {
    let is_you = account.id == you;
    let last = account.last_sign_in_at.map_or_else(|| "no open session".into_any(), |at| moment(at).into_any());
    let factor = if account.second_factor { badge("succeeded", "proved") } else { badge("open", "not seen") };
    let state = match account.deactivated_at {
        Some(_) => badge("suspended", "deactivated"),
        None => badge("active", "active"),
    };
    let role = account.role.map_or("none", SupportRole::as_str);
    view! {
        <tr>
            <td data-label="E-mail address" class="long">{account.email.clone()} {is_you.then_some(" (you)")}</td>
            <td data-label="Role">{role} {account.through_idp.then_some(", by group")}</td>
            <td data-label="Second factor">{factor}</td>
            <td data-label="Last sign-in">{last}</td>
            <td data-label="State">{state}</td>
            <td data-label="Change">{change(account)}</td>
        </tr>
    }
}

fn change(account: &StaffAccount) -> impl IntoView + use<> {
    if account.only_administrator {
        return Either::Left(
            view! { <p class="field__hint">"The only administrator. Make somebody else one before you change this account."</p> },
        );
    }
    Either::Right(changes(account))
}

fn changes(account: &StaffAccount) -> impl IntoView + use<> {
    let active = account.deactivated_at.is_none();
    let id = account.id.to_string();
    let email = account.email.clone();
    let role = (!account.through_idp).then(|| role_form(account));
    let (words, label, class) = if active {
        ("Its sessions end at once, and it cannot sign in.", "Deactivate", "button button--danger")
    } else {
        ("It can sign in again, with the same role.", "Activate", "button")
    };
    view! {
        <details>
            <summary aria-label=format!("Change {email}")>"Change"</summary>
            <div class="stack stack--tight">
                {role}
                <form method="post" action=SetStaffActive::url() class="stack stack--tight">
                    <input type="hidden" name="account" value=id />
                    <input type="hidden" name="active" value=(!active).to_string() />
                    <p>{words}</p>
                    <button type="submit" class=class>
                        {label}
                    </button>
                </form>
            </div>
        </details>
    }
}

fn role_form(account: &StaffAccount) -> impl IntoView + use<> {
    let now = account.role.map(SupportRole::as_str);
    let options = ROLES.into_iter().map(|(value, words)| {
        view! {
            <option value=value selected={Some(value) == now}>
                {words}
            </option>
        }
    });
    view! {
        <form method="post" action=ChangeStaffRole::url() class="cluster">
            <input type="hidden" name="account" value=account.id.to_string() />
            <select name="role" aria-label=format!("Role of {}", account.email)>
                {options.collect_view()}
            </select>
            <button type="submit" class="button">
                "Change role"
            </button>
        </form>
    }
}

fn invite_form(form: FormState) -> impl IntoView {
    view! {
        <section class="card stack">
            <h2 class="card__title">"Invite a colleague"</h2>
            <ErrorSummary form=form.clone() />
            <form method="post" action=InviteStaff::url() class="stack" novalidate>
                <TextField
                    form=form.clone()
                    name="email"
                    label="E-mail address"
                    hint="They get a mail with a link that works once, for seven days."
                    kind="email"
                />
                <Select form=form name="role" label="Role" choices=ROLES.to_vec() value="reviewer">
                    "A second factor is set up at the first sign-in."
                </Select>
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        "Send invitation"
                    </button>
                </div>
            </form>
        </section>
    }
}

fn pending(list: Vec<InvitationView>) -> impl IntoView {
    let forms = Forms {
        resend: Some(ResendStaffInvitation::url()),
        revoke: Some(RevokeStaffInvitation::url()),
        kind: InvitationKind::Staff,
    };
    let list = if list.is_empty() {
        Either::Left(
            view! { <p class="empty">"Nobody is invited at the moment. Invitations wait here until they are accepted."</p> },
        )
    } else {
        Either::Right(invitations(list, "", forms))
    };
    view! {
        <section class="stack stack--tight">
            <h2>"Invitations"</h2>
            {list}
        </section>
    }
}
