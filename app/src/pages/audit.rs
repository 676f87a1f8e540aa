//! `/teams/{slug}/audit` and `/support/audit`: what anybody did.

use leptos::either::Either;
use leptos::prelude::*;
use model::audit::{AuditFilter, AuditPage};
use model::{AuditAction, AuditEntry, FormState};

use super::{param, query};
use crate::api::audit::{load_team_trail, load_vendor_trail};
use crate::components::filter::{Filter, Period, choice, pager};
use crate::components::form::{ErrorSummary, TextField};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::time::moment;
use crate::error::ApiError;
use crate::routes;

/// A team's trail.
#[component]
pub fn TeamAudit() -> impl IntoView {
    let slug = param("slug");
    let address = routes::team_audit(&slug);
    let back = routes::team(&slug);
    let filter = filter();
    let load = async move { refused(&filter, load_team_trail(slug, filter.clone()).await) };
    let content = loaded(load, move |(page, form)| trail(page, form, address, false));
    view! {
        <Page title="Audit trail">
            <p>
                <a href=back>"Back to the team"</a>
            </p>
            <div class="page-head">
                <h1>"Audit trail"</h1>
                <p>"Every change to this team and its connection: who, what, when and from where. Nothing here can be edited."</p>
            </div>
            {content}
        </Page>
    }
}

/// The vendor's trail.
#[component]
pub fn SupportAudit() -> impl IntoView {
    let filter = filter();
    let load = async move { refused(&filter, load_vendor_trail(filter.clone()).await) };
    let content = loaded(load, |(page, form)| trail(page, form, routes::SUPPORT_AUDIT.to_owned(), true));
    view! {
        <Page title="Audit trail">
            <p>
                <a href=routes::SUPPORT>"All teams"</a>
            </p>
            <div class="page-head">
                <h1>"Audit trail"</h1>
                <p>
                    "Sign-ins and changes of accounts, and, by team, all that happened to it. "
                    <code>"portal audit verify"</code> " proves that nothing was changed or taken out."
                </p>
            </div>
            {content}
        </Page>
    }
}

fn filter() -> AuditFilter {
    AuditFilter {
        actor: query("actor"),
        action: query("action"),
        from: query("from"),
        until: query("until"),
        team: query("team"),
        older: query("older"),
    }
}

/// A filter that was refused is shown with what is wrong, and no events.
fn refused(filter: &AuditFilter, page: Result<AuditPage, ApiError>) -> Result<(AuditPage, FormState), ApiError> {
    match page {
        Ok(page) => Ok((page, FormState::default())),
        Err(ApiError::Refused(form)) => {
            Ok((AuditPage { entries: Vec::new(), next: None, filter: filter.clone() }, form))
        }
        Err(error) => Err(error),
    }
}

fn trail(page: AuditPage, form: FormState, address: String, vendor: bool) -> impl IntoView {
    let export = routes::audit_export(&address, &page.filter);
    let with = |older| routes::audit(&address, &AuditFilter { older, ..page.filter.clone() });
    let pages = pager((!page.filter.older.is_empty()).then(|| with(String::new())), page.next.clone().map(with));
    let empty = page.entries.is_empty();
    let entries = if empty {
        let words = if page.filter.is_set() {
            "No event matches. Widen the filter."
        } else {
            "Nothing has happened yet. Every change will be listed here."
        };
        Either::Left(view! { <p class="empty">{words}</p> })
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
                                "Download as JSON Lines"
                            </a>
                        }
                    })}
            </div>
        </div>
    }
}

fn filter_form(filter: &AuditFilter, form: FormState, address: String, vendor: bool) -> impl IntoView + use<> {
    let open = filter.is_set() || !filter.team.is_empty() || !form.problems.is_empty();
    let actions = AuditAction::ALL.iter().map(|action| (action.as_str(), action.words()));
    let team = vendor.then(|| {
        view! {
            <TextField
                form=form.clone()
                name="team"
                label="Team"
                hint="A team's slug, or \"all\". Empty: accounts and the vendor's own settings."
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
                name="actor"
                label="Who"
                hint="An e-mail address, or \"the command line\"."
                value=filter.actor.clone()
                optional=true
            />
            {choice("action", "What", "Anything", actions, &filter.action)}
            <Period form=form from=filter.from.clone() until=filter.until.clone() />
        </Filter>
    }
}

fn table(entries: Vec<AuditEntry>) -> impl IntoView {
    let rows = entries.into_iter().map(|entry| {
        let place = entry.ip.clone().unwrap_or_default();
        view! {
            <tr>
                <td data-label="When">{moment(entry.at)}</td>
                <td data-label="Who" class="long">{entry.actor.clone()}</td>
                <td data-label="What" class="long">
                    <div>{what(&entry)}</div>
                </td>
                <td data-label="From" class="mono">
                    {place}
                </td>
            </tr>
        }
    });
    view! {
        <table class="table">
            <caption class="visually-hidden">"Events, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"When"</th>
                    <th scope="col">"Who"</th>
                    <th scope="col">"What"</th>
                    <th scope="col">"From"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

/// What happened, on what, and what it changed.
pub fn what(entry: &AuditEntry) -> impl IntoView + use<> {
    let target = entry.target.clone().map(|target| view! { " " <span class="mono">{target}</span> });
    let detail = entry.detail.clone().map(|detail| view! { <div class="mono">{detail}</div> });
    let changed = match (entry.before.clone(), entry.after.clone()) {
        (None, None) => None,
        (before, after) => Some(view! {
            <details>
                <summary>"What changed"</summary>
                <dl class="facts">
                    <dt>"Before"</dt>
                    <dd class="mono">{before.unwrap_or_else(|| "nothing".to_owned())}</dd>
                    <dt>"After"</dt>
                    <dd class="mono">{after.unwrap_or_else(|| "nothing".to_owned())}</dd>
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
