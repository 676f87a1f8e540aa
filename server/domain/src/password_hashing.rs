//! Passwords: argon2id with OWASP's parameters (19 MiB, two passes, one lane), on blocking
//! threads, as many at a time as there are cores: hashing is expensive on purpose, so a burst of
//! sign-ins must queue instead of taking all memory.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::clock::Random;
use crate::{Error, InternalError, Token};

/// Hashes and verifies passwords.
#[derive(Debug)]
pub(crate) struct PasswordHasher {
    permits: Arc<Semaphore>,
    /// The hash of a password that nobody has: a sign-in with an unknown address is verified
    /// against it, so that it takes as long as any other.
    decoy_hash: Arc<str>,
}

impl PasswordHasher {
    pub(crate) async fn new(max_concurrent: usize, random: &dyn Random) -> Result<Self, Error> {
        let unset = Self { permits: Arc::new(Semaphore::new(max_concurrent)), decoy_hash: Arc::from("") };
        let decoy_hash = unset.hash(random, Token::new(random).reveal()).await?;
        Ok(Self { decoy_hash: Arc::from(decoy_hash), ..unset })
    }

    /// A password's hash in PHC string format.
    pub(crate) async fn hash(&self, random: &dyn Random, password: &str) -> Result<String, Error> {
        let mut salt = [0; 16];
        random.fill(&mut salt);
        let password = password.to_owned();
        self.run(move || {
            let hash: PasswordHash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password is the one that was hashed; with no hash, `false` after the
    /// same time.
    pub(crate) async fn verify(&self, hash: Option<&str>, password: &str) -> Result<bool, Error> {
        let exists = hash.is_some();
        let hash = hash.map_or_else(|| Arc::clone(&self.decoy_hash), Arc::from);
        let password = password.to_owned();
        self.run(move || {
            let hash = PasswordHash::new(&hash)?;
            match Argon2::default().verify_password(password.as_bytes(), &hash) {
                Ok(()) => Ok(exists),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error),
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, password_hash::Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.spawn_blocking_limited(work).await?.map_err(|error| Error::Internal(InternalError::Password(error)))
    }

    /// Runs expensive work on a password on a blocking thread, as much at a time as there are
    /// cores.
    pub(crate) async fn spawn_blocking_limited<T: Send + 'static>(
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
        let passwords = PasswordHasher::new(1, &OsRandom).await.unwrap();
        let hash = passwords.hash(&OsRandom, "correct horse battery").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(passwords.verify(Some(&hash), "correct horse battery").await.unwrap());
        assert!(!passwords.verify(Some(&hash), "correct horse batterY").await.unwrap());
        assert!(!passwords.verify(None, "correct horse battery").await.unwrap());
    }
}
