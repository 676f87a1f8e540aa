//! The parts of a team's pages, and of support's, as their navigation has them.

use super::links::{members, people, team, team_attempts, team_audit, team_connection, team_in, team_settings};
use super::patterns::{
    SUPPORT, SUPPORT_ACCOUNTS, SUPPORT_APPLICATIONS, SUPPORT_ATTEMPTS, SUPPORT_AUDIT, SUPPORT_MAIL, SUPPORT_TEAMS,
};

/// A part of a team's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamSection {
    /// How the team stands.
    Overview,
    /// Its connection: what is live, what is edited, and the set-up.
    Connection,
    /// Everybody who signs in.
    People,
    /// Its sign-ins.
    SignIns,
    /// Who works on it in this portal.
    Members,
    /// What they did.
    Audit,
    /// Its name, and its sessions.
    Settings,
}

impl TeamSection {
    /// Every part, in the order of the navigation.
    pub const ALL: [Self; 7] =
        [Self::Overview, Self::Connection, Self::People, Self::SignIns, Self::Members, Self::Audit, Self::Settings];

    /// Where it begins.
    #[must_use]
    pub fn address(self, slug: &str) -> String {
        match self {
            Self::Overview => team(slug),
            Self::Connection => team_connection(slug),
            Self::People => people(slug),
            Self::SignIns => team_attempts(slug),
            Self::Members => members(slug),
            Self::Audit => team_audit(slug),
            Self::Settings => team_settings(slug),
        }
    }

    /// The part that an address belongs to, if it is one of a team's.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let slug = team_in(path)?;
        let rest = path.strip_prefix(&team(slug))?.trim_start_matches('/');
        Some(match rest.split('/').next().unwrap_or_default() {
            "connection" | "setup" | "keys" => Self::Connection,
            "people" => Self::People,
            "sign-ins" | "idp-error" => Self::SignIns,
            "members" => Self::Members,
            "audit" => Self::Audit,
            "settings" | "sessions" => Self::Settings,
            _ => Self::Overview,
        })
    }
}

/// A part of support's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupportSection {
    /// What waits for a decision, and how all teams are.
    Overview,
    /// All teams.
    Teams,
    /// Sign-ins of all teams.
    SignIns,
    /// Mail that could not be delivered.
    Mail,
    /// Support's own accounts.
    Accounts,
    /// The vendor's applications.
    Applications,
    /// The vendor's audit trail.
    Audit,
}

impl SupportSection {
    /// Every part, in the order of the navigation.
    pub const ALL: [Self; 7] =
        [Self::Overview, Self::Teams, Self::SignIns, Self::Mail, Self::Accounts, Self::Applications, Self::Audit];

    /// Where it begins.
    #[must_use]
    pub const fn address(self) -> &'static str {
        match self {
            Self::Overview => SUPPORT,
            Self::Teams => SUPPORT_TEAMS,
            Self::SignIns => SUPPORT_ATTEMPTS,
            Self::Mail => SUPPORT_MAIL,
            Self::Accounts => SUPPORT_ACCOUNTS,
            Self::Applications => SUPPORT_APPLICATIONS,
            Self::Audit => SUPPORT_AUDIT,
        }
    }

    /// Whether only administrators of support may go there.
    #[must_use]
    pub const fn is_for_administrators(self) -> bool {
        matches!(self, Self::Accounts | Self::Applications | Self::Audit)
    }

    /// The part that an address belongs to, if it is one of support's.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let rest = path.strip_prefix(SUPPORT).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
        let is_below = |section: &&Self| {
            let address = section.address();
            path.strip_prefix(address).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        };
        if rest.starts_with("/first-account") {
            return None;
        }
        Some(Self::ALL.iter().skip(1).find(is_below).copied().unwrap_or(Self::Overview))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_team_is_told_by_its_address() {
        for section in TeamSection::ALL {
            assert_eq!(TeamSection::of(&section.address("contoso-7k2m9q")), Some(section));
        }
        for (path, section) in [
            ("/teams/contoso-7k2m9q/setup/go-live", TeamSection::Connection),
            ("/teams/contoso-7k2m9q/sign-ins/SSO-7F3K-2Q9M/xml", TeamSection::SignIns),
            ("/teams/contoso-7k2m9q/idp-error", TeamSection::SignIns),
            ("/teams/contoso-7k2m9q/sessions", TeamSection::Settings),
        ] {
            assert_eq!(TeamSection::of(path), Some(section), "{path}");
        }
        for path in ["/teams/new", "/", "/support/teams/contoso-7k2m9q", "/account"] {
            assert_eq!(TeamSection::of(path), None, "{path}");
        }
    }

    #[test]
    fn each_part_of_support_is_told_by_its_address() {
        for section in SupportSection::ALL {
            assert_eq!(SupportSection::of(section.address()), Some(section));
        }
        assert_eq!(SupportSection::of("/support/teams/contoso-7k2m9q"), Some(SupportSection::Teams));
        assert_eq!(SupportSection::of("/support/sign-ins/SSO-7F3K-2Q9M"), Some(SupportSection::SignIns));
        for path in ["/support/first-account", "/supporters", "/teams/contoso-7k2m9q"] {
            assert_eq!(SupportSection::of(path), None, "{path}");
        }
    }
}
