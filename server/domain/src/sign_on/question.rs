//! The page that asks before it makes a session: where nothing ties the response to the
//! browser that brings it, and where the browser has the session of somebody else.
//!
//! Otherwise whoever can have an identity provider of theirs answer at once could make a
//! stranger's browser go on as a person of theirs, and read what is typed then (login CSRF).
//! The code of the address is given up for another one, which only the page's buttons send.

use chrono::TimeDelta;
use model::FindingCode;
use model::ids::PersonId;
use model::sign_on::Profile;
use store::attempts::{self, Attempt, AttemptStatus, ReplacementCode};
use store::people;
use store::teams::{self, Team};
use store::{Tx, support_accounts};

use super::complete::{in_this_browser, not_known, not_working};
use super::findings::Told;
use super::refuse::{Refusing, overrule};
use super::staff::{gives_role, profile_of};
use super::timeline::Record;
use super::unknown::refuse_unknown;
use super::{SignOnError, team_of};
use crate::cookies::{self, Cookie};
use crate::{Actor, Services, Token, token};

/// How long the page may wait for its button.
pub(super) const DECISION_LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// What a browser brings that comes for a session.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    /// Its attempt cookie.
    pub browser: Option<&'a str>,
    /// The cookie of a person's session.
    pub person: Option<&'a str>,
    /// The account that is signed in, if one is, and from where it comes.
    pub actor: &'a Actor,
}

/// Somebody whose session a browser has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
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
    /// Whose session would end.
    pub instead_of: Option<Present>,
    /// What the buttons send.
    pub code: String,
    /// The `Set-Cookie` value that binds the code to this browser.
    pub cookie: String,
}

/// Whose session the sign-in would take the place of, if they are somebody else.
pub(super) async fn somebody_else(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    visitor: &Visitor<'_>,
) -> Result<Option<Present>, SignOnError> {
    let Some(comes) = attempt.person_id else { return Ok(None) };
    if gives_role(team, attempt)? {
        return other_account(tx, comes, visitor.actor).await;
    }
    let Some(token) = visitor.person else { return Ok(None) };
    let present = people::by_session(tx, &token::hash(token), services.now()).await?;
    let Some(present) = present.filter(|present| present.id != comes) else { return Ok(None) };
    let team = teams::by_id(tx, present.team_id).await?;
    Ok(Some(Present {
        name: present.profile.email.map_or(present.name_id, |email| email.to_string()),
        team: team.map(|team| (team.name, team.slug.to_string())),
    }))
}

/// The account that is signed in, unless it is the person's own.
async fn other_account(tx: &Tx, comes: PersonId, actor: &Actor) -> Result<Option<Present>, SignOnError> {
    let Some(account) = actor.signed_in() else { return Ok(None) };
    let own = support_accounts::by_person(tx, comes).await?;
    let is_own = own.is_some_and(|own| own.account_id() == account.id);
    Ok((!is_own).then(|| Present { name: account.email.to_string(), team: None }))
}

/// Gives a code up for one that the page's buttons send. `None`: it was given up before.
pub(super) async fn question(
    services: &Services,
    tx: &Tx,
    team: &Team,
    attempt: &Attempt,
    browser: Option<&str>,
    instead_of: Option<Present>,
) -> Result<Option<Interstitial>, SignOnError> {
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
        profile: profile_of(attempt)?,
        name_id: attempt.name_id.clone().unwrap_or_default(),
        team_name: team.name.clone(),
        instead_of,
        code: button.reveal().to_owned(),
        cookie: cookies::set(services, Cookie::Browser, &browser, DECISION_LIFETIME),
    }))
}

/// The person stays who they are: the code is used up, and no session changes. Only the
/// browser that was asked can say so.
pub async fn decline(services: &Services, slug: &str, code: &str, visitor: &Visitor<'_>) -> Result<(), SignOnError> {
    let Some((team, _)) = team_of(services, slug).await? else { return Err(refuse_unknown(services, slug)) };
    let tx = services.db.begin().await?;
    let attempt = attempts::by_code(&tx, team.team_id(), &token::hash(code)).await?;
    let Some(attempt) = attempt.filter(|attempt| attempt.awaits_answer) else {
        return Err(not_known(services, tx, &team).await);
    };
    if attempt.status != AttemptStatus::Verified || !attempt.is_code_usable(services.now()) {
        return Err(not_working(services, tx, &team, &attempt).await);
    }
    let told = Told::of(in_this_browser(&attempt, visitor.browser).err().unwrap_or(FindingCode::Declined));
    let refusing = Refusing::of(told, Record::default());
    match overrule(services, tx, &team, &attempt, AttemptStatus::Verified, refusing).await {
        SignOnError::Refused(refusal) if refusal.code == FindingCode::Declined => Ok(()),
        refused => Err(refused),
    }
}
