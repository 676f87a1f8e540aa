//! What makes the trail a chain: each event's hash covers all of it and the hash of the
//! event before.

use model::ids::TeamId;
use sha2::{Digest as _, Sha256};
use store::audit::AuditEvent;
use uuid::Uuid;

/// Changes when what is hashed, or how, does.
const VERSION: u8 = 1;

/// The identifier of the chain of a team's events, or of the vendor's.
pub(super) fn id(team: Option<TeamId>) -> Uuid {
    team.map_or(Uuid::nil(), TeamId::as_uuid)
}

/// SHA-256 of an event. Every field stands with its length, an absent one apart from an
/// empty one: no two events are written alike.
pub(super) fn hash(event: &AuditEvent) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update([VERSION]);
    let mut field = |bytes: Option<&[u8]>| match bytes {
        None => hasher.update([0]),
        Some(bytes) => {
            hasher.update([1]);
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        }
    };
    let text = |text: &Option<String>| text.as_ref().map(|text| text.as_bytes().to_vec());
    field(Some(event.chain.as_bytes()));
    field(Some(&event.sequence.to_be_bytes()));
    field(Some(event.id.as_bytes()));
    field(event.team_id.map(TeamId::as_uuid).as_ref().map(|id| id.as_bytes().as_slice()));
    field(Some(&event.at.timestamp_millis().to_be_bytes()));
    field(Some(event.actor.as_bytes()));
    field(Some(event.action.as_str().as_bytes()));
    field(Some(event.actor_kind.as_str().as_bytes()));
    for value in [&event.target, &event.before_value, &event.after_value, &event.detail, &event.ip] {
        field(text(value).as_deref());
    }
    field(Some(&event.previous_hash));
    hasher.finalize().to_vec()
}
