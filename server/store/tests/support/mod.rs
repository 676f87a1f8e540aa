//! Rows that every test begins with.

use chrono::{TimeDelta, TimeZone as _, Utc};
use model::ids::{RevisionId, TeamId};
use model::{ClaimMapping, IdpSettings, SignInOptions, SsoBinding, TeamStatus, Timestamp};
use sea_orm::prelude::Uuid;
use store::Db;
use store::revisions::{self, NewRevision};
use store::teams::{self, Team};

pub fn now() -> Timestamp {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap() + TimeDelta::milliseconds(123)
}

pub fn id<I: From<Uuid>>(number: u8) -> I {
    Uuid::from_u128(number.into()).into()
}

pub async fn team(db: &Db, number: u8) -> TeamId {
    team_called(db, number, &format!("Team {number}")).await
}

pub async fn team_called(db: &Db, number: u8, name: &str) -> TeamId {
    let team_id = id::<TeamId>(number);
    let team = Team {
        id: team_id,
        slug: format!("team-{number}").parse().unwrap(),
        name: name.to_owned(),
        status: TeamStatus::Draft,
        status_words: None,
        submitted_at: None,
        created_at: now(),
        second_factor_required: false,
        is_vendor: false,
        vendor_roles: None,
        identity_provider: None,
    };
    teams::insert(&db.autocommit(), team).await.unwrap();
    team_id
}

pub fn idp() -> IdpSettings {
    IdpSettings {
        entity_id: "urn:idp".into(),
        sso_url: "https://idp.example/sso".into(),
        slo_url: None,
        sso_binding: SsoBinding::Redirect,
    }
}

pub async fn draft(db: &Db, team: TeamId, number: u8) -> RevisionId {
    let new = NewRevision {
        id: id::<RevisionId>(number),
        team,
        idp: Some(idp()),
        metadata_url: None,
        claims: ClaimMapping::default(),
        options: SignInOptions::default(),
    };
    revisions::insert_draft(&db.autocommit(), new, now()).await.unwrap().revision_id()
}
