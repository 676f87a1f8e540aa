//! Why somebody gets a mail.

use messages::text;

/// Why somebody gets a mail, said at its end.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reason<'a> {
    /// Somebody signed up with the address.
    SignUp,
    /// Somebody asked where the address signs in.
    SignOn,
    /// An account has the address.
    Account,
    /// Somebody wants the address for an account.
    NewAddress,
    /// An account had the address until now.
    FormerAddress,
    /// They are a member of this team.
    Member(&'a str),
    /// They were a member of this team.
    FormerMember(&'a str),
    /// They are an owner of this team.
    Owner(&'a str),
    /// This person invited them.
    Invited(&'a str),
    /// Support created a team for them.
    Onboarding,
    /// They have an account in support.
    Support,
    /// They are an administrator in support.
    Administrator,
    /// An operator tries the mail configuration out.
    Test,
}

impl Reason<'_> {
    /// The reason as a sentence.
    pub(super) fn text(self, product: &str) -> String {
        match self {
            Self::SignUp => text!("mail-reason-sign-up", product = product),
            Self::SignOn => text!("mail-reason-sign-on", product = product),
            Self::Account => text!("mail-reason-account", product = product),
            Self::NewAddress => text!("mail-reason-new-address", product = product),
            Self::FormerAddress => text!("mail-reason-former-address", product = product),
            Self::Member(team) => text!("mail-reason-member", team = team),
            Self::FormerMember(team) => text!("mail-reason-former-member", team = team),
            Self::Owner(team) => text!("mail-reason-owner", team = team),
            Self::Invited(by) => text!("mail-reason-invited", by = by),
            Self::Onboarding => text!("mail-reason-onboarding", product = product),
            Self::Support => text!("mail-reason-support", product = product),
            Self::Administrator => text!("mail-reason-administrator", product = product),
            Self::Test => text!("mail-reason-test"),
        }
    }
}
