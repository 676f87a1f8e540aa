//! A sign-in that has begun.

use chrono::TimeDelta;
use model::ids::{AttemptId, RevisionId, TeamId};
use store::attempts::{self, Attempt, NewAttempt};

use crate::support::{id, now};

/// Not stored yet.
pub fn open_attempt(team: TeamId, revision: RevisionId, number: u8) -> Attempt {
    let new = NewAttempt {
        id: id::<AttemptId>(number),
        team_id: team,
        reference: format!("SSO-0000-000{number}"),
        request_id: format!("_{number}"),
        relay_state_hash: vec![number],
        browser_hash: vec![number],
        created_at: now(),
        expires_at: now() + TimeDelta::minutes(10),
    };
    Attempt { revision_id: Some(revision), ..attempts::open(new) }
}
