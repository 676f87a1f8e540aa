//! A person's page: who they are, what their identity provider said at their latest sign-in and what
//! that was mapped to, their sign-ins and sessions.

use model::people::{PersonReport, PersonSessionView};
use model::{ClaimMapping, Reference, RevisionState};
use store::attempts::Attempt;
use store::people::{Person, PersonSession};
use store::teams::Team;
use store::{ConnectionTrait, attempts, federated_sessions, revisions};

use super::list::{is_member_allowed, summary_of};
use super::{attempts_of, find_person};
use crate::attempts::summary_of as sign_in_summary;
use crate::sign_in::claims_with_fields;
use crate::token::public_session_id;
use crate::{Action, Actor, Error, Services};

/// Sign-ins that the page lists; the list of all has the others.
const SIGN_INS: usize = 20;

/// The page of a person.
///
/// # Errors
/// [`Error::NotFound`] where the actor may see no such person, as [`Actor::authorize_team`] else.
#[tracing::instrument(name = "people.page", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn page(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<PersonReport, Error> {
    let db = services.db.connection();
    let (team, role) = actor.authorize_team(db, slug, Action::View).await?;
    let person = find_person(db, &team, id).await?;
    let sign_ins = attempts_of(&person).latest(db, SIGN_INS).await?;
    let mapping = mapping_of(db, &team, &person, &sign_ins).await?;
    Ok(PersonReport {
        summary: summary_of(&person),
        sessions: open_sessions(services, db, &person).await?,
        sign_ins: sign_ins.iter().map(|attempt| sign_in_summary(services, &team, attempt)).collect(),
        claims: claims_with_fields(person.claims, &mapping),
        profile: person.profile,
        may_manage: is_member_allowed(role, Action::ManagePeople),
        team: team.slug,
    })
}

/// How the claims of the latest sign-in were mapped: by its own revision, or by the live one where
/// that sign-in is no longer kept.
async fn mapping_of(
    db: &impl ConnectionTrait,
    team: &Team,
    person: &Person,
    sign_ins: &[Attempt],
) -> Result<ClaimMapping, Error> {
    let is_of_person = |attempt: &&Attempt| attempt.person_id == Some(person.id) && attempt.code_hash.is_some();
    let latest = sign_ins.iter().find(is_of_person).and_then(|attempt| attempt.revision_id);
    let revision = match latest {
        Some(revision) => revisions::by_id(db, team.team_id(), revision).await?,
        None => revisions::in_state(db, team.team_id(), RevisionState::Live).await?,
    };
    Ok(revision.map(|revision| revision.claims).unwrap_or_default())
}

async fn open_sessions(
    services: &Services,
    db: &impl ConnectionTrait,
    person: &Person,
) -> Result<Vec<PersonSessionView>, Error> {
    let mut sessions = federated_sessions::person_sessions_of(db, person.team_id, person.id).await?;
    sessions.retain(|session| session.expires_at > services.now());
    sessions.sort_by_key(|session| std::cmp::Reverse(session.created_at));
    let mut views = Vec::with_capacity(sessions.len());
    for session in sessions {
        views.push(session_view(db, session).await?);
    }
    Ok(views)
}

async fn session_view(db: &impl ConnectionTrait, session: PersonSession) -> Result<PersonSessionView, Error> {
    let sign_in = match session.attempt_id {
        Some(attempt) => attempts::by_id(db, session.team_id, attempt).await?,
        None => None,
    };
    Ok(PersonSessionView {
        id: public_session_id(&session.token_hash),
        began_at: session.created_at,
        ends_at: session.expires_at,
        sign_in: sign_in.map(|attempt| Reference::from_stored(attempt.reference)),
    })
}
