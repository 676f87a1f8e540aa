//! `/support/teams/{slug}`: all that support may see of a team, and what it decides.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use messages::text;
use model::attempts::AttemptFilter;
use model::support::{ReviewAssignment, ReviewMessageView, SupportTeamView, TeamNoteView};
use model::{AttemptSummary, AuditEntry, FormState, Role, TeamStatus};

use super::audit::event_description;
use super::onboarding_links::{Ownership, new_link, onboarding_links};
use super::param;
use super::vendor_team::vendor_team;
use crate::api::attempts::AttemptList;
use crate::api::onboarding::new_onboarding_link;
use crate::api::reviews::{load_review_assignment, load_support_review_thread};
use crate::api::support::{ApproveTeam, RequestChanges, ResumeTeam, SuspendTeam, load_support_team};
use crate::api::team_notes::load_team_notes;
use crate::components::account_actions::role_name;
use crate::components::attempt::report;
use crate::components::attempts_table::attempts_table;
use crate::components::connection::configuration;
use crate::components::decision::{confirmation, digest_field, reopened_confirmation, what_changes};
use crate::components::done::done_notice;
use crate::components::form::{ErrorSummary, TextArea, form_state};
use crate::components::layout::Page;
use crate::components::load::loaded;
use crate::components::notice::{form_or_notice, notice};
use crate::components::review_assignment::review_assignment;
use crate::components::review_checklist::review_checklist;
use crate::components::review_thread::review_thread;
use crate::components::rich_text::rich_text;
use crate::components::status::team_status;
use crate::components::team_notes::team_notes;
use crate::components::time::moment;
use crate::components::viewed_team::view_button;
use crate::routes;

/// The refused forms of the page.
struct RefusedForms {
    plain: FormState,
    changes: FormState,
    suspend: FormState,
    onboarding: FormState,
    vendor: FormState,
    note: FormState,
    assignment: FormState,
}

/// A team, for support.
#[component]
pub fn SupportTeam() -> impl IntoView {
    let slug = param("slug");
    let load = async move {
        let forms = RefusedForms {
            plain: form_or_notice("support_team").await,
            changes: form_state("request_changes").await,
            suspend: form_state("suspend").await,
            onboarding: form_state("onboarding").await,
            vendor: form_state("vendor_team").await,
            note: form_state("team_note").await,
            assignment: form_state("review_assignment").await,
        };
        let view = load_support_team(slug.clone()).await?;
        let (notes, thread) = (load_team_notes(slug.clone()).await?, load_support_review_thread(slug.clone()).await?);
        let review = (load_review_assignment(slug.clone()).await?, thread);
        Ok((forms, view, notes, review, new_onboarding_link(slug).await?))
    };
    let content = loaded(load, |(forms, view, notes, review, link)| support_team(&forms, view, notes, review, link));
    view! { <Page title=text!("support-team-page-title")>{content}</Page> }
}

fn support_team(
    forms: &RefusedForms,
    view: SupportTeamView,
    notes: Vec<TeamNoteView>,
    (assignment, thread): (Option<ReviewAssignment>, Vec<ReviewMessageView>),
    link: Option<String>,
) -> impl IntoView + use<> {
    let head = head(forms, &view, link);
    let decision = if view.may_decide { decision(forms, &view) } else { for_administrators() };
    let assignment =
        assignment.map(|assignment| review_assignment(assignment, view.team.slug.as_str(), &forms.assignment));
    let notes = team_notes(notes, view.team.slug.as_str(), forms.note.clone());
    let configuration = configuration_cards(&view);
    let test = match view.last_test {
        Some(test) => Either::Left(report(test, &AttemptList::Support, false)),
        None => Either::Right(view! { <p class="empty">{text!("support-team-no-test")}</p> }),
    };
    let slug = view.team.slug.to_string();
    let ownership = match view.members.iter().any(|member| member.role == Role::Owner) {
        true => Ownership::Owned,
        false if view.may_send_link => Ownership::Unowned,
        false => Ownership::UnownedForAdministrators,
    };
    let links = onboarding_links(view.invitations, ownership, view.may_send_link, &slug, forms.onboarding.clone());
    let vendor = view.vendor.map(|vendor| {
        let content = vendor_team(vendor, &slug, &view.digests.live, forms.vendor.clone());
        section_card(text!("support-team-vendor"), content)
    });
    let members = view.members.into_iter().map(|member| {
        view! {
            <dt>{member.email}</dt>
            <dd>{role_name(member.role.as_str())}</dd>
        }
    });
    let members = view! { <dl class="facts">{members.collect_view()}</dl> };
    view! {
        <div class="stack">
            {head} {decision} {assignment} {review_thread(thread)} {notes} {configuration} <section class="stack stack--tight">
                <h2>{text!("support-team-last-test")}</h2>
                {test}
            </section> <section class="stack stack--tight">
                <h2>{text!("support-team-sign-ins")}</h2>
                {sign_ins(view.sign_ins, &slug)}
                <p>
                    <a href=routes::support_idp_error(&slug, None)>{text!("support-team-idp-error-link")}</a>
                </p>
            </section>
            {section_card(text!("support-team-members"), members)}
            {section_card(text!("support-team-invitations"), links)} {vendor}
            {section_card(text!("support-team-audit"), audit_trail(view.audit))}
        </div>
    }
}

fn head(forms: &RefusedForms, view: &SupportTeamView, link: Option<String>) -> impl IntoView + use<> {
    let team = &view.team;
    let created = rich_text("support-team-created", vec![("moment", moment(team.created_at).into_any())]);
    let reason = team
        .status_words
        .clone()
        .map(|reason| view! { <blockquote class="notice notice--warning">{reason}</blockquote> });
    view! {
        <Title text=text!("support-team-tab-title", team = team.name) />
        <div class="page-head">
            <div>
                <h1>{team.name.clone()}</h1>
                <p class="cluster">
                    {team_status(team.status)} <code>{team.slug.to_string()}</code> <span>{created}</span>
                    <span>{text!("support-team-people", count = team.people)}</span>
                </p>
            </div>
            {view_button(team.slug.as_str())}
        </div>
        {reason}
        {done_notice()}
        {notice(&forms.plain, None)}
        {new_link(link)}
        <ErrorSummary form=forms.plain.clone() />
        <ErrorSummary form=forms.changes.clone() />
        <ErrorSummary form=forms.suspend.clone() />
        <ErrorSummary form=forms.onboarding.clone() />
        <ErrorSummary form=forms.vendor.clone() />
        <ErrorSummary form=forms.note.clone() />
        <ErrorSummary form=forms.assignment.clone() />
    }
}

/// What is configured: the draft, the live revision and the key.
fn configuration_cards(view: &SupportTeamView) -> impl IntoView + use<> {
    let draft = view.draft.as_ref().map(|draft| {
        let title = text!("support-team-draft", number = draft.number);
        section_card(title, configuration(draft, view.live.as_ref()))
    });
    let live = view.live.as_ref().map(|live| {
        let title = text!("support-team-live", number = live.number);
        section_card(title, configuration(live, None))
    });
    let key = view.current_key.clone().map(|thumbprint| {
        let facts = view! {
            <dl class="facts">
                <dt class="entra">{text!("support-team-thumbprint")}</dt>
                <dd class="mono">{thumbprint}</dd>
            </dl>
        };
        section_card(text!("support-team-key"), facts)
    });
    let nothing = (view.draft.is_none() && view.live.is_none())
        .then(|| view! { <p class="empty">{text!("support-team-nothing-configured")}</p> });
    view! {
        {draft}
        {live}
        {key}
        {nothing}
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
            <strong>{text!("support-team-administrators-only")}</strong>
            <p>{text!("support-team-administrators-only-text")}</p>
        </div>
    }
    .into_any()
}

/// What support can decide in the team's state.
fn decision(forms: &RefusedForms, view: &SupportTeamView) -> AnyView {
    let team = &view.team;
    let slug = team.slug.as_str();
    match team.status {
        TeamStatus::InReview => {
            let request_changes = ReasonForm {
                action: RequestChanges::url(),
                subject: subject(slug, &view.digests.next),
                form: forms.changes.clone(),
                name: "words",
                title: text!("support-team-request-changes"),
                explanation: text!("support-team-request-changes-text"),
                label: text!("support-team-changes"),
                button: text!("support-team-changes-button"),
                class: "button",
            };
            view! {
                <div class="beside">
                    <section class="card stack">
                        <h2 class="card__title">{text!("support-team-decide")}</h2>
                        {approve(view)} {reason_form(request_changes)}
                    </section>
                    {review_checklist(&view.checklist)}
                </div>
            }
            .into_any()
        }
        TeamStatus::Active => {
            let suspend = ReasonForm {
                action: SuspendTeam::url(),
                subject: subject(slug, &view.digests.live),
                form: forms.suspend.clone(),
                name: "reason",
                title: text!("support-team-suspend"),
                explanation: text!("support-team-suspend-text"),
                label: text!("support-team-suspend-reason"),
                button: text!("support-team-suspend-button"),
                class: "button button--danger",
            };
            view! { <section class="card">{reason_form(suspend)}</section> }.into_any()
        }
        TeamStatus::Suspended => {
            let subject = subject(slug, &view.digests.live);
            let form = button_form(ResumeTeam::url(), subject, text!("support-team-resume-button"));
            let explanation = view! { <p>{text!("support-team-resume-text")}</p> };
            let resume = confirmation(text!("support-team-resume"), "button button--primary", explanation, form);
            view! { <section class="card">{resume}</section> }.into_any()
        }
        TeamStatus::Draft | TeamStatus::ChangesRequested => view! {
            <div class="notice notice--info">
                <strong>{text!("support-team-not-submitted")}</strong>
                <p>{text!("support-team-not-submitted-text")}</p>
            </div>
        }
        .into_any(),
    }
}

/// Approving, which says first what goes live.
fn approve(view: &SupportTeamView) -> impl IntoView + use<> {
    let changes = view.draft.as_ref().or(view.live.as_ref()).map(|next| what_changes(next, view.live.as_ref()));
    let explanation = view! {
        {changes}
        <p>{text!("support-team-approve-mail")}</p>
    };
    let subject = subject(view.team.slug.as_str(), &view.digests.next);
    let form = button_form(ApproveTeam::url(), subject, text!("support-team-approve-button"));
    confirmation(text!("support-team-approve"), "button button--primary", explanation, form)
}

/// What a decision is about: the team, and what the page showed of it.
fn subject(slug: &str, digest: &str) -> AnyView {
    view! {
        <input type="hidden" name="slug" value=slug.to_owned() />
        {digest_field(digest)}
    }
    .into_any()
}

fn button_form(action: &'static str, subject: AnyView, label: String) -> impl IntoView {
    view! {
        <form method="post" action=action class="form-actions">
            {subject}
            <button type="submit" class="button button--primary">
                {label}
            </button>
        </form>
    }
}

/// A decision that the team's members get a reason for.
struct ReasonForm {
    action: &'static str,
    subject: AnyView,
    form: FormState,
    name: &'static str,
    title: String,
    explanation: String,
    label: String,
    button: String,
    class: &'static str,
}

/// Such a decision, which says first what it does; open where it was sent back, so that what was typed is seen.
fn reason_form(decision: ReasonForm) -> impl IntoView {
    let ReasonForm { action, subject, form, name, title, explanation, label, button, class } = decision;
    let was_sent_back = form != FormState::default();
    let form = view! {
        <form method="post" action=action class="stack stack--tight">
            {subject}
            <TextArea form=form name label hint=text!("support-team-reason-hint") rows=3 />
            <div class="form-actions">
                <button type="submit" class=class>
                    {button}
                </button>
            </div>
        </form>
    };
    reopened_confirmation(was_sent_back, title, class, view! { <p>{explanation}</p> }, form)
}

fn sign_ins(attempts: Vec<AttemptSummary>, slug: &str) -> impl IntoView + use<> {
    if attempts.is_empty() {
        return Either::Left(view! { <p class="empty">{text!("support-team-no-sign-ins")}</p> });
    }
    let all = AttemptFilter { team: slug.to_owned(), ..AttemptFilter::default() };
    Either::Right(view! {
        {attempts_table(attempts, routes::SUPPORT_ATTEMPTS, false)}
        <p>
            <a href=routes::attempts(routes::SUPPORT_ATTEMPTS, &all)>{text!("support-team-all-sign-ins-link")}</a>
        </p>
    })
}

fn audit_trail(events: Vec<AuditEntry>) -> impl IntoView {
    let items = events.into_iter().map(|event| {
        view! {
            <li>
                {moment(event.at)} " " {event.actor.clone()} ": " {event_description(&event)}
            </li>
        }
    });
    view! { <ol class="timeline">{items.collect_view()}</ol> }
}
