//! `/account/sessions`: where one is signed in.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::SessionView;

use super::query;
use crate::api::sessions::{EndOtherSessions, EndSession, load_sessions};
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::status::badge;
use crate::components::time::moment;
use crate::routes;

/// Where one is signed in.
#[component]
pub fn Sessions() -> impl IntoView {
    let done = query("done");
    let load = async {
        let sessions = load_sessions().await?;
        Ok((form_state("sessions").await, sessions))
    };
    let content = loaded(load, move |(form, sessions)| {
        let others = sessions.len() > 1;
        let rows = sessions.into_iter().map(row).collect_view();
        view! {
            <div class="stack">
                {notice(&done)} <ErrorSummary form=form.clone() /> <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Browser"</th>
                            <th scope="col">"IP address"</th>
                            <th scope="col">"Began"</th>
                            <th scope="col">"Last used"</th>
                            <th scope="col">"End it"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table> {end_others(others)} <p>
                    "You do not know one of them? End it, change your password, and look at your "
                    <a href=routes::SECURITY>"second factors"</a> "."
                </p>
            </div>
        }
    });
    view! {
        <Page title="Where you are signed in">
            <h1>"Where you are signed in"</h1>
            {content}
        </Page>
    }
}

fn notice(done: &str) -> impl IntoView + use<> {
    let words = match done {
        "ended" => "The session is ended.",
        "all-ended" => "All other sessions are ended.",
        _ => "",
    };
    (!words.is_empty()).then(|| {
        view! {
            <div class="notice notice--success" role="status">
                <strong>{words}</strong>
            </div>
        }
    })
}

fn row(session: SessionView) -> impl IntoView {
    let current = session.current.then(|| badge("active", "This browser"));
    let awaiting = session.awaiting_factor.then(|| badge("draft", "Second factor awaited"));
    let label = if session.current { "Sign out here" } else { "End" };
    let device = session.device.clone();
    view! {
        <tr>
            <td data-label="Browser" class="long">
                <span class="cluster">{session.device} {current} {awaiting}</span>
            </td>
            <td data-label="IP address" class="mono">
                {session.ip.unwrap_or_else(|| "unknown".to_owned())}
            </td>
            <td data-label="Began">{moment(session.began_at)}</td>
            <td data-label="Last used">{moment(session.last_used_at)}</td>
            <td data-label="End it">
                <form method="post" action=EndSession::url()>
                    <input type="hidden" name="id" value=session.id />
                    <button type="submit" class="link-button">
                        {label}
                        <span class="visually-hidden">": " {device}</span>
                    </button>
                </form>
            </td>
        </tr>
    }
}

fn end_others(others: bool) -> impl IntoView {
    if !others {
        return Either::Left(view! { <p class="empty">"You are signed in nowhere else."</p> });
    }
    Either::Right(view! {
        <form method="post" action=EndOtherSessions::url() class="form-actions">
            <button type="submit" class="button button--danger">
                "End all other sessions"
            </button>
        </form>
    })
}
