//! "Try it": the portal carries out an application's sign-in itself, as a client would, and decodes what the
//! application would get. Everything of it hangs on one secret in the administrator's browser, so that
//! nobody else's browser and no other trial's answer is taken: it is the code verifier (RFC 7636), and
//! `state` and `nonce` are derived from it. The tokens are revoked before they are shown.

mod origins;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::trial::{
    DecodedToken, PARAMETERS, TrialAnswer, TrialCallback, TrialChoice, TrialOutcome, TrialRequest, TrialTokens,
};
use model::{AccessTokenFormat, ApplicationProblem, Scope, paths};
use oidc::jose::jws;
use oidc::{CodeChallenge, OAuthError, OAuthErrorCode, Parameters};
use serde_json::{Map, Value};
use store::applications::{self, Application};
use store::authorizations::{self, Authorization};
use store::{attempts, teams};
use url::form_urlencoded;

use self::origins::{Origins, decoded_claims};
use super::token::exchange;
use super::userinfo::userinfo;
use super::{ClientError, clients, invalid_grant};
use crate::{Action, Actor, Error, Services, Token, signing_keys, token};

/// Where the browser comes back to.
pub(super) fn callback_address(services: &Services) -> String {
    services.settings.urls.account(paths::APPLICATION_TRIAL_CALLBACK)
}

/// The authorization request of a trial that this secret begins: with the usual choice, unless there is
/// another.
///
/// # Errors
/// [`Error::NotFound`] if there is no such application.
#[tracing::instrument(name = "openid.begin_trial", skip_all, fields(client_id = client_id, actor.kind = actor.kind().as_str()))]
pub async fn begin_trial(
    services: &Services,
    actor: &Actor,
    client_id: &str,
    choice: Option<TrialChoice>,
    secret: &Token,
) -> Result<TrialRequest, Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let application = applications::by_client_id(services.db.connection(), client_id).await?.ok_or(Error::NotFound)?;
    let registered = application.settings.scopes;
    let choice = choice.unwrap_or_else(|| TrialChoice::usual(&registered));
    let scopes = choice.scopes.intersection(&registered);
    let prompt = if choice.prompt_login { "login" } else { "" };
    let values = [
        client_id.to_owned(),
        "code".to_owned(),
        callback_address(services),
        scopes.to_string(),
        state(secret, client_id),
        nonce(secret),
        CodeChallenge::of(secret.reveal()).to_string(),
        "S256".to_owned(),
        choice.team.trim().to_owned(),
        prompt.to_owned(),
    ];
    let parameters: Vec<_> = PARAMETERS.into_iter().zip(values).filter(|(_, value)| !value.is_empty()).collect();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&parameters).finish();
    Ok(TrialRequest {
        application: application.name,
        is_enabled: application.disabled_at.is_none(),
        registered,
        choice,
        address: format!("{}?{query}", services.settings.urls.account(paths::AUTHORIZE)),
        parameters: parameters.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    })
}

/// What an application would have got. `None`: this browser began no such trial, or it is over.
///
/// # Errors
/// If the actor may not manage applications, or the store fails.
#[tracing::instrument(name = "openid.finish_trial", skip_all, fields(team = tracing::field::Empty, client_id = tracing::field::Empty, actor.kind = actor.kind().as_str()))]
pub async fn finish_trial(
    services: &Services,
    actor: &Actor,
    secret: Option<&Token>,
    callback: &TrialCallback,
) -> Result<Option<TrialAnswer>, Error> {
    actor.authorize_support(Action::ManageApplications)?;
    let Some((secret, client_id)) = begun(secret, callback) else { return Ok(None) };
    let Some(application) = clients::enabled(services, client_id).await? else { return Ok(None) };
    tracing::Span::current().record("client_id", &application.client_id);
    if let Some(error) = &callback.error {
        let description = callback.error_description.clone().unwrap_or_default();
        let outcome = TrialOutcome::Refused { error: error.clone(), description };
        return Ok(Some(TrialAnswer { client_id: application.client_id, application: application.name, outcome }));
    }
    let outcome = match redeem(services, &application, secret, callback).await {
        Ok(tokens) => TrialOutcome::Tokens(Box::new(tokens)),
        Err(ClientError::Refused(OAuthError { code, description })) => {
            TrialOutcome::Refused { error: code.as_str().to_owned(), description: description.into_owned() }
        }
        Err(ClientError::Other(error)) => return Err(error),
    };
    Ok(Some(TrialAnswer { client_id: application.client_id, application: application.name, outcome }))
}

/// The secret that the answer's `state` was derived from, and of which application.
fn begun<'a>(secret: Option<&'a Token>, callback: &'a TrialCallback) -> Option<(&'a Token, &'a str)> {
    let (secret, returned) = (secret?, callback.state.as_deref()?);
    let (client_id, _) = returned.rsplit_once('.')?;
    (returned == state(secret, client_id)).then_some((secret, client_id))
}

fn state(secret: &Token, client_id: &str) -> String {
    format!("{client_id}.{}", derived(secret, &format!("state:{client_id}")))
}

fn nonce(secret: &Token) -> String {
    derived(secret, "nonce")
}

/// The secret cannot be guessed from it.
fn derived(secret: &Token, what: &str) -> String {
    URL_SAFE_NO_PAD.encode(token::hash(&format!("trial:{what}:{}", secret.reveal())))
}

/// Redeems the code as the application would, and decodes what comes.
async fn redeem(
    services: &Services,
    application: &Application,
    secret: &Token,
    callback: &TrialCallback,
) -> Result<TrialTokens, ClientError> {
    let issuer = services.settings.urls.issuer();
    if callback.iss.as_deref() != Some(&*issuer) {
        return Err(invalid_grant("iss is not this installation: the answer came from somebody else"));
    }
    let code = callback.code.as_deref().unwrap_or_default();
    let found = authorizations::by_code(services.db.connection(), &token::hash(code)).await?;
    let redemption = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &callback_address(services)),
        ("code_verifier", secret.reveal()),
    ];
    let redemption = redemption.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let response = exchange(services, application, &Parameters::parse(redemption)?).await?;
    let found = found.ok_or_else(|| invalid_grant("the code is not known"))?;
    let tokens = Decoding { services, application, found: &found };
    let decoded = tokens.decode(&response, &nonce(secret)).await;
    // they were made to be looked at
    let (db, now) = (services.db.autocommit(), services.now());
    authorizations::revoke(&db, found.id, ApplicationProblem::Trial, now).await?;
    decoded
}

/// The tokens of an authorization, on their way to be shown.
struct Decoding<'a> {
    services: &'a Services,
    application: &'a Application,
    found: &'a Authorization,
}

impl Decoding<'_> {
    async fn decode(&self, response: &super::TokenResponse, nonce: &str) -> Result<TrialTokens, ClientError> {
        let (services, found) = (self.services, self.found);
        let db = services.db.connection();
        let team = teams::by_id(db, found.team_id).await?.ok_or(Error::NotFound)?;
        let attempt = match found.attempt_id {
            Some(id) => attempts::by_id(db, found.team_id, id).await?,
            None => None,
        };
        let origins = Origins::of(services, self.application, found).await?;
        let id_token = match response.id_token() {
            Some(id_token) => Some(self.decode_jwt(id_token, Some(nonce), &origins).await?),
            None => None,
        };
        let is_jwt = self.application.settings.access_token_format == AccessTokenFormat::Jwt;
        let access_token =
            if is_jwt { Some(self.decode_jwt(response.access_token(), None, &origins).await?) } else { None };
        let userinfo = if found.scopes.contains(Scope::Openid) {
            decoded_claims(&object(userinfo(services, response.access_token()).await?), &origins)
        } else {
            Vec::new()
        };
        Ok(TrialTokens {
            team: team.slug.to_string(),
            reference: attempt.map(|attempt| attempt.reference),
            expires_in: self.application.settings.access_token_lifetime,
            scopes: found.scopes.clone(),
            has_refresh_token: response.has_refresh_token(),
            id_token,
            access_token,
            userinfo,
        })
    }

    /// A token as a client's library reads it: by the published keys, and with the nonce of the request.
    async fn decode_jwt(
        &self,
        token: &str,
        nonce: Option<&str>,
        origins: &Origins,
    ) -> Result<DecodedToken, ClientError> {
        let keys = signing_keys::jwk_set(self.services).await?;
        let verified = jws::verify(token, &keys);
        let jws = verified.map_err(|error| OAuthError::new(OAuthErrorCode::ServerError, error.to_string()))?;
        let claims = object(serde_json::from_slice(&jws.payload).map_err(Error::from)?);
        if nonce.is_some() && claims.get("nonce").and_then(Value::as_str) != nonce {
            return Err(invalid_grant("the nonce of the ID token is not that of the request"));
        }
        Ok(DecodedToken {
            algorithm: jws.header.alg.as_str().to_owned(),
            key_id: jws.header.kid,
            claims: decoded_claims(&claims, origins),
        })
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(of: u8) -> Token {
        Token::from_browser(&URL_SAFE_NO_PAD.encode([of; 32])).unwrap()
    }

    #[test]
    fn only_the_answer_to_this_browsers_trial_is_taken() {
        let callback = |state: String| TrialCallback { state: Some(state), ..TrialCallback::default() };
        let (own, other) = (secret(1), secret(2));
        let answer = callback(state(&own, "app_1"));
        assert_eq!(begun(Some(&own), &answer), Some((&own, "app_1")));
        assert_eq!(begun(Some(&other), &answer), None);
        assert_eq!(begun(None, &answer), None);
        assert_eq!(begun(Some(&own), &TrialCallback::default()), None);
        let moved = state(&own, "app_1").replace("app_1", "app_2");
        assert_eq!(begun(Some(&own), &callback(moved)), None);
    }

    #[test]
    fn the_secret_is_a_code_verifier_and_stands_in_nothing_that_is_sent() {
        let secret = secret(3);
        assert!(CodeChallenge::of(secret.reveal()).verify(secret.reveal()));
        for sent in [state(&secret, "app_1"), nonce(&secret), CodeChallenge::of(secret.reveal()).to_string()] {
            assert!(!sent.contains(secret.reveal()), "{sent}");
        }
        assert_ne!(state(&secret, "app_1"), format!("app_1.{}", nonce(&secret)));
    }
}
