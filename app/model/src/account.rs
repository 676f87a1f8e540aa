//! People who sign in to the portal itself.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::ids::AccountId;
use crate::{EmailAddress, Role, TeamSlug, TeamStatus, Timestamp};

/// What a support account may do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SupportRole {
    /// Reviews, approves, suspends, helps.
    Reviewer,
    /// All of that, and manages support accounts.
    Administrator,
}

coded!(SupportRole);

/// The signed-in account, as its own pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Its identifier.
    pub id: AccountId,
    /// What it signs in with.
    pub email: EmailAddress,
    /// Set for support accounts.
    pub support_role: Option<SupportRole>,
    /// Whether it signs in through the vendor's own identity provider, and has no credentials
    /// here.
    pub is_federated: bool,
    /// The teams it belongs to, by name.
    pub teams: Vec<AccountTeam>,
    /// The team that this session of support sees as its members do.
    pub viewed_team: Option<ViewedTeamView>,
}

/// A team that support sees as its members do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewedTeamView {
    /// The team, in the role of a viewer.
    pub team: AccountTeam,
    /// When this ends.
    pub until: Timestamp,
}

/// A team in somebody's list of teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountTeam {
    /// The team's slug.
    pub slug: TeamSlug,
    /// The team's name.
    pub name: String,
    /// Where it is in its life.
    pub status: TeamStatus,
    /// What the account is there.
    pub role: Role,
}

/// A change of an account's address, as the pages behind its mailed links show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailChangeView {
    /// The address before.
    pub old: EmailAddress,
    /// The address after.
    pub new: EmailAddress,
    /// Whether the password is asked for: this browser is not signed in to the account.
    pub needs_password: bool,
}
