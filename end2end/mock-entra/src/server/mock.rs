//! The mock's state.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::history::MessageHistory;
use crate::aad_sts::AadSts;
use crate::app::App;
use crate::certificates::Keys;
use crate::clock::now;
use crate::directory::{User, preset};
use crate::fault::Faults;
use crate::keys::SigningKey;
use crate::sessions::Sessions;
use crate::tenant::Tenant;

/// The tenant, its keys, and what changes while the mock runs.
pub struct Mock {
    pub(super) tenant: Tenant,
    pub(super) keys: Keys,
    app: Mutex<Option<App>>,
    /// Of applications that are not registered, with `{identifier}` for theirs.
    logout_url_pattern: Option<String>,
    users: Mutex<Vec<User>>,
    pub(super) sessions: Sessions,
    faults: Mutex<Faults>,
    history: Mutex<MessageHistory>,
}

impl Mock {
    /// A tenant with the preset people and no application.
    #[must_use]
    pub fn new(tenant: Tenant, key: SigningKey) -> Self {
        Self {
            tenant,
            keys: Keys::new(key, now()),
            app: Mutex::default(),
            logout_url_pattern: None,
            users: Mutex::new(preset()),
            sessions: Sessions::default(),
            faults: Mutex::default(),
            history: Mutex::default(),
        }
    }

    /// Knows where applications that are not registered sign out: `{identifier}` stands for theirs.
    #[must_use]
    pub fn with_logout_url_pattern(self, pattern: Option<String>) -> Self {
        Self { logout_url_pattern: pattern, ..self }
    }

    /// Where an application that is not registered signs out.
    pub(super) fn unregistered_logout_url(&self, identifier: &str) -> Option<String> {
        Some(self.logout_url_pattern.as_ref()?.replace("{identifier}", identifier))
    }

    /// Misbehaves from now on, or no longer.
    pub fn set_faults(&self, faults: Faults) {
        *lock(&self.faults) = faults;
    }

    /// What it does wrong now.
    pub(super) fn faults(&self) -> Faults {
        *lock(&self.faults)
    }

    /// The messages so far.
    pub(super) fn history(&self) -> MutexGuard<'_, MessageHistory> {
        lock(&self.history)
    }

    /// Registers the application, in place of the one that was.
    pub fn register(&self, app: App) {
        *lock(&self.app) = Some(app);
    }

    /// The registered application.
    pub(super) fn app(&self) -> Option<App> {
        lock(&self.app).clone()
    }

    /// Everybody who can be picked.
    pub(super) fn users(&self) -> Vec<User> {
        lock(&self.users).clone()
    }

    /// The user of that name, made if there is none.
    pub(super) fn user(&self, upn: &str) -> Option<User> {
        let mut users = lock(&self.users);
        let known = users.iter().find(|user| user.upn.eq_ignore_ascii_case(upn.trim()));
        if let Some(user) = known {
            return Some(user.clone());
        }
        let user = User::from_upn(upn)?;
        users.push(user.clone());
        Some(user)
    }

    /// Who issues its messages now.
    pub(super) fn issuer(&self) -> String {
        self.faults().shape.issuer().map_or_else(|| self.tenant.entity_id(), str::to_owned)
    }

    /// Whether this is the tenant of that name.
    pub(super) fn check_tenant(&self, tenant: &str) -> Result<(), AadSts> {
        if tenant == self.tenant.id {
            return Ok(());
        }
        Err(AadSts { number: 90_002, message: format!("Tenant '{tenant}' not found.") })
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
