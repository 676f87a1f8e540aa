//! What applications of Ory Polis (SAML Jackson) ask, so that one moves here by changing a host name. The
//! checks are those of every other application: the product is a registered application, the tenant a team,
//! and the redirect address is registered.

use std::collections::BTreeMap;

use oidc::client_authentication::presented_client;
use oidc::polis::{DUMMY, TenantProduct};
use oidc::{OAuthError, OAuthErrorCode, Parameters, PresentedClient};
use serde_json::{Value, json};
use store::applications::{self, Application};
use store::authorizations;

use super::token::{TokenResponse, exchange};
use super::userinfo::{TokenHolder, holder_of};
use super::{ClientError, clients};
use crate::{Error, Services, token};

/// Answers a request to the token endpoint whose client ID may be `tenant=…&product=…`, or `dummy`, which
/// says nothing: the code tells which application it was issued to.
///
/// # Errors
/// [`ClientError::Refused`] with what is wrong, by RFC 6749 §5.2.
#[tracing::instrument(name = "openid.polis_token", skip_all, fields(team = tracing::field::Empty, client_id = tracing::field::Empty))]
pub async fn polis_token(
    services: &Services,
    authorization: Option<&str>,
    form: &Parameters,
) -> Result<TokenResponse, ClientError> {
    let presented = presented_client(authorization, form)?;
    let application = named_application(services, presented.client_id(), form).await?;
    let application = application.ok_or_else(clients::unknown_client)?;
    tracing::Span::current().record("client_id", &application.client_id);
    match &presented {
        // such a client has no secret of its own, and sends one all the same
        PresentedClient::Secret { .. } if !application.kind.is_confidential() => require_verifier(form)?,
        _ => clients::check_proof(services, &application, &presented).await?,
    }
    exchange(services, &application, form).await
}

/// A public client proves with PKCE that the code is its own.
fn require_verifier(form: &Parameters) -> Result<(), OAuthError> {
    match form.get("code_verifier") {
        Some(_) => Ok(()),
        None => Err(OAuthError::new(OAuthErrorCode::InvalidGrant, "a public client has to send code_verifier (PKCE)")),
    }
}

async fn named_application(
    services: &Services,
    client_id: &str,
    form: &Parameters,
) -> Result<Option<Application>, Error> {
    if let Some(TenantProduct { product, .. }) = TenantProduct::parse(client_id).or_else(|| TenantProduct::of(form)) {
        return clients::enabled(services, &product).await;
    }
    if client_id != DUMMY {
        return clients::enabled(services, client_id).await;
    }
    let Some(code) = form.get("code") else { return Ok(None) };
    let db = services.db.connection();
    let Some(found) = authorizations::by_code(db, &token::hash(code)).await? else { return Ok(None) };
    let application = applications::by_id(db, found.application_id).await?;
    Ok(application.filter(|application| application.disabled_at.is_none()))
}

/// The person that an access token was issued for, in the fields of Polis's profile.
///
/// # Errors
/// `invalid_token`, whatever is wrong with it.
#[tracing::instrument(name = "openid.polis_userinfo", skip_all, fields(team = tracing::field::Empty, client_id = tracing::field::Empty))]
pub async fn polis_userinfo(services: &Services, access_token: &str) -> Result<Value, ClientError> {
    let TokenHolder { application, team, person, subject, .. } = holder_of(services, access_token).await?;
    let profile = &person.profile;
    // one value stands by itself, several are a list
    let raw: BTreeMap<&str, Value> = person
        .claims
        .iter()
        .map(|claim| {
            let value = match claim.values.as_slice() {
                [one] => json!(one),
                several => json!(several),
            };
            (claim.name.as_str(), value)
        })
        .collect();
    Ok(json!({
        "id": subject,
        "sub": subject,
        "email": profile.email.as_ref().map(ToString::to_string),
        "firstName": profile.first_name,
        "lastName": profile.last_name,
        "groups": profile.groups,
        "roles": super::user_claims::roles(&person.claims),
        "requested": { "tenant": team.slug.as_str(), "product": application.client_id },
        "raw": raw,
    }))
}
