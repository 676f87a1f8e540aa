//! The built style and scripts: where they are, and under which names.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use leptos::config::{Env, LeptosOptions};

/// What Cargo.toml calls the bundle.
const OUTPUT_NAME: &str = "portal";

/// Leptos's options for a site root; found beside the program, or where script/build leaves
/// it in a checkout, unless it is given.
#[must_use]
pub fn leptos_options(site_root: Option<&Path>, listen: SocketAddr) -> LeptosOptions {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("site")));
    let root = match (site_root, beside) {
        (Some(root), _) => root.to_owned(),
        (None, Some(beside)) if beside.is_dir() => beside,
        (None, _) => PathBuf::from("target/site"),
    };
    LeptosOptions::builder()
        .output_name(OUTPUT_NAME)
        .site_root(Arc::<str>::from(root.display().to_string()))
        .site_addr(listen)
        .env(Env::PROD)
        .hash_files(hash_file().is_some())
        .build()
}

/// The file in which script/build-site.js notes the hashes in the names, beside the program.
fn hash_file() -> Option<PathBuf> {
    let file = std::env::current_exe().ok()?.parent()?.join("hash.txt");
    file.is_file().then_some(file)
}

/// The address of the style sheet.
#[must_use]
pub fn stylesheet(options: &LeptosOptions) -> String {
    let hashes = hash_file().and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
    let hash = hashes.lines().find_map(|line| line.strip_prefix("css:")).map(str::trim);
    let hash = hash.map(|hash| format!(".{hash}")).unwrap_or_default();
    format!("/{}/{}{hash}.css", options.site_pkg_dir, options.output_name)
}
