//! What moves an attempt from one status to the next. Each is one UPDATE of a row that still has
//! the status it is expected to have: of two at the same time, one gets it.

use model::ids::{AttemptId, PersonId, TeamId};
use model::sign_in::Profile;
use model::{Claim, FindingCode, FindingValue};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Attempt, AttemptStatus};
use crate::entities::attempts;
use crate::finding_values::to_stored;
use crate::row::to_json;
use crate::{Result, Timestamp};

/// What a verified assertion said of its subject.
#[derive(Clone, Debug)]
pub struct VerifiedSubject {
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
    pub profile: Profile,
    /// The verified attributes.
    pub claims: Vec<Claim>,
}

/// Why an attempt failed.
#[derive(Clone, Debug)]
pub struct AttemptFailure {
    /// Which check.
    pub finding: FindingCode,
    /// What we expected.
    pub expected: Option<FindingValue>,
    /// What came.
    pub actual: Option<FindingValue>,
    /// What was verified all the same.
    pub verified_subject: Option<VerifiedSubject>,
    /// Who it is about, as it was received: in lower case, and not to be believed.
    pub subject: Option<String>,
    /// Whose sign-in it was, where that is known all the same.
    pub person: Option<PersonId>,
}

impl AttemptFailure {
    /// A failure that its code says all about.
    #[must_use]
    pub const fn of(finding: FindingCode) -> Self {
        Self { finding, expected: None, actual: None, verified_subject: None, subject: None, person: None }
    }

    /// An attempt that has ended so before it was stored.
    #[must_use]
    pub fn end(self, attempt: Attempt, now: Timestamp) -> Attempt {
        let ended = Attempt {
            status: AttemptStatus::Failed,
            finished_at: Some(now),
            finding: Some(self.finding.into()),
            expected: to_stored(self.expected),
            actual: to_stored(self.actual),
            subject: self.subject,
            person_id: self.person.or(attempt.person_id),
            ..attempt
        };
        let Some(verified) = self.verified_subject else { return ended };
        Attempt {
            subject: Some(verified.subject),
            name_id: Some(verified.name_id),
            name_id_format: verified.name_id_format,
            name_qualifier: verified.name_qualifier,
            sp_name_qualifier: verified.sp_name_qualifier,
            session_index: verified.session_index,
            profile: Some(to_json(&verified.profile)),
            claims: Some(to_json(&verified.claims)),
            ..ended
        }
    }

    fn row(self) -> attempts::ActiveModel {
        let row = attempts::ActiveModel {
            finding: Set(Some(self.finding.into())),
            expected: Set(to_stored(self.expected)),
            actual: Set(to_stored(self.actual)),
            ..Default::default()
        };
        let row = match self.person {
            Some(person) => attempts::ActiveModel { person_id: Set(Some(person.as_uuid())), ..row },
            None => row,
        };
        let row = match self.subject {
            Some(subject) => attempts::ActiveModel { subject: Set(Some(subject)), ..row },
            None => row,
        };
        match self.verified_subject {
            Some(verified) => with_subject(row, verified),
            None => row,
        }
    }
}

fn with_subject(mut row: attempts::ActiveModel, verified: VerifiedSubject) -> attempts::ActiveModel {
    row.subject = Set(Some(verified.subject));
    row.name_id = Set(Some(verified.name_id));
    row.name_id_format = Set(verified.name_id_format);
    row.name_qualifier = Set(verified.name_qualifier);
    row.sp_name_qualifier = Set(verified.sp_name_qualifier);
    row.session_index = Set(verified.session_index);
    row.profile = Set(Some(to_json(&verified.profile)));
    row.claims = Set(Some(to_json(&verified.claims)));
    row
}

/// Who an attempt's response named, and the code that redeems it.
#[derive(Clone, Debug)]
pub struct VerifiedResponse {
    /// Who it was.
    pub subject: VerifiedSubject,
    /// When the identity provider wants the session to end.
    pub session_not_after: Option<Timestamp>,
    /// When the assertion was made.
    pub assertion_issued_at: Timestamp,
    /// When the person proved who they are, as the identity provider says.
    pub authenticated_at: Option<Timestamp>,
    /// How, as the identity provider says (`AuthnContextClassRef`).
    pub authn_context: Option<String>,
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
    from: AttemptStatus,
    failure: AttemptFailure,
    now: Timestamp,
) -> Result<bool> {
    let row = attempts::ActiveModel { finished_at: Set(Some(now)), ..failure.row() };
    change_status(db, team, id, from, AttemptStatus::Failed, row).await
}

async fn change_status(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: AttemptId,
    from: AttemptStatus,
    to: AttemptStatus,
    row: attempts::ActiveModel,
) -> Result<bool> {
    let changed = attempts::Entity::update_many()
        .set(attempts::ActiveModel { status: Set(to.into()), ..row })
        .filter(attempts::Column::Id.eq(id.as_uuid()))
        .filter(attempts::Column::TeamId.eq(team.as_uuid()))
        .filter(attempts::Column::Status.eq(from.code()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// Uses an attempt's code up, which ends it as succeeded. `false`: somebody else did.
pub async fn redeem_code(db: &impl ConnectionTrait, team: TeamId, code_hash: &[u8], now: Timestamp) -> Result<bool> {
    let row = attempts::ActiveModel {
        status: Set(AttemptStatus::Succeeded.into()),
        finished_at: Set(Some(now)),
        code_used_at: Set(Some(now)),
        ..Default::default()
    };
    change_with_code(db, team, code_hash, row).await
}

/// Gives an attempt's code up for another one, bound to a browser: what a page that asks
/// before it goes on does with the code in its address. `false`: the code is used up.
pub async fn replace_code(
    db: &impl ConnectionTrait,
    team: TeamId,
    code_hash: &[u8],
    next: ReplacementCode,
) -> Result<bool> {
    let row = attempts::ActiveModel {
        code_hash: Set(Some(next.code_hash)),
        code_expires_at: Set(Some(next.expires_at)),
        expires_at: Set(next.expires_at),
        browser_hash: Set(next.browser_hash),
        awaits_answer: Set(true),
        ..Default::default()
    };
    change_with_code(db, team, code_hash, row).await
}

/// Changes the attempt that awaits this code. `false`: there is none.
async fn change_with_code(
    db: &impl ConnectionTrait,
    team: TeamId,
    code_hash: &[u8],
    row: attempts::ActiveModel,
) -> Result<bool> {
    let changed = attempts::Entity::update_many()
        .set(row)
        .filter(attempts::Column::TeamId.eq(team.as_uuid()))
        .filter(attempts::Column::CodeHash.eq(code_hash.to_vec()))
        .filter(attempts::Column::Status.eq(AttemptStatus::Verified.code()))
        .exec(db)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// The code that takes another one's place.
#[derive(Clone, Debug)]
pub struct ReplacementCode {
    /// SHA-256 of the code.
    pub code_hash: Vec<u8>,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// SHA-256 of the cookie of the browser that may redeem it.
    pub browser_hash: Vec<u8>,
}
