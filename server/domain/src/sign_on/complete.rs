//! The account host redeems the one-time code: once, within a minute, and only from the
//! browser that started the attempt. That is what stops login CSRF and stolen responses
//! without any `SameSite=None` cookie.

use model::ids::PersonId;
use model::{EventKind, FindingCode, Reference, TeamSlug, TeamStatus, Timestamp, Verdict};
use store::attempts::{self, Attempt, AttemptStatus};
use store::people::{self, PersonSession};
use store::teams::{self, Team};
use store::{Tx, account_sessions};
use subtle::ConstantTimeEq as _;

use super::findings::Told;
use super::idp_initiated::is_unasked;
use super::overtaken::{Basis, overtaken};
use super::question::{Interstitial, Present, Visitor, question, somebody_else};
use super::refuse::{Refusing, overrule, refuse_stray};
use super::staff::{self, Standing};
use super::timeline::{Record, noted, passed};
use super::unknown::refuse_unknown;
use super::{MOST_EVENTS, SignOnError, team_of};
use crate::cookies::{self, Cookie};
use crate::{Error, Internal, Services, Token, token};

/// Where the vendor's staff goes.
const SUPPORT: &str = "/support";

/// What came of a sign-in.
#[derive(Clone, Debug)]
pub enum Completed {
    /// A session.
    SignedIn {
        /// The `Set-Cookie` value that carries it.
        cookie: String,
        /// Where to go.
        next: String,
    },
    /// A test, whose report is on the team's pages.
    Tested(TeamSlug, Reference),
    /// Nothing yet: the browser has the session of somebody else, so the person is asked.
    Asked(Box<Interstitial>),
}

/// How a code comes to be redeemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// By the address that the Reply URL sends the browser to.
    ByAddress,
    /// By the button of the page that asks first.
    ByButton,
}

impl Redeemed {
    /// What nobody here asked for needs the button, and only a page that asked has one.
    fn fits(self, attempt: &Attempt) -> bool {
        match self {
            Self::ByAddress => !is_unasked(attempt) && !attempt.awaits_answer,
            Self::ByButton => attempt.awaits_answer,
        }
    }
}

/// Redeems a code.
pub async fn complete(
    services: &Services,
    slug: &str,
    code: &str,
    visitor: &Visitor<'_>,
    how: Redeemed,
) -> Result<Completed, SignOnError> {
    let Some((team, known)) = team_of(services, slug).await? else { return Err(refuse_unknown(services, slug)) };
    let tx = services.db.begin().await?;
    // as it is now: it may have been suspended in the seconds since the response was verified
    let team = teams::lock_shared(&tx, team.team_id()).await?.ok_or(Error::NotFound)?;
    let code_hash = token::hash(code);
    let now = services.now();
    let attempt = attempts::by_code(&tx, team.team_id(), &code_hash).await?;
    let Some(attempt) = attempt.filter(|attempt| how.fits(attempt)) else {
        return Err(not_known(services, tx, &team).await);
    };
    if is_signed_out(&attempt) {
        return Err(not_working(services, tx, &team, &attempt).await);
    }
    let objection = objection(&team, &attempt, visitor.browser);
    if how == Redeemed::ByAddress
        && objection.is_none()
        && attempt.is_code_usable(now)
        && let Some(present) = somebody_else(services, &tx, &team, &attempt, visitor).await?
    {
        return ask_first(services, tx, &team, &attempt, visitor, present).await;
    }
    if !attempt.is_code_usable(now) || !attempts::redeem_code(&tx, team.team_id(), &code_hash, now).await? {
        return Err(not_working(services, tx, &team, &attempt).await);
    }
    let mut record = Record::of(passed(match how {
        Redeemed::ByAddress => EventKind::CodeRedeemed,
        Redeemed::ByButton => EventKind::Confirmed,
    }));
    if let Some(code) = objection {
        let refusing = Refusing::of(Told::of(code), Record::default());
        return Err(overrule(services, tx, &team, &attempt, AttemptStatus::Succeeded, refusing).await);
    }
    let Some(person) = attempt.person_id else {
        record.add(passed(EventKind::TestPassed));
        record.write(services, &tx, &attempt).await?;
        store::commit(tx).await?;
        return Ok(Completed::Tested(known, Reference::from_stored(attempt.reference)));
    };
    if let Some(told) = overtaken(services, &tx, &team, &attempt, &Basis::of_attempt(&attempt)?).await? {
        return Err(overrule(services, tx, &team, &attempt, AttemptStatus::Succeeded, Refusing::of(told, record)).await);
    }
    let standing = staff::standing(services, &tx, &team, &attempt, person, &visitor.actor.origin).await?;
    let (cookie, home) = match standing {
        Standing::Refused(told) => {
            let refusing = Refusing::of(told, record);
            return Err(overrule(services, tx, &team, &attempt, AttemptStatus::Succeeded, refusing).await);
        }
        Standing::Staff(cookie) => {
            if let Some(before) = visitor.actor.signed_in() {
                account_sessions::delete(&tx, &before.session_hash).await?;
            }
            (cookie, SUPPORT)
        }
        Standing::Person => {
            if let Some(before) = visitor.person {
                people::delete_session(&tx, &token::hash(before)).await?;
            }
            (begin_session(services, &tx, &attempt, person, now).await?, "/me")
        }
    };
    let next = attempt.return_to.clone().unwrap_or_else(|| home.to_owned());
    record.add(passed(EventKind::SessionMade));
    record.write(services, &tx, &attempt).await?;
    store::commit(tx).await?;
    tracing::info!(team = %known, reference = attempt.reference, "signed in");
    Ok(Completed::SignedIn { cookie, next })
}

/// The browser has somebody else's session: the person decides.
async fn ask_first(
    services: &Services,
    tx: Tx,
    team: &Team,
    attempt: &Attempt,
    visitor: &Visitor<'_>,
    present: Present,
) -> Result<Completed, SignOnError> {
    let Some(asked) = question(services, &tx, team, attempt, visitor.browser, Some(present)).await? else {
        return Err(not_known(services, tx, team).await);
    };
    Record::of(passed(EventKind::Asked)).write(services, &tx, attempt).await?;
    store::commit(tx).await?;
    Ok(Completed::Asked(Box::new(asked)))
}

/// A code that was never issued, or so long ago that nothing is known of it.
pub(super) async fn not_known(services: &Services, tx: Tx, team: &Team) -> SignOnError {
    // SQLite lets one at a time write
    if let Err(error) = store::commit(tx).await {
        return error.into();
    }
    let refusing = Refusing::of(Told::of(FindingCode::CodeExpired), Record::default());
    refuse_stray(services, team, None, refusing).await
}

/// A code whose time is over, which is its attempt's end; or that was used, perhaps a moment
/// ago by a request at the same time: noted on its attempt, whose end it does not change.
pub(super) async fn not_working(services: &Services, tx: Tx, team: &Team, attempt: &Attempt) -> SignOnError {
    if is_signed_out(attempt) {
        return match store::commit(tx).await {
            Ok(()) => SignOnError::of_attempt(FindingCode::SignedOut, team, attempt),
            Err(error) => error.into(),
        };
    }
    let told = Told::of(FindingCode::CodeExpired);
    if attempt.code_used_at.is_none() && attempt.code_expires_at.is_none_or(|end| end <= services.now()) {
        return overrule(services, tx, team, attempt, AttemptStatus::Verified, Refusing::of(told, Record::default()))
            .await;
    }
    let noted = async {
        if attempt.event_count < MOST_EVENTS {
            let event = noted(EventKind::CodeBrought, Verdict::Noted, told.code, "once more");
            Record::of(event).write(services, &tx, attempt).await?;
        }
        Ok::<_, crate::Error>(store::commit(tx).await?)
    };
    match noted.await {
        Ok(()) => SignOnError::of_attempt(FindingCode::CodeExpired, team, attempt),
        Err(error) => error.into(),
    }
}

/// Whether this is the browser that the attempt's code was given to.
pub(super) fn in_this_browser(attempt: &Attempt, browser: Option<&str>) -> Result<(), FindingCode> {
    let browser = browser.ok_or(FindingCode::CookieMissing)?;
    let same: bool = token::hash(browser).ct_eq(&attempt.browser_hash).into();
    if same { Ok(()) } else { Err(FindingCode::OtherBrowser) }
}

/// Whether a logout ended the sign-in before its code was redeemed.
pub(super) fn is_signed_out(attempt: &Attempt) -> bool {
    attempt.status == AttemptStatus::Failed && attempt.finding_code() == Some(FindingCode::SignedOut)
}

/// Why this browser does not get the session after all.
fn objection(team: &Team, attempt: &Attempt, browser: Option<&str>) -> Option<FindingCode> {
    if let Err(code) = in_this_browser(attempt, browser) {
        return Some(code);
    }
    let refused = !attempt.is_test && team.status != TeamStatus::Active;
    refused.then_some(FindingCode::TeamNotActive)
}

async fn begin_session(
    services: &Services,
    tx: &Tx,
    attempt: &Attempt,
    person: PersonId,
    now: Timestamp,
) -> Result<String, SignOnError> {
    let longest = now + services.settings.person_session_lifetime;
    let expires_at = attempt.session_not_after.map_or(longest, |wanted| wanted.min(longest));
    let token = Token::new(&*services.random);
    // a verified attempt has both
    let unfinished = || Error::Internal(Internal::UnfinishedAttempt);
    let session = PersonSession {
        token_hash: token.hash(),
        team_id: attempt.team_id,
        person_id: person,
        created_at: now,
        expires_at,
        name_id: attempt.name_id.clone().ok_or_else(unfinished)?,
        name_id_format: attempt.name_id_format.clone(),
        name_qualifier: attempt.name_qualifier.clone(),
        sp_name_qualifier: attempt.sp_name_qualifier.clone(),
        session_index: attempt.session_index.clone(),
        revision_id: attempt.revision_id.ok_or_else(unfinished)?,
    };
    people::insert_session(tx, session).await?;
    Ok(cookies::set(services, Cookie::Person, &token, expires_at - now))
}
