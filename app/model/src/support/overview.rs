//! Support's overview of all teams.

use serde::{Deserialize, Serialize};

use super::TeamListEntry;
use crate::team_statistics::SignInDay;
use crate::{TeamStatus, Timestamp};

/// Support's overview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportOverview {
    /// How many teams there are in each state.
    pub counts: Vec<(TeamStatus, u64)>,
    /// What waits for review.
    pub waiting: WaitingTeams,
    /// Sign-ins of all teams on each of the last days, the oldest first, tests left out.
    pub days: Vec<SignInDay>,
    /// Certificates of live revisions that need a look.
    pub certificates: ExpiringCertificates,
    /// How many mails could not be delivered.
    pub dead_mails: u64,
    /// When this was so.
    pub now: Timestamp,
}

/// Teams that wait for review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingTeams {
    /// Longest wait first: as many as a page holds.
    pub teams: Vec<TeamListEntry>,
    /// How many wait for longer than they should.
    pub overdue: u64,
    /// For how many hours they should wait at most.
    pub target_hours: i64,
}

/// Teams whose last certificate ends soon, or has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpiringCertificates {
    /// How many end within 30 days.
    pub soon: u64,
    /// How many are over.
    pub over: u64,
    /// The teams where one ends next, the first of them first.
    pub next: Vec<TeamListEntry>,
}
