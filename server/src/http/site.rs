//! Files of the built site, and the vendor's colour.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use tower::Layer as _;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::{SetResponseHeader, SetResponseHeaderLayer};

use crate::state::AppState;

/// Built files have their content's hash in their names.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Others may change with a release.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// `/pkg/…`: style, scripts, WebAssembly; compressed when they were built.
pub fn package(state: &AppState) -> SetResponseHeader<ServeDir, HeaderValue> {
    let folder = format!("{}/{}", state.leptos.site_root, state.leptos.site_pkg_dir);
    let cached = if state.leptos.hash_files { IMMUTABLE } else { AN_HOUR };
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip();
    SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, cached).layer(files)
}

/// A file that has its own address, such as `/favicon.svg`.
pub fn file(state: &AppState, path: &str) -> SetResponseHeader<ServeFile, HeaderValue> {
    let file = ServeFile::new(format!("{}{path}", state.leptos.site_root));
    SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, AN_HOUR).layer(file)
}

/// `/brand.css`: the accent colour, which the configuration has checked.
pub async fn brand(State(state): State<AppState>) -> impl IntoResponse {
    let css = format!(":root{{--accent:{}}}\n", state.services.settings.brand.accent);
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/css")), (header::CACHE_CONTROL, AN_HOUR)], css)
}
