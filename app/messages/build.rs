//! Embeds every `<language>/<feature>.ftl` of this folder: a new language is a new folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed={}", root.display());
    let mut table = String::from("&[\n");
    for folder in sorted(&root)?.into_iter().filter(|path| path.is_dir()) {
        let files = sorted(&folder)?.into_iter().filter(|file| file.extension().is_some_and(|name| name == "ftl"));
        let files: Vec<PathBuf> = files.collect();
        if !files.is_empty() {
            let _ = writeln!(table, "(\"{}\", &[", name(&folder));
            for file in files {
                let _ = writeln!(table, "(\"{}\", include_str!(r#\"{}\"#)),", name(&file), file.display());
            }
            table.push_str("]),\n");
        }
    }
    table.push(']');
    fs::write(out.join("files.rs"), table)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
