//! The logo of an application. Its name always stands beside it.

use leptos::prelude::*;

/// The logo at this address, if there is one.
pub fn logo(address: Option<&str>) -> Option<impl IntoView + use<>> {
    let address = address?.to_owned();
    Some(view! { <img class="logo" src=address alt="" height="40" /> })
}
