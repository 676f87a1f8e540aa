//! `/teams/{slug}/people/{person}`: one of a team's people, and what an admin can do with them.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use messages::text;
use model::FormState;
use model::attempts::AttemptFilter;
use model::people::{PersonReport, PersonSessionView};

use super::people::state_badge;
use super::{param, query};
use crate::api::people::{
    DeactivatePerson, EndPersonSession, EndPersonSessions, ErasePerson, ReactivatePerson, load_person,
};
use crate::components::account_actions::{HiddenFields, explained_button, hidden_fields};
use crate::components::attempts_table::attempts_table;
use crate::components::claims::{claims_table, name_of};
use crate::components::decision::confirmation;
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::rich_text::rich_text;
use crate::components::time::moment;
use crate::routes;

/// A person.
#[component]
pub fn Person() -> impl IntoView {
    let (slug, id, ended) = (param("slug"), param("person"), query(routes::parameter::ENDED));
    let load = async move { Ok((load_person(slug, id).await?, form_state("person").await)) };
    let content = loaded(load, move |(report, form)| content(report, form, ended.parse().ok()));
    view! { <Page title=text!("person-title")>{content}</Page> }
}

/// Which person a form is about.
fn hidden(report: &PersonReport) -> HiddenFields {
    vec![("slug", report.team.to_string()), ("person", report.summary.id.to_string())]
}

fn content(report: PersonReport, form: FormState, ended: Option<u64>) -> impl IntoView {
    let slug = report.team.to_string();
    let name = report.summary.title().to_owned();
    let ended = ended.map(|count| {
        view! {
            <div class="notice notice--success" role="status">
                <strong>{text!("team-sessions-ended", count = count)}</strong>
            </div>
        }
    });
    let manage = report.may_manage.then(|| manage(&report));
    view! {
        <Title text=name.clone() />
        <div class="page-head">
            <h1>{name}</h1>
            <p class="cluster">{state_badge(&report.summary)}</p>
        </div>
        <div class="stack">
            {done_notice()} {ended} <ErrorSummary form=form /> {deactivated(&report)} {profile(&report)}
            {sessions(&report)} {sign_ins(&report, &slug)} {claims(&report)} {manage}
        </div>
    }
}

/// What it means that they are deactivated, and how it ends.
fn deactivated(report: &PersonReport) -> Option<impl IntoView + use<>> {
    let since = report.summary.deactivated_at?;
    let reactivate = report.may_manage.then(|| {
        view! {
            <form method="post" action=ReactivatePerson::url()>
                {hidden_fields(hidden(report))}
                <button type="submit" class="button button--primary">
                    {text!("person-reactivate")}
                </button>
            </form>
        }
    });
    Some(view! {
        <div class="notice notice--warning">
            <strong>{rich_text("person-deactivated", vec![("since", moment(since).into_any())])}</strong>
            <p>{text!("person-deactivated.text")}</p>
            {reactivate}
        </div>
    })
}

fn profile(report: &PersonReport) -> impl IntoView + use<> {
    let (summary, profile) = (&report.summary, &report.profile);
    let email = summary.email.clone().unwrap_or_else(|| text!("attempt-claims-email-missing"));
    let groups = profile.groups.join(", ");
    let groups = (!groups.is_empty()).then(|| {
        view! {
            <dt>{text!("attempt-claims-groups")}</dt>
            <dd>{groups}</dd>
        }
    });
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("person-profile")}</h2>
            <dl class="facts">
                <dt>{text!("people-name")}</dt>
                <dd>{name_of(profile)}</dd>
                <dt>{text!("attempt-claims-email")}</dt>
                <dd class="mono">{email}</dd>
                <dt>{text!("attempt-claims-name-id")}</dt>
                <dd class="mono">{summary.name_id.clone()}</dd>
                {groups}
                <dt>{text!("people-first-seen")}</dt>
                <dd>{moment(summary.first_seen_at)}</dd>
                <dt>{text!("people-last-sign-in")}</dt>
                <dd>{moment(summary.last_sign_in_at)}</dd>
                <dt>{text!("person-id")}</dt>
                <dd class="mono">{summary.id.to_string()}</dd>
            </dl>
        </section>
    }
}

fn claims(report: &PersonReport) -> impl IntoView + use<> {
    let claims = report.claims.clone();
    let table = if claims.is_empty() {
        Either::Left(view! { <p>{text!("person-claims.none")}</p> })
    } else {
        Either::Right(claims_table(claims))
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("person-claims")}</h2>
            {table}
        </section>
    }
}

fn sign_ins(report: &PersonReport, slug: &str) -> impl IntoView + use<> {
    let list = routes::team_attempts(slug);
    let person = report.summary.address().to_owned();
    let all = routes::attempts(&list, &AttemptFilter { person, ..AttemptFilter::default() });
    let attempts = report.sign_ins.clone();
    let table = if attempts.is_empty() {
        Either::Left(view! { <p>{text!("person-sign-ins.none")}</p> })
    } else {
        Either::Right(view! {
            {attempts_table(attempts, &list, false)}
            <p>
                <a href=all>{text!("person-sign-ins.all")}</a>
            </p>
        })
    };
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("person-sign-ins")}</h2>
            {table}
        </section>
    }
}

fn sessions(report: &PersonReport) -> impl IntoView + use<> {
    let table = if report.sessions.is_empty() {
        Either::Left(view! { <p>{text!("person-sessions.none")}</p> })
    } else {
        Either::Right(sessions_table(report))
    };
    // also without an open session: what applications were given may outlast it
    let end_all = report.may_manage.then(|| {
        explained_button(
            EndPersonSessions::url(),
            hidden(report),
            text!("person-sessions-end-all.text"),
            text!("person-sessions-end-all"),
            "button",
        )
    });
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("person-sessions")}</h2>
            {table}
            {end_all}
        </section>
    }
}

fn sessions_table(report: &PersonReport) -> impl IntoView + use<> {
    let action = report.may_manage.then(|| view! { <th scope="col">{text!("person-session-action")}</th> });
    let rows = report.sessions.iter().map(|session| session_row(session, report)).collect_view();
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("person-sessions")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("person-session-began")}</th>
                    <th scope="col">{text!("person-session-ends")}</th>
                    <th scope="col">{text!("person-session-sign-in")}</th>
                    {action}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn session_row(session: &PersonSessionView, report: &PersonReport) -> impl IntoView + use<> {
    let list = routes::team_attempts(report.team.as_str());
    let sign_in = session.sign_in.as_ref().map(|reference| {
        view! {
            <a class="mono" href=routes::attempt(&list, reference.as_str())>
                {reference.to_string()}
            </a>
        }
    });
    let end = report.may_manage.then(|| {
        let mut hidden = hidden(report);
        hidden.push(("session", session.id.clone()));
        view! {
            <td data-label=text!("person-session-action")>
                <form method="post" action=EndPersonSession::url()>
                    {hidden_fields(hidden)}
                    <button type="submit" class="link-button">
                        {text!("person-session-end")}
                    </button>
                </form>
            </td>
        }
    });
    view! {
        <tr>
            <td data-label=text!("person-session-began")>{moment(session.began_at)}</td>
            <td data-label=text!("person-session-ends")>{moment(session.ends_at)}</td>
            <td data-label=text!("person-session-sign-in")>{sign_in}</td>
            {end}
        </tr>
    }
}

/// What cannot be done by one wrong click.
fn manage(report: &PersonReport) -> impl IntoView + use<> {
    let name = report.summary.title().to_owned();
    let button = |action: &'static str, label: String| {
        let fields = hidden_fields(hidden(report));
        view! {
            <form method="post" action=action class="form-actions">
                {fields}
                <button type="submit" class="button button--danger">
                    {label}
                </button>
            </form>
        }
    };
    let deactivate = report.summary.deactivated_at.is_none().then(|| {
        let consequences = view! { <p>{text!("person-deactivate.text")}</p> };
        let button = button(DeactivatePerson::url(), text!("person-deactivate.button", name = name.as_str()));
        confirmation(text!("person-deactivate"), "button", consequences, button)
    });
    let consequences = view! {
        <p>{text!("person-erase.text")}</p>
        <ul>
            <li>{text!("person-erase.goes")}</li>
            <li>{text!("person-erase.sign-ins")}</li>
            <li>{text!("person-erase.stays")}</li>
            <li>{text!("person-erase.again")}</li>
        </ul>
    };
    let title = if deactivate.is_some() { text!("person-manage") } else { text!("person-manage.deactivated") };
    let erase = button(ErasePerson::url(), text!("person-erase.button", name = name.as_str()));
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{title}</h2>
            {deactivate}
            {confirmation(text!("person-erase"), "button button--danger", consequences, erase)}
        </section>
    }
}
