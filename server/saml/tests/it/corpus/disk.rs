//! The corpus as files, for people and for programs other than these tests. It is what the
//! generator makes, byte for byte; `UPDATE_CORPUS=1` writes it anew. Of each attack there is
//! the one made from one base, and of large documents none: they are all made in memory.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use super::attacks::AttackSample;

const LARGEST: usize = 64 * 1024;

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata"))
}

pub fn updates() -> bool {
    std::env::var_os("UPDATE_CORPUS").is_some()
}

/// A file must be what was made now, or becomes it.
pub fn compare(path: &str, made: &[u8]) {
    let file = root().join(path);
    if updates() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, made).unwrap();
    }
    let kept = fs::read(&file).unwrap_or_default();
    assert!(kept == made, "{path} is not what the generator makes: run the tests with UPDATE_CORPUS=1");
}

/// The documents of one family, by attack and base.
#[derive(Default)]
pub struct Samples(BTreeMap<String, Vec<(String, AttackSample)>>);

impl Samples {
    pub fn add(&mut self, base: &str, bad: AttackSample) {
        if bad.document.len() <= LARGEST {
            self.0.entry(bad.name.clone()).or_default().push((base.to_owned(), bad));
        }
    }

    /// The family's folder must hold one document per attack, and their verdicts.
    pub fn compare(&self, why: &str) {
        let folder = root().join("bad").join(why);
        if updates() {
            // what an attack's former name left behind
            drop(fs::remove_dir_all(&folder));
        }
        let mut verdicts = String::new();
        for (name, samples) in &self.0 {
            // another base for another attack, and always the same for the same
            let (base, bad) = &samples[name.bytes().map(usize::from).sum::<usize>() % samples.len()];
            let file = format!("{base}-{name}.xml");
            compare(&format!("bad/{why}/{file}"), &bad.document);
            writeln!(verdicts, "{file}\t{}", bad.verdict).unwrap();
        }
        compare(&format!("bad/{why}/verdicts.tsv"), verdicts.as_bytes());
        let files = fs::read_dir(folder).unwrap().count();
        assert_eq!(files, self.0.len() + 1, "bad/{why} has files that no attack makes");
    }
}

/// Every bad document on disk: why, its name, itself and its verdict.
pub fn bad() -> Vec<(String, String, Vec<u8>, String)> {
    let mut all = Vec::new();
    for folder in fs::read_dir(root().join("bad")).unwrap() {
        let folder = folder.unwrap().path();
        let why = folder.file_name().unwrap().to_string_lossy().into_owned();
        for line in fs::read_to_string(folder.join("verdicts.tsv")).unwrap().lines() {
            let (name, verdict) = line.split_once('\t').unwrap();
            all.push((why.clone(), name.to_owned(), fs::read(folder.join(name)).unwrap(), verdict.to_owned()));
        }
    }
    all
}
