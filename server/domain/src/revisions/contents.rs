//! What a revision holds, and new drafts.

use model::ids::TeamId;
use model::{ClaimMapping, IdpSettings, RevisionState, SignInOptions};
use store::revisions::{self, NewRevision, Revision};
use store::{ConnectionTrait, Tx};

use crate::{Error, Services};

/// The revision that is shown and tested: the draft, or the live one if there is no draft.
pub(crate) async fn shown_revision(db: &impl ConnectionTrait, team: TeamId) -> Result<Option<Revision>, Error> {
    match revisions::in_state(db, team, RevisionState::Draft).await? {
        Some(draft) => Ok(Some(draft)),
        None => Ok(revisions::in_state(db, team, RevisionState::Live).await?),
    }
}

/// The settings of a revision: everything but its certificates.
#[derive(Clone, Debug, Default)]
pub(crate) struct RevisionContents {
    pub(crate) idp: Option<IdpSettings>,
    pub(crate) metadata_url: Option<String>,
    pub(crate) claims: ClaimMapping,
    pub(crate) options: SignInOptions,
}

impl RevisionContents {
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
    contents: RevisionContents,
) -> Result<Revision, Error> {
    let RevisionContents { idp, metadata_url, claims, options } = contents;
    let new = NewRevision { id: services.uuid().into(), team, idp, metadata_url, claims, options };
    Ok(revisions::insert_draft(tx, new, services.now()).await?)
}

/// Copies a revision with its certificates into a new draft.
pub(crate) async fn copy_to_draft(services: &Services, tx: &Tx, live: &Revision) -> Result<Revision, Error> {
    let team = live.team_id;
    let draft = new_draft(services, tx, team, RevisionContents::of(live)).await?;
    for mut certificate in revisions::certificates(tx, team, live.revision_id()).await? {
        certificate.id = services.uuid().into();
        certificate.revision_id = draft.id;
        revisions::insert_certificate(tx, certificate).await?;
    }
    Ok(draft)
}
