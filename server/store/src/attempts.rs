//! Sign-in attempts: their rows, and how single ones are found. `transitions` has what moves an
//! attempt from one status to the next, [`crate::attempt_list`] the lists that pages show.

mod transitions;

use model::ids::{ApplicationId, AttemptId, PersonId, RevisionId, TeamId};
use model::{FindingCode, FindingValue};
use sea_orm::prelude::{Json, Uuid};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement};

pub use transitions::{
    AttemptFailure, ReplacementCode, VerifiedResponse, VerifiedSubject, fail, redeem_code, replace_code,
};

use crate::code::Code;
pub use crate::column_values::{AttemptStatus, InitiatedBy};
use crate::entities::attempts;
use crate::finding_values::from_stored;
use crate::row::{one, row};
use crate::{Result, Timestamp};

row! {
    /// A sign-in attempt.
    Attempt in attempts {
        /// Its identifier.
        id: AttemptId,
        /// The team.
        team_id: TeamId,
        /// The revision that it began with; none where the team had nothing configured yet.
        revision_id: Option<RevisionId>,
        /// What the person is shown of a failure, and finds the attempt.
        reference: String,
        /// Whether it is a test.
        is_test: bool,
        /// Who began it.
        initiated_by: InitiatedBy,
        /// The ID of its request.
        request_id: String,
        /// SHA-256 of the RelayState.
        relay_state_hash: Vec<u8>,
        /// SHA-256 of the cookie of the browser that may finish it.
        browser_hash: Vec<u8>,
        /// Where the browser goes once signed in.
        return_to: Option<String>,
        /// Where it is.
        status: AttemptStatus,
        /// When it began.
        created_at: Timestamp,
        /// Until when it may be answered; once it is, until when its code works.
        expires_at: Timestamp,
        /// When it was over.
        finished_at: Option<Timestamp>,
        /// Why it failed.
        finding: Option<Code<FindingCode>>,
        /// What was expected.
        expected: Option<String>,
        /// What came.
        actual: Option<String>,
        /// The address or name identifier in lower case, to be found by.
        subject: Option<String>,
        /// The name identifier of the verified assertion.
        name_id: Option<String>,
        /// The format of the name identifier.
        name_id_format: Option<String>,
        /// Who gave the name identifier.
        name_qualifier: Option<String>,
        /// For whom the name identifier was given.
        sp_name_qualifier: Option<String>,
        /// The identity provider's names of the session, one a line.
        session_index: Option<String>,
        /// The person's fields.
        profile: Option<Json>,
        /// The verified attributes.
        claims: Option<Json>,
        /// The person.
        person_id: Option<PersonId>,
        /// When the identity provider wants the session to end.
        session_not_after: Option<Timestamp>,
        /// `IssueInstant` of the verified assertion.
        assertion_issued_at: Option<Timestamp>,
        /// SHA-256 of the certificate that verified it.
        certificate_sha256: Option<String>,
        /// SHA-256 of the one-time code.
        code_hash: Option<Vec<u8>>,
        /// Until when the code works.
        code_expires_at: Option<Timestamp>,
        /// When the code was redeemed.
        code_used_at: Option<Timestamp>,
        /// How many events its timeline has.
        event_count: i32,
        /// Whether this request asks the person to authenticate again, whatever the revision says.
        force_authn: bool,
        /// `AuthnInstant` of the verified assertion.
        authenticated_at: Option<Timestamp>,
        /// Whether the code works by the button of the interstitial, not by its address.
        awaits_answer: bool,
        /// For which application it is.
        application_id: Option<ApplicationId>,
        /// What that application asked for.
        authorization_request: Option<Json>,
        /// `AuthnContextClassRef` of the verified assertion.
        authn_context: Option<String>,
    }
}

impl Attempt {
    /// Why it failed. A code of a newer version, which this one does not know, is none.
    #[must_use]
    pub fn finding_code(&self) -> Option<FindingCode> {
        self.finding.clone().and_then(Code::known)
    }

    /// Whether its one-time code still works.
    #[must_use]
    pub fn is_code_usable(&self, now: Timestamp) -> bool {
        self.code_used_at.is_none() && self.code_expires_at.is_some_and(|end| end > now)
    }
}

impl Attempt {
    /// What the finding that ended the attempt expected, and what came.
    #[must_use]
    pub fn finding_values(&self) -> [Option<FindingValue>; 2] {
        [&self.expected, &self.actual].map(|stored| from_stored(stored.as_deref()))
    }
}

/// What a new attempt begins with.
#[derive(Debug)]
pub struct NewAttempt {
    /// Its row.
    pub id: AttemptId,
    /// Whose it is.
    pub team_id: TeamId,
    /// What the person is shown of a failure.
    pub reference: String,
    /// The ID of the AuthnRequest that it answers to.
    pub request_id: String,
    /// The hash of the RelayState that it answers to.
    pub relay_state_hash: Vec<u8>,
    /// The hash of the cookie of the browser that may finish it.
    pub browser_hash: Vec<u8>,
    /// When it begins.
    pub created_at: Timestamp,
    /// Until when it may be answered; once it is, until when its code works.
    pub expires_at: Timestamp,
}

/// An attempt that the portal begins: nothing has come back yet.
#[must_use]
pub fn open(new: NewAttempt) -> Attempt {
    let NewAttempt { id, team_id, reference, request_id, relay_state_hash, browser_hash, created_at, expires_at } = new;
    Attempt {
        id,
        team_id,
        revision_id: None,
        reference,
        is_test: false,
        initiated_by: InitiatedBy::Sp,
        request_id,
        relay_state_hash,
        browser_hash,
        return_to: None,
        status: AttemptStatus::Open,
        created_at,
        expires_at,
        finished_at: None,
        finding: None,
        expected: None,
        actual: None,
        subject: None,
        name_id: None,
        name_id_format: None,
        name_qualifier: None,
        sp_name_qualifier: None,
        session_index: None,
        profile: None,
        claims: None,
        person_id: None,
        session_not_after: None,
        assertion_issued_at: None,
        certificate_sha256: None,
        code_hash: None,
        code_expires_at: None,
        code_used_at: None,
        event_count: 0,
        force_authn: false,
        authenticated_at: None,
        awaits_answer: false,
        application_id: None,
        authorization_request: None,
        authn_context: None,
    }
}

/// A team's attempt.
pub async fn by_id(db: &impl ConnectionTrait, team: TeamId, id: AttemptId) -> Result<Option<Attempt>> {
    let attempt = attempts::Entity::find_by_id(id.as_uuid()).filter(attempts::Column::TeamId.eq(team.as_uuid()));
    one(db, attempt).await
}

/// Adds an attempt.
pub async fn insert(db: &impl ConnectionTrait, attempt: Attempt) -> Result<()> {
    let row: attempts::ActiveModel = attempt.into();
    attempts::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The team's attempt that sent this RelayState.
pub async fn by_relay_state(db: &impl ConnectionTrait, team: TeamId, hash: &[u8]) -> Result<Option<Attempt>> {
    one(db, select_by_team(team).filter(attempts::Column::RelayStateHash.eq(hash.to_vec()))).await
}

/// What all open attempts are, in the words of the indexes that have only these rows.
pub(crate) fn is_open() -> Condition {
    let is_open = Condition::all().add(attempts::Column::Status.eq(AttemptStatus::Open.code()));
    is_open.add(attempts::Column::CodeHash.is_null()).add(attempts::Column::Finding.is_null())
}

/// What all failed attempts are, in the same way.
pub(crate) fn is_failed() -> Condition {
    let is_failed = Condition::all().add(attempts::Column::Status.eq(AttemptStatus::Failed.code()));
    is_failed.add(attempts::Column::Finding.is_not_null())
}

/// Tests, in the same way, or all others.
pub(crate) fn is_test(is_test: bool) -> SimpleExpr {
    let column = attempts::Column::IsTest;
    if is_test { Expr::col((attempts::Entity, column)) } else { column.eq(false) }
}

/// The team's latest test sign-in with a revision.
pub async fn latest_test(db: &impl ConnectionTrait, team: TeamId, revision: RevisionId) -> Result<Option<Attempt>> {
    let tests = select_by_team(team)
        .filter(attempts::Column::IsTest.eq(true))
        .filter(attempts::Column::RevisionId.eq(revision.as_uuid()));
    one(db, tests.order_by_desc(attempts::Column::CreatedAt).order_by_desc(attempts::Column::Id)).await
}

/// Whether a test sign-in with a revision passed that began at this moment or later.
pub async fn has_passed_test(
    db: &impl ConnectionTrait,
    team: TeamId,
    revision: RevisionId,
    since: Timestamp,
) -> Result<bool> {
    let passed = select_by_team(team)
        .filter(attempts::Column::IsTest.eq(true))
        .filter(attempts::Column::RevisionId.eq(revision.as_uuid()))
        .filter(attempts::Column::Status.eq(AttemptStatus::Succeeded.code()))
        .filter(attempts::Column::CreatedAt.gte(since));
    Ok(passed.one(db).await?.is_some())
}

/// Teams where this subject, in lower case, has signed in; at most so many.
pub async fn teams_of_subject(db: &impl ConnectionTrait, subject: &str, limit: u64) -> Result<Vec<TeamId>> {
    let signed_in = attempts::Entity::find()
        .filter(attempts::Column::Subject.eq(subject))
        .filter(attempts::Column::Status.eq(AttemptStatus::Succeeded.code()))
        .filter(attempts::Column::IsTest.eq(false));
    let teams = signed_in.select_only().column(attempts::Column::TeamId).distinct();
    let teams: Vec<Uuid> = teams.order_by_asc(attempts::Column::TeamId).limit(limit).into_tuple().all(db).await?;
    Ok(teams.into_iter().map(TeamId::from).collect())
}

/// Which certificates signed the latest attempts of a team and when, newest first: SHA-256 of each that
/// verified a response, among so many attempts.
pub async fn latest_signatures(
    db: &impl ConnectionTrait,
    team: TeamId,
    attempts: u64,
) -> Result<Vec<(String, Timestamp)>> {
    let latest = select_by_team(team).select_only();
    let latest = latest.column(attempts::Column::CertificateSha256).column(attempts::Column::CreatedAt);
    let latest = latest.order_by_desc(attempts::Column::CreatedAt).order_by_desc(attempts::Column::Id);
    let latest: Vec<(Option<String>, Timestamp)> = latest.limit(attempts).into_tuple().all(db).await?;
    Ok(latest.into_iter().filter_map(|(certificate, at)| Some((certificate?, at))).collect())
}

/// The attempt that sent this AuthnRequest, whichever team's it is.
pub async fn by_request_id_of_any_team(db: &impl ConnectionTrait, request_id: &str) -> Result<Option<Attempt>> {
    one(db, attempts::Entity::find().filter(attempts::Column::RequestId.eq(request_id))).await
}

/// From the attempts, which are few: without `CROSS JOIN`, SQLite goes through all people of the team.
const SUBJECT_OF_OTHERS: &str = "SELECT 1 FROM attempts a CROSS JOIN people p \
     WHERE a.team_id = $1 AND a.subject = $2 AND a.person_id IS NOT NULL \
     AND p.id = a.person_id AND p.team_id = $1 AND p.subject_key <> $3 LIMIT 1";

/// Whether somebody else of the team than whom this key names signed in as this subject, as far back as
/// attempts are kept.
pub async fn is_subject_of_others(
    db: &impl ConnectionTrait,
    team: TeamId,
    subject: &str,
    subject_key: &str,
) -> Result<bool> {
    let values = [team.as_uuid().into(), subject.into(), subject_key.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), SUBJECT_OF_OTHERS, values);
    Ok(db.query_one_raw(statement).await?.is_some())
}

fn select_by_team(team: TeamId) -> sea_orm::Select<attempts::Entity> {
    attempts::Entity::find().filter(attempts::Column::TeamId.eq(team.as_uuid()))
}

/// The team's attempt that a one-time code was issued for; [`Attempt::is_code_usable`] says
/// whether it still works.
pub async fn by_code(db: &impl ConnectionTrait, team: TeamId, code_hash: &[u8]) -> Result<Option<Attempt>> {
    one(db, select_by_team(team).filter(attempts::Column::CodeHash.eq(code_hash.to_vec()))).await
}
