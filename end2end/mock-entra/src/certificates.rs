//! The application's certificates: the active one, the one that is to follow it, and those
//! that only a fault signs with.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use saml::certificate::SigningCertificate;

use crate::keys::SigningKey;

/// For how long the expired certificate is still valid when it is handed out: a portal takes
/// none that is over, and whoever wants to see what it says then does not wait long.
pub const EXPIRES_AFTER: TimeDelta = TimeDelta::minutes(2);

/// Which certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeySlot {
    /// The one that signs.
    Active,
    /// The one that is to follow it.
    Next,
    /// One that is over since a day; or [`EXPIRES_AFTER`] after it was handed out.
    Expired,
    /// One that begins in a year.
    Future,
    /// One that nobody was told of.
    Other,
}

impl KeySlot {
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
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(slot, _)| *slot)
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
    others: HashMap<KeySlot, SigningKey>,
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
        self.ring().others.get(&KeySlot::Next).cloned()
    }

    /// Any of the keys, made if there is none yet.
    pub fn get(&self, slot: KeySlot) -> Result<SigningKey> {
        let mut ring = self.ring();
        if slot == KeySlot::Active {
            return Ok(ring.active.clone());
        }
        if let Some(key) = ring.others.get(&slot) {
            return Ok(key.clone());
        }
        let key = self.make(slot)?;
        ring.others.insert(slot, key.clone());
        Ok(key)
    }

    /// The expired one to hand out at `now`: while it is valid, the same as before.
    pub fn about_to_expire(&self, now: DateTime<Utc>) -> Result<SigningKey> {
        let mut ring = self.ring();
        if let Some(key) = ring.others.get(&KeySlot::Expired)
            && SigningCertificate::from_der(&key.certificate_der()?)?.is_valid_at(now)
        {
            return Ok(key.clone());
        }
        let key = SigningKey::valid(now - TimeDelta::days(365), now + EXPIRES_AFTER)?;
        ring.others.insert(KeySlot::Expired, key.clone());
        Ok(key)
    }

    fn make(&self, slot: KeySlot) -> Result<SigningKey> {
        let (year, day) = (TimeDelta::days(365), TimeDelta::days(1));
        match slot {
            KeySlot::Expired => SigningKey::valid(self.made_at - year, self.made_at - day),
            KeySlot::Future => SigningKey::valid(self.made_at + year, self.made_at + year * 4),
            KeySlot::Active | KeySlot::Next | KeySlot::Other => SigningKey::generate(self.made_at),
        }
    }

    /// Makes the next one the active one, and says whether there was one.
    pub fn activate_next(&self) -> bool {
        let mut ring = self.ring();
        let Some(next) = ring.others.remove(&KeySlot::Next) else { return false };
        ring.active = next;
        true
    }

    /// Those that the federation metadata has, the active one first.
    #[must_use]
    pub fn published(&self) -> Vec<SigningKey> {
        let ring = self.ring();
        std::iter::once(&ring.active).chain(ring.others.get(&KeySlot::Next)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::now;

    #[test]
    fn what_is_handed_out_ends_in_two_minutes_and_is_replaced_then() {
        let now = now();
        let keys = Keys::new(SigningKey::generate(now).unwrap(), now);
        let der = |key: Result<SigningKey>| key.unwrap().certificate_der().unwrap();
        let first = der(keys.about_to_expire(now));
        assert_eq!(der(keys.about_to_expire(now + EXPIRES_AFTER / 2)), first);
        assert_eq!(der(keys.get(KeySlot::Expired)), first, "the fault signs with what was handed out");
        let certificate = SigningCertificate::from_der(&first).unwrap();
        assert!(certificate.is_valid_at(now) && !certificate.is_valid_at(now + EXPIRES_AFTER + TimeDelta::seconds(1)));
        assert_ne!(der(keys.about_to_expire(now + EXPIRES_AFTER * 2)), first);
    }
}
