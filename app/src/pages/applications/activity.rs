//! What happened lately to an application: requests that were refused, and logouts.

use leptos::prelude::*;
use messages::{Text as _, message, text};
use model::ApplicationProblem;
use model::application::{ApplicationView, LogoutView, RefusedRequestView};

use crate::components::status::badge;
use crate::components::time::moment;

/// What was refused, and what the application's developer does about it.
pub fn refused_requests(requests: &[RefusedRequestView]) -> impl IntoView + use<> {
    if requests.is_empty() {
        return view! { <p>{text!("application-refused-none")}</p> }.into_any();
    }
    let items = requests.iter().map(refused_request).collect_view();
    view! {
        <p>{text!("application-refused-intro")}</p>
        <ol class="timeline">{items}</ol>
    }
    .into_any()
}

fn refused_request(request: &RefusedRequestView) -> impl IntoView + use<> {
    let expected = request.expected.clone().map(|value| fact(text!("application-refused-expected"), value));
    let actual = request.actual.clone().map(|value| fact(text!("application-refused-actual"), value));
    let facts = (request.expected.is_some() || request.actual.is_some())
        .then(|| view! { <dl class="facts">{expected} {actual}</dl> });
    view! {
        <li>
            <p>{moment(request.at)}</p>
            <p>
                <strong>{request.problem.text()}</strong>
            </p>
            <p>{advice(request.problem)}</p>
            {facts}
        </li>
    }
}

/// What the application's developer does about a problem.
fn advice(problem: ApplicationProblem) -> String {
    message(&format!("application-problem-{}.advice", problem.as_str().replace('_', "-")), &[])
}

fn fact(label: String, value: String) -> impl IntoView {
    view! {
        <dt>{label}</dt>
        <dd class="mono">{value}</dd>
    }
}

/// Logouts that the application was told of, or is to be.
pub fn logouts(application: &ApplicationView) -> impl IntoView + use<> {
    if application.logouts.is_empty() {
        let none = if application.settings.backchannel_logout_uri.is_some() {
            text!("application-logouts-none")
        } else {
            text!("application-logouts-no-address")
        };
        return view! { <p>{none}</p> }.into_any();
    }
    let rows = application.logouts.iter().map(logout).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("application-logouts")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("application-logout-at")}</th>
                    <th scope="col">{text!("application-logout-state")}</th>
                    <th scope="col">{text!("application-logout-tries")}</th>
                    <th scope="col">{text!("application-logout-error")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn logout(logout: &LogoutView) -> impl IntoView + use<> {
    view! {
        <tr>
            <td data-label=text!("application-logout-at")>{moment(logout.at)}</td>
            <td data-label=text!("application-logout-state")>{delivery(logout)}</td>
            <td data-label=text!("application-logout-tries")>{logout.tries}</td>
            <td data-label=text!("application-logout-error") class="long">
                {logout.last_problem.map(|problem| problem.text())}
            </td>
        </tr>
    }
}

fn delivery(logout: &LogoutView) -> impl IntoView + use<> {
    if let Some(at) = logout.delivered_at {
        return view! {
            <div class="cluster">{badge("succeeded", text!("application-logout-delivered"))} {moment(at)}</div>
        }
        .into_any();
    }
    match logout.given_up_at {
        Some(_) => badge("failed", text!("application-logout-given-up")).into_any(),
        None => badge("open", text!("application-logout-waiting")).into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_says_what_happened_and_what_to_do() {
        for problem in ApplicationProblem::ALL.iter().copied() {
            let request = RefusedRequestView {
                at: "2026-11-23T12:00:00Z".parse().unwrap(),
                problem,
                expected: None,
                actual: Some("<b>".to_owned()),
            };
            let html = Owner::new().with(|| refused_requests(&[request]).to_html());
            assert!(!html.contains("application-problem-") && !html.contains("<b>"), "{html}");
        }
    }

    #[test]
    fn a_logout_is_delivered_waits_or_was_given_up() {
        let at = "2026-11-23T12:00:00Z".parse().unwrap();
        let waiting = LogoutView { at, delivered_at: None, given_up_at: None, tries: 0, last_problem: None };
        let html = |logout: LogoutView| Owner::new().with(|| super::logout(&logout).to_html());
        assert!(html(waiting.clone()).contains("Waiting"));
        assert!(html(LogoutView { delivered_at: Some(at), ..waiting.clone() }).contains("Delivered"));
        let last_problem = Some(model::application::LogoutProblem::Answered(500));
        let given_up = html(LogoutView { given_up_at: Some(at), last_problem, ..waiting });
        assert!(given_up.contains("Given up") && given_up.contains("answered 500"), "{given_up}");
    }
}
