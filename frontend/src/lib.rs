//! The WebAssembly entry: wakes the islands of a page.

// Islands are found by their exported names; without a use of the crate they would not be
// linked at all.
#[expect(unused_imports, reason = "links the islands")]
use app::islands::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the script that loads the WebAssembly.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
