//! `/teams/{slug}/sign-ins` and `/support/sign-ins`: who signed in, and who could not.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use model::attempts::{AttemptFilter, AttemptPage, UnknownSlug};
use model::{FindingCode, FormState};

use super::{param, query};
use crate::api::sign_ins::{Scope, Watched, load_sign_ins};
use crate::components::filter::{Filter, Period, choice, pager};
use crate::components::form::{ErrorSummary, TextField};
use crate::components::layout::Page;
use crate::components::live::{Followed, live};
use crate::components::load::loaded;
use crate::components::sign_in_table::sign_in_table;
use crate::components::time::moment;
use crate::error::ApiError;
use crate::routes;
use crate::words::findings::words;

/// A team's sign-ins.
#[component]
pub fn TeamSignIns() -> impl IntoView {
    let slug = param("slug");
    let back = routes::team(&slug);
    page(Scope::Team(slug), back, "Back to the team", "Every sign-in and every test of your team, as it happens.")
}

/// All teams' sign-ins.
#[component]
pub fn SupportSignIns() -> impl IntoView {
    let words = "Every sign-in and every test of all teams, as it happens.";
    page(Scope::Vendor, routes::SUPPORT.to_owned(), "All teams", words)
}

fn page(scope: Scope, back: String, back_words: &'static str, words: &'static str) -> impl IntoView {
    let filter = filter();
    let of = scope.clone();
    let load = async move {
        let followed = Followed::now(&of, &Watched::List).await;
        let (page, form) = refused(&filter, load_sign_ins(of.clone(), filter.clone()).await)?;
        go_to_the_one_asked_for(&of, &page);
        Ok((followed, page, form))
    };
    // what Microsoft showed is explained with a team's own values
    let error = match &scope {
        Scope::Team(slug) => Some(routes::entra_error(slug, None)),
        Scope::Vendor => None,
    };
    let content = loaded(load, move |(followed, page, form)| sign_ins(followed, page, form, &scope));
    view! {
        <Page title="Sign-ins">
            <p class="cluster">
                <a href=back>{back_words}</a>
                {error.map(|address| view! { <a href=address>"Microsoft showed an error?"</a> })}
            </p>
            <div class="page-head">
                <h1>"Sign-ins"</h1>
                <p>{words}</p>
            </div>
            {content}
        </Page>
    }
}

fn filter() -> AttemptFilter {
    AttemptFilter {
        team: query("team"),
        outcome: query("outcome"),
        person: query("person"),
        finding: query("finding"),
        from: query("from"),
        until: query("until"),
        reference: query("reference"),
        kind: query("kind"),
        older: query("older"),
    }
}

/// A filter that was refused is shown with what is wrong, and no attempts.
fn refused(filter: &AttemptFilter, page: Result<AttemptPage, ApiError>) -> Result<(AttemptPage, FormState), ApiError> {
    match page {
        Ok(page) => Ok((page, FormState::default())),
        Err(ApiError::Refused(form)) => {
            let filter = filter.clone();
            Ok((AttemptPage { attempts: Vec::new(), older: None, filter, unknown_slug: None, swept: 0 }, form))
        }
        Err(error) => Err(error),
    }
}

/// Whoever asks for a reference wants its report.
fn go_to_the_one_asked_for(scope: &Scope, page: &AttemptPage) {
    let only_reference = !page.filter.reference.is_empty() && page.filter.query().len() == 1;
    if let ([attempt], true) = (page.attempts.as_slice(), only_reference) {
        go_to(&routes::sign_in(&scope.list(), attempt.reference.as_str()));
    }
}

fn go_to(address: &str) {
    #[cfg(feature = "ssr")]
    crate::api::go_to(address);
    #[cfg(not(feature = "ssr"))]
    let _ = address;
}

fn sign_ins(followed: Followed, page: AttemptPage, form: FormState, scope: &Scope) -> impl IntoView + use<> {
    let list = scope.list();
    let is_first = page.filter.older.is_empty();
    view! {
        <div class="stack">
            <ErrorSummary form=form.clone() />
            {find_form(&page.filter, &form, &list)}
            {filter_form(&page.filter, form, &list, scope.is_vendor())}
            {if is_first {
                Either::Left(live(followed, attempts(page, scope)))
            } else {
                // what is older does not change
                Either::Right(attempts(page, scope))
            }}
        </div>
    }
}

/// The reference that somebody reads out stands first, outside of the filter.
fn find_form(filter: &AttemptFilter, form: &FormState, list: &str) -> impl IntoView + use<> {
    view! {
        <form method="get" action=list.to_owned() class="find" role="search" novalidate>
            <TextField
                form=form.clone()
                name="reference"
                label="Find a reference"
                hint="As the person reads it out, such as SSO-7F3K-2Q9M."
                value=filter.reference.clone()
            />
            <button type="submit" class="button">
                "Find"
            </button>
        </form>
    }
}

fn filter_form(filter: &AttemptFilter, form: FormState, list: &str, vendor: bool) -> impl IntoView + use<> {
    let asked = AttemptFilter { reference: String::new(), ..filter.clone() };
    let refused = form.problems.iter().any(|(field, _)| field != "reference");
    let findings = FindingCode::ALL.iter().map(|code| (code.as_str(), words(*code).title));
    let team = vendor.then(|| {
        view! {
            <TextField form=form.clone() name="team" label="Team" hint="A team's slug." value=filter.team.clone() optional=true />
        }
    });
    let filter = filter.clone();
    view! {
        <Filter action=list.to_owned() open=asked.is_set() || refused>
            {team}
            <div class="filters">
                {choice("outcome", "Result", "Any", AttemptFilter::OUTCOMES, &filter.outcome)}
                {choice("kind", "Kind", "Sign-ins and tests", AttemptFilter::KINDS, &filter.kind)}
                {choice("finding", "Finding", "Any", findings, &filter.finding)}
            </div>
            <TextField
                form=form.clone()
                name="person"
                label="Who"
                hint="A whole e-mail address or name identifier."
                value=filter.person.clone()
                optional=true
            />
            <Period form=form from=filter.from.clone() until=filter.until.clone() />
        </Filter>
    }
}

/// The attempts, with the ways to the pages beside this one and the downloads.
fn attempts(page: AttemptPage, scope: &Scope) -> impl IntoView + use<> {
    let AttemptPage { attempts, older, filter, unknown_slug, swept } = page;
    let list = scope.list();
    let is_empty = attempts.is_empty();
    let with = |older| routes::sign_ins(&list, &AttemptFilter { older, ..filter.clone() });
    let pages = pager((!filter.older.is_empty()).then(|| with(String::new())), older.map(with));
    let content = match unknown_slug {
        Some(unknown_slug) => EitherOf3::A(unknown_slug_found(&unknown_slug)),
        None if is_empty => EitherOf3::B(nothing(&filter, scope)),
        None => EitherOf3::C(sign_in_table(attempts, &list, scope.is_vendor())),
    };
    view! {
        {content}
        {(swept > 0).then(|| swept_words(swept))}
        <div class="cluster">
            {pages}
            {(!is_empty)
                .then(|| {
                    view! {
                        <a class="button" href=routes::sign_ins_export(&list, &filter, "csv") download="sign-ins.csv">
                            "Download as CSV"
                        </a>
                        <a class="button" href=routes::sign_ins_export(&list, &filter, "json") download="sign-ins.json">
                            "Download as JSON"
                        </a>
                    }
                })}
        </div>
    }
}

/// What is missing from the list.
fn swept_words(swept: u64) -> impl IntoView + use<> {
    view! {
        <p class="field__hint">
            {format!(
                "{swept} older sign-ins that never came back or were refused unread, or were tests, are counted here and \
                 no longer listed: there is no end to them, so only the newest are kept.",
            )}
        </p>
    }
}

fn nothing(filter: &AttemptFilter, scope: &Scope) -> impl IntoView + use<> {
    let (title, words) = match (filter.is_set(), scope) {
        (true, Scope::Team(_)) if !filter.reference.is_empty() => (
            "No sign-in of your team has this reference",
            "Compare it with what the person reads. A reference ends with the sign-ins that are kept.",
        ),
        (true, _) if !filter.reference.is_empty() => (
            "No sign-in has this reference",
            "Compare it with what the person reads. A reference ends with the sign-ins that are kept.",
        ),
        (true, _) => ("No sign-in matches", "Widen the filter."),
        (false, Scope::Team(_)) => (
            "Nobody has tried to sign in yet",
            "Every sign-in and every test is listed here within seconds, with what happened step by step. Begin with a test from the team's page.",
        ),
        (false, Scope::Vendor) => (
            "Nobody has tried to sign in yet",
            "Every sign-in and every test of any team is listed here within seconds.",
        ),
    };
    view! {
        <div class="empty">
            <strong>{title}</strong>
            <p>{words}</p>
        </div>
    }
}

/// A reference that no attempt has: somebody opened an address that is none of a team's.
fn unknown_slug_found(unknown_slug: &UnknownSlug) -> impl IntoView + use<> {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">"This reference belongs to no team"</h2>
            <p>
                "Somebody opened an address of ours that is no team's, and was shown this reference. As a rule the Sign on URL or the Reply URL is mistyped in the identity provider, or the team's slug has been cut off."
            </p>
            <dl class="facts">
                <dt>"Reference"</dt>
                <dd class="mono">{unknown_slug.reference.to_string()}</dd>
                <dt>"Where a team's slug stands"</dt>
                <dd class="mono">{unknown_slug.slug.clone()} " " <span class="unverified">"as received, not verified"</span></dd>
                <dt>"When"</dt>
                <dd>{moment(unknown_slug.at)}</dd>
            </dl>
            <p>"Ask the person which application they opened, and the administrator of its identity provider to compare the addresses with those of their team."</p>
        </section>
    }
}
