//! Step 1: create the application in Entra.

use leptos::prelude::*;
use model::{SetupStep, SetupView};

use super::confirm;
use crate::components::blade::{Blade, Row};
use crate::components::layout::brand;

pub fn step(view: &SetupView) -> impl IntoView + use<> {
    let product = brand().product_name;
    view! {
        <p>
            "Open the Microsoft Entra admin center in a second window beside this one. You need the role "
            <span class="entra">"Cloud Application Administrator"</span> " or a higher one."
        </p>
        <ol class="stack stack--tight">
            <li>
                "Browse to " <span class="entra">"Identity"</span> " > " <span class="entra">"Applications"</span> " > "
                <span class="entra">"Enterprise applications"</span> " and choose "
                <span class="entra">"New application"</span> "."
            </li>
            <li>"Search the gallery for " <b>{product.clone()}</b> ", open it and choose " <span class="entra">"Create"</span> "."</li>
            <li>
                "When it is there, open " <span class="entra">"Single sign-on"</span> " and choose "
                <span class="entra">"SAML"</span> "."
            </li>
        </ol>
        <details>
            <summary>"Not in your gallery?"</summary>
            <p>
                "Choose " <span class="entra">"Create your own application"</span> ", then "
                <span class="entra">"Integrate any other application you don't find in the gallery (Non-gallery)"</span>
                ". All steps are the same, but the claim " <code>"email"</code>
                " is not there beforehand: step 3 says how to add it."
            </p>
        </details>
        {confirm(view, SetupStep::Create, "The application is there")}
    }
}

pub fn blade() -> impl IntoView {
    let product = brand().product_name;
    view! {
        <Blade
            path="Home > Enterprise applications > All applications"
            title="Browse Microsoft Entra Gallery"
            section="Search application"
            rows=vec![Row::now("Search", product.clone()), Row::new("Result", product), Row::new("Button", "Create")]
        />
    }
}
