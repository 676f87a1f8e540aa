//! What an end user sees of a sign-in: the choice of a team, who is signed in, and the sign-out.

use leptos::prelude::*;
use messages::text;
use model::application::ApplicationSummary;
use model::sign_in::SignOutExtent;
use model::{FormState, PersonView};

use super::{StandalonePage, document};
use crate::components::claims::name_of;
use crate::components::form::{ErrorSummary, TextField};
use crate::components::logo::logo;
use crate::components::time::moment;

/// `/sso`: which team?
#[must_use]
pub fn team_chooser(page: &StandalonePage, form: &FormState) -> String {
    let title = text!("sign-in-team-title");
    document(page, &title, || {
        view! {
            <h1>{title.clone()}</h1>
            <p>{text!("sign-in-team-intro")}</p>
            <ErrorSummary form=form.clone() />
            <form method="post" action=crate::routes::CHOOSE_TEAM class="stack">
                <TextField
                    form=form.clone()
                    name="hint"
                    label=text!("sign-in-team-hint")
                    hint=text!("sign-in-team-hint.hint")
                    missing=text!("sign-in-team-hint.missing")
                    autocomplete="email"
                />
                <div class="form-actions">
                    <button type="submit" class="button button--primary">
                        {text!("common-continue")}
                    </button>
                </div>
            </form>
        }
    })
}

/// After `/sso` was given an e-mail address: look into the mailbox. Says the same to everybody.
#[must_use]
pub fn sign_on_mailed(page: &StandalonePage, email: &str) -> String {
    let title = text!("sign-in-mailed-title");
    document(page, &title, || {
        view! {
            <h1>{title.clone()}</h1>
            <p>{text!("sign-in-mailed", email = email)}</p>
            <p>{text!("sign-in-mailed-none")}</p>
            <p>
                <a href=crate::routes::CHOOSE_TEAM>{text!("sign-in-mailed-back")}</a>
            </p>
        }
    })
}

/// `/me`: who signed in, from which team, the applications that they can go on to (by name and address),
/// and the claims.
#[must_use]
pub fn signed_in(
    page: &StandalonePage,
    person: &PersonView,
    applications: Vec<(ApplicationSummary, String)>,
) -> String {
    let email = person.profile.email.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = text!("sign-in-person-title");
    document(page, &title, || {
        view! {
            <h1>{title.clone()}</h1>
            <dl class="facts">
                <dt>{text!("sign-in-person-name")}</dt>
                <dd>{name_of(&person.profile)}</dd>
                <dt>{text!("sign-in-person-email")}</dt>
                <dd>{email}</dd>
                <dt>{text!("sign-in-person-team")}</dt>
                <dd>{person.team_name.clone()}</dd>
                <dt>{text!("sign-in-person-name-id")}</dt>
                <dd class="mono">{person.name_id.clone()}</dd>
                <dt>{text!("sign-in-person-latest")}</dt>
                <dd>{moment(person.last_sign_in_at)}</dd>
                <dt>{text!("sign-in-person-first")}</dt>
                <dd>{moment(person.created_at)}</dd>
            </dl>
            {continue_links(applications)}
            {claims(person)}
            <form method="post" action=crate::routes::SIGN_OUT class="form-actions">
                <button type="submit" class="button">
                    {text!("sign-in-person-sign-out")}
                </button>
            </form>
        }
    })
}

fn continue_links(applications: Vec<(ApplicationSummary, String)>) -> Vec<impl IntoView + use<>> {
    let link = |(application, address): (ApplicationSummary, String)| {
        view! {
            <p class="cluster">
                {logo(application.logo.as_deref())}
                <a class="button button--primary" href=address>
                    {text!("sign-in-person-continue", application = application.name)}
                </a>
            </p>
        }
    };
    applications.into_iter().map(link).collect()
}

fn claims(person: &PersonView) -> impl IntoView + use<> {
    let (claim_label, value_label) = (text!("sign-in-person-claim"), text!("sign-in-person-value"));
    let rows = person.claims.iter().map(|claim| {
        view! {
            <tr>
                <td data-label=claim_label.clone() class="mono">
                    {claim.name.clone()}
                </td>
                <td data-label=value_label.clone() class="long">
                    {claim.values.join(", ")}
                </td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <details>
            <summary>{text!("sign-in-person-claims")}</summary>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{claim_label}</th>
                        <th scope="col">{value_label}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

/// After signing out. `start` is where to sign in again: the team's Sign on URL.
#[must_use]
pub fn signed_out(page: &StandalonePage, extent: SignOutExtent, start: &str) -> String {
    let explanation = match extent {
        SignOutExtent::Here => text!("sign-in-signed-out-here"),
        SignOutExtent::Everywhere => text!("sign-in-signed-out-everywhere"),
        SignOutExtent::Unconfirmed => text!("sign-in-signed-out-unconfirmed"),
    };
    let title = text!("sign-in-signed-out-title");
    document(page, &title, || {
        view! {
            <h1>{title.clone()}</h1>
            <p>{explanation}</p>
            <p>
                <a href=start.to_owned()>{text!("sign-in-signed-out-again")}</a>
            </p>
        }
    })
}
