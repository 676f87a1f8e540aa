//! `/invite/{token}`: where the link of an invitation leads.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::FormState;
use model::members::{InvitationKind, InviteView, Invitee};

use super::param;
use crate::api::accounts::SignOut;
use crate::api::invitations::{AcceptInvitation, CreateInvitedAccount, open_invitation};
use crate::components::account_actions::role_name;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::{Page, brand};
use crate::components::load::loaded;
use crate::components::mailed_link::support_link;
use crate::components::password_field::new_password_field;
use crate::components::rich_text::{rich_text, rich_text_with};
use crate::components::time::moment;
use crate::routes;

/// Says what the invitation is and asks for one more click: programs that scan mail follow
/// links, and must not use it up.
#[component]
pub fn Invitation() -> impl IntoView {
    let token = param("token");
    let presented = token.clone();
    let load = async move { Ok((open_invitation(presented).await?, form_state("invitation").await)) };
    let content = loaded(load, move |(found, form)| match found {
        Some(found) if !found.stands => withdrawn(&found).into_any(),
        Some(found) => invitation(found, form, token).into_any(),
        None => gone().into_any(),
    });
    view! {
        <Page title=text!("invitation-title") class="content--narrow">
            {content}
        </Page>
    }
}

/// The link was used, revoked or replaced, has expired or never existed: which is not said.
fn gone() -> impl IntoView {
    no_longer_works(rich_text("invitation-gone-text", vec![("email", support_link())]).into_any())
}

/// The granter may not invite any more. The invited person has done nothing wrong and is told whom to ask.
fn withdrawn(view: &InviteView) -> impl IntoView + use<> {
    let links = vec![("email", support_link())];
    let explanation = if let (InvitationKind::Member, Some(team)) = (view.role.kind(), &view.team_name) {
        rich_text_with("invitation-withdrawn-team", &[("team", team.as_str().into())], links).into_any()
    } else {
        let product = brand().product_name;
        rich_text_with("invitation-withdrawn-support", &[("product", product.into())], links).into_any()
    };
    no_longer_works(explanation)
}

fn no_longer_works(explanation: AnyView) -> impl IntoView {
    let teams = view! { <a href=routes::HOME>{text!("invitation-teams-link")}</a> };
    view! {
        <h1>{text!("invitation-title")}</h1>
        <div class="notice notice--warning">
            <strong>{text!("invitation-gone")}</strong>
            <p>{explanation}</p>
        </div>
        <p>{rich_text("invitation-accepted-already", vec![("link", teams.into_any())])}</p>
    }
}

fn invitation(view: InviteView, form: FormState, token: String) -> impl IntoView {
    let team = view.team_name.unwrap_or_default();
    let from_to = || {
        let role = role_name(view.role.as_str());
        text!("invitation-from-to", inviter = view.invited_by, invited = view.email, role = role)
    };
    let (title, explanation) = match view.role.kind() {
        InvitationKind::Member => (text!("invitation-member-title", team = team), from_to()),
        InvitationKind::Onboarding => (
            text!("invitation-onboarding-title", team = team),
            text!("invitation-onboarding-text", invited = view.email),
        ),
        InvitationKind::Support => (text!("invitation-support-title", product = brand().product_name), from_to()),
    };
    let answer = match view.invitee {
        Invitee::New => create_account(&form, token, &view.email).into_any(),
        Invitee::HasAccount => sign_in(&token).into_any(),
        Invitee::Invited => accept(token).into_any(),
        Invitee::Other(email) => for_another_address(email.as_str(), &view.email).into_any(),
    };
    let until = moment(view.expires_at).into_any();
    view! {
        <h1>{title}</h1>
        <p>{explanation}</p>
        <ErrorSummary form=form />
        {answer}
        <p class="field__hint">{rich_text("invitation-until", vec![("moment", until)])}</p>
    }
}

fn create_account(form: &FormState, token: String, email: &str) -> impl IntoView + use<> {
    let address = email.to_owned();
    let address = view! { <strong>{address}</strong> };
    view! {
        <p>{rich_text("invitation-choose-password", vec![("address", address.into_any())])}</p>
        <form method="post" action=CreateInvitedAccount::url() class="stack" novalidate>
            <input type="hidden" name="token" value=token />
            <input type="hidden" name="username" autocomplete="username" value=email.to_owned() />
            {new_password_field(form)}
            <div class="form-actions">
                <button type="submit" class="button button--primary">
                    {text!("invitation-create-button")}
                </button>
            </div>
        </form>
    }
}

fn sign_in(token: &str) -> impl IntoView + use<> {
    let next = routes::login(Some(&routes::invite(token)));
    view! {
        <p>{text!("invitation-has-account")}</p>
        <p>
            <a class="button button--primary" href=next>
                {text!("invitation-sign-in-button")}
            </a>
        </p>
    }
}

fn accept(token: String) -> impl IntoView {
    view! {
        <form method="post" action=AcceptInvitation::url() class="form-actions">
            <input type="hidden" name="token" value=token />
            <button type="submit" class="button button--primary">
                {text!("invitation-accept-button")}
            </button>
        </form>
    }
}

fn for_another_address(own: &str, invited: &str) -> impl IntoView + use<> {
    view! {
        <div class="notice notice--warning">
            <strong>{text!("invitation-other-address")}</strong>
            <p>{text!("invitation-other-address-text", own = own, invited = invited)}</p>
        </div>
        <form method="post" action=SignOut::url() class="form-actions">
            <button type="submit" class="button">
                {text!("invitation-sign-out-button")}
            </button>
        </form>
    }
}
