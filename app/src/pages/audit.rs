//! `/teams/{slug}/audit` and `/support/audit`: what anybody did.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::audit::{AuditFilter, AuditPage};
use model::{AuditAction, AuditEntry, FormState};

use super::{param, query};
use crate::api::audit::{load_team_trail, load_vendor_trail};
use crate::components::blade::code;
use crate::components::filter::{Filter, Period, filter_select, pager};
use crate::components::form::{ErrorSummary, TextField};
use crate::components::layout::Page;
use crate::components::line_breaks::breakable;
use crate::components::load::loaded;
use crate::components::rich_text::rich_text;
use crate::components::time::moment;
use crate::error::ApiError;
use crate::routes;

/// A team's trail.
#[component]
pub fn TeamAudit() -> impl IntoView {
    let slug = param("slug");
    let address = routes::team_audit(&slug);
    let filter = AuditFilter::of_address(query);
    let load = async move { or_refused(&filter, load_team_trail(slug, filter.clone()).await) };
    let content = loaded(load, move |(page, form)| trail(page, form, address, false));
    view! {
        <Page title=text!("audit-title")>
            <div class="page-head">
                <h1>{text!("audit-title")}</h1>
                <p>{text!("audit-intro-team")}</p>
            </div>
            {content}
        </Page>
    }
}

/// The vendor's trail.
#[component]
pub fn SupportAudit() -> impl IntoView {
    let filter = AuditFilter::of_address(query);
    let load = async move { or_refused(&filter, load_vendor_trail(filter.clone()).await) };
    let content = loaded(load, |(page, form)| trail(page, form, routes::SUPPORT_AUDIT.to_owned(), true));
    view! {
        <Page title=text!("audit-title")>
            <div class="page-head">
                <h1>{text!("audit-title")}</h1>
                <p>
                    {rich_text("audit-intro-support", vec![("command", code("portal audit verify"))])}
                </p>
            </div>
            {content}
        </Page>
    }
}

/// A filter that was refused is shown with what is wrong, and no events.
fn or_refused(filter: &AuditFilter, page: Result<AuditPage, ApiError>) -> Result<(AuditPage, FormState), ApiError> {
    match page {
        Ok(page) => Ok((page, FormState::default())),
        Err(ApiError::InvalidForm(form)) => {
            Ok((AuditPage { entries: Vec::new(), next: None, filter: filter.clone() }, form))
        }
        Err(error) => Err(error),
    }
}

fn trail(page: AuditPage, form: FormState, address: String, vendor: bool) -> impl IntoView {
    let export = routes::audit_export(&address, &page.filter);
    let newest = (!page.filter.older.is_empty()).then(|| routes::audit(&address, &page.filter.first_page()));
    let older = page.next.map(|older| routes::audit(&address, &AuditFilter { older, ..page.filter.clone() }));
    let pages = pager(newest, older);
    let empty = page.entries.is_empty();
    let entries = if empty {
        let hint = if page.filter.is_set() { text!("audit-none-matches") } else { text!("audit-none") };
        Either::Left(view! { <p class="empty">{hint}</p> })
    } else {
        Either::Right(table(page.entries))
    };
    view! {
        <div class="stack">
            <ErrorSummary form=form.clone() />
            {filter_form(&page.filter, form, address, vendor)}
            {entries}
            <div class="cluster">
                {pages}
                {(!empty)
                    .then(|| {
                        view! {
                            <a class="button" href=export download="audit.jsonl">
                                {text!("audit-download")}
                            </a>
                        }
                    })}
            </div>
        </div>
    }
}

fn filter_form(filter: &AuditFilter, form: FormState, address: String, vendor: bool) -> impl IntoView + use<> {
    let open = filter.is_set() || !filter.team.is_empty() || !form.problems.is_empty();
    let actions = AuditAction::ALL.iter().map(|action| (action.as_str().to_owned(), action.text()));
    let team = vendor.then(|| {
        view! {
            <TextField
                form=form.clone()
                name=AuditFilter::TEAM
                label=text!("audit-team")
                hint=text!("audit-team.hint")
                value=filter.team.clone()
                optional=true
            />
        }
    });
    let filter = filter.clone();
    view! {
        <Filter action=address open=open>
            {team}
            <TextField
                form=form.clone()
                name=AuditFilter::ACTOR
                label=text!("audit-who")
                hint=text!("audit-who.hint")
                value=filter.actor.clone()
                optional=true
            />
            {filter_select(AuditFilter::ACTION, text!("audit-what"), text!("audit-what-any"), actions, &filter.action)}
            <Period
                form=form
                from=(AuditFilter::FROM, filter.from.clone())
                until=(AuditFilter::UNTIL, filter.until.clone())
            />
        </Filter>
    }
}

fn table(entries: Vec<AuditEntry>) -> impl IntoView {
    let rows = entries.into_iter().map(|entry| {
        let ip = entry.ip.clone().unwrap_or_default();
        view! {
            <tr>
                <td data-label=text!("audit-when") class="when">{moment(entry.at)}</td>
                <td data-label=text!("audit-who") class="long">
                    <div>{breakable(&entry.actor)}</div>
                </td>
                <td data-label=text!("audit-what") class="long">
                    <div>{event_description(&entry)}</div>
                </td>
                <td data-label=text!("audit-from") class="mono">
                    {ip}
                </td>
            </tr>
        }
    });
    view! {
        <table class="table">
            <caption class="visually-hidden">{text!("audit-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{text!("audit-when")}</th>
                    <th scope="col">{text!("audit-who")}</th>
                    <th scope="col">{text!("audit-what")}</th>
                    <th scope="col">{text!("audit-from")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// What happened, on what, and what it changed.
pub fn event_description(entry: &AuditEntry) -> impl IntoView + use<> {
    let target = entry.target.clone().map(|target| view! { " " <span class="mono">{target}</span> });
    let detail = entry.detail.clone().map(|detail| view! { <div class="mono">{detail}</div> });
    let changed = match (entry.before.clone(), entry.after.clone()) {
        (None, None) => None,
        (before, after) => Some(view! {
            <details>
                <summary>{text!("audit-changed")}</summary>
                <dl class="facts">
                    <dt>{text!("audit-before")}</dt>
                    <dd class="mono">{before.unwrap_or_else(|| text!("audit-nothing"))}</dd>
                    <dt>{text!("audit-after")}</dt>
                    <dd class="mono">{after.unwrap_or_else(|| text!("audit-nothing"))}</dd>
                </dl>
            </details>
        }),
    };
    view! {
        <b>{entry.action.clone()}</b>
        {target}
        {detail}
        {changed}
    }
}
