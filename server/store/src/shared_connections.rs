//! Teams that have something of another team's connection: its identity provider, or a certificate.

use std::collections::BTreeSet;

use model::ids::TeamId;
use model::{RevisionState, entra};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::entities::{certificates, revisions, team_search_terms};
use crate::teams::Team;
use crate::{Result, team_index, teams};

/// So many teams are looked at, and no more are told.
const MAX_TEAMS: u64 = 10;
/// Revisions of a team that are in use: the live one and the draft.
const REVISIONS_IN_USE: u64 = 2;

/// Other teams whose live revision or draft has this entity ID, or one of the same Entra tenant.
pub async fn with_identity_provider(db: &impl ConnectionTrait, entity_id: &str, except: TeamId) -> Result<Vec<Team>> {
    let tenant = entra::tenant(entity_id);
    let terms = team_index::entity_id_term(entity_id).into_iter().chain(tenant.clone());
    let candidates = team_search_terms::Entity::find()
        .filter(team_search_terms::Column::Term.is_in(terms))
        .filter(team_search_terms::Column::TeamId.ne(except.as_uuid()))
        .select_only()
        .column(team_search_terms::Column::TeamId)
        .distinct()
        .order_by_asc(team_search_terms::Column::TeamId)
        .limit(MAX_TEAMS);
    let candidates: Vec<Uuid> = candidates.into_tuple().all(db).await?;
    // a term may stand for something else, such as a domain, and long ones are cut
    let rows = in_use().filter(revisions::Column::TeamId.is_in(candidates)).select_only();
    let rows = rows.column(revisions::Column::TeamId).column(revisions::Column::IdpEntityId);
    let rows: Vec<(Uuid, Option<String>)> = rows.into_tuple().all(db).await?;
    let is_same = |other: &str| other == entity_id || (tenant.is_some() && entra::tenant(other) == tenant);
    let same = rows.into_iter().filter(|(_, other)| other.as_deref().is_some_and(is_same));
    sorted(db, same.map(|(team, _)| team).collect()).await
}

/// Other teams whose live revision or draft has one of these certificates, named by their SHA-256: any ten, where
/// there are more.
pub async fn with_certificate(db: &impl ConnectionTrait, thumbprints: &[&str], except: TeamId) -> Result<Vec<Team>> {
    let certificate = revisions::Entity::belongs_to(certificates::Entity)
        .from(revisions::Column::Id)
        .to(certificates::Column::RevisionId)
        .into();
    // without an order, so that neither database reads all of them for a certificate that thousands have
    let found = in_use()
        .join(JoinType::InnerJoin, certificate)
        .filter(certificates::Column::ThumbprintSha256.is_in(thumbprints.iter().copied()))
        .filter(revisions::Column::TeamId.ne(except.as_uuid()))
        .select_only()
        .column(revisions::Column::TeamId)
        .limit(MAX_TEAMS * REVISIONS_IN_USE * u64::try_from(thumbprints.len()).unwrap_or(1));
    let mut found: BTreeSet<Uuid> = found.into_tuple::<Uuid>().all(db).await?.into_iter().collect();
    while u64::try_from(found.len()).is_ok_and(|teams| teams > MAX_TEAMS) {
        found.pop_last();
    }
    sorted(db, found).await
}

/// Revisions that serve sign-ins or may come to.
fn in_use() -> Select<revisions::Entity> {
    let states = [RevisionState::Draft, RevisionState::Live].map(RevisionState::as_str);
    revisions::Entity::find().filter(revisions::Column::State.is_in(states))
}

async fn sorted(db: &impl ConnectionTrait, ids: BTreeSet<Uuid>) -> Result<Vec<Team>> {
    let mut teams = teams::by_ids(db, ids.into_iter().map(TeamId::from)).await?;
    teams.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(teams)
}
