//! `/support/mail`: mail that could not be delivered.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::FormState;
use model::support::DeadLetter;

use crate::api::mail::{DiscardMail, TryMailAgain, load_dead_mail};
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::time::moment;
use crate::routes;

/// Mail that is not tried any more.
#[component]
pub fn SupportMail() -> impl IntoView {
    let load = async { Ok((load_dead_mail().await?, form_state("dead_mail").await)) };
    let content = loaded(load, |(mails, form)| list(mails, form));
    view! {
        <Page title="Undelivered mail">
            <p>
                <a href=routes::SUPPORT>"All teams"</a>
            </p>
            <div class="page-head">
                <h1>"Undelivered mail"</h1>
                <p>
                    "Each mail is tried for about two days, then it is listed here. Mend the cause first: "
                    <code>"portal mail test ADDRESS"</code> " says what the mail server answers."
                </p>
            </div>
            {content}
        </Page>
    }
}

fn list(mails: Vec<DeadLetter>, form: FormState) -> impl IntoView {
    let content = if mails.is_empty() {
        Either::Left(view! { <p class="empty">"Every mail was delivered, or is still being tried."</p> })
    } else {
        Either::Right(table(mails))
    };
    view! {
        <div class="stack">
            <ErrorSummary form=form />
            {content}
        </div>
    }
}

fn table(mails: Vec<DeadLetter>) -> impl IntoView {
    let rows = mails.into_iter().map(|mail| {
        view! {
            <tr>
                <td data-label="To" class="long">{mail.recipient}</td>
                <td data-label="Subject" class="long">{mail.subject}</td>
                <td data-label="Written">{moment(mail.created_at)}</td>
                <td data-label="Last answer" class="mono">
                    {mail.error}
                </td>
                <td data-label="Tries">{mail.tries}</td>
                <td data-label="Decide">
                    <div class="cluster">
                        {act(TryMailAgain::url(), mail.id.clone(), "Try again")} {act(DiscardMail::url(), mail.id, "Discard")}
                    </div>
                </td>
            </tr>
        }
    });
    view! {
        <table class="table">
            <caption class="visually-hidden">"Mail that could not be delivered"</caption>
            <thead>
                <tr>
                    <th scope="col">"To"</th>
                    <th scope="col">"Subject"</th>
                    <th scope="col">"Written"</th>
                    <th scope="col">"Last answer"</th>
                    <th scope="col">"Tries"</th>
                    <th scope="col">"Decide"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

fn act(action: &'static str, id: String, label: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <input type="hidden" name="id" value=id />
            <button type="submit" class="link-button">
                {label}
            </button>
        </form>
    }
}
