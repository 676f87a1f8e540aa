//! Changing a connection: always its draft. A live revision is never written to; the first
//! edit copies it into a new draft.

use model::AuditAction;
use model::connection::IdpPolicy;
use model::ids::{RevisionId, TeamId};
use model::{
    ClaimMapping, ConnectionView, FieldProblem, IdpSettings, Notice, NoticeKind, RevisionState, SetupStep,
    SignInOptions, TeamStatus,
};
use store::revisions::{self, Certificate, NewRevision, Revision};
use store::teams::{self, Team};
use store::{ConnectionTrait, Tx};

use super::digest::{DecidesOn, Seen, require_seen};
use super::view::connection_view;
use crate::audit::Event;
use crate::{Action, Actor, Error, Services, audit, vendor_team};

/// In characters.
const MAX_ATTRIBUTE_NAME: usize = 256;

/// The revision that is shown and tested: the draft, or the live one if there is no draft.
pub(crate) async fn current(db: &impl ConnectionTrait, team: TeamId) -> Result<Option<Revision>, Error> {
    match revisions::in_state(db, team, RevisionState::Draft).await? {
        Some(draft) => Ok(Some(draft)),
        None => Ok(revisions::in_state(db, team, RevisionState::Live).await?),
    }
}

/// An edit of a connection, begun under the team's lock. A draft is made only once there is
/// something to write: what changes nothing leaves no trace.
pub(super) struct Edit<'a> {
    pub(super) services: &'a Services,
    pub(super) tx: &'a Tx,
    pub(super) actor: &'a Actor,
    pub(super) team: Team,
    /// What is shown and edited: the draft, or else the live revision; none in a new team.
    shown: Option<Revision>,
    before: Option<ConnectionView>,
}

impl<'a> Edit<'a> {
    /// Checks that the actor may and that the team is not under review.
    pub(super) async fn begin(services: &'a Services, tx: &'a Tx, actor: &'a Actor, slug: &str) -> Result<Self, Error> {
        let (team, _) = actor.locked_team(tx, slug, Action::Configure).await?;
        if !team.status.is_editable() {
            return Err(Error::form(FieldProblem::UnderReview));
        }
        let shown = current(tx, team.team_id()).await?;
        let before = match &shown {
            Some(revision) => Some(connection_view(tx, revision).await?),
            None => None,
        };
        Ok(Self { services, tx, actor, team, shown, before })
    }

    /// What the revision says that is shown; that of a new team says nothing.
    pub(super) fn contents(&self) -> Contents {
        self.shown.as_ref().map(Contents::of).unwrap_or_default()
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
            Some(live) => copy(self.services, self.tx, &live).await?,
            None => new_draft(self.services, self.tx, self.team.team_id(), Contents::default()).await?,
        };
        let id = draft.revision_id();
        self.shown = Some(draft);
        Ok(id)
    }

    /// Writes an event into the team's trail.
    pub(super) async fn record(&self, action: AuditAction, change: impl FnOnce(Event) -> Event) -> Result<(), Error> {
        audit::record(self.services, self.tx, self.actor, change(Event::team(self.team.team_id(), action))).await
    }

    /// What the edit changed, and in which revision.
    pub(super) async fn notice(&self) -> Result<Notice, Error> {
        let id = self.team.team_id();
        let after = match current(self.tx, id).await? {
            Some(revision) => connection_view(self.tx, &revision).await?,
            None => return Ok(Notice::of(NoticeKind::Unchanged)),
        };
        let changed: Vec<_> = match &self.before {
            Some(before) => after.changes_from(Some(before)),
            None => after.changes_from(Some(&super::view::empty(&self.team))),
        };
        let parts: Vec<_> = changed.into_iter().map(|(part, _)| part).collect();
        if parts.is_empty() {
            return Ok(Notice::of(NoticeKind::Unchanged));
        }
        let live = revisions::in_state(self.tx, id, RevisionState::Live).await?.map(|live| live.number);
        Ok(Notice { parts, ..Notice::on(NoticeKind::Saved, Some(after.number), live) })
    }
}

/// What a revision says, but for its certificates.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contents {
    pub(crate) idp: Option<IdpSettings>,
    pub(crate) metadata_url: Option<String>,
    pub(crate) claims: ClaimMapping,
    pub(crate) options: SignInOptions,
}

impl Contents {
    pub(crate) fn of(revision: &Revision) -> Self {
        Self {
            idp: revision.idp.clone(),
            metadata_url: revision.metadata_url.clone(),
            claims: revision.claims.clone(),
            options: revision.options.clone(),
        }
    }
}

/// Adds a draft.
pub(crate) async fn new_draft(
    services: &Services,
    tx: &Tx,
    team: TeamId,
    contents: Contents,
) -> Result<Revision, Error> {
    let Contents { idp, metadata_url, claims, options } = contents;
    let new = NewRevision { id: services.uuid().into(), team, idp, metadata_url, claims, options };
    Ok(revisions::insert_draft(tx, new, services.now()).await?)
}

async fn copy(services: &Services, tx: &Tx, live: &Revision) -> Result<Revision, Error> {
    let team = live.team_id;
    let draft = new_draft(services, tx, team, Contents::of(live)).await?;
    for mut certificate in revisions::certificates(tx, team, live.revision_id()).await? {
        certificate.id = services.uuid().into();
        certificate.revision_id = draft.id;
        revisions::insert_certificate(tx, certificate).await?;
    }
    Ok(draft)
}

/// Marks a step that happens in Entra as done.
pub async fn confirm_step(services: &Services, actor: &Actor, slug: &str, step: SetupStep) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.team(&tx, slug, Action::Configure).await?;
    teams::confirm_step(&tx, team.team_id(), step, services.now()).await?;
    Ok(store::commit(tx).await?)
}

/// Saves the identity provider's addresses.
pub async fn save_idp(
    services: &Services,
    actor: &Actor,
    slug: &str,
    entity_id: &str,
    sso_url: &str,
    slo_url: &str,
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let mut edit = Edit::begin(services, &tx, actor, slug).await?;
    let endpoints = services.settings.urls.endpoints(&edit.team.slug);
    let policy = IdpPolicy { allow_http_loopback: services.settings.urls.is_local_http(), endpoints: &endpoints };
    let mut idp = IdpSettings::check(entity_id, sso_url, slo_url, &policy).map_err(named)?;
    let known = edit.contents().idp;
    if let Some(known) = known.as_ref().filter(|known| known.sso_url == idp.sso_url) {
        idp.sso_binding = known.sso_binding;
    }
    if known.as_ref() != Some(&idp) {
        let draft = edit.draft().await?;
        let saved = revisions::set_idp(&tx, edit.team.team_id(), draft, &idp, services.now()).await?;
        require_saved(saved, &edit.team)?;
        edit.record(AuditAction::UrlsSaved, |event| event.changed(known, idp)).await?;
    }
    let notice = edit.notice().await?;
    store::commit(tx).await?;
    Ok(notice)
}

pub(super) fn named(problems: Vec<(&'static str, FieldProblem)>) -> Error {
    Error::Invalid(problems.into_iter().map(|(name, problem)| (name.to_owned(), problem)).collect())
}

/// Saves the claim mapping, given by field name.
pub async fn save_claims(
    services: &Services,
    actor: &Actor,
    slug: &str,
    values: &[(&'static str, &str)],
) -> Result<Notice, Error> {
    let claims = check_claims(values)?;
    let tx = services.db.begin().await?;
    let mut edit = Edit::begin(services, &tx, actor, slug).await?;
    let id = edit.team.team_id();
    let known = edit.contents().claims;
    if known != claims {
        let draft = edit.draft().await?;
        let saved = revisions::set_claims(&tx, id, draft, &claims, services.now()).await?;
        require_saved(saved, &edit.team)?;
        edit.record(AuditAction::ClaimsSaved, |event| event.changed(known, claims)).await?;
    }
    teams::confirm_step(&tx, id, SetupStep::Attributes, services.now()).await?;
    let notice = edit.notice().await?;
    store::commit(tx).await?;
    Ok(notice)
}

fn check_claims(values: &[(&'static str, &str)]) -> Result<ClaimMapping, Error> {
    let mut problems = Vec::new();
    let mut field = |name: &'static str| {
        let value = values.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value.trim());
        if value.is_empty() {
            return None;
        }
        // a name may hold blanks (core §2.7.3.1: any string), but no line breaks
        let one_line = !value.contains(char::is_control);
        if !one_line || value.chars().count() > MAX_ATTRIBUTE_NAME {
            problems.push((name, FieldProblem::NotAnAttributeName));
        }
        Some(value.to_owned())
    };
    let claims = ClaimMapping {
        email: field("email"),
        first_name: field("first_name"),
        last_name: field("last_name"),
        display_name: field("display_name"),
        groups: field("groups"),
    };
    if problems.is_empty() { Ok(claims) } else { Err(named(problems)) }
}

/// A draft that went live between reading and writing was not written to.
pub(super) fn require_saved(saved: bool, team: &Team) -> Result<(), Error> {
    if saved { Ok(()) } else { Err(Error::form(FieldProblem::WrongStatus { status: team.status })) }
}

/// What becomes of a team's sessions when another revision goes live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sessions {
    /// They go on.
    GoOn,
    /// They end: a certificate may have been taken out because somebody else had its key.
    End,
}

impl Sessions {
    /// By the box of a form.
    #[must_use]
    pub const fn of_box(is_ticked: bool) -> Self {
        if is_ticked { Self::End } else { Self::GoOn }
    }

    async fn end(self, services: &Services, tx: &Tx, actor: &Actor, team: &Team) -> Result<Option<u64>, Error> {
        match self {
            Self::GoOn => Ok(None),
            Self::End => Ok(Some(crate::logout::end_everybodys(services, tx, actor, team).await?)),
        }
    }
}

/// Makes the draft of an active team the live revision, in one step with retiring the one
/// before.
pub async fn make_live(
    services: &Services,
    actor: &Actor,
    slug: &str,
    seen: Seen<'_>,
    sessions: Sessions,
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::GoLive).await?;
    require_active(&team)?;
    vendor_team::guard(actor, &team)?;
    let id = team.team_id();
    require_seen(&tx, id, DecidesOn::Next, seen).await?;
    if revisions::in_state(&tx, id, RevisionState::Draft).await?.is_none() {
        return Err(Error::NotFound);
    }
    let (before, after) = crate::teams::go_live(services, &tx, &team).await?;
    let event = Event::team(id, AuditAction::MadeLive).changed(before, after);
    audit::record(services, &tx, actor, event).await?;
    let ended = sessions.end(services, &tx, actor, &team).await?;
    store::commit(tx).await?;
    Ok(Notice { ended, ..Notice::on(NoticeKind::MadeLive, after, before) })
}

/// Makes the revision that served before the live one serve again, in one step with retiring
/// the live one: the same again swaps back. A draft stays as it is.
pub async fn roll_back(
    services: &Services,
    actor: &Actor,
    slug: &str,
    seen: Seen<'_>,
    sessions: Sessions,
) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::GoLive).await?;
    require_active(&team)?;
    vendor_team::guard(actor, &team)?;
    let id = team.team_id();
    require_seen(&tx, id, DecidesOn::Previous, seen).await?;
    let live = revisions::in_state(&tx, id, RevisionState::Live).await?.map(|live| live.number);
    let Some(previous) = revisions::previous(&tx, id).await? else { return Err(Error::NotFound) };
    if !revisions::restore(&tx, id, previous.revision_id(), services.now()).await? {
        return Err(Error::NotFound);
    }
    let event = Event::team(id, AuditAction::RolledBack).changed(live, previous.number);
    audit::record(services, &tx, actor, event).await?;
    let ended = sessions.end(services, &tx, actor, &team).await?;
    store::commit(tx).await?;
    Ok(Notice { ended, ..Notice::on(NoticeKind::RolledBack, Some(previous.number), live) })
}

/// Throws the draft of an active team away; the live revision stays as it is.
pub async fn discard_draft(services: &Services, actor: &Actor, slug: &str, seen: Seen<'_>) -> Result<Notice, Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.locked_team(&tx, slug, Action::Configure).await?;
    require_active(&team)?;
    let id = team.team_id();
    require_seen(&tx, id, DecidesOn::Next, seen).await?;
    let draft = revisions::in_state(&tx, id, RevisionState::Draft).await?.ok_or(Error::NotFound)?;
    let live = revisions::in_state(&tx, id, RevisionState::Live).await?.map(|live| live.number);
    if revisions::delete_draft(&tx, id).await? {
        audit::record(services, &tx, actor, Event::team(id, AuditAction::DraftDiscarded)).await?;
    }
    store::commit(tx).await?;
    Ok(Notice::on(NoticeKind::Discarded, Some(draft.number), live))
}

fn require_active(team: &Team) -> Result<(), Error> {
    match team.status {
        TeamStatus::Active => Ok(()),
        status => Err(Error::form(FieldProblem::WrongStatus { status })),
    }
}
