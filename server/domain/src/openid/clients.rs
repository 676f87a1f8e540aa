//! Which application makes a request, and whether it is the one that it says (RFC 6749 §2.3).

use chrono::SecondsFormat;
use model::{ApplicationProblem, paths};
use oidc::client_authentication::{presented_client, verify_client_assertion};
use oidc::jose::JwkSet;
use oidc::{
    AssertionPolicy, AssertionRejection, ClientRegistration, OAuthError, OAuthErrorCode, Parameters, PresentedClient,
};
use store::applications::{self, Application};
use store::client_assertions;

use super::{ClientError, problems};
use crate::applications::is_secret_of;
use crate::{Error, Services, token};

/// The application with this client ID, unless it is disabled.
pub(super) async fn enabled(services: &Services, client_id: &str) -> Result<Option<Application>, Error> {
    let application = applications::by_client_id(services.db.connection(), client_id).await?;
    Ok(application.filter(|application| application.disabled_at.is_none()))
}

/// What the protocol must know of an application.
pub(super) fn registration<'a>(application: &'a Application, trial_redirect_uri: &'a str) -> ClientRegistration<'a> {
    let settings = &application.settings;
    ClientRegistration {
        redirect_uris: &settings.redirect_uris,
        trial_redirect_uri,
        scopes: &settings.scopes,
        is_pkce_required: !settings.pkce_optional || !application.kind.is_confidential(),
    }
}

/// The application that authenticates itself with a request to one of the endpoints for applications.
///
/// # Errors
/// `invalid_client`, the same whether there is no such application or it is another one.
pub(super) async fn authenticate(
    services: &Services,
    authorization: Option<&str>,
    form: &Parameters,
) -> Result<Application, ClientError> {
    let presented = presented_client(authorization, form)?;
    let Some(application) = enabled(services, presented.client_id()).await? else {
        return Err(unknown_client());
    };
    tracing::Span::current().record("client_id", &application.client_id);
    check_proof(services, &application, &presented).await?;
    Ok(application)
}

/// Checks that whoever asks is the application, and notes it where not.
pub(super) async fn check_proof(
    services: &Services,
    application: &Application,
    presented: &PresentedClient,
) -> Result<(), ClientError> {
    let Err(rejection) = prove(services, application, presented).await? else { return Ok(()) };
    note(services, application, &rejection).await?;
    Err(OAuthError::from(rejection).into())
}

async fn note(services: &Services, application: &Application, rejection: &AssertionRejection) -> Result<(), Error> {
    let (problem, expected, actual) = match rejection {
        AssertionRejection::ClockSkew { named, .. } => {
            let whole_seconds = |at: model::Timestamp| at.to_rfc3339_opts(SecondsFormat::Secs, true);
            (ApplicationProblem::ClockSkew, Some(whole_seconds(services.now())), whole_seconds(*named))
        }
        AssertionRejection::Refused(error) => {
            (ApplicationProblem::ClientAuthenticationFailed, None, error.description.to_string())
        }
    };
    problems::note(services, application, problem, expected.as_deref(), Some(&actual)).await
}

/// Said of a client that is not known, as of one that did not prove who it is.
pub(super) fn unknown_client() -> ClientError {
    let description = "the client is not known, or did not prove who it is";
    OAuthError::new(OAuthErrorCode::InvalidClient, description).into()
}

async fn prove(
    services: &Services,
    application: &Application,
    presented: &PresentedClient,
) -> Result<Result<(), AssertionRejection>, Error> {
    let refused = |description| Ok(Err(invalid_client(description)));
    match presented {
        PresentedClient::Public { .. } if application.kind.is_confidential() => refused(
            "the client has to authenticate: with its secret (client_secret_basic or client_secret_post) or with private_key_jwt",
        ),
        PresentedClient::Public { .. } => Ok(Ok(())),
        PresentedClient::Secret { .. } if !application.kind.is_confidential() => {
            refused("the client is public and has no secret: send client_id alone")
        }
        PresentedClient::Secret { secret, .. } => {
            if is_secret_of(services, application, secret).await? {
                return Ok(Ok(()));
            }
            refused("the client is not known, or did not prove who it is")
        }
        PresentedClient::Assertion { assertion, .. } => verify_assertion(services, application, assertion).await,
    }
}

fn invalid_client(description: &'static str) -> AssertionRejection {
    OAuthError::new(OAuthErrorCode::InvalidClient, description).into()
}

async fn verify_assertion(
    services: &Services,
    application: &Application,
    assertion: &str,
) -> Result<Result<(), AssertionRejection>, Error> {
    let refused = |description| Ok(Err(invalid_client(description)));
    let Some(jwks) = &application.settings.jwks else {
        return refused("the client has no keys registered, so it cannot use private_key_jwt");
    };
    let Ok(keys) = JwkSet::parse(jwks) else { return refused("the client's registered keys cannot be read") };
    let urls = &services.settings.urls;
    let (issuer, token_endpoint) = (urls.issuer(), urls.account(paths::TOKEN));
    let (client_id, now, assertion) = (application.client_id.clone(), services.now(), assertion.to_owned());
    let verified = services.spawn_blocking_limited(move || {
        let audiences = [&*issuer, &*token_endpoint];
        let policy = AssertionPolicy { client_id: &client_id, audiences: &audiences, now };
        verify_client_assertion(&assertion, &keys, &policy)
    });
    let verified = match verified.await? {
        Ok(verified) => verified,
        Err(error) => return Ok(Err(error)),
    };
    let (db, hash) = (services.db.autocommit(), token::hash(&verified.jti));
    if !client_assertions::consume(&db, application.id, hash, verified.expires_at).await? {
        return refused("the client assertion was used before: each jti works once");
    }
    Ok(Ok(()))
}

/// Whether scripts of this origin may read answers meant for applications: those of the addresses that
/// single-page applications are registered with.
///
/// # Errors
/// If the store fails.
pub async fn allowed_origin(services: &Services, origin: &str) -> Result<bool, Error> {
    let applications = applications::list(services.db.connection()).await?;
    let addresses = applications
        .iter()
        .filter(|application| application.disabled_at.is_none() && !application.kind.is_confidential())
        .flat_map(|application| &application.settings.redirect_uris);
    Ok(addresses.filter_map(model::RedirectUri::web_origin).any(|registered| registered == origin))
}
