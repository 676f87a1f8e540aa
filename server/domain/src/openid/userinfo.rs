//! The userinfo endpoint (OpenID Connect Core §5.3).

use oidc::{OAuthError, OAuthErrorCode, UserinfoClaims};
use serde_json::Value;
use store::applications::{self, Application};
use store::authorizations::{self, AccessToken};
use store::people::{self, Person};
use store::teams::Team;

use super::authorization_checks::team_of_application;
use super::{ClientError, user_claims};
use crate::subject_identifiers::subject_for;
use crate::{Error, Services, token};

/// The claims of the person that an access token was issued for, as far as its scopes allow.
///
/// # Errors
/// `invalid_token`, whatever is wrong with it.
#[tracing::instrument(name = "openid.userinfo", skip_all, fields(team = tracing::field::Empty, client_id = tracing::field::Empty))]
pub async fn userinfo(services: &Services, access_token: &str) -> Result<Value, ClientError> {
    let TokenHolder { person, team, subject, token, .. } = holder_of(services, access_token).await?;
    let claims = UserinfoClaims { sub: &subject, person: user_claims::claims(&token.scopes, &person, &team) };
    Ok(serde_json::to_value(claims).map_err(Error::from)?)
}

/// Whom an access token is of.
pub(super) struct TokenHolder {
    pub(super) token: AccessToken,
    pub(super) application: Application,
    pub(super) team: Team,
    pub(super) person: Person,
    pub(super) subject: String,
}

/// Whom an access token is of, while it works.
pub(super) async fn holder_of(services: &Services, access_token: &str) -> Result<TokenHolder, ClientError> {
    let (db, now) = (services.db.connection(), services.now());
    let found = authorizations::by_access_token(db, &token::hash(access_token), now).await?;
    let (token, authorization) = found.ok_or_else(invalid_token)?;
    let application = applications::by_id(db, authorization.application_id).await?.ok_or_else(invalid_token)?;
    let team = team_of_application(db, &application, authorization.team_id).await?.map_err(|_| invalid_token())?;
    let person = people::by_id(db, team.team_id(), authorization.person_id).await?.ok_or_else(invalid_token)?;
    tracing::Span::current().record("team", team.slug.as_str()).record("client_id", &application.client_id);
    let subject = subject_for(services, &application, person.id).await?;
    Ok(TokenHolder { token, application, team, person, subject })
}

fn invalid_token() -> ClientError {
    let description = "the access token is not known, has expired, or was revoked";
    OAuthError::new(OAuthErrorCode::InvalidToken, description).into()
}
