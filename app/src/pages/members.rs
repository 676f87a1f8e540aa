//! `/teams/{slug}/members`

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use model::ids::AccountId;
use model::members::{InvitationKind, MembersView, TeamMember};
use model::{FormState, Role};

use super::param;
use crate::api::members::{
    ChangeMemberRole, HandOverTeam, InviteMember, LeaveTeam, RemoveMember, RequireSecondFactor, ResendMemberInvitation,
    RevokeMemberInvitation, load_members,
};
use crate::components::choice::Select;
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, TextField, form_state};
use crate::components::invitations::{Forms, invitations};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::status::badge;
use crate::components::time::{day, moment};
use crate::routes;

/// The roles with what they may.
const ROLES: [(&str, &str); 3] =
    [("viewer", "Viewer: looks"), ("admin", "Admin: sets the connection up"), ("owner", "Owner: also manages members")];

/// A team's members.
#[component]
pub fn Members() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let view = load_members(slug).await?;
        Ok((form_state("members").await, form_state("invite_member").await, view))
    };
    let content = loaded(load, |(plain, invite, view)| page(plain, invite, view));
    view! { <Page title="Members">{content}</Page> }
}

fn page(plain: FormState, invite: FormState, view: MembersView) -> impl IntoView {
    let slug = view.team.slug.to_string();
    let owner = view.team.role == Role::Owner;
    let is_only_owner = owner && view.members.iter().filter(|member| member.role == Role::Owner).count() == 1;
    let rows: Vec<_> = view.members.iter().map(|member| row(member, view.you, (owner, is_only_owner), &slug)).collect();
    let leave = if is_only_owner { Either::Left(stay()) } else { Either::Right(leave(&slug)) };
    let manage = owner.then(|| {
        view! {
            {invite_form(invite, &slug)} {pending(view.invitations, &slug)}
            {second_factor(view.second_factor_required, &slug)}
        }
    });
    view! {
        <Title text=format!("Members of {}", view.team.name) />
        <div class="stack">
            <p>
                <a href=routes::team(&slug)>{view.team.name.clone()}</a>
            </p>
            <h1>"Members"</h1>
            {done_notice()}
            <ErrorSummary form=plain />
            <table class="table">
                <caption class="visually-hidden">"Members of the team"</caption>
                <thead>
                    <tr>
                        <th scope="col">"E-mail address"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Since"</th>
                        <th scope="col">"Second factor"</th>
                        <th scope="col">"Last sign-in"</th>
                        {owner.then(|| view! { <th scope="col">"Change"</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {manage}
            {leave}
        </div>
    }
}

fn row(member: &TeamMember, you: AccountId, (owner, is_only_owner): (bool, bool), slug: &str) -> impl IntoView + use<> {
    let is_you = member.account == you;
    let last = member.last_sign_in_at.map_or_else(|| "no open session".into_any(), |at| moment(at).into_any());
    let factor = if member.second_factor { badge("succeeded", "proved") } else { badge("open", "not seen") };
    let change = owner.then(|| {
        let change = if is_you && is_only_owner {
            Either::Left(view! { <p class="field__hint">"The only owner"</p> })
        } else {
            Either::Right(change(member, is_you, slug))
        };
        view! { <td data-label="Change">{change}</td> }
    });
    view! {
        <tr>
            <td data-label="E-mail address" class="long">{member.email.clone()} {is_you.then_some(" (you)")}</td>
            <td data-label="Role">{member.role.as_str()}</td>
            <td data-label="Since">{day(member.since)}</td>
            <td data-label="Second factor">{factor}</td>
            <td data-label="Last sign-in">{last}</td>
            {change}
        </tr>
    }
}

/// What an owner can do with a member; what cannot be undone asks by being opened first.
fn change(member: &TeamMember, is_you: bool, slug: &str) -> impl IntoView + use<> {
    let account = member.account.to_string();
    let email = member.email.clone();
    let options = ROLES.into_iter().map(|(value, words)| {
        view! {
            <option value=value selected={value == member.role.as_str()}>
                {words}
            </option>
        }
    });
    let hand_over = (!is_you).then(|| {
        one_button(
            HandOverTeam::url(),
            slug,
            &account,
            "They become an owner in your place, and you stay as admin.",
            "Hand ownership over",
            "button",
        )
    });
    let remove = (!is_you).then(|| {
        one_button(
            RemoveMember::url(),
            slug,
            &account,
            "Access ends at once, in open sessions too.",
            "Remove from the team",
            "button button--danger",
        )
    });
    view! {
        <details>
            <summary aria-label=format!("Change {email}")>"Change"</summary>
            <div class="stack stack--tight">
                <form method="post" action=ChangeMemberRole::url() class="cluster">
                    <input type="hidden" name="slug" value=slug.to_owned() />
                    <input type="hidden" name="account" value=account />
                    <select name="role" aria-label=format!("Role of {email}")>
                        {options.collect_view()}
                    </select>
                    <button type="submit" class="button">
                        "Change role"
                    </button>
                </form>
                {hand_over}
                {remove}
            </div>
        </details>
    }
}

fn one_button(
    action: &'static str,
    slug: &str,
    account: &str,
    words: &'static str,
    label: &'static str,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action class="stack stack--tight">
            <input type="hidden" name="slug" value=slug.to_owned() />
            <input type="hidden" name="account" value=account.to_owned() />
            <p>{words}</p>
            <button type="submit" class=class>
                {label}
            </button>
        </form>
    }
}

fn invite_form(form: FormState, slug: &str) -> impl IntoView + use<> {
    view! {
        <section class="card stack">
            <h2 class="card__title">"Invite somebody"</h2>
            <ErrorSummary form=form.clone() />
            <form method="post" action=InviteMember::url() class="stack" novalidate>
                <input type="hidden" name="slug" value=slug.to_owned() />
                <TextField
                    form=form.clone()
                    name="email"
                    label="E-mail address"
                    hint="They get a mail with a link that works once, for seven days."
                    kind="email"
                />
                <Select form=form name="role" label="Role" choices=ROLES.to_vec() value="admin">
                    "Admins change, test and submit the connection."
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

fn pending(list: Vec<model::members::InvitationView>, slug: &str) -> impl IntoView + use<> {
    let forms = Forms {
        resend: Some(ResendMemberInvitation::url()),
        revoke: Some(RevokeMemberInvitation::url()),
        kind: InvitationKind::Member,
    };
    let list = if list.is_empty() {
        Either::Left(
            view! { <p class="empty">"Nobody is invited at the moment. Invitations wait here until they are accepted."</p> },
        )
    } else {
        Either::Right(invitations(list, slug, forms))
    };
    view! {
        <section class="stack stack--tight">
            <h2>"Invitations"</h2>
            {list}
        </section>
    }
}

fn second_factor(required: bool, slug: &str) -> impl IntoView + use<> {
    let (words, label) = if required {
        ("All members need a second factor to see this team's pages.", "Stop requiring it")
    } else {
        (
            "Members may work with a password alone. If you require a second factor, whoever has none sets one up before the team's pages open.",
            "Require a second factor of all members",
        )
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"Second factor"</h2>
            <p>{words}</p>
            <form method="post" action=RequireSecondFactor::url() class="form-actions">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <input type="hidden" name="required" value=(!required).to_string() />
                <button type="submit" class="button">
                    {label}
                </button>
            </form>
        </section>
    }
}

fn stay() -> impl IntoView {
    view! {
        <p class="field__hint">
            "You are the only owner. To leave the team, make another member an owner, or hand ownership over, first."
        </p>
    }
}

fn leave(slug: &str) -> impl IntoView + use<> {
    view! {
        <details class="card">
            <summary>"Leave this team"</summary>
            <form method="post" action=LeaveTeam::url() class="stack stack--tight">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <p>"Your access ends at once. An owner can invite you again. The last owner cannot leave."</p>
                <button type="submit" class="button button--danger">
                    "Leave the team"
                </button>
            </form>
        </details>
    }
}
