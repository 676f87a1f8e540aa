//! What every operation needs.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::Timestamp;
use reqwest::redirect::Policy;
use store::Db;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};
use uuid::{ContextV7, Uuid};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::cache::Cache;
use crate::clock::{Clock, Random};
use crate::metadata_client::MetadataClient;
use crate::password_hashing::PasswordHasher;
use crate::row_budget::{BudgetOwner, RowBudgets, RowKind};
use crate::sealed::KeyRing;
use crate::throttle_counts::InMemoryCounts;
use crate::unknown_slugs::UnknownSlugs;
use crate::{Error, Settings};

/// How long an application may take to answer.
const APPLICATION_TIMEOUT: Duration = Duration::from_secs(10);

/// What every operation needs: the store, the clock, randomness, the configuration.
pub struct Services {
    /// The store.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness fit for secrets.
    pub random: Arc<dyn Random>,
    /// Numbers the identifiers of one millisecond.
    uuids: Mutex<ContextV7>,
    /// What the configuration decides.
    pub settings: Settings,
    /// Seals secrets that the store keeps.
    pub key_ring: KeyRing,
    /// Hashes passwords, a few at a time.
    pub(crate) passwords: PasswordHasher,
    /// Registers and checks passkeys; none where browsers have none.
    pub(crate) webauthn: Option<Webauthn>,
    /// Calls applications.
    pub(crate) applications_client: reqwest::Client,
    /// Fetches identity providers' metadata.
    pub(crate) metadata: MetadataClient,
    /// What is parsed once and kept.
    pub(crate) cache: Cache,
    /// What was charged lately for rows that anybody can cause.
    pub(crate) row_budgets: RowBudgets,
    /// Counts of attempts that the budget for counts in the store did not cover.
    pub(crate) in_memory_counts: InMemoryCounts,
    /// Who came to addresses that are none of a team's.
    pub(crate) unknown_slugs: UnknownSlugs,
    /// Limits the work on blocking threads to the number of cores.
    blocking_permits: Arc<Semaphore>,
}

impl Services {
    /// Puts the services together; hashes one password to have something to compare with
    /// when an account does not exist.
    pub async fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        settings: Settings,
        key_ring: KeyRing,
    ) -> Result<Self, Error> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let passwords = PasswordHasher::new(cores, &*random).await?;
        let blocking_permits = Arc::new(Semaphore::new(cores));
        let webauthn = relying_party(&settings);
        let (metadata, cache) = (MetadataClient::new(settings.allow_private_addresses), Cache::new());
        Ok(Self {
            db,
            clock,
            random,
            uuids: Mutex::new(ContextV7::new()),
            settings,
            key_ring,
            passwords,
            webauthn,
            applications_client: applications_client()?,
            metadata,
            cache,
            row_budgets: RowBudgets::default(),
            in_memory_counts: InMemoryCounts::default(),
            unknown_slugs: UnknownSlugs::default(),
            blocking_permits,
        })
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Runs work such as parsing and verifying on a blocking thread, as many at a time as there are
    /// cores. A panic
    /// in it ends this request, not the server.
    pub(crate) async fn spawn_blocking_limited<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let _permit = Arc::clone(&self.blocking_permits).acquire_owned().await.ok();
        spawn_blocking(work).await
    }

    /// Charges for rows that are about to be written; a row of more than one unit says what a unit
    /// is.
    ///
    /// # Errors
    /// [`Error::TooManyRequests`] if one of the budgets has too little left: nothing may be written then.
    pub(crate) fn charge(&self, row: RowKind, units: i32, owners: &[BudgetOwner]) -> Result<(), Error> {
        self.row_budgets.charge(row, units, owners, self.now()).map_err(|retry_after| {
            tracing::debug!(?row, ?owners, "not written: over budget");
            Error::TooManyRequests { retry_after }
        })
    }

    pub(crate) fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }

    /// A new identifier of a row: time-ordered (UUID version 7), and within one millisecond in
    /// the order they were asked for, so that what is sorted by it is sorted as it happened.
    pub(crate) fn uuid(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Uuid::new_v7(uuid::Timestamp::from_unix(&self.uuids, seconds, now.timestamp_subsec_nanos()))
    }
}

/// Passkeys for the account host; none where browsers have none: on an IP address.
fn relying_party(settings: &Settings) -> Option<Webauthn> {
    let origin = settings.urls.account_url();
    let built = WebauthnBuilder::new(origin.domain()?, origin)
        .and_then(|builder| builder.rp_name(&settings.brand.product_name).build());
    built.inspect_err(|error| tracing::warn!(%error, "passkeys cannot be used at this address")).ok()
}

/// The client that calls applications: it follows nothing, and uses no proxy.
fn applications_client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder().redirect(Policy::none()).no_proxy().timeout(APPLICATION_TIMEOUT).build()
}
