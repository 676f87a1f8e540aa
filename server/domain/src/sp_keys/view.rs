//! What may be known of a key.

use model::ids::SpKeyId;
use saml::certificate::SigningCertificate;
use store::sp_keys;

use crate::{Action, Actor, Error, Services};

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
