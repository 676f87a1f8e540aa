//! The token endpoint (RFC 6749 §3.2): a code becomes tokens, once; a refresh token becomes new ones, once.

use chrono::TimeDelta;
use model::{AccessTokenFormat, ApplicationProblem, Scope, Scopes, Timestamp};
use oidc::id_token;
use oidc::{AccessTokenClaims, CodeChallenge, IdTokenClaims, OAuthError, OAuthErrorCode, Parameters, TokenRequest};
use serde::Serialize;
use store::applications::Application;
use store::authorizations::{self, AccessToken, Authorization, RefreshToken};
use store::people::{self, Person};
use store::teams::Team;
use store::{ConnectionTrait, Tx};

use super::authorization_checks::check_authorization;
use super::{ClientError, clients, invalid_grant, problems, user_claims};
use crate::row_budget::{BudgetOwner, RowKind};
use crate::subject_identifiers::subject_for;
use crate::{Error, Services, Token, signing_keys, token};

/// What the application gets (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
#[derive(Clone, Serialize)]
pub struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: u32,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

impl TokenResponse {
    pub(super) fn access_token(&self) -> &str {
        &self.access_token
    }

    pub(super) fn id_token(&self) -> Option<&str> {
        self.id_token.as_deref()
    }

    pub(super) const fn has_refresh_token(&self) -> bool {
        self.refresh_token.is_some()
    }
}

impl std::fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenResponse").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// Answers a request to the token endpoint.
///
/// # Errors
/// [`ClientError::Refused`] with what is wrong, by RFC 6749 §5.2.
#[tracing::instrument(name = "openid.token", skip_all, fields(team = tracing::field::Empty, client_id = tracing::field::Empty))]
pub async fn token(
    services: &Services,
    authorization: Option<&str>,
    form: &Parameters,
) -> Result<TokenResponse, ClientError> {
    let application = clients::authenticate(services, authorization, form).await?;
    exchange(services, &application, form).await
}

/// Answers an application that has authenticated itself.
pub(super) async fn exchange(
    services: &Services,
    application: &Application,
    form: &Parameters,
) -> Result<TokenResponse, ClientError> {
    let exchange = Exchange { services, application, now: services.now() };
    match TokenRequest::parse(form)? {
        TokenRequest::AuthorizationCode { code, redirect_uri, code_verifier } => {
            exchange.redeem_code(&code, redirect_uri.as_deref(), code_verifier.as_deref()).await
        }
        TokenRequest::RefreshToken { refresh_token, scope } => exchange.refresh(&refresh_token, scope).await,
    }
}

/// A request of an application that has authenticated itself.
struct Exchange<'a> {
    services: &'a Services,
    application: &'a Application,
    now: Timestamp,
}

/// The one description for every invalid code, so that guessing does not show whether a code ever existed.
const CODE_NOT_GOOD: &str = "the code is not known, was used, or has expired: start the sign-in again";
const REFRESH_NOT_GOOD: &str = "the refresh token is not known, was used, or has expired: start the sign-in again";
const NO_LONGER_ALLOWED: &str = "the sign-in that this came from is no longer good: start it again";

impl Exchange<'_> {
    async fn redeem_code(
        &self,
        code: &str,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
    ) -> Result<TokenResponse, ClientError> {
        let db = self.services.db.connection();
        let Some(found) = authorizations::by_code(db, &token::hash(code)).await? else {
            return Err(invalid_grant(CODE_NOT_GOOD));
        };
        if found.application_id != self.application.id {
            return self.refuse(&found, ApplicationProblem::CodeOfOtherApplication, CODE_NOT_GOOD).await;
        }
        if found.redeemed_at.is_some() {
            return self.revoke_reused(&found, ApplicationProblem::CodeUsedTwice, CODE_NOT_GOOD).await;
        }
        if let Some((problem, description)) = self.objection(&found, redirect_uri, verifier) {
            return self.refuse(&found, problem, description).await;
        }
        let team = match self.check(db, &found, true).await? {
            Ok(team) => team,
            Err(problem) => return self.refuse(&found, problem, NO_LONGER_ALLOWED).await,
        };
        let signed = self.sign(&team, &found, found.scopes.clone()).await?;
        let tx = self.services.db.begin().await?;
        if !authorizations::redeem_code(&tx, found.id, self.now).await? {
            drop(tx);
            return self.revoke_reused(&found, ApplicationProblem::CodeUsedTwice, CODE_NOT_GOOD).await;
        }
        // what was read before may have changed since
        if let Err(problem) = self.check(&tx, &found, true).await? {
            drop(tx);
            return self.refuse(&found, problem, NO_LONGER_ALLOWED).await;
        }
        self.issue(tx, &team, &found, signed).await
    }

    /// Why a code that is known and not used yet is not redeemed.
    fn objection(
        &self,
        found: &Authorization,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
    ) -> Option<(ApplicationProblem, &'static str)> {
        if found.code_expires_at <= self.now {
            return Some((ApplicationProblem::CodeExpired, CODE_NOT_GOOD));
        }
        if redirect_uri != Some(&*found.redirect_uri) {
            return Some((
                ApplicationProblem::RedirectUriMismatch,
                "redirect_uri is not the one of the authorization request",
            ));
        }
        let is_proved = match (&found.code_challenge, verifier) {
            (Some(challenge), Some(verifier)) => {
                challenge.parse::<CodeChallenge>().is_ok_and(|challenge| challenge.verify(verifier))
            }
            (None, None) => true,
            // RFC 9700 §2.1.1: a verifier without a challenge is a request that was tampered with
            (Some(_), None) | (None, Some(_)) => false,
        };
        (!is_proved).then_some((
            ApplicationProblem::PkceMismatch,
            "code_verifier is not the one whose hash was code_challenge in the authorization request",
        ))
    }

    async fn check(
        &self,
        db: &impl ConnectionTrait,
        found: &Authorization,
        needs_session: bool,
    ) -> Result<Result<Team, ApplicationProblem>, Error> {
        check_authorization(self.services, db, found, needs_session).await
    }

    /// Refuses what was presented, and notes why where support sees it.
    async fn refuse(
        &self,
        found: &Authorization,
        problem: ApplicationProblem,
        description: &'static str,
    ) -> Result<TokenResponse, ClientError> {
        if found.application_id == self.application.id {
            authorizations::note_problem(&self.services.db.autocommit(), found.id, problem).await?;
        }
        problems::note(self.services, self.application, problem, None, None).await?;
        Err(invalid_grant(description))
    }

    /// A code or refresh token that comes a second time may be in somebody else's hands: nothing that came
    /// of it works any more (RFC 6749 §4.1.2, RFC 9700 §4.14.2).
    async fn revoke_reused(
        &self,
        found: &Authorization,
        problem: ApplicationProblem,
        description: &'static str,
    ) -> Result<TokenResponse, ClientError> {
        authorizations::revoke(&self.services.db.autocommit(), found.id, problem, self.now).await?;
        problems::note(self.services, self.application, problem, None, None).await?;
        Err(invalid_grant(description))
    }

    async fn refresh(&self, refresh_token: &str, scope: Option<String>) -> Result<TokenResponse, ClientError> {
        let (db, hash) = (self.services.db.connection(), token::hash(refresh_token));
        let Some((presented, found)) = authorizations::by_refresh_token(db, &hash).await? else {
            return Err(invalid_grant(REFRESH_NOT_GOOD));
        };
        if found.application_id != self.application.id || found.revoked_at.is_some() {
            return Err(invalid_grant(REFRESH_NOT_GOOD));
        }
        let is_used = presented.used_at.is_some();
        if !is_used && presented.expires_at <= self.now {
            return Err(invalid_grant(REFRESH_NOT_GOOD));
        }
        let scopes = narrowed(scope, &presented.scopes)?;
        let reused = ApplicationProblem::RefreshTokenUsedTwice;
        if is_used {
            return self.revoke_reused(&found, reused, REFRESH_NOT_GOOD).await;
        }
        let team = match self.check(db, &found, false).await? {
            Ok(team) => team,
            Err(problem) => return self.refuse(&found, problem, NO_LONGER_ALLOWED).await,
        };
        let signed = self.sign(&team, &found, scopes).await?;
        let tx = self.services.db.begin().await?;
        if !authorizations::use_refresh_token(&tx, &hash, self.now).await? {
            drop(tx);
            return self.revoke_reused(&found, reused, REFRESH_NOT_GOOD).await;
        }
        if let Err(problem) = self.check(&tx, &found, false).await? {
            drop(tx);
            return self.refuse(&found, problem, NO_LONGER_ALLOWED).await;
        }
        self.issue(tx, &team, &found, signed).await
    }

    /// Makes what needs a signature: before the transaction, since that takes a moment and can fail, and a
    /// code that was used up for nothing is lost.
    async fn sign(&self, team: &Team, found: &Authorization, scopes: Scopes) -> Result<SignedTokens, Error> {
        let db = self.services.db.connection();
        let person = people::by_id(db, team.team_id(), found.person_id).await?.ok_or(Error::NotFound)?;
        let subject = subject_for(self.services, self.application, found.person_id).await?;
        let person = SignedInPerson { team, found, person: &person, subject: &subject, scopes: &scopes };
        let access_token = self.access_token(&person).await?;
        let wants_id_token = scopes.contains(Scope::Openid);
        let id_token = if wants_id_token { Some(self.id_token(&person, &access_token).await?) } else { None };
        Ok(SignedTokens { access_token, id_token, scopes })
    }

    /// Writes what the application gets, and commits the transaction that used up what it presented.
    async fn issue(
        &self,
        tx: Tx,
        team: &Team,
        found: &Authorization,
        signed: SignedTokens,
    ) -> Result<TokenResponse, ClientError> {
        tracing::Span::current().record("team", team.slug.as_str());
        self.services.charge(RowKind::Authorization, 1, &[BudgetOwner::Team(team.team_id())])?;
        let SignedTokens { access_token, id_token, scopes } = signed;
        let expires_at = self.access_token_expires_at();
        let row = AccessToken {
            token_hash: token::hash(&access_token),
            authorization_id: found.id,
            scopes: scopes.clone(),
            created_at: self.now,
            expires_at,
        };
        authorizations::insert_access_token(&tx, row).await?;
        let refresh_token = self.refresh_token(&tx, found).await?;
        let kept_until = refresh_token.as_ref().map_or(expires_at, |(_, expires_at)| *expires_at);
        authorizations::keep_until(&tx, found.id, kept_until + KEPT_AFTER).await?;
        store::commit(tx).await?;
        tracing::info!(team = team.slug.as_str(), client_id = self.application.client_id, "tokens issued");
        Ok(TokenResponse {
            access_token,
            token_type: "Bearer",
            expires_in: self.application.settings.access_token_lifetime,
            scope: scopes.to_string(),
            id_token,
            refresh_token: refresh_token.map(|(token, _)| token.reveal().to_owned()),
        })
    }

    fn access_token_expires_at(&self) -> Timestamp {
        self.now + TimeDelta::seconds(self.application.settings.access_token_lifetime.into())
    }

    /// A refresh token where the sign-in is to outlast its session, and may be renewed for longer.
    async fn refresh_token(&self, tx: &Tx, found: &Authorization) -> Result<Option<(Token, Timestamp)>, Error> {
        if !found.scopes.contains(Scope::OfflineAccess) {
            return Ok(None);
        }
        let settings = &self.application.settings;
        let longest = found.created_at + TimeDelta::seconds(settings.max_refresh_lifetime.into());
        let expires_at = longest.min(self.now + TimeDelta::seconds(settings.refresh_token_lifetime.into()));
        if expires_at <= self.now {
            return Ok(None);
        }
        let token = Token::new(&*self.services.random);
        let row = RefreshToken {
            token_hash: token.hash(),
            authorization_id: found.id,
            scopes: found.scopes.clone(),
            created_at: self.now,
            expires_at,
            used_at: None,
        };
        authorizations::insert_refresh_token(tx, row).await?;
        Ok(Some((token, expires_at)))
    }

    async fn access_token(&self, person: &SignedInPerson<'_>) -> Result<String, Error> {
        let (services, settings) = (self.services, &self.application.settings);
        if settings.access_token_format == AccessTokenFormat::Opaque {
            return Ok(Token::new(&*services.random).reveal().to_owned());
        }
        let (issuer, jti) = (services.settings.urls.issuer(), services.uuid().to_string());
        let SignedInPerson { team, found, person, subject, scopes } = *person;
        let org_id = team.id.to_string();
        let has_groups = scopes.contains(Scope::Groups);
        let claims = AccessTokenClaims {
            iss: &issuer,
            sub: subject,
            aud: settings.audience.as_deref().unwrap_or(&self.application.client_id),
            client_id: &self.application.client_id,
            exp: self.access_token_expires_at().timestamp(),
            iat: self.now.timestamp(),
            auth_time: Some(found.authenticated_at.timestamp()),
            jti: &jti,
            scope: scopes,
            acr: found.acr.as_deref(),
            amr: &found.amr,
            groups: if has_groups { &person.profile.groups } else { &[] },
            roles: if has_groups { user_claims::roles(&person.claims) } else { &[] },
            org_id: scopes.contains(Scope::Organization).then_some(&org_id),
        };
        let key = signing_keys::active(services, settings.signing_algorithm).await?;
        signing_keys::sign(services, key, oidc::access_token::TYP, &claims).await
    }

    async fn id_token(&self, person: &SignedInPerson<'_>, access_token: &str) -> Result<String, Error> {
        let (services, settings) = (self.services, &self.application.settings);
        let issuer = services.settings.urls.issuer();
        let lifetime = TimeDelta::seconds(settings.id_token_lifetime.into());
        let SignedInPerson { team, found, person, subject, scopes } = *person;
        let claims = IdTokenClaims {
            iss: &issuer,
            sub: subject,
            aud: &self.application.client_id,
            exp: (self.now + lifetime).timestamp(),
            iat: self.now.timestamp(),
            auth_time: found.authenticated_at.timestamp(),
            nonce: found.nonce.as_deref(),
            acr: found.acr.as_deref(),
            amr: &found.amr,
            sid: Some(&found.sid),
            at_hash: Some(id_token::at_hash(access_token, settings.signing_algorithm)),
            person: user_claims::claims(scopes, person, team),
        };
        let key = signing_keys::active(services, settings.signing_algorithm).await?;
        signing_keys::sign(services, key, id_token::TYP, &claims).await
    }
}

/// How long an authorization is kept after the last of its tokens has expired, to say what became of it.
const KEPT_AFTER: TimeDelta = TimeDelta::days(1);

/// Whom tokens are about, and what they may say.
#[derive(Clone, Copy)]
struct SignedInPerson<'a> {
    team: &'a Team,
    found: &'a Authorization,
    person: &'a Person,
    subject: &'a str,
    scopes: &'a Scopes,
}

/// The tokens that are made before anything is written.
struct SignedTokens {
    access_token: String,
    /// None for plain OAuth 2.0.
    id_token: Option<String>,
    scopes: Scopes,
}

/// The scopes of a refreshed access token: those that were granted, or fewer (RFC 6749 §6).
fn narrowed(requested: Option<String>, granted: &Scopes) -> Result<Scopes, ClientError> {
    let Some(requested) = requested else { return Ok(granted.clone()) };
    let requested = Scopes::from(requested);
    if requested.is_subset(granted) && requested.contains(Scope::Openid) == granted.contains(Scope::Openid) {
        return Ok(requested);
    }
    let description = "scope asks for more than was granted at the sign-in";
    Err(OAuthError::new(OAuthErrorCode::InvalidScope, description).into())
}
