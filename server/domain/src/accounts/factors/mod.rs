//! Second factors: authenticator apps, passkeys, and recovery codes for when they are lost.
//!
//! Adding and removing one is sensitive (`Action::ChangeCredentials`), is mailed to the owner,
//! ends the account's other sessions where it changes what they should have verified, and gives
//! the session of the request a new token.
//!
//! `totp`, `passkeys` and `recovery_codes` are one kind each, `passkey_challenge` asks a passkey
//! and verifies its answer, `enrolment` is what follows when one is added or removed,
//! `security_settings` what pages show of them, and `factor_reset` takes them away.

mod enrolment;
mod factor_reset;
mod owner_notice;
mod passkey_challenge;
mod passkeys;
mod recovery_codes;
mod security_settings;
mod totp;
mod totp_error;

pub use enrolment::FactorEnrolment;
pub(super) use factor_reset::remove_factors_since;
pub use factor_reset::reset_factors;
pub(super) use owner_notice::notify_owner;
pub use passkey_challenge::PasskeyChallenge;
pub(super) use passkey_challenge::{create_challenge, take_challenge, verify_passkey};
pub use passkeys::{register_passkey, remove_passkey, rename_passkey, start_passkey_registration};
pub(super) use recovery_codes::consume_recovery_code;
pub use recovery_codes::{new_recovery_codes, regenerate_recovery_codes};
pub(super) use security_settings::available_methods;
pub use security_settings::security_settings;
pub(super) use store::passkeys::CeremonyPurpose;
pub(super) use totp::verify_totp_code;
pub use totp::{confirm_totp_setup, pending_totp_setup, remove_totp, start_totp_setup};
pub use totp_error::TotpError;
