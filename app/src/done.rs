//! What was just done, in words: a page says it after a form of it succeeded. The address
//! carries the code, the words are ours.

/// Something that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// An invitation was mailed.
    Invited,
    /// It was mailed again.
    Resent,
    /// It was taken back.
    Revoked,
    /// A role was changed.
    RoleChanged,
    /// A member was removed.
    Removed,
    /// Ownership passed on.
    HandedOver,
    /// All members need a second factor.
    FactorRequired,
    /// They no longer do.
    FactorOptional,
    /// A team and its link were made.
    Onboarded,
    /// An account cannot sign in any more.
    Deactivated,
    /// It can again.
    Activated,
    /// The team is the vendor's.
    Marked,
    /// It is no longer.
    Unmarked,
    /// Groups were changed.
    GroupsChanged,
}

impl Done {
    const ALL: [Self; 14] = [
        Self::Invited,
        Self::Resent,
        Self::Revoked,
        Self::RoleChanged,
        Self::Removed,
        Self::HandedOver,
        Self::FactorRequired,
        Self::FactorOptional,
        Self::Onboarded,
        Self::Deactivated,
        Self::Activated,
        Self::Marked,
        Self::Unmarked,
        Self::GroupsChanged,
    ];

    /// The code in the address.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Resent => "resent",
            Self::Revoked => "revoked",
            Self::RoleChanged => "role-changed",
            Self::Removed => "removed",
            Self::HandedOver => "handed-over",
            Self::FactorRequired => "factor-required",
            Self::FactorOptional => "factor-optional",
            Self::Onboarded => "onboarded",
            Self::Deactivated => "deactivated",
            Self::Activated => "activated",
            Self::Marked => "marked",
            Self::Unmarked => "unmarked",
            Self::GroupsChanged => "groups-changed",
        }
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.as_str() == text)
    }

    /// What was done.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Invited => "The invitation is on its way. Its link works once, for seven days.",
            Self::Resent => "A new link is on its way. The one before no longer works.",
            Self::Revoked => "The invitation is taken back. Its link no longer works.",
            Self::RoleChanged => "The role is changed. The person and the others concerned get a mail.",
            Self::Removed => "The member is removed and has no access any more, in open sessions too.",
            Self::HandedOver => "The team has a new owner. You stay a member, as admin.",
            Self::FactorRequired => "All members need a second factor now.",
            Self::FactorOptional => "Members may work without a second factor again.",
            Self::Onboarded => "The link is on its way to the team's first owner.",
            Self::Deactivated => "The account is deactivated. Its sessions have ended.",
            Self::Activated => "The account can sign in again.",
            Self::Marked => "The team is marked as the vendor's. Say below which of its groups give which role.",
            Self::Unmarked => "The team is no longer the vendor's. Roles that came by its groups have ended.",
            Self::GroupsChanged => "The groups are changed. Each person's role follows at their next sign-in.",
        }
    }
}

impl From<Done> for &'static str {
    fn from(done: Done) -> Self {
        done.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_no_others_do() {
        for done in Done::ALL {
            assert_eq!(Done::parse(done.as_str()), Some(done));
        }
        assert_eq!(Done::parse("call 555-0100"), None);
    }
}
