//! `/support/teams/{slug}`: all that support may see of a team, and what it decides.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use model::attempts::SignInFilter;
use model::support::SupportTeamView;
use model::{AttemptSummary, AuditEntry, FormState, Role, TeamStatus};

use super::audit::what;
use super::param;
use super::support_vendor::{Owner, links, new_link, vendor};
use crate::api::attempts::AttemptList;
use crate::api::onboarding::onboarding_link;
use crate::api::support::{ApproveTeam, RequestChanges, ResumeTeam, SuspendTeam, load_support_team};
use crate::components::attempt::report;
use crate::components::attempts_table::attempts_table;
use crate::components::connection::configuration;
use crate::components::decision::{confirmation, seen, untested, what_changes};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, TextArea, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::{form_or_notice, notice};
use crate::components::status::team_status;
use crate::components::time::moment;
use crate::routes;

/// The refused forms of the page.
struct Forms {
    plain: FormState,
    changes: FormState,
    suspend: FormState,
    onboard: FormState,
    vendor: FormState,
}

/// A team, for support.
#[component]
pub fn SupportTeam() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let forms = Forms {
            plain: form_or_notice("support_team").await,
            changes: form_state("request_changes").await,
            suspend: form_state("suspend").await,
            onboard: form_state("onboard").await,
            vendor: form_state("vendor_team").await,
        };
        let view = load_support_team(slug.clone()).await?;
        Ok((forms, view, onboarding_link(slug).await?))
    };
    let content = loaded(load, |(forms, view, link)| page(&forms, view, link));
    view! { <Page title="Team">{content}</Page> }
}

fn page(forms: &Forms, view: SupportTeamView, link: Option<String>) -> impl IntoView + use<> {
    let team = &view.team;
    let reason = team.status_words.clone().map(|words| view! { <blockquote>{words}</blockquote> });
    let head = view! {
        <Title text=format!("{} · Support", team.name) />
        <p>
            <a href=routes::SUPPORT>"All teams"</a>
        </p>
        <div class="page-head">
            <h1>{team.name.clone()}</h1>
            <p class="cluster">
                {team_status(team.status)} <code>{team.slug.to_string()}</code> <span>"created " {moment(team.created_at)}</span>
                <span>{team.people} " people"</span>
            </p>
        </div>
        {reason}
        {done_notice()}
        {notice(&forms.plain, None)}
        {new_link(link)}
        <ErrorSummary form=forms.plain.clone() />
        <ErrorSummary form=forms.changes.clone() />
        <ErrorSummary form=forms.suspend.clone() />
        <ErrorSummary form=forms.onboard.clone() />
        <ErrorSummary form=forms.vendor.clone() />
    };
    let decision = if view.may_decide { decision(forms, &view) } else { for_administrators() };
    let draft = view.draft.as_ref().map(|draft| {
        let title = format!("Revision {} (draft)", draft.number);
        section_card(title, configuration(draft, view.live.as_ref()))
    });
    let live = view.live.as_ref().map(|live| {
        let title = format!("Revision {} (live)", live.number);
        section_card(title, configuration(live, None))
    });
    let key = view.current_key.clone().map(|thumbprint| {
        let facts = view! {
            <dl class="facts">
                <dt class="entra">"Thumbprint"</dt>
                <dd class="mono">{thumbprint}</dd>
            </dl>
        };
        section_card("The team's current key".to_owned(), facts)
    });
    let nothing = (view.draft.is_none() && view.live.is_none())
        .then(|| view! { <p class="empty">"Nothing is configured yet."</p> });
    let test = match view.last_test {
        Some(test) => Either::Left(report(test, &AttemptList::Support, false)),
        None => Either::Right(view! { <p class="empty">"No test sign-in with this configuration yet."</p> }),
    };
    let slug = team.slug.to_string();
    let owner = match view.members.iter().any(|member| member.role == Role::Owner) {
        true => Owner::There,
        false if view.may_send_link => Owner::Missing,
        false => Owner::ForAdministrators,
    };
    let links = links(view.invitations, owner, view.may_send_link, &slug, forms.onboard.clone());
    let vendor = view.vendor.map(|own| {
        section_card("The vendor's own team".to_owned(), vendor(own, &slug, &view.digests.live, forms.vendor.clone()))
    });
    let members = view.members.into_iter().map(|member| {
        view! {
            <dt>{member.email}</dt>
            <dd>{member.role.as_str()}</dd>
        }
    });
    view! {
        <div class="stack">
            {head} {decision} {draft} {live} {key} {nothing} <section class="stack stack--tight">
                <h2>"Last test sign-in"</h2>
                {test}
            </section> <section class="stack stack--tight">
                <h2>"Latest sign-ins"</h2>
                {sign_ins(view.sign_ins, &slug)}
                <p>
                    <a href=routes::support_entra_error(&slug, None)>"Microsoft showed an error?"</a>
                </p>
            </section>
            {section_card("Members".to_owned(), view! { <dl class="facts">{members.collect_view()}</dl> })}
            {section_card("Invitations and onboarding links".to_owned(), links)} {vendor}
            {section_card("What happened".to_owned(), trail(view.audit))}
        </div>
    }
}

fn section_card(title: String, content: impl IntoView + 'static) -> impl IntoView {
    view! {
        <section class="card stack stack--tight">
            <h2 class="card__title">{title}</h2>
            {content}
        </section>
    }
}

/// What a reviewer reads on the page of the vendor's own team.
fn for_administrators() -> AnyView {
    view! {
        <div class="notice notice--info">
            <strong>"Only support administrators decide about this team"</strong>
            <p>"It is the vendor's own: its identity provider signs support in. Ask an administrator if something has to change."</p>
        </div>
    }
    .into_any()
}

/// What support can decide in the team's state.
fn decision(forms: &Forms, view: &SupportTeamView) -> AnyView {
    let team = &view.team;
    let slug = team.slug.to_string();
    match team.status {
        TeamStatus::InReview => view! {
            <section class="card stack">
                <h2 class="card__title">"Decide"</h2>
                {(!view.tested).then(|| untested("this revision"))} {approve(view)}
                {with_words(
                    RequestChanges::url(),
                    on(&slug, &view.digests.next),
                    &forms.changes,
                    "words",
                    "What should the team change?",
                    "Ask for changes",
                    "button",
                )}
            </section>
        }
        .into_any(),
        TeamStatus::Active => view! {
            <details class="card">
                <summary>"Suspend this team"</summary>
                {with_words(
                    SuspendTeam::url(),
                    on(&slug, &view.digests.live),
                    &forms.suspend,
                    "reason",
                    "Why is sign-in stopped?",
                    "Suspend",
                    "button button--danger",
                )}
            </details>
        }
        .into_any(),
        TeamStatus::Suspended => view! {
            <section class="card">{simple(ResumeTeam::url(), on(&slug, &view.digests.live), "Resume sign-in")}</section>
        }
        .into_any(),
        TeamStatus::Draft | TeamStatus::ChangesRequested => view! {
            <div class="notice notice--info">
                <strong>"The team is still at work"</strong>
                <p>"It appears in the queue when it submits its configuration."</p>
            </div>
        }
        .into_any(),
    }
}

/// Approving, which says first what goes live.
fn approve(view: &SupportTeamView) -> impl IntoView + use<> {
    let changes = view.draft.as_ref().or(view.live.as_ref()).map(|next| what_changes(next, view.live.as_ref()));
    let words = view! {
        {changes}
        <p>"The team's members get a mail."</p>
    };
    let form = simple(ApproveTeam::url(), on(view.team.slug.as_str(), &view.digests.next), "Yes, approve and go live");
    confirmation("Approve and go live".to_owned(), "button button--primary", words, form)
}

/// What a decision is about: the team, and what the page showed of it.
fn on(slug: &str, digest: &str) -> AnyView {
    view! {
        <input type="hidden" name="slug" value=slug.to_owned() />
        {seen(digest)}
    }
    .into_any()
}

fn simple(action: &'static str, subject: AnyView, label: &'static str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action class="form-actions">
            {subject}
            <button type="submit" class="button button--primary">
                {label}
            </button>
        </form>
    }
}

fn with_words(
    action: &'static str,
    subject: AnyView,
    form: &FormState,
    name: &'static str,
    label: &'static str,
    button: &'static str,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action class="stack stack--tight">
            {subject}
            <TextArea form=form.clone() name label hint="These words go to the team's members by mail." rows=3 />
            <div class="form-actions">
                <button type="submit" class=class>
                    {button}
                </button>
            </div>
        </form>
    }
}

fn sign_ins(attempts: Vec<AttemptSummary>, slug: &str) -> impl IntoView + use<> {
    if attempts.is_empty() {
        return Either::Left(view! { <p class="empty">"Nobody has tried to sign in yet."</p> });
    }
    let all = SignInFilter { team: slug.to_owned(), ..SignInFilter::default() };
    Either::Right(view! {
        {attempts_table(attempts, routes::SUPPORT_ATTEMPTS, false)}
        <p>
            <a href=routes::attempts(routes::SUPPORT_ATTEMPTS, &all)>"All sign-ins of this team"</a>
        </p>
    })
}

fn trail(events: Vec<AuditEntry>) -> impl IntoView {
    let items = events.into_iter().map(|event| {
        view! {
            <li>
                {moment(event.at)} " " {event.actor.clone()} ": " {what(&event)}
            </li>
        }
    });
    view! { <ol class="timeline">{items.collect_view()}</ol> }
}
