//! Embeds every `<language>/<feature>.ftl` of this folder: a new language is a new folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed={}", root.display());
    let mut table = String::from("&[\n");
    for folder in sorted(&root)? {
        let files: Vec<PathBuf> = match folder.is_dir() {
            true => sorted(&folder)?.into_iter().filter(|file| file.extension().is_some_and(|e| e == "ftl")).collect(),
            false => continue,
        };
        if files.is_empty() {
            continue;
        }
        println!("cargo::rerun-if-changed={}", folder.display());
        let _ = writeln!(table, "({:?}, &[", folder.file_name().unwrap_or_default());
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
            let _ = writeln!(table, "({:?}, include_str!({file:?})),", file.file_name().unwrap_or_default());
        }
        table.push_str("]),\n");
    }
    table.push(']');
    fs::write(out.join("files.rs"), table)
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
