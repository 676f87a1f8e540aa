//! One-time codes that do not redeem: unknown, used, expired, or brought by another browser.

use model::{EventKind, FindingCode, FindingValue, Verdict};
use store::Tx;
use store::attempt_events::AttemptStage;
use store::attempts::{Attempt, AttemptStatus};
use store::teams::Team;
use subtle::ConstantTimeEq as _;

use super::attempt::ended_by;
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::timeline::{Timeline, noted};
use super::{MAX_EVENTS, SignInError};
use crate::{Services, token};

/// Whether this is the browser that the attempt's code was given to.
///
/// # Errors
/// The finding that says what is wrong with the browser's cookie.
pub(super) fn check_browser(attempt: &Attempt, cookie: Option<&str>) -> Result<(), FindingCode> {
    let cookie = cookie.ok_or(FindingCode::CookieMissing)?;
    let is_same: bool = token::hash(cookie).ct_eq(&attempt.browser_hash).into();
    if is_same { Ok(()) } else { Err(FindingCode::OtherBrowser) }
}

/// Rejects a code that was never issued, or so long ago that nothing is known of it.
pub(super) async fn reject_unknown_code(services: &Services, tx: Tx, team: &Team) -> SignInError {
    // SQLite has one writer at a time: recording the rejection takes the next transaction
    if let Err(error) = store::commit(tx).await {
        return error.into();
    }
    let rejection = AttemptRejection::of_code(FindingCode::CodeExpired);
    AttemptRecorder::new(services, team).reject_unmatched(None, rejection).await
}

/// Rejects a code that has expired, which ends its attempt; or one that was used, perhaps by a
/// request at the same time: that is noted on its attempt, whose end it does not change.
pub(super) async fn reject_spent_code(services: &Services, tx: Tx, team: &Team, attempt: &Attempt) -> SignInError {
    if let Some(code) = ended_by(attempt) {
        return match store::commit(tx).await {
            Ok(()) => SignInError::of_attempt(code, team, attempt),
            Err(error) => error.into(),
        };
    }
    if attempt.code_used_at.is_none() && attempt.code_expires_at.is_none_or(|end| end <= services.now()) {
        let rejection = AttemptRejection::of_code(FindingCode::CodeExpired);
        return AttemptRecorder::new(services, team)
            .reject_verified(tx, attempt, AttemptStatus::Verified, rejection)
            .await;
    }
    let noted = async {
        if attempt.event_count < MAX_EVENTS {
            let event =
                noted(EventKind::CodeReplayed, Verdict::Noted, FindingCode::CodeExpired, FindingValue::OnceMore);
            let recorder = AttemptRecorder::new(services, team);
            recorder.append(&tx, attempt, AttemptStage::End, Timeline::of_event(event)).await?;
        }
        Ok::<_, crate::Error>(store::commit(tx).await?)
    };
    match noted.await {
        Ok(()) => SignInError::of_attempt(FindingCode::CodeExpired, team, attempt),
        Err(error) => error.into(),
    }
}
