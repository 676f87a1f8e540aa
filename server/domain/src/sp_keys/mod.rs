//! A team's own key pairs: what its requests are signed with, and what Entra may encrypt
//! assertions to.
//!
//! A team has at most one current key, which signs, and one next key, which waits to. All
//! of a team's keys decrypt, retired ones too, until they are deleted: so a certificate can
//! be changed in Entra at any moment of a rotation. Private keys are sealed for their row
//! and leave this module only as [`SpKey`].

mod edit;
mod reseal;
mod view;

pub(crate) use edit::create_first;
pub use edit::{create, delete, promote};
pub(crate) use reseal::reseal;
pub(crate) use view::views;
pub use view::{Certificate, certificate};

use saml::sp_key::SpKey;
use store::sp_keys::SpKeyPair;

use crate::sealed::Place;
use crate::{Error, Services};

/// Where a key's private half is sealed for.
fn place(row: &SpKeyPair) -> Place {
    Place { column: "sp_keys.private_key", row: row.id.as_uuid(), owner: row.team_id.as_uuid() }
}

/// Opens a stored key.
pub(crate) fn open(services: &Services, row: &SpKeyPair) -> Result<SpKey, Error> {
    let private = services.keyring.open(&row.private_key, &place(row))?;
    Ok(SpKey::from_parts(&private, &row.certificate)?)
}
