//! Introspection (RFC 7662) and revocation (RFC 7009): each application asks about its own tokens only.

use model::ApplicationProblem;
use oidc::{OAuthError, OAuthErrorCode, Parameters};
use serde_json::{Value, json};
use store::applications::Application;
use store::authorizations::{self, Authorization};

use super::authorization_checks::team_of_application;
use super::{ClientError, clients};
use crate::subject_identifiers::subject_for;
use crate::{Error, Services, token};

/// Whether a token works, and what it is. Of a token that does not, or is another application's, nothing
/// else is said.
///
/// # Errors
/// [`ClientError::Refused`] if the application does not authenticate itself, or sends no token.
#[tracing::instrument(name = "openid.introspect", skip_all, fields(client_id = tracing::field::Empty))]
pub async fn introspect(
    services: &Services,
    authorization: Option<&str>,
    form: &Parameters,
) -> Result<Value, ClientError> {
    let application = clients::authenticate(services, authorization, form).await?;
    if !application.kind.is_confidential() {
        // whoever finds a token could ask in a public client's name
        let description = "only a client that authenticates itself may introspect tokens";
        return Err(OAuthError::new(OAuthErrorCode::UnauthorizedClient, description).into());
    }
    let hash = token::hash(required_token(form)?);
    let inactive = json!({ "active": false });
    let (db, now) = (services.db.connection(), services.now());
    if let Some((token, found)) = authorizations::by_access_token(db, &hash, now).await? {
        let times = (token.created_at.timestamp(), token.expires_at.timestamp());
        let shown = shown(services, &application, &found, &token.scopes.to_string(), "Bearer", times).await?;
        return Ok(shown.unwrap_or(inactive));
    }
    if let Some((token, found)) = authorizations::by_refresh_token(db, &hash).await?
        && token.used_at.is_none()
        && token.expires_at > now
        && found.revoked_at.is_none()
    {
        let times = (token.created_at.timestamp(), token.expires_at.timestamp());
        let shown = shown(services, &application, &found, &token.scopes.to_string(), "refresh_token", times).await?;
        return Ok(shown.unwrap_or(inactive));
    }
    Ok(inactive)
}

async fn shown(
    services: &Services,
    application: &Application,
    found: &Authorization,
    scope: &str,
    token_type: &str,
    (issued_at, expires_at): (i64, i64),
) -> Result<Option<Value>, Error> {
    if found.application_id != application.id
        || team_of_application(services.db.connection(), application, found.team_id).await?.is_err()
    {
        return Ok(None);
    }
    let subject = subject_for(services, application, found.person_id).await?;
    Ok(Some(json!({
        "active": true,
        "scope": scope,
        "client_id": application.client_id,
        "token_type": token_type,
        "iat": issued_at,
        "exp": expires_at,
        "sub": subject,
        "aud": application.settings.audience.as_deref().unwrap_or(&application.client_id),
        "iss": services.settings.urls.issuer(),
    })))
}

/// Ends a token: an access token alone, a refresh token with everything of its sign-in. One that is not
/// known is as good as ended (RFC 7009 §2.2).
///
/// # Errors
/// [`ClientError::Refused`] if the application does not authenticate itself, or sends no token.
#[tracing::instrument(name = "openid.revoke", skip_all, fields(client_id = tracing::field::Empty))]
pub async fn revoke(services: &Services, authorization: Option<&str>, form: &Parameters) -> Result<(), ClientError> {
    let application = clients::authenticate(services, authorization, form).await?;
    let hash = token::hash(required_token(form)?);
    let (db, now) = (services.db.autocommit(), services.now());
    if let Some((_, found)) = authorizations::by_access_token(services.db.connection(), &hash, now).await? {
        if found.application_id == application.id {
            authorizations::delete_access_token(&db, &hash).await?;
        }
        return Ok(());
    }
    if let Some((_, found)) = authorizations::by_refresh_token(services.db.connection(), &hash).await?
        && found.application_id == application.id
    {
        authorizations::revoke(&db, found.id, ApplicationProblem::RevokedByApplication, now).await?;
    }
    Ok(())
}

fn required_token(form: &Parameters) -> Result<&str, OAuthError> {
    form.get("token").ok_or_else(|| OAuthError::new(OAuthErrorCode::InvalidRequest, "token is missing"))
}
