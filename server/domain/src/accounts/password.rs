//! Passwords: argon2id with OWASP's parameters (19 MiB, two passes, one lane), on blocking
//! threads, as many at a time as there are cores: hashing is meant to be dear, so a burst of
//! sign-ins must queue instead of taking all memory.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::clock::Random;
use crate::{Error, Internal};

/// Hashes and checks passwords.
#[derive(Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// The hash of nobody's password: what a sign-in with an unknown address is checked
    /// against, so that it takes as long as any other.
    nobody: Arc<str>,
}

impl Passwords {
    pub(crate) async fn new(at_once: usize, random: &dyn Random) -> Result<Self, Error> {
        let unset = Self { permits: Arc::new(Semaphore::new(at_once)), nobody: Arc::from("") };
        let nobody = unset.hash(random, crate::Token::new(random).reveal()).await?;
        Ok(Self { nobody: Arc::from(nobody), ..unset })
    }

    /// A password's hash in PHC string format.
    pub(super) async fn hash(&self, random: &dyn Random, password: &str) -> Result<String, Error> {
        let mut salt = [0; 16];
        random.fill(&mut salt);
        let password = password.to_owned();
        self.blocking(move || {
            let hash: PasswordHash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password is the one that was hashed; with no hash, `false` after the
    /// same time.
    pub(super) async fn verify(&self, hash: Option<&str>, password: &str) -> Result<bool, Error> {
        let exists = hash.is_some();
        let hash = hash.map_or_else(|| Arc::clone(&self.nobody), Arc::from);
        let password = password.to_owned();
        self.blocking(move || {
            let hash = PasswordHash::new(&hash)?;
            match Argon2::default().verify_password(password.as_bytes(), &hash) {
                Ok(()) => Ok(exists),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error),
            }
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, password_hash::Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.on_a_thread(work).await?.map_err(|error| Error::Internal(Internal::Password(error)))
    }

    /// Runs dear work about a password, as much at a time as there are cores.
    pub(super) async fn on_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        // the semaphore is never closed: a closed one would only mean no limit
        let _permit = Arc::clone(&self.permits).acquire_owned().await.ok();
        Ok(spawn_blocking(work).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::OsRandom;

    #[tokio::test]
    async fn only_the_right_password_of_an_account_verifies() {
        let passwords = Passwords::new(1, &OsRandom).await.unwrap();
        let hash = passwords.hash(&OsRandom, "correct horse battery").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify(Some(&hash), "correct horse battery").await.unwrap());
        assert!(!passwords.verify(Some(&hash), "correct horse batterY").await.unwrap());
        assert!(!passwords.verify(None, "correct horse battery").await.unwrap());
    }
}
