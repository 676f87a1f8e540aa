//! One entity a table; the migrations say what each column is for.

pub mod account_sessions;
pub mod accounts;
pub mod attempts;
pub mod audit_events;
pub mod audit_heads;
pub mod certificates;
pub mod consumed_assertions;
pub mod email_changes;
pub mod form_states;
pub mod invitations;
pub mod known_devices;
pub mod limits;
pub mod logouts;
pub mod members;
pub mod one_time_tokens;
pub mod outbox;
pub mod passkey_ceremonies;
pub mod passkeys;
pub mod people;
pub mod person_sessions;
pub mod recovery_codes;
pub mod revisions;
pub mod setup_confirmations;
pub mod sp_keys;
pub mod teams;
pub mod totp;
