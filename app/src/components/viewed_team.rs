//! Seeing a team as its members do: the button on support's page, and the banner on the team's pages.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use messages::text;
use model::AccountView;

use super::rich_text::rich_text;
use super::time::moment;
use crate::api::viewed_team::{BeginViewingTeam, EndViewingTeam};
use crate::routes;

/// The button that begins it.
pub fn view_button(slug: &str) -> impl IntoView + use<> {
    view! {
        <form method="post" action=BeginViewingTeam::url()>
            <input type="hidden" name="slug" value=slug.to_owned() />
            <button type="submit" class="button">
                {text!("viewed-team-begin")}
            </button>
        </form>
    }
}

/// The banner on the pages of the team that support sees so, with the way back.
pub fn banner(account: &AccountView, path: &str) -> Option<impl IntoView + use<>> {
    let viewed =
        account.viewed_team.as_ref().filter(|viewed| routes::team_in(path) == Some(viewed.team.slug.as_str()))?;
    let team = view! { <strong>{viewed.team.name.clone()}</strong> }.into_any();
    let until = moment(viewed.until).into_any();
    Some(view! {
        <div class="topbar__banner">
            <p>{rich_text("viewed-team-banner", vec![("team", team), ("until", until)])}</p>
            <form method="post" action=EndViewingTeam::url()>
                <input type="hidden" name="slug" value=viewed.team.slug.to_string() />
                <button type="submit" class="button">
                    {text!("viewed-team-end")}
                </button>
            </form>
        </div>
    })
}
