//! Step 6: Users and groups.

use leptos::prelude::*;
use model::{SetupStep, SetupView};

use super::confirm;
use crate::components::blade::{Blade, Row};

pub fn step(view: &SetupView) -> impl IntoView + use<> {
    view! {
        <p>
            "Only people assigned to the application can sign in. Begin with one test user, such as B.Simon, or yourself."
        </p>
        <ol class="stack stack--tight">
            <li>
                "In the application open " <span class="entra">"Users and groups"</span> " and choose "
                <span class="entra">"Add user/group"</span> "."
            </li>
            <li>"Pick the test user, choose " <span class="entra">"Select"</span> ", then " <span class="entra">"Assign"</span> "."</li>
        </ol>
        <p>
            "Members of nested groups do not count: assign the group they are in directly. You need not create anybody here: people are provisioned when they first sign in."
        </p>
        {confirm(view, SetupStep::Users, "Somebody is assigned")}
    }
}

pub fn blade() -> impl IntoView {
    view! {
        <Blade
            path="Enterprise applications > Users and groups"
            title="Users and groups"
            section="Add Assignment"
            rows=vec![
                Row::now("Users", "B.Simon"),
                Row::new("Select a role", "Default Access"),
                Row::new("Button", "Assign"),
            ]
        />
    }
}
