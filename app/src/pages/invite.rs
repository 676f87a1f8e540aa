//! `/invite/{token}`: where the link of an invitation leads.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::FormState;
use model::members::{InvitationKind, InviteView, Visitor};

use super::login::password;
use super::param;
use crate::api::accounts::SignOut;
use crate::api::invitations::{AcceptInvitation, CreateInvitedAccount, open_invitation};
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::time::moment;
use crate::routes;

/// Says what the invitation is and asks for one more click: programs that scan mail follow
/// links, and must not use it up.
#[component]
pub fn Invite() -> impl IntoView {
    let token = param("token");
    let presented = token.clone();
    let load = async move { Ok((open_invitation(presented).await?, form_state("invitation").await)) };
    let content = loaded(load, move |(found, form)| match found {
        Some(found) if !found.stands => withdrawn(&found).into_any(),
        Some(found) => page(found, form, token).into_any(),
        None => gone().into_any(),
    });
    view! {
        <Page title="Invitation" class="content--narrow">
            {content}
        </Page>
    }
}

fn gone() -> impl IntoView {
    let support = brand().support_email;
    view! {
        <h1>"Invitation"</h1>
        <div class="notice notice--warning">
            <strong>"This invitation no longer works"</strong>
            <p>
                "It was used, taken back or replaced by a newer one, or its seven days are over. Ask the team that invited you for a new one, or write to "
                <a href=format!("mailto:{support}")>{support.clone()}</a> "."
            </p>
        </div>
        <p>
            "Accepted it already? " <a href=routes::HOME>"Go to your teams"</a>
        </p>
    }
}

/// Whoever was invited has done nothing wrong, and has somebody to ask.
fn withdrawn(view: &InviteView) -> impl IntoView + use<> {
    let brand = brand();
    let whom = match (view.kind, &view.team_name) {
        (InvitationKind::Member, Some(team)) => format!("the team {team}"),
        _ => format!("the support of {}", brand.product_name),
    };
    view! {
        <h1>"Invitation"</h1>
        <div class="notice notice--warning">
            <strong>"This invitation no longer works"</strong>
            <p>
                {format!("It is no longer valid. Ask {whom} for a new one, or write to ")}
                <a href=format!("mailto:{}", brand.support_email)>{brand.support_email.clone()}</a> "."
            </p>
        </div>
        <p>
            "Accepted it already? " <a href=routes::HOME>"Go to your teams"</a>
        </p>
    }
}

fn page(view: InviteView, form: FormState, token: String) -> impl IntoView {
    let product = brand().product_name;
    let team = view.team_name.unwrap_or_default();
    let (title, words) = match view.kind {
        InvitationKind::Member => {
            (format!("Join the team {team}"), format!("{} invites {} as {}.", view.invited_by, view.email, view.role))
        }
        InvitationKind::Onboarding => (
            format!("Set up single sign-on of {team}"),
            format!(
                "{} becomes the team's owner. The set-up in Microsoft Entra ID takes eight short steps.",
                view.email
            ),
        ),
        InvitationKind::Staff => (
            format!("Join the support team of {product}"),
            format!("{} invites {} as {}.", view.invited_by, view.email, view.role),
        ),
    };
    let answer = match view.visitor {
        Visitor::New => create(&form, token, &view.email).into_any(),
        Visitor::HasAccount => sign_in(&token).into_any(),
        Visitor::Invited => accept(token).into_any(),
        Visitor::Other(email) => other(email.as_str(), &view.email).into_any(),
    };
    view! {
        <h1>{title}</h1>
        <p>{words}</p>
        <ErrorSummary form=form />
        {answer}
        <p class="field__hint">"The link works once, until " {moment(view.expires_at)} "."</p>
    }
}

fn create(form: &FormState, token: String, email: &str) -> impl IntoView + use<> {
    view! {
        <p>"Choose a password for " <strong>{email.to_owned()}</strong> ". The link has confirmed the address."</p>
        <form method="post" action=CreateInvitedAccount::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            <input type="hidden" name="username" autocomplete="username" value=email.to_owned() />
            {password(form, true)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    "Create account and accept"
                </button>
            </div>
        </form>
    }
}

fn sign_in(token: &str) -> impl IntoView + use<> {
    let next = routes::login(Some(&routes::invite(token)));
    view! {
        <p>"This address has an account. Sign in with it; you come back here to accept."</p>
        <p>
            <a class="button button--primary" href=next>
                "Sign in"
            </a>
        </p>
    }
}

fn accept(token: String) -> impl IntoView {
    view! {
        <form method="post" action=AcceptInvitation::url() class="form-actions">
            <input type="hidden" name="token" value=token />
            <button type="submit" class="button button--primary">
                "Accept the invitation"
            </button>
        </form>
    }
}

fn other(you: &str, invited: &str) -> impl IntoView + use<> {
    view! {
        <div class="notice notice--warning">
            <strong>"This invitation is for another address"</strong>
            <p>
                "You are signed in as " {you.to_owned()} ", and it is for " {invited.to_owned()}
                ". Sign out, then open the link in the mail again."
            </p>
        </div>
        <form method="post" action=SignOut::url() class="form-actions">
            <button type="submit" class="button">
                "Sign out"
            </button>
        </form>
    }
}
