//! A row in every table, as the previous release writes it. When a version is released, this is
//! brought up to date with it, together with `migrations::RELEASED`.

use chrono::{DateTime, TimeZone as _, Utc};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use serde_json::json;

/// A row, by the names of its table and columns at that time.
pub struct Row {
    pub table: &'static str,
    pub values: Vec<(&'static str, Expr)>,
}

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 27, 12, 0, 0).unwrap()
}

macro_rules! row {
    ($table:ident { $($column:ident: $value:expr),+ $(,)? }) => {
        Row { table: stringify!($table), values: vec![$((stringify!($column), Expr::from($value))),+] }
    };
}

/// One row a table, in the order of their foreign keys. Rows of different numbers do not refer to
/// one another.
pub fn rows(number: u8) -> Vec<Row> {
    let mut rows = accounts(number);
    rows.extend(teams(number));
    rows.extend(connections(number));
    rows.extend(sign_in(number));
    rows.extend(others(number));
    rows
}

fn id(number: u8) -> Uuid {
    Uuid::from_u128(number.into())
}

fn hash(number: u8) -> Vec<u8> {
    vec![number; 32]
}

fn accounts(n: u8) -> Vec<Row> {
    vec![
        row!(accounts { id: id(n), email: format!("a{n}@example.com"), password_hash: "hash", created_at: at() }),
        row!(account_sessions {
            token_hash: hash(n),
            account_id: id(n),
            created_at: at(),
            last_used_at: at(),
            expires_at: at(),
            awaiting_factor: false,
        }),
        row!(known_devices { token_hash: hash(n), account_id: id(n), created_at: at(), expires_at: at() }),
        row!(totp_secrets { id: id(n), account_id: id(n), seed: hash(n), last_step: 0_i64, created_at: at() }),
        row!(passkeys {
            id: id(n),
            account_id: id(n),
            name: "Laptop",
            credential_id: hash(n),
            credential: "{}",
            created_at: at(),
        }),
        row!(passkey_ceremonies {
            token_hash: hash(n),
            purpose: "sign_in",
            account_id: id(n),
            state: "{}",
            expires_at: at(),
        }),
        row!(recovery_codes { account_id: id(n), code_hash: hash(n), created_at: at() }),
    ]
}

fn teams(n: u8) -> Vec<Row> {
    vec![
        row!(teams {
            id: id(n),
            slug: format!("team-{n}"),
            name: "Team",
            status: "active",
            created_at: at(),
            second_factor_required: false,
            is_vendor: false,
        }),
        row!(members { team_id: id(n), account_id: id(n), role: "owner", created_at: at() }),
        row!(setup_confirmations { team_id: id(n), step: "create", confirmed_at: at() }),
        row!(invitations {
            id: id(n),
            kind: "member",
            team_id: id(n),
            email: format!("b{n}@example.com"),
            role: "viewer",
            invited_by: "a@example.com",
            granter_id: id(n),
            granted_by_operator: false,
            sent_at: at(),
            expires_at: at(),
        }),
        row!(one_time_tokens {
            token_hash: hash(n),
            purpose: "confirm_email_change",
            account_id: id(n),
            created_at: at(),
            expires_at: at(),
        }),
        row!(email_changes { token_hash: hash(n), old_email: "a@example.com", new_email: "c@example.com" }),
    ]
}

fn connections(n: u8) -> Vec<Row> {
    vec![
        row!(revisions {
            id: id(n),
            team_id: id(n),
            number: 1_i32,
            state: "live",
            idp_entity_id: "urn:idp",
            sso_url: "https://idp.example/sso",
            sso_binding: "redirect",
            claims: json!({}),
            options: json!({}),
            created_at: at(),
            updated_at: at(),
            live_at: at(),
        }),
        row!(certificates {
            id: id(n),
            team_id: id(n),
            revision_id: id(n),
            der: hash(n),
            subject: "CN=idp",
            thumbprint_sha1: "00",
            thumbprint_sha256: "00",
            public_key: "RSA, 2048 bits",
            not_before: at(),
            not_after: at(),
            created_at: at(),
        }),
        row!(sp_keys {
            id: id(n),
            team_id: id(n),
            state: "current",
            certificate: hash(n),
            thumbprint_sha1: "00",
            thumbprint_sha256: "00",
            not_before: at(),
            not_after: at(),
            private_key: hash(n),
            created_at: at(),
        }),
    ]
}

fn sign_in(n: u8) -> Vec<Row> {
    vec![
        row!(people {
            id: id(n),
            team_id: id(n),
            subject_key: "key",
            name_id: "b.simon",
            profile: json!({ "groups": [] }),
            claims: json!([]),
            created_at: at(),
            last_sign_in_at: at(),
        }),
        row!(person_sessions {
            token_hash: hash(n),
            team_id: id(n),
            person_id: id(n),
            created_at: at(),
            expires_at: at(),
            name_id: "b.simon",
            revision_id: id(n),
        }),
        row!(attempts {
            id: id(n),
            team_id: id(n),
            revision_id: id(n),
            reference: format!("SSO-0000-000{n}"),
            is_test: false,
            initiated_by: "sp",
            request_id: format!("_{n}"),
            relay_state_hash: hash(n),
            browser_hash: hash(n),
            status: "open",
            created_at: at(),
            expires_at: at(),
            event_count: 1_i32,
            force_authn: false,
            awaits_answer: false,
        }),
        row!(attempt_events {
            attempt_id: id(n),
            sequence: 0_i32,
            at: at(),
            kind: "started",
            verdict: "passed",
            is_verified: false,
        }),
        row!(attempt_documents { attempt_id: id(n), kind: "request", sealed: hash(n), created_at: at() }),
        row!(swept_attempts { team_id: id(n), count: 1_i64 }),
        row!(consumed_assertions { team_id: id(n), assertion_id_hash: hash(n), expires_at: at() }),
        row!(sent_logout_requests {
            request_id: format!("_{n}"),
            team_id: id(n),
            revision_id: id(n),
            relay_state_hash: hash(n),
            expires_at: at(),
        }),
        row!(received_logouts {
            id: id(n),
            team_id: id(n),
            name_id: "b.simon",
            issued_at: at(),
            received_at: at(),
            expires_at: at(),
        }),
    ]
}

fn others(n: u8) -> Vec<Row> {
    vec![
        row!(audit_events {
            id: id(n),
            chain: id(n),
            sequence: 1_i64,
            team_id: id(n),
            actor_kind: "account",
            actor: "a@example.com",
            action: "team.created",
            at: at(),
            previous_hash: Vec::<u8>::new(),
            hash: hash(n),
        }),
        row!(audit_heads { chain: id(n), sequence: 1_i64, hash: hash(n) }),
        row!(outbox {
            id: id(n),
            recipient: "a@example.com",
            subject: "Subject",
            sealed_body: hash(n),
            created_at: at(),
            next_try_at: at(),
            tries: 0_i32,
        }),
        row!(limits {
            purpose: "sign_in",
            subject: hash(n),
            attempts: 1_i32,
            last_at: at(),
            blocked_until: at(),
            expires_at: at(),
        }),
        row!(form_states { token_hash: hash(n), form: "form", state: json!({}), expires_at: at() }),
    ]
}
