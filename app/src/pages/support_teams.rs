//! `/support/teams`: all teams, searched, filtered and sorted.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::support::{BulkAction, TeamCount, TeamListFilter, TeamListPage, TeamSearchResult};
use model::{FormState, IdentityProvider, TeamStatus};

use super::query;
use crate::api::support::find_teams;
use crate::components::done::done_notice;
use crate::components::filter::{Filter, filter_select, neighbours};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::{form_or_notice, notice};
use crate::components::saved_views::saved_views;
use crate::components::team_search::team_search;
use crate::components::team_table::team_table;
use crate::remediation::provider_name;
use crate::routes;

/// All teams.
#[component]
pub fn SupportTeams() -> impl IntoView {
    let filter = filter_of_address();
    let load = async move {
        let form = form_or_notice("save_view").await;
        let result = find_teams(filter.clone()).await?;
        Ok(match result {
            TeamSearchResult::Teams(page) => Some((form, *page)),
            TeamSearchResult::SignIn(reference) => {
                crate::api::go_to(&routes::attempt(routes::SUPPORT_ATTEMPTS, reference.as_str()));
                None
            }
        })
    };
    let content = loaded(load, |page| page.map(|(form, page)| content(&form, page)));
    view! {
        <Page title=text!("team-list-title")>
            <h1>{text!("team-list-title")}</h1>
            {content}
        </Page>
    }
}

/// What the address of a page of the list says.
pub fn filter_of_address() -> TeamListFilter {
    TeamListFilter {
        q: query("q"),
        state: query("state"),
        waiting: query("waiting"),
        certificate: query("certificate"),
        sign_ins: query("sign_ins"),
        quiet: query("quiet"),
        provider: query("provider"),
        sort: query("sort"),
        after: query("after"),
        before: query("before"),
    }
}

fn content(form: &FormState, page: TeamListPage) -> impl IntoView + use<> {
    let TeamListPage { teams, count, previous, next, filter, views, now } = page;
    let with = |after, before| routes::support_teams(&TeamListFilter { after, before, ..filter.clone() });
    let pages =
        neighbours(previous.map(|before| with(String::new(), before)), next.map(|after| with(after, String::new())));
    let list = if teams.is_empty() {
        Either::Left(nothing(&filter))
    } else {
        Either::Right(view! {
            <p role="status">{counted(count)}</p>
            {team_table(text!("team-list-title"), teams, now)}
            <div class="cluster">
                {pages}
                <a class="button" href=routes::support_teams_csv(&filter) download="teams.csv">
                    {text!("team-list-download")}
                </a>
            </div>
            <p class="cluster">
                <span>{text!("bulk-together")}</span>
                <a href=routes::support_bulk(BulkAction::Remind, &filter)>{text!("bulk-remind-link")}</a>
                <a href=routes::support_bulk(BulkAction::Suspend, &filter)>{text!("bulk-suspend-link")}</a>
            </p>
        })
    };
    view! {
        <div class="stack">
            {done_notice()} {notice(form, None)} {team_search(&filter)} {filter_form(&filter)}
            {saved_views(views, &filter, form)} {list}
        </div>
    }
}

fn filter_form(filter: &TeamListFilter) -> impl IntoView + use<> {
    let any = || text!("team-list-any");
    let states = TeamStatus::ALL.iter().map(|status| (status.as_str(), status.text()));
    let waiting = [("support", text!("team-list-waiting-support")), ("team", text!("team-list-waiting-team"))];
    let certificates =
        [("ends-soon", text!("team-list-certificate-ends-soon")), ("over", text!("team-list-certificate-over"))];
    let failing = [(TeamListFilter::FAILING, text!("team-list-sign-ins-failing"))];
    let quiet = TeamListFilter::QUIET_DAYS.map(|days| {
        let count: u64 = days.parse().unwrap_or_default();
        (days, text!("team-list-quiet-days", count = count))
    });
    let providers = IdentityProvider::ALL.iter().map(|provider| (provider.as_str(), provider_name(*provider)));
    let sorts = [
        ("waiting", text!("team-list-sort-waiting")),
        ("last-sign-in", text!("team-list-sort-last-sign-in")),
        ("quiet", text!("team-list-sort-quiet")),
    ];
    let filter = filter.clone();
    view! {
        <Filter action=routes::SUPPORT_TEAMS.to_owned() open=filter.is_folded_out()>
            <input type="hidden" name="q" value=filter.q.clone() />
            <div class="filters">
                {filter_select("state", text!("team-list-state"), any(), states, &filter.state)}
                {filter_select("waiting", text!("team-list-waiting"), any(), waiting, &filter.waiting)}
                {filter_select("certificate", text!("team-list-certificate"), any(), certificates, &filter.certificate)}
                {filter_select("sign_ins", text!("team-list-sign-ins"), any(), failing, &filter.sign_ins)}
                {filter_select("quiet", text!("team-list-quiet"), any(), quiet, &filter.quiet)}
                {filter_select("provider", text!("team-list-provider"), any(), providers, &filter.provider)}
                {filter_select("sort", text!("team-list-sort"), text!("team-list-sort-name"), sorts, &filter.sort)}
            </div>
        </Filter>
    }
}

fn counted(count: TeamCount) -> String {
    match count {
        TeamCount::Exactly(count) => text!("team-list-count", count = count),
        TeamCount::MoreThan(count) => text!("team-list-count-more", count = count),
    }
}

fn nothing(filter: &TeamListFilter) -> impl IntoView + use<> {
    let (title, hint) = if filter.is_set() {
        (text!("team-list-none-found"), text!("team-list-none-found.hint"))
    } else {
        (text!("team-list-empty"), text!("team-list-empty.hint"))
    };
    view! {
        <div class="empty">
            <strong>{title}</strong>
            <p>{hint}</p>
        </div>
    }
}
