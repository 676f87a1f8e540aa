//! What the page of a team says to support about the links that make somebody its owner.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;
use model::members::{InvitationKind, InvitationView};

use crate::api::onboarding::{ResendOnboardingLink, RevokeOnboardingLink, SendOnboardingLink};
use crate::components::copy::Copy;
use crate::components::form::TextField;
use crate::components::invitations::{InvitationForms, invitations};

/// The link that was just made: shown now and never again.
pub fn new_link(link: Option<String>) -> impl IntoView {
    link.map(|link| {
        view! {
            <section class="notice notice--info">
                <strong>{text!("onboarding-links-new")}</strong>
                <p>{text!("onboarding-links-new-text")}</p>
                <Copy label=text!("onboarding-links-label") value=link />
            </section>
        }
    })
}

/// Whether a team has an owner, and if not, whether whoever looks may send a link that makes
/// one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// It has an owner, who invites others.
    Owned,
    /// Nobody owns it: a link makes somebody its owner.
    Unowned,
    /// Nobody owns it, and only an administrator may send the link.
    UnownedForAdministrators,
}

/// Who is invited, and, where nobody owns the team, the form that sends a link.
pub fn onboarding_links(
    list: Vec<InvitationView>,
    ownership: Ownership,
    may_revoke: bool,
    slug: &str,
    form: FormState,
) -> impl IntoView + use<> {
    let forms = InvitationForms {
        resend: (ownership == Ownership::Unowned).then(ResendOnboardingLink::url),
        revoke: may_revoke.then(RevokeOnboardingLink::url),
        kind: InvitationKind::Onboarding,
    };
    let list = if list.is_empty() {
        Either::Left(view! { <p>{text!("onboarding-links-none")}</p> })
    } else {
        Either::Right(invitations(list, slug, forms))
    };
    let send = match ownership {
        Ownership::Owned => ().into_any(),
        Ownership::UnownedForAdministrators => view! { <p>{text!("onboarding-links-administrators")}</p> }.into_any(),
        Ownership::Unowned => send_form(slug, form).into_any(),
    };
    view! {
        {list}
        {send}
    }
}

fn send_form(slug: &str, form: FormState) -> impl IntoView + use<> {
    view! {
        <form method="post" action=SendOnboardingLink::url() class="stack stack--tight" novalidate>
            <input type="hidden" name="slug" value=slug.to_owned() />
            <TextField
                form=form
                name="email"
                label=text!("onboarding-links-email")
                hint=text!("onboarding-links-email.hint")
                kind="email"
            />
            <div class="form-actions">
                <button type="submit" class="button">
                    {text!("onboarding-links-button")}
                </button>
            </div>
        </form>
    }
}
