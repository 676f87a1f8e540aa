//! `/support/teams`: all teams, searched, filtered and sorted.

use leptos::either::Either;
use leptos::prelude::*;
use messages::{Text as _, text};
use model::support::{
    BulkAction, CertificateExpiry, QuietDays, SignInsState, TeamCount, TeamListFilter, TeamListPage, TeamSearchResult,
    TeamSort, WaitingFor,
};
use model::{FormState, IdentityProvider, TeamStatus};

use super::query;
use crate::api::support::find_teams;
use crate::components::done::done_notice;
use crate::components::filter::{Filter, choices, filter_select, neighbours};
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
    TeamListFilter::of_address(query)
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
    let certificates = choices(CertificateExpiry::ALL);
    let quiet = QuietDays::OFFERED.map(|quiet| (Some(quiet), text!("team-list-quiet-days", count = quiet.days())));
    let providers = IdentityProvider::ALL.iter().map(|provider| (Some(*provider), provider_name(*provider)));
    let by_itself = TeamSort::default();
    let others = TeamSort::ALL.iter().filter(move |sort| **sort != by_itself);
    let sorts = others.map(|sort| (*sort, sort.text()));
    let (state, waiting, sign_ins) = (choices(TeamStatus::ALL), choices(WaitingFor::ALL), choices(SignInsState::ALL));
    let filter = filter.clone();
    view! {
        <Filter action=routes::SUPPORT_TEAMS.to_owned() open=filter.is_expanded()>
            <input type="hidden" name=TeamListFilter::Q value=filter.q.clone() />
            <div class="filters">
                {filter_select(TeamListFilter::STATE, text!("team-list-state"), any(), state, &filter.state)}
                {filter_select(TeamListFilter::WAITING, text!("team-list-waiting"), any(), waiting, &filter.waiting)}
                {filter_select(
                    TeamListFilter::CERTIFICATE,
                    text!("team-list-certificate"),
                    any(),
                    certificates,
                    &filter.certificate,
                )}
                {filter_select(
                    TeamListFilter::SIGN_INS,
                    text!("team-list-sign-ins"),
                    any(),
                    sign_ins,
                    &filter.sign_ins,
                )}
                {filter_select(TeamListFilter::QUIET, text!("team-list-quiet"), any(), quiet, &filter.quiet)}
                {filter_select(
                    TeamListFilter::PROVIDER,
                    text!("team-list-provider"),
                    any(),
                    providers,
                    &filter.provider,
                )}
                {filter_select(TeamListFilter::SORT, text!("team-list-sort"), by_itself.text(), sorts, &filter.sort)}
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
