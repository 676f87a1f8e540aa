//! Help with a sign-in that has not come back from the identity provider: the error pages that it usually
//! shows, and the values to compare.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::login_url::misplaced;
use model::{AttemptOutcome, AttemptReport, SentRequest};

use super::blade::page_drawing;
use super::copy::Copy;
use super::idp_error::IdpErrorBox;
use super::remediation::{RemediationContext, idp_task};
use crate::api::attempts::AttemptList;
use crate::provider_errors::usual_pages;
use crate::remediation::{Task, TeamValue, provider_name};
use crate::routes;

/// What can be known while nothing has come back: where the person was sent, what they may have
/// seen there, and what that identity provider usually stops for.
pub fn never_returned_help(report: &AttemptReport, page: &str, list: &AttemptList) -> impl IntoView + use<> {
    let slug = report.summary.team.to_string();
    let context = RemediationContext::of(report, list);
    let is_over = report.summary.outcome == AttemptOutcome::NeverReturned;
    // whoever still types a password has seen nothing yet
    let asks = report.summary.is_test && (report.is_overdue || is_over);
    let seen = asks.then(|| what_was_seen(&slug, list.is_support(), &context));
    let usual = common_idp_errors(report.request.as_ref(), &context);
    // whoever still types a password is not in trouble, and may be: what to look at is folded away
    let usual = if report.is_overdue || is_over {
        Either::Left(usual)
    } else {
        Either::Right(view! {
            <details>
                <summary>{text!("idp-error-stops-if", provider = provider_name(context.provider))}</summary>
                {usual}
            </details>
        })
    };
    view! {
        {seen}
        <section class="card">
            <IdpErrorBox slug=slug from=page.to_owned() support=list.is_support() />
        </section>
        {usual}
    }
}

/// "What did you see there?", with drawings of the usual pages: each leads to what it means.
fn what_was_seen(slug: &str, is_support: bool, context: &RemediationContext<'_>) -> impl IntoView + use<> {
    let host = context.idp.and_then(|idp| host_of(&idp.sso_url)).unwrap_or_default();
    let drawings = usual_pages(context.provider).into_iter().filter_map(|error| {
        let (title, line) = error.page()?;
        let code = error.to_string();
        let address = if is_support {
            routes::support_idp_error(slug, Some(&code))
        } else {
            routes::idp_error(slug, Some(&code))
        };
        let meaning = error.title().unwrap_or_default();
        Some(view! { <li>{page_drawing(host.clone(), title, line, address, meaning)}</li> })
    });
    let drawings: Vec<_> = drawings.collect();
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("idp-error-seen")}</h2>
            <p>{text!("idp-error-seen.text")}</p>
            <ul class="drawn-pages">{drawings}</ul>
            <p>{text!("idp-error-seen.other")}</p>
        </section>
    }
}

/// An address's host, as browsers show it.
fn host_of(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    rest.split(['/', '?', '#']).next().map(str::to_owned)
}

/// What this identity provider usually stops for, each with the value of the team's to compare.
pub fn common_idp_errors(request: Option<&SentRequest>, context: &RemediationContext<'_>) -> impl IntoView + use<> {
    let provider = context.provider;
    let value = |value: TeamValue| {
        let own = value.value(context.endpoints, context.idp)?;
        Some(view! { <Copy label=value.label(provider) value=own.to_owned() /> }.into_any())
    };
    let stop = |title: String, why: String, task: Task, value: Option<AnyView>| {
        view! {
            <li class="stack stack--tight">
                <h3>{title}</h3>
                <p>{why}</p>
                {value}
                <details>
                    <summary>{text!("idp-error-stops-where", provider = provider_name(provider))}</summary>
                    {idp_task(task, provider)}
                </details>
            </li>
        }
    };
    let is_signed = request.is_some_and(|request| request.is_signed);
    let signed = if is_signed { text!("idp-error-stops-signed") } else { text!("idp-error-stops-unsigned") };
    let format = request.and_then(|request| request.name_id_format);
    let format_value = format
        .map(|format| view! { <Copy label=text!("idp-error-stops-format-value") value=format.uri() /> }.into_any());
    let asked = if format.is_some() { text!("idp-error-stops-format") } else { text!("idp-error-stops-no-format") };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("idp-error-stops", provider = provider_name(provider))}</h2>
            <p>{text!("idp-error-stops.text")}</p>
            <p>{text!("idp-error-stops.elsewhere", provider = provider_name(provider))}</p>
            <p>{text!("idp-error-stops.log")}</p>
            {idp_task(Task::Logs, provider)}
            <ul class="stack">
                {stop(
                    text!("idp-error-stops-login-url"),
                    why_the_login_url(context),
                    Task::Issuer,
                    value(TeamValue::LoginUrl),
                )}
                {stop(
                    text!("idp-error-stops-audience"),
                    text!("idp-error-stops-audience.why"),
                    Task::Audience,
                    value(TeamValue::Identifier),
                )}
                {stop(
                    text!("idp-error-stops-reply-url"),
                    text!("idp-error-stops-reply-url.why"),
                    Task::ReplyUrl,
                    value(TeamValue::ReplyUrl),
                )}
                {stop(text!("idp-error-stops-signature"), signed, Task::RequestSignature, None)}
                {stop(text!("idp-error-stops-assign"), text!("idp-error-stops-assign.why"), Task::Assign, None)}
                {stop(text!("idp-error-stops-name-id"), asked, Task::NameIdFormat, format_value)}
            </ul>
        </section>
    }
}

/// What to check about the Login URL, or what it is instead if it cannot be one.
fn why_the_login_url(context: &RemediationContext<'_>) -> String {
    let found = context.idp.and_then(|idp| misplaced(&idp.sso_url));
    match found.map(|found| (found.kind.text(), found.login_url)) {
        Some((kind, Some(address))) => text!("idp-error-stops-login-url.derived", kind = kind, address = address),
        Some((kind, None)) => text!("idp-error-stops-login-url.misplaced", kind = kind),
        None => text!("idp-error-stops-login-url.why"),
    }
}

#[cfg(test)]
mod tests {
    use model::{IdentityProvider, SignInOptions};

    use super::*;
    use crate::components::fixture::{self, list};

    fn away(is_test: bool, is_overdue: bool, provider: IdentityProvider) -> String {
        let mut report = fixture::report(AttemptOutcome::Waiting, Vec::new());
        report.summary.is_test = is_test;
        let report = AttemptReport {
            is_overdue,
            identity_provider: provider,
            idp: Some(fixture::idp()),
            request: Some(SentRequest::from_options(&SignInOptions::default(), &fixture::idp())),
            ..report
        };
        Owner::new()
            .with(|| never_returned_help(&report, "/teams/contoso-7k2m9q/sign-ins/SSO-7F3K-2Q9M", &list()).to_html())
    }

    #[test]
    fn a_test_that_stays_away_asks_what_was_seen() {
        let question = "What did you see there?";
        assert!(!away(true, false, IdentityProvider::Okta).contains(question), "not yet");
        assert!(!away(false, true, IdentityProvider::Okta).contains(question), "it was somebody else");
        let shown = away(true, true, IdentityProvider::Okta);
        for words in [question, "403 App Not Assigned", "idp-error?code=okta.app-not-assigned", "page-not-found"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let entra = away(true, true, IdentityProvider::Entra);
        assert!(entra.contains("AADSTS700016") && entra.contains("idp-error?code=700016"), "{entra}");
    }

    #[test]
    fn a_login_url_that_can_be_none_is_named_with_the_right_one() {
        let why = |sso_url: &str| {
            let idp = model::IdpSettings { sso_url: sso_url.to_owned(), ..fixture::idp() };
            let report = AttemptReport { idp: Some(idp), ..fixture::report(AttemptOutcome::Waiting, Vec::new()) };
            why_the_login_url(&RemediationContext::of(&report, &list()))
        };
        let right = "https://id.contoso.com/realms/staff/protocol/saml";
        assert_eq!(
            why(&format!("{right}/descriptor")),
            format!("This is the address of the identity provider's metadata. The Login URL is {right}.")
        );
        assert!(why("https://contoso.okta.com/app/UserHome").contains("Copy the address for SAML sign-in"));
        assert!(why(right).contains("It must be the one for SAML sign-in"));
    }

    #[test]
    fn what_usually_stops_people_is_said_with_the_teams_values() {
        let shown = away(false, true, IdentityProvider::Keycloak);
        let (endpoints, idp) = (fixture::endpoints(), fixture::idp());
        for words in [
            &endpoints.identifier,
            &endpoints.reply_url,
            &idp.sso_url,
            "What Keycloak usually stops for",
            "Client ID<!></span>",
            "Requests of this connection are not signed",
            "Name ID format",
        ] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let folded = away(false, false, IdentityProvider::Keycloak);
        assert!(folded.contains("If Keycloak shows an error") && folded.contains("<details>"), "{folded}");
    }
}
