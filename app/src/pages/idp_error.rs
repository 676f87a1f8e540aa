//! `/teams/{slug}/idp-error` and `/support/teams/{slug}/idp-error`: what an error that an identity
//! provider showed means. The address carries its code, the text was not kept.

use leptos::prelude::*;
use messages::text;
use model::{ConnectionView, FormState, IdentityProvider, Role, SentRequest, TeamStatus, TeamView, Timestamp};

use super::{param, query};
use crate::api::idp_error::{AT, CORRELATION_ID, SEEN};
use crate::api::setup::load_setup;
use crate::api::support::load_support_team;
use crate::components::copy::Copy;
use crate::components::form::form_state;
use crate::components::idp_error::{IdpErrorBox, explanation};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::never_returned::common_idp_errors;
use crate::components::remediation::RemediationContext;
use crate::components::time::moment;
use crate::provider_errors::KnownError;
use crate::routes;

/// For members of the team.
#[component]
pub fn IdpError() -> impl IntoView {
    let (slug, error) = (param("slug"), error());
    let load = async move { Ok((load_setup(slug).await?, form_state(SEEN).await)) };
    let content = loaded(load, move |(view, seen)| page(error, &view.team, Some(&view.connection), &seen, false));
    view! { <Page title=text!("idp-error-title")>{content}</Page> }
}

/// For support.
#[component]
pub fn SupportIdpError() -> impl IntoView {
    let (slug, error) = (param("slug"), error());
    let load = async move { Ok((load_support_team(slug).await?, form_state(SEEN).await)) };
    let content = loaded(load, move |(view, seen)| {
        // as members see it in the set-up: what is edited, or else what is live
        page(error, &view.team, view.draft.or(view.live).as_ref(), &seen, true)
    });
    view! { <Page title=text!("idp-error-title")>{content}</Page> }
}

fn error() -> Option<KnownError> {
    KnownError::parse(&query(routes::parameter::CODE))
}

fn page(
    error: Option<KnownError>,
    team: &TeamView,
    connection: Option<&ConnectionView>,
    seen: &FormState,
    support: bool,
) -> impl IntoView + use<> {
    let slug = team.slug.as_str();
    let code = error.map(|error| error.to_string());
    let from = if support {
        routes::support_idp_error(slug, code.as_deref())
    } else {
        routes::idp_error(slug, code.as_deref())
    };
    let idp = connection.and_then(|connection| connection.idp.as_ref());
    let context = RemediationContext {
        endpoints: &team.endpoints,
        idp,
        current_idp: None,
        provider: IdentityProvider::in_use(team.identity_provider, idp),
        team: (!support).then_some(slug),
        may_configure: !support && team.role >= Role::Admin,
        // before the team is live nothing else begins
        is_test: team.status != TeamStatus::Active,
        person: None,
    };
    let request = connection.zip(idp).map(|(connection, idp)| SentRequest::from_options(&connection.options, idp));
    let explanation = error.map(|error| explanation(error, &context));
    // where no error is known there is still what can be compared
    let usual = error.is_none().then(|| common_idp_errors(request.as_ref(), &context));
    view! {
        <div class="page-head">
            <h1>{text!("idp-error-title")}</h1>
            <p>{text!("idp-error-intro")}</p>
        </div>
        {explanation}
        {error.and_then(|_| details(seen))}
        <section class="card">
            <IdpErrorBox slug=slug from=from support=support />
        </section>
        {usual}
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
            <h2 class="card__title">{text!("idp-error-details")}</h2>
            <p>{text!("idp-error-details.text")}</p>
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
