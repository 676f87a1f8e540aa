//! Every route that is no page, and the order of the layers, on one screen. The paths are in
//! `model::paths`, the pages in `app::App`.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Request;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes as _, file_and_error_handler_with_context, generate_route_list};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::{Level, Span, info_span};

use model::paths;

use crate::http::{acs, attempts, audit, health, keys, live, logout, me, metadata, site, sso, uploads};
use crate::middleware::{error_pages, language, rate_limit, security_headers, session};
use crate::state::AppState;

/// A response of 256 KiB in Base64, and the form around it.
const RESPONSE_LIMIT: usize = 350 * 1024;
/// Several certificate files, or federation metadata of 2 MiB and the form around it.
const UPLOAD_LIMIT: usize = 2 * 1024 * 1024 + 64 * 1024;
/// Any other form.
const FORM_LIMIT: usize = 64 * 1024;

/// The whole service.
pub fn router(state: AppState) -> Router {
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
    let pages = Router::new()
        .leptos_routes_with_context(&state, generate_route_list(app::App), context.clone(), shell)
        // server functions read their body themselves: axum's own limit does not reach them
        .layer(RequestBodyLimitLayer::new(FORM_LIMIT))
        .fallback(file_and_error_handler_with_context::<AppState, _>(context, app::shell));

    let limited = || from_fn_with_state(state.clone(), rate_limit::sign_on);
    let sign_on = Router::new()
        .route(paths::CHOOSE_TEAM, get(sso::choose).post(sso::chosen))
        .route(paths::SIGN_ON, get(sso::sign_on))
        .route(paths::SIGN_ON_COMPLETE, get(sso::complete))
        .route(paths::SIGN_ON_CONTINUE, get(sso::ask).post(sso::answered))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .route_layer(from_fn_with_state(state.clone(), session::identify))
        // outermost: what is refused costs nothing
        .route_layer(limited());
    let identity_providers = Router::new()
        .route(paths::ACS, get(acs::opened).post(acs::receive).layer(DefaultBodyLimit::max(RESPONSE_LIMIT)))
        .route(paths::SP_METADATA, get(metadata::service_provider))
        .route(paths::SLO, get(logout::redirected).post(logout::posted).layer(DefaultBodyLimit::max(RESPONSE_LIMIT)))
        .route_layer(limited());

    let routes = Router::new()
        .merge(pages)
        .route(paths::ME, get(me::show))
        .route(paths::SIGN_OUT, post(me::sign_out))
        .route(paths::SIGNED_OUT, get(me::signed_out))
        .route(paths::START_TEST, get(sso::start_test))
        .route(paths::TEAM_AUDIT_EXPORT, get(audit::team))
        .route(paths::SUPPORT_AUDIT_EXPORT, get(audit::support))
        .route(paths::TEAM_ATTEMPTS_CSV, get(attempts::team_csv))
        .route(paths::TEAM_ATTEMPTS_JSON, get(attempts::team_json))
        .route(paths::SUPPORT_ATTEMPTS_CSV, get(attempts::support_csv))
        .route(paths::SUPPORT_ATTEMPTS_JSON, get(attempts::support_json))
        .route(paths::KEY_CERTIFICATE_DER, get(keys::certificate_der))
        .route(paths::KEY_CERTIFICATE_PEM, get(keys::certificate_pem))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .route(paths::SETUP_CERTIFICATES, post(uploads::certificates).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .layer(from_fn_with_state(state.clone(), session::identify))
        // find out by themselves who asks, again and again
        .route(paths::TEAM_ATTEMPTS_LIVE, get(live::team))
        .route(paths::SUPPORT_ATTEMPTS_LIVE, get(live::support))
        .merge(sign_on)
        .merge(identity_providers)
        .route(paths::BRAND_CSS, get(site::brand))
        .route(paths::HEALTH, get(health::live))
        .route(paths::READY, get(health::ready))
        .route_service(paths::FAVICON, site::file(&state, paths::FAVICON))
        .route_service(paths::PASSKEY_SCRIPT, site::file(&state, paths::PASSKEY_SCRIPT))
        .route_service(paths::LIVE_SCRIPT, site::file(&state, paths::LIVE_SCRIPT))
        .route_service(paths::LOCAL_TIMES_SCRIPT, site::file(&state, paths::LOCAL_TIMES_SCRIPT))
        .nest_service(paths::PACKAGE, site::package(&state));

    wrapped(routes, state)
}

/// Browsers do not choose the ID that the log and our error pages name a request by.
fn without_request_id<B>(mut request: Request<B>) -> Request<B> {
    request.headers_mut().remove("x-request-id");
    request
}

/// What every request passes through, from the outside in.
pub fn wrapped(routes: Router<AppState>, state: AppState) -> Router {
    let layers = ServiceBuilder::new()
        .map_request(without_request_id)
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_response(DefaultOnResponse::new().level(Level::INFO)))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(from_fn_with_state(state.clone(), security_headers::add))
        .layer(CompressionLayer::new())
        .layer(from_fn(language::choose))
        .layer(from_fn_with_state(state.clone(), error_pages::fill))
        .layer(CatchPanicLayer::custom(error_pages::panicked))
        .layer(csrf(&state))
        .layer(from_fn_with_state(state.clone(), rate_limit::every_request));
    routes.layer(layers).with_state(state)
}

/// Refuses what other sites make a browser post, but for the two addresses of a team that
/// identity providers post to.
fn csrf(state: &AppState) -> CsrfLayer {
    let exempt =
        |_: &_, uri: &axum::http::Uri| [paths::ACS, paths::SLO].iter().any(|post| paths::matches(post, uri.path()));
    let layer = CsrfLayer::new();
    // behind a proxy that rewrites Host, the origin is ours all the same
    let origin = state.services.settings.urls.account_origin();
    let layer = layer.clone().add_trusted_origin(&*origin).unwrap_or(layer);
    layer.with_insecure_bypass(exempt)
}

/// The path without its query, which may hold a one-time code, and without the secret that
/// an invitation's link ends with.
fn span<B>(request: &Request<B>) -> Span {
    let path = request.uri().path();
    let invitation = paths::fixed_part(paths::INVITE);
    let path = if path.starts_with(invitation) { invitation } else { path };
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
    info_span!("request", id, method = %request.method(), path)
}
