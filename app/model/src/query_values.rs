//! What a filter of a list puts into an address.

/// Values by name, as an address carries them; those that say nothing left out.
pub(crate) fn set_values<'a, const N: usize>(all: [(&'static str, &'a String); N]) -> Vec<(&'static str, &'a str)> {
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.as_str())).collect()
}
