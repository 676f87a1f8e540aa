//! What the page of a team says to support about its owner's link, and to administrators
//! about whether it is the vendor's own.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::members::{GroupRole, InvitationKind, InvitationView, VendorTeamView};
use model::{FormState, SupportRole};

use super::staff::ROLES;
use crate::api::onboarding::{ResendOnboardingLink, RevokeOnboardingLink, SendOnboardingLink};
use crate::api::vendor_team::{AddVendorGroup, MarkVendorTeam, RemoveVendorGroup};
use crate::components::choice::Select;
use crate::components::copy::Copy;
use crate::components::decision::seen;
use crate::components::form::TextField;
use crate::components::invitations::{Forms, invitations};

/// The link that was just made: shown now and never again.
pub fn new_link(link: Option<String>) -> impl IntoView {
    link.map(|link| {
        view! {
            <section class="notice notice--info">
                <strong>"The link, to hand over another way if the mail does not arrive"</strong>
                <p>"It is shown this once. Whoever has it can become the team's owner: send it to nobody else."</p>
                <Copy label="Onboarding link" value=link />
            </section>
        }
    })
}

/// Whether a team needs an onboarding link, and whether whoever looks may send one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// It has an owner, who invites others.
    There,
    /// Nobody owns it: a link makes somebody its owner.
    Missing,
    /// Nobody owns it, and it is not a reviewer's to hand over.
    ForAdministrators,
}

/// Who is invited, and, where nobody owns the team, the form that sends a link.
pub fn links(
    list: Vec<InvitationView>,
    owner: Owner,
    may_revoke: bool,
    slug: &str,
    form: FormState,
) -> impl IntoView + use<> {
    let forms = Forms {
        resend: (owner == Owner::Missing).then(ResendOnboardingLink::url),
        revoke: may_revoke.then(RevokeOnboardingLink::url),
        kind: InvitationKind::Onboarding,
    };
    let list = if list.is_empty() {
        Either::Left(view! { <p>"Nobody is invited at the moment."</p> })
    } else {
        Either::Right(invitations(list, slug, forms))
    };
    let send = match owner {
        Owner::There => ().into_any(),
        Owner::ForAdministrators => view! {
            <p>
                "Nobody owns this team. It is past its first set-up, or the vendor's own, so only a support administrator can send an onboarding link or take one back."
            </p>
        }
        .into_any(),
        Owner::Missing => view! {
            <form method="post" action=SendOnboardingLink::url() class="stack stack--tight" novalidate>
                <input type="hidden" name="slug" value=slug.to_owned() />
                <TextField
                    form=form
                    name="email"
                    label="Send an onboarding link to"
                    hint="Nobody owns this team yet. The link makes its reader the owner."
                    kind="email"
                />
                <div class="form-actions">
                    <button type="submit" class="button">
                        "Send link"
                    </button>
                </div>
            </form>
        }
        .into_any(),
    };
    view! {
        {list}
        {send}
    }
}

/// Whether the team is the vendor's, and which of its groups give which role.
pub fn vendor(view: VendorTeamView, slug: &str, digest: &str, form: FormState) -> impl IntoView + use<> {
    let mark = if view.is_vendor {
        Either::Left(unmark(slug))
    } else {
        Either::Right(view! {
            <details>
                <summary>"This is our own team"</summary>
                <form method="post" action=MarkVendorTeam::url() class="stack stack--tight">
                    <input type="hidden" name="slug" value=slug.to_owned() />
                    <input type="hidden" name="is_vendor" value="true" />
                    {seen(digest)}
                    <p>
                        "Its identity provider then signs support in, and its groups give support roles. That sign-in counts as a second factor: Conditional Access must require multi-factor authentication for this application."
                    </p>
                    <button type="submit" class="button">
                        "Mark as the vendor's team"
                    </button>
                </form>
            </details>
        })
    };
    let groups = view.is_vendor.then(|| groups(view.roles, slug, form));
    view! {
        {groups}
        {mark}
    }
}

fn unmark(slug: &str) -> impl IntoView + use<> {
    view! {
        <details>
            <summary>"This is no longer our own team"</summary>
            <form method="post" action=MarkVendorTeam::url() class="stack stack--tight">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <input type="hidden" name="is_vendor" value="false" />
                <p>"Support roles that came by its groups end at once, and their sessions with them."</p>
                <button type="submit" class="button button--danger">
                    "Take the mark off"
                </button>
            </form>
        </details>
    }
}

fn groups(roles: Vec<GroupRole>, slug: &str, form: FormState) -> impl IntoView + use<> {
    let list = if roles.is_empty() {
        Either::Left(view! { <p>"No group gives a role yet, so nobody gets into support through this team."</p> })
    } else {
        let items: Vec<_> = roles.into_iter().map(|entry| group(entry, slug)).collect();
        Either::Right(view! { <ul class="stack stack--tight">{items}</ul> })
    };
    view! {
        <p>"People of this team whose groups are named here sign in to support through its identity provider."</p>
        {list}
        <form method="post" action=AddVendorGroup::url() class="stack stack--tight" novalidate>
            <input type="hidden" name="slug" value=slug.to_owned() />
            <TextField
                form=form.clone()
                name="group"
                label="Group"
                hint="As the claim has it: in Entra, the group's Object ID."
            />
            <Select form=form name="role" label="Role" choices=ROLES.to_vec() value=SupportRole::Reviewer.as_str()>
                "Of several groups, the higher role counts."
            </Select>
            <div class="form-actions">
                <button type="submit" class="button">
                    "Add group"
                </button>
            </div>
        </form>
    }
}

fn group(entry: GroupRole, slug: &str) -> impl IntoView + use<> {
    let label = format!("Remove the group {}", entry.group);
    view! {
        <li class="cluster">
            <code>{entry.group.clone()}</code>
            <span>{entry.role.as_str()}</span>
            <form method="post" action=RemoveVendorGroup::url()>
                <input type="hidden" name="slug" value=slug.to_owned() />
                <input type="hidden" name="group" value=entry.group />
                <button type="submit" class="link-button" aria-label=label>
                    "Remove"
                </button>
            </form>
        </li>
    }
}
