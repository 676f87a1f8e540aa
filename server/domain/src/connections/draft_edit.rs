//! An edit of a connection: always of its draft. A live revision is never written to; the first
//! edit copies it into a new draft.

use model::AuditAction;
use model::ids::RevisionId;
use model::{ConnectionView, FieldProblem, Notice, NoticeKind, RevisionState};
use store::Tx;
use store::revisions::{self, Certificate, Revision};
use store::teams::Team;

use crate::audit::NewAuditEvent;
use crate::decision_digest::SetupForm;
use crate::revisions::{
    RevisionContents, connection_view, copy_to_draft, empty_connection_view, new_draft, shown_revision,
};
use crate::{Action, Actor, Error, Services, audit};

/// An edit of a connection, begun under the team's lock. A draft is made only once there is
/// something to write: what changes nothing leaves no trace.
pub(super) struct DraftEdit<'a> {
    pub(super) services: &'a Services,
    pub(super) tx: &'a Tx,
    pub(super) actor: &'a Actor,
    pub(super) team: Team,
    /// What is shown and edited: the draft, or else the live revision; none in a new team.
    shown: Option<Revision>,
    before: Option<ConnectionView>,
}

impl<'a> DraftEdit<'a> {
    /// Checks that the actor may and that the team is not under review.
    pub(super) async fn begin(services: &'a Services, tx: &'a Tx, actor: &'a Actor, slug: &str) -> Result<Self, Error> {
        let (team, _) = actor.authorize_and_lock_team(tx, slug, Action::Configure).await?;
        if !team.status.is_editable() {
            return Err(Error::form(FieldProblem::UnderReview));
        }
        let shown = shown_revision(tx, team.team_id()).await?;
        let before = match &shown {
            Some(revision) => Some(connection_view(tx, revision).await?),
            None => None,
        };
        Ok(Self { services, tx, actor, team, shown, before })
    }

    /// What the revision says that is shown; that of a new team says nothing.
    pub(super) fn contents(&self) -> RevisionContents {
        self.shown.as_ref().map(RevisionContents::of).unwrap_or_default()
    }

    /// Refuses to write over what somebody else saved after a form was shown, by the digest that it carries.
    pub(super) fn require_unchanged(&self, form: SetupForm, shown: &str) -> Result<(), Error> {
        form.require_unchanged(self.before.as_ref(), shown)
    }

    /// The certificates of the revision that is shown.
    pub(super) async fn certificates(&self) -> Result<Vec<Certificate>, Error> {
        match &self.shown {
            Some(shown) => Ok(revisions::certificates(self.tx, self.team.team_id(), shown.revision_id()).await?),
            None => Ok(Vec::new()),
        }
    }

    /// The draft, to be written to: made, from the live revision, if there is none.
    pub(super) async fn draft(&mut self) -> Result<RevisionId, Error> {
        let draft = match self.shown.take() {
            Some(draft) if draft.state == RevisionState::Draft => draft,
            Some(live) => copy_to_draft(self.services, self.tx, &live).await?,
            None => new_draft(self.services, self.tx, self.team.team_id(), RevisionContents::default()).await?,
        };
        let id = draft.revision_id();
        self.shown = Some(draft);
        Ok(id)
    }

    /// Writes an event into the team's trail.
    pub(super) async fn record(
        &self,
        action: AuditAction,
        change: impl FnOnce(NewAuditEvent) -> NewAuditEvent,
    ) -> Result<(), Error> {
        audit::record(self.services, self.tx, self.actor, change(NewAuditEvent::team(self.team.team_id(), action)))
            .await
    }

    /// What the edit changed, and in which revision.
    pub(super) async fn notice(&self) -> Result<Notice, Error> {
        let id = self.team.team_id();
        let after = match shown_revision(self.tx, id).await? {
            Some(revision) => connection_view(self.tx, &revision).await?,
            None => return Ok(Notice::of(NoticeKind::Unchanged)),
        };
        let changed: Vec<_> = match &self.before {
            Some(before) => after.changes_from(Some(before)),
            None => after.changes_from(Some(&empty_connection_view(self.team.created_at))),
        };
        let parts: Vec<_> = changed.into_iter().map(|(part, _)| part).collect();
        if parts.is_empty() {
            return Ok(Notice::of(NoticeKind::Unchanged));
        }
        let live = revisions::in_state(self.tx, id, RevisionState::Live).await?.map(|live| live.number);
        Ok(Notice { parts, ..Notice::on(NoticeKind::Saved, Some(after.number), live) })
    }
}

/// A draft that went live between reading and writing was not written to.
pub(super) fn require_saved(saved: bool, team: &Team) -> Result<(), Error> {
    if saved { Ok(()) } else { Err(Error::form(FieldProblem::WrongStatus { status: team.status })) }
}

/// Problems as the fields of a form name them.
pub(super) fn field_problems(problems: Vec<(&'static str, FieldProblem)>) -> Error {
    Error::Invalid(problems.into_iter().map(|(name, problem)| (name.to_owned(), problem)).collect())
}
