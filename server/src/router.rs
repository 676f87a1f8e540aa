//! Every route that is no page, and the order of the layers, on one screen. The paths are in
//! `model::paths`, the pages in `app::App`.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath};
use axum::http::Request;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, file_and_error_handler_with_context, generate_route_list};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::{Level, Span, info_span};

use model::paths;

use crate::http::openid::{browser, client, discovery, polis};
use crate::http::{
    acs, attempts, audit, health, keys, live, logos, logout, me, metadata, people, site, sso, teams, uploads,
};
use crate::middleware::{error_pages, language, rate_limit, security_headers, session};
use crate::state::AppState;

/// A response of 256 KiB in Base64, and the form around it.
const RESPONSE_LIMIT: usize = 350 * 1024;
/// More than the largest logo, so that one that is too large is called so.
const LOGO_LIMIT: usize = 512 * 1024;
/// Several certificate files, or federation metadata of 2 MiB and the form around it.
const UPLOAD_LIMIT: usize = 2 * 1024 * 1024 + 64 * 1024;
/// Any other form.
const FORM_LIMIT: usize = 64 * 1024;

/// The whole service.
pub fn router(state: AppState) -> Router {
    let routes = Router::new()
        .merge(pages(&state))
        .merge(openid_provider(&state))
        .merge(actions_and_downloads())
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .route(paths::SETUP_CERTIFICATES, post(uploads::certificates).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .route(paths::SUPPORT_APPLICATION_LOGO, post(logos::upload).layer(DefaultBodyLimit::max(LOGO_LIMIT)))
        .layer(from_fn_with_state(state.clone(), session::authenticate))
        // find out by themselves who asks, again and again
        .route(paths::TEAM_ATTEMPTS_LIVE, get(live::team))
        .route(paths::SUPPORT_ATTEMPTS_LIVE, get(live::support))
        .merge(sign_on(&state))
        .merge(identity_providers(&state))
        .merge(files(&state))
        .route(paths::HEALTH, get(health::live))
        .route(paths::READY, get(health::ready));

    with_layers(routes, state)
}

/// The pages, with the server functions that their forms post to.
fn pages(state: &AppState) -> Router<AppState> {
    let context = {
        let services = Arc::clone(&state.services);
        move || {
            provide_context(Arc::clone(&services));
            provide_context(services.settings.brand.clone());
        }
    };
    let shell = {
        let leptos = state.leptos.clone();
        move || app::shell(leptos.clone())
    };
    Router::new()
        .leptos_routes_with_context(state, generate_route_list(app::App), context.clone(), shell)
        // server functions read their body themselves: axum's own limit does not reach them
        .layer(RequestBodyLimitLayer::new(FORM_LIMIT))
        .fallback(file_and_error_handler_with_context::<AppState, _>(context, app::shell))
}

/// What is opened or posted by whoever is signed in, and is no page.
fn actions_and_downloads() -> Router<AppState> {
    Router::new()
        .route(paths::ME, get(me::show))
        .route(paths::ME_CONTINUE, get(me::continue_to_application))
        .route(paths::SIGN_OUT, post(me::sign_out))
        .route(paths::SIGNED_OUT, get(me::signed_out))
        .route(paths::START_TEST, get(sso::start_test))
        .route(paths::TEAM_AUDIT_EXPORT, get(audit::team))
        .route(paths::SUPPORT_AUDIT_EXPORT, get(audit::support))
        .route(paths::PEOPLE_CSV, get(people::csv))
        .route(paths::TEAM_ATTEMPTS_CSV, get(attempts::team_csv))
        .route(paths::TEAM_ATTEMPTS_JSON, get(attempts::team_json))
        .route(paths::SUPPORT_TEAMS_CSV, get(teams::support_csv))
        .route(paths::SUPPORT_ATTEMPTS_CSV, get(attempts::support_csv))
        .route(paths::SUPPORT_ATTEMPTS_JSON, get(attempts::support_json))
        .route(paths::KEY_CERTIFICATE_DER, get(keys::certificate_der))
        .route(paths::KEY_CERTIFICATE_PEM, get(keys::certificate_pem))
}

/// The addresses by which people sign in.
fn sign_on(state: &AppState) -> Router<AppState> {
    let sign_on_url: MethodRouter<AppState> =
        get(sso::sign_on).post(acs::receive_at_sign_on).layer(DefaultBodyLimit::max(RESPONSE_LIMIT));
    Router::new()
        .route(paths::CHOOSE_TEAM, get(sso::choose).post(sso::chosen))
        .route(paths::SIGN_ON, sign_on_url)
        .route(paths::SIGN_ON_COMPLETE, get(sso::redeem))
        .route(paths::SIGN_ON_CONTINUE, get(sso::open_interstitial).post(sso::answer_interstitial))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .route_layer(from_fn_with_state(state.clone(), session::authenticate))
        // outermost: what is refused costs nothing
        .route_layer(from_fn_with_state(state.clone(), rate_limit::limit_sign_ins))
}

/// The addresses that a team enters at its identity provider, and that this one posts to.
fn identity_providers(state: &AppState) -> Router<AppState> {
    let reply_url: MethodRouter<AppState> =
        get(acs::opened).post(acs::receive).layer(DefaultBodyLimit::max(RESPONSE_LIMIT));
    Router::new()
        .route(paths::ACS, reply_url.clone())
        .route(paths::ACS_WITH_SLASH, reply_url)
        .route(paths::SP_METADATA, get(metadata::service_provider))
        .route(paths::SLO, get(logout::redirected).post(logout::posted).layer(DefaultBodyLimit::max(RESPONSE_LIMIT)))
        .route_layer(from_fn_with_state(state.clone(), rate_limit::limit_sign_ins))
}

/// Logos, style sheets, scripts and the WebAssembly.
fn files(state: &AppState) -> Router<AppState> {
    Router::new()
        .route(paths::APPLICATION_LOGO, get(logos::show))
        .route(paths::BRAND_CSS, get(site::brand))
        .route(paths::BRAND_LOGO, get(logos::show_brand))
        .route_service(paths::FAVICON, site::file(state, paths::FAVICON))
        .route_service(paths::PASSKEY_SCRIPT, site::file(state, paths::PASSKEY_SCRIPT))
        .route_service(paths::COPY_SCRIPT, site::file(state, paths::COPY_SCRIPT))
        .route_service(paths::LIVE_SCRIPT, site::file(state, paths::LIVE_SCRIPT))
        .route_service(paths::SEARCH_KEY_SCRIPT, site::file(state, paths::SEARCH_KEY_SCRIPT))
        .route_service(paths::LOCAL_TIMES_SCRIPT, site::file(state, paths::LOCAL_TIMES_SCRIPT))
        .route_service(paths::MENUS_SCRIPT, site::file(state, paths::MENUS_SCRIPT))
        .nest_service(paths::PACKAGE, site::package(state))
}

/// The OpenID provider.
fn openid_provider(state: &AppState) -> Router<AppState> {
    let public = Router::new()
        .route(paths::OPENID_CONFIGURATION, get(discovery::configuration))
        .route(paths::AUTHORIZATION_SERVER_METADATA, get(discovery::configuration))
        .route(paths::JWKS, get(discovery::jwks))
        .layer(CorsLayer::new().allow_origin(Any));
    let for_applications = Router::new()
        .route(paths::TOKEN, post(client::token))
        .route(paths::USERINFO, get(client::userinfo).post(client::userinfo))
        .route(paths::INTROSPECTION, post(client::introspect))
        .route(paths::REVOCATION, post(client::revoke))
        .route(paths::PUSHED_AUTHORIZATION_REQUEST, post(client::push_request))
        .layer(client::cors(state));
    let for_browsers = Router::new()
        .route(paths::AUTHORIZE, get(browser::authorize).post(browser::redirect_post_to_get))
        .route(paths::AUTHORIZE_RESUME, get(browser::resume))
        .route(paths::END_SESSION, get(browser::end_session).post(browser::redirect_post_to_get))
        .route(paths::END_SESSION_CONFIRMED, post(browser::end_session_confirmed))
        .route_layer(from_fn_with_state(state.clone(), rate_limit::limit_sign_ins));
    let merged = public.merge(for_applications).merge(for_browsers);
    let merged = if state.services.settings.polis_compatible { merged.merge(polis_endpoints(state)) } else { merged };
    merged.layer(DefaultBodyLimit::max(FORM_LIMIT))
}

/// The addresses of Ory Polis, for applications that come from there.
fn polis_endpoints(state: &AppState) -> Router<AppState> {
    let for_browsers = Router::new()
        .route(paths::POLIS_AUTHORIZE, get(polis::authorize).post(browser::redirect_post_to_get))
        .route_layer(from_fn_with_state(state.clone(), rate_limit::limit_sign_ins));
    Router::new()
        .route(paths::POLIS_TOKEN, post(polis::token))
        .route(paths::POLIS_USERINFO, get(polis::userinfo).post(polis::userinfo))
        .layer(client::cors(state))
        .merge(for_browsers)
}

/// Browsers do not choose the ID that the log and our error pages name a request by.
fn without_request_id<B>(mut request: Request<B>) -> Request<B> {
    request.headers_mut().remove("x-request-id");
    request
}

/// What every request passes through, from the outside in.
pub fn with_layers(routes: Router<AppState>, state: AppState) -> Router {
    let layers = ServiceBuilder::new()
        .map_request(without_request_id)
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(request_span)
                .on_response(DefaultOnResponse::new().level(Level::INFO)),
        )
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(from_fn_with_state(state.clone(), security_headers::add))
        .layer(CompressionLayer::new())
        .layer(from_fn(language::choose))
        .layer(from_fn_with_state(state.clone(), error_pages::add_page))
        .layer(CatchPanicLayer::custom(error_pages::panic_response))
        .layer(csrf(&state))
        .layer(from_fn_with_state(state.clone(), rate_limit::limit_requests));
    routes.layer(layers).with_state(state)
}

/// Refuses what other sites make a browser post, but for the addresses of a team that identity providers post to,
/// rightly or by mistake (at the Sign on URL it is only written down that a response came), what applications ask
/// without cookies, and the two addresses that they send browsers to, whose posts do nothing but lead to the same
/// address by GET.
fn csrf(state: &AppState) -> CsrfLayer {
    let exempt = |_: &_, uri: &axum::http::Uri| {
        let path = uri.path();
        [
            paths::ACS,
            paths::ACS_WITH_SLASH,
            paths::SIGN_ON,
            paths::SLO,
            paths::AUTHORIZE,
            paths::END_SESSION,
            paths::POLIS_AUTHORIZE,
        ]
        .iter()
        .any(|post| paths::matches(post, path))
            || rate_limit::FOR_APPLICATIONS.contains(&path)
    };
    let layer = CsrfLayer::new();
    // behind a proxy that rewrites Host, the origin is ours all the same
    let origin = state.services.settings.urls.account_origin();
    let layer = layer.clone().add_trusted_origin(&*origin).unwrap_or(layer);
    layer.with_insecure_bypass(exempt)
}

/// The span that everything about a request is logged in, under the ID that an error page
/// shows. The path comes without its query, which may hold a one-time code, and without the
/// secret that an invitation's link ends with; the route is the pattern that it matched.
fn request_span<B>(request: &Request<B>) -> Span {
    let path = request.uri().path();
    let invitation = paths::fixed_part(paths::INVITE);
    let path = if path.starts_with(invitation) { invitation } else { path };
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    info_span!("request", id, method = %request.method(), route, path)
}
