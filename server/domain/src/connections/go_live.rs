//! What happens to a draft at its end: it goes live, or is discarded; and back to the revision
//! that served before.

use model::{AuditAction, FieldProblem, Notice, NoticeKind, RevisionState, TeamStatus};
use store::Tx;
use store::revisions;
use store::teams::Team;

use crate::audit::NewAuditEvent;
use crate::decision_digest::{DecisionSubject, ExpectedDigest, require_unchanged};
use crate::text_fields::optional_text;
use crate::{Action, Actor, Error, Services, audit, vendor_roles};

/// What becomes of a team's sessions when another revision goes live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionPolicy {
    /// They go on.
    Keep,
    /// They end: a certificate may have been taken out because somebody else had its key.
    End,
}

impl SessionPolicy {
    /// As a form's checkbox says.
    #[must_use]
    pub const fn from_checkbox(is_ticked: bool) -> Self {
        if is_ticked { Self::End } else { Self::Keep }
    }

    async fn apply(self, services: &Services, tx: &Tx, actor: &Actor, team: &Team) -> Result<Option<u64>, Error> {
        match self {
            Self::Keep => Ok(None),
            Self::End => Ok(Some(crate::logout::end_all_sessions_of_team(services, tx, actor, team).await?)),
        }
    }
}

/// Makes the draft of an active team the live revision, in one step with retiring the one
/// before. The reason, which may be empty, is kept in the history.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn make_live(
    services: &Services,
    actor: &Actor,
    slug: &str,
    expected: ExpectedDigest<'_>,
    sessions: SessionPolicy,
    reason: &str,
) -> Result<Notice, Error> {
    let reason = check_reason("make_live_reason", reason)?;
    let tx = services.db.begin().await?;
    let team = lock_to_go_live(&tx, actor, slug, DecisionSubject::Next, expected).await?;
    let id = team.team_id();
    if revisions::in_state(&tx, id, RevisionState::Draft).await?.is_none() {
        return Err(Error::NotFound);
    }
    let (before, after) = crate::teams::go_live(services, &tx, &team).await?;
    let event = NewAuditEvent::team(id, AuditAction::MadeLive).changed(before, after).detail(reason);
    audit::record(services, &tx, actor, event).await?;
    let ended = sessions.apply(services, &tx, actor, &team).await?;
    store::commit(tx).await?;
    Ok(Notice { ended, ..Notice::on(NoticeKind::MadeLive, after, before) })
}

/// Makes the revision that served before the live one serve again, in one step with retiring
/// the live one: the same again swaps back. A draft stays as it is.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn roll_back(
    services: &Services,
    actor: &Actor,
    slug: &str,
    expected: ExpectedDigest<'_>,
    sessions: SessionPolicy,
    reason: &str,
) -> Result<Notice, Error> {
    let reason = check_reason("roll_back_reason", reason)?;
    let tx = services.db.begin().await?;
    let team = lock_to_go_live(&tx, actor, slug, DecisionSubject::Previous, expected).await?;
    let id = team.team_id();
    let live = revisions::in_state(&tx, id, RevisionState::Live).await?.map(|live| live.number);
    let Some(previous) = revisions::previous(&tx, id).await? else { return Err(Error::NotFound) };
    if !revisions::restore(&tx, id, previous.revision_id(), services.now()).await? {
        return Err(Error::NotFound);
    }
    let event = NewAuditEvent::team(id, AuditAction::RolledBack).changed(live, previous.number).detail(reason);
    audit::record(services, &tx, actor, event).await?;
    let ended = sessions.apply(services, &tx, actor, &team).await?;
    store::commit(tx).await?;
    Ok(Notice { ended, ..Notice::on(NoticeKind::RolledBack, Some(previous.number), live) })
}

/// Throws the draft of an active team away; the live revision stays as it is.
#[tracing::instrument(skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn discard_draft(
    services: &Services,
    actor: &Actor,
    slug: &str,
    expected: ExpectedDigest<'_>,
    reason: &str,
) -> Result<Notice, Error> {
    let reason = check_reason("discard_reason", reason)?;
    let tx = services.db.begin().await?;
    let (team, _) = actor.authorize_and_lock_team(&tx, slug, Action::Configure).await?;
    require_active(&team)?;
    let id = team.team_id();
    require_unchanged(&tx, id, DecisionSubject::Next, expected).await?;
    let draft = revisions::in_state(&tx, id, RevisionState::Draft).await?.ok_or(Error::NotFound)?;
    let live = revisions::in_state(&tx, id, RevisionState::Live).await?.map(|live| live.number);
    if revisions::delete_draft(&tx, id).await? {
        let event = NewAuditEvent::team(id, AuditAction::DraftDiscarded).detail(reason);
        audit::record(services, &tx, actor, event).await?;
    }
    store::commit(tx).await?;
    Ok(Notice::on(NoticeKind::Discarded, Some(draft.number), live))
}

/// Why it is done, for the history of the connection: in characters.
const MAX_REASON: usize = 500;

fn check_reason(field: &str, reason: &str) -> Result<Option<String>, Error> {
    Ok(optional_text(field, reason, MAX_REASON)?.map(str::to_owned))
}

/// The active team whose other revision may go live and is as it was shown, locked until the transaction ends.
async fn lock_to_go_live(
    tx: &Tx,
    actor: &Actor,
    slug: &str,
    subject: DecisionSubject,
    expected: ExpectedDigest<'_>,
) -> Result<Team, Error> {
    let (team, _) = actor.authorize_and_lock_team(tx, slug, Action::GoLive).await?;
    require_active(&team)?;
    vendor_roles::require_right_to_change_support_sign_in(actor, &team)?;
    require_unchanged(tx, team.team_id(), subject, expected).await?;
    Ok(team)
}

fn require_active(team: &Team) -> Result<(), Error> {
    match team.status {
        TeamStatus::Active => Ok(()),
        status => Err(Error::form(FieldProblem::WrongStatus { status })),
    }
}
