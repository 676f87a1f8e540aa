//! All mails: which there are, what each is given, why one gets it and where its button leads. Their
//! text is in the `mail-….ftl` files of the message catalogue, their looks are in `layout.rs`.

mod credentials;
mod factors;
mod members;
mod membership;
mod request_origin;

use model::{SetupStep, TeamSlug, paths};
use strum::{EnumDiscriminants, VariantArray};

use super::MailError;
use super::layout::{self, RenderedMail};
use super::parts::Parts;
use super::reason::Reason;
use crate::Settings;

pub use credentials::Credentials;
pub(super) use credentials::CredentialsKind;
pub use factors::FactorChange;
pub(super) use factors::FactorNewsKind;
pub(super) use members::MembersMailKind;
pub use members::{AuditedAct, MembersMail};
pub use membership::{MembershipChange, SupportAccountChange};
pub(super) use membership::{MembershipChangeKind, SupportAccountChangeKind};
pub use request_origin::RequestOrigin;
pub(crate) use request_origin::at_and_from;

/// A team that somebody can sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignOnTeam {
    /// Its name.
    pub name: String,
    /// Its Sign on URL.
    pub sign_on_url: String,
}

/// A mail of ours.
#[derive(Clone, Debug, EnumDiscriminants)]
#[strum_discriminants(name(MessageKind), vis(pub(crate)), derive(VariantArray), doc = "The kinds of mail.")]
pub enum Message {
    /// Confirms an address.
    VerifyEmail {
        /// The link, single use.
        link: String,
    },
    /// Tries the configuration out.
    Test,
    /// Somebody signed up with an address that has an account.
    AlreadySignedUp,
    /// To an account's owner, of its password and address.
    Credentials(Credentials),
    /// To an account's owner: something happened to its second factors.
    Factors(FactorChange, RequestOrigin),
    /// To support: a team waits for review.
    TeamSubmitted {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// Who submitted it.
        by: String,
        /// What the team answered to the changes that support asked for.
        answer: Option<String>,
    },
    /// To somebody of support: the review of a team is theirs now.
    ReviewHandedOver {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// Who handed it over.
        by: String,
    },
    /// To the members: the team is live.
    TeamApproved {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
    },
    /// To the members: support asks for changes.
    ChangesRequested {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// What support wrote.
        words: String,
    },
    /// To the members: sign-in was stopped.
    TeamSuspended {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// What support wrote.
        reason: String,
    },
    /// To the members: sign-in works again.
    TeamResumed {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
    },
    /// To a team's administrators: its set-up is not finished.
    SetupReminder {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
    },
    /// To somebody who asked where they sign in.
    SignOnUrls {
        /// The teams, at least one.
        teams: Vec<SignOnTeam>,
    },
    /// About membership: invitations, roles, removals.
    Members(MembersMail),
}

impl Message {
    /// The mail as text and as HTML.
    pub(super) fn render(&self, settings: &Settings) -> Result<RenderedMail, MailError> {
        layout::render(&self.parts(settings), &settings.brand)
    }

    /// What it says.
    pub(super) fn parts(&self, settings: &Settings) -> Parts {
        let page = |path: &str| Some(settings.urls.account(path));
        let account = Reason::Account;
        match self {
            Self::Members(mail) => mail.parts(settings),
            Self::Credentials(message) => message.parts(settings),
            Self::Factors(news, origin) => news.parts(origin, settings),
            Self::VerifyEmail { link } => {
                Parts::of(settings, "mail-account-verify-email", Reason::SignUp, Some(link.clone()), &[])
            }
            Self::Test => Parts::of(settings, "mail-team-test-mail", Reason::Test, None, &[]),
            Self::AlreadySignedUp => {
                Parts::of(settings, "mail-account-already-signed-up", account, page(paths::LOGIN), &[])
            }
            Self::SignOnUrls { teams } => {
                let first = teams.first().map(|team| team.sign_on_url.clone());
                let listed: Vec<_> = teams.iter().map(|team| format!("{}: {}", team.name, team.sign_on_url)).collect();
                let team = teams.first().map_or("", |team| team.name.as_str());
                Parts::of(settings, "mail-account-sign-on-urls", Reason::SignOn, first, &[("team", team)])
                    .listing(&listed)
            }
            Self::TeamSubmitted { team, slug, by, answer } => {
                let link = page(&paths::support_team(slug.as_str()));
                let arguments = [("team", team.as_str()), ("slug", slug.as_str()), ("by", by.as_str())];
                match answer {
                    None => Parts::of(settings, "mail-team-submitted", Reason::Support, link, &arguments),
                    Some(answer) => {
                        Parts::of(settings, "mail-team-answered", Reason::Support, link, &arguments).quoting(answer)
                    }
                }
            }
            Self::ReviewHandedOver { team, slug, by } => {
                let link = page(&paths::support_team(slug.as_str()));
                let arguments = [("team", team.as_str()), ("slug", slug.as_str()), ("by", by.as_str())];
                Parts::of(settings, "mail-team-review-handed-over", Reason::Support, link, &arguments)
            }
            Self::TeamApproved { team, slug } => {
                let sign_on_url = settings.urls.account(&paths::sign_on(Some(slug)));
                to_members(settings, "mail-team-approved", team, &paths::team(slug.as_str())).showing(sign_on_url)
            }
            Self::ChangesRequested { team, slug, words } => {
                let path = paths::setup(slug.as_str(), SetupStep::GoLive);
                to_members(settings, "mail-team-changes-requested", team, &path).quoting(words)
            }
            Self::TeamSuspended { team, slug, reason } => {
                to_members(settings, "mail-team-suspended", team, &paths::team(slug.as_str())).quoting(reason)
            }
            Self::TeamResumed { team, slug } => {
                to_members(settings, "mail-team-resumed", team, &paths::team(slug.as_str()))
            }
            Self::SetupReminder { team, slug } => {
                to_members(settings, "mail-team-reminder", team, &paths::team(slug.as_str()))
            }
        }
    }
}

/// A mail to all members of a team, with a button to the page at this path.
fn to_members(settings: &Settings, key: &'static str, team: &str, path: &str) -> Parts {
    let link = settings.urls.account(path);
    Parts::of(settings, key, Reason::Member(team), Some(link), &[("team", team)])
}
