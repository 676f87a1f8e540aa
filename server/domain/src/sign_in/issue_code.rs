//! The one-time code: one transaction uses the assertion and the attempt up, provisions the
//! person, and issues the code that the account host redeems.

use model::{EventKind, FindingCode, FindingValue, TeamSlug, paths};
use store::attempt_events::AttemptStage;
use store::attempts::{self, Attempt, VerifiedResponse};
use store::consumed_assertions;
use store::teams::{self, Team};

use super::attempt::{ResponseAttempt, row_budget_units};
use super::finding::Finding;
use super::provision::VerifiedPerson;
use super::recheck::{SignInBasis, recheck};
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::timeline::{Timeline, passed};
use super::{CODE_LIFETIME, SignInError};
use crate::row_budget::{self, BudgetOwner, RowKind};
use crate::{Error, Services, Token, token};

/// Issues the code of an attempt whose response was verified, and answers with the address that
/// redeems it.
pub(super) async fn issue_code(
    services: &Services,
    team: &Team,
    slug: &TeamSlug,
    attempt: &ResponseAttempt,
    person: &VerifiedPerson<'_>,
    timeline: Timeline,
) -> Result<String, SignInError> {
    tracing::Span::current().record("reference", &attempt.reference);
    let code = Token::new(&*services.random);
    let rejection = match accept(services, team, attempt, person, &code, timeline).await? {
        Acceptance::Accepted => {
            let (reference, is_test) = (&attempt.reference, attempt.is_test);
            tracing::info!(team = %slug, reference, is_test, "response verified");
            let page = match attempt {
                ResponseAttempt::Stored(_) => paths::sign_on_complete(slug.as_str(), code.reveal()),
                ResponseAttempt::New(_) => paths::sign_on_continue(slug.as_str(), Some(code.reveal())),
            };
            return Ok(services.settings.urls.account(&page));
        }
        Acceptance::TooMany => return Err(SignInError::unrecorded(FindingCode::TooManyAttempts, team)),
        Acceptance::Replayed(timeline) => {
            let assertion_id = FindingValue::text(person.assertion.assertion_id());
            AttemptRejection::new(Finding::with_actual(FindingCode::Replayed, assertion_id), timeline)
        }
        Acceptance::Rechecked(finding, timeline) => {
            AttemptRejection::new(finding, timeline).with_subject(person.subject()?)
        }
    };
    Err(AttemptRecorder::new(services, team).reject(attempt, rejection).await)
}

/// Whether the response was accepted; where not, nothing was written.
enum Acceptance {
    Accepted,
    /// The assertion was used before, or another one ended the attempt at the same time.
    Replayed(Timeline),
    /// The person was signed out since the request, or another configuration went live.
    Rechecked(Finding, Timeline),
    /// More finish at the team than is written down.
    TooMany,
}

/// The transaction. A code is issued only where every one of its steps went well.
async fn accept(
    services: &Services,
    team: &Team,
    attempt: &ResponseAttempt,
    person: &VerifiedPerson<'_>,
    code: &Token,
    mut timeline: Timeline,
) -> Result<Acceptance, SignInError> {
    if pay(services, attempt, person, &mut timeline).is_err() {
        return Ok(Acceptance::TooMany);
    }
    let (now, id) = (services.now(), team.team_id());
    let tx = services.db.begin().await?;
    let team = &teams::lock_shared(&tx, id).await?.ok_or(Error::NotFound)?;
    let basis = SignInBasis::of_assertion(person.assertion, &person.profile);
    if let Some(finding) = recheck(services, &tx, team, attempt, &basis).await? {
        return Ok(Acceptance::Rechecked(finding, timeline));
    }
    if let ResponseAttempt::New(attempt) = attempt {
        AttemptRecorder::new(services, team).record_idp_initiated(&tx, attempt).await?;
    }
    let assertion_hash = token::hash(person.assertion.assertion_id());
    if !consumed_assertions::consume(&tx, id, &assertion_hash, person.assertion.replay_until()).await? {
        return Ok(Acceptance::Replayed(timeline));
    }
    let mut events = vec![passed(EventKind::Replay)];
    let person_id = if attempt.is_test {
        None
    } else {
        let (person_id, event) = person.provision(services, &tx, team, now).await?;
        events.push(event);
        Some(person_id)
    };
    events.push(passed(EventKind::CodeIssued));
    let verified = VerifiedResponse {
        subject: person.subject()?,
        person: person_id,
        session_not_after: person.assertion.session_not_on_or_after(),
        assertion_issued_at: person.assertion.issue_instant(),
        authenticated_at: person.assertion.authn_instant(),
        certificate_sha256: person.assertion.certificate_thumbprint_sha256().to_owned(),
        code_hash: code.hash(),
        code_expires_at: now + CODE_LIFETIME,
    };
    if !attempts::verify(&tx, id, attempt.id, verified).await? {
        return Ok(Acceptance::Replayed(timeline));
    }
    timeline.events.extend(events);
    timeline.append_to(services, &tx, attempt, AttemptStage::Response).await?;
    store::commit(tx).await?;
    give_back_place(services, attempt);
    Ok(Acceptance::Accepted)
}

/// Pays for what a sign-in leaves behind: by the team whose identity provider proved it. For a
/// test, whose identity provider may be anybody's, all tests pay in common as well.
fn pay(
    services: &Services,
    attempt: &Attempt,
    person: &VerifiedPerson<'_>,
    timeline: &mut Timeline,
) -> Result<(), SignInError> {
    let team = BudgetOwner::Team(attempt.team_id);
    let (row, xml_row, payers): (_, _, &[BudgetOwner]) = if attempt.is_test {
        (RowKind::TestResult, RowKind::TestXml, &[BudgetOwner::Tests, team])
    } else {
        (RowKind::SignIn, RowKind::VerifiedXml, &[team])
    };
    let claims = serde_json::to_vec(&person.claims)?.len();
    row_budget::charge(services, row, row_budget::units(claims, 4), payers)?;
    if let Some(xml) = &timeline.response {
        let units = row_budget::units(xml.len(), 1);
        if row_budget::charge(services, xml_row, units, payers).is_err() {
            timeline.response = None;
        }
    }
    Ok(())
}

/// The attempt's place among those that are with the identity provider is free again.
fn give_back_place(services: &Services, attempt: &ResponseAttempt) {
    let ResponseAttempt::Stored(attempt) = attempt else { return };
    if !attempt.is_test {
        let units = row_budget_units(attempt.return_to.as_deref());
        services.row_budgets.refund(RowKind::Attempt, units, &[BudgetOwner::of_request()]);
    }
}
