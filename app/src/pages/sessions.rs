//! `/account/sessions`: where one is signed in.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::SessionView;

use crate::api::sessions::{EndOtherSessions, EndSession, load_sessions};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::rich_text::rich_text;
use crate::components::status::badge;
use crate::components::time::moment;
use crate::routes;

/// Where one is signed in.
#[component]
pub fn Sessions() -> impl IntoView {
    let load = async {
        let sessions = load_sessions().await?;
        Ok((form_state("sessions").await, sessions))
    };
    let content = loaded(load, move |(form, sessions)| {
        let others = sessions.len() > 1;
        let unknown = others.then(|| {
            let factors = view! { <a href=routes::SECURITY>{text!("sessions-factors-link")}</a> };
            view! { <p>{rich_text("sessions-unknown", vec![("link", factors.into_any())])}</p> }
        });
        view! {
            <div class="stack">
                {done_notice()} <ErrorSummary form=form.clone() /> {table(sessions)} {sign_out_others(others)} {unknown}
            </div>
        }
    });
    view! {
        <Page title=text!("sessions-title")>
            <h1>{text!("sessions-title")}</h1>
            {content}
        </Page>
    }
}

fn table(sessions: Vec<SessionView>) -> impl IntoView {
    let rows = sessions.into_iter().map(row).collect_view();
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{text!("sessions-browser")}</th>
                    <th scope="col">{text!("sessions-ip")}</th>
                    <th scope="col">{text!("sessions-began")}</th>
                    <th scope="col">{text!("sessions-last-used")}</th>
                    <th scope="col">{text!("sessions-action")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(session: SessionView) -> impl IntoView {
    let current = session.current.then(|| badge("active", text!("sessions-current")));
    let awaiting = session.awaiting_factor.then(|| badge("draft", text!("sessions-awaiting-factor")));
    let label = if session.current {
        text!("sessions-sign-out-this.label", browser = session.device)
    } else {
        text!("sessions-sign-out.label", browser = session.device)
    };
    let words = if session.current { text!("sessions-sign-out-this") } else { text!("sessions-sign-out") };
    view! {
        <tr>
            <td data-label=text!("sessions-browser") class="long">
                <span class="cluster">{session.device} {current} {awaiting}</span>
            </td>
            <td data-label=text!("sessions-ip") class="mono">
                {session.ip.unwrap_or_else(|| text!("sessions-ip-unknown"))}
            </td>
            <td data-label=text!("sessions-began")>{moment(session.began_at)}</td>
            <td data-label=text!("sessions-last-used")>{moment(session.last_used_at)}</td>
            <td data-label=text!("sessions-action")>
                <form method="post" action=EndSession::url()>
                    <input type="hidden" name="id" value=session.id />
                    <button type="submit" class="link-button" aria-label=label>
                        {words}
                    </button>
                </form>
            </td>
        </tr>
    }
}

fn sign_out_others(has_others: bool) -> impl IntoView {
    if !has_others {
        return Either::Left(view! { <p class="empty">{text!("sessions-no-others")}</p> });
    }
    Either::Right(view! {
        <form method="post" action=EndOtherSessions::url() class="form-actions">
            <button type="submit" class="button button--danger">
                {text!("sessions-sign-out-others-button")}
            </button>
        </form>
    })
}
