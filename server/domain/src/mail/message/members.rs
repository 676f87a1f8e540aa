//! Mails about membership: invitations, roles, removals, support accounts.

use model::{TeamSlug, Timestamp, paths};

use super::{Action, Parts, Place};
use crate::{Actor, Services, Settings};

/// What closes a mail that means nothing without its link.
const IGNORE: &str = "If you do not know what this is about, ignore this mail: nothing happens without the link.";

/// Who did something, when and from where.
#[derive(Clone, Debug)]
pub struct Deed {
    by: String,
    place: Place,
}

impl Deed {
    /// What the actor does now.
    #[must_use]
    pub fn of(services: &Services, actor: &Actor) -> Self {
        Self { by: actor.words(), place: Place::of(services, actor) }
    }

    fn words(&self) -> String {
        format!("Done by {} on {}.", self.by, self.place.words())
    }
}

fn moment(at: Timestamp) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

fn works_until(at: Timestamp) -> String {
    format!("The link works once, until {}.", moment(at))
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
        deed: Deed,
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
    /// Into the vendor's support.
    StaffInvitation {
        /// The link, single use.
        link: String,
        /// As what.
        role: &'static str,
        /// Until when the link works.
        expires_at: Timestamp,
        /// Who invited.
        deed: Deed,
    },
    /// To the person themselves: something about their membership changed.
    You {
        /// The team's name.
        team: String,
        /// Its slug, if they still see it.
        slug: Option<TeamSlug>,
        /// What happened, as a sentence.
        what: String,
        /// Who did it.
        deed: Deed,
    },
    /// To the owners: a member's standing changed.
    Owners {
        /// The team's name.
        team: String,
        /// Its slug.
        slug: TeamSlug,
        /// What happened, as a sentence.
        what: String,
        /// Who did it.
        deed: Deed,
    },
    /// To a support account and the administrators: its standing changed.
    Staff {
        /// What happened, as a sentence.
        what: String,
        /// Who did it.
        deed: Deed,
    },
}

impl MembersMail {
    pub(super) fn parts(&self, settings: &Settings) -> Parts {
        match self {
            Self::Invitation { link, team, role, expires_at, deed } => {
                invitation(settings, link, team, role, *expires_at, deed)
            }
            Self::OnboardingLink { link, team, expires_at } => onboarding(settings, link, team, *expires_at),
            Self::StaffInvitation { link, role, expires_at, deed } => {
                staff_invitation(settings, link, role, *expires_at, deed)
            }
            Self::You { team, slug, what, deed } => you(settings, team, slug.as_ref(), what, deed),
            Self::Owners { team, slug, what, deed } => owners(settings, team, slug, what, deed),
            Self::Staff { what, deed } => staff(settings, what, deed),
        }
    }
}

fn accept(link: &str) -> Action {
    Action { label: "Accept the invitation", link: link.to_owned() }
}

fn invitation(settings: &Settings, link: &str, team: &str, role: &str, expires_at: Timestamp, deed: &Deed) -> Parts {
    let product = &settings.brand.product_name;
    Parts {
        subject: format!("You are invited to the team {team} at {product}"),
        paragraphs: vec![
            format!("{} invites you to look after single sign-on of {team} together, as {role}.", deed.by),
            works_until(expires_at),
            deed.words(),
        ],
        quote: None,
        action: Some(accept(link)),
        closing: IGNORE.to_owned(),
    }
}

fn onboarding(settings: &Settings, link: &str, team: &str, expires_at: Timestamp) -> Parts {
    let (product, support) = (&settings.brand.product_name, &settings.brand.support_email);
    Parts {
        subject: format!("Set up single sign-on of {team} with {product}"),
        paragraphs: vec![
            format!(
                "We have created the team {team} for you. This link makes you its owner and leads straight into the \
                 set-up of single sign-on with Microsoft Entra ID: eight short steps."
            ),
            format!("{} It is for you alone: do not pass it on.", works_until(expires_at)),
        ],
        quote: None,
        action: Some(Action { label: "Begin the set-up", link: link.to_owned() }),
        closing: format!("If you did not expect this mail, write to {support} before you open the link."),
    }
}

fn staff_invitation(settings: &Settings, link: &str, role: &str, expires_at: Timestamp, deed: &Deed) -> Parts {
    let product = &settings.brand.product_name;
    Parts {
        subject: format!("You are invited to the support team of {product}"),
        paragraphs: vec![
            format!("{} invites you to the support team of {product}, as {role}.", deed.by),
            works_until(expires_at),
            "You set up a second factor after your first sign-in.".to_owned(),
            deed.words(),
        ],
        quote: None,
        action: Some(accept(link)),
        closing: IGNORE.to_owned(),
    }
}

fn you(settings: &Settings, team: &str, slug: Option<&TeamSlug>, what: &str, deed: &Deed) -> Parts {
    let page = |slug: &TeamSlug| settings.urls.account(&paths::team(slug.as_str()));
    let support = &settings.brand.support_email;
    Parts {
        subject: format!("Your membership of {team} has changed"),
        paragraphs: vec![what.to_owned(), deed.words()],
        quote: None,
        action: slug.map(|slug| Action { label: "Open the team's page", link: page(slug) }),
        closing: format!(
            "If this should not be so, ask an owner of the team; if nobody there knows of it, write to {support}."
        ),
    }
}

fn owners(settings: &Settings, team: &str, slug: &TeamSlug, what: &str, deed: &Deed) -> Parts {
    let support = &settings.brand.support_email;
    Parts {
        subject: format!("Members of {team} have changed"),
        paragraphs: vec![what.to_owned(), deed.words()],
        quote: None,
        action: Some(Action { label: "See the members", link: settings.urls.account(&paths::members(slug.as_str())) }),
        closing: format!(
            "You get this mail because you are an owner of the team {team}. If none of you knows of this, change your \
             password and write to {support}."
        ),
    }
}

fn staff(settings: &Settings, what: &str, deed: &Deed) -> Parts {
    let product = &settings.brand.product_name;
    Parts {
        subject: format!("Support accounts of {product} have changed"),
        paragraphs: vec![what.to_owned(), deed.words()],
        quote: None,
        action: Some(Action {
            label: "See the support accounts",
            link: settings.urls.account(paths::SUPPORT_ACCOUNTS),
        }),
        closing: "If no administrator knows of this, deactivate the account that did it at once.".to_owned(),
    }
}
