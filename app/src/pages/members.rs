//! `/teams/{slug}/members`

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::ids::AccountId;
use model::members::{InvitationKind, InvitationView, MembersView, TeamMember};
use model::{FormState, Role};

use super::param;
use crate::api::members::{
    ChangeMemberRole, InviteMember, LeaveTeam, RemoveMember, RequireSecondFactor, ResendMemberInvitation,
    RevokeMemberInvitation, TransferOwnership, load_members,
};
use crate::components::account_actions::{
    account_address, actions_menu, explained_button, last_sign_in, role_choices, role_form, role_name,
    second_factor_badge,
};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::invitations::InvitationForms;
use crate::components::invite_form::{InviteForm, invite_form, pending_invitations};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::time::day;

/// The roles that a member can have.
const ROLES: [Role; 3] = [Role::Viewer, Role::Admin, Role::Owner];

/// A team's members.
#[component]
pub fn Members() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let view = load_members(slug).await?;
        Ok((form_state("members").await, form_state("invite_member").await, view))
    };
    let content = loaded(load, |(plain, invite, view)| members(plain, invite, view));
    view! { <Page title=text!("members-title")>{content}</Page> }
}

/// Who looks at the list, and from which team's page.
struct Viewer {
    account: AccountId,
    slug: String,
    is_owner: bool,
    is_only_owner: bool,
}

fn members(plain: FormState, invite: FormState, view: MembersView) -> impl IntoView {
    let slug = view.team.slug.to_string();
    let is_owner = view.team.role == Role::Owner;
    let owners = view.members.iter().filter(|member| member.role == Role::Owner).count();
    let viewer = Viewer { account: view.you, slug: slug.clone(), is_owner, is_only_owner: is_owner && owners == 1 };
    let leave = if viewer.is_only_owner { Either::Left(must_stay()) } else { Either::Right(leave(&slug)) };
    let manage = is_owner.then(|| {
        view! {
            {invite_form(invite_member(invite, &slug))} {pending(view.invitations, &slug)}
            {second_factor(view.second_factor_required, &slug)}
        }
    });
    view! {
        <div class="stack">
            <h1>{text!("members-title")}</h1>
            {done_notice()}
            <ErrorSummary form=plain />
            {table(&view.members, &viewer)}
            {manage}
            {leave}
        </div>
    }
}

fn table(members: &[TeamMember], viewer: &Viewer) -> impl IntoView + use<> {
    let rows: Vec<_> = members.iter().map(|member| row(member, viewer)).collect();
    let actions = viewer.is_owner.then(|| view! { <th scope="col">{text!("members-actions")}</th> });
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("members-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("members-email")}</th>
                    <th scope="col">{text!("members-role")}</th>
                    <th scope="col">{text!("members-since")}</th>
                    <th scope="col">{text!("members-second-factor")}</th>
                    <th scope="col">{text!("members-last-sign-in")}</th>
                    {actions}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(member: &TeamMember, viewer: &Viewer) -> impl IntoView + use<> {
    let is_own = member.account == viewer.account;
    let actions = viewer.is_owner.then(|| {
        let actions = if is_own && viewer.is_only_owner {
            Either::Left(view! { <p class="field__hint">{text!("members-only-owner")}</p> })
        } else {
            Either::Right(actions(member, is_own, &viewer.slug))
        };
        view! { <td data-label=text!("members-actions")>{actions}</td> }
    });
    view! {
        <tr>
            <td data-label=text!("members-email") class="long">
                {account_address(&member.email, is_own)}
            </td>
            <td data-label=text!("members-role")>{role_name(member.role.as_str())}</td>
            <td data-label=text!("members-since")>{day(member.since)}</td>
            <td data-label=text!("members-second-factor")>{second_factor_badge(member.second_factor)}</td>
            <td data-label=text!("members-last-sign-in")>{last_sign_in(member.last_sign_in_at)}</td>
            {actions}
        </tr>
    }
}

/// What an owner can do with a member.
fn actions(member: &TeamMember, is_own: bool, slug: &str) -> impl IntoView + use<> {
    let account = member.account.to_string();
    let hidden = || vec![("slug", slug.to_owned()), ("account", account.clone())];
    let role = role_form(
        ChangeMemberRole::url(),
        hidden(),
        &member.email,
        role_choices(ROLES.map(Role::as_str)),
        Some(member.role.as_str()),
    );
    let others = (!is_own).then(|| {
        let transfer = explained_button(
            TransferOwnership::url(),
            hidden(),
            text!("members-transfer-text"),
            text!("members-transfer-button"),
            "button",
        );
        let remove = explained_button(
            RemoveMember::url(),
            hidden(),
            text!("members-remove-text"),
            text!("members-remove-button"),
            "button button--danger",
        );
        view! {
            {transfer}
            {remove}
        }
    });
    actions_menu(
        &member.email,
        view! {
            {role}
            {others}
        },
    )
}

fn invite_member(form: FormState, slug: &str) -> InviteForm {
    InviteForm {
        form,
        action: InviteMember::url(),
        hidden: vec![("slug", slug.to_owned())],
        title: text!("members-invite-title"),
        roles: role_choices(ROLES.map(Role::as_str)),
        default_role: Role::Admin.as_str(),
        role_hint: text!("members-invite-role-hint"),
    }
}

fn pending(list: Vec<InvitationView>, slug: &str) -> impl IntoView + use<> {
    let forms = InvitationForms {
        resend: Some(ResendMemberInvitation::url()),
        revoke: Some(RevokeMemberInvitation::url()),
        kind: InvitationKind::Member,
    };
    pending_invitations(list, slug, forms)
}

fn second_factor(is_required: bool, slug: &str) -> impl IntoView + use<> {
    let (explanation, label) = if is_required {
        (text!("members-factor-required"), text!("members-factor-stop-button"))
    } else {
        (text!("members-factor-optional"), text!("members-factor-require-button"))
    };
    let hidden = vec![("slug", slug.to_owned()), ("required", (!is_required).to_string())];
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("members-factor-title")}</h2>
            {explained_button(RequireSecondFactor::url(), hidden, explanation, label, "button")}
        </section>
    }
}

fn must_stay() -> impl IntoView {
    view! { <p class="field__hint">{text!("members-must-stay")}</p> }
}

fn leave(slug: &str) -> impl IntoView + use<> {
    let form = explained_button(
        LeaveTeam::url(),
        vec![("slug", slug.to_owned())],
        text!("members-leave-text"),
        text!("members-leave-button"),
        "button button--danger",
    );
    view! {
        <details class="card">
            <summary>{text!("members-leave-title")}</summary>
            {form}
        </details>
    }
}
