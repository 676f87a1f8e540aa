//! The application's certificates: the active one, the one that is to follow it, and those
//! that only a fault signs with.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};

use crate::keys::SigningKey;

/// Which certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    /// The one that signs.
    Active,
    /// The one that is to follow it.
    Next,
    /// One that is over since a day.
    Expired,
    /// One that begins in a year.
    Future,
    /// One that nobody was told of.
    Other,
}

impl Which {
    /// Every one, under the name of its download.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Active, "active"),
        (Self::Next, "next"),
        (Self::Expired, "expired"),
        (Self::Future, "future"),
        (Self::Other, "other"),
    ];

    /// The one of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(which, _)| *which)
    }
}

/// All of them. An RSA key takes a moment to make, so those for faults are made when they are
/// first asked for, and kept.
pub struct Keys {
    made_at: DateTime<Utc>,
    ring: Mutex<Ring>,
}

struct Ring {
    active: SigningKey,
    others: HashMap<Which, SigningKey>,
}

impl Keys {
    /// One active key. The validity of those to come is counted from `now`.
    #[must_use]
    pub fn new(active: SigningKey, now: DateTime<Utc>) -> Self {
        Self { made_at: now, ring: Mutex::new(Ring { active, others: HashMap::new() }) }
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key that signs.
    #[must_use]
    pub fn active(&self) -> SigningKey {
        self.ring().active.clone()
    }

    /// The key that is to follow, if it was created.
    #[must_use]
    pub fn next(&self) -> Option<SigningKey> {
        self.ring().others.get(&Which::Next).cloned()
    }

    /// Any of the keys, made if there is none yet.
    pub fn get(&self, which: Which) -> Result<SigningKey> {
        let mut ring = self.ring();
        if which == Which::Active {
            return Ok(ring.active.clone());
        }
        if let Some(key) = ring.others.get(&which) {
            return Ok(key.clone());
        }
        let key = self.make(which)?;
        ring.others.insert(which, key.clone());
        Ok(key)
    }

    fn make(&self, which: Which) -> Result<SigningKey> {
        let (year, day) = (TimeDelta::days(365), TimeDelta::days(1));
        match which {
            Which::Expired => SigningKey::valid(self.made_at - year, self.made_at - day),
            Which::Future => SigningKey::valid(self.made_at + year, self.made_at + year * 4),
            Which::Active | Which::Next | Which::Other => SigningKey::generate(self.made_at),
        }
    }

    /// Makes the next one the active one, and says whether there was one.
    pub fn activate_next(&self) -> bool {
        let mut ring = self.ring();
        let Some(next) = ring.others.remove(&Which::Next) else { return false };
        ring.active = next;
        true
    }

    /// Those that the federation metadata has, the active one first.
    #[must_use]
    pub fn published(&self) -> Vec<SigningKey> {
        let ring = self.ring();
        std::iter::once(&ring.active).chain(ring.others.get(&Which::Next)).cloned().collect()
    }
}
