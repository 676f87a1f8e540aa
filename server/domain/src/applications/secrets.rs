//! Secrets of applications: shown once, kept hashed, and two of them while one takes the other's place.

use std::fmt;

use chrono::TimeDelta;
use model::ids::ApplicationSecretId;
use model::{AuditAction, FieldProblem};
use store::applications::{self, Application, ApplicationSecret};

use super::by_client_id;
use crate::audit::{self, NewAuditEvent};
use crate::{Action, Actor, Error, Services, Token, token};

/// The most secrets that work at a time.
const MAX_SECRETS: usize = 2;
/// What every secret begins with, so that scanners of code find it.
const PREFIX: &str = "sso_secret_";
/// How exactly it is known when a secret was last used.
const LAST_USED_PRECISION: TimeDelta = TimeDelta::hours(1);

/// A secret that was just made: for whoever asked, and nobody else.
#[derive(Clone)]
pub struct NewSecret {
    token: Token,
    text: String,
}

impl NewSecret {
    fn of(token: Token) -> Self {
        Self { text: format!("{PREFIX}{}", token.reveal()), token }
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What is secret in it: for the cookie by which the next page shows it ([`new_secret`]).
    #[must_use]
    pub const fn token(&self) -> &Token {
        &self.token
    }
}

impl fmt::Debug for NewSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewSecret(…)")
    }
}

/// Creates a secret. Those before go on working, or for `others_end_after` from now.
///
/// # Errors
/// [`Error::Invalid`] if the application is a public client, or has two that work.
#[tracing::instrument(name = "applications.create_secret", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn create_secret(
    services: &Services,
    actor: &Actor,
    client_id: &str,
    others_end_after: Option<TimeDelta>,
) -> Result<NewSecret, Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let (tx, now) = (services.db.begin().await?, services.now());
    let application = by_client_id(&tx, client_id).await?;
    if !application.kind.is_confidential() {
        return Err(Error::form(FieldProblem::PublicClientWithoutSecret));
    }
    let others = applications::secrets(&tx, application.id, now).await?;
    // all but the newest make room
    for (number, secret) in others.iter().enumerate() {
        if let Some(after) = others_end_after {
            applications::expire_secret(&tx, secret.id, now + after).await?;
        } else if number + 1 >= MAX_SECRETS {
            return Err(Error::form(FieldProblem::TooManySecrets { max: MAX_SECRETS }));
        }
    }
    if others_end_after.is_some() {
        for secret in others.iter().skip(MAX_SECRETS - 1) {
            applications::delete_secret(&tx, application.id, secret.id).await?;
        }
    }
    let secret = NewSecret::of(Token::new(&*services.random));
    let hint = secret.text.chars().skip(secret.text.len().saturating_sub(4)).collect();
    let row = ApplicationSecret {
        id: services.uuid().into(),
        application_id: application.id,
        secret_hash: token::hash(&secret.text),
        hint,
        created_at: now,
        expires_at: None,
        last_used_at: None,
    };
    let event = NewAuditEvent::vendor(AuditAction::ApplicationSecretCreated).target(client_id);
    audit::record(services, &tx, actor, event.detail(format!("…{}", row.hint))).await?;
    applications::insert_secret(&tx, row).await?;
    store::commit(tx).await?;
    Ok(secret)
}

/// The secret that this browser just created for the application, if it did: its cookie carries what is
/// secret in it, and nothing here keeps it.
#[tracing::instrument(name = "applications.new_secret", level = "debug", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn new_secret(
    services: &Services,
    actor: &Actor,
    client_id: &str,
    cookie: &str,
) -> Result<Option<NewSecret>, Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let db = services.db.connection();
    let application = by_client_id(db, client_id).await?;
    let Some(secret) = Token::from_browser(cookie).map(NewSecret::of) else { return Ok(None) };
    let hash = token::hash(&secret.text);
    let secrets = applications::secrets(db, application.id, services.now()).await?;
    Ok(secrets.iter().any(|known| known.secret_hash == hash).then_some(secret))
}

/// Deletes a secret: whoever uses it is refused from now on.
#[tracing::instrument(name = "applications.delete_secret", skip_all, fields(actor.kind = actor.kind().as_str()))]
pub async fn delete_secret(services: &Services, actor: &Actor, client_id: &str, secret: &str) -> Result<(), Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let tx = services.db.begin().await?;
    let application = by_client_id(&tx, client_id).await?;
    let id: ApplicationSecretId = secret.parse().map_err(|_| Error::NotFound)?;
    let secrets = applications::secrets(&tx, application.id, services.now()).await?;
    let hint = secrets.into_iter().find(|secret| secret.id == id).map(|secret| format!("…{}", secret.hint));
    if !applications::delete_secret(&tx, application.id, id).await? {
        return Err(Error::NotFound);
    }
    let event = NewAuditEvent::vendor(AuditAction::ApplicationSecretDeleted).target(client_id).detail(hint);
    audit::record(services, &tx, actor, event).await?;
    Ok(store::commit(tx).await?)
}

/// Whether this is a secret of the application that works now. Notes its use, to the hour.
pub(crate) async fn is_secret_of(
    services: &Services,
    application: &Application,
    presented: &str,
) -> Result<bool, Error> {
    let (db, now) = (services.db.connection(), services.now());
    let hash = token::hash(presented);
    let secrets = applications::secrets(db, application.id, now).await?;
    // hashes of 256 random bits: comparing them tells nothing about the secret
    let Some(secret) = secrets.into_iter().find(|secret| secret.secret_hash == hash) else { return Ok(false) };
    if secret.last_used_at.is_none_or(|used| used + LAST_USED_PRECISION < now) {
        applications::secret_used(&services.db.autocommit(), secret.id, now).await?;
    }
    Ok(true)
}
