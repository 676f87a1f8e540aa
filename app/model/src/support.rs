//! What the vendor's support sees.

mod bulk;
mod notes;
mod overview;
mod review;
mod review_checklist;
mod team_list;

use serde::{Deserialize, Serialize};

use crate::members::{InvitationView, VendorTeamView};
pub use bulk::{BulkAction, BulkPreview, BulkResult};
pub use notes::TeamNoteView;
pub use overview::{ExpiringCertificates, SupportOverview, WaitingTeams};
pub use review::{ReviewAssignment, ReviewAuthor, ReviewMessageView, ReviewerView};
pub use review_checklist::{ReviewCheck, ReviewedTest};
pub use team_list::{
    CertificateExpiry, QuietDays, SavedView, SignInsState, TeamCount, TeamListEntry, TeamListFilter, TeamListPage,
    TeamSearchResult, TeamSort, WaitingFor,
};

use crate::{
    AttemptReport, AttemptSummary, AuditEntry, ConnectionView, Diagnostic, Digests, Role, TeamView, Timestamp,
};

/// A member of a team, as support sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// Whom to write to.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// Mail that could not be delivered and is not tried any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetter {
    /// Its identifier.
    pub id: String,
    /// Whom it was for.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// How often it was tried.
    pub tries: i32,
    /// Why the last try failed.
    pub error: Option<Diagnostic>,
}

/// A team's page for support.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupportTeamView {
    /// The team.
    pub team: TeamView,
    /// The revision under edit or review.
    pub draft: Option<ConnectionView>,
    /// The revision that serves sign-ins.
    pub live: Option<ConnectionView>,
    /// The thumbprint of the key that the team signs requests with.
    pub current_key: Option<String>,
    /// What the forms of the page decide on.
    pub digests: Digests,
    /// The latest test sign-in.
    pub last_test: Option<AttemptReport>,
    /// What a reviewer should look at before a team in review goes live; nothing in other states.
    pub checklist: Vec<ReviewCheck>,
    /// The latest sign-ins, newest first.
    pub sign_ins: Vec<AttemptSummary>,
    /// Its members.
    pub members: Vec<MemberView>,
    /// Who is invited and has not accepted yet.
    pub invitations: Vec<InvitationView>,
    /// Whether it is the vendor's own; only administrators see it.
    pub vendor: Option<VendorTeamView>,
    /// Whether whoever looks may decide about it: reviewers may not about the vendor's own.
    pub may_decide: bool,
    /// Whether whoever looks may send its first owner a link.
    pub may_send_link: bool,
    /// What happened, newest first.
    pub audit: Vec<AuditEntry>,
}
