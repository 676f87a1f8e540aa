//! Who mends something, on which blade, with which steps and which value.

use leptos::prelude::*;
use model::Endpoints;

use super::copy::Copy;
use super::layout::brand;
use crate::words::mending::Mending;

/// How something is mended. For members of the team, by its slug, with a link to where in the
/// portal; the pages that it leads to are not there for others.
pub fn mended(mending: &Mending, endpoints: &Endpoints, team: Option<&str>) -> impl IntoView + use<> {
    let vendor = brand().vendor_name;
    let fixer = if team.is_some() { mending.fixer.words(&vendor) } else { mending.fixer.words_for_others(&vendor) };
    let here = team.zip(mending.here).map(|(slug, here)| (here.address(slug, endpoints), here.words()));
    let blade = mending.blade.map(|blade| {
        view! {
            <p>
                <b>"In Entra: "</b>
                <span class="entra">{blade}</span>
            </p>
        }
    });
    let steps = (!mending.steps.is_empty())
        .then(|| view! { <ol>{mending.steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view()}</ol> });
    let paste = mending.paste.map(|paste| view! { <Copy label=paste.label() value=paste.value(endpoints) /> });
    let here = here.map(|(address, words)| {
        view! {
            <p>
                <b>"Here: "</b>
                <a href=address>{words}</a>
            </p>
        }
    });
    view! {
        <p>
            <b>"Who mends it: "</b>
            {fixer}
        </p>
        {blade}
        {steps}
        {paste}
        {here}
    }
}
