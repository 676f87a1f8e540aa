//! A revision of a team's connection, as its row holds it.

use model::ids::{RevisionId, TeamId};
use model::{ClaimMapping, IdpSettings, RevisionState, SignInOptions, SsoBinding};
use sea_orm::ActiveValue::Set;

use crate::entities::revisions;
use crate::row::FromColumn as _;
use crate::{Error, Result, Timestamp};

/// A revision of a team's connection.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Its identifier.
    pub id: RevisionId,
    /// The team.
    pub team_id: TeamId,
    /// Its number within the team, from 1.
    pub number: i32,
    /// Draft, live or retired.
    pub state: RevisionState,
    /// The identity provider's addresses, once they were entered.
    pub idp: Option<IdpSettings>,
    /// Where the identity provider publishes its metadata.
    pub metadata_url: Option<String>,
    /// The claim mapping.
    pub claims: ClaimMapping,
    /// How it asks for sign-ins.
    pub options: SignInOptions,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last written to.
    pub updated_at: Timestamp,
    /// When it last went live.
    pub live_at: Option<Timestamp>,
}

impl Revision {
    /// Its identifier.
    #[must_use]
    pub const fn revision_id(&self) -> RevisionId {
        self.id
    }
}

impl TryFrom<revisions::Model> for Revision {
    type Error = Error;

    fn try_from(row: revisions::Model) -> Result<Self> {
        let binding: Option<SsoBinding> = Option::from_column(row.sso_binding, "revisions", "sso_binding")?;
        let idp = match (row.idp_entity_id, row.sso_url, binding) {
            (Some(entity_id), Some(sso_url), Some(sso_binding)) => {
                Some(IdpSettings { entity_id, sso_url, slo_url: row.slo_url, sso_binding })
            }
            _ => None,
        };
        Ok(Self {
            id: row.id.into(),
            team_id: row.team_id.into(),
            number: row.number,
            state: RevisionState::from_column(row.state, "revisions", "state")?,
            idp,
            metadata_url: row.metadata_url,
            claims: ClaimMapping::from_column(row.claims, "revisions", "claims")?,
            options: SignInOptions::from_column(row.options, "revisions", "options")?,
            created_at: row.created_at,
            updated_at: row.updated_at,
            live_at: row.live_at,
        })
    }
}

impl From<Revision> for revisions::ActiveModel {
    fn from(revision: Revision) -> Self {
        let sso_binding = revision.idp.as_ref().map(|idp| idp.sso_binding.into());
        let (idp_entity_id, sso_url, slo_url) = match revision.idp {
            Some(idp) => (Some(idp.entity_id), Some(idp.sso_url), idp.slo_url),
            None => (None, None, None),
        };
        Self {
            id: Set(revision.id.as_uuid()),
            team_id: Set(revision.team_id.as_uuid()),
            number: Set(revision.number),
            state: Set(revision.state.into()),
            idp_entity_id: Set(idp_entity_id),
            sso_url: Set(sso_url),
            slo_url: Set(slo_url),
            sso_binding: Set(sso_binding),
            metadata_url: Set(revision.metadata_url),
            claims: Set(revision.claims.into_column()),
            options: Set(revision.options.into_column()),
            created_at: Set(revision.created_at),
            updated_at: Set(revision.updated_at),
            live_at: Set(revision.live_at),
        }
    }
}
