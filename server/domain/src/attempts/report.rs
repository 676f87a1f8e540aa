//! The report of an attempt: its timeline, claims and XML.

use model::application::AuthorizationView;
use model::attempts::AttemptXml;
use model::ids::PersonId;
use model::sign_in::Profile;
use model::{AttemptOutcome, AttemptReport, Claim, ConnectionView, IdentityProvider, RevisionState};
use store::attempt_documents::{self, DocumentKind};
use store::attempts::{Attempt, InitiatedBy};
use store::teams::Team;
use store::{Code, ConnectionTrait, applications, attempt_events, authorizations, people, revisions};

use super::access::{AttemptPart, AttemptScope, AttemptViewer, team_of};
use super::list::{is_overdue, summary_of};
use crate::logout::mark_unanswered;
use crate::policy::{ActorRole, is_allowed};
use crate::revisions::connection_view;
use crate::sign_in::{claims_with_fields, sent_request};
use crate::{Action, Actor, Error, Services};

/// The report of the attempt with a reference.
///
/// # Errors
/// [`Error::NotFound`] where there is none that the actor may see.
#[tracing::instrument(skip_all, fields(team = scope.slug(), reference = reference, actor.kind = actor.kind().as_str()))]
pub async fn report(
    services: &Services,
    actor: &Actor,
    scope: &AttemptScope,
    reference: &str,
) -> Result<AttemptReport, Error> {
    let db = services.db.connection();
    let viewer = AttemptViewer::authorise(db, actor, scope, AttemptPart::Report).await?;
    let attempt = viewer.attempt(db, reference).await?;
    let standing = viewer.standing;
    let team = match viewer.team {
        Some(team) => team,
        None => team_of(db, &attempt).await?,
    };
    Box::pin(report_of(services, db, &team, attempt, standing)).await
}

/// The report of an attempt that somebody may see.
pub(crate) async fn report_of(
    services: &Services,
    db: &impl ConnectionTrait,
    team: &Team,
    attempt: Attempt,
    standing: ActorRole,
) -> Result<AttemptReport, Error> {
    let revision = match attempt.revision_id {
        Some(revision) => revisions::by_id(db, team.team_id(), revision).await?,
        None => None,
    };
    let mapping = revision.as_ref().map(|revision| revision.claims.clone()).unwrap_or_default();
    let claims: Vec<Claim> = attempt.claims.clone().map(serde_json::from_value).transpose()?.unwrap_or_default();
    let profile: Option<Profile> = attempt.profile.clone().map(serde_json::from_value).transpose()?;
    let application = match attempt.application_id {
        Some(id) => applications::by_id(db, id).await?.map(|application| application.name),
        None => None,
    };
    let summary = summary_of(services, team, &attempt);
    let is_overdue =
        summary.outcome == AttemptOutcome::Waiting && is_overdue(attempt.status, attempt.created_at, services.now());
    let chosen = team.identity_provider.clone().and_then(Code::known);
    let idp = revision.as_ref().and_then(|revision| revision.idp.clone());
    let mut events = attempt_events::timeline(db, &attempt).await?;
    mark_unanswered(&mut events, services.now());
    let [draft, live] = [RevisionState::Draft, RevisionState::Live].map(|state| view_in_state(db, team, state));
    let (draft, live) = (draft.await?, live.await?);
    // what came unasked was judged by no revision, and is of the provider in use all the same
    let known_idp = live.iter().chain(&draft).find_map(|connection| connection.idp.clone());
    Ok(AttemptReport {
        draft,
        live,
        team_status: team.status,
        identity_provider: IdentityProvider::in_use(chosen, idp.as_ref().or(known_idp.as_ref())),
        request: revision.as_ref().and_then(|revision| sent_request(revision, &attempt)),
        is_overdue,
        application,
        authorizations: authorizations_of(db, team, &attempt).await?,
        summary,
        revision: revision.as_ref().map(|revision| revision.number),
        idp,
        is_idp_initiated: attempt.initiated_by == InitiatedBy::Idp,
        events,
        person: person_of(db, team, &attempt).await?,
        claims: claims_with_fields(claims, &mapping),
        profile,
        endpoints: services.settings.urls.endpoints(&team.slug),
        xml: kept_xml(services, db, &attempt, standing).await?,
        may_configure: is_allowed(standing, Action::Configure),
        name_id: attempt.name_id,
    })
}

/// The person, unless they were erased.
async fn person_of(db: &impl ConnectionTrait, team: &Team, attempt: &Attempt) -> Result<Option<PersonId>, Error> {
    let Some(person) = attempt.person_id else { return Ok(None) };
    Ok(people::by_id(db, team.team_id(), person).await?.map(|person| person.id))
}

async fn view_in_state(
    db: &impl ConnectionTrait,
    team: &Team,
    state: RevisionState,
) -> Result<Option<ConnectionView>, Error> {
    match revisions::in_state(db, team.team_id(), state).await? {
        Some(revision) => Ok(Some(connection_view(db, &revision).await?)),
        None => Ok(None),
    }
}

/// What became of the sign-in, and of the session that came of it, in applications.
async fn authorizations_of(
    db: &impl ConnectionTrait,
    team: &Team,
    attempt: &Attempt,
) -> Result<Vec<AuthorizationView>, Error> {
    let mut views = Vec::new();
    for authorization in authorizations::of_attempt(db, team.team_id(), attempt.id).await? {
        let application = applications::by_id(db, authorization.application_id).await?;
        views.push(AuthorizationView {
            application: application.map(|application| application.name).unwrap_or_default(),
            code_issued_at: authorization.created_at,
            redeemed_at: authorization.redeemed_at,
            revoked_at: authorization.revoked_at,
            problem: authorization.problem.and_then(Code::known),
        });
    }
    Ok(views)
}

async fn kept_xml(
    services: &Services,
    db: &impl ConnectionTrait,
    attempt: &Attempt,
    standing: ActorRole,
) -> Result<AttemptXml, Error> {
    let keep = services.settings.retention.xml;
    let documents = attempt_documents::kept_kinds(db, attempt, services.now() - keep).await?;
    let has = |kind| documents.contains(&kind);
    Ok(AttemptXml {
        request: has(DocumentKind::Request),
        response: has(DocumentKind::Response),
        days: u16::try_from(keep.num_days()).unwrap_or(u16::MAX),
        may_see: is_allowed(standing, Action::ViewXml) || is_allowed(standing, Action::ReviewXml),
    })
}
