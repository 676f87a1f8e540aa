//! A revision as pages show it.

use model::{CertificateView, ConnectionView, RevisionState, Timestamp};
use store::ConnectionTrait;
use store::revisions::{self, Revision};

use crate::Error;

/// A team without any revision.
pub(crate) fn empty_connection_view(created_at: Timestamp) -> ConnectionView {
    ConnectionView {
        number: 1,
        state: RevisionState::Draft,
        idp: None,
        metadata_url: None,
        certificates: Vec::new(),
        claims: model::ClaimMapping::default(),
        options: model::SignInOptions::default(),
        updated_at: created_at,
        live_at: None,
    }
}

/// A revision with its certificates. Parses nothing: what is shown of a certificate was written
/// beside it when it was uploaded.
pub(crate) async fn connection_view(db: &impl ConnectionTrait, revision: &Revision) -> Result<ConnectionView, Error> {
    let rows = revisions::certificates(db, revision.team_id, revision.revision_id()).await?;
    let view = |row: revisions::Certificate| CertificateView {
        id: row.id,
        subject: row.subject,
        thumbprint_sha1: row.thumbprint_sha1,
        thumbprint_sha256: row.thumbprint_sha256,
        key: row.public_key,
        not_before: row.not_before,
        not_after: row.not_after,
    };
    Ok(ConnectionView {
        number: revision.number,
        state: revision.state,
        idp: revision.idp.clone(),
        metadata_url: revision.metadata_url.clone(),
        certificates: rows.into_iter().map(view).collect(),
        claims: revision.claims.clone(),
        options: revision.options.clone(),
        updated_at: revision.updated_at,
        live_at: revision.live_at,
    })
}
