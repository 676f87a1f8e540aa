//! A sign-in that did not work, as the person sees it: one plain sentence that helps no attacker, one thing
//! to do, and what whoever can help needs to know.

use leptos::either::Either;
use leptos::prelude::*;
use messages::text;
use model::{FindingCode, Reference, TeamSlug, Timestamp};

use super::{StandalonePage, document_with_head};
use crate::components::time::utc;
use crate::findings::{PersonNextStep, next_step_for_person, text_for_person};
use crate::routes;

/// The ID of the reference.
const REFERENCE: &str = "reference";
/// The ID of the message for the IT team.
const MESSAGE: &str = "message";

/// A sign-in that did not work.
#[derive(Clone, Copy, Debug)]
pub struct SignInFailure<'a> {
    /// Why.
    pub code: FindingCode,
    /// The reference by which support and the team's administrators find the attempt.
    pub reference: Option<&'a Reference>,
    /// The team at whose address it was, if there is one there.
    pub team: Option<FailedTeam<'a>>,
    /// When.
    pub at: Timestamp,
    /// For the page's one script.
    pub nonce: &'a str,
}

/// The team whose sign-in did not work.
#[derive(Clone, Copy, Debug)]
pub struct FailedTeam<'a> {
    /// Its name, where whoever reads it came to its own address.
    pub name: Option<&'a str>,
    /// Its slug.
    pub slug: &'a TeamSlug,
    /// Where to start again: its Sign on URL.
    pub sign_on_url: &'a str,
    /// The account host's base URL, without a slash at its end.
    pub account_url: &'a str,
}

/// The page.
#[must_use]
pub fn sign_in_failure(page: &StandalonePage, failure: &SignInFailure<'_>) -> String {
    let title = text!("sign-in-failure-title");
    let nonce = failure.nonce.to_owned();
    let head = || view! { <script type="module" src=routes::COPY_SCRIPT nonce=nonce></script> };
    document_with_head(page, &title, head, || {
        let start = failure.team.map(|team| team.sign_on_url.to_owned());
        let is_mended_by_starting = next_step_for_person(failure.code) == PersonNextStep::StartAgain;
        let (first, second) = if is_mended_by_starting {
            (start_again(start, "button button--primary").into_any(), help(page, failure, false).into_any())
        } else {
            (help(page, failure, true).into_any(), start_again(start, "button").into_any())
        };
        view! {
            <h1>{title.clone()}</h1>
            <p>{text_for_person(failure.code)}</p>
            {first}
            {second}
        }
    })
}

fn start_again(address: Option<String>, class: &'static str) -> Option<impl IntoView> {
    let address = address?;
    Some(view! {
        <p class="form-actions">
            <a class=class href=address>
                {text!("sign-in-failure-retry")}
            </a>
        </p>
    })
}

/// Whom to tell, and what: nothing where nothing was written down that they could look up.
fn help(page: &StandalonePage, failure: &SignInFailure<'_>, is_first: bool) -> impl IntoView + use<> {
    let reference = failure.reference?.to_string();
    let team = failure.team.and_then(|team| team.name);
    let ask = match (is_first, team) {
        (true, Some(team)) => text!("sign-in-failure-ask-team", team = team),
        (true, None) => text!("sign-in-failure-ask"),
        (false, Some(team)) => text!("sign-in-failure-reference-team", team = team),
        (false, None) => text!("sign-in-failure-reference"),
    };
    let message = message(page, failure, &reference);
    let text = view! {
        <textarea id=MESSAGE readonly rows="8" aria-label=text!("sign-in-failure-message")>
            {message}
        </textarea>
        <p class="form-actions">{copy(MESSAGE, text!("sign-in-failure-copy-message"), is_first)}</p>
    };
    let text = if is_first {
        Either::Left(text)
    } else {
        Either::Right(view! {
            <details>
                <summary>{text!("sign-in-failure-message")}</summary>
                <div class="stack stack--tight">{text}</div>
            </details>
        })
    };
    Some(view! {
        <p>{ask}</p>
        <p class="cluster">
            <span class="reference" id=REFERENCE>
                {reference}
            </span>
            {copy(REFERENCE, text!("sign-in-failure-copy-reference"), false)}
        </p>
        {text}
    })
}

/// What the IT team needs to know, ready to be sent.
fn message(page: &StandalonePage, failure: &SignInFailure<'_>, reference: &str) -> String {
    let text = text!(
        "sign-in-failure-message-text",
        product = page.brand.product_name,
        reference = reference,
        time = utc(failure.at),
        said = text_for_person(failure.code)
    );
    let Some(team) = failure.team else { return text };
    let list = routes::team_attempts(team.slug.as_str());
    let report = format!("{}{}", team.account_url, routes::attempt(&list, reference));
    format!("{text}\n{}", text!("sign-in-failure-message-text.report", report = report))
}

/// A button that copies the text of the element with this ID, once the script has come.
fn copy(of: &'static str, label: String, is_primary: bool) -> impl IntoView {
    let class = if is_primary { "button button--primary" } else { "button" };
    view! {
        <button type="button" class=class data-copy=of data-copied=text!("common-copied") hidden>
            {label}
        </button>
        <span class="visually-hidden" role="status" id=format!("{of}-status")></span>
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::page;
    use super::*;

    fn failure_page(code: FindingCode, with_team: bool) -> String {
        let reference = Reference::new([7, 15, 3, 19, 2, 23, 9, 20]);
        let slug = "contoso-7k2m9q".parse().unwrap();
        let team = FailedTeam {
            name: Some("Contoso <x>"),
            slug: &slug,
            sign_on_url: "https://account.krisp.ai/sso/contoso-7k2m9q",
            account_url: "https://account.krisp.ai",
        };
        let failure = SignInFailure {
            code,
            reference: Some(&reference),
            team: with_team.then_some(team),
            at: "2026-11-23T12:00:00Z".parse().unwrap(),
            nonce: "n",
        };
        sign_in_failure(&page(), &failure)
    }

    #[test]
    fn a_failure_gives_the_reference_and_nothing_that_helps_an_attacker() {
        let html = failure_page(FindingCode::SignatureInvalid, true);
        assert!(html.starts_with("<!DOCTYPE html><html"), "{html}");
        assert!(html.contains("SSO-7F3K-2Q9M") && html.contains("Contoso &lt;x&gt;"), "{html}");
        assert!(!html.contains("signature") && !html.contains("certificate"), "{html}");
        assert!(html.contains("/teams/contoso-7k2m9q/sign-ins/SSO-7F3K-2Q9M"), "the team's admins find the report");
        assert_eq!(html.matches("<script").count(), 1, "{html}");
    }

    #[test]
    fn the_first_thing_to_do_is_the_one_that_helps() {
        for code in FindingCode::ALL.iter().copied() {
            let html = failure_page(code, true);
            let (start, message) = (html.find("/sso/contoso-7k2m9q").unwrap(), html.find("<textarea").unwrap());
            let starts = next_step_for_person(code) == PersonNextStep::StartAgain;
            assert_eq!(start < message, starts, "{code:?}: {html}");
            assert_eq!(html.matches("button--primary").count(), 1, "{code:?}: one thing to do");
        }
    }

    #[test]
    fn nobody_is_sent_to_a_page_that_asks_for_a_slug() {
        let html = failure_page(FindingCode::TeamNotActive, false);
        assert!(!html.contains("/sso") && html.contains("SSO-7F3K-2Q9M"), "{html}");
    }
}
