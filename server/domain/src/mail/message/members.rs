//! Mails about membership: invitations, roles, removals, support accounts.

use model::{TeamSlug, Timestamp};

use super::{Parts, RequestOrigin};
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
        Self { by: actor.words(), origin: RequestOrigin::of(services, actor) }
    }

    #[cfg(test)]
    pub(super) fn for_test(by: &str, origin: RequestOrigin) -> Self {
        Self { by: by.to_owned(), origin }
    }

    fn arguments(&self) -> [(&'static str, &str); 2] {
        [("by", self.by.as_str()), ("origin", self.origin.as_str())]
    }
}

fn moment(at: Timestamp) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

/// A mail about membership.
#[derive(Clone, Debug)]
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
    /// To a support account and the administrators: its role or state changed.
    SupportAccounts {
        /// What happened, as a sentence.
        change: String,
        /// Who did it.
        act: AuditedAct,
    },
}

impl MembersMail {
    pub(super) fn parts(&self, settings: &Settings) -> Parts {
        let page = |path: String| Some(settings.urls.account(&path));
        match self {
            Self::Invitation { link, team, role, expires_at, act } => {
                let until = moment(*expires_at);
                let [by, origin] = act.arguments();
                let arguments = [by, origin, ("team", team.as_str()), ("role", *role), ("until", until.as_str())];
                Parts::of(settings, "mail-members-invitation", Some(link.clone()), &arguments)
            }
            Self::OnboardingLink { link, team, expires_at } => {
                let until = moment(*expires_at);
                let arguments = [("team", team.as_str()), ("until", until.as_str())];
                Parts::of(settings, "mail-members-onboarding-link", Some(link.clone()), &arguments)
            }
            Self::SupportInvitation { link, role, expires_at, act } => {
                let until = moment(*expires_at);
                let [by, origin] = act.arguments();
                let arguments = [by, origin, ("role", *role), ("until", until.as_str())];
                Parts::of(settings, "mail-members-support-invitation", Some(link.clone()), &arguments)
            }
            Self::You { team, slug, change, act } => {
                let [by, origin] = act.arguments();
                let arguments = [by, origin, ("team", team.as_str()), ("change", change.as_str())];
                let link = slug.as_ref().and_then(|slug| page(format!("/teams/{slug}")));
                Parts::of(settings, "mail-members-your-membership", link, &arguments)
            }
            Self::Owners { team, slug, change, act } => {
                let [by, origin] = act.arguments();
                let arguments = [by, origin, ("team", team.as_str()), ("change", change.as_str())];
                Parts::of(settings, "mail-members-team", page(format!("/teams/{slug}/members")), &arguments)
            }
            Self::SupportAccounts { change, act } => {
                let [by, origin] = act.arguments();
                let arguments = [by, origin, ("change", change.as_str())];
                Parts::of(settings, "mail-members-support-accounts", page("/support/accounts".to_owned()), &arguments)
            }
        }
    }
}
