//! Invitations that were not accepted yet.

use leptos::prelude::*;
use messages::text;
use model::members::{InvitationKind, InvitationState, InvitationView};

use super::account_actions::role_name;
use super::status::badge;
use super::time::moment;

/// Where the forms of a list post to.
#[derive(Clone, Copy, Debug)]
pub struct InvitationForms {
    /// Sends a link again; none if whoever looks may not.
    pub resend: Option<&'static str>,
    /// Revokes one; none if whoever looks may not.
    pub revoke: Option<&'static str>,
    /// Which kind whoever looks may send again and revoke.
    pub kind: InvitationKind,
}

/// The list; `slug` is the team's whose they are.
pub fn invitations(list: Vec<InvitationView>, slug: &str, forms: InvitationForms) -> impl IntoView + use<> {
    let rows: Vec<_> = list.into_iter().map(|invitation| row(invitation, slug, forms)).collect();
    view! {
        <table class="table table--addresses">
            <caption class="visually-hidden">{text!("invitation-list-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("invitation-list-invited")}</th>
                    <th scope="col">{text!("invitation-list-role")}</th>
                    <th scope="col">{text!("invitation-list-by")}</th>
                    <th scope="col">{text!("invitation-list-sent")}</th>
                    <th scope="col">{text!("invitation-list-expires")}</th>
                    <th scope="col">{text!("invitation-list-change")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(invitation: InvitationView, slug: &str, forms: InvitationForms) -> impl IntoView + use<> {
    let kind = invitation.role.kind();
    let own = kind == forms.kind;
    let id = invitation.id.to_string();
    let email = invitation.email.clone();
    let until = match invitation.state {
        InvitationState::Open => moment(invitation.expires_at).into_any(),
        InvitationState::Expired => badge("failed", text!("invitation-list-expired")).into_any(),
        InvitationState::Withdrawn => view! {
            {badge("failed", text!("invitation-list-withdrawn"))}
            <p class="field__hint">{text!("invitation-list-withdrawn.hint")}</p>
        }
        .into_any(),
    };
    let resend = forms.resend.map(|action| {
        let label = text!("invitation-list-resend.label", email = email);
        button(action, slug, &id, text!("invitation-list-resend"), label)
    });
    let revoke = forms.revoke.map(|action| {
        let label = text!("invitation-list-revoke.label", email = email);
        button(action, slug, &id, text!("invitation-list-revoke"), label)
    });
    let change = own.then(|| view! { <div class="cluster">{resend} {revoke}</div> });
    let others = (!own).then(|| match kind {
        InvitationKind::Member => text!("invitation-list-owners-decide"),
        InvitationKind::Onboarding | InvitationKind::Support => text!("invitation-list-support-decides"),
    });
    view! {
        <tr>
            <td data-label=text!("invitation-list-invited") class="long">{invitation.email}</td>
            <td data-label=text!("invitation-list-role")>{role_name(invitation.role.as_str())}</td>
            <td data-label=text!("invitation-list-by") class="long">{invitation.invited_by}</td>
            <td data-label=text!("invitation-list-sent")>{moment(invitation.sent_at)}</td>
            <td data-label=text!("invitation-list-expires")>{until}</td>
            <td data-label=text!("invitation-list-change")>{change} {others}</td>
        </tr>
    }
}

fn button(action: &'static str, slug: &str, id: &str, text: String, label: String) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="slug" value=slug.to_owned() />
            <input type="hidden" name="id" value=id.to_owned() />
            <button type="submit" class="link-button" aria-label=label>
                {text}
            </button>
        </form>
    }
}
