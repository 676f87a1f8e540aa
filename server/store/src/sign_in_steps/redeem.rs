//! The transaction that redeems a one-time code: the attempt ends, and the person's session begins.

use std::sync::LazyLock;

use model::TeamSlug;
use model::ids::{ApplicationId, TeamId};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait as _, DbBackend, Value};

use super::find::{attempt, one, team_row};
use super::{SqlStatements, one_call};
use crate::applications::USABLE_BY_TEAM;
use crate::attempt_events::{NewEvent, add_lines, line};
use crate::attempts::Attempt;
use crate::entities::{attempts, teams};
use crate::row::{columns, own_columns};
use crate::teams::Team;
use crate::{Db, Result, Timestamp, Tx};

static WITH_CODE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT {}, {}, {} AS takes_sign_ins FROM teams t \
         LEFT JOIN attempts a ON a.team_id = t.id AND a.code_hash = $2 WHERE t.slug = $1",
        columns::<teams::Column>("t"),
        own_columns::<attempts::Column>("a"),
        *TAKES_SIGN_INS,
    )
});

/// Whether an application that a team `t` may use takes sign-ins from elsewhere.
static TAKES_SIGN_INS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "EXISTS (SELECT 1 FROM applications p WHERE {USABLE_BY_TEAM} \
         AND (p.settings ->> 'initiate_login_uri') IS NOT NULL)"
    )
});

static LOCK_WITH_CODE: LazyLock<String> = LazyLock::new(|| format!("{} FOR SHARE OF t", *WITH_CODE));

/// A team whose one-time code somebody brings.
#[derive(Clone, Debug)]
pub struct TeamWithCode {
    /// The team.
    pub team: Team,
    /// Its attempt that the code was issued for, if there is one.
    pub attempt: Option<Attempt>,
    /// Whether an application that the team may use takes sign-ins from elsewhere (`initiate_login_uri`).
    pub takes_sign_ins: bool,
}

/// Locks the team with this slug as [`super::lock_for_accept`] does, and reads its attempt that a code
/// was issued for. The team is as it is now; the attempt may be as it was while the lock was awaited, which
/// [`redeem`] finds out.
pub async fn lock_with_code(tx: &Tx, slug: &TeamSlug, code_hash: &[u8]) -> Result<Option<TeamWithCode>> {
    let text = if tx.get_database_backend() == DbBackend::Sqlite { &WITH_CODE } else { &LOCK_WITH_CODE };
    let Some(row) = one(tx, text, [slug.as_str().into(), code_hash.to_vec().into()]).await? else { return Ok(None) };
    let takes_sign_ins = row.try_get("", "takes_sign_ins")?;
    Ok(Some(TeamWithCode { team: team_row(&row)?, attempt: attempt(&row)?, takes_sign_ins }))
}

/// A code that is redeemed, unless it was before.
#[derive(Debug)]
pub struct RedeemedCode<'a> {
    /// The team.
    pub team: TeamId,
    /// SHA-256 of the code.
    pub code_hash: &'a [u8],
    /// SHA-256 of the session's token.
    pub token_hash: Vec<u8>,
    /// When the session ends.
    pub expires_at: Timestamp,
    /// What happened.
    pub events: &'a [NewEvent],
    /// The present moment.
    pub now: Timestamp,
}

/// What the attempt says of the person goes into the session. Only while the revision that the sign-in
/// began with is live and no logout of its name identifier is remembered.
macro_rules! use_up {
    () => {
        "UPDATE attempts SET status = 'succeeded', finished_at = $3, code_used_at = $3, \
         event_count = event_count + $4 WHERE team_id = $1 AND code_hash = $2 AND status = 'verified' \
         AND code_expires_at > $3 AND person_id IS NOT NULL AND name_id IS NOT NULL AND is_test = FALSE \
         AND EXISTS (SELECT 1 FROM revisions l \
         WHERE l.team_id = $1 AND l.state = 'live' AND l.id = attempts.revision_id) \
         AND NOT EXISTS (SELECT 1 FROM received_logouts r \
         WHERE r.team_id = $1 AND r.name_id = attempts.name_id AND r.expires_at > $3)"
    };
}

macro_rules! begin_session {
    ($from:literal) => {
        concat!(
            "INSERT INTO person_sessions (token_hash, team_id, person_id, created_at, expires_at, name_id, \
             name_id_format, name_qualifier, sp_name_qualifier, session_index, revision_id, attempt_id) \
             SELECT $5, $1, person_id, $3, $6, name_id, name_id_format, name_qualifier, sp_name_qualifier, \
             session_index, revision_id, id ",
            $from
        )
    };
}

const REDEEM: SqlStatements = SqlStatements {
    // each rests on the one before: `changes()` is what that one changed
    sqlite: concat!(
        use_up!(),
        "; ",
        begin_session!("FROM attempts WHERE changes() = 1 AND team_id = $1 AND code_hash = $2"),
        "; ",
        add_lines!("SELECT id, 'end', $7 FROM attempts WHERE changes() = 1 AND team_id = $1 AND code_hash = $2"),
        " RETURNING 1"
    ),
    postgres: concat!(
        "WITH redeemed AS (",
        use_up!(),
        " RETURNING id, person_id, name_id, name_id_format, name_qualifier, sp_name_qualifier, session_index, \
         revision_id), session AS (",
        begin_session!("FROM redeemed"),
        ") ",
        add_lines!("SELECT id, 'end', $7 FROM redeemed"),
        " RETURNING 1"
    ),
};

/// Uses the code up and begins the session of its person, in the transaction that has locked the team.
/// `false`: nothing was written, since the code is no longer good, or something changed since the request
/// was sent that the caller has to look at.
pub async fn redeem(tx: &Tx, redeemed: RedeemedCode<'_>) -> Result<bool> {
    let RedeemedCode { team, code_hash, token_hash, expires_at, events, now } = redeemed;
    let values: Vec<Value> = vec![
        team.as_uuid().into(),
        code_hash.to_vec().into(),
        now.into(),
        i32::try_from(events.len()).unwrap_or_default().into(),
        token_hash.into(),
        expires_at.into(),
        line(events, now).into(),
    ];
    Ok(!REDEEM.all(tx, values).await?.is_empty())
}

/// A person's code, brought by a browser that has no session yet.
#[derive(Debug)]
pub struct PresentedCode<'a> {
    /// The slug in the address.
    pub slug: &'a TeamSlug,
    /// SHA-256 of the code.
    pub code_hash: &'a [u8],
    /// SHA-256 of the browser's attempt cookie.
    pub browser_hash: Vec<u8>,
    /// SHA-256 of the session's token.
    pub token_hash: Vec<u8>,
    /// When the session ends, unless the identity provider wants it to end earlier.
    pub latest_end: Timestamp,
    /// What happened.
    pub events: &'a [NewEvent],
    /// The present moment.
    pub now: Timestamp,
}

/// The sign-in whose code was redeemed, as far as the answer needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedeemedSession {
    /// The attempt's reference.
    pub reference: String,
    /// The application that asked for the sign-in.
    pub application: Option<ApplicationId>,
    /// Where the person wants to go.
    pub return_to: Option<String>,
    /// When the identity provider wants the session to end.
    pub session_not_after: Option<Timestamp>,
    /// As in [`TeamWithCode`].
    pub takes_sign_ins: bool,
}

/// The first statement asks all that must hold, and each one after it rests on the one before: `changes()` is what
/// that one changed. A code is of one attempt.
static REDEEM_ON_SQLITE: LazyLock<String> = LazyLock::new(|| {
    let redeem = concat!(
        "UPDATE attempts SET status = 'succeeded', finished_at = $4, code_used_at = $4, \
         event_count = event_count + $7 WHERE code_hash = $2 \
         AND team_id = (SELECT t.id FROM teams t WHERE t.slug = $1 AND t.status = 'active' AND NOT t.is_vendor) \
         AND status = 'verified' AND code_used_at IS NULL AND code_expires_at > $4 AND browser_hash = $3 \
         AND person_id IS NOT NULL AND name_id IS NOT NULL AND is_test = FALSE AND initiated_by <> 'idp' \
         AND awaits_answer = FALSE AND EXISTS (SELECT 1 FROM revisions l \
         WHERE l.team_id = attempts.team_id AND l.state = 'live' AND l.id = attempts.revision_id) \
         AND NOT EXISTS (SELECT 1 FROM received_logouts r \
         WHERE r.team_id = attempts.team_id AND r.name_id = attempts.name_id AND r.expires_at > $4); \
         INSERT INTO person_sessions (token_hash, team_id, person_id, created_at, expires_at, name_id, \
         name_id_format, name_qualifier, sp_name_qualifier, session_index, revision_id, attempt_id) \
         SELECT $6, team_id, person_id, $4, CASE WHEN session_not_after < $5 THEN session_not_after ELSE $5 END, \
         name_id, name_id_format, name_qualifier, sp_name_qualifier, session_index, revision_id, id \
         FROM attempts WHERE changes() = 1 AND code_hash = $2; ",
        add_lines!("SELECT id, 'end', $8 FROM attempts WHERE changes() = 1 AND code_hash = $2"),
    );
    format!(
        "{redeem}; SELECT a.reference, a.application_id, a.return_to, a.session_not_after, {} AS takes_sign_ins \
         FROM attempts a JOIN teams t ON t.id = a.team_id WHERE changes() = 1 AND a.code_hash = $2",
        *TAKES_SIGN_INS,
    )
});

static REDEEM_ON_POSTGRES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT t.reference, t.application_id, t.return_to, t.session_not_after, {} AS takes_sign_ins \
         FROM redeem_code_1($1, $2, $3, $4, $5, $6, $7, $8) \
         AS t (id, reference, application_id, return_to, session_not_after) WHERE t.id IS NOT NULL",
        *TAKES_SIGN_INS,
    )
});

/// Uses a code up and begins the session of its person in one call: locks the team, asks whether all that
/// [`redeem`] asks holds and whether the team is active, is not the vendor's, and this browser may redeem the
/// code by its address alone.
///
/// `None`: nothing was written, for whatever reason.
pub async fn redeem_in_one_call(db: &Db, code: PresentedCode<'_>) -> Result<Option<RedeemedSession>> {
    let PresentedCode { slug, code_hash, browser_hash, token_hash, latest_end, events, now } = code;
    let values: Vec<Value> = vec![
        slug.as_str().into(),
        code_hash.to_vec().into(),
        browser_hash.into(),
        now.into(),
        latest_end.into(),
        token_hash.into(),
        i32::try_from(events.len()).unwrap_or_default().into(),
        line(events, now).into(),
    ];
    let texts = SqlStatements { sqlite: &REDEEM_ON_SQLITE, postgres: &REDEEM_ON_POSTGRES };
    let Some(row) = one_call(db, &texts, values).await? else { return Ok(None) };
    let application: Option<Uuid> = row.try_get("", "application_id")?;
    Ok(Some(RedeemedSession {
        reference: row.try_get("", "reference")?,
        application: application.map(ApplicationId::from),
        return_to: row.try_get("", "return_to")?,
        session_not_after: row.try_get("", "session_not_after")?,
        takes_sign_ins: row.try_get("", "takes_sign_ins")?,
    }))
}
