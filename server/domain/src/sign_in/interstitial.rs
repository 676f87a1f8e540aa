//! The interstitial: the page that asks before it makes a session. It stands where nothing ties
//! the response to the browser that brings it (IdP-initiated sign-ins, such as the My Apps tile of
//! a team without a Sign on URL), and where the browser has the session of somebody else.
//!
//! Without it, an attacker with an identity provider of their own could sign a victim's browser in as the
//! attacker's person, and later read what the victim enters there (login CSRF).
//! The code of the address is exchanged for another one, which only the page's buttons send.

use chrono::TimeDelta;
use model::ids::PersonId;
use model::sign_in::Profile;
use model::{EventKind, FindingCode};
use store::attempt_events::AttemptStage;
use store::attempts::{self, Attempt, AttemptStatus, ReplacementCode};
use store::people;
use store::teams::{self, Team};
use store::{Tx, support_accounts};

use super::SignInError;
use super::attempt::{ended_by, is_idp_initiated, profile_in};
use super::finding::Finding;
use super::one_time_code::{check_browser, reject_spent_code, reject_unknown_code};
use super::recorder::{AttemptRecorder, AttemptRejection};
use super::support_account::gives_support_role;
use super::team::{SignInTeam, team_at_address};
use super::timeline::{Timeline, passed};
use crate::cookies::{self, Cookie};
use crate::{Actor, Services, Token, token};

/// How long the page may wait for its button.
const DECISION_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// The cookies and the account of a browser that redeems a code.
#[derive(Clone, Copy, Debug)]
pub struct BrowserCredentials<'a> {
    /// Its attempt cookie.
    pub browser: Option<&'a str>,
    /// The cookie of a person's session.
    pub person: Option<&'a str>,
    /// The account that is signed in, if one is, and from where it comes.
    pub actor: &'a Actor,
}

/// The session that a browser has already, of somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingSession {
    /// The e-mail address, or the name identifier where there is none.
    pub name: String,
    /// For a person: their team, by name and slug.
    pub team: Option<(String, String)>,
}

/// The page that asks: who, into what, and the code that its buttons send.
#[derive(Clone, Debug)]
pub struct Interstitial {
    /// Who is about to be signed in.
    pub profile: Profile,
    /// The name identifier.
    pub name_id: String,
    /// The team's name.
    pub team_name: String,
    /// The session that would end.
    pub replaces: Option<ExistingSession>,
    /// What the buttons send.
    pub code: String,
    /// The `Set-Cookie` value that binds the code to this browser.
    pub cookie: String,
}

/// Opens the page for an IdP-initiated sign-in. The address works once, for a minute, and gives
/// this browser a second code; only the button that sends it makes the session.
#[tracing::instrument(skip_all, fields(team = tracing::field::Empty, reference = tracing::field::Empty))]
pub async fn open_interstitial(
    services: &Services,
    slug: &str,
    code: &str,
    browser: &BrowserCredentials<'_>,
) -> Result<Interstitial, SignInError> {
    let SignInTeam { team, .. } = team_at_address(services, slug).await?;
    let tx = services.db.begin().await?;
    let attempt = attempts::by_code(&tx, team.team_id(), &token::hash(code)).await?;
    let Some(attempt) = attempt.filter(|attempt| is_idp_initiated(attempt) && !attempt.awaits_answer) else {
        return Err(reject_unknown_code(services, tx, &team).await);
    };
    tracing::Span::current().record("reference", &attempt.reference);
    if ended_by(&attempt).is_some() || !attempt.is_code_usable(services.now()) {
        return Err(reject_spent_code(services, tx, &team, &attempt).await);
    }
    let replaces = other_session(services, &tx, &team, &attempt, browser).await?;
    let Some(page) = exchange_code(services, &tx, &team, &attempt, browser.browser, replaces).await? else {
        // another request at the same time has exchanged it
        return Err(reject_unknown_code(services, tx, &team).await);
    };
    store::commit(tx).await?;
    Ok(page)
}

/// Asks before a sign-in replaces somebody else's session, in the transaction that found it.
pub(super) async fn ask_before_replacing(
    services: &Services,
    tx: Tx,
    team: &Team,
    attempt: &Attempt,
    browser: &BrowserCredentials<'_>,
    existing: ExistingSession,
) -> Result<Interstitial, SignInError> {
    let Some(page) = exchange_code(services, &tx, team, attempt, browser.browser, Some(existing)).await? else {
        return Err(reject_unknown_code(services, tx, team).await);
    };
    let timeline = Timeline::of_event(passed(EventKind::InterstitialShown));
    AttemptRecorder::new(services, team).append(&tx, attempt, AttemptStage::End, timeline).await?;
    store::commit(tx).await?;
    Ok(page)
}

/// The session that the sign-in would replace, if it is somebody else's.
pub(super) async fn other_session(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    browser: &BrowserCredentials<'_>,
) -> Result<Option<ExistingSession>, SignInError> {
    let Some(person) = attempt.person_id else { return Ok(None) };
    if gives_support_role(team, attempt)? {
        return other_account(tx, person, browser.actor).await;
    }
    let Some(token) = browser.person else { return Ok(None) };
    let signed_in = people::by_session(tx, &token::hash(token), services.now()).await?;
    let Some(signed_in) = signed_in.filter(|signed_in| signed_in.id != person) else { return Ok(None) };
    let team = teams::by_id(tx, signed_in.team_id).await?;
    Ok(Some(ExistingSession {
        name: signed_in.profile.email.map_or(signed_in.name_id, |email| email.to_string()),
        team: team.map(|team| (team.name, team.slug.to_string())),
    }))
}

/// The account that is signed in, unless it is the person's own.
async fn other_account(tx: &Tx, person: PersonId, actor: &Actor) -> Result<Option<ExistingSession>, SignInError> {
    let Some(account) = actor.signed_in_account() else { return Ok(None) };
    let own = support_accounts::by_person(tx, person).await?;
    let is_own = own.is_some_and(|own| own.account_id() == account.id);
    Ok((!is_own).then(|| ExistingSession { name: account.email.to_string(), team: None }))
}

/// Exchanges a code for one that the page's buttons send. `None`: it was exchanged before.
async fn exchange_code(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    browser: Option<&str>,
    replaces: Option<ExistingSession>,
) -> Result<Option<Interstitial>, SignInError> {
    let Some(code_hash) = &attempt.code_hash else { return Ok(None) };
    let browser = browser.and_then(Token::from_browser).unwrap_or_else(|| Token::new(&*services.random));
    let button = Token::new(&*services.random);
    let next = ReplacementCode {
        code_hash: button.hash(),
        expires_at: services.now() + DECISION_LIFETIME,
        browser_hash: browser.hash(),
    };
    if !attempts::replace_code(tx, team.team_id(), code_hash, next).await? {
        return Ok(None);
    }
    Ok(Some(Interstitial {
        profile: profile_in(attempt)?,
        name_id: attempt.name_id.clone().unwrap_or_default(),
        team_name: team.name.clone(),
        replaces,
        code: button.reveal().to_owned(),
        cookie: cookies::set(services, Cookie::SignInBrowser, &browser, DECISION_LIFETIME),
    }))
}

/// The person keeps the session that they have: the code is used up, and no session changes. Only
/// the browser that was asked can say so.
#[tracing::instrument(skip_all, fields(team = tracing::field::Empty, reference = tracing::field::Empty))]
pub async fn decline(
    services: &Services,
    slug: &str,
    code: &str,
    browser: &BrowserCredentials<'_>,
) -> Result<(), SignInError> {
    let SignInTeam { team, .. } = team_at_address(services, slug).await?;
    let tx = services.db.begin().await?;
    let attempt = attempts::by_code(&tx, team.team_id(), &token::hash(code)).await?;
    let Some(attempt) = attempt.filter(|attempt| attempt.awaits_answer) else {
        return Err(reject_unknown_code(services, tx, &team).await);
    };
    tracing::Span::current().record("reference", &attempt.reference);
    if attempt.status != AttemptStatus::Verified || !attempt.is_code_usable(services.now()) {
        return Err(reject_spent_code(services, tx, &team, &attempt).await);
    }
    let code = check_browser(&attempt, browser.browser).err().unwrap_or(FindingCode::InterstitialDeclined);
    let rejection = AttemptRejection::new(Finding::new(code), Timeline::default());
    let recorder = AttemptRecorder::new(services, &team);
    match recorder.reject_verified(tx, &attempt, AttemptStatus::Verified, rejection).await {
        SignInError::Rejected(rejected) if rejected.code == FindingCode::InterstitialDeclined => Ok(()),
        error => Err(error),
    }
}
