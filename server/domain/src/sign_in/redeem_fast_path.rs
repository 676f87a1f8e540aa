//! The sign-in as nearly all of them go: a person, in the browser that started, without a session yet.
//! One write redeems the code and begins the session, if everything is as it was when the response was
//! accepted. Whatever is not so goes the way of [`super::redeem`], which looks at everything anew.

use model::{EventKind, TeamSlug, Timestamp, paths};
use store::Tx;
use store::attempts::{Attempt, AttemptStatus};
use store::sign_in_steps::RedeemedCode;
use store::teams::Team;

use super::SignInError;
use super::interstitial::BrowserCredentials;
use super::recorder::AttemptRecorder;
use super::redeem_rules::{RedeemOutcome, RedeemTrigger, next_page, redeem_rejection, session_end};
use super::timeline::passed;
use crate::cookies::{self, Cookie};
use crate::{Services, Token, vendor_roles};

/// A session that only waits for its code to be used up.
pub(super) struct FastPath<'a> {
    services: &'a Services,
    attempt: &'a Attempt,
    code_hash: &'a [u8],
    by: RedeemTrigger,
    token: Token,
    now: Timestamp,
    expires_at: Timestamp,
}

impl<'a> FastPath<'a> {
    /// None where there is more to decide than whether the code is still good.
    pub(super) fn of(
        services: &'a Services,
        team: &Team,
        attempt: &'a Attempt,
        code_hash: &'a [u8],
        browser: &BrowserCredentials<'_>,
        by: RedeemTrigger,
    ) -> Option<Self> {
        let now = services.now();
        let is_usable = attempt.status == AttemptStatus::Verified && attempt.is_code_usable(now);
        let is_of_person = attempt.person_id.is_some() && !attempt.is_test;
        let has_session = browser.person.is_some();
        // groups may give a role in support, whose session is an account's
        let may_be_support = !vendor_roles::group_roles(team).is_empty();
        if !by.may_redeem(attempt)
            || !is_usable
            || !is_of_person
            || has_session
            || may_be_support
            || redeem_rejection(team, attempt, browser.browser).is_some()
        {
            return None;
        }
        let (token, expires_at) = (Token::new(&*services.random), session_end(services, attempt, now));
        Some(Self { services, attempt, code_hash, by, token, now, expires_at })
    }

    /// Uses the code up, and begins the session. `false`: nothing was written.
    pub(super) async fn begin(&self, tx: &Tx) -> Result<bool, SignInError> {
        let redeemed = RedeemedCode {
            team: self.attempt.team_id,
            code_hash: self.code_hash,
            token_hash: self.token.hash(),
            expires_at: self.expires_at,
            events: &[passed(self.by.event()), passed(EventKind::SessionCreated)],
            now: self.now,
        };
        AttemptRecorder::record_redeemed(tx, redeemed).await
    }

    /// What the browser gets, once that is committed.
    pub(super) fn redeemed(&self, slug: &TeamSlug, takes_sign_ins: bool) -> RedeemOutcome {
        let reference = &self.attempt.reference;
        tracing::Span::current().record("reference", reference);
        tracing::info!(team = %slug, reference, "signed in");
        RedeemOutcome::SignedIn {
            cookie: cookies::set(self.services, Cookie::PersonSession, &self.token, self.expires_at - self.now),
            next: next_page(self.attempt, paths::ME, takes_sign_ins),
        }
    }
}
