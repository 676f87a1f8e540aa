//! The messages whose keys are made from codes, so that no source names them.

/// Prefixes of such keys. For each there is a test beside its enum that holds that every code has
/// its message and that there is no message without a code, or [`keys`] lists them.
const PREFIXES: &[&str] = &[
    // shared words wait for the pages that use them
    "common-", // app/src/done.rs
    "done-",   // app/src/components/account_actions.rs
    "role-",
];

/// Whether some code makes this key.
pub fn is_made_from_a_code(key: &str) -> bool {
    PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}

/// Every key that is made from an enum of `model`.
pub fn keys() -> Vec<String> {
    Vec::new()
}
