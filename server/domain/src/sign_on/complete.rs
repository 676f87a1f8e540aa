//! The account host redeems the one-time code: once, within a minute, and only from the
//! browser that started the attempt. That is what stops login CSRF and stolen responses
//! without any `SameSite=None` cookie.

use model::ids::PersonId;
use model::{FindingCode, TeamSlug, TeamStatus, Timestamp};
use store::Tx;
use store::attempts::{self, Attempt, Failure};
use store::people::{self, PersonSession};
use store::teams::{self, Team};
use subtle::ConstantTimeEq as _;

use super::SignOnError;
use super::idp_initiated::is_unasked;
use super::staff::{self, Standing};
use crate::cookies::{self, Cookie};
use crate::{Origin, Services, Token, token};

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
    /// A test, whose report is in the team's set-up.
    Tested(TeamSlug),
}

/// How a code comes to be redeemed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// By the address that the Reply URL sends the browser to.
    ByAddress,
    /// By the button of the page that asks first.
    ByButton,
}

/// Redeems a code.
pub async fn complete(
    services: &Services,
    slug: &str,
    code: &str,
    browser: Option<&str>,
    how: Redeemed,
    origin: &Origin,
) -> Result<Completed, SignOnError> {
    let expired = |team| SignOnError::refused(FindingCode::CodeExpired, team);
    let tx = services.db.begin().await?;
    let slug: TeamSlug = slug.parse().map_err(|_| expired(None))?;
    let team = teams::by_slug(&tx, &slug).await?.ok_or_else(|| expired(None))?;
    let code_hash = token::hash(code);
    let now = services.now();
    let attempt = attempts::by_code(&tx, team.team_id(), &code_hash, now).await?.ok_or_else(|| expired(Some(&team)))?;
    // what nobody here asked for needs the button, and only that has one
    if is_unasked(&attempt) != (how == Redeemed::ByButton) {
        return Err(expired(Some(&team)));
    }
    if !attempts::use_code(&tx, team.team_id(), &code_hash).await? {
        return Err(expired(Some(&team)));
    }
    if let Some(code) = objection(&team, &attempt, browser)? {
        return Err(overrule(services, tx, code, &team, &attempt).await);
    }
    let Some(person) = attempt.person_id else {
        store::commit(tx).await?;
        return Ok(Completed::Tested(slug));
    };
    let (cookie, next) = match staff::standing(services, &tx, &team, &attempt, person.into(), origin).await? {
        Standing::Refused(code) => return Err(overrule(services, tx, code, &team, &attempt).await),
        Standing::Staff(cookie) => (cookie, attempt.return_to.unwrap_or_else(|| SUPPORT.to_owned())),
        Standing::Person => {
            let cookie = begin_session(services, &tx, &attempt, person.into(), now).await?;
            (cookie, attempt.return_to.unwrap_or_else(|| "/me".to_owned()))
        }
    };
    store::commit(tx).await?;
    tracing::info!(team = %slug, reference = attempt.reference, "signed in");
    Ok(Completed::SignedIn { cookie, next })
}

/// Ends a verified attempt without a session, and says why.
async fn overrule(services: &Services, tx: Tx, code: FindingCode, team: &Team, attempt: &Attempt) -> SignOnError {
    let done = async {
        attempts::overrule(&tx, team.team_id(), attempt.id.into(), Failure::of(code), services.now()).await?;
        store::commit(tx).await
    };
    if let Err(error) = done.await {
        return error.into();
    }
    tracing::info!(team = team.slug, reference = attempt.reference, finding = code.as_str(), "sign-in refused");
    SignOnError::of_attempt(code, team, attempt)
}

/// Why this browser does not get the session after all.
fn objection(team: &Team, attempt: &Attempt, browser: Option<&str>) -> Result<Option<FindingCode>, SignOnError> {
    let same = browser.is_some_and(|browser| token::hash(browser).ct_eq(&attempt.browser_hash).into());
    if !same {
        return Ok(Some(FindingCode::OtherBrowser));
    }
    // suspended in the seconds since the response was verified
    let refused = !attempt.is_test && team.status()? != TeamStatus::Active;
    Ok(refused.then_some(FindingCode::TeamNotActive))
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
    let session = PersonSession {
        token_hash: token.hash(),
        team_id: attempt.team_id,
        person_id: person.as_uuid(),
        created_at: now,
        expires_at,
        name_id: attempt.name_id.clone(),
        name_id_format: attempt.name_id_format.clone(),
        name_qualifier: attempt.name_qualifier.clone(),
        sp_name_qualifier: attempt.sp_name_qualifier.clone(),
        session_index: attempt.session_index.clone(),
        revision_id: Some(attempt.revision_id),
    };
    people::insert_session(tx, session).await?;
    Ok(cookies::set(services, Cookie::Person, &token, expires_at - now))
}
