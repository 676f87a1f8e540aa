//! The values of findings as columns hold them: JSON.

use model::FindingValue;

/// As it is stored.
pub(crate) fn to_stored(value: Option<FindingValue>) -> Option<String> {
    value.and_then(|value| serde_json::to_string(&value).ok())
}

/// As it was stored. A value of a kind that this version does not know, as a newer one may
/// write, is left out.
pub(crate) fn from_stored(stored: Option<&str>) -> Option<FindingValue> {
    stored.and_then(|stored| serde_json::from_str(stored).ok())
}
