//! `/support/mail`: mail that could not be delivered.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::{Text as _, text};
use model::FormState;
use model::support::DeadLetter;

use crate::api::dead_letters::{DiscardDeadLetter, RetryDeadLetter, load_dead_letters};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::rich_text::rich_text;
use crate::components::time::moment;

/// Mail that is not tried any more.
#[component]
pub fn UndeliveredMail() -> impl IntoView {
    let load = async { Ok((load_dead_letters().await?, form_state("dead_letters").await)) };
    let content = loaded(load, |(letters, form)| list(letters, form));
    let command = view! { <code class="nowrap">"portal mail test ADDRESS"</code> };
    view! {
        <Page title=text!("undelivered-mail-title")>
            <div class="page-head">
                <h1>{text!("undelivered-mail-title")}</h1>
                <p>{rich_text("undelivered-mail-intro", vec![("command", command.into_any())])}</p>
            </div>
            {content}
        </Page>
    }
}

fn list(letters: Vec<DeadLetter>, form: FormState) -> impl IntoView {
    let content = if letters.is_empty() {
        Either::Left(view! { <p class="empty">{text!("undelivered-mail-none")}</p> })
    } else {
        Either::Right(table(letters))
    };
    view! {
        <div class="stack">
            {done_notice()}
            <ErrorSummary form=form />
            {content}
        </div>
    }
}

fn table(letters: Vec<DeadLetter>) -> impl IntoView {
    let rows = letters.into_iter().map(row).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("undelivered-mail-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("undelivered-mail-to")}</th>
                    <th scope="col">{text!("undelivered-mail-subject")}</th>
                    <th scope="col">{text!("undelivered-mail-written")}</th>
                    <th scope="col">{text!("undelivered-mail-answer")}</th>
                    <th scope="col">{text!("undelivered-mail-tries")}</th>
                    <th scope="col">{text!("undelivered-mail-actions")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(letter: DeadLetter) -> impl IntoView {
    // each row has the same two words
    let retry = text!("undelivered-mail-retry-button.label", recipient = letter.recipient);
    let discard = text!("undelivered-mail-discard-button.label", recipient = letter.recipient);
    view! {
        <tr>
            <td data-label=text!("undelivered-mail-to") class="long">
                {letter.recipient}
            </td>
            <td data-label=text!("undelivered-mail-subject") class="long">
                {letter.subject}
            </td>
            <td data-label=text!("undelivered-mail-written")>{moment(letter.created_at)}</td>
            <td data-label=text!("undelivered-mail-answer") class="mono">
                {letter.error.map(|error| error.text())}
            </td>
            <td data-label=text!("undelivered-mail-tries")>{letter.tries}</td>
            <td data-label=text!("undelivered-mail-actions")>
                <div class="cluster">
                    {button(RetryDeadLetter::url(), letter.id.clone(), text!("undelivered-mail-retry-button"), retry)}
                    {button(DiscardDeadLetter::url(), letter.id, text!("undelivered-mail-discard-button"), discard)}
                </div>
            </td>
        </tr>
    }
}

fn button(action: &'static str, id: String, text: String, label: String) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="id" value=id />
            <button type="submit" class="link-button" aria-label=label>
                {text}
            </button>
        </form>
    }
}
