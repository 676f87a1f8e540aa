//! How a sign-in that is refused is written down: on the attempt that it ends, or as one of
//! its own where it fits none.

use model::{EventKind, FindingCode, Verdict};
use store::attempt_documents::DocumentKind;
use store::attempts::{self, Attempt, AttemptStatus, Failure, VerifiedSubject};
use store::revisions::Revision;
use store::teams::Team;
use store::{Tx, attempt_events};

use super::findings::Told;
use super::idp_initiated::is_unasked;
use super::timeline::{Record, failed, keep};
use super::{SignOnError, attempt};
use crate::row_budget::{self, Payer, Row};
use crate::{Error, Services, token};

/// A refusal in the making.
#[derive(Debug)]
pub(super) struct Refusing {
    /// Why.
    pub(super) told: Told,
    /// What happened up to here.
    pub(super) record: Record,
    /// What was verified all the same.
    pub(super) seen: Option<VerifiedSubject>,
}

impl Refusing {
    /// For a reason that no check of the response gave.
    pub(super) const fn of(told: Told, record: Record) -> Self {
        Self { told, record, seen: None }
    }

    /// The record, with the reason at its end unless a check has said it.
    fn finish(self) -> (Failure, Record) {
        let Self { told, mut record, seen } = self;
        let told = told.cut();
        let failure = Failure {
            finding: told.code,
            expected: told.expected.clone(),
            actual: told.actual.clone(),
            verified_subject: seen,
            subject: record.received_name(),
        };
        let is_said =
            record.events.iter().any(|event| event.finding == Some(told.code) && event.verdict == Verdict::Failed);
        let told = if is_said { Told::of(told.code) } else { told };
        record.add(failed(EventKind::Refused, told, true));
        (failure, record)
    }
}

/// Ends an open attempt, and says why.
pub(super) async fn refuse(services: &Services, team: &Team, attempt: &Attempt, refusing: Refusing) -> SignOnError {
    if is_unasked(attempt) {
        // which is not stored yet
        return refuse_as(services, team, attempt.clone(), refusing).await;
    }
    let (mut failure, mut record) = refusing.finish();
    let code = failure.finding;
    if pay_for(services, attempt, &mut failure, &mut record).is_err() {
        // how it ended is said all the same
        record = record.without_its_story();
    }
    match end(services, team, attempt, failure.clone(), record).await {
        Ok(None) => {
            log(team, &attempt.reference, code);
            SignOnError::of_attempt(code, team, attempt)
        }
        // something else that came at the same time was its end
        Ok(Some(record)) => {
            let own = Attempt { revision_id: attempt.revision_id, ..attempt::stray(services, team, None) };
            store_over(services, team, own, failure, record).await
        }
        Err(error) => error.into(),
    }
}

/// The record comes back if the attempt was over already.
async fn end(
    services: &Services,
    team: &Team,
    attempt: &Attempt,
    failure: Failure,
    record: Record,
) -> Result<Option<Record>, Error> {
    let tx = services.db.begin().await?;
    if !attempts::fail(&tx, team.team_id(), attempt.id, AttemptStatus::Open, failure, services.now()).await? {
        return Ok(Some(record));
    }
    record.write(services, &tx, attempt).await?;
    store::commit(tx).await?;
    Ok(None)
}

/// Ends an attempt that was verified, in the transaction that found out; `from` is the status
/// that it has in there.
pub(super) async fn overrule(
    services: &Services,
    tx: Tx,
    team: &Team,
    attempt: &Attempt,
    from: AttemptStatus,
    refusing: Refusing,
) -> SignOnError {
    let code = refusing.told.code;
    let (failure, record) = refusing.finish();
    let done = async {
        // whoever was quicker has written the attempt's end
        if attempts::fail(&tx, team.team_id(), attempt.id, from, failure, services.now()).await? {
            record.write(services, &tx, attempt).await?;
        }
        Ok::<_, Error>(store::commit(tx).await?)
    };
    if let Err(error) = done.await {
        return error.into();
    }
    log(team, &attempt.reference, code);
    SignOnError::of_attempt(code, team, attempt)
}

/// What fits no open attempt gets one of its own, which is over at once: so the person has a
/// reference, and the team's administrators see what came.
pub(super) async fn refuse_stray(
    services: &Services,
    team: &Team,
    revision: Option<&Revision>,
    refusing: Refusing,
) -> SignOnError {
    refuse_as(services, team, attempt::stray(services, team, revision), refusing).await
}

/// Stores an attempt that is over at once.
pub(super) async fn refuse_as(services: &Services, team: &Team, attempt: Attempt, refusing: Refusing) -> SignOnError {
    let (failure, record) = refusing.finish();
    store_over(services, team, attempt, failure, record).await
}

async fn store_over(
    services: &Services,
    team: &Team,
    attempt: Attempt,
    mut failure: Failure,
    mut record: Record,
) -> SignOnError {
    let code = failure.finding;
    // whoever sends rubbish without end fills no table
    if pay_for(services, &attempt, &mut failure, &mut record).is_err() {
        return SignOnError::refused(code, None, Some(team));
    }
    match write_over(services, attempt, failure, record).await {
        Ok(attempt) => {
            log(team, &attempt.reference, code);
            SignOnError::of_attempt(code, team, &attempt)
        }
        Err(error) => error.into(),
    }
}

/// Pays for a refusal's record, by who sent what was refused; for a test's all tests and the
/// team pay, whose members look into it: strangers' rubbish costs them nothing of it. XML and claims that nobody can pay for are not kept.
fn pay_for(services: &Services, attempt: &Attempt, failure: &mut Failure, record: &mut Record) -> Result<(), Error> {
    let team = Payer::Team(attempt.team_id);
    let (row, xml, payers) = if attempt.is_test {
        (Row::TestEnd, Row::TestXml, [Payer::Tests, team])
    } else {
        (Row::RefusedArrival, Row::RefusedXml, [Payer::here(), team])
    };
    row_budget::pay(services, row, 1, &payers)?;
    let can_pay = |bytes| row_budget::pay(services, xml, row_budget::units(bytes, 1), &payers).is_ok();
    record.response = record.response.take().filter(|xml| can_pay(xml.len()));
    failure.verified_subject = failure.verified_subject.take().filter(|seen| can_pay(seen.claims.to_string().len()));
    Ok(())
}

async fn write_over(services: &Services, attempt: Attempt, failure: Failure, record: Record) -> Result<Attempt, Error> {
    let now = services.now();
    let event_count = i32::try_from(record.events.len()).unwrap_or(i32::MAX);
    let attempt = Attempt { event_count, ..failure.end(attempt, now) };
    let tx = services.db.begin().await?;
    attempts::insert(&tx, attempt.clone()).await?;
    attempt_events::insert_first(&tx, attempt.id, record.events, now).await?;
    if let Some(xml) = record.response {
        keep(services, &tx, &attempt, DocumentKind::Response, &xml).await?;
    }
    store::commit(tx).await?;
    Ok(attempt)
}

/// The open attempt that a RelayState belongs to, which only the browser and its identity
/// provider know.
pub(super) async fn by_relay_state(
    services: &Services,
    team: &Team,
    relay_state: Option<&str>,
) -> Result<Option<Attempt>, Error> {
    let Some(hash) = relay_state.map(token::hash) else { return Ok(None) };
    let attempt = attempts::by_relay_state(services.db.connection(), team.team_id(), &hash).await?;
    Ok(attempt.filter(|attempt| attempt.status == AttemptStatus::Open))
}

fn log(team: &Team, reference: &str, code: FindingCode) {
    if matches!(code, FindingCode::EnginesDisagree | FindingCode::SecondEngineUnread) {
        // honest or not, one of our two libraries has to be looked at
        tracing::error!(team = team.slug.as_str(), reference, finding = code.as_str(), "two signature engines differ");
        return;
    }
    tracing::info!(team = team.slug.as_str(), reference, finding = code.as_str(), "sign-in refused");
}
