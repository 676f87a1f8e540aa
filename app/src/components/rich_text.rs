//! Sentences with elements inside, such as links. The message is one whole sentence for whoever
//! translates it; its placeables say where the elements go.

use leptos::prelude::*;
use messages::{FluentValue, Segment, segments};

/// The message `key` with views in the places that it names:
/// `rich_text("members-none", vec![("invite", view! { <a href=…>…</a> }.into_any())])`.
pub fn rich_text(key: &str, elements: Vec<(&'static str, AnyView)>) -> impl IntoView + use<> {
    rich_text_with(key, &[], elements)
}

/// The same for a message that takes values, too.
pub fn rich_text_with(
    key: &str,
    arguments: &[(&'static str, FluentValue<'_>)],
    mut elements: Vec<(&'static str, AnyView)>,
) -> impl IntoView + use<> {
    let view = |segment| match segment {
        Segment::Text(text) => Some(text.into_any()),
        Segment::Element(name) => {
            let place = elements.iter().position(|(element, _)| *element == name)?;
            Some(elements.swap_remove(place).1)
        }
    };
    segments(key, arguments).into_iter().filter_map(view).collect::<Vec<_>>()
}
