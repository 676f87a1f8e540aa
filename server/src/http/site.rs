//! Files of the built site, and the vendor's colour.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use tower::Layer as _;
use tower_http::services::ServeDir;
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

/// `/favicon.svg`.
pub fn favicon(state: &AppState) -> SetResponseHeader<tower_http::services::ServeFile, HeaderValue> {
    let file = tower_http::services::ServeFile::new(format!("{}/favicon.svg", state.leptos.site_root));
    SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, AN_HOUR).layer(file)
}

/// `/passkey.js`.
pub fn passkey_script(state: &AppState) -> SetResponseHeader<tower_http::services::ServeFile, HeaderValue> {
    let file = tower_http::services::ServeFile::new(format!("{}/passkey.js", state.leptos.site_root));
    SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, AN_HOUR).layer(file)
}

/// `/brand.css`: the accent colour, which the configuration has checked.
pub async fn brand(State(state): State<AppState>) -> impl IntoResponse {
    let css = format!(":root{{--accent:{}}}\n", state.services.settings.brand.accent);
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/css")), (header::CACHE_CONTROL, AN_HOUR)], css)
}
