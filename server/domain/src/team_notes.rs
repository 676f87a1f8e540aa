//! Support's notes about teams. No member of a team sees them: they are on support's page alone, and
//! that they were written stands in the vendor's audit trail, not in the team's.

use model::support::TeamNoteView;
use model::{AuditAction, FieldProblem};
use store::team_notes::{self, TeamNote};
use uuid::Uuid;

use crate::audit::{self, NewAuditEvent};
use crate::row_budget::{self, BudgetOwner, RowKind};
use crate::text_fields::required_text;
use crate::{Action, Actor, Error, Services};

/// Of one note, in characters.
const MAX_LENGTH: usize = 2_000;
/// Of one team.
const MAX_NOTES: u64 = 100;

/// A team's notes, newest first.
///
/// # Errors
/// As [`Actor::authorize_team`].
#[tracing::instrument(name = "team_notes.list", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn list(services: &Services, actor: &Actor, slug: &str) -> Result<Vec<TeamNoteView>, Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::Review).await?;
    let notes = team_notes::list(db, team.team_id(), MAX_NOTES).await?;
    let view = |note: TeamNote| TeamNoteView {
        may_delete: may_delete(actor, &note),
        id: note.id.to_string(),
        author: note.author,
        created_at: note.created_at,
        words: note.words,
    };
    Ok(notes.into_iter().map(view).collect())
}

/// Who wrote it, and administrators.
fn may_delete(actor: &Actor, note: &TeamNote) -> bool {
    let is_author = actor.signed_in_account().is_some_and(|account| Some(account.id) == note.author_id);
    is_author || actor.is_offered(Action::ManageSupport)
}

/// Writes a note about a team.
///
/// # Errors
/// As [`Actor::authorize_team`]; [`Error::Invalid`] if it says nothing or too much, or the team has as
/// many notes as it may have; [`Error::TooManyRequests`].
#[tracing::instrument(name = "team_notes.write", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn write(services: &Services, actor: &Actor, slug: &str, words: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::WriteNotes).await?;
    let words = required_text("note", words, MAX_LENGTH, FieldProblem::Missing)?.to_owned();
    if team_notes::count(&tx, team.team_id()).await? >= MAX_NOTES {
        return Err(Error::field("note", FieldProblem::TooManyNotes { max: MAX_NOTES }));
    }
    let units = row_budget::units(words.len(), 4);
    services.charge(RowKind::TeamText, units, &[BudgetOwner::of_actor(actor)])?;
    let note = TeamNote {
        id: services.uuid(),
        team_id: team.team_id(),
        author_id: actor.signed_in_account().map(|account| account.id),
        author: actor.display_name(),
        words,
        created_at: services.now(),
    };
    team_notes::insert(&tx, note).await?;
    let event = NewAuditEvent::vendor(AuditAction::NoteWritten).target(team.slug.to_string());
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Deletes a note: one's own, or, for administrators, any.
///
/// # Errors
/// As [`Actor::authorize_team`]; [`Error::NotFound`] for a note of somebody else's, and for one that is
/// not there.
#[tracing::instrument(name = "team_notes.delete", skip_all, fields(actor.kind = actor.kind().as_str(), team = slug))]
pub async fn delete(services: &Services, actor: &Actor, slug: &str, id: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::WriteNotes).await?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let note = team_notes::by_id(&tx, team.team_id(), id).await?.ok_or(Error::NotFound)?;
    if !may_delete(actor, &note) {
        return Err(Error::NotFound);
    }
    team_notes::delete(&tx, team.team_id(), id).await?;
    let event = NewAuditEvent::vendor(AuditAction::NoteDeleted).target(team.slug.to_string());
    audit::record(services, &tx, actor, event.detail(Some(note.author))).await?;
    Ok(store::commit(tx).await?)
}
