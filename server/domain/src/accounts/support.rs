//! The vendor's own accounts: the first one, and those made at the command line.

use chrono::TimeDelta;
use model::AuditAction;
use model::{EmailAddress, FieldProblem, Role, SupportRole, paths};
use store::accounts::Account;
use store::tokens::OneTimeToken;
use store::{ConnectionTrait, accounts, teams, tokens};

use super::session::{self, Proof, SignedIn};
use super::{check_credentials, look_up};
use crate::audit::Event;
use crate::{Action, Actor, Error, Services, Token, audit, token};

const FIRST_SUPPORT: &str = "first_support";
const LINK_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// A one-time link that creates the first support account; `None` once there is one. Links
/// made before stop working.
pub async fn first_support_link(services: &Services) -> Result<Option<String>, Error> {
    let tx = services.db.begin().await?;
    if !accounts::support(&tx).await?.is_empty() {
        return Ok(None);
    }
    tokens::withdraw(&tx, FIRST_SUPPORT, None).await?;
    let token = Token::new(&*services.random);
    let now = services.now();
    let row = OneTimeToken {
        token_hash: token.hash(),
        purpose: FIRST_SUPPORT.to_owned(),
        account_id: None,
        created_at: now,
        expires_at: now + LINK_LIFETIME,
    };
    tokens::insert(&tx, row).await?;
    store::commit(tx).await?;
    Ok(Some(services.settings.urls.account(&paths::first_support_account(token.reveal()))))
}

/// Whether that link still works.
pub async fn first_support_open(services: &Services, actor: &Actor, token: &str) -> Result<bool, Error> {
    let hash = token::hash(token);
    let found = tokens::peek(services.db.connection(), &hash, FIRST_SUPPORT, services.now());
    Ok(look_up(services, actor, token, found).await?.is_some())
}

/// Creates the first support account, an administrator, and signs it in.
pub async fn create_first_support(
    services: &Services,
    actor: &Actor,
    token: &str,
    email: &str,
    password: &str,
) -> Result<SignedIn, Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let token_hash = token::hash(token);
    let found = tokens::peek(services.db.connection(), &token_hash, FIRST_SUPPORT, services.now());
    look_up(services, actor, token, found).await?.ok_or_else(expired)?;
    let email = check_credentials(services, email, password).await?;
    let hash = services.passwords.hash(&*services.random, password).await?;
    let tx = services.db.begin().await?;
    tokens::consume(&tx, &token_hash, FIRST_SUPPORT, services.now()).await?.ok_or_else(expired)?;
    if !accounts::support(&tx).await?.is_empty() {
        return Err(expired());
    }
    let account = insert(services, &tx, &email, hash, Some(SupportRole::Administrator)).await?;
    audit::record(
        services,
        &tx,
        actor,
        Event::vendor(AuditAction::FirstSupportCreated).detail(Some(email.to_string())),
    )
    .await?;
    let signed_in = session::begin(services, &tx, &account, &actor.origin, Proof::Password).await?;
    store::commit(tx).await?;
    Ok(signed_in)
}

/// Creates a confirmed account at the command line; with a role, one of support's; with a
/// team, one of its owners.
///
/// # Errors
/// [`Error::Invalid`] if the address has an account, or the password is refused.
pub async fn create_account(
    services: &Services,
    email: &str,
    password: &str,
    role: Option<SupportRole>,
    team: Option<&str>,
) -> Result<(), Error> {
    let email = check_credentials(services, email, password).await?;
    let hash = services.passwords.hash(&*services.random, password).await?;
    let tx = services.db.begin().await?;
    let account = insert(services, &tx, &email, hash, role).await?;
    let team = match team {
        Some(slug) => Some(Actor::command_line().team(&tx, slug, Action::View).await?.0.team_id()),
        None => None,
    };
    if let Some(team) = team {
        teams::add_member(&tx, team, account.account_id(), Role::Owner, services.now()).await?;
    }
    audit::record(
        services,
        &tx,
        &Actor::command_line(),
        Event::of(team, AuditAction::AccountCreated).detail(Some(email.to_string())),
    )
    .await?;
    Ok(store::commit(tx).await?)
}

async fn insert(
    services: &Services,
    tx: &impl ConnectionTrait,
    email: &EmailAddress,
    password_hash: String,
    role: Option<SupportRole>,
) -> Result<Account, Error> {
    let now = services.now();
    let account = Account {
        id: services.uuid(),
        email: email.to_string(),
        password_hash,
        email_verified_at: Some(now),
        support_role: role.map(|role| role.as_str().to_owned()),
        created_at: now,
        deactivated_at: None,
        person_id: None,
    };
    match accounts::insert(tx, account.clone()).await {
        Ok(()) => Ok(account),
        Err(store::Error::Exists) => Err(Error::field("email", FieldProblem::AccountExists)),
        Err(error) => Err(error.into()),
    }
}
