//! What the page of a team says to administrators about the vendor's own team: whether it is
//! this one, and which of its groups give roles in support.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::members::{GroupRole, VendorTeamView};
use model::{FormState, SupportRole};

use crate::api::vendor_team::{AddVendorGroup, MarkVendorTeam, RemoveVendorGroup};
use crate::components::account_actions::{role_name, support_role_choices};
use crate::components::choice::Select;
use crate::components::decision::digest_field;
use crate::components::form::TextField;

/// Whether the team is the vendor's own, and which of its groups give which role.
pub fn vendor_team(view: VendorTeamView, slug: &str, digest: &str, form: FormState) -> impl IntoView + use<> {
    let mark = if view.is_vendor { Either::Left(unmark_form(slug)) } else { Either::Right(mark_form(slug, digest)) };
    let groups = view.is_vendor.then(|| groups(view.roles, slug, form));
    view! {
        {groups}
        {mark}
    }
}

fn mark_form(slug: &str, digest: &str) -> impl IntoView + use<> {
    view! {
        <details>
            <summary>{text!("vendor-team-mark-title")}</summary>
            <form method="post" action=MarkVendorTeam::url() class="stack stack--tight">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <input type="hidden" name="is_vendor" value="true" />
                {digest_field(digest)}
                <p>{text!("vendor-team-mark-text")}</p>
                <button type="submit" class="button">
                    {text!("vendor-team-mark-button")}
                </button>
            </form>
        </details>
    }
}

fn unmark_form(slug: &str) -> impl IntoView + use<> {
    view! {
        <details>
            <summary>{text!("vendor-team-unmark-title")}</summary>
            <form method="post" action=MarkVendorTeam::url() class="stack stack--tight">
                <input type="hidden" name="slug" value=slug.to_owned() />
                <input type="hidden" name="is_vendor" value="false" />
                <p>{text!("vendor-team-unmark-text")}</p>
                <button type="submit" class="button button--danger">
                    {text!("vendor-team-unmark-button")}
                </button>
            </form>
        </details>
    }
}

fn groups(roles: Vec<GroupRole>, slug: &str, form: FormState) -> impl IntoView + use<> {
    let list = if roles.is_empty() {
        Either::Left(view! { <p>{text!("vendor-team-no-groups")}</p> })
    } else {
        let items: Vec<_> = roles.into_iter().map(|entry| group(entry, slug)).collect();
        Either::Right(view! { <ul class="stack stack--tight">{items}</ul> })
    };
    let choices = support_role_choices();
    view! {
        <p>{text!("vendor-team-groups-intro")}</p>
        {list}
        <form method="post" action=AddVendorGroup::url() class="stack stack--tight" novalidate>
            <input type="hidden" name="slug" value=slug.to_owned() />
            <TextField
                form=form.clone()
                name="group"
                label=text!("vendor-team-group")
                hint=text!("vendor-team-group.hint")
            />
            <Select
                form=form
                name="role"
                label=text!("vendor-team-role")
                choices=choices
                value=SupportRole::Reviewer.as_str()
            >
                {text!("vendor-team-role.hint")}
            </Select>
            <div class="form-actions">
                <button type="submit" class="button">
                    {text!("vendor-team-add-button")}
                </button>
            </div>
        </form>
    }
}

fn group(entry: GroupRole, slug: &str) -> impl IntoView + use<> {
    let label = text!("vendor-team-remove-button.label", group = entry.group);
    view! {
        <li class="cluster">
            <code>{entry.group.clone()}</code>
            <span>{role_name(entry.role.as_str())}</span>
            <form method="post" action=RemoveVendorGroup::url()>
                <input type="hidden" name="slug" value=slug.to_owned() />
                <input type="hidden" name="group" value=entry.group />
                <button type="submit" class="link-button" aria-label=label>
                    {text!("vendor-team-remove-button")}
                </button>
            </form>
        </li>
    }
}
