//! The navigation that is there on every page of a team, and of support: a rail where there is
//! room, a strip above the page elsewhere.

use leptos::prelude::*;
use messages::text;
use model::account::AccountTeam;
use model::{AccountView, Role, SupportRole};

use crate::routes::{self, SupportSection, TeamSection};

/// A link of the navigation.
struct NavigationLink {
    address: String,
    label: String,
    is_current: bool,
}

/// The navigation of the page at a path, for those who have one there.
pub fn navigation(account: &AccountView, path: &str) -> Option<AnyView> {
    if let Some((team, section)) = team_at(account, path) {
        let sees_all = team.role >= Role::Admin || is_viewed(account, team);
        return Some(side_nav(team.name.clone(), team_links(team, section, sees_all)).into_any());
    }
    let (role, section) = account.support_role.zip(SupportSection::of(path))?;
    Some(side_nav(text!("navigation-support"), support_links(role, section)).into_any())
}

/// Whether support sees the team as its members do.
fn is_viewed(account: &AccountView, team: &AccountTeam) -> bool {
    account.viewed_team.as_ref().is_some_and(|viewed| viewed.team.slug == team.slug)
}

/// The team that a path is about, among those of the account and the one that support sees.
pub fn team_at<'a>(account: &'a AccountView, path: &str) -> Option<(&'a AccountTeam, TeamSection)> {
    let slug = routes::team_in(path)?;
    let viewed = account.viewed_team.iter().map(|viewed| &viewed.team);
    let team = account.teams.iter().chain(viewed).find(|team| team.slug.as_str() == slug)?;
    Some((team, TeamSection::of(path)?))
}

/// Where a page below a part of a team's, or of support's, stands: the way back up.
pub fn breadcrumbs(account: &AccountView, path: &str) -> Option<AnyView> {
    let path = path.trim_end_matches('/');
    if let Some((team, section)) = team_at(account, path) {
        let (overview, part) = (routes::team(team.slug.as_str()), section.address(team.slug.as_str()));
        let part = (part != path && section != TeamSection::Overview).then(|| (part, section_name(section)));
        return (overview != path).then(|| trail((overview, team.name.clone()), part).into_any());
    }
    let section = account.support_role.and(SupportSection::of(path))?;
    let part = (section.address(), support_section_name(section));
    (part.0 != path).then(|| trail((part.0.to_owned(), part.1), None).into_any())
}

fn trail(top: (String, String), part: Option<(String, String)>) -> impl IntoView {
    let links: Vec<_> = std::iter::once(top)
        .chain(part)
        .map(|(address, label)| {
            view! {
                <li>
                    <a href=address>{label}</a>
                </li>
            }
        })
        .collect();
    view! {
        <nav class="breadcrumbs" aria-label=text!("navigation-breadcrumbs")>
            <ol role="list">{links}</ol>
        </nav>
    }
}

fn team_links(team: &AccountTeam, current: TeamSection, sees_all: bool) -> Vec<NavigationLink> {
    let may_see = |section: &&TeamSection| sees_all || !is_for_admins(**section);
    let link = |section: &TeamSection| NavigationLink {
        address: section.address(team.slug.as_str()),
        label: section_name(*section),
        is_current: *section == current,
    };
    TeamSection::ALL.iter().filter(may_see).map(link).collect()
}

/// Pages that viewers may not open.
const fn is_for_admins(section: TeamSection) -> bool {
    matches!(section, TeamSection::Audit | TeamSection::Settings)
}

fn support_links(role: SupportRole, current: SupportSection) -> Vec<NavigationLink> {
    let may_see = |section: &&SupportSection| role == SupportRole::Administrator || !section.is_for_administrators();
    let link = |section: &SupportSection| NavigationLink {
        address: section.address().to_owned(),
        label: support_section_name(*section),
        is_current: *section == current,
    };
    SupportSection::ALL.iter().filter(may_see).map(link).collect()
}

fn side_nav(label: String, links: Vec<NavigationLink>) -> impl IntoView {
    let items = links.into_iter().map(|link| {
        view! {
            <li>
                <a href=link.address aria-current=link.is_current.then_some("page")>
                    {link.label}
                </a>
            </li>
        }
    });
    view! {
        <nav class="side-nav" aria-label=label>
            <ul role="list">{items.collect_view()}</ul>
        </nav>
    }
}

fn section_name(section: TeamSection) -> String {
    match section {
        TeamSection::Overview => text!("navigation-overview"),
        TeamSection::Connection => text!("navigation-connection"),
        TeamSection::People => text!("navigation-people"),
        TeamSection::SignIns => text!("navigation-sign-ins"),
        TeamSection::Members => text!("navigation-members"),
        TeamSection::Audit => text!("navigation-audit"),
        TeamSection::Settings => text!("navigation-settings"),
    }
}

fn support_section_name(section: SupportSection) -> String {
    match section {
        SupportSection::Overview => text!("navigation-overview"),
        SupportSection::Teams => text!("navigation-teams"),
        SupportSection::SignIns => text!("navigation-sign-ins"),
        SupportSection::Mail => text!("navigation-mail"),
        SupportSection::Accounts => text!("navigation-support-accounts"),
        SupportSection::Applications => text!("navigation-applications"),
        SupportSection::Audit => text!("navigation-audit"),
    }
}

#[cfg(test)]
mod tests {
    use model::TeamStatus;

    use super::*;

    fn account(role: Role, support_role: Option<SupportRole>) -> AccountView {
        AccountView {
            id: "019aaf5c-0000-7000-8000-000000000000".parse().unwrap(),
            email: "ada@contoso.example".parse().unwrap(),
            support_role,
            is_federated: false,
            viewed_team: None,
            teams: vec![AccountTeam {
                slug: "contoso-7k2m9q".parse().unwrap(),
                name: "Contoso".into(),
                status: TeamStatus::Active,
                role,
            }],
        }
    }

    fn html(account: &AccountView, path: &str) -> String {
        Owner::new().with(|| navigation(account, path).map(RenderHtml::to_html).unwrap_or_default())
    }

    #[test]
    fn every_page_of_a_team_has_its_navigation_with_the_part_marked() {
        let owner = account(Role::Owner, None);
        for (path, current) in [
            ("/teams/contoso-7k2m9q", "Overview"),
            ("/teams/contoso-7k2m9q/setup/urls", "Connection"),
            ("/teams/contoso-7k2m9q/sign-ins/SSO-7F3K-2Q9M", "Sign-ins"),
        ] {
            let shown = html(&owner, path);
            assert_eq!(shown.matches("<li>").count(), TeamSection::ALL.len(), "{path}: {shown}");
            assert_eq!(shown.matches("aria-current").count(), 1, "{path}: {shown}");
            assert!(shown.contains(&format!("aria-current=\"page\">{current}")), "{path}: {shown}");
        }
        assert_eq!(html(&owner, "/teams/fabrikam-7k2m9q"), "", "not their team");
        assert_eq!(html(&owner, "/account"), "");
    }

    #[test]
    fn navigation_hides_pages_that_the_actor_may_not_open() {
        let viewer = html(&account(Role::Viewer, None), "/teams/contoso-7k2m9q");
        assert!(!viewer.contains("/audit") && !viewer.contains("/settings") && viewer.contains("/members"), "{viewer}");
        assert_eq!(html(&account(Role::Owner, None), "/support"), "");
        let reviewer = html(&account(Role::Owner, Some(SupportRole::Reviewer)), "/support");
        assert!(!reviewer.contains("/support/accounts") && reviewer.contains("/support/sign-ins"), "{reviewer}");
        let administrator = html(&account(Role::Owner, Some(SupportRole::Administrator)), "/support/mail");
        assert!(administrator.contains("/support/accounts"), "{administrator}");
    }

    #[test]
    fn breadcrumbs_lead_up_from_pages_below() {
        let owner = account(Role::Owner, Some(SupportRole::Reviewer));
        let of =
            |path: &str| Owner::new().with(|| breadcrumbs(&owner, path).map(RenderHtml::to_html).unwrap_or_default());
        assert_eq!(of("/teams/contoso-7k2m9q"), "");
        assert_eq!(of("/support"), "");
        assert_eq!(of("/account"), "");
        let list = of("/teams/contoso-7k2m9q/sign-ins");
        assert_eq!(list.matches("<li>").count(), 1, "{list}");
        let report = of("/teams/contoso-7k2m9q/sign-ins/SSO-7F3K-2Q9M");
        assert!(report.contains("href=\"/teams/contoso-7k2m9q/sign-ins\""), "{report}");
        assert!(of("/support/sign-ins/SSO-7F3K-2Q9M").contains("href=\"/support/sign-ins\""));
    }
}
