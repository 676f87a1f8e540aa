//! The first account of support: created by a one-time link that the portal prints when it
//! starts and nobody of support exists yet.

use chrono::TimeDelta;
use model::{AuditAction, FieldProblem, SupportRole};
use store::one_time_tokens::{OneTimeToken, TokenPurpose, TokenSubject};
use store::{one_time_tokens, support_accounts};

use super::credentials::hash_new_credentials;
use super::mailed_links::find_by_link_token;
use crate::account_creation::insert_account;
use crate::account_sessions::{AuthenticationMethod, NewSession, create_session};
use crate::audit::{self, NewAuditEvent};
use crate::{Actor, Error, Services, Token, token};

const LINK_LIFETIME: TimeDelta = TimeDelta::hours(24);

/// A one-time link that creates the first support account; `None` once there is one. Links
/// created before stop working.
#[tracing::instrument(name = "accounts.first_support_link", skip_all, fields(actor.kind = "portal"))]
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
    Ok(Some(services.settings.urls.account(&model::paths::first_support_account(token.reveal()))))
}

/// Whether that link still works.
#[tracing::instrument(name = "accounts.is_first_support_link_valid", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn is_first_support_link_valid(services: &Services, actor: &Actor, token: &str) -> Result<bool, Error> {
    let hash = token::hash(token);
    let found =
        one_time_tokens::peek(services.db.connection(), &hash, TokenPurpose::CreateFirstSupport, services.now());
    Ok(find_by_link_token(services, actor, token, found).await?.is_some())
}

/// Creates the first support account, an administrator, and signs it in.
#[tracing::instrument(name = "accounts.create_first_support_account", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn create_first_support_account(
    services: &Services,
    actor: &Actor,
    token: &str,
    email: &str,
    password: &str,
) -> Result<NewSession, Error> {
    let expired = || Error::form(FieldProblem::LinkExpired);
    let token_hash = token::hash(token);
    let found =
        one_time_tokens::peek(services.db.connection(), &token_hash, TokenPurpose::CreateFirstSupport, services.now());
    find_by_link_token(services, actor, token, found).await?.ok_or_else(expired)?;
    let (email, hash) = hash_new_credentials(services, email, password).await?;
    let tx = services.db.begin().await?;
    one_time_tokens::consume(&tx, &token_hash, TokenPurpose::CreateFirstSupport, services.now())
        .await?
        .ok_or_else(expired)?;
    if !support_accounts::with_role(&tx).await?.is_empty() {
        return Err(expired());
    }
    let account = insert_account(services, &tx, &email, hash, Some(SupportRole::Administrator)).await?;
    let event = NewAuditEvent::vendor(AuditAction::FirstSupportAccountCreated).detail(Some(email.to_string()));
    audit::record(services, &tx, actor, event).await?;
    let session = create_session(services, &tx, &account, &actor.client, AuthenticationMethod::Password).await?;
    store::commit(tx).await?;
    Ok(session)
}
