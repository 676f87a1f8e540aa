//! What may be known of a key.

use model::SpKeyView;
use model::ids::{SpKeyId, TeamId};
use saml::certificate::SigningCertificate;
use store::{ConnectionTrait, sp_keys};

use crate::{Action, Actor, Error, Services};

/// A team's keys as its pages show them, newest first.
pub(crate) async fn views(db: &impl ConnectionTrait, team: TeamId) -> Result<Vec<SpKeyView>, Error> {
    let rows = sp_keys::list(db, team).await?;
    let view = |row: store::sp_keys::SpKeyPair| {
        Ok(SpKeyView {
            id: row.id,
            state: row.state,
            thumbprint_sha1: row.thumbprint_sha1,
            thumbprint_sha256: row.thumbprint_sha256,
            not_before: row.not_before,
            not_after: row.not_after,
        })
    };
    rows.into_iter().map(view).collect()
}

/// A key's certificate, to be uploaded in Entra.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// DER, what Entra's `.cer` is.
    pub der: Vec<u8>,
    /// The same as PEM.
    pub pem: String,
}

/// The certificate of one of a team's keys.
#[tracing::instrument(name = "sp_key_certificate", skip_all, fields(team = slug, actor.kind = actor.kind().as_str()))]
pub async fn certificate(services: &Services, actor: &Actor, slug: &str, key: &str) -> Result<Certificate, Error> {
    let db = services.db.connection();
    let (team, _) = actor.authorize_team(db, slug, Action::View).await?;
    let id: SpKeyId = key.parse().map_err(|_| Error::NotFound)?;
    let row = sp_keys::by_id(db, team.team_id(), id).await?.ok_or(Error::NotFound)?;
    let pem = SigningCertificate::from_der(&row.certificate)?.to_pem();
    Ok(Certificate { der: row.certificate, pem })
}
