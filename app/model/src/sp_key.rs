//! A team's own key pairs, as its pages show them. Private keys never come here.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::Timestamp;
use crate::ids::SpKeyId;

/// What a key is for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SpKeyState {
    /// Signs requests, and decrypts; at most one per team.
    Current,
    /// Waits to become current, and decrypts already; at most one per team.
    Next,
    /// Was current once; still decrypts.
    Retired,
}

coded!(SpKeyState);

/// A key pair of a team: what may be known of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpKeyView {
    /// Its identifier.
    pub id: SpKeyId,
    /// What it is for now.
    pub state: SpKeyState,
    /// SHA-1 in upper-case hexadecimal: the thumbprint that Entra shows.
    pub thumbprint_sha1: String,
    /// SHA-256 in upper-case hexadecimal.
    pub thumbprint_sha256: String,
    /// Valid from.
    pub not_before: Timestamp,
    /// Valid until.
    pub not_after: Timestamp,
}
