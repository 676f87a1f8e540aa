//! What keeps an answer from telling who has an account (OWASP: account enumeration).

use model::EmailAddress;
use tokio::time::{Duration, sleep};

/// Longer than it takes to write a mail into the outbox.
const MINIMUM_DURATION: Duration = Duration::from_millis(150);

/// Does the work, and takes as long whether or not a mail was written: how long an answer takes
/// must not tell who has an account.
pub(crate) async fn with_minimum_duration<T>(work: impl Future<Output = T>) -> T {
    let (answer, ()) = tokio::join!(work, sleep(MINIMUM_DURATION));
    answer
}

/// The one spelling of an address that was typed: another spelling must not get failed sign-ins
/// counted anew.
pub(super) fn canonical_email(email: &str) -> String {
    email.parse::<EmailAddress>().map_or_else(|_| email.trim().to_lowercase(), String::from)
}
