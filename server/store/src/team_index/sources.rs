//! What a team's row and words are made of.

use std::collections::{BTreeMap, BTreeSet};

use model::{IdentityProvider, IdpSettings, RevisionState, Role, TeamStatus};
use sea_orm::prelude::Uuid;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

use super::terms::Terms;
use crate::attempts::{is_failed, is_test};
use crate::code::Code;
use crate::entities::{accounts, attempts, certificates, members, people, revisions, team_listings, teams};
use crate::revision::Revision;
use crate::row::ROWS_PER_STATEMENT;
use crate::{Result, Timestamp};

/// Members of a team whose addresses find it.
const MAX_MEMBERS: usize = 100;

/// Of some teams: what is configured, and who manages them.
pub(super) struct Sources {
    teams: Vec<teams::Model>,
    emails: BTreeMap<Uuid, Vec<String>>,
    /// The live revision and the draft of each, the live one first.
    revisions: BTreeMap<Uuid, Vec<Revision>>,
    certificates_end: BTreeMap<Uuid, Timestamp>,
}

impl Sources {
    pub(super) async fn load(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Self> {
        let of_teams = ids.iter().copied();
        let teams = teams::Entity::find().filter(teams::Column::Id.is_in(of_teams.clone())).all(db).await?;
        let states = [RevisionState::Draft, RevisionState::Live].map(RevisionState::as_str);
        let rows = revisions::Entity::find()
            .filter(revisions::Column::TeamId.is_in(of_teams))
            .filter(revisions::Column::State.is_in(states))
            .all(db)
            .await?;
        let mut revisions: BTreeMap<Uuid, Vec<Revision>> = BTreeMap::new();
        for row in rows {
            let (team, revision) = (row.team_id, Revision::try_from(row)?);
            let of_team = revisions.entry(team).or_default();
            let position = if revision.state == RevisionState::Live { 0 } else { of_team.len() };
            of_team.insert(position, revision);
        }
        let live = revisions.values().flatten().filter(|revision| revision.state == RevisionState::Live);
        let live: Vec<Uuid> = live.map(|revision| revision.id.as_uuid()).collect();
        Ok(Self {
            teams,
            emails: emails(db, ids).await?,
            certificates_end: certificates_end(db, &live).await?,
            revisions,
        })
    }

    pub(super) fn teams(&self) -> &[teams::Model] {
        &self.teams
    }

    fn revisions_of(&self, team: Uuid) -> &[Revision] {
        self.revisions.get(&team).map_or(&[], Vec::as_slice)
    }

    /// The row of a team, with what is known of its sign-ins if it is new.
    pub(super) fn listing(&self, team: &teams::Model, activity: &Activity) -> team_listings::ActiveModel {
        let is_waiting = team.status == Code::Known(TeamStatus::InReview);
        team_listings::ActiveModel {
            team_id: Set(team.id),
            sort_name: Set(team.name.to_lowercase()),
            status: Set(team.status.clone()),
            status_since: Set(team.submitted_at.filter(|_| is_waiting).unwrap_or(team.created_at)),
            identity_provider: Set(self.identity_provider(team)),
            certificate_ends_at: Set(self.certificates_end.get(&team.id).copied()),
            last_sign_in_at: Set(activity.last_sign_in(team.id)),
            failed_at: Set(activity.failed_at(team.id)),
        }
    }

    /// The one chosen, or else what the values look like; none where there are no values.
    fn identity_provider(&self, team: &teams::Model) -> Option<Code<IdentityProvider>> {
        let recognise = || {
            let idp: &IdpSettings = self.revisions_of(team.id).iter().find_map(|revision| revision.idp.as_ref())?;
            Some(Code::Known(IdentityProvider::in_use(None, Some(idp))))
        };
        team.identity_provider.clone().or_else(recognise)
    }

    pub(super) fn terms(&self, team: &teams::Model) -> Terms {
        let mut terms = Terms::default();
        terms.add_slug(&team.slug);
        terms.add_name(&team.name);
        for revision in self.revisions_of(team.id) {
            if let Some(idp) = &revision.idp {
                terms.add_entity_id(&idp.entity_id);
            }
            terms.add_domains(revision.options.email_domains.as_str());
        }
        for email in self.emails.get(&team.id).into_iter().flatten() {
            terms.add_email(email);
        }
        terms
    }
}

/// The addresses of the teams' members, owners first.
async fn emails(db: &impl ConnectionTrait, teams: &[Uuid]) -> Result<BTreeMap<Uuid, Vec<String>>> {
    let of_teams = members::Column::TeamId.is_in(teams.iter().copied());
    let mut rows = members::Entity::find().filter(of_teams).all(db).await?;
    rows.sort_by_key(|row| (row.role != Code::Known(Role::Owner), row.created_at, row.account_id));
    let mut accounts_of: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in rows {
        let of_team = accounts_of.entry(row.team_id).or_default();
        if of_team.len() < MAX_MEMBERS {
            of_team.push(row.account_id);
        }
    }
    let ids: BTreeSet<Uuid> = accounts_of.values().flatten().copied().collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let mut addresses: BTreeMap<Uuid, String> = BTreeMap::new();
    for ids in ids.chunks(ROWS_PER_STATEMENT) {
        let found: Vec<(Uuid, String)> = accounts::Entity::find()
            .filter(accounts::Column::Id.is_in(ids.iter().copied()))
            .select_only()
            .columns([accounts::Column::Id, accounts::Column::Email])
            .into_tuple()
            .all(db)
            .await?;
        addresses.extend(found);
    }
    let of_team = |accounts: Vec<Uuid>| accounts.iter().filter_map(|id| addresses.get(id).cloned()).collect();
    Ok(accounts_of.into_iter().map(|(team, accounts)| (team, of_team(accounts))).collect())
}

/// When the last certificate of each team's live revision ends.
async fn certificates_end(db: &impl ConnectionTrait, live: &[Uuid]) -> Result<BTreeMap<Uuid, Timestamp>> {
    let mut ends: BTreeMap<Uuid, Timestamp> = BTreeMap::new();
    if live.is_empty() {
        return Ok(ends);
    }
    let rows: Vec<(Uuid, Timestamp)> = certificates::Entity::find()
        .filter(certificates::Column::RevisionId.is_in(live.iter().copied()))
        .select_only()
        .columns([certificates::Column::TeamId, certificates::Column::NotAfter])
        .into_tuple()
        .all(db)
        .await?;
    for (team, not_after) in rows {
        ends.entry(team).and_modify(|end| *end = Ord::max(not_after, *end)).or_insert(not_after);
    }
    Ok(ends)
}

/// When people of some teams signed in last, or could not.
#[derive(Debug, Default)]
pub(super) struct Activity {
    signed_in: BTreeMap<Uuid, Timestamp>,
    failed: BTreeMap<Uuid, Timestamp>,
}

#[derive(FromQueryResult)]
struct LatestSignInRow {
    team_id: Uuid,
    latest: Timestamp,
}

impl Activity {
    pub(super) async fn load(db: &impl ConnectionTrait, teams: &[Uuid]) -> Result<Self> {
        if teams.is_empty() {
            return Ok(Self::default());
        }
        let people = people::Entity::find()
            .filter(people::Column::TeamId.is_in(teams.iter().copied()))
            .select_only()
            .column(people::Column::TeamId)
            .column_as(people::Column::LastSignInAt.max(), "latest")
            .group_by(people::Column::TeamId);
        let failed = attempts::Entity::find()
            .filter(attempts::Column::TeamId.is_in(teams.iter().copied()))
            .filter(is_failed())
            .filter(is_test(false))
            .select_only()
            .column(attempts::Column::TeamId)
            .column_as(attempts::Column::CreatedAt.max(), "latest")
            .group_by(attempts::Column::TeamId);
        let by_team = |rows: Vec<LatestSignInRow>| rows.into_iter().map(|row| (row.team_id, row.latest)).collect();
        Ok(Self {
            signed_in: by_team(people.into_model().all(db).await?),
            failed: by_team(failed.into_model().all(db).await?),
        })
    }

    /// The beginning of 1970 if nobody did.
    fn last_sign_in(&self, team: Uuid) -> Timestamp {
        self.signed_in.get(&team).copied().unwrap_or_default()
    }

    /// The last sign-in that failed, if none succeeded since.
    fn failed_at(&self, team: Uuid) -> Option<Timestamp> {
        self.failed.get(&team).copied().filter(|failed| *failed > self.last_sign_in(team))
    }
}
