//! Changing a connection: always its draft. A live revision is never written to; the first
//! edit copies it into a new draft.

use model::AuditAction;
use model::connection::IdpPolicy;
use model::ids::TeamId;
use model::{ClaimMapping, FieldProblem, IdpSettings, RevisionState, SetupStep, SignInOptions, TeamStatus};
use store::revisions::{self, NewRevision, Revision};
use store::teams::{self, Team};
use store::{ConnectionTrait, Tx};

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

/// The team and its draft, for writing: checks that the actor may and that the team is not
/// under review, and makes the draft if there is none.
pub(super) async fn editable_draft(
    services: &Services,
    tx: &Tx,
    actor: &Actor,
    slug: &str,
) -> Result<(Team, Revision), Error> {
    let (team, _) = actor.team(tx, slug, Action::Configure).await?;
    if !team.status()?.is_editable() {
        return Err(Error::form(FieldProblem::UnderReview));
    }
    let draft = match current(tx, team.team_id()).await? {
        Some(draft) if draft.state()? == RevisionState::Draft => draft,
        Some(live) => copy(services, tx, &live).await?,
        None => new_draft(services, tx, team.team_id(), Contents::default()).await?,
    };
    Ok((team, draft))
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
    pub(crate) fn of(revision: &Revision) -> Result<Self, Error> {
        Ok(Self {
            idp: revision.idp(),
            metadata_url: revision.metadata_url.clone(),
            claims: revision.claims()?,
            options: revision.options()?,
        })
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
    let team = live.team_id.into();
    let draft = new_draft(services, tx, team, Contents::of(live)?).await?;
    for mut certificate in revisions::certificates(tx, team, live.revision_id()).await? {
        certificate.id = services.uuid();
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
) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, draft) = editable_draft(services, &tx, actor, slug).await?;
    let endpoints = services.settings.urls.endpoints(&team.slug()?);
    let policy = IdpPolicy { allow_http_loopback: services.settings.urls.is_local_http(), endpoints: &endpoints };
    let mut idp = IdpSettings::check(entity_id, sso_url, slo_url, &policy).map_err(named)?;
    if let Some(known) = draft.idp().filter(|known| known.sso_url == idp.sso_url) {
        idp.sso_binding = known.sso_binding;
    }
    if draft.idp().as_ref() != Some(&idp) {
        let saved = revisions::set_idp(&tx, team.team_id(), draft.revision_id(), &idp, services.now()).await?;
        require_saved(saved, &team)?;
        let event = Event::team(team.team_id(), AuditAction::UrlsSaved).changed(draft.idp(), idp);
        audit::record(services, &tx, actor, event).await?;
    }
    Ok(store::commit(tx).await?)
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
) -> Result<(), Error> {
    let claims = check_claims(values)?;
    let tx = services.db.begin().await?;
    let (team, draft) = editable_draft(services, &tx, actor, slug).await?;
    let id = team.team_id();
    if draft.claims()? != claims {
        require_saved(revisions::set_claims(&tx, id, draft.revision_id(), &claims, services.now()).await?, &team)?;
        let event = Event::team(id, AuditAction::ClaimsSaved).changed(draft.claims()?, claims);
        audit::record(services, &tx, actor, event).await?;
    }
    teams::confirm_step(&tx, id, SetupStep::Attributes, services.now()).await?;
    Ok(store::commit(tx).await?)
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
    if saved { Ok(()) } else { Err(Error::form(FieldProblem::WrongStatus { status: team.status()? })) }
}

/// Makes the draft of an active team the live revision, in one step with retiring the one
/// before.
pub async fn make_live(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.team(&tx, slug, Action::GoLive).await?;
    require_active(&team)?;
    vendor_team::guard(actor, &team)?;
    let (before, after) = crate::teams::go_live(services, &tx, &team).await?;
    let event = Event::team(team.team_id(), AuditAction::MadeLive).changed(before, after);
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Makes the revision that served before the live one serve again, in one step with retiring
/// the live one: the same again swaps back. A draft stays as it is.
pub async fn roll_back(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.team(&tx, slug, Action::GoLive).await?;
    require_active(&team)?;
    vendor_team::guard(actor, &team)?;
    let id = team.team_id();
    let live = revisions::in_state(&tx, id, RevisionState::Live).await?.map(|live| live.number);
    let Some(previous) = revisions::previous(&tx, id).await? else { return Err(Error::NotFound) };
    if !revisions::restore(&tx, id, previous.revision_id(), services.now()).await? {
        return Err(Error::NotFound);
    }
    let event = Event::team(id, AuditAction::RolledBack).changed(live, previous.number);
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Throws the draft of an active team away; the live revision stays as it is.
pub async fn discard_draft(services: &Services, actor: &Actor, slug: &str) -> Result<(), Error> {
    let tx = services.db.begin().await?;
    let (team, _) = actor.team(&tx, slug, Action::Configure).await?;
    require_active(&team)?;
    if revisions::delete_draft(&tx, team.team_id()).await? {
        audit::record(services, &tx, actor, Event::team(team.team_id(), AuditAction::DraftDiscarded)).await?;
    }
    Ok(store::commit(tx).await?)
}

fn require_active(team: &Team) -> Result<(), Error> {
    match team.status()? {
        TeamStatus::Active => Ok(()),
        status => Err(Error::form(FieldProblem::WrongStatus { status })),
    }
}
