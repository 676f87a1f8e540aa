//! The authorization endpoint (OpenID Connect Core §3.1.2): an application sends a browser to sign in, and
//! gets it back with a code or with an error.

use chrono::TimeDelta;
use model::application::ApplicationSummary;
use model::ids::TeamId;
use model::{ApplicationProblem, Scope};
use oidc::authorize::{self as protocol, deliver};
use oidc::{
    AuthorizationRequest, AuthorizationResponse, OAuthError, OAuthErrorCode, Parameters, Prompt, ResponseDelivery,
    UntrustedRedirect,
};
use store::applications::Application;
use store::people::{self, Person, PersonSession};
use store::pushed_requests;
use store::teams::Team;

use super::authorization_checks::{check_team, team_of_application};
use super::issue_code::{SignedInSession, issue_code};
use super::team_choice::{NamedTeam, fits_hint, named_team, typed_team};
use super::{REQUEST_URI, clients, problems, trial};
use crate::applications::shown;
use crate::sign_in::{self, ApplicationRequest, SignInError, SignOnRequest, StartedSignIn, requested_contexts};
use crate::{Error, Services, token};

/// What a browser brings to the authorization endpoint.
#[derive(Clone, Debug)]
pub struct AuthorizeRequest<'a> {
    /// The request's parameters.
    pub parameters: Parameters,
    /// The team that the person typed where they were asked for it.
    pub typed_team: Option<&'a str>,
    /// Whether an ID token is wanted: only requests in the words of Ory Polis may do without.
    pub wants_id_token: bool,
    /// The browser's attempt cookie.
    pub browser: Option<&'a str>,
    /// The cookie of a person's session.
    pub person: Option<&'a str>,
}

/// What comes of an authorization request.
#[derive(Debug)]
pub enum Authorized {
    /// The browser goes back to the application.
    Answered(ResponseDelivery),
    /// The browser goes to an identity provider.
    SignIn(StartedSignIn),
    /// The person is asked for their team.
    TeamAsked(TeamQuestion),
}

/// The question for the team.
#[derive(Clone, Debug)]
pub struct TeamQuestion {
    /// The application.
    pub application: ApplicationSummary,
    /// What is to be sent again with the answer.
    pub parameters: Vec<(String, String)>,
    /// What was typed and is no team.
    pub typed: Option<String>,
}

/// Why neither the application nor an identity provider can be told: the person gets a page of ours.
#[derive(Debug, thiserror::Error)]
pub enum AuthorizeError {
    /// No application has this client ID, or it is disabled.
    #[error("no application has this client ID")]
    UnknownClient,
    /// The redirect address is not registered: answering there would hand the answer to anybody.
    #[error("the redirect address is not registered")]
    UntrustedRedirect {
        /// The application's name.
        application: String,
    },
    /// The sign-in that the request started or came back from is none, or did not go on.
    #[error(transparent)]
    SignIn(#[from] SignInError),
}

impl<E: Into<Error>> From<E> for AuthorizeError {
    fn from(error: E) -> Self {
        Self::SignIn(SignInError::Other(error.into()))
    }
}

/// Answers an authorization request.
///
/// # Errors
/// [`AuthorizeError`] where there is nobody but the person to tell.
#[tracing::instrument(name = "openid.authorize", skip_all, fields(team = tracing::field::Empty, client_id = tracing::field::Empty))]
pub async fn authorize(services: &Services, request: AuthorizeRequest<'_>) -> Result<Authorized, AuthorizeError> {
    let client_id = request.parameters.get("client_id").unwrap_or_default().to_owned();
    let Some(application) = clients::enabled(services, &client_id).await? else {
        return Err(AuthorizeError::UnknownClient);
    };
    tracing::Span::current().record("client_id", &*client_id);
    let parameters = match pushed_parameters(services, &application, &request.parameters).await? {
        Ok(parameters) => parameters,
        Err(error) => return refuse_untrusted(services, &application, &request.parameters, &error).await,
    };
    let trial_callback = trial::callback_address(services);
    let registration = clients::registration(&application, &trial_callback);
    let redirect_uri = match protocol::redirect_uri(&parameters, &registration) {
        Ok(redirect_uri) => redirect_uri,
        Err(error) => return untrusted_redirect(services, &application, error).await,
    };
    match protocol::parse_request(&parameters, redirect_uri.clone(), &registration) {
        Ok(parsed) => {
            let parsed = if request.wants_id_token { parsed } else { without_id_token(parsed) };
            let browser = AuthorizeRequest { parameters, ..request };
            AuthorizeContext { services, application: &application, browser: &browser }.run(parsed).await
        }
        Err(error) => {
            let problem = ApplicationProblem::RequestRefused;
            problems::note(services, &application, problem, None, Some(&error.description)).await?;
            let mode = protocol::requested_response_mode(&parameters);
            let state = protocol::requested_state(&parameters);
            let issuer = services.settings.urls.issuer();
            let answer = AuthorizationResponse::Error(&error);
            Ok(Authorized::Answered(deliver(answer, &redirect_uri, mode, state.as_deref(), &issuer)))
        }
    }
}

/// Plain OAuth 2.0: what is granted has no `openid` in it.
fn without_id_token(request: AuthorizationRequest) -> AuthorizationRequest {
    AuthorizationRequest { scopes: request.scopes.without(Scope::Openid), ..request }
}

/// The parameters of a request that was pushed before, or those that the browser brings.
async fn pushed_parameters(
    services: &Services,
    application: &Application,
    parameters: &Parameters,
) -> Result<Result<Parameters, OAuthError>, Error> {
    let Some(request_uri) = parameters.get("request_uri") else { return Ok(Ok(parameters.clone())) };
    let refused = |description: &'static str| OAuthError::new(OAuthErrorCode::InvalidRequestUri, description);
    let Some(handle) = request_uri.strip_prefix(REQUEST_URI) else {
        return Ok(Err(refused("request_uri is not a handle of this server: push the request first")));
    };
    let (db, now) = (services.db.autocommit(), services.now());
    let Some(pushed) = pushed_requests::take(&db, application.id, &token::hash(handle), now).await? else {
        return Ok(Err(refused("the pushed request was used, has expired, or is another application's")));
    };
    let pairs: Vec<(String, String)> = serde_json::from_value(pushed.parameters)?;
    Ok(Parameters::parse(pairs))
}

/// There is no redirect address to answer to: the request that names it is not there.
async fn refuse_untrusted(
    services: &Services,
    application: &Application,
    parameters: &Parameters,
    error: &OAuthError,
) -> Result<Authorized, AuthorizeError> {
    let problem = ApplicationProblem::RequestRefused;
    let request_uri = parameters.get("request_uri");
    problems::note(services, application, problem, Some(&error.description), request_uri).await?;
    Err(AuthorizeError::UntrustedRedirect { application: application.name.clone() })
}

async fn untrusted_redirect(
    services: &Services,
    application: &Application,
    error: UntrustedRedirect,
) -> Result<Authorized, AuthorizeError> {
    let registered: Vec<_> = application.settings.redirect_uris.iter().map(model::RedirectUri::as_str).collect();
    let requested = match &error {
        UntrustedRedirect::Missing => None,
        UntrustedRedirect::NotRegistered { requested } => Some(requested.as_str()),
    };
    let problem = ApplicationProblem::RedirectUriNotRegistered;
    problems::note(services, application, problem, Some(&registered.join(" ")), requested).await?;
    Err(AuthorizeError::UntrustedRedirect { application: application.name.clone() })
}

/// A session that the browser has, with who it is.
struct BrowserSession {
    session: PersonSession,
    person: Person,
}

/// A request that was read, on its way to an answer.
pub(super) struct AuthorizeContext<'a> {
    pub(super) services: &'a Services,
    pub(super) application: &'a Application,
    pub(super) browser: &'a AuthorizeRequest<'a>,
}

impl AuthorizeContext<'_> {
    async fn run(&self, request: AuthorizationRequest) -> Result<Authorized, AuthorizeError> {
        let session = self.session().await?;
        let team = match self.team(&request, session.as_ref()).await? {
            TeamResolution::One(team) => team,
            TeamResolution::Ask(_) if request.prompt == Prompt::None => {
                return Ok(self.error(&request, OAuthErrorCode::LoginRequired, "nobody is signed in"));
            }
            TeamResolution::Ask(typed) => return Ok(Authorized::TeamAsked(self.question(typed))),
            TeamResolution::Unknown => {
                return Ok(self.error(&request, OAuthErrorCode::AccessDenied, NO_SUCH_ORGANIZATION));
            }
        };
        let db = self.services.db.connection();
        let checked = match team {
            ResolvedTeam::Read(team) => check_team(db, self.application, *team).await?,
            ResolvedTeam::OfSession(team) => team_of_application(db, self.application, team).await?,
        };
        let team = match checked {
            Ok(team) => team,
            Err(problem) => return self.team_refused(&request, problem).await,
        };
        tracing::Span::current().record("team", team.slug.as_str());
        if let Some(found) = session.filter(|found| found.session.team_id == team.id)
            && let Some(signed_in) = self.reusable(&request, found).await?
        {
            return self.code(&request, &team, signed_in).await;
        }
        if request.prompt == Prompt::None {
            return Ok(self.error(&request, OAuthErrorCode::LoginRequired, "the person has to sign in"));
        }
        self.start(&request, &team).await
    }

    /// The session that the browser has.
    async fn session(&self) -> Result<Option<BrowserSession>, Error> {
        let Some(cookie) = self.browser.person else { return Ok(None) };
        let (db, now) = (self.services.db.connection(), self.services.now());
        let Some(session) = people::session(db, &token::hash(cookie), now).await? else { return Ok(None) };
        let person = people::by_id(db, session.team_id, session.person_id).await?;
        Ok(person.map(|person| BrowserSession { session, person }))
    }

    async fn team(
        &self,
        request: &AuthorizationRequest,
        session: Option<&BrowserSession>,
    ) -> Result<TeamResolution, Error> {
        match named_team(self.services, request).await? {
            NamedTeam::One(team) => return Ok(TeamResolution::One(ResolvedTeam::Read(Box::new(team)))),
            NamedTeam::Unknown => return Ok(TeamResolution::Unknown),
            NamedTeam::None => {}
        }
        if let Some(typed) = self.browser.typed_team {
            return Ok(match typed_team(self.services, typed).await? {
                Some(team) => TeamResolution::One(ResolvedTeam::Read(Box::new(team))),
                None => TeamResolution::Ask(Some(typed.to_owned())),
            });
        }
        let fitting = session.filter(|found| fits_hint(request, &found.person, &found.session));
        Ok(match fitting {
            Some(found) => TeamResolution::One(ResolvedTeam::OfSession(found.session.team_id)),
            None => TeamResolution::Ask(None),
        })
    }

    /// The session, unless the request wants the person to authenticate anew, or lately.
    async fn reusable(
        &self,
        request: &AuthorizationRequest,
        found: BrowserSession,
    ) -> Result<Option<SignedInSession>, Error> {
        if request.prompt == Prompt::Login || request.max_age == Some(0) {
            return Ok(None);
        }
        let signed_in = SignedInSession::of(self.services, found.session).await?;
        let oldest = request.max_age.map(|seconds| self.services.now() - TimeDelta::seconds(seconds.into()));
        let is_recent = oldest.is_none_or(|oldest| signed_in.authenticated_at >= oldest);
        Ok(Some(signed_in).filter(|signed_in| is_recent && is_in_context(request, signed_in)))
    }

    /// Sends the browser back with a code.
    pub(super) async fn code(
        &self,
        request: &AuthorizationRequest,
        team: &Team,
        signed_in: SignedInSession,
    ) -> Result<Authorized, AuthorizeError> {
        let code = issue_code(self.services, self.application, team, request, signed_in).await?;
        Ok(self.answer(request, AuthorizationResponse::Code { code: code.reveal() }))
    }

    async fn start(&self, request: &AuthorizationRequest, team: &Team) -> Result<Authorized, AuthorizeError> {
        let stored = serde_json::to_value(request).map_err(Error::from)?;
        let sign_on = SignOnRequest {
            browser: self.browser.browser,
            return_to: None,
            login_hint: request.login_hint.as_deref(),
            // how long ago the person authenticated, only the identity provider knows
            force_authn: request.prompt == Prompt::Login || request.max_age.is_some(),
            authn_contexts: &requested_contexts(request),
            application: Some(ApplicationRequest { id: self.application.id, request: &stored }),
        };
        Ok(Authorized::SignIn(Box::pin(sign_in::start(self.services, team.slug.as_str(), &sign_on)).await?))
    }

    fn question(&self, typed: Option<String>) -> TeamQuestion {
        let parameters = self.browser.parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        TeamQuestion { application: shown(self.application), parameters: parameters.collect(), typed }
    }

    /// Sends the browser back with an error: the team may not use the application.
    pub(super) async fn team_refused(
        &self,
        request: &AuthorizationRequest,
        problem: ApplicationProblem,
    ) -> Result<Authorized, AuthorizeError> {
        let named = request.organization.as_deref().or(request.connection.as_deref());
        problems::note(self.services, self.application, problem, None, named).await?;
        Ok(self.error(request, OAuthErrorCode::AccessDenied, NO_SUCH_ORGANIZATION))
    }

    fn error(&self, request: &AuthorizationRequest, code: OAuthErrorCode, description: &'static str) -> Authorized {
        self.answer(request, AuthorizationResponse::Error(&OAuthError::new(code, description)))
    }

    fn answer(&self, request: &AuthorizationRequest, answer: AuthorizationResponse<'_>) -> Authorized {
        let issuer = self.services.settings.urls.issuer();
        let state = request.state.as_deref();
        Authorized::Answered(deliver(answer, &request.redirect_uri, request.response_mode, state, &issuer))
    }
}

/// Whether the person signed in in one of the ways that are asked for. The wish is a voluntary one (Core
/// §5.5.1.1): where nobody may be asked anything, any way will do, and the ID token says which it was.
fn is_in_context(request: &AuthorizationRequest, signed_in: &SignedInSession) -> bool {
    let asked_for = requested_contexts(request);
    let is_one = |acr: &str| asked_for.iter().any(|class| class.as_str() == acr);
    request.prompt == Prompt::None || asked_for.is_empty() || signed_in.acr.as_deref().is_some_and(is_one)
}

/// One answer for a team that does not exist, one that is not active, and one that the application is not
/// for: applications do not find out which teams there are.
const NO_SUCH_ORGANIZATION: &str = "there is no such organization for this application";

/// The one team that a request is about.
enum ResolvedTeam {
    /// As it was just read.
    Read(Box<Team>),
    /// That of the browser's session.
    OfSession(TeamId),
}

/// Which team a request is about.
enum TeamResolution {
    One(ResolvedTeam),
    /// The person is asked; they may have typed something that is no team.
    Ask(Option<String>),
    /// It names one that does not exist.
    Unknown,
}
