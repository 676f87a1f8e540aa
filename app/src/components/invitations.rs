//! Invitations that were not accepted yet.

use leptos::prelude::*;
use model::members::{InvitationKind, InvitationState, InvitationView};

use super::status::badge;
use super::time::moment;

/// Where the forms of a list post to.
#[derive(Clone, Copy, Debug)]
pub struct Forms {
    /// Sends a link again; none if whoever looks may not.
    pub resend: Option<&'static str>,
    /// Takes one back; none if whoever looks may not.
    pub revoke: Option<&'static str>,
    /// Which kind whoever looks may send again and take back.
    pub kind: InvitationKind,
}

/// The list; `slug` is the team's whose they are.
pub fn invitations(list: Vec<InvitationView>, slug: &str, forms: Forms) -> impl IntoView + use<> {
    let rows: Vec<_> = list.into_iter().map(|invitation| row(invitation, slug, forms)).collect();
    view! {
        <table class="table">
            <caption class="visually-hidden">"Invitations that were not accepted yet"</caption>
            <thead>
                <tr>
                    <th scope="col">"Invited"</th>
                    <th scope="col">"Role"</th>
                    <th scope="col">"By"</th>
                    <th scope="col">"Sent"</th>
                    <th scope="col">"Works until"</th>
                    <th scope="col">"Change"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(invitation: InvitationView, slug: &str, forms: Forms) -> impl IntoView + use<> {
    let own = invitation.kind == forms.kind;
    let id = invitation.id.to_string();
    let email = invitation.email.clone();
    let until = match invitation.state {
        InvitationState::Open => moment(invitation.expires_at).into_any(),
        InvitationState::Expired => badge("failed", "expired").into_any(),
        InvitationState::Withdrawn => view! {
            {badge("failed", "no longer works")}
            <p class="field__hint">"Whoever sent it cannot invite now. Send it again in your own name, or take it back."</p>
        }
        .into_any(),
    };
    let resend = forms
        .resend
        .map(|resend| button(resend, slug, &id, "Send again", format!("Send the invitation of {email} again")));
    let revoke = forms
        .revoke
        .map(|revoke| button(revoke, slug, &id, "Take back", format!("Take the invitation of {email} back")));
    let change = own.then(|| view! { <div class="cluster">{resend} {revoke}</div> });
    let others = (!own).then_some(match invitation.kind {
        InvitationKind::Member => "The team's owners decide",
        InvitationKind::Onboarding | InvitationKind::Staff => "Support decides",
    });
    view! {
        <tr>
            <td data-label="Invited" class="long">{invitation.email}</td>
            <td data-label="Role">{invitation.role}</td>
            <td data-label="By" class="long">{invitation.invited_by}</td>
            <td data-label="Sent">{moment(invitation.sent_at)}</td>
            <td data-label="Works until">{until}</td>
            <td data-label="Change">{change} {others}</td>
        </tr>
    }
}

fn button(action: &'static str, slug: &str, id: &str, words: &'static str, label: String) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="slug" value=slug.to_owned() />
            <input type="hidden" name="id" value=id.to_owned() />
            <button type="submit" class="link-button" aria-label=label>
                {words}
            </button>
        </form>
    }
}
