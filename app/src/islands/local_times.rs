//! Times in the viewer's own zone.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast as _, JsValue};

/// Rewrites every moment of the page into the viewer's zone, with UTC on hover. Days stay as
/// they are.
#[island]
pub fn LocalTimes() -> impl IntoView {
    Effect::new(move || {
        let Ok(times) = document().query_selector_all("time[datetime*='T']") else { return };
        for index in 0..times.length() {
            let Some(time) = times.item(index).and_then(|node| node.dyn_into::<leptos::web_sys::Element>().ok()) else {
                continue;
            };
            localise(&time);
        }
    });
}

fn localise(time: &leptos::web_sys::Element) {
    let Some(machine) = time.get_attribute("datetime") else { return };
    let date = js_sys::Date::new(&JsValue::from_str(&machine));
    if date.get_time().is_nan() {
        return;
    }
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // a plain object takes any property
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    let _ = time.set_attribute("title", &time.text_content().unwrap_or_default());
    let local: String = date.to_locale_string("default", &options).into();
    time.set_text_content(Some(&local));
}
