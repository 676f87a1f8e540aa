//! Issues the code of an authorization (RFC 6749 §4.1.2), which is the beginning of everything that the
//! application gets of a session.

use chrono::TimeDelta;
use model::{Claim, Timestamp};
use oidc::AuthorizationRequest;
use oidc::id_token::session_id;
use store::applications::Application;
use store::attempts;
use store::authorizations::{self, Authorization};
use store::people::PersonSession;
use store::teams::Team;

use super::{CODE_LIFETIME, SID};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::{Error, Services, Token};

/// The claim in which Entra says how the person authenticated.
const ENTRA_METHODS: &str = "http://schemas.microsoft.com/claims/authnmethodsreferences";
/// What ends the names of Entra's methods that say that there were several.
const ENTRA_MULTIPLE: &str = "multipleauthn";
/// How long an authorization is kept after its session, whose end the application is told of.
const KEPT_AFTER_SESSION: TimeDelta = TimeDelta::days(1);

/// A person's session, with when and how they authenticated.
pub(super) struct SignedInSession {
    session: PersonSession,
    pub(super) authenticated_at: Timestamp,
    pub(super) acr: Option<String>,
    amr: Vec<String>,
}

impl SignedInSession {
    /// With what the sign-in says that the session came from.
    pub(super) async fn of(services: &Services, session: PersonSession) -> Result<Self, Error> {
        let db = services.db.connection();
        let attempt = match session.attempt_id {
            Some(id) => attempts::by_id(db, session.team_id, id).await?,
            None => None,
        };
        let Some(attempt) = attempt else {
            return Ok(Self { authenticated_at: session.created_at, acr: None, amr: Vec::new(), session });
        };
        let claims: Vec<Claim> = attempt.claims.map(serde_json::from_value).transpose()?.unwrap_or_default();
        // an identity provider whose clock is ahead does not make the person authenticate in the future
        let authenticated_at = attempt.authenticated_at.map_or(session.created_at, |at| at.min(session.created_at));
        let amr = methods(attempt.authn_context.as_deref(), &claims);
        Ok(Self { authenticated_at, acr: attempt.authn_context, amr, session })
    }
}

/// How the person authenticated, by RFC 8176's names: as Entra says, else as the authentication context
/// class says. Nothing is guessed.
fn methods(authn_context: Option<&str>, claims: &[Claim]) -> Vec<String> {
    let mut methods = Vec::new();
    let entra = claims.iter().find(|claim| claim.name == ENTRA_METHODS);
    let entra = entra.into_iter().flat_map(|claim| &claim.values).map(String::as_str);
    for method in entra.chain(authn_context) {
        let name = method.rsplit(['/', ':']).next().unwrap_or_default().to_ascii_lowercase();
        let name = match name.as_str() {
            "password" | "passwordprotectedtransport" => "pwd",
            ENTRA_MULTIPLE | "refeds-mfa" | "mfa" => "mfa",
            "x509" | "smartcardpki" => "sc",
            "timesynctoken" => "otp",
            _ => continue,
        };
        if !methods.iter().any(|known| known == name) {
            methods.push(name.to_owned());
        }
    }
    methods
}

/// Issues a code to the application, for a session of the team's.
pub(super) async fn issue_code(
    services: &Services,
    application: &Application,
    team: &Team,
    request: &AuthorizationRequest,
    signed_in: SignedInSession,
) -> Result<Token, Error> {
    services.charge(RowKind::Authorization, 1, &[BudgetOwner::Team(team.team_id())])?;
    let (code, now) = (Token::new(&*services.random), services.now());
    let SignedInSession { session, authenticated_at, acr, amr } = signed_in;
    let authorization = Authorization {
        id: services.uuid().into(),
        application_id: application.id,
        team_id: session.team_id,
        person_id: session.person_id,
        revision_id: session.revision_id,
        attempt_id: session.attempt_id,
        sid: session_id(SID, &session.token_hash, &application.client_id),
        session_hash: Some(session.token_hash),
        scopes: request.scopes.clone(),
        nonce: request.nonce.clone(),
        redirect_uri: request.redirect_uri.clone(),
        code_challenge: request.code_challenge.as_ref().map(ToString::to_string),
        code_hash: code.hash(),
        code_expires_at: now + CODE_LIFETIME,
        redeemed_at: None,
        authenticated_at,
        acr,
        amr,
        created_at: now,
        expires_at: session.expires_at + KEPT_AFTER_SESSION,
        revoked_at: None,
        problem: None,
    };
    authorizations::insert(&services.db.autocommit(), authorization).await?;
    tracing::info!(team = team.slug.as_str(), client_id = application.client_id, "code issued to an application");
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_said_and_never_guessed() {
        let claim = |values: &[&str]| Claim {
            name: ENTRA_METHODS.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let password = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password";
        let multiple = "http://schemas.microsoft.com/claims/multipleauthn";
        assert_eq!(methods(None, &[claim(&[password, multiple])]), ["pwd", "mfa"]);
        let context = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
        assert_eq!(methods(Some(context), &[claim(&[password])]), ["pwd"]);
        assert_eq!(methods(Some("https://refeds.org/profile/mfa"), &[]), ["mfa"]);
        assert!(methods(Some("urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"), &[]).is_empty());
    }
}
