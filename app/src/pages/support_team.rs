//! `/support/teams/{slug}`: all that support may see of a team, and what it decides.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use model::sign_on::AttemptOutcome;
use model::support::SupportTeamView;
use model::{AttemptView, AuditEntry, FormState, TeamStatus};

use super::audit::what;
use super::param;
use crate::api::support::{ApproveTeam, RequestChanges, ResumeTeam, SuspendTeam, load_support_team};
use crate::components::attempt::{outcome_badge, report};
use crate::components::connection::configuration;
use crate::components::form::{ErrorSummary, TextArea, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::status::team_status;
use crate::components::time::moment;
use crate::routes;
use crate::words::findings::words;

/// The refused forms of the page.
struct Forms {
    plain: FormState,
    changes: FormState,
    suspend: FormState,
}

/// A team, for support.
#[component]
pub fn SupportTeam() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let forms = Forms {
            plain: form_state("support_team").await,
            changes: form_state("request_changes").await,
            suspend: form_state("suspend").await,
        };
        Ok((forms, load_support_team(slug).await?))
    };
    let content = loaded(load, |(forms, view)| page(&forms, view));
    view! { <Page title="Team">{content}</Page> }
}

fn page(forms: &Forms, view: SupportTeamView) -> impl IntoView + use<> {
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
        <ErrorSummary form=forms.plain.clone() />
        <ErrorSummary form=forms.changes.clone() />
        <ErrorSummary form=forms.suspend.clone() />
    };
    let decision = decision(forms, &view);
    let draft = view.draft.as_ref().map(|draft| {
        let title = format!("Revision {} (draft)", draft.number);
        section_card(title, configuration(draft, view.live.as_ref()))
    });
    let live = view.live.as_ref().map(|live| {
        let title = format!("Revision {} (live)", live.number);
        section_card(title, configuration(live, None))
    });
    let nothing = (view.draft.is_none() && view.live.is_none())
        .then(|| view! { <p class="empty">"Nothing is configured yet."</p> });
    let test = match view.last_test {
        Some(test) => Either::Left(report(test)),
        None => Either::Right(view! { <p class="empty">"No test sign-in with this configuration yet."</p> }),
    };
    let members = view.members.into_iter().map(|member| {
        view! {
            <dt>{member.email}</dt>
            <dd>{member.role.as_str()}</dd>
        }
    });
    view! {
        <div class="stack">
            {head} {decision} {draft} {live} {nothing} {section_card("Last test sign-in".to_owned(), test)}
            {section_card("Latest sign-ins".to_owned(), sign_ins(view.sign_ins))}
            {section_card("Members".to_owned(), view! { <dl class="facts">{members.collect_view()}</dl> })}
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

/// What support can decide in the team's state.
fn decision(forms: &Forms, view: &SupportTeamView) -> AnyView {
    let slug = view.team.slug.to_string();
    match view.team.status {
        TeamStatus::InReview => view! {
            <section class="card stack">
                <h2 class="card__title">"Decide"</h2>
                {simple(ApproveTeam::url(), slug.clone(), "Approve and go live")}
                {with_words(
                    RequestChanges::url(),
                    slug,
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
                    slug,
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
            <section class="card">{simple(ResumeTeam::url(), slug, "Resume sign-in")}</section>
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

fn simple(action: &'static str, slug: String, label: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=action class="form-actions">
            <input type="hidden" name="slug" value=slug />
            <button type="submit" class="button button--primary">
                {label}
            </button>
        </form>
    }
}

fn with_words(
    action: &'static str,
    slug: String,
    form: &FormState,
    name: &'static str,
    label: &'static str,
    button: &'static str,
    class: &'static str,
) -> impl IntoView + use<> {
    view! {
        <form method="post" action=action class="stack stack--tight">
            <input type="hidden" name="slug" value=slug />
            <TextArea form=form.clone() name label hint="These words go to the team's members by mail." rows=3 />
            <div class="form-actions">
                <button type="submit" class=class>
                    {button}
                </button>
            </div>
        </form>
    }
}

fn sign_ins(attempts: Vec<AttemptView>) -> impl IntoView {
    if attempts.is_empty() {
        return Either::Left(view! { <p class="empty">"Nobody has tried to sign in yet."</p> });
    }
    let rows = attempts.into_iter().map(|attempt| {
        let finding = match &attempt.outcome {
            AttemptOutcome::Failed { code, .. } => words(*code).title,
            AttemptOutcome::Open | AttemptOutcome::Succeeded => "",
        };
        view! {
            <tr>
                <td data-label="Reference" class="mono">
                    {attempt.reference.to_string()}
                </td>
                <td data-label="When">{moment(attempt.started_at)}</td>
                <td data-label="Who">{attempt.name_id.clone().unwrap_or_default()}</td>
                <td data-label="Result">{outcome_badge(&attempt.outcome)} " " {finding}</td>
            </tr>
        }
    });
    Either::Right(view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">"Reference"</th>
                    <th scope="col">"When"</th>
                    <th scope="col">"Who"</th>
                    <th scope="col">"Result"</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
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
