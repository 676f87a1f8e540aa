//! `/teams/{slug}`: how a team stands, what needs a look, and what its people did lately.

use leptos::prelude::*;
use leptos_meta::Title;
use messages::{Text as _, text};
use model::attempts::RecentNotes;
use model::support::ReviewMessageView;
use model::team_statistics::SignInCount;
use model::{
    AuditEntry, FormState, IdentityProvider, Notice, Role, SetupStep, SetupView, TeamStatistics, TeamStatus, TeamView,
};

use super::param;
use crate::api::attempts::{load_recent_notes, load_statistics};
use crate::api::audit::load_connection_history;
use crate::api::reviews::load_team_review_thread;
use crate::api::setup::load_setup;
use crate::components::copy::Copy;
use crate::components::form::form_state;
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::needs_attention::needs_attention;
use crate::components::notice::notice;
use crate::components::review_thread::review_thread;
use crate::components::rich_text::rich_text;
use crate::components::sign_in_chart::sign_in_chart;
use crate::components::status::team_status;
use crate::components::time::moment;
use crate::findings::title;
use crate::remediation::{TeamValue, provider_name};
use crate::routes;

/// A team's overview.
#[component]
pub fn Team() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let (statistics, notes) = (load_statistics(slug.clone()).await?, load_recent_notes(slug.clone()).await?);
        let history = load_connection_history(slug.clone()).await?;
        let thread = load_team_review_thread(slug.clone()).await?;
        Ok((form_state(Notice::FORM).await, load_setup(slug).await?, statistics, notes, (history, thread)))
    };
    let content = loaded(load, |(form, view, statistics, notes, (history, thread))| {
        overview(&form, &view, &statistics, &notes, history.first(), thread)
    });
    view! { <Page title=text!("team-title")>{content}</Page> }
}

fn overview(
    form: &FormState,
    view: &SetupView,
    statistics: &TeamStatistics,
    notes: &RecentNotes,
    last_change: Option<&AuditEntry>,
    thread: Vec<ReviewMessageView>,
) -> impl IntoView + use<> {
    let team = view.team.clone();
    let slug = team.slug.to_string();
    let is_before_live = !matches!(team.status, TeamStatus::Active | TeamStatus::Suspended);
    view! {
        <Title text=team.name.clone() />
        <div class="stack">
            <div class="page-head">
                <h1>{team.name.clone()}</h1>
                {actions(&team)}
            </div>
            {notice(form, Some(&slug))}
            {state(&team, view, last_change, thread.is_empty())}
            {is_before_live.then(|| review_thread(thread))}
            {needs_attention(view, statistics)}
            {sign_ins(&team, statistics)}
            {recent_notes(&slug, notes)}
            {values(view)}
        </div>
    }
}

fn actions(team: &TeamView) -> impl IntoView + use<> {
    let slug = team.slug.as_str();
    let test = (team.role >= Role::Admin).then(|| {
        view! {
            <a class="button" href=routes::start_test(slug) target="_blank" rel="noopener">
                {text!("team-link-test")}
                " "
                <span class="visually-hidden">{text!("layout-opens-new-tab")}</span>
            </a>
        }
    });
    view! { <div class="cluster">{team_status(team.status)} {test}</div> }
}

/// The numbers of the last days, with the days themselves.
fn sign_ins(team: &TeamView, statistics: &TeamStatistics) -> impl IntoView + use<> {
    let last =
        team.last_sign_in_at.map_or_else(|| text!("team-last-sign-in-never").into_any(), |at| moment(at).into_any());
    let stat = |number: AnyView, label: String| {
        view! {
            <div class="stat">
                <span class="stat__number">{number}</span>
                <span class="stat__label">{label}</span>
            </div>
        }
    };
    let (week, month) = (statistics.last(7), statistics.last(30));
    let rate =
        |sum: SignInCount| sum.success_percent().map_or_else(|| text!("team-rate-none"), |rate| format!("{rate}%"));
    let people = routes::people(team.slug.as_str());
    view! {
        <section class="card stack stack--tight" aria-labelledby="team-sign-ins">
            <h2 class="card__title" id="team-sign-ins">{text!("team-sign-ins")}</h2>
            <div class="stats">
                {stat(view! { <a href=people>{team.people}</a> }.into_any(), text!("team-people", count = team.people))}
                {stat(last, text!("team-last-sign-in"))}
                {stat(week.passed.into_any(), text!("team-week"))}
                {stat(rate(week).into_any(), text!("team-week-rate"))}
                {stat(month.passed.into_any(), text!("team-month"))}
                {stat(rate(month).into_any(), text!("team-month-rate"))}
            </div>
            {sign_in_chart(&statistics.days)}
        </section>
    }
}

/// What the administrator of the identity provider asks for again and again.
fn values(view: &SetupView) -> impl IntoView + use<> {
    let provider = IdentityProvider::in_use(view.team.identity_provider, view.connection.idp.as_ref());
    let endpoints = view.team.endpoints.clone();
    view! {
        <section class="card stack">
            <h2 class="card__title">{text!("team-values", provider = provider_name(provider))}</h2>
            <Copy label=TeamValue::Identifier.label(provider) value=endpoints.identifier />
            <Copy label=TeamValue::ReplyUrl.label(provider) value=endpoints.reply_url />
            <Copy label=TeamValue::SignOnUrl.label(provider) value=endpoints.sign_on_url />
        </section>
    }
}

/// What the latest sign-ins show again and again, each with the report to look at.
fn recent_notes(slug: &str, recent: &RecentNotes) -> Option<impl IntoView + use<>> {
    if recent.notes.is_empty() {
        return None;
    }
    let list = routes::team_attempts(slug);
    let notes = recent.notes.iter().map(|note| {
        let often = text!("team-notes-often", count = note.sign_ins, of = recent.sign_ins);
        let report = routes::attempt(&list, note.latest.as_str());
        view! {
            <li>
                <a href=report>{title(note.code)}</a>
                " "
                <span class="muted">{often}</span>
            </li>
        }
    });
    let notes = notes.collect_view();
    Some(view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{text!("team-notes")}</h2>
            <p>{text!("team-notes.text")}</p>
            <ul>{notes}</ul>
        </section>
    })
}

/// What a team's status means: the kind of notice, a title, an explanation, and where to go on.
fn status_text(team: &TeamView, next_step: SetupStep) -> (&'static str, String, String, Option<(String, String)>) {
    let slug = team.slug.as_str();
    match team.status {
        TeamStatus::Draft => (
            "info",
            text!("team-draft"),
            text!("team-draft.text"),
            Some((routes::setup(slug, next_step), text!("team-draft.link", step = next_step.text()))),
        ),
        TeamStatus::InReview => (
            "info",
            text!("team-in-review"),
            text!("team-in-review.text"),
            Some((routes::setup(slug, SetupStep::GoLive), text!("team-in-review.link"))),
        ),
        TeamStatus::ChangesRequested => (
            "warning",
            text!("team-changes-requested"),
            text!("team-changes-requested.text"),
            Some((routes::setup(slug, SetupStep::GoLive), text!("team-changes-requested.link"))),
        ),
        TeamStatus::Active => ("success", text!("team-active"), text!("team-active.text"), None),
        TeamStatus::Suspended => ("danger", text!("team-suspended"), text!("team-suspended.text"), None),
    }
}

/// What the state means and what to do next; of a team that is live since when, of another who was at work last.
fn state(
    team: &TeamView,
    view: &SetupView,
    last_change: Option<&AuditEntry>,
    is_without_thread: bool,
) -> impl IntoView + use<> {
    let (kind, title, explanation, link) = status_text(team, view.next_step());
    // the thread ends with what was asked for last
    let is_quoted = is_without_thread || team.status != TeamStatus::ChangesRequested;
    let quote = team.status_words.clone().filter(|_| is_quoted).map(|quote| view! { <blockquote>{quote}</blockquote> });
    let link = link.map(|(href, label)| {
        view! {
            <p>
                <a class="button button--primary" href=href>
                    {label}
                </a>
            </p>
        }
    });
    let live = view.live.as_ref().filter(|_| team.status == TeamStatus::Active);
    let since = live.and_then(|live| Some((live.number, live.live_at?))).map(|(number, at)| {
        let number = view! { <strong>{text!("connection-page-revision", number = number)}</strong> }.into_any();
        let since = moment(at).into_any();
        view! { <p>{rich_text("connection-page-since", vec![("revision", number), ("since", since)])}</p> }
    });
    let at_work = last_change.filter(|_| team.status != TeamStatus::Active).map(|change| {
        let (who, at) = (change.actor.clone().into_any(), moment(change.at).into_any());
        let what = change.action.clone().into_any();
        view! { <p class="muted">{rich_text("team-last-change", vec![("who", who), ("what", what), ("at", at)])}</p> }
    });
    view! {
        <div class=format!("notice notice--{kind}")>
            <strong>{title}</strong>
            <p>{explanation}</p>
            {since}
            {at_work}
            {quote}
            {link}
        </div>
    }
}
