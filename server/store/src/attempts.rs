//! Sign-in attempts, and the replay guard.

use model::ids::{AttemptId, RevisionId, TeamId};
use model::{FindingCode, FindingValue};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait as _, QueryFilter, QueryOrder,
};

pub use crate::entities::attempts::Model as Attempt;
use crate::entities::{attempts, consumed_assertions};
use crate::finding_values::{from_stored, to_stored};
use crate::{Result, Timestamp};

/// Values of `attempts.status`.
pub mod status {
    /// Went to the identity provider, has not returned.
    pub const OPEN: &str = "open";
    /// Every check passed; the browser has not come for its session yet.
    pub const VERIFIED: &str = "verified";
    /// A session began, or a test ended well.
    pub const SUCCEEDED: &str = "succeeded";
    /// A check failed.
    pub const FAILED: &str = "failed";
}

/// Values of `attempts.initiated_by`.
pub mod initiated_by {
    /// A request of ours.
    pub const SP: &str = "sp";
    /// The identity provider, unasked.
    pub const IDP: &str = "idp";
    /// Nobody that we know of: the response belongs to no open attempt.
    pub const UNMATCHED: &str = "unmatched";
}

impl Attempt {
    /// What the finding that ended the attempt expected, and what came.
    #[must_use]
    pub fn finding_values(&self) -> [Option<FindingValue>; 2] {
        [&self.expected, &self.actual].map(|stored| from_stored(stored.as_deref()))
    }
}

/// What an attempt begins with.
#[derive(Debug)]
pub struct Begun {
    /// Its row.
    pub id: Uuid,
    /// Whose it is.
    pub team_id: Uuid,
    /// What the person reads out.
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

/// An attempt of ours that is open: nothing has come back.
#[must_use]
pub fn open(begun: Begun) -> Attempt {
    let Begun { id, team_id, reference, request_id, relay_state_hash, browser_hash, created_at, expires_at } = begun;
    Attempt {
        id,
        team_id,
        revision_id: None,
        reference,
        is_test: false,
        initiated_by: initiated_by::SP.to_owned(),
        request_id,
        relay_state_hash,
        browser_hash,
        return_to: None,
        status: status::OPEN.to_owned(),
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
    }
}

/// Adds an attempt.
pub async fn insert(db: &impl ConnectionTrait, attempt: Attempt) -> Result<()> {
    let row: attempts::ActiveModel = attempt.into();
    attempts::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The team's attempt that sent this AuthnRequest.
pub async fn by_request_id(db: &impl ConnectionTrait, team: TeamId, request_id: &str) -> Result<Option<Attempt>> {
    Ok(of_team(team).filter(attempts::Column::RequestId.eq(request_id)).one(db).await?)
}

/// The team's attempt that sent this RelayState.
pub async fn by_relay_state(db: &impl ConnectionTrait, team: TeamId, hash: &[u8]) -> Result<Option<Attempt>> {
    Ok(of_team(team).filter(attempts::Column::RelayStateHash.eq(hash.to_vec())).one(db).await?)
}

/// How many of the team's sign-ins are with the identity provider, of those begun since a
/// moment: as many as may be answered.
pub async fn count_open(db: &impl ConnectionTrait, team: TeamId, since: Timestamp, now: Timestamp) -> Result<u64> {
    let open = of_team(team)
        .filter(attempts::Column::Status.eq(status::OPEN))
        .filter(attempts::Column::IsTest.eq(false))
        .filter(attempts::Column::CreatedAt.gt(since))
        .filter(attempts::Column::ExpiresAt.gt(now));
    Ok(open.count(db).await?)
}

/// The team's latest test sign-in with a revision.
pub async fn latest_test(db: &impl ConnectionTrait, team: TeamId, revision: RevisionId) -> Result<Option<Attempt>> {
    let tests = of_team(team)
        .filter(attempts::Column::IsTest.eq(true))
        .filter(attempts::Column::RevisionId.eq(revision.as_uuid()));
    Ok(tests.order_by_desc(attempts::Column::CreatedAt).order_by_desc(attempts::Column::Id).one(db).await?)
}

/// Whether a test sign-in with a revision passed that began at this moment or later.
pub async fn has_passed_test(
    db: &impl ConnectionTrait,
    team: TeamId,
    revision: RevisionId,
    since: Timestamp,
) -> Result<bool> {
    let passed = of_team(team)
        .filter(attempts::Column::IsTest.eq(true))
        .filter(attempts::Column::RevisionId.eq(revision.as_uuid()))
        .filter(attempts::Column::Status.eq(status::SUCCEEDED))
        .filter(attempts::Column::CreatedAt.gte(since));
    Ok(passed.one(db).await?.is_some())
}

/// Whether any team's attempt sent this AuthnRequest.
pub async fn is_known_request(db: &impl ConnectionTrait, request_id: &str) -> Result<bool> {
    Ok(attempts::Entity::find().filter(attempts::Column::RequestId.eq(request_id)).one(db).await?.is_some())
}

fn of_team(team: TeamId) -> sea_orm::Select<attempts::Entity> {
    attempts::Entity::find().filter(attempts::Column::TeamId.eq(team.as_uuid()))
}

/// What a verified assertion said of its subject.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The e-mail address, or else the name identifier, in lower case: to be found by.
    pub subject: String,
    /// The name identifier.
    pub name_id: String,
    /// The format of the name identifier, if the assertion says one.
    pub name_id_format: Option<String>,
    /// Who gave it, where that is said.
    pub name_qualifier: Option<String>,
    /// For whom it was given, where that is said.
    pub sp_name_qualifier: Option<String>,
    /// The identity provider's names of the session, one a line, for signing out of it.
    pub session_index: Option<String>,
    /// The person's fields.
    pub profile: serde_json::Value,
    /// The verified attributes.
    pub claims: serde_json::Value,
}

/// Why an attempt failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Which check.
    pub finding: FindingCode,
    /// What we expected.
    pub expected: Option<FindingValue>,
    /// What came.
    pub actual: Option<FindingValue>,
    /// What was verified all the same.
    pub seen: Option<Seen>,
    /// Who it is about, as it was received: in lower case, and not to be believed.
    pub subject: Option<String>,
}

impl Failure {
    /// A failure that its code says all about.
    #[must_use]
    pub const fn of(finding: FindingCode) -> Self {
        Self { finding, expected: None, actual: None, seen: None, subject: None }
    }

    /// An attempt that has ended so before it was stored.
    #[must_use]
    pub fn end(self, attempt: Attempt, now: Timestamp) -> Attempt {
        let ended = Attempt {
            status: status::FAILED.to_owned(),
            finished_at: Some(now),
            finding: Some(self.finding.as_str().to_owned()),
            expected: to_stored(self.expected),
            actual: to_stored(self.actual),
            subject: self.subject,
            ..attempt
        };
        let Some(seen) = self.seen else { return ended };
        Attempt {
            subject: Some(seen.subject),
            name_id: Some(seen.name_id),
            name_id_format: seen.name_id_format,
            name_qualifier: seen.name_qualifier,
            sp_name_qualifier: seen.sp_name_qualifier,
            session_index: seen.session_index,
            profile: Some(seen.profile),
            claims: Some(seen.claims),
            ..ended
        }
    }

    fn row(self) -> attempts::ActiveModel {
        let row = attempts::ActiveModel {
            finding: Set(Some(self.finding.as_str().to_owned())),
            expected: Set(to_stored(self.expected)),
            actual: Set(to_stored(self.actual)),
            ..Default::default()
        };
        let row = match self.subject {
            Some(subject) => attempts::ActiveModel { subject: Set(Some(subject)), ..row },
            None => row,
        };
        match self.seen {
            Some(seen) => with_seen(row, seen),
            None => row,
        }
    }
}

fn with_seen(mut row: attempts::ActiveModel, seen: Seen) -> attempts::ActiveModel {
    row.subject = Set(Some(seen.subject));
    row.name_id = Set(Some(seen.name_id));
    row.name_id_format = Set(seen.name_id_format);
    row.name_qualifier = Set(seen.name_qualifier);
    row.sp_name_qualifier = Set(seen.sp_name_qualifier);
    row.session_index = Set(seen.session_index);
    row.profile = Set(Some(seen.profile));
    row.claims = Set(Some(seen.claims));
    row
}

/// Who an attempt's response named, and the code that redeems it.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Who it was.
    pub seen: Seen,
    /// The person, unless the attempt was a test.
    pub person: Option<sea_orm::prelude::Uuid>,
    /// When the identity provider wants the session to end.
    pub session_not_after: Option<Timestamp>,
    /// When the assertion was made.
    pub assertion_issued_at: Timestamp,
    /// When the person proved who they are, as the identity provider says.
    pub authenticated_at: Option<Timestamp>,
    /// SHA-256 of the certificate that verified the response.
    pub certificate_sha256: String,
    /// SHA-256 of the one-time code.
    pub code_hash: Vec<u8>,
    /// Until when the code works.
    pub code_expires_at: Timestamp,
}

/// Ends an attempt of this status as failed. `false`: it has another one meanwhile.
pub async fn fail(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: AttemptId,
    from: &str,
    failure: Failure,
    now: Timestamp,
) -> Result<bool> {
    let row = attempts::ActiveModel { finished_at: Set(Some(now)), ..failure.row() };
    go_on(db, team, id, from, status::FAILED, row).await
}

/// Notes that an open attempt's response was verified, and the code that its browser is given
/// to come back with. `false`: it was over already, so the caller must not let anybody in.
pub async fn verify(db: &impl ConnectionTrait, team: TeamId, id: AttemptId, verified: Verified) -> Result<bool> {
    let row = attempts::ActiveModel {
        person_id: Set(verified.person),
        session_not_after: Set(verified.session_not_after),
        assertion_issued_at: Set(Some(verified.assertion_issued_at)),
        authenticated_at: Set(verified.authenticated_at),
        certificate_sha256: Set(Some(verified.certificate_sha256)),
        code_hash: Set(Some(verified.code_hash)),
        code_expires_at: Set(Some(verified.code_expires_at)),
        expires_at: Set(verified.code_expires_at),
        ..Default::default()
    };
    go_on(db, team, id, status::OPEN, status::VERIFIED, with_seen(row, verified.seen)).await
}

async fn go_on(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: AttemptId,
    from: &str,
    to: &str,
    row: attempts::ActiveModel,
) -> Result<bool> {
    let changed = attempts::Entity::update_many()
        .set(attempts::ActiveModel { status: Set(to.to_owned()), ..row })
        .filter(attempts::Column::Id.eq(id.as_uuid()))
        .filter(attempts::Column::TeamId.eq(team.as_uuid()))
        .filter(attempts::Column::Status.eq(from))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// The team's attempt that a one-time code was issued for; [`works`] says whether it still works.
pub async fn by_code(db: &impl ConnectionTrait, team: TeamId, code_hash: &[u8]) -> Result<Option<Attempt>> {
    Ok(of_team(team).filter(attempts::Column::CodeHash.eq(code_hash.to_vec())).one(db).await?)
}

/// Whether an attempt's code still works.
#[must_use]
pub fn works(attempt: &Attempt, now: Timestamp) -> bool {
    attempt.code_used_at.is_none() && attempt.code_expires_at.is_some_and(|end| end > now)
}

/// Uses an attempt's code up, which ends it as succeeded. `false`: somebody else did.
pub async fn use_code(db: &impl ConnectionTrait, team: TeamId, code_hash: &[u8], now: Timestamp) -> Result<bool> {
    let row = attempts::ActiveModel {
        status: Set(status::SUCCEEDED.to_owned()),
        finished_at: Set(Some(now)),
        code_used_at: Set(Some(now)),
        ..Default::default()
    };
    let used = attempts::Entity::update_many()
        .set(row)
        .filter(attempts::Column::TeamId.eq(team.as_uuid()))
        .filter(attempts::Column::CodeHash.eq(code_hash.to_vec()))
        .filter(attempts::Column::Status.eq(status::VERIFIED))
        .exec(db)
        .await?;
    Ok(used.rows_affected == 1)
}

/// Gives an attempt's code up for another one, bound to a browser: what a page that asks
/// before it goes on does with the code in its address. `false`: the code is used up.
pub async fn exchange_code(db: &impl ConnectionTrait, team: TeamId, code_hash: &[u8], next: NextCode) -> Result<bool> {
    let row = attempts::ActiveModel {
        code_hash: Set(Some(next.code_hash)),
        code_expires_at: Set(Some(next.expires_at)),
        expires_at: Set(next.expires_at),
        browser_hash: Set(next.browser_hash),
        awaits_answer: Set(true),
        ..Default::default()
    };
    let exchanged = attempts::Entity::update_many()
        .set(row)
        .filter(attempts::Column::TeamId.eq(team.as_uuid()))
        .filter(attempts::Column::CodeHash.eq(code_hash.to_vec()))
        .filter(attempts::Column::Status.eq(status::VERIFIED))
        .exec(db)
        .await?;
    Ok(exchanged.rows_affected == 1)
}

/// The code that takes another one's place.
#[derive(Clone, Debug)]
pub struct NextCode {
    /// SHA-256 of the code.
    pub code_hash: Vec<u8>,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// SHA-256 of the cookie of the browser that may redeem it.
    pub browser_hash: Vec<u8>,
}

/// Uses an assertion up: `true` the first time, `false` for a replay. The row's key decides,
/// so two replicas cannot both say `true`.
pub async fn consume_assertion(
    db: &impl ConnectionTrait,
    team: TeamId,
    assertion_id_hash: &[u8],
    expires_at: Timestamp,
) -> Result<bool> {
    let row = consumed_assertions::ActiveModel {
        team_id: Set(team.as_uuid()),
        assertion_id_hash: Set(assertion_id_hash.to_vec()),
        expires_at: Set(expires_at),
    };
    let once = OnConflict::columns([consumed_assertions::Column::TeamId, consumed_assertions::Column::AssertionIdHash])
        .do_nothing()
        .to_owned();
    let inserted = consumed_assertions::Entity::insert(row).on_conflict(once).exec_without_returning(db).await?;
    Ok(inserted == 1)
}
