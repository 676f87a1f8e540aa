//! The transaction that accepts a response: the assertion and the attempt are used up, and the person
//! is provisioned.

use model::ids::{AttemptId, PersonId, RevisionId, TeamId};
use model::sign_in::Profile;
use sea_orm::prelude::{Json, Uuid};
use sea_orm::{ConnectionTrait as _, DbBackend, DbErr, QueryResult, Value};
use serde::Serialize;

use super::{SqlStatements, writes_in_one_call};
use crate::attempt_events::{NewEvent, add_lines, line};
use crate::attempts::VerifiedResponse;
use crate::row::FromColumn as _;
use crate::{Db, Result, Timestamp, Tx};

/// The response that is to be accepted.
#[derive(Clone, Copy, Debug)]
pub struct AcceptQuery<'a> {
    /// The team.
    pub team: TeamId,
    /// The identity provider's immutable key for the person.
    pub subject_key: &'a str,
    /// The name identifier.
    pub name_id: &'a str,
    /// The revision that must still be live, the one that the sign-in began with. If there is one, no logout of
    /// the name identifier may be remembered either, nor the person deactivated.
    pub expected_live: Option<RevisionId>,
    /// The present moment.
    pub now: Timestamp,
}

/// Somebody who signed in before, as their latest sign-in left them.
#[derive(Clone, Debug)]
pub struct KnownPerson {
    /// Who it is.
    pub id: PersonId,
    /// Their fields.
    pub profile: Profile,
    /// Their name identifier.
    pub name_id: String,
}

/// What is known under the team's lock.
#[derive(Clone, Debug)]
pub struct LockedState {
    /// The person, unless they are new.
    pub person_before: Option<KnownPerson>,
    /// Whether something changed that must not have.
    pub is_changed: bool,
}

/// Locks the team. On SQLite nobody else writes from here on, so that it can say at once what changed.
const LOCK: SqlStatements = SqlStatements {
    sqlite: "SELECT p.id AS person, p.profile AS profile, p.name_id AS name_id, $3 IS NOT NULL AND ( \
         p.deactivated_at IS NOT NULL \
         OR NOT EXISTS (SELECT 1 FROM revisions l WHERE l.team_id = $1 AND l.state = 'live' AND l.id = $3) \
         OR EXISTS (SELECT 1 FROM received_logouts r WHERE r.team_id = $1 AND r.name_id = $4 AND r.expires_at > $5) \
         ) AS is_changed FROM teams t \
         LEFT JOIN people p ON p.team_id = t.id AND p.subject_key = $2 WHERE t.id = $1",
    postgres: "SELECT p.id AS person, p.profile AS profile, p.name_id AS name_id, FALSE AS is_changed FROM teams t \
         LEFT JOIN people p ON p.team_id = t.id AND p.subject_key = $2 WHERE t.id = $1 FOR SHARE OF t",
};

/// Locks the team against changes until the transaction ends. Several may hold this lock at once; whoever
/// changes what its people's sessions depend on takes the exclusive one ([`crate::members::lock`]), and so
/// comes before them or after. `None`: the team is gone.
pub async fn lock_for_accept(tx: &Tx, question: AcceptQuery<'_>) -> Result<Option<LockedState>> {
    let AcceptQuery { team, subject_key, name_id, expected_live, now } = question;
    let mut values: Vec<Value> = vec![team.as_uuid().into(), subject_key.into()];
    if tx.get_database_backend() == DbBackend::Sqlite {
        values.extend([Value::from(expected_live.map(RevisionId::as_uuid)), name_id.into(), now.into()]);
    }
    let Some(row) = LOCK.one(tx, values).await? else { return Ok(None) };
    Ok(Some(LockedState { person_before: known_person(&row)?, is_changed: row.try_get("", "is_changed")? }))
}

fn known_person(row: &QueryResult) -> Result<Option<KnownPerson>> {
    let (profile, name_id): (Option<Json>, Option<String>) = (row.try_get("", "profile")?, row.try_get("", "name_id")?);
    let id: Option<Uuid> = row.try_get("", "person")?;
    let Some(((profile, name_id), id)) = profile.zip(name_id).zip(id) else { return Ok(None) };
    Ok(Some(KnownPerson { id: id.into(), profile: Profile::from_column(profile, "people", "profile")?, name_id }))
}

/// Whom a response is about: somebody known by the key, or else somebody new.
#[derive(Clone, Debug)]
pub struct ProvisionedBy {
    /// The identifier to give, if the person is new.
    pub new_id: PersonId,
    /// The identity provider's immutable key for them.
    pub subject_key: String,
    /// What they are found by: [`crate::people::search_text`].
    pub search_text: String,
}

/// A response that is accepted, unless it was before.
#[derive(Debug)]
pub struct AcceptedResponse<'a> {
    /// The team.
    pub team: TeamId,
    /// The attempt.
    pub attempt: AttemptId,
    /// SHA-256 of the assertion's ID.
    pub assertion_hash: Vec<u8>,
    /// Until when the assertion would be taken again.
    pub replay_until: Timestamp,
    /// The person, unless the attempt is a test.
    pub person: Option<ProvisionedBy>,
    /// What was verified; the person in it is the one that is provisioned.
    pub verified: VerifiedResponse,
    /// What happened.
    pub events: &'a [NewEvent],
    /// The response, sealed, if it is kept.
    pub sealed_response: Option<Vec<u8>>,
    /// As in [`AcceptQuery`]; none for a test, or where the caller looked closer.
    pub expected_live: Option<RevisionId>,
    /// The present moment.
    pub now: Timestamp,
}

/// The outcome. The caller commits an accepted response, and rolls the transaction back otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// The attempt is verified; with the person, and whether they are new.
    Accepted(Option<(PersonId, bool)>),
    /// The assertion was used before, or another one has ended the attempt.
    Replayed,
    /// Nothing was written: something changed that must not have.
    Changed,
}

/// Parts of the write that both databases take.
macro_rules! set_verified {
    () => {
        "UPDATE attempts SET status = 'verified', subject = $11, name_id = $7, name_id_format = $12, \
         name_qualifier = $13, sp_name_qualifier = $14, session_index = $15, session_not_after = $16, \
         assertion_issued_at = $17, authenticated_at = $18, certificate_sha256 = $19, code_hash = $20, \
         code_expires_at = $21, expires_at = $21, event_count = event_count + $22, authn_context = $25, "
    };
}

macro_rules! on_known_person {
    () => {
        " ON CONFLICT (team_id, subject_key) DO UPDATE SET name_id = excluded.name_id, profile = excluded.profile, \
         claims = excluded.claims, last_sign_in_at = excluded.last_sign_in_at, search_text = excluded.search_text \
         RETURNING "
    };
}

const ACCEPT: SqlStatements = SqlStatements {
    // `changes()` is what the statement before changed
    sqlite: concat!(
        "INSERT INTO consumed_assertions (team_id, assertion_id_hash, expires_at) VALUES ($1, $3, $4) \
         ON CONFLICT DO NOTHING RETURNING 'consumed', NULL; \
         INSERT INTO people (id, team_id, subject_key, name_id, profile, claims, created_at, last_sign_in_at, \
         search_text) SELECT $5, $1, $6, $7, $8, $9, $10, $10, $26 WHERE $5 IS NOT NULL",
        on_known_person!(),
        "'person', id; ",
        set_verified!(),
        "profile = $8, claims = $9, \
         person_id = (SELECT id FROM people WHERE team_id = $1 AND subject_key = $6 AND $5 IS NOT NULL) \
         WHERE id = $2 AND team_id = $1 AND status = 'open' RETURNING 'verified', NULL; ",
        add_lines!("SELECT id, 'response', $23 FROM attempts WHERE changes() = 1 AND id = $2"),
        "; INSERT INTO attempt_documents (attempt_id, kind, sealed, created_at) \
         SELECT id, 'response', $24, $10 FROM attempts WHERE changes() = 1 AND id = $2 AND $24 IS NOT NULL"
    ),
    postgres: concat!(
        "WITH guard AS (\
         SELECT $27 IS NULL OR (\
         EXISTS (SELECT 1 FROM revisions l WHERE l.team_id = $1 AND l.state = 'live' AND l.id = $27) \
         AND NOT EXISTS (SELECT 1 FROM people d \
         WHERE d.team_id = $1 AND d.subject_key = $6 AND d.deactivated_at IS NOT NULL) \
         AND NOT EXISTS (SELECT 1 FROM received_logouts r \
         WHERE r.team_id = $1 AND r.name_id = $7 AND r.expires_at > $10)) AS holds\
         ), consumed AS (\
         INSERT INTO consumed_assertions (team_id, assertion_id_hash, expires_at) \
         SELECT $1, $3, $4 FROM guard WHERE holds ON CONFLICT DO NOTHING RETURNING team_id\
         ), person AS (\
         INSERT INTO people (id, team_id, subject_key, name_id, profile, claims, created_at, last_sign_in_at, \
         search_text) SELECT $5, team_id, $6, $7, $8::json, $9::json, $10, $10, $26 FROM consumed WHERE $5 IS NOT NULL",
        on_known_person!(),
        "id), verified AS (",
        set_verified!(),
        "profile = $8::json, claims = $9::json, person_id = person.id FROM consumed LEFT JOIN person ON TRUE \
         WHERE attempts.id = $2 AND attempts.team_id = $1 AND attempts.status = 'open' RETURNING attempts.id\
         ), stage AS (",
        add_lines!("SELECT id, 'response', $23 FROM verified"),
        "), document AS (\
         INSERT INTO attempt_documents (attempt_id, kind, sealed, created_at) \
         SELECT id, 'response', $24, $10 FROM verified WHERE $24 IS NOT NULL\
         ) SELECT (SELECT holds FROM guard) AS holds, (SELECT id FROM person) AS person, \
         EXISTS (SELECT 1 FROM verified) AS is_verified"
    ),
};

/// Uses the assertion and the attempt up, and provisions the person, in the transaction that has locked
/// the team.
pub async fn accept(tx: &Tx, response: AcceptedResponse<'_>) -> Result<Acceptance> {
    let new_id = response.person.as_ref().map(|person| person.new_id);
    let expected_live = Value::from(response.expected_live.map(RevisionId::as_uuid));
    let mut values = values(response);
    if tx.get_database_backend() == DbBackend::Sqlite {
        return from_sqlite(&ACCEPT.all(tx, values).await?, new_id);
    }
    values.push(expected_live);
    let row = ACCEPT.one(tx, values).await?.ok_or_else(|| DbErr::RecordNotFound("an answer".to_owned()))?;
    if !row.try_get::<bool>("", "holds")? {
        return Ok(Acceptance::Changed);
    }
    let person: Option<Uuid> = row.try_get("", "person")?;
    Ok(acceptance(row.try_get("", "is_verified")?, person, new_id))
}

/// `$5` is the identifier of somebody new, whom this does not accept.
const ACCEPT_KNOWN: SqlStatements = SqlStatements {
    // nobody else writes meanwhile, so the first statement asks all that must hold, and each one after it rests
    // on the one before; name identifier and fields are what they were
    sqlite: concat!(
        "INSERT INTO consumed_assertions (team_id, assertion_id_hash, expires_at) SELECT $1, $3, $4 FROM people p \
         WHERE p.team_id = $1 AND p.subject_key = $6 AND p.deactivated_at IS NULL AND p.name_id = $7 \
         AND p.profile = $8 \
         AND EXISTS (SELECT 1 FROM revisions l WHERE l.team_id = $1 AND l.state = 'live' AND l.id = $27) \
         AND NOT EXISTS (SELECT 1 FROM received_logouts r \
         WHERE r.team_id = $1 AND r.name_id = $7 AND r.expires_at > $10) \
         AND EXISTS (SELECT 1 FROM attempts a WHERE a.id = $2 AND a.team_id = $1 AND a.status = 'open' \
         AND (a.application_id IS NULL OR EXISTS (SELECT 1 FROM applications c \
         WHERE c.id = a.application_id AND c.disabled_at IS NULL AND (c.is_for_all_teams \
         OR EXISTS (SELECT 1 FROM application_teams x WHERE x.application_id = c.id AND x.team_id = $1))))) \
         ON CONFLICT DO NOTHING; \
         UPDATE people SET claims = $9, last_sign_in_at = $10, search_text = $26 \
         WHERE changes() = 1 AND team_id = $1 AND subject_key = $6; ",
        set_verified!(),
        "profile = $8, claims = $9, \
         person_id = (SELECT id FROM people WHERE team_id = $1 AND subject_key = $6) \
         WHERE changes() = 1 AND id = $2 AND team_id = $1 AND status = 'open'; ",
        add_lines!("SELECT id, 'response', $23 FROM attempts WHERE changes() = 1 AND id = $2"),
        " RETURNING TRUE AS is_written; \
         INSERT INTO attempt_documents (attempt_id, kind, sealed, created_at) \
         SELECT id, 'response', $24, $10 FROM attempts WHERE changes() = 1 AND id = $2 AND $24 IS NOT NULL"
    ),
    postgres: "SELECT accept_known_person_1($1, $2, $3, $4, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
         $18, $19, $20, $21, $22, $23, $24, $25, $26, $27) AS is_written",
};

/// Accepts the response of somebody who is known, and whose name identifier and fields it does not change,
/// in one call: locks the team, asks whether all that [`AcceptQuery`] names holds and whether the application
/// that asked may still be used, and writes as [`accept`] does. Only with a revision that must be live.
///
/// `false`: nothing was written, for whatever reason.
pub async fn accept_in_one_call(db: &Db, response: AcceptedResponse<'_>) -> Result<bool> {
    let expected_live = Value::from(response.expected_live.map(RevisionId::as_uuid));
    let mut values = values(response);
    values.push(expected_live);
    writes_in_one_call(db, &ACCEPT_KNOWN, values).await
}

/// Each statement that did something answers with a row: its name, and the person's identifier.
fn from_sqlite(rows: &[QueryResult], new_id: Option<PersonId>) -> Result<Acceptance> {
    let (mut is_consumed, mut is_verified, mut person) = (false, false, None);
    for row in rows {
        match &*row.try_get_by_index::<String>(0)? {
            "consumed" => is_consumed = true,
            "verified" => is_verified = true,
            _ => person = Some(row.try_get_by_index::<Uuid>(1)?),
        }
    }
    Ok(acceptance(is_consumed && is_verified, person, new_id))
}

fn acceptance(is_accepted: bool, person: Option<Uuid>, new_id: Option<PersonId>) -> Acceptance {
    if !is_accepted {
        return Acceptance::Replayed;
    }
    Acceptance::Accepted(person.map(PersonId::from).map(|person| (person, Some(person) == new_id)))
}

fn values(response: AcceptedResponse<'_>) -> Vec<Value> {
    let AcceptedResponse { verified, events, now, .. } = response;
    let subject = verified.subject;
    let person = response.person.as_ref();
    let new_id = person.map(|person| person.new_id.as_uuid());
    let [subject_key, search_text] =
        [person.map(|person| person.subject_key.clone()), person.map(|person| person.search_text.clone())];
    vec![
        response.team.as_uuid().into(),
        response.attempt.as_uuid().into(),
        response.assertion_hash.into(),
        response.replay_until.into(),
        new_id.into(),
        subject_key.into(),
        subject.name_id.into(),
        json_text(&subject.profile).into(),
        json_text(&subject.claims).into(),
        now.into(),
        subject.subject.into(),
        subject.name_id_format.into(),
        subject.name_qualifier.into(),
        subject.sp_name_qualifier.into(),
        subject.session_index.into(),
        verified.session_not_after.into(),
        verified.assertion_issued_at.into(),
        verified.authenticated_at.into(),
        verified.certificate_sha256.into(),
        verified.code_hash.into(),
        verified.code_expires_at.into(),
        i32::try_from(events.len()).unwrap_or_default().into(),
        line(events, now).into(),
        response.sealed_response.into(),
        verified.authn_context.into(),
        search_text.into(),
    ]
}

/// What a JSON column holds for a value, as text.
fn json_text(value: &impl Serialize) -> String {
    // structs and lists of texts and options of these always serialise
    serde_json::to_string(value).unwrap_or_default()
}
