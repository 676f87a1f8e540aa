//! What a save or a decision did, on its way to the page that says so: the form state of the
//! browser carries it, beside what was typed.

use serde::{Deserialize, Serialize};

use crate::login_url::LoginUrlCheck;
use crate::support::BulkResult;
use crate::{RevisionPart, TeamLink, TeamSlug};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// Something in a draft was changed.
    Saved,
    /// What was posted is what is there.
    Unchanged,
    /// A certificate that was uploaded is there already.
    CertificateKnown,
    /// The draft waits for support.
    Submitted,
    /// It was taken back.
    Withdrawn,
    /// A revision serves sign-ins now.
    MadeLive,
    /// An earlier revision serves sign-ins again.
    RolledBack,
    /// A draft was thrown away.
    Discarded,
    /// Support let a team go live.
    Approved,
    /// Support sent a team back.
    ChangesRequested,
    /// Support stopped a team's sign-in.
    Suspended,
    /// Support allowed it again.
    Resumed,
    /// A Login URL was looked at, and nothing saved.
    LoginUrlChecked,
    /// Teams were reminded of their set-up.
    TeamsReminded,
    /// The sign-in of several teams was stopped.
    TeamsSuspended,
    /// The team has another name.
    TeamRenamed,
    /// It is known which identity provider the team uses.
    IdentityProviderSaved,
    /// A key was created.
    KeyCreated,
    /// The next key signs.
    KeyPromoted,
    /// A retired key is gone.
    KeyDeleted,
}

/// What was done, and to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What was done.
    pub kind: NoticeKind,
    /// The team, where the page that says so is not the team's own.
    pub team: Option<TeamLink>,
    /// The revision that it was done to.
    pub revision: Option<i32>,
    /// The revision that serves sign-ins beside it, or served before it.
    pub other: Option<i32>,
    /// What was changed in it.
    pub parts: Vec<RevisionPart>,
    /// How many sessions were ended along with it, if that was asked for.
    pub ended: Option<u64>,
    /// What was seen at the Login URL, if it was looked at.
    #[serde(default)]
    pub login_url: Option<LoginUrlCheck>,
    /// What was done to several teams.
    #[serde(default)]
    pub bulk: Option<BulkResult>,
    /// The team that a reviewer goes on with.
    #[serde(default)]
    pub next: Option<TeamLink>,
}

impl Notice {
    /// The form that keeps it: none of a page, so that it is taken by whichever comes next.
    pub const FORM: &'static str = "notice";

    /// Something was done that concerns no revision.
    #[must_use]
    pub const fn of(kind: NoticeKind) -> Self {
        Self::on(kind, None, None)
    }

    /// Something was done to a revision.
    #[must_use]
    pub const fn on(kind: NoticeKind, revision: Option<i32>, other: Option<i32>) -> Self {
        Self {
            kind,
            team: None,
            revision,
            other,
            parts: Vec::new(),
            ended: None,
            login_url: None,
            bulk: None,
            next: None,
        }
    }

    /// The same, naming the team that it was done to.
    #[must_use]
    pub fn about(self, slug: TeamSlug, name: String) -> Self {
        Self { team: Some(TeamLink { slug, name }), ..self }
    }
}
