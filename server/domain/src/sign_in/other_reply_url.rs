//! A response that came to the Reply URL of another team than the one whose request it answers. It
//! is a finding of the attempt that began it, whose administrators can mend it; those of the team
//! that it came to learn that something came that is not theirs, and nothing of what was in it.

use model::{EventKind, FindingCode, FindingValue};
use store::attempt_events::{self, AttemptStage};
use store::attempts::{Attempt, AttemptStatus, InitiatedBy};
use store::teams;
use store::teams::Team;

use super::SignInError;
use super::finding::Finding;
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::timeline::{Timeline, failed};
use crate::row_budget::{self, BudgetOwner, RowKind};
use crate::{Error, Services};

/// Rejects a response that answers another team's request: `began` is the attempt that sent it.
pub(super) async fn reject_misdelivered(services: &Services, came_to: &Team, began: Attempt) -> SignInError {
    let event = failed(EventKind::RequestCorrelated, Finding::new(FindingCode::RequestOfOtherTeam), false);
    let rejection = AttemptRejection::new(Finding::new(FindingCode::RequestOfOtherTeam), Timeline::of_event(event));
    let rejected = AttemptRecorder::new(services, came_to).reject_unmatched(None, rejection).await;
    match record_where_it_began(services, &began).await {
        // the person belongs there: their IT team finds the sign-in by this reference
        Ok(true) => SignInError::of_other_team(&began),
        Ok(false) => rejected,
        Err(error) => {
            error.log();
            rejected
        }
    }
}

/// Writes the finding down, once, on an attempt that still waits for its answer. It stays open: the
/// answer may yet come to the right address. `false`: there is nothing to write, or the row budgets are used up.
async fn record_where_it_began(services: &Services, began: &Attempt) -> Result<bool, Error> {
    let db = services.db.connection();
    let waits = began.status == AttemptStatus::Open && began.expires_at > services.now();
    if began.initiated_by != InitiatedBy::Sp || !waits {
        return Ok(false);
    }
    let code = FindingCode::ReplyUrlOfOtherTeam;
    if attempt_events::timeline(db, began).await?.iter().any(|event| event.finding == Some(code)) {
        return Ok(true);
    }
    let Some(team) = teams::by_id(db, began.team_id).await? else { return Ok(false) };
    let payers = [BudgetOwner::of_request(), BudgetOwner::Team(began.team_id)];
    if row_budget::charge(services, RowKind::RejectedResponse, 1, &payers).is_err() {
        return Ok(false);
    }
    let reply_url = services.settings.urls.endpoints(&team.slug).reply_url;
    let finding = Finding { expected: Some(FindingValue::text(reply_url)), ..Finding::new(code) };
    let timeline = Timeline::of_event(failed(EventKind::ResponseReceived, finding, false));
    let tx = services.db.begin().await?;
    AttemptRecorder::new(services, &team).append(&tx, began, AttemptStage::Response, timeline).await?;
    store::commit(tx).await?;
    tracing::info!(team = team.slug.as_str(), reference = began.reference, "answered at another team's Reply URL");
    Ok(true)
}
