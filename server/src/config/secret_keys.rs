//! The keys that seal secrets in the database: the configuration's, or on a trial on one
//! machine a key of its own.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use domain::clock::Random;
use domain::sealed::{KeyRing, SecretKey};

use super::reader::ConfigReader;

/// In the data folder.
const DEVELOPMENT_KEY: &str = "development.key";

/// The key of a trial cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretKeyError {
    /// The file cannot be read or made.
    #[error("cannot keep a key in {}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The file holds something else.
    #[error("{} holds no key; remove it to start with a new one, after which what was sealed is lost", .0.display())]
    NoKey(PathBuf),
}

/// The configured keys. Without any, only a trial on localhost may start.
pub(super) fn read_configured(reader: &mut ConfigReader, is_local_http: bool) -> Option<KeyRing> {
    const KEY: &str = "secret_keys";
    const KIND: &str = "keys, such as [\"2026:base64 of 32 random bytes\"]; `openssl rand -base64 32` makes one";
    let keys: Vec<SecretKey> = reader.secrets(KEY, KIND)?;
    if keys.is_empty() {
        if !is_local_http {
            reader.problem(KEY, &format!("is needed where people reach the portal by https: a list of {KIND}"));
        }
        return None;
    }
    let key_ring = KeyRing::new(keys);
    if let Err(error) = &key_ring {
        reader.problem(KEY, &error.to_string());
    }
    key_ring.ok()
}

/// The key of a trial, made at the first start.
pub(super) fn load_development_key(data_dir: &Path, random: &dyn Random) -> Result<KeyRing, SecretKeyError> {
    let path = data_dir.join(DEVELOPMENT_KEY);
    let failed = |error| SecretKeyError::File { path: path.clone(), error };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(data_dir).map_err(failed)?;
            create_key_file(&path, random).map_err(failed)?
        }
        Err(error) => return Err(failed(error)),
    };
    tracing::warn!(file = %path.display(), "no secret_keys are configured: secrets are sealed with a development key");
    let key = text.parse().map_err(|_| SecretKeyError::NoKey(path.clone()))?;
    KeyRing::new(vec![key]).map_err(|_| SecretKeyError::NoKey(path))
}

/// Writes a new key that only its owner can read. Of two that start at once, one writes;
/// the other finds the file there and fails, and starts again.
fn create_key_file(path: &Path, random: &dyn Random) -> io::Result<String> {
    let key = SecretKey::generate("development", random);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    Ok(key.to_string())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use domain::clock::OsRandom;
    use domain::sealed::AssociatedData;
    use sea_orm::prelude::Uuid;

    use super::*;

    #[test]
    fn the_development_key_is_its_owners_only_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let first = load_development_key(&data, &OsRandom).unwrap();
        let mode = fs::metadata(data.join(DEVELOPMENT_KEY)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let associated = AssociatedData { column: "t.c", row: Uuid::nil(), owner: Uuid::nil() };
        let sealed = first.seal(&OsRandom, b"secret", &associated).unwrap();
        assert_eq!(*load_development_key(&data, &OsRandom).unwrap().open(&sealed, &associated).unwrap(), b"secret");
        fs::write(data.join(DEVELOPMENT_KEY), "nonsense").unwrap();
        assert!(matches!(load_development_key(&data, &OsRandom), Err(SecretKeyError::NoKey(_))));
    }
}
