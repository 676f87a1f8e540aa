//! The mock's clock and its random names.

use anyhow::Result;
use chrono::{DateTime, Utc};
use saml::authn_request::RequestId;

/// What time it is.
#[expect(clippy::disallowed_methods, reason = "an identity provider of its own, with its own clock")]
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// An ID for a message of ours.
pub(crate) fn message_id() -> Result<RequestId> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)?;
    Ok(RequestId::from_random(random))
}

/// Such as a correlation ID.
pub(crate) fn guid() -> String {
    let mut random = [0; 16];
    // without randomness the page still says what is wrong
    if getrandom::fill(&mut random).is_err() {
        return "00000000-0000-0000-0000-000000000000".to_owned();
    }
    let digits = hex::encode(random);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}
