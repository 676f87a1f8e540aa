//! A response that came to another address than the Reply URL of the team whose request it answers. It
//! is a finding of the attempt that began it, whose administrators can mend it; those of another team
//! that it came to learn that something came that is not theirs, and nothing of what was in it.

use model::{EventKind, FindingCode, FindingValue, TeamSlug, paths};
use saml::response::GatedResponse;
use store::attempt_events::{self, AttemptStage};
use store::attempts::{self, Attempt, AttemptStatus, InitiatedBy};
use store::teams;
use store::teams::Team;

use super::SignInError;
use super::finding::Finding;
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::timeline::{Timeline, failed};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Error, Services};

/// An address of ours that is no team's Reply URL.
struct OtherAddress {
    address: String,
    /// Whether no team has the slug in it.
    is_of_no_team: bool,
}

impl OtherAddress {
    /// The address, unless it would tell a team of another one.
    fn for_team(self, slug: &TeamSlug) -> Option<String> {
        let is_own = self.address.split('/').any(|segment| segment == slug.as_str());
        (is_own || self.is_of_no_team).then_some(self.address)
    }
}

/// Rejects a response that answers another team's request: `began` is the attempt that sent it.
pub(super) async fn reject_misdelivered(services: &Services, came_to: &Team, began: Attempt) -> SignInError {
    let event = failed(EventKind::RequestCorrelated, Finding::new(FindingCode::RequestOfOtherTeam), false);
    let rejection = AttemptRejection::new(Finding::new(FindingCode::RequestOfOtherTeam), Timeline::of_event(event));
    let rejected = AttemptRecorder::new(services, came_to).reject_unmatched(None, rejection).await;
    match record_where_it_began(services, &began, None).await {
        // the person belongs there: their IT team finds the sign-in by this reference
        Ok(true) => SignInError::of_other_team(&began),
        Ok(false) => rejected,
        Err(error) => {
            error.log();
            rejected
        }
    }
}

/// Rejects a response that came to a Reply URL with a slug that no team has: `unknown` is what is answered
/// where no attempt waits for it.
pub(super) async fn reject_at_unknown_slug(
    services: &Services,
    slug: &str,
    request_id: &str,
    unknown: SignInError,
) -> SignInError {
    let came_to = OtherAddress { address: services.settings.urls.api(&paths::acs(slug)), is_of_no_team: true };
    reject_elsewhere(services, request_id, came_to).await.unwrap_or(unknown)
}

/// Rejects a response that was posted to another address of ours than a Reply URL. `None`: it is no response, or
/// no attempt waits for it.
pub async fn receive_elsewhere(services: &Services, address: String, form_value: &str) -> Option<SignInError> {
    let came_to = OtherAddress { address, is_of_no_team: false };
    let value = form_value.to_owned();
    let read = move || GatedResponse::decode(&value).ok()?.in_response_to().map(str::to_owned);
    match services.spawn_blocking_limited(read).await {
        Ok(request_id) => reject_elsewhere(services, &request_id?, came_to).await,
        Err(error) => Some(error.into()),
    }
}

async fn reject_elsewhere(services: &Services, request_id: &str, came_to: OtherAddress) -> Option<SignInError> {
    match began_by(services, request_id, came_to).await {
        Ok(began) => began.map(|began| SignInError::of_other_team(&began)),
        Err(error) => {
            error.log();
            None
        }
    }
}

/// The attempt that sent the request, with the finding written down.
async fn began_by(services: &Services, request_id: &str, came_to: OtherAddress) -> Result<Option<Attempt>, Error> {
    let began = attempts::by_request_id_of_any_team(services.db.connection(), request_id).await?;
    let Some(began) = began else { return Ok(None) };
    let is_written = record_where_it_began(services, &began, Some(came_to)).await?;
    Ok(is_written.then_some(began))
}

/// Writes the finding down, once, on an attempt that still waits for its answer. It stays open: the
/// answer may yet come to the right address. `false`: there is nothing to write, or the row budgets are used up.
/// `came_to` is none for the Reply URL of another team.
async fn record_where_it_began(
    services: &Services,
    began: &Attempt,
    came_to: Option<OtherAddress>,
) -> Result<bool, Error> {
    let db = services.db.connection();
    let waits = began.status == AttemptStatus::Open && began.expires_at > services.now();
    if began.initiated_by != InitiatedBy::Sp || !waits {
        return Ok(false);
    }
    let code = match came_to {
        Some(_) => FindingCode::ReplyUrlUnknown,
        None => FindingCode::ReplyUrlOfOtherTeam,
    };
    if attempt_events::timeline(db, began).await?.iter().any(|event| event.finding == Some(code)) {
        return Ok(true);
    }
    let Some(team) = teams::by_id(db, began.team_id).await? else { return Ok(false) };
    let payers = [BudgetOwner::of_request(), BudgetOwner::Team(began.team_id)];
    if services.charge(RowKind::RejectedResponse, 1, &payers).is_err() {
        return Ok(false);
    }
    let reply_url = services.settings.urls.endpoints(&team.slug).reply_url;
    let actual = came_to.and_then(|came_to| came_to.for_team(&team.slug)).map(FindingValue::text);
    let finding = Finding { code, expected: Some(FindingValue::text(reply_url)), actual };
    let timeline = Timeline::of_event(failed(EventKind::ResponseReceived, finding, false));
    let tx = services.db.begin().await?;
    AttemptRecorder::new(services, &team).append(&tx, began, AttemptStage::Response, timeline).await?;
    store::commit(tx).await?;
    tracing::info!(
        team = team.slug.as_str(),
        reference = began.reference,
        "answered at an address that is not its Reply URL"
    );
    Ok(true)
}
