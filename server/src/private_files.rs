//! What the portal keeps on this machine is its own: folders 0700, files 0600. SQLite gives
//! the write-ahead log beside a database the database's mode. What an earlier version, or
//! somebody by hand, left open to others is closed at start.

use std::fs::{self, DirBuilder, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::config::{Config, mail_folder};

/// The permissions of group and others.
const GROUP_AND_OTHERS: u32 = 0o077;
const STICKY: u32 = 0o1000;
/// The files that SQLite keeps a database in, by their suffixes.
const DATABASE_SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Makes the folders and takes away what others may do, before the database is opened, so that
/// nobody else can ever read a new file.
pub fn prepare_folders(config: &Config) -> anyhow::Result<()> {
    let data_dir = &config.data_dir;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(data_dir);
    made.with_context(|| format!("cannot make the folder {}", data_dir.display()))?;
    restrict(data_dir);
    if let Some(folder) = database_file(config).as_deref().and_then(Path::parent).filter(|folder| *folder != data_dir) {
        restrict(folder);
    }
    let mail = mail_folder(data_dir);
    restrict(&mail);
    for file in fs::read_dir(&mail).into_iter().flatten().flatten() {
        restrict(&file.path());
    }
    Ok(())
}

/// Takes away what others may do with the database's files, once it is open.
pub fn restrict_database_files(config: &Config) {
    let Some(file) = database_file(config) else { return };
    for suffix in DATABASE_SUFFIXES {
        let mut name = file.clone().into_os_string();
        name.push(suffix);
        restrict(Path::new(&name));
    }
}

fn database_file(config: &Config) -> Option<PathBuf> {
    domain::Db::file(&config.database_url)
}

/// Takes away what others may do. What cannot be changed is said, and no reason not to start.
fn restrict(path: &Path) {
    let restricted = fs::metadata(path).and_then(|found| restrict_found(path, &found));
    match restricted {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(path = %path.display(), %error, "others on this machine may read this"),
    }
}

fn restrict_found(path: &Path, found: &Metadata) -> io::Result<()> {
    let mode = found.permissions().mode();
    if mode & GROUP_AND_OTHERS == 0 {
        return Ok(());
    }
    if found.is_dir() && is_shared(path, found)? {
        return Err(io::Error::other("the folder holds what belongs to others; give the portal one of its own"));
    }
    fs::set_permissions(path, Permissions::from_mode(mode & !GROUP_AND_OTHERS))?;
    tracing::info!(path = %path.display(), "closed to others on this machine");
    Ok(())
}

/// Whether a folder belongs to others, too, such as `/tmp` or `/var/lib`: those keep their mode.
fn is_shared(path: &Path, found: &Metadata) -> io::Result<bool> {
    if found.permissions().mode() & STICKY != 0 || fs::canonicalize(path)?.parent().is_none() {
        return Ok(true);
    }
    for entry in fs::read_dir(path)? {
        if belongs_to_another_user(entry?.metadata()?.uid(), found.uid()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether an entry shows that its folder is not one user's alone. What root has put into
/// somebody's folder, such as the `lost+found` of a volume, does not.
const fn belongs_to_another_user(entry: u32, folder: u32) -> bool {
    const ROOT: u32 = 0;
    entry != folder && entry != ROOT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn open_to_all(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    async fn start(data: &Path, database: &str) -> domain::Db {
        let config =
            Config::from_toml(&format!("data_dir = \"{}\"\ndatabase_url = \"{database}\"", data.display())).unwrap();
        prepare_folders(&config).unwrap();
        let db = domain::Db::connect(&config.database_url).await.unwrap();
        restrict_database_files(&config);
        db.migrate().await.unwrap();
        db
    }

    fn database_files(folder: &Path) -> Vec<PathBuf> {
        let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        all.filter(|path| path.display().to_string().contains(".db")).collect()
    }

    #[tokio::test]
    async fn created_files_are_private_to_the_portal() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let _open = start(&data, &format!("sqlite://{}/portal.db?mode=rwc", data.display())).await;
        assert_eq!(mode(&data), 0o700);
        let files = database_files(&data);
        assert!(files.len() > 1, "the write-ahead log, too: {files:?}");
        for file in files {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }

    #[tokio::test]
    async fn permissions_of_existing_files_are_tightened_at_start() {
        let folder = tempfile::tempdir().unwrap();
        let (data, elsewhere) = (folder.path().join("data"), folder.path().join("elsewhere"));
        let mail = data.join("mail");
        fs::create_dir_all(&mail).unwrap();
        fs::create_dir_all(&elsewhere).unwrap();
        let (letter, database) = (mail.join("a.eml"), elsewhere.join("portal.db"));
        fs::write(&letter, "a link").unwrap();
        fs::write(&database, "").unwrap();
        for (path, mode) in [(&data, 0o755), (&mail, 0o755), (&elsewhere, 0o777)] {
            open_to_all(path, mode);
        }
        for path in [&letter, &database] {
            open_to_all(path, 0o644);
        }
        let _open = start(&data, &format!("sqlite://{}", database.display())).await;
        for path in [&data, &mail, &elsewhere] {
            assert_eq!(mode(path), 0o700, "{}", path.display());
        }
        assert_eq!(mode(&letter), 0o600);
        for file in database_files(&elsewhere) {
            assert_eq!(mode(&file), 0o600, "{}", file.display());
        }
    }

    #[test]
    fn files_that_root_creates_keep_the_owner_of_the_folder() {
        assert!(!belongs_to_another_user(1000, 1000));
        assert!(!belongs_to_another_user(0, 1000), "lost+found");
        assert!(belongs_to_another_user(1001, 1000));
        assert!(belongs_to_another_user(1000, 0), "/home, /var/lib");
    }

    #[test]
    fn a_folder_that_others_use_keeps_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        open_to_all(folder.path(), 0o1777);
        restrict(folder.path());
        assert_eq!(mode(folder.path()), 0o1777);
    }
}
