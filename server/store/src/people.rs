//! End users, provisioned just in time, and their sessions. `people_list` has the lists that pages
//! show, `person_erasure` what becomes of somebody who is erased.

use model::Claim;
use model::ids::{AttemptId, PersonId, RevisionId, TeamId};
use model::sign_in::Profile;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::entities::{people, person_sessions};
use crate::row::{one, row};
use crate::{Result, Timestamp, Tx};

row! {
    /// An end user of a team.
    Person in people {
        /// Their identifier.
        id: PersonId,
        /// The team.
        team_id: TeamId,
        /// The identity provider's immutable key for them.
        subject_key: String,
        /// The name identifier of their latest sign-in.
        name_id: String,
        /// Their fields.
        profile: Profile,
        /// The attributes of their latest sign-in.
        claims: Vec<Claim>,
        /// Their first sign-in.
        created_at: Timestamp,
        /// Their latest sign-in.
        last_sign_in_at: Timestamp,
        /// Since when they may not sign in, if they may not.
        deactivated_at: Option<Timestamp>,
        /// What they are found by: [`search_text`].
        search_text: String,
    }
}

/// The most characters of what a person is found by.
const SEARCH_TEXT_CHARS: usize = 500;

/// What a person is found by, in lower case: names, e-mail address, name identifier.
#[must_use]
pub fn search_text(profile: &Profile, name_id: &str) -> String {
    let Profile { email, first_name, last_name, display_name, .. } = profile;
    let email = email.as_ref().map(ToString::to_string);
    let names = [display_name, first_name, last_name, &email].into_iter().flatten().map(String::as_str);
    let all = names.chain([name_id]).collect::<Vec<_>>().join(" ").to_lowercase();
    all.chars().take(SEARCH_TEXT_CHARS).collect()
}

row! {
    /// A session of a person.
    PersonSession in person_sessions {
        /// SHA-256 of the cookie's token.
        token_hash: Vec<u8>,
        /// The team.
        team_id: TeamId,
        /// The person.
        person_id: PersonId,
        /// When it began.
        created_at: Timestamp,
        /// When it ends.
        expires_at: Timestamp,
        /// The name identifier of its sign-in.
        name_id: String,
        /// The format of the name identifier.
        name_id_format: Option<String>,
        /// Who gave the name identifier.
        name_qualifier: Option<String>,
        /// For whom the name identifier was given.
        sp_name_qualifier: Option<String>,
        /// The identity provider's names of its session, one a line.
        session_index: Option<String>,
        /// The revision that its sign-in was validated with.
        revision_id: RevisionId,
        /// The sign-in that it came from; unknown of sessions of an older version.
        attempt_id: Option<AttemptId>,
    }
}

/// The team's person with the identity provider's key.
pub async fn by_subject(db: &impl ConnectionTrait, team: TeamId, subject_key: &str) -> Result<Option<Person>> {
    let person = people::Entity::find()
        .filter(people::Column::TeamId.eq(team.as_uuid()))
        .filter(people::Column::SubjectKey.eq(subject_key));
    one(db, person).await
}

/// The team's person with this identifier.
pub async fn by_id(db: &impl ConnectionTrait, team: TeamId, person: PersonId) -> Result<Option<Person>> {
    let person = people::Entity::find_by_id(person.as_uuid()).filter(people::Column::TeamId.eq(team.as_uuid()));
    one(db, person).await
}

/// How many people a team has.
pub async fn count(db: &impl ConnectionTrait, team: TeamId) -> Result<u64> {
    Ok(people::Entity::find().filter(people::Column::TeamId.eq(team.as_uuid())).count(db).await?)
}

/// When somebody of the team last signed in.
pub async fn last_sign_in(db: &impl ConnectionTrait, team: TeamId) -> Result<Option<Timestamp>> {
    let latest = people::Entity::find()
        .filter(people::Column::TeamId.eq(team.as_uuid()))
        .order_by_desc(people::Column::LastSignInAt)
        .one(db)
        .await?;
    Ok(latest.map(|person| person.last_sign_in_at))
}

/// Deactivates a person of the team, or lets them in again. `false`: there is no such person, or
/// they were so before.
pub async fn set_deactivated(tx: &Tx, team: TeamId, person: PersonId, at: Option<Timestamp>) -> Result<bool> {
    let column = people::Column::DeactivatedAt;
    let is_other = if at.is_some() { column.is_null() } else { column.is_not_null() };
    let row = people::ActiveModel { deactivated_at: Set(at), ..Default::default() };
    let changed = people::Entity::update_many()
        .set(row)
        .filter(people::Column::Id.eq(person.as_uuid()))
        .filter(people::Column::TeamId.eq(team.as_uuid()))
        .filter(is_other)
        .exec(tx)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Adds a session.
pub async fn insert_session(db: &impl ConnectionTrait, session: PersonSession) -> Result<()> {
    let row: person_sessions::ActiveModel = session.into();
    person_sessions::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The person whose session this token's hash is, unless it has expired.
pub async fn by_session(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<Option<Person>> {
    let Some(session) = session(db, token_hash, now).await? else { return Ok(None) };
    let person = people::Entity::find_by_id(session.person_id.as_uuid())
        .filter(people::Column::TeamId.eq(session.team_id.as_uuid()));
    one(db, person).await
}

/// A session by its token's hash, unless it has expired.
pub async fn session(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<Option<PersonSession>> {
    let session = person_sessions::Entity::find_by_id(token_hash.to_vec());
    one(db, session.filter(person_sessions::Column::ExpiresAt.gt(now))).await
}

/// Ends a session.
pub async fn delete_session(db: &impl ConnectionTrait, token_hash: &[u8]) -> Result<()> {
    person_sessions::Entity::delete_by_id(token_hash.to_vec()).exec(db).await?;
    Ok(())
}
