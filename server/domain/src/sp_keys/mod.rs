//! A team's own key pairs: what its requests are signed with, and what Entra may encrypt
//! assertions to.
//!
//! A team has at most one current key, which signs, and one next key, which waits to. All
//! of a team's keys decrypt, retired ones too, until they are deleted: so a certificate can
//! be changed in Entra at any moment of a rotation. Private keys are sealed for their row
//! and leave this module only as [`SpKey`].

mod lifecycle;
mod view;

pub(crate) use lifecycle::create_first;
pub use lifecycle::{create, delete, promote};
pub use view::{Certificate, certificate};

use saml::sp_key::SpKey;
use store::sealed_values::SealedColumn;
use store::sp_keys::SpKeyPair;

use crate::sealed::AssociatedData;
use crate::{Error, Services};

/// What a key's private half is bound to.
const fn associated_data(row: &SpKeyPair) -> AssociatedData {
    AssociatedData::of(SealedColumn::SpPrivateKey, row.id.as_uuid(), row.team_id.as_uuid())
}

/// Opens a stored key.
pub(crate) fn open_key(services: &Services, row: &SpKeyPair) -> Result<SpKey, Error> {
    let private = services.key_ring.open(&row.private_key, &associated_data(row))?;
    Ok(SpKey::from_parts(&private, &row.certificate)?)
}
