//! `/teams/{slug}/entra-error` and `/support/teams/{slug}/entra-error`: what an error that
//! Microsoft showed means. The address carries its number, the text was not kept.

use leptos::prelude::*;
use messages::text;
use model::{FormState, IdpSettings, Role, TeamStatus, TeamView, Timestamp};

use super::{param, query};
use crate::api::entra_error::{AT, CORRELATION_ID, SEEN};
use crate::api::setup::load_setup;
use crate::api::support::load_support_team;
use crate::components::copy::Copy;
use crate::components::entra_error::{EntraErrorBox, explanation};
use crate::components::form::form_state;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::remediation::RemediationContext;
use crate::components::time::moment;
use crate::routes;

/// For members of the team.
#[component]
pub fn EntraError() -> impl IntoView {
    let (slug, number) = (param("slug"), number());
    let load = async move { Ok((load_setup(slug).await?, form_state(SEEN).await)) };
    let content =
        loaded(load, move |(view, seen)| page(number, &view.team, view.connection.idp.as_ref(), &seen, false));
    view! { <Page title=text!("entra-error-title")>{content}</Page> }
}

/// For support.
#[component]
pub fn SupportEntraError() -> impl IntoView {
    let (slug, number) = (param("slug"), number());
    let load = async move { Ok((load_support_team(slug).await?, form_state(SEEN).await)) };
    let content = loaded(load, move |(view, seen)| {
        // as members see it in the set-up: what is edited, or else what is live
        let idp = view.draft.or(view.live).and_then(|revision| revision.idp);
        page(number, &view.team, idp.as_ref(), &seen, true)
    });
    view! { <Page title=text!("entra-error-title")>{content}</Page> }
}

fn number() -> Option<u32> {
    query("code").parse().ok()
}

fn page(
    number: Option<u32>,
    team: &TeamView,
    idp: Option<&IdpSettings>,
    seen: &FormState,
    support: bool,
) -> impl IntoView + use<> {
    let slug = team.slug.as_str();
    let (back, from) = if support {
        (routes::support_team(slug), routes::support_entra_error(slug, number))
    } else {
        (routes::team(slug), routes::entra_error(slug, number))
    };
    let context = RemediationContext {
        endpoints: &team.endpoints,
        idp,
        team: (!support).then_some(slug),
        may_configure: !support && team.role >= Role::Admin,
        // before the team is live nothing else begins
        is_test: team.status != TeamStatus::Active,
    };
    let explanation = number.map(|number| explanation(number, &context));
    view! {
        <p>
            <a href=back>{team.name.clone()}</a>
        </p>
        <div class="page-head">
            <h1>{text!("entra-error-title")}</h1>
            <p>{text!("entra-error-intro")}</p>
        </div>
        {explanation}
        {number.and_then(|_| details(seen))}
        <section class="card">
            <EntraErrorBox slug=slug from=from support=support />
        </section>
    }
}

/// By what the sign-in is found in Entra's logs, if the pasted text said so. Shown once.
fn details(seen: &FormState) -> Option<impl IntoView + use<>> {
    let id = seen.value(CORRELATION_ID).filter(|id| !id.is_empty()).map(str::to_owned);
    let at = seen.value(AT).and_then(|at| at.parse::<Timestamp>().ok());
    if id.is_none() && at.is_none() {
        return None;
    }
    Some(view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("entra-error-details")}</h2>
            <p>{text!("entra-error-details.text")}</p>
            {id.map(|id| view! { <Copy label=text!("entra-correlation-id") value=id /> })}
            {at
                .map(|at| {
                    view! {
                        <dl class="facts">
                            <dt>{text!("entra-timestamp")}</dt>
                            <dd>{moment(at)}</dd>
                        </dl>
                    }
                })}
        </section>
    })
}
