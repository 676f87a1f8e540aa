//! What was just done: a page says it after a form of it succeeded. The address carries the
//! code, the text is in the catalogue under `done-<code>`.

use strum::{EnumString, IntoStaticStr, VariantArray};

/// Something that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Done {
    /// An invitation was mailed.
    Invited,
    /// It was mailed again.
    Resent,
    /// It was revoked.
    Revoked,
    /// A role was changed.
    RoleChanged,
    /// A member was removed.
    Removed,
    /// An application was registered.
    ApplicationRegistered,
    /// It was changed.
    ApplicationChanged,
    /// It has another logo.
    LogoChanged,
    /// It has no logo any more.
    LogoRemoved,
    /// It gets no sign-ins any more.
    ApplicationDisabled,
    /// It does again.
    ApplicationEnabled,
    /// A secret of it was deleted.
    SecretDeleted,
    /// Ownership passed on.
    OwnershipTransferred,
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
    /// The link that confirms an address was mailed again, if the address waits for it.
    VerificationResent,
    /// A password was changed by its owner, who stays signed in.
    PasswordChanged,
    /// A password was reset by a mailed link.
    PasswordReset,
    /// A link was mailed to the new address.
    EmailChangeRequested,
    /// The address was changed, in a browser that is signed in.
    EmailChanged,
    /// The address was changed, in a browser that is not signed in.
    EmailChangedSignIn,
    /// The change of address was undone.
    EmailChangeUndone,
    /// An authenticator app was set up.
    TotpAdded,
    /// It was removed.
    TotpRemoved,
    /// A passkey was registered.
    PasskeyAdded,
    /// It was renamed.
    PasskeyRenamed,
    /// It was removed.
    PasskeyRemoved,
    /// New recovery codes are in force.
    RecoveryCodesSaved,
    /// One of one's own sessions was ended.
    SessionEnded,
    /// All of them but this one were.
    OtherSessionsEnded,
    /// One of the team's people was deactivated.
    PersonDeactivated,
    /// They may sign in again.
    PersonReactivated,
    /// They were erased.
    PersonErased,
    /// One of their sessions was ended.
    PersonSessionEnded,
    /// A filter of support's list of teams is kept under a name.
    ViewSaved,
    /// It is no longer.
    ViewDeleted,
    /// Somebody of support took a review.
    ReviewTaken,
    /// They handed it over.
    ReviewHandedOver,
    /// A note about a team was written.
    NoteAdded,
    /// It was deleted.
    NoteDeleted,
    /// A mail that could not be delivered is tried again.
    MailRetried,
    /// One is not delivered any more.
    MailDiscarded,
}

impl Done {
    /// Actions on notes. Notes are far down on their page, so the message is shown beside them.
    pub const OF_NOTES: [Self; 2] = [Self::NoteAdded, Self::NoteDeleted];

    /// The code in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    /// What was done, in a sentence or two.
    #[must_use]
    pub fn text(self) -> String {
        messages::message(&format!("done-{}", self.as_str()), &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_no_others_do() {
        for done in Done::VARIANTS {
            assert_eq!(Done::parse(done.as_str()), Some(*done));
        }
        assert_eq!(Done::parse("call 555-0100"), None);
    }

    #[test]
    fn every_code_has_its_text_and_every_text_its_code() {
        for done in Done::VARIANTS {
            assert!(messages::has(&format!("done-{}", done.as_str())), "{done:?}");
        }
        assert_eq!(messages::keys("done-").len(), Done::VARIANTS.len());
    }
}
