//! "Try it": `/support/applications/{client_id}/trial` shows what the application asks for, and
//! `/support/applications/trial/callback` what it would have got.

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use messages::{message, text};
use model::application_form::scope_field;
use model::trial::{
    DecodedClaim, DecodedToken, TrialAnswer, TrialCallback, TrialChoice, TrialOutcome, TrialRequest, TrialTokens, field,
};
use model::{FormState, Scope};

use super::section;
use crate::api::applications::{begin_trial, finish_trial};
use crate::components::choice::CheckBox;
use crate::components::form::TextField;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::pages::{has_query, param, query};
use crate::routes;

/// The time claims, which are shown in words as well.
const TIMES: [&str; 3] = ["exp", "iat", "auth_time"];

/// What the application asks for, and the way to sign in with it.
#[component]
pub fn Trial() -> impl IntoView {
    let client_id = param("client_id");
    let choice = choice();
    let load = async move { Ok((begin_trial(client_id.clone(), choice).await?, client_id)) };
    let content = loaded(load, |(request, client_id)| trial(&request, &client_id));
    view! { <Page title=text!("applications-title")>{content}</Page> }
}

/// What was chosen, if the form was sent.
fn choice() -> Option<TrialChoice> {
    if !has_query(field::TEAM) {
        return None;
    }
    let is_ticked = |name: &str| query(name) == FormState::TICKED;
    let scopes = Scope::ALL.iter().copied().filter(|scope| *scope == Scope::Openid || is_ticked(scope_field(*scope)));
    Some(TrialChoice {
        team: query(field::TEAM),
        scopes: scopes.collect(),
        prompt_login: is_ticked(field::PROMPT_LOGIN),
    })
}

fn trial(request: &TrialRequest, client_id: &str) -> impl IntoView + use<> {
    let send = if request.is_enabled {
        Either::Left(view! {
            <p class="form-actions">
                <a class="button button--primary" href=request.address.clone() rel="external">
                    {text!("trial-send")}
                </a>
            </p>
        })
    } else {
        Either::Right(view! { <p class="notice notice--warning">{text!("trial-disabled")}</p> })
    };
    view! {
        <Title text=text!("trial-tab-title", name = request.application) />
        {head(&request.application, client_id)}
        <p>{text!("trial-intro")}</p>
        <div class="stack">
            {section(text!("trial-choice"), choice_form(request, client_id))}
            {section(
                text!("trial-request"),
                view! {
                    <p>{text!("trial-request-text")}</p>
                    {parameters(&request.parameters)}
                    {send}
                },
            )}
        </div>
    }
}

fn head(application: &str, client_id: &str) -> impl IntoView + use<> {
    view! {
        <div class="page-head">
            <h1>{text!("trial-heading", name = application)}</h1>
            <p>
                <a href=routes::support_application(client_id)>{text!("trial-back", name = application)}</a>
            </p>
        </div>
    }
}

fn choice_form(request: &TrialRequest, client_id: &str) -> impl IntoView + use<> {
    let TrialChoice { team, scopes, prompt_login } = request.choice.clone();
    let asked_for = request.registered.iter().filter(|scope| *scope != Scope::Openid);
    let boxes = asked_for.map(|scope| {
        let name = scope.as_str();
        view! {
            <CheckBox form=FormState::default() name=scope_field(scope) label=name checked=scopes.contains(scope)>
                {message(&format!("application-scope-{}", name.replace('_', "-")), &[])}
            </CheckBox>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <form method="get" action=routes::application_trial(client_id) class="stack stack--tight">
            <TextField
                form=FormState::default()
                name=field::TEAM
                label=text!("trial-team")
                hint=text!("trial-team.hint")
                value=team
            />
            <fieldset class="stack stack--tight">
                <legend>{text!("trial-scopes")}</legend>
                {boxes}
            </fieldset>
            <CheckBox
                form=FormState::default()
                name=field::PROMPT_LOGIN
                label=text!("trial-prompt-login")
                checked=prompt_login
            >
                {text!("trial-prompt-login.hint")}
            </CheckBox>
            <div class="form-actions">
                <button type="submit" class="button">
                    {text!("trial-choose")}
                </button>
            </div>
        </form>
    }
}

fn parameters(parameters: &[(String, String)]) -> impl IntoView + use<> {
    let rows = parameters.iter().map(|(name, value)| {
        view! {
            <tr>
                <td data-label=text!("trial-parameter") class="mono">
                    {name.clone()}
                </td>
                <td data-label=text!("trial-value") class="mono long">
                    {value.clone()}
                </td>
                <td data-label=text!("trial-meaning") class="long">
                    {message(&format!("trial-parameter-{}", name.replace('_', "-")), &[])}
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class="table table--explained">
            <caption class="visually-hidden">{text!("trial-request")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("trial-parameter")}</th>
                    <th scope="col">{text!("trial-value")}</th>
                    <th scope="col">{text!("trial-meaning")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What the application would have got.
#[component]
pub fn TrialResult() -> impl IntoView {
    let optional = |name| Some(query(name)).filter(|value| !value.is_empty());
    let callback = TrialCallback {
        code: optional("code"),
        state: optional("state"),
        iss: optional("iss"),
        error: optional("error"),
        error_description: optional("error_description"),
    };
    let content = loaded(finish_trial(callback), |answer| match answer {
        Some(answer) => Either::Left(result(&answer)),
        None => Either::Right(over()),
    });
    view! { <Page title=text!("applications-title")>{content}</Page> }
}

/// There is nothing to show: the page was loaded again, or the trial was begun elsewhere.
fn over() -> impl IntoView {
    view! {
        <h1>{text!("trial-over")}</h1>
        <p>{text!("trial-over-text")}</p>
    }
}

fn result(answer: &TrialAnswer) -> impl IntoView + use<> {
    let content = match &answer.outcome {
        TrialOutcome::Refused { error, description } => Either::Left(view! {
            <section class="notice notice--danger" role="status">
                <strong>{text!("trial-refused")}</strong>
                <p class="mono">{error.clone()}</p>
                <p>{description.clone()}</p>
                <p>{text!("trial-refused-text")}</p>
            </section>
        }),
        TrialOutcome::Tokens(tokens) => Either::Right(shown_tokens(tokens)),
    };
    view! {
        <Title text=text!("trial-tab-title", name = answer.application) />
        {head(&answer.application, &answer.client_id)}
        <div class="stack">
            {content} <p>
                <a class="button" href=routes::application_trial(&answer.client_id)>
                    {text!("trial-again")}
                </a>
            </p>
        </div>
    }
}

fn shown_tokens(tokens: &TrialTokens) -> impl IntoView + use<> {
    let sign_in = tokens.reference.as_ref().map(|reference| {
        view! {
            <a href=routes::attempt(routes::SUPPORT_ATTEMPTS, reference)>{text!("trial-sign-in", reference = reference)}</a>
        }
    });
    let id_token = match &tokens.id_token {
        Some(token) => Either::Left(decoded(token)),
        None => Either::Right(view! { <p>{text!("trial-no-id-token")}</p> }),
    };
    let access_token = match &tokens.access_token {
        Some(token) => Either::Left(decoded(token)),
        None => Either::Right(view! { <p>{text!("trial-opaque")}</p> }),
    };
    let refresh = if tokens.has_refresh_token { text!("trial-refresh-yes") } else { text!("trial-refresh-no") };
    view! {
        <section class="notice notice--success" role="status">
            <strong>{text!("trial-passed", team = tokens.team)}</strong>
            <p>{text!("trial-passed-text")} " " {sign_in}</p>
        </section>
        {section(text!("trial-id-token"), id_token)}
        {section(
            text!("trial-access-token"),
            view! {
                <p>{text!("trial-access-token-text", seconds = tokens.expires_in, scopes = tokens.scopes.to_string())}</p>
                {access_token}
                <p>{refresh}</p>
            },
        )}
        {section(text!("trial-userinfo"), claims(&tokens.userinfo, text!("trial-userinfo")))}
    }
}

fn decoded(token: &DecodedToken) -> impl IntoView + use<> {
    let key = token.key_id.clone().unwrap_or_default();
    view! {
        <p>{text!("trial-signature", algorithm = token.algorithm, key = key)}</p>
        {claims(&token.claims, text!("trial-claims"))}
    }
}

fn claims(claims: &[DecodedClaim], caption: String) -> impl IntoView + use<> {
    let rows = claims.iter().map(claim).collect_view();
    view! {
        <table class="table table--explained">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("trial-claim")}</th>
                    <th scope="col">{text!("trial-value")}</th>
                    <th scope="col">{text!("trial-origin")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn claim(claim: &DecodedClaim) -> impl IntoView + use<> {
    let origin = claim.origin.map(|origin| message(&format!("trial-origin-{}", origin.as_str()), &[]));
    let attribute = claim.attribute.clone().map(|name| view! { <code class="mono">{name}</code> });
    view! {
        <tr>
            <td data-label=text!("trial-claim") class="mono">
                {claim.name.clone()}
            </td>
            <td data-label=text!("trial-value") class="long">
                <div>
                    <span class="mono">{claim.value.clone()}</span>
                    {time(claim)}
                </div>
            </td>
            <td data-label=text!("trial-origin") class="long">
                <div>{origin} " " {attribute}</div>
            </td>
        </tr>
    }
}

/// A number of seconds since 1970, as people read it.
fn time(claim: &DecodedClaim) -> Option<impl IntoView + use<>> {
    let seconds = claim.value.parse().ok().filter(|_| TIMES.contains(&claim.name.as_str()))?;
    let at = chrono::DateTime::from_timestamp(seconds, 0)?;
    Some(view! {
        " "
        {crate::components::time::moment(at)}
    })
}

#[cfg(test)]
mod tests {
    use model::Scopes;
    use model::trial::{ClaimOrigin, PARAMETERS};

    use super::*;

    fn html(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html())
    }

    #[test]
    fn a_claim_is_text_and_says_where_it_comes_from() {
        let claim = |name: &str, value: &str, origin| DecodedClaim {
            name: name.to_owned(),
            value: value.to_owned(),
            origin: Some(origin),
            attribute: Some("mail".to_owned()),
        };
        for origin in ClaimOrigin::ALL.iter().copied() {
            let row = html(|| super::claim(&claim("email", "<script>", origin)).into_any());
            assert!(!row.contains("<script>") && !row.contains("trial-origin-"), "{row}");
        }
        let row = html(|| super::claim(&claim("exp", "1790000000", ClaimOrigin::Lifetime)).into_any());
        assert!(row.contains("<time"), "{row}");
        let row = html(|| super::claim(&claim("name", "1790000000", ClaimOrigin::Names)).into_any());
        assert!(!row.contains("<time"), "{row}");
    }

    #[test]
    fn every_parameter_is_explained() {
        let all: Vec<_> = PARAMETERS.iter().map(|name| ((*name).to_owned(), "x".to_owned())).collect();
        let table = html(|| parameters(&all).into_any());
        assert!(!table.contains("trial-parameter-"), "{table}");
    }

    #[test]
    fn a_disabled_application_is_not_tried() {
        let scopes = Scopes::all();
        let mut request = TrialRequest {
            application: "Notes".to_owned(),
            is_enabled: false,
            choice: TrialChoice::usual(&scopes),
            registered: scopes,
            address: "https://sso.example/oauth2/authorize?client_id=app_1".to_owned(),
            parameters: Vec::new(),
        };
        let disabled = html(|| trial(&request, "app_1").into_any());
        assert!(!disabled.contains("/oauth2/authorize") && disabled.contains("disabled"), "{disabled}");
        request.is_enabled = true;
        assert!(html(|| trial(&request, "app_1").into_any()).contains("/oauth2/authorize"));
    }
}
