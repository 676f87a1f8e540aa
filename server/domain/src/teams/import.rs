//! Teams from a file: the operator's way to set up or migrate many at once.

use model::AuditAction;
use model::{Endpoints, FieldProblem, IdpSettings, RevisionState, SignInOptions, TeamName, TeamSlug, TeamStatus};
use saml::certificate::SigningCertificate;
use store::Tx;
use store::members;
use store::revisions::{self, Revision};
use store::teams::{self, Team, Transition};

use super::creation::insert;
use super::go_live::go_live;
use super::transitions::change_status;
use crate::audit::NewAuditEvent;
use crate::revisions::{RevisionContents, certificate_row, new_draft};
use crate::{Actor, Error, Services, audit, logout, sp_keys};

/// A team as a file describes it, checked.
#[derive(Clone, Debug)]
pub struct ImportTeam {
    /// Its name.
    pub name: TeamName,
    /// Its slug; made from the name otherwise.
    pub slug: Option<TeamSlug>,
    /// Where it is in its life.
    pub status: TeamStatus,
    /// The identity provider's addresses.
    pub idp: IdpSettings,
    /// Where the identity provider publishes its metadata. Not fetched here.
    pub idp_metadata_url: Option<String>,
    /// How it asks for sign-ins.
    pub options: SignInOptions,
    /// The identity provider's signing certificates, at least one.
    pub certificates: Vec<SigningCertificate>,
}

/// What came of a team of the file.
#[derive(Clone, Debug)]
pub struct ImportedTeam {
    /// What its admin copies into Entra.
    pub endpoints: Endpoints,
    /// Whether anything was changed.
    pub changed: bool,
}

/// Brings every team of a file into being, or into the state that the file describes; all
/// of them or, if one cannot be, none. The same again changes nothing.
///
/// # Errors
/// [`Error::Invalid`] with the position of the team in the list as the field's name.
#[tracing::instrument(name = "import_teams", skip_all, fields(actor.kind = "operator"))]
pub async fn import(services: &Services, list: &[ImportTeam]) -> Result<Vec<ImportedTeam>, Error> {
    let tx = services.db.begin().await?;
    let mut imported = Vec::new();
    for (position, wanted) in list.iter().enumerate() {
        let outcome = import_one(services, &tx, wanted).await;
        imported.push(outcome.map_err(|error| at(position, error))?);
    }
    store::commit(tx).await?;
    Ok(imported)
}

fn at(position: usize, error: Error) -> Error {
    match error {
        Error::Invalid(problems) => {
            Error::Invalid(problems.into_iter().map(|(_, problem)| (position.to_string(), problem)).collect())
        }
        other => other,
    }
}

async fn import_one(services: &Services, tx: &Tx, wanted: &ImportTeam) -> Result<ImportedTeam, Error> {
    let existing = find(tx, wanted).await?;
    let mut changed = existing.is_none();
    let team = match existing {
        Some(team) => team,
        None => insert(services, tx, &wanted.name, wanted.slug.as_ref(), TeamStatus::Draft).await?,
    };
    if team.name != wanted.name.as_str() {
        teams::rename(tx, team.team_id(), wanted.name.as_str()).await?;
        changed = true;
    }
    members::lock(tx, team.team_id()).await?;
    changed |= import_connection(services, tx, &team, wanted).await?;
    changed |= import_status(services, tx, &team, wanted.status).await?;
    if changed {
        audit::record(services, tx, &Actor::operator(), NewAuditEvent::team(team.team_id(), AuditAction::TeamImported))
            .await?;
    }
    Ok(ImportedTeam { endpoints: services.settings.urls.endpoints(&team.slug), changed })
}

/// By its slug; without one by its name, which must then be one team's only.
async fn find(tx: &Tx, wanted: &ImportTeam) -> Result<Option<Team>, Error> {
    if let Some(slug) = &wanted.slug {
        return Ok(teams::by_slug(tx, slug).await?);
    }
    let mut named = teams::list(tx).await?;
    named.retain(|team| team.name == wanted.name.as_str());
    if named.len() > 1 {
        return Err(Error::form(FieldProblem::TeamNameAmbiguous));
    }
    Ok(named.pop())
}

/// Whether the connection had to be changed.
async fn import_connection(services: &Services, tx: &Tx, team: &Team, wanted: &ImportTeam) -> Result<bool, Error> {
    let id = team.team_id();
    let current = match revisions::in_state(tx, id, RevisionState::Draft).await? {
        Some(draft) => Some(draft),
        None => revisions::in_state(tx, id, RevisionState::Live).await?,
    };
    if let Some(revision) = &current
        && revision.idp.as_ref() == Some(&wanted.idp)
        && revision.metadata_url == wanted.idp_metadata_url
        && revision.options == wanted.options
        && has_exactly(tx, revision, wanted).await?
    {
        return Ok(false);
    }
    let claims = current.map(|revision| revision.claims.clone()).unwrap_or_default();
    revisions::delete_draft(tx, id).await?;
    let (idp, metadata_url) = (Some(wanted.idp.clone()), wanted.idp_metadata_url.clone());
    let contents = RevisionContents { idp, metadata_url, claims, options: wanted.options.clone() };
    let draft = new_draft(services, tx, id, contents).await?;
    if wanted.options.sign_requests {
        // private keys do not travel in files: a team that signs gets a key here
        sp_keys::create_first(services, tx, &Actor::operator(), team).await?;
    }
    for certificate in &wanted.certificates {
        revisions::insert_certificate(tx, certificate_row(services, id, draft.revision_id(), certificate)).await?;
    }
    Ok(true)
}

async fn has_exactly(tx: &Tx, revision: &Revision, wanted: &ImportTeam) -> Result<bool, Error> {
    let rows = revisions::certificates(tx, revision.team_id, revision.revision_id()).await?;
    Ok(rows.len() == wanted.certificates.len()
        && wanted.certificates.iter().all(|certificate| rows.iter().any(|row| row.der == certificate.der())))
}

/// Whether the status, or what is live, had to be changed.
async fn import_status(services: &Services, tx: &Tx, team: &Team, wanted: TeamStatus) -> Result<bool, Error> {
    let from = team.status;
    let id = team.team_id();
    let has_draft = revisions::in_state(tx, id, RevisionState::Draft).await?.is_some();
    let serves = matches!(wanted, TeamStatus::Active | TeamStatus::Suspended);
    if serves && has_draft {
        go_live(services, tx, team).await?;
    }
    if from != wanted {
        let at = services.now();
        let submitted_at = (wanted == TeamStatus::InReview).then_some(at);
        change_status(tx, team, Transition { from, to: wanted, words: None, submitted_at, at }).await?;
        if wanted == TeamStatus::Suspended {
            logout::end_access_of_suspended_team(services, tx, &Actor::operator(), team).await?;
        }
    }
    Ok(from != wanted || (serves && has_draft))
}
