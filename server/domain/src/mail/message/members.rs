//! Mails about membership: invitations, roles, removals, support accounts.

use model::{TeamSlug, Timestamp, paths};
use strum::{EnumDiscriminants, VariantArray};

use super::{Parts, Reason, RequestOrigin};
use crate::{Actor, Services, Settings};

/// Who did something, when and from where.
#[derive(Clone, Debug)]
pub struct AuditedAct {
    by: String,
    origin: RequestOrigin,
}

impl AuditedAct {
    /// What the actor does now.
    #[must_use]
    pub fn of(services: &Services, actor: &Actor) -> Self {
        Self::by(actor.display_name(), RequestOrigin::of(services, actor))
    }

    /// What somebody of this name did.
    pub(in crate::mail) fn by(by: String, origin: RequestOrigin) -> Self {
        Self { by, origin }
    }

    /// These arguments of a message, and `by` and `origin`.
    fn with<'a>(&'a self, others: &[(&'static str, &'a str)]) -> Vec<(&'static str, &'a str)> {
        [others, &[("by", &*self.by), ("origin", self.origin.as_str())]].concat()
    }
}

fn moment(at: Timestamp) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

/// A mail about membership.
#[derive(Clone, Debug, EnumDiscriminants)]
#[strum_discriminants(name(MembersMailKind), vis(pub(crate)), derive(VariantArray), doc = "The kinds of these mails.")]
pub enum MembersMail {
    /// Into a team.
    Invitation {
        /// The link, single use.
        link: String,
        /// The team's name.
        team: String,
        /// As what.
        role: &'static str,
        /// Until when the link works.
        expires_at: Timestamp,
        /// Who invited.
        act: AuditedAct,
    },
    /// To the first owner of a team that support created.
    OnboardingLink {
        /// The link, single use.
        link: String,
        /// The team's name.
        team: String,
        /// Until when the link works.
        expires_at: Timestamp,
    },
    /// Into the vendor's support team.
    SupportInvitation {
        /// The link, single use.
        link: String,
        /// As what.
        role: &'static str,
        /// Until when the link works.
        expires_at: Timestamp,
        /// Who invited.
        act: AuditedAct,
    },
    /// To the person themselves: something about their membership changed.
    You {
        /// The team's name.
        team: String,
        /// Its slug, if they still see it.
        slug: Option<TeamSlug>,
        /// What happened, as a sentence.
        change: String,
        /// Who did it.
        act: AuditedAct,
    },
    /// To the owners: a member's role or membership changed.
    Owners {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// What happened, as a sentence.
        change: String,
        /// Who did it.
        act: AuditedAct,
    },
    /// To a support account: its role or state changed.
    YourSupportAccount {
        /// What happened, as a sentence.
        change: String,
        /// Whether it can sign in now.
        is_active: bool,
        /// Who did it.
        act: AuditedAct,
    },
    /// To the administrators: a support account's role or state changed.
    SupportAccounts {
        /// What happened, as a sentence.
        change: String,
        /// Who did it.
        act: AuditedAct,
    },
}

impl MembersMail {
    pub(super) fn parts(&self, settings: &Settings) -> Parts {
        let page = |path: &str| Some(settings.urls.account(path));
        match self {
            Self::Invitation { link, team, role, expires_at, act } => {
                let (until, by) = (moment(*expires_at), act.by.as_str());
                let arguments = [("by", by), ("team", team.as_str()), ("role", *role), ("until", until.as_str())];
                let link = Some(link.clone());
                Parts::of(settings, "mail-members-invitation", Reason::Invited(by), link, &arguments)
            }
            Self::OnboardingLink { link, team, expires_at } => {
                let until = moment(*expires_at);
                let arguments = [("team", team.as_str()), ("until", until.as_str())];
                let link = Some(link.clone());
                Parts::of(settings, "mail-members-onboarding-link", Reason::Onboarding, link, &arguments)
            }
            Self::SupportInvitation { link, role, expires_at, act } => {
                let (until, by) = (moment(*expires_at), act.by.as_str());
                let arguments = [("by", by), ("role", *role), ("until", until.as_str())];
                let link = Some(link.clone());
                Parts::of(settings, "mail-members-support-invitation", Reason::Invited(by), link, &arguments)
            }
            Self::You { team, slug, change, act } => {
                let reason = if slug.is_some() { Reason::Member(team) } else { Reason::FormerMember(team) };
                let link = slug.as_ref().and_then(|slug| page(&paths::team(slug.as_str())));
                let arguments = act.with(&[("team", team), ("change", change)]);
                Parts::of(settings, "mail-members-your-membership", reason, link, &arguments)
            }
            Self::Owners { team, slug, change, act } => {
                let link = page(&paths::members(slug.as_str()));
                let arguments = act.with(&[("team", team), ("change", change)]);
                Parts::of(settings, "mail-members-team", Reason::Owner(team), link, &arguments)
            }
            Self::YourSupportAccount { change, is_active, act } => {
                let link = if *is_active { page(paths::SUPPORT) } else { None };
                let arguments = act.with(&[("change", change)]);
                Parts::of(settings, "mail-members-your-support-account", Reason::Support, link, &arguments)
            }
            Self::SupportAccounts { change, act } => {
                let link = page(paths::SUPPORT_ACCOUNTS);
                let arguments = act.with(&[("change", change)]);
                Parts::of(settings, "mail-members-support-accounts", Reason::Administrator, link, &arguments)
            }
        }
    }
}
