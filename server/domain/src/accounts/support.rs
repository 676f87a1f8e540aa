//! The vendor's own accounts: the first one, and those made at the command line.

use chrono::TimeDelta;
use model::AuditAction;
use model::{EmailAddress, FieldProblem, Role, SupportRole};
use store::accounts::Account;
use store::one_time_tokens::{OneTimeToken, TokenPurpose, TokenSubject};
use store::{ConnectionTrait, accounts, one_time_tokens, support_accounts, teams};

use super::session::{self, Proof, SignedIn};
use super::{check_credentials, look_up};
use crate::audit::Event;
use crate::{Action, Actor, Error, Services, Token, audit, token};

const LINK_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// A one-time link that creates the first support account; `None` once there is one. Links
/// made before stop working.
pub async fn first_support_link(services: &Services) -> Result<Option<String>, Error> {
    let tx = services.db.begin().await?;
    if !support_accounts::with_role(&tx).await?.is_empty() {
        return Ok(None);
    }
    one_time_tokens::withdraw(&tx, TokenPurpose::CreateFirstSupport, TokenSubject::Nobody, None).await?;
    let token = Token::new(&*services.random);
    let now = services.now();
    let row = OneTimeToken {
        token_hash: token.hash(),
        purpose: TokenPurpose::CreateFirstSupport,
        subject: TokenSubject::Nobody,
        created_at: now,
        expires_at: now + LINK_LIFETIME,
    };
    one_time_tokens::insert(&tx, row).await?;
    store::commit(tx).await?;
    Ok(Some(services.settings.urls.account(&format!("/support/first?token={}", token.reveal()))))
}

/// Whether that link still works.
pub async fn first_support_open(services: &Services, actor: &Actor, token: &str) -> Result<bool, Error> {
    let hash = token::hash(token);
    let found =
        one_time_tokens::peek(services.db.connection(), &hash, TokenPurpose::CreateFirstSupport, services.now());
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
    let found =
        one_time_tokens::peek(services.db.connection(), &token_hash, TokenPurpose::CreateFirstSupport, services.now());
    look_up(services, actor, token, found).await?.ok_or_else(expired)?;
    let email = check_credentials(services, email, password).await?;
    let hash = services.passwords.hash(&*services.random, password).await?;
    let tx = services.db.begin().await?;
    one_time_tokens::consume(&tx, &token_hash, TokenPurpose::CreateFirstSupport, services.now())
        .await?
        .ok_or_else(expired)?;
    if !support_accounts::with_role(&tx).await?.is_empty() {
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
        id: services.uuid().into(),
        email: email.to_string(),
        password_hash,
        email_verified_at: Some(now),
        support_role: role,
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
