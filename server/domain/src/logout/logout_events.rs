//! Events of an SP-initiated single logout on the report of its sign-in: the request to the identity provider,
//! and the response. A missing response shows that the person was left on an error page there.

use model::attempts::{AttemptEvent, unanswered_logout};
use model::ids::{AttemptId, TeamId};
use model::{EventKind, FindingCode, FindingValue, Timestamp, Verdict};
use saml::logout::LogoutRejection;
use store::attempt_events::NewEvent;
use store::attempts;
use store::teams::Team;

use super::LIFETIME;
use crate::diagnostics::coded;
use crate::row_budget::{BudgetOwner, RowKind};
use crate::sign_in::{AttemptRecorder, MAX_EVENTS, new_event, rejection_summary};
use crate::{Error, Services};

/// What a logout leaves on the report, and who pays for it.
#[derive(Debug)]
pub(super) struct LogoutEvent {
    event: NewEvent,
    /// Whether anybody may have caused it who has the RelayState.
    is_unauthenticated: bool,
}

impl LogoutEvent {
    /// The browser goes to this Logout URL.
    pub(super) fn sent(destination: &str) -> Self {
        Self::own(EventKind::LogoutSent, Verdict::Passed, FindingValue::text(destination))
    }

    /// The identity provider answered with this status.
    pub(super) fn answered(status: &str, is_success: bool) -> Self {
        let verdict = if is_success { Verdict::Passed } else { Verdict::Warned };
        Self::own(EventKind::LogoutAnswered, verdict, FindingValue::text(status))
    }

    /// Something came back that is not the answer of the team's identity provider, for this reason.
    pub(super) fn refused(reason: &LogoutRejection) -> Self {
        let reason = match reason {
            LogoutRejection::Post(rejection) => rejection_summary(rejection),
            other => coded(other),
        };
        Self { is_unauthenticated: true, ..Self::own(EventKind::LogoutAnswered, Verdict::Warned, reason.bounded()) }
    }

    /// Of somebody who had a session, or of the team's identity provider.
    fn own(kind: EventKind, verdict: Verdict, actual: FindingValue) -> Self {
        let event = NewEvent { is_verified: false, ..new_event(kind, verdict, actual) };
        Self { event, is_unauthenticated: false }
    }

    /// Records it on the sign-in, if that still exists and the team's row budget allows it. Signing out goes on
    /// either way.
    pub(super) async fn record(self, services: &Services, team: &Team, attempt: Option<AttemptId>) {
        let Some(attempt) = attempt else { return };
        if let Err(error) = self.append(services, team, attempt).await {
            error.log();
        }
    }

    async fn append(self, services: &Services, team: &Team, attempt: AttemptId) -> Result<(), Error> {
        let found = attempts::by_id(services.db.connection(), team.team_id(), attempt).await?;
        let Some(attempt) = found.filter(|attempt| attempt.event_count < MAX_EVENTS) else { return Ok(()) };
        if self.pay(services, team.team_id()).is_err() {
            return Ok(());
        }
        AttemptRecorder::new(services, team).record_afterwards(&attempt, self.event).await
    }

    /// Signing out is a part of a sign-in that the team has paid for; it must not use up what rejected
    /// responses are recorded by.
    fn pay(&self, services: &Services, team: TeamId) -> Result<(), Error> {
        let team = BudgetOwner::Team(team);
        if self.is_unauthenticated {
            return services.charge(RowKind::RejectedResponse, 1, &[BudgetOwner::of_request(), team]);
        }
        services.charge(RowKind::SignIn, 1, &[team])
    }
}

/// Marks a logout request that was not answered while it could be: what the identity provider showed
/// instead is known to it and the person only.
pub(crate) fn mark_unanswered(events: &mut [AttemptEvent], now: Timestamp) {
    let Some(request) = unanswered_logout(events) else { return };
    if let Some(request) = events.get_mut(request).filter(|request| request.at + LIFETIME <= now) {
        request.verdict = Verdict::Warned;
        request.finding = Some(FindingCode::LogoutUnanswered);
    }
}

#[cfg(test)]
mod tests {
    use model::Diagnostic;
    use saml::response::{Construct, Rejection};

    use super::*;

    fn at(minute: u32) -> Timestamp {
        format!("2026-11-23T12:{minute:02}:00Z").parse().unwrap()
    }

    fn happened(kind: EventKind, minute: u32) -> AttemptEvent {
        let NewEvent { verdict, finding, expected, actual, is_verified, .. } =
            LogoutEvent::sent("https://idp.example/logout").event;
        AttemptEvent { sequence: 0, at: at(minute), kind, verdict, finding, expected, actual, is_verified }
    }

    #[test]
    fn what_was_refused_is_kept_as_a_code() {
        let kept = |reason: &LogoutRejection| LogoutEvent::refused(reason).event.actual.unwrap();
        let unsolicited = Diagnostic::new("logout_unsolicited", [("actual", "_x".to_owned())]);
        let doctype = Diagnostic::new("construct_doctype", []);
        for (reason, expected) in [
            (LogoutRejection::Unsolicited { actual: "_x".to_owned() }, FindingValue::Diagnostic(unsolicited)),
            (Rejection::ForbiddenConstruct { what: Construct::Doctype }.into(), FindingValue::Diagnostic(doctype)),
            (Rejection::SignatureMissing.into(), FindingValue::Finding(FindingCode::SignatureMissing)),
        ] {
            assert_eq!(kept(&reason), expected);
        }
    }

    #[test]
    fn only_a_request_that_can_be_answered_no_more_is_unanswered() {
        use EventKind::{LogoutAnswered, LogoutSent, SessionCreated};
        for (events, minute, expected) in [
            (vec![happened(SessionCreated, 0)], 50, None),
            (vec![happened(LogoutSent, 1)], 10, None),
            (vec![happened(SessionCreated, 0), happened(LogoutSent, 1)], 11, Some(1)),
            (vec![happened(LogoutSent, 1), happened(LogoutAnswered, 2)], 50, None),
            (vec![happened(LogoutSent, 1), happened(LogoutAnswered, 2), happened(LogoutSent, 3)], 50, Some(2)),
        ] {
            let mut marked = events.clone();
            mark_unanswered(&mut marked, at(minute));
            let found = marked.iter().position(|event| event.finding == Some(FindingCode::LogoutUnanswered));
            assert_eq!(found, expected, "{events:?}");
        }
    }
}
