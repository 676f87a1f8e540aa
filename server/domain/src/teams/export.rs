//! Teams for a file: to move them to another installation, or to keep them beside it.

use model::{IdpSettings, RevisionState, SignInOptions, TeamSlug, TeamStatus};
use saml::certificate::SigningCertificate;
use store::revisions;
use store::teams;

use crate::revisions::signing_certificates;
use crate::{Error, Services};

/// A team with its live revision, or with its draft if nothing is live.
#[derive(Clone, Debug)]
pub struct ExportTeam {
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: TeamSlug,
    /// Where it is in its life.
    pub status: TeamStatus,
    /// The identity provider's addresses, once entered.
    pub idp: Option<IdpSettings>,
    /// Where the identity provider publishes its metadata.
    pub idp_metadata_url: Option<String>,
    /// How it asks for sign-ins.
    pub options: SignInOptions,
    /// The identity provider's signing certificates.
    pub certificates: Vec<SigningCertificate>,
}

/// All teams with their state, newest first.
pub async fn all(services: &Services) -> Result<Vec<teams::Team>, Error> {
    Ok(teams::list(services.db.connection()).await?)
}

/// All teams, oldest first.
#[tracing::instrument(name = "export_teams", skip_all, fields(actor.kind = "operator"))]
pub async fn export(services: &Services) -> Result<Vec<ExportTeam>, Error> {
    let db = services.db.connection();
    let mut exported = Vec::new();
    for team in teams::list(db).await?.into_iter().rev() {
        let revision = match revisions::in_state(db, team.team_id(), RevisionState::Live).await? {
            Some(live) => Some(live),
            None => revisions::in_state(db, team.team_id(), RevisionState::Draft).await?,
        };
        let certificates = match &revision {
            Some(revision) => signing_certificates(services, db, revision).await?,
            None => Vec::new(),
        };
        exported.push(ExportTeam {
            slug: team.slug.clone(),
            status: team.status,
            name: team.name,
            options: revision.as_ref().map(|revision| revision.options.clone()).unwrap_or_default(),
            idp: revision.as_ref().and_then(|revision| revision.idp.clone()),
            idp_metadata_url: revision.and_then(|revision| revision.metadata_url),
            certificates,
        });
    }
    Ok(exported)
}
