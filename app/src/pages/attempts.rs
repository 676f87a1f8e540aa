//! `/teams/{slug}/sign-ins` and `/support/sign-ins`: who signed in, and who could not.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use messages::text;
use model::attempts::{AttemptFilter, AttemptKind, AttemptPage, LiveTopic, OutcomeKind, UnknownSlug};
use model::{AttemptOutcome, FindingCode, FormState};

use super::{param, query};
use crate::api::attempts::{AttemptList, load_attempts};
use crate::components::attempts_table::attempts_table;
use crate::components::filter::{Filter, Period, choices, filter_select, pager};
use crate::components::form::{ErrorSummary, TextField};
use crate::components::layout::Page;
use crate::components::live::{LiveSource, live};
use crate::components::load::loaded;
use crate::components::time::moment;
use crate::error::ApiError;
use crate::findings::title;
use crate::routes;

/// A team's attempts.
#[component]
pub fn TeamAttempts() -> impl IntoView {
    let slug = param("slug");
    // what the identity provider showed is explained with a team's own values
    let idp_error = view! { <a href=routes::idp_error(&slug, None)>{text!("idp-error-link")}</a> };
    page(AttemptList::Team(slug), Some(idp_error), text!("attempt-list-intro.team"))
}

/// All teams' attempts.
#[component]
pub fn SupportAttempts() -> impl IntoView {
    page(AttemptList::Support, None::<()>, text!("attempt-list-intro.support"))
}

fn page(list: AttemptList, link: Option<impl IntoView + 'static>, intro: String) -> impl IntoView {
    let filter = AttemptFilter::of_address(query);
    let of = list.clone();
    let load = async move {
        let source = LiveSource::read(&of, &LiveTopic::List).await;
        let (page, form) = or_refused(&filter, load_attempts(of.clone(), filter.clone()).await)?;
        go_to_only_attempt(&of, &page);
        Ok((source, page, form))
    };
    let content = loaded(load, move |(source, page, form)| content(source, page, form, &list));
    view! {
        <Page title=text!("attempt-list-title")>
            <div class="page-head">
                <div>
                    <h1>{text!("attempt-list-title")}</h1>
                    <p>{intro}</p>
                </div>
                {link}
            </div>
            {content}
        </Page>
    }
}

/// A filter that was refused is shown with what is wrong, and no attempts.
fn or_refused(
    filter: &AttemptFilter,
    page: Result<AttemptPage, ApiError>,
) -> Result<(AttemptPage, FormState), ApiError> {
    match page {
        Ok(page) => Ok((page, FormState::default())),
        Err(ApiError::InvalidForm(form)) => {
            let filter = filter.clone();
            Ok((AttemptPage { attempts: Vec::new(), older: None, filter, unknown_slug: None, swept: 0 }, form))
        }
        Err(error) => Err(error),
    }
}

/// Whoever looks for a reference wants its report.
fn go_to_only_attempt(list: &AttemptList, page: &AttemptPage) {
    let only_reference = !page.filter.reference.is_empty() && page.filter.query().len() == 1;
    if let ([attempt], true) = (page.attempts.as_slice(), only_reference) {
        crate::api::go_to(&routes::attempt(&list.address(), attempt.reference.as_str()));
    }
}

fn content(source: LiveSource, page: AttemptPage, form: FormState, list: &AttemptList) -> impl IntoView + use<> {
    let address = list.address();
    let is_first = page.filter.older.is_empty();
    view! {
        <div class="stack">
            <ErrorSummary form=form.clone() />
            {find_form(&page.filter, &form, &address)}
            {common_questions(&page, &address, list.is_support())}
            {filter_form(&page.filter, form, &address, list.is_support())}
            {if is_first {
                Either::Left(live(source, attempts(page, list)))
            } else {
                // what is older does not change
                Either::Right(attempts(page, list))
            }}
        </div>
    }
}

/// The reference that somebody reads out stands first, outside of the filter.
fn find_form(filter: &AttemptFilter, form: &FormState, address: &str) -> impl IntoView + use<> {
    view! {
        <form method="get" action=address.to_owned() class="find" role="search" novalidate>
            <TextField
                form=form.clone()
                name=AttemptFilter::REFERENCE
                label=text!("attempt-find-reference")
                hint=text!("attempt-find-reference.hint")
                value=filter.reference.clone()
            />
            <button type="submit" class="button">
                {text!("attempt-find-button")}
            </button>
        </form>
    }
}

/// The questions that are asked most, each an address of its own: what failed today, tests, and the
/// findings that are on the page. On support's list they are asked of the team that it is filtered by.
fn common_questions(page: &AttemptPage, address: &str, support: bool) -> impl IntoView + use<> {
    const FINDINGS: usize = 3;
    let today = crate::api::now().map(|now| now.date_naive().to_string()).unwrap_or_default();
    let team = if support { page.filter.team.clone() } else { String::new() };
    let all = AttemptFilter { team, ..AttemptFilter::default() };
    let failed = AttemptFilter { outcome: Some(OutcomeKind::Failed), from: today, ..all.clone() };
    let tests = AttemptFilter { kind: Some(AttemptKind::Tests), ..all.clone() };
    let mut questions = vec![
        (text!("attempt-question-all"), all.clone()),
        (text!("attempt-question-failed-today"), failed),
        (text!("attempt-question-tests"), tests),
    ];
    for attempt in &page.attempts {
        let AttemptOutcome::Failed(code) = attempt.outcome else { continue };
        let question = (title(code), AttemptFilter { finding: Some(code), ..all.clone() });
        if !questions.contains(&question) && questions.len() < 3 + FINDINGS {
            questions.push(question);
        }
    }
    let asked = page.filter.first_page();
    let chips = questions.into_iter().map(|(label, filter)| {
        let current = (filter == asked).then_some("true");
        view! {
            <li>
                <a class="chip" href=routes::attempts(address, &filter) aria-current=current>
                    {label}
                </a>
            </li>
        }
    });
    view! {
        <ul role="list" class="cluster" aria-label=text!("attempt-questions")>
            {chips.collect_view()}
        </ul>
    }
}

fn filter_form(filter: &AttemptFilter, form: FormState, address: &str, support: bool) -> impl IntoView + use<> {
    let without_reference = AttemptFilter { reference: String::new(), ..filter.clone() };
    let refused = form.problems.iter().any(|(field, _)| field != AttemptFilter::REFERENCE);
    let (outcomes, kinds) = (choices(OutcomeKind::ALL), choices(AttemptKind::ALL));
    let findings = FindingCode::ALL.iter().map(|code| (Some(*code), title(*code)));
    let team = support.then(|| {
        view! {
            <TextField
                form=form.clone()
                name=AttemptFilter::TEAM
                label=text!("attempt-team")
                hint=text!("attempt-filter-team-hint")
                value=filter.team.clone()
                optional=true
            />
        }
    });
    let any = || text!("attempt-filter-any");
    let all_kinds = text!("attempt-filter-all-kinds");
    let who = if support { text!("attempt-filter-who-hint.support") } else { text!("attempt-filter-who-hint") };
    let filter = filter.clone();
    view! {
        <Filter action=address.to_owned() open=without_reference.is_set() || refused>
            {team}
            <div class="filters">
                {filter_select(AttemptFilter::OUTCOME, text!("attempt-result"), any(), outcomes, &filter.outcome)}
                {filter_select(AttemptFilter::KIND, text!("attempt-kind"), all_kinds, kinds, &filter.kind)}
                {filter_select(
                    AttemptFilter::FINDING,
                    text!("attempt-filter-finding"),
                    any(),
                    findings,
                    &filter.finding,
                )}
            </div>
            <TextField
                form=form.clone()
                name=AttemptFilter::PERSON
                label=text!("attempt-who")
                hint=who
                value=filter.person.clone()
                optional=true
            />
            <Period
                form=form
                from=(AttemptFilter::FROM, filter.from.clone())
                until=(AttemptFilter::UNTIL, filter.until.clone())
            />
        </Filter>
    }
}

/// The attempts, with the ways to the pages beside this one and the downloads.
fn attempts(page: AttemptPage, list: &AttemptList) -> impl IntoView + use<> {
    let AttemptPage { attempts, older, filter, unknown_slug, swept } = page;
    let address = list.address();
    let is_empty = attempts.is_empty();
    let newest = (!filter.older.is_empty()).then(|| routes::attempts(&address, &filter.first_page()));
    let older = older.map(|older| routes::attempts(&address, &AttemptFilter { older, ..filter.clone() }));
    let pages = pager(newest, older);
    let content = match unknown_slug {
        Some(unknown_slug) => EitherOf3::A(unmatched_arrival(&unknown_slug)),
        None if is_empty => EitherOf3::B(nothing(&filter, list)),
        None => EitherOf3::C(attempts_table(attempts, &address, list.is_support())),
    };
    view! {
        {content}
        {(swept > 0).then(|| view! { <p class="field__hint">{text!("attempt-list-removed", count = swept)}</p> })}
        <div class="cluster">
            {pages}
            {(!is_empty)
                .then(|| {
                    view! {
                        <a class="button" href=routes::attempts_export(&address, &filter, "csv") download="sign-ins.csv">
                            {text!("attempt-list-download-csv")}
                        </a>
                        <a class="button" href=routes::attempts_export(&address, &filter, "json") download="sign-ins.json">
                            {text!("attempt-list-download-json")}
                        </a>
                    }
                })}
        </div>
    }
}

fn nothing(filter: &AttemptFilter, list: &AttemptList) -> impl IntoView + use<> {
    let (title, hint) = match (filter.is_set(), list) {
        (true, AttemptList::Team(_)) if !filter.reference.is_empty() => {
            (text!("attempt-none-with-reference.team"), text!("attempt-none-with-reference.hint"))
        }
        (true, _) if !filter.reference.is_empty() => {
            (text!("attempt-none-with-reference"), text!("attempt-none-with-reference.hint"))
        }
        (true, _) => (text!("attempt-none-matches"), text!("attempt-none-matches.hint")),
        (false, AttemptList::Team(_)) => (text!("attempt-none"), text!("attempt-none.team")),
        (false, AttemptList::Support) => (text!("attempt-none"), text!("attempt-none.support")),
    };
    view! {
        <div class="empty">
            <strong>{title}</strong>
            <p>{hint}</p>
        </div>
    }
}

/// A reference that no attempt has: somebody opened an address that is none of a team's.
fn unmatched_arrival(arrival: &UnknownSlug) -> impl IntoView + use<> {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("attempt-unmatched")}</h2>
            <p>{text!("attempt-unmatched.text")}</p>
            <dl class="facts">
                <dt>{text!("attempt-reference")}</dt>
                <dd class="mono">{arrival.reference.to_string()}</dd>
                <dt>{text!("attempt-unmatched.slug")}</dt>
                <dd class="mono">
                    {arrival.slug.clone()} " " <span class="unverified">{text!("attempt-as-received")}</span>
                </dd>
                <dt>{text!("attempt-when")}</dt>
                <dd>{moment(arrival.at)}</dd>
            </dl>
            <p>{text!("attempt-unmatched.advice")}</p>
        </section>
    }
}
