//! From one team to another: a menu in the top bar that needs no script.

use leptos::prelude::*;
use messages::text;
use model::account::AccountTeam;

use crate::routes;

/// The teams of an account; the current one is marked. Nothing for who has none.
pub fn switcher(teams: &[AccountTeam], current: Option<&str>) -> impl IntoView + use<> {
    if teams.is_empty() {
        return None;
    }
    let is_current = |team: &&AccountTeam| Some(team.slug.as_str()) == current;
    let label = teams.iter().find(is_current).map_or_else(|| text!("layout-switcher-none"), |team| team.name.clone());
    let items = teams.iter().map(|team| {
        let marked = is_current(&team).then_some("page");
        view! {
            <li>
                <a href=routes::team(team.slug.as_str()) aria-current=marked>
                    {team.name.clone()}
                </a>
            </li>
        }
    });
    Some(view! {
        <details class="switcher">
            <summary>
                <span class="visually-hidden">{text!("layout-switcher-label")} " "</span>
                <span class="switcher__label">{label}</span>
            </summary>
            <ul>
                {items.collect_view()} <li>
                    <a href=routes::HOME>{text!("layout-switcher-all")}</a>
                </li>
            </ul>
        </details>
    })
}

#[cfg(test)]
mod tests {
    use model::{Role, TeamStatus};

    use super::*;

    #[test]
    fn the_current_team_is_marked() {
        let team = |slug: &str| AccountTeam {
            slug: slug.parse().unwrap(),
            name: slug.to_owned(),
            status: TeamStatus::Draft,
            role: Role::Viewer,
        };
        let teams = [team("contoso-7k2m9q"), team("fabrikam-7k2m9q")];
        let html = Owner::new().with(|| switcher(&teams, Some("fabrikam-7k2m9q")).to_html());
        assert_eq!(html.matches("aria-current=\"page\"").count(), 1, "{html}");
        assert!(html.contains("href=\"/teams/fabrikam-7k2m9q\" aria-current=\"page\""), "{html}");
        assert!(!Owner::new().with(|| switcher(&[], None).to_html()).contains("details"));
    }
}
