//! The way in for somebody who knows their work e-mail address and no Sign on URL: it is mailed to the
//! address. The page says the same to everybody, so nobody learns from it who is a customer, and nobody is
//! sent to the identity provider of a team that merely claims their address.

use model::{EmailAddress, TeamStatus};
use store::teams::{self, Team};
use store::{ConnectionTrait, attempts};

use crate::accounts::{check_email, with_minimum_duration};
use crate::mail::{self, Message, SignOnTeam};
use crate::throttling::{self, AccountThrottle, ThrottledAction};
use crate::{Actor, Error, Services};

/// So many teams are named in a mail.
const MAX_TEAMS: u64 = 10;

/// Mails the Sign on URL of each team where somebody with this address has signed in, if there is one.
///
/// # Errors
/// [`Error::Invalid`] for what is no address; [`Error::TooManyRequests`].
#[tracing::instrument(skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn mail_sign_on_urls(services: &Services, actor: &Actor, email: &str) -> Result<(), Error> {
    let email = check_email(email).map_err(|problem| Error::field("hint", problem))?;
    let counted = AccountThrottle::of(services, actor, email.as_str(), None).await?;
    throttling::count_attempt(services, ThrottledAction::Mail, &counted.keys()).await?;
    with_minimum_duration(enqueue(services, &email)).await
}

async fn enqueue(services: &Services, email: &EmailAddress) -> Result<(), Error> {
    let teams = teams_of(services.db.connection(), email).await?;
    if teams.is_empty() {
        return Ok(());
    }
    let url = |team: &Team| services.settings.urls.endpoints(&team.slug).sign_on_url;
    let teams = teams.iter().map(|team| SignOnTeam { name: team.name.clone(), sign_on_url: url(team) }).collect();
    let tx = services.db.begin().await?;
    mail::enqueue(services, &tx, email.as_str(), &Message::SignOnUrls { teams }).await?;
    Ok(store::commit(tx).await?)
}

/// The active teams where the address has signed in, as far back as sign-ins are kept.
async fn teams_of(db: &impl ConnectionTrait, email: &EmailAddress) -> Result<Vec<Team>, Error> {
    let found = attempts::teams_of_subject(db, email.as_str(), MAX_TEAMS).await?;
    let mut teams = teams::by_ids(db, found).await?;
    teams.retain(|team| team.status == TeamStatus::Active);
    teams.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(teams)
}
